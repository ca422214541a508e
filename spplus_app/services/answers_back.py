"""The author's word back to a reply: rated, answered once, read by moderation before everyone."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sqlalchemy.orm import Session

from ..domain.abuse import Gesture
from ..domain.errors import Conflict, Invalid, NotFound, Refused
from ..domain.experiences import Act, Status, bounded_text, raise_if
from ..domain.journal import Entry
from ..domain.moderation import Reason
from ..domain.replies import ANSWER_MAX, ANSWER_MIN, ANSWER_TRANSITIONS, AnswerStatus
from ..domain.roles import Viewer
from ..domain.transitions import moved
from ..domain.values import ReplyRating
from ..persistence import experiences
from ..persistence.tables import AnswerRow, ExperienceRow, ModerationRow, ReplyRow
from . import (
    author_mail,
    authorship,
    clock,
    limits,
    masking,
    once,
    originals,
    reasons,
    record,
    structures,
)
from .moderation import check

_READ = "Cette réponse a déjà été relue."


def _answered(session: Session, viewer: Viewer, reply_id: int) -> tuple[ReplyRow, ExperienceRow]:
    reply = experiences.reply(session, reply_id)
    if reply is None:
        raise NotFound
    return reply, authorship.held(session, viewer, reply.experience_id)


def rate(session: Session, viewer: Viewer, reply_id: int, rating: str) -> None:
    """Say whether a reply is useful; the author may change their mind."""
    reply, _ = _answered(session, viewer, reply_id)
    if rating not in set(ReplyRating):
        raise Invalid({"rating": "Choisissez « utile » ou « pas utile »."})
    before = reply.rating
    if before == rating:
        return
    reply.rating, reply.rated_at = rating, clock.now()
    record.journal_entry(
        session,
        viewer,
        Entry.REPLY_RATED,
        ("reply", reply_id),
        before={"rating": before},
        after={"rating": rating},
    )
    record.changed(session, record.experience_topic(reply.experience_id))


def look_over(
    session: Session, viewer: Viewer, reply_id: int, typed: Mapping[str, str]
) -> masking.Leaving:
    """Return an answer as it would leave, for its author only; raises as `answer_back` does."""
    _answered(session, viewer, reply_id)
    return masking.leaving({"answer": _bounded(typed.get("answer", ""))}, typed)


def _bounded(text: str) -> str:
    errors: dict[str, str] = {}
    text = bounded_text(errors, "answer", text, ANSWER_MAX)
    if len(text) < ANSWER_MIN and "answer" not in errors:
        errors["answer"] = "Écrivez votre réponse avant de l’envoyer."
    raise_if(errors)
    return text


def answer_back(
    session: Session,
    viewer: Viewer,
    reply_id: int,
    uuid: str,
    text: str,
    said: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Answer a reply; read by moderation first. The same ``uuid`` twice answers once.

    ``said`` is what the author says of what was found in it (`masking.checked`).
    """
    limits.allow(session, Gesture.ANSWER, viewer)
    _, row = _answered(session, viewer, reply_id)
    sender = f"reply:{reply_id}"
    uuid, known = once.find(
        lambda u: experiences.answer_by_uuid(session, u),
        lambda sent: sent.reply_id == reply_id,
        once.parsed_uuid(uuid, "answer", "Rechargez la page, puis renvoyez votre réponse."),
        sender,
    )
    if known is not None:
        return
    if row.status != Status.PUBLISHED:
        raise Conflict("Cette expérience n’est plus publiée\u00a0: la réponse ne partirait pas.")
    text = _bounded(text)
    found = masking.checked({"answer": text}, said)
    answer = AnswerRow(
        uuid=uuid,
        experience_id=row.id,
        reply_id=reply_id,
        text=found.texts["answer"],
        status=AnswerStatus.PENDING.value,
        created_at=clock.now(),
    )
    once.add(session, answer, sender)
    if answer.text != text:
        originals.keep_answer(session, answer, text)
    record.journal_entry(
        session, viewer, Entry.ANSWER_SENT, ("answer", answer.id), after=found.told
    )
    record.changed(session, record.MODERATION, record.experience_topic(row.id))


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
            **reasons.kept(given),
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
