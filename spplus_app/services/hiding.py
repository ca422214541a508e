"""Hiding a published text while a report is looked at, and putting it back as it was.

A hidden reply does not exist for its readers: the number of replies, the filters and the inboxes
follow, and its structure may write another meanwhile. Its inbox says why it comes back there.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from ..domain.experiences import Act, Status, after
from ..domain.journal import Entry
from ..domain.replies import ANSWER_TRANSITIONS, AnswerStatus, ReplyStatus
from ..domain.reports import Kind
from ..domain.roles import Viewer
from ..domain.transitions import moved
from ..persistence import experiences, reports
from ..persistence.tables import AnswerRow, ExperienceRow, ModerationRow, ReplyRow
from . import author_mail, clock, experience_index, publication, record, structures

_CHANGED = "Ce texte a changé entre-temps. Rechargez la page."


def hide_experience(session: Session, viewer: Viewer, row: ExperienceRow) -> None:
    """Hide a published experience; raise `Conflict` when it is not published any more."""
    before = Status(row.status)
    row.status = after(before, Act.HIDE).value
    publication.take_off(session, row, before)
    _noted(session, viewer, row, Act.HIDE, None)
    _journal(session, viewer, Entry.EXPERIENCE_HIDDEN, (Kind.EXPERIENCE, row.id), before, row)


def restore_experience(session: Session, viewer: Viewer, row: ExperienceRow, message: str) -> None:
    """Put a hidden experience back; raise `Conflict` when it is not hidden any more.

    ``message`` is what moderation says to its author.
    """
    before = Status(row.status)
    row.status = after(before, Act.RESTORE).value
    publication.show(session, row)
    _noted(session, viewer, row, Act.RESTORE, None, message)
    _journal(session, viewer, Entry.EXPERIENCE_RESTORED, (Kind.EXPERIENCE, row.id), before, row)


_REPLY_MOVES: dict[tuple[ReplyStatus, Act], tuple[ReplyStatus, Entry]] = {
    (ReplyStatus.PUBLISHED, Act.HIDE): (ReplyStatus.HIDDEN, Entry.REPLY_HIDDEN),
    (ReplyStatus.HIDDEN, Act.RESTORE): (ReplyStatus.PUBLISHED, Entry.REPLY_RESTORED),
    (ReplyStatus.HIDDEN, Act.REFUSE): (ReplyStatus.UNPUBLISHED, Entry.REPLY_REMOVED),
    (ReplyStatus.PUBLISHED, Act.REFUSE): (ReplyStatus.UNPUBLISHED, Entry.REPLY_REMOVED),
}


def move_reply(
    session: Session, viewer: Viewer, row: ExperienceRow, reply: ReplyRow, act: Act
) -> None:
    """Hide a reply, put it back, or take it off: its structure's agents may then write another.

    Raises `Conflict` when it moved meanwhile.
    """
    before = ReplyStatus(reply.status)
    status, entry = moved(_REPLY_MOVES, before, act, _CHANGED)
    reply.status = status.value
    session.flush()
    _follow_replies(session, row, reply.structure_id)
    if act is Act.RESTORE:
        author_mail.tell_reply_back(session, row, reply)
    _journal(session, viewer, entry, (Kind.REPLY, reply.id), before, reply)
    record.changed(session, record.EXPERIENCES)
    path = structures.path_of(session, reply.structure_id)
    record.changed(session, record.experience_topic(row.id), *record.inbox_topics(path))


def _follow_replies(session: Session, row: ExperienceRow, structure_id: int) -> None:
    """Keep in step with the published replies what is kept of them: numbers, inbox, search."""
    published = reports.published_replies(session, row.id)
    first = min((moment for one, moment in published if one == structure_id), default=None)
    met = experiences.met(session, [row.id]).get(row.id, [])
    asked = [item for item in met if item.structure.id == structure_id]
    replied = [item for item in asked if item.link.replied_at is not None]
    moved = 0
    if first is None:
        for item in replied:
            item.link.replied_at = None
            if item.link.published_at is not None:
                publication.waits(session, item)
        moved = -len(replied)
    elif asked:
        moved = 0 if replied else 1
        (replied or asked)[0].link.replied_at = first
    if moved and row.status == Status.PUBLISHED:
        experiences.count(session, [structure_id], 0, moved)
    before, row.replies = row.replies, len(published)
    if row.status == Status.PUBLISHED and (before > 0) != (row.replies > 0):
        experience_index.refresh(session, row)


_ANSWER_ENTRIES = {Act.HIDE: Entry.ANSWER_HIDDEN, Act.RESTORE: Entry.ANSWER_RESTORED}


def move_answer(
    session: Session,
    viewer: Viewer,
    row: ExperienceRow,
    answer: AnswerRow,
    act: Act,
    message: str = "",
) -> None:
    """Hide an author's word back, or put it back; ``message`` is for its author.

    Raises `Conflict` when it moved meanwhile.
    """
    before = AnswerStatus(answer.status)
    answer.status = moved(ANSWER_TRANSITIONS, before, act.value, _CHANGED).value
    _noted(session, viewer, row, act, answer.id, message)
    _journal(session, viewer, _ANSWER_ENTRIES[act], (Kind.ANSWER, answer.id), before, answer)


def _noted(
    session: Session,
    viewer: Viewer,
    row: ExperienceRow,
    act: Act,
    answer_id: int | None,
    message: str = "",
) -> None:
    session.add(
        ModerationRow(
            experience_id=row.id,
            answer_id=answer_id,
            # Hiding is nobody's decision: it follows from what visitors said.
            person_id=viewer.person_id if act is Act.RESTORE else None,
            act=act.value,
            message=message,
            created_at=clock.now(),
        )
    )
    record.changed(session, record.experience_topic(row.id))


def _journal(
    session: Session,
    viewer: Viewer,
    entry: Entry,
    subject: tuple[Kind, int],
    before: str,
    row: ExperienceRow | ReplyRow | AnswerRow,
) -> None:
    record.journal_entry(
        session,
        viewer,
        entry,
        (subject[0].value, subject[1]),
        before={"status": str(before)},
        after={"status": row.status},
    )
