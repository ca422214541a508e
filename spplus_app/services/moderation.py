"""Moderation: the queue, and what a moderator decides about each text, with a trace."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy.orm import Session

from ..domain.errors import Conflict, Invalid, NotFound
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
from ..domain.roles import Right, Viewer
from ..persistence import appeals, experiences
from ..persistence.tables import ExperienceRow, ModerationRow
from . import (
    author_mail,
    claims,
    clock,
    experience_index,
    masking,
    publication,
    reasons,
    record,
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
    found = masking.checked(asdict(words), typed, _shown(row))
    words = Words(**found.texts)
    kept = texts.change(session, row, words)
    kept.by_moderation, kept.person_id, kept.note = True, viewer.person_id, note
    record.journal_entry(
        session,
        viewer,
        Entry.EXPERIENCE_EDITED,
        ("experience", row.id),
        before={"version": version},
        after={"version": row.version, **found.told},
    )
    edited(session, viewer, row, note)
    if row.status == Status.PUBLISHED:
        experience_index.refresh(session, row)


def look_over(
    session: Session, viewer: Viewer, experience_id: int, typed: dict[str, str]
) -> masking.Leaving:
    """Return an edited text as it would leave, for who edits it only."""
    check(viewer)
    row = experiences.get(session, experience_id)
    if row is None:
        raise NotFound("Cette expérience n’existe pas.")
    errors: dict[str, str] = {}
    words = texts.accepted(errors, typed)
    raise_if(errors)
    return masking.leaving(asdict(words), typed, _shown(row))


def _shown(row: ExperienceRow) -> masking.Shown:
    # What the text already holds was kept by its author, and is before moderation's eyes.
    kept = masking.kept_in(texts.words_of(row), row.ressenti).kept
    praise = masking.is_praise(row.ressenti)
    return masking.Shown(kept, frozenset({"title", "narrative"} if praise else ()))


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
        **reasons.kept(given),
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
