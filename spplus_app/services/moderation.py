"""Moderation: the queue, and what a moderator decides about each text, with a trace."""

from __future__ import annotations

from sqlalchemy.orm import Session

from ..domain.errors import Conflict, Invalid, NotFound, Refused
from ..domain.experiences import (
    STANDING,
    Act,
    Status,
    after,
    bounded_line,
    bounded_text,
    raise_if,
)
from ..domain.journal import Entry
from ..domain.moderation import MESSAGE_MAX, Reason
from ..domain.replies import ANSWER_TRANSITIONS, AnswerStatus
from ..domain.roles import Right, Viewer
from ..domain.transitions import moved
from ..persistence import appeals, experiences
from ..persistence.tables import AnswerRow, ExperienceRow, ModerationRow, ReplyRow
from . import (
    author_mail,
    claims,
    clock,
    experience_index,
    publication,
    reasons,
    record,
    structures,
    texts,
)
from .texts import Words

_READ = "Cette réponse a déjà été relue."


def check(viewer: Viewer) -> None:
    """Raise `SignedOut` or `Refused` to anyone but moderation."""
    viewer.must(Right.MODERATE)


def open_text(session: Session, viewer: Viewer, experience_id: int, version: int) -> ExperienceRow:
    """Return a text to decide about, held and claimed.

    Raises `NotFound`; `Conflict` when it changed since it was read, or when another holds it.
    """
    check(viewer)
    row = experiences.locked(session, experience_id)
    if row is None:
        raise NotFound("Cette expérience n’existe pas.")
    if row.version != version:
        raise Conflict("Le texte a changé pendant votre lecture. Relisez-le avant de décider.")
    claims.renew(session, viewer, row.id)
    return row


def publish(session: Session, viewer: Viewer, experience_id: int, version: int) -> None:
    """Publish the text as it reads now, put it in the inboxes, write to its author."""
    row = open_text(session, viewer, experience_id, version)
    show(session, viewer, row, Act.PUBLISH)
    author_mail.tell(session, row, "published", {})


def show(session: Session, viewer: Viewer, row: ExperienceRow, act: Act) -> None:
    """Make a text public by ``act``: `Act.PUBLISH`, or `Act.UPHOLD`; `Conflict` where it cannot.

    No right is decided here, and nobody is written to.
    """
    before = Status(row.status)
    row.status = after(before, act).value
    now = clock.now()
    row.published_at = row.published_at or now
    row.updated_at = now
    publication.show(session, row)
    _decided(session, viewer, row, act, before=before)


def refuse(
    session: Session,
    viewer: Viewer,
    experience_id: int,
    version: int,
    reason_code: str,
    message: str,
) -> None:
    """Refuse the text with a reason its author will read."""
    row = open_text(session, viewer, experience_id, version)
    message, given = _reason(session, reason_code, message)
    before = Status(row.status)
    row.status = after(before, Act.REFUSE).value
    row.updated_at = clock.now()
    appeals.close(session, row.id, row.updated_at)
    publication.take_off(session, row, before)
    decision = _decided(session, viewer, row, Act.REFUSE, given, message, before)
    # The same version may be refused again, after an appeal was upheld: another mail.
    session.flush()
    context = {"reason": given.code, "message": message}
    author_mail.tell(session, row, "refused", context, f":{decision.id}")


def _reason(session: Session, code: str, message: str) -> tuple[str, Reason]:
    errors: dict[str, str] = {}
    message = bounded_text(errors, "message", message, MESSAGE_MAX)
    try:
        given = reasons.offered(session, code)
    except Invalid as wrong:
        errors = wrong.errors | errors
    raise_if(errors)
    return message, given


def text(session: Session, viewer: Viewer, experience_id: int) -> dict[str, str]:
    """Return the fields of a text as it reads now, for moderation to edit."""
    check(viewer)
    row = experiences.get(session, experience_id)
    if row is None:
        raise NotFound("Cette expérience n’existe pas.")
    return texts.fields_of(row)


def edit(
    session: Session, viewer: Viewer, experience_id: int, version: int, typed: dict[str, str]
) -> None:
    """Change the text with a trace: the original is kept, the author sees why."""
    row = open_text(session, viewer, experience_id, version)
    if row.status not in STANDING:
        raise Conflict("Ce texte n’est plus à relire.")
    words, note = _edited(typed)
    if words == texts.words_of(row):
        raise Invalid({"narrative": "Vous n’avez rien changé au texte."})
    kept = texts.change(session, row, words)
    kept.by_moderation, kept.person_id, kept.note = True, viewer.person_id, note
    record.journal_entry(
        session,
        viewer,
        Entry.EXPERIENCE_EDITED,
        ("experience", row.id),
        before={"version": version},
        after={"version": row.version},
    )
    edited(session, viewer, row, note)
    if row.status == Status.PUBLISHED:
        experience_index.refresh(session, row)


def edited(
    session: Session, viewer: Viewer, row: ExperienceRow, note: str, act: Act = Act.EDIT
) -> None:
    """Tell the pages that show a text moderation changed, by `Act.EDIT` or `Act.MASK`.

    Of one that everyone could read it is a decision, which its author may appeal.
    """
    record.changed(session, record.MODERATION, record.experience_topic(row.id))
    if row.status == Status.PENDING:
        return
    record.changed(session, record.EXPERIENCES)
    claims.decided(session, row.id)
    session.add(
        ModerationRow(
            experience_id=row.id,
            person_id=viewer.person_id,
            act=act.value,
            message=note,
            created_at=clock.now(),
        )
    )


def _edited(typed: dict[str, str]) -> tuple[Words, str]:
    errors: dict[str, str] = {}
    words = texts.accepted(errors, typed)
    note = bounded_line(errors, "note", typed.get("note", ""), 300)
    if not note and "note" not in errors:
        errors["note"] = "Dites pourquoi vous retouchez ce texte : son auteur le lira."
    raise_if(errors)
    return words, note


def decide_answer(
    session: Session,
    viewer: Viewer,
    answer_id: int,
    act: str,
    reason_code: str = "",
    *,
    reported: bool = False,
) -> None:
    """Publish or refuse the author's word back to a reply.

    One that was published is only refused once ``reported``. Raises `NotFound`, `Invalid`,
    `Refused`, and `Conflict` when it was read meanwhile.
    """
    row = _open_answer(session, viewer, answer_id, reported=reported)
    given = _reason_of(session, act, reason_code)
    reason_code = given.code if given else ""
    before = AnswerStatus(row.status)
    row.status = moved(ANSWER_TRANSITIONS, before, act, _READ).value
    row.decided_at = clock.now()
    session.add(
        ModerationRow(
            experience_id=row.experience_id,
            answer_id=row.id,
            person_id=viewer.person_id,
            act=act,
            **_given(given),
            created_at=clock.now(),
        )
    )
    published = row.status == AnswerStatus.PUBLISHED
    record.journal_entry(
        session,
        viewer,
        Entry.ANSWER_PUBLISHED if published else Entry.ANSWER_REFUSED,
        ("answer", row.id),
        before={"status": before.value},
        after={"status": row.status, "reason": reason_code},
    )
    record.changed(session, record.MODERATION, record.experience_topic(row.experience_id))
    if published:
        _show_answer(session, row)
    else:
        _tell_answer_refused(session, row, reason_code)


def _open_answer(session: Session, viewer: Viewer, answer_id: int, *, reported: bool) -> AnswerRow:
    check(viewer)
    row = experiences.locked_answer(session, answer_id)
    if row is None:
        raise NotFound("Cette réponse n’existe pas.")
    if not reported and row.status != AnswerStatus.PENDING:
        raise Conflict(_READ)
    return row


def _reason_of(session: Session, act: str, code: str) -> Reason | None:
    if act not in {Act.PUBLISH, Act.REFUSE}:
        raise Refused
    return None if act == Act.PUBLISH else reasons.offered(session, code)


def _given(given: Reason | None) -> dict[str, str]:
    """Return what a decision keeps of its reason, as it reads today."""
    if given is None:
        return {}
    return {"reason": given.code, "kind": given.kind.value, "told": given.author_text}


def _show_answer(session: Session, row: AnswerRow) -> None:
    reply = session.get(ReplyRow, row.reply_id)
    if reply is not None:
        path = structures.path_of(session, reply.structure_id)
        record.changed(session, *record.inbox_topics(path))


def _tell_answer_refused(session: Session, row: AnswerRow, reason_code: str) -> None:
    experience = experiences.get(session, row.experience_id)
    if experience is not None:
        author_mail.tell(
            session, experience, "answer_refused", {"reason": reason_code}, f":{row.id}"
        )


def _decided(
    session: Session,
    viewer: Viewer,
    row: ExperienceRow,
    act: Act,
    given: Reason | None = None,
    message: str = "",
    before: Status = Status.PENDING,
) -> ModerationRow:
    decision = ModerationRow(
        experience_id=row.id,
        person_id=viewer.person_id,
        act=act.value,
        **_given(given),
        message=message,
        created_at=clock.now(),
    )
    session.add(decision)
    claims.decided(session, row.id)
    entry = Entry.EXPERIENCE_REFUSED if act is Act.REFUSE else Entry.EXPERIENCE_PUBLISHED
    record.journal_entry(
        session,
        viewer,
        entry,
        ("experience", row.id),
        before={"status": before.value},
        after={
            "status": row.status,
            "reason": given.code if given else "",
            "version": row.version,
        },
    )
    record.changed(session, record.MODERATION, record.experience_topic(row.id))
    return decision
