"""Experiences, their versions and structures: what is written and what is read."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Select, and_, func, or_, select, update
from sqlalchemy.orm import Session

from .tables import (
    AnswerRow,
    ExperienceRow,
    ExperienceStructureRow,
    ModerationRow,
    ReplyRow,
    StructureCountRow,
    StructureRow,
    VersionRow,
)


class Met(NamedTuple):
    """A structure met in an experience, with its own row."""

    link: ExperienceStructureRow
    structure: StructureRow


Key = tuple[datetime, int]
"""Where a page of a list ends: the moment and the id of its last row."""


def get(session: Session, experience_id: int) -> ExperienceRow | None:
    """Return one experience by its id."""
    return session.get(ExperienceRow, experience_id)


def locked(session: Session, experience_id: int) -> ExperienceRow | None:
    """Return one experience, held until the end of the gesture (SQLite holds all of them)."""
    return session.get(ExperienceRow, experience_id, with_for_update=True, populate_existing=True)


def by_uuid(session: Session, uuid: str) -> ExperienceRow | None:
    """Return the experience sent with this client-made UUID."""
    return session.scalars(select(ExperienceRow).where(ExperienceRow.uuid == uuid)).one_or_none()


def met(session: Session, experience_ids: Collection[int]) -> dict[int, list[Met]]:
    """Return the structures met in each experience, in the order they were told."""
    if not experience_ids:
        return {}
    query = (
        select(ExperienceStructureRow, StructureRow)
        .join(StructureRow, StructureRow.id == ExperienceStructureRow.structure_id)
        .where(ExperienceStructureRow.experience_id.in_(experience_ids))
        .order_by(ExperienceStructureRow.experience_id, ExperienceStructureRow.position)
    )
    found: dict[int, list[Met]] = {}
    for link, structure in session.execute(query).tuples():
        found.setdefault(link.experience_id, []).append(Met(link, structure))
    return found


def versions(session: Session, experience_id: int) -> list[VersionRow]:
    """Return every version of the text, the original first."""
    query = (
        select(VersionRow)
        .where(VersionRow.experience_id == experience_id)
        .order_by(VersionRow.number)
    )
    return list(session.scalars(query))


def decisions(session: Session, experience_id: int) -> list[ModerationRow]:
    """Return every decision of moderation on this experience, oldest first."""
    query = (
        select(ModerationRow)
        .where(ModerationRow.experience_id == experience_id)
        .order_by(ModerationRow.id)
    )
    return list(session.scalars(query))


def waiting(session: Session, after: Key | None, limit: int) -> list[ExperienceRow]:
    """Return the experiences waiting for moderation, the longest waiting first."""
    query = select(ExperienceRow).where(ExperienceRow.status == "pending")
    if after is not None:
        moment, row_id = after
        query = query.where(
            or_(
                ExperienceRow.sent_at > moment,
                and_(ExperienceRow.sent_at == moment, ExperienceRow.id > row_id),
            )
        )
    query = query.order_by(ExperienceRow.sent_at, ExperienceRow.id).limit(limit)
    return list(session.scalars(query))


def waiting_count(session: Session) -> int:
    """Return how many experiences wait for moderation."""
    query = select(func.count()).where(ExperienceRow.status == "pending")
    return int(session.scalar(query) or 0)


def published(session: Session, before: Key | None, limit: int) -> list[ExperienceRow]:
    """Return published experiences, the newest first."""
    query = select(ExperienceRow).where(ExperienceRow.status == "published")
    if before is not None:
        moment, row_id = before
        query = query.where(
            or_(
                ExperienceRow.published_at < moment,
                and_(ExperienceRow.published_at == moment, ExperienceRow.id < row_id),
            )
        )
    query = query.order_by(ExperienceRow.published_at.desc(), ExperienceRow.id.desc())
    return list(session.scalars(query.limit(limit)))


class InboxRow(NamedTuple):
    """An experience in a structure's inbox."""

    experience: ExperienceRow
    link: ExperienceStructureRow
    structure: StructureRow


def _under(roots: Sequence[str] | None) -> list[object]:
    if roots is None:
        return []
    # « 0 » follows « / »: the range holds exactly the paths that begin with the root's.
    return [
        or_(
            *(
                and_(StructureRow.path >= root, StructureRow.path < root.rstrip("/") + "0")
                for root in roots
            )
        )
    ]


def _inbox(
    roots: Sequence[str] | None,
) -> Select[ExperienceRow, ExperienceStructureRow, StructureRow]:
    return (
        select(ExperienceRow, ExperienceStructureRow, StructureRow)
        .join(ExperienceStructureRow, ExperienceStructureRow.experience_id == ExperienceRow.id)
        .join(StructureRow, StructureRow.id == ExperienceStructureRow.structure_id)
        .where(ExperienceRow.status == "published", *_under(roots))  # type: ignore[arg-type]
    )


def inbox(
    session: Session,
    roots: Sequence[str] | None,
    box: str,
    now: datetime,
    after: Key | None,
    limit: int,
) -> list[InboxRow]:
    """Return one page of an inbox: structures under ``roots`` (``None``: all).

    ``box`` is ``todo`` and ``late`` (oldest first) or ``replied`` (newest reply first).
    """
    if roots is not None and not roots:
        return []
    link = ExperienceStructureRow
    query = _inbox(roots)
    if box == "replied":
        moment = link.replied_at
        query = query.where(link.replied_at.is_not(None))
    else:
        moment = link.published_at
        query = query.where(link.replied_at.is_(None))
        if box == "late":
            query = query.where(link.due_at < now)
    descending = box == "replied"
    if after is not None:
        at, row_id = after
        further = moment < at if descending else moment > at
        beyond = ExperienceRow.id < row_id if descending else ExperienceRow.id > row_id
        query = query.where(or_(further, and_(moment == at, beyond)))
    order = (moment.desc(), ExperienceRow.id.desc()) if descending else (moment, ExperienceRow.id)
    rows = session.execute(query.order_by(*order).limit(limit))
    return [InboxRow(experience, link_row, structure) for experience, link_row, structure in rows]


def inbox_counts(session: Session, roots: Sequence[str] | None, now: datetime) -> dict[str, int]:
    """Return how many are to handle and how many of those are late."""
    if roots is not None and not roots:
        return {"todo": 0, "late": 0}
    link = ExperienceStructureRow
    base = (
        select(func.count(), func.count().filter(link.due_at < now))
        .select_from(ExperienceRow)
        .join(link, link.experience_id == ExperienceRow.id)
        .join(StructureRow, StructureRow.id == link.structure_id)
        .where(ExperienceRow.status == "published", link.replied_at.is_(None), *_under(roots))  # type: ignore[arg-type]
    )
    todo, late = session.execute(base).one()
    return {"todo": int(todo), "late": int(late)}


def replies(session: Session, experience_id: int) -> list[tuple[ReplyRow, StructureRow]]:
    """Return the published replies to an experience with who replied, oldest first."""
    query = (
        select(ReplyRow, StructureRow)
        .join(StructureRow, StructureRow.id == ReplyRow.structure_id)
        .where(ReplyRow.experience_id == experience_id, ReplyRow.status == "published")
        .order_by(ReplyRow.published_at, ReplyRow.id)
    )
    return list(session.execute(query).tuples())


def reply_by_uuid(session: Session, uuid: str) -> ReplyRow | None:
    """Return the reply sent with this client-made UUID."""
    return session.scalars(select(ReplyRow).where(ReplyRow.uuid == uuid)).one_or_none()


def answers(session: Session, experience_id: int) -> list[AnswerRow]:
    """Return the author's words back, oldest first, whatever their state."""
    query = select(AnswerRow).where(AnswerRow.experience_id == experience_id).order_by(AnswerRow.id)
    return list(session.scalars(query))


def answer_by_uuid(session: Session, uuid: str) -> AnswerRow | None:
    """Return the answer sent with this client-made UUID."""
    return session.scalars(select(AnswerRow).where(AnswerRow.uuid == uuid)).one_or_none()


def waiting_answers(session: Session, limit: int) -> list[AnswerRow]:
    """Return the answers waiting for moderation, the longest waiting first."""
    query = (
        select(AnswerRow)
        .where(AnswerRow.status == "pending")
        .order_by(AnswerRow.created_at, AnswerRow.id)
        .limit(limit)
    )
    return list(session.scalars(query))


def count(session: Session, structure_ids: Collection[int], published: int, replied: int) -> None:
    """Move the kept counts of structures, in the gesture's transaction."""
    for structure_id in sorted(set(structure_ids)):
        row = session.get(StructureCountRow, structure_id)
        if row is None:
            row = StructureCountRow(structure_id=structure_id, published=0, replied=0)
            session.add(row)
            session.flush()
        # Added by the database, not here: two gestures at once both count.
        session.execute(
            update(StructureCountRow)
            .where(StructureCountRow.structure_id == structure_id)
            .values(
                published=StructureCountRow.published + published,
                replied=StructureCountRow.replied + replied,
            )
        )


def reset_due(session: Session, structure_ids: Collection[int], days: int) -> None:
    """Give the open experiences of these structures the moment the delay now makes them late."""
    query = select(ExperienceStructureRow).where(
        ExperienceStructureRow.structure_id.in_(structure_ids),
        ExperienceStructureRow.replied_at.is_(None),
        ExperienceStructureRow.published_at.is_not(None),
    )
    for link in session.scalars(query):
        assert link.published_at is not None
        link.due_at = link.published_at + timedelta(days=days)
