"""Experiences, their versions and structures: what is written and what is read."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    bindparam,
    literal,
    select,
    text,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from .tables import (
    AnnotationRow,
    AnswerRow,
    DocumentRow,
    ExperienceRow,
    ExperienceStructureRow,
    ModerationRow,
    ReplyRow,
    StructureRow,
    VersionRow,
)


class Met(NamedTuple):
    """A structure met in an experience, with its own row."""

    link: ExperienceStructureRow
    structure: StructureRow


Key = tuple[datetime, int]
"""Where a page of a list ends: the moment and the number of its last row."""

# Prepared once: making them takes as long as running them.
_MET = (
    select(ExperienceStructureRow, StructureRow)
    .join(StructureRow, StructureRow.id == ExperienceStructureRow.structure_id)
    .where(ExperienceStructureRow.experience_id.in_(bindparam("ids", expanding=True)))
    .order_by(ExperienceStructureRow.experience_id, ExperienceStructureRow.position)
)
_AT_POSITIONS = select(ExperienceRow).where(
    ExperienceRow.position.in_(bindparam("positions", expanding=True))
)
_COUNT = text(
    "INSERT INTO structure_count (structure_id, published, replied) "
    "VALUES (:structure_id, :published, :replied) ON CONFLICT (structure_id) DO UPDATE SET "
    "published = structure_count.published + excluded.published, "
    "replied = structure_count.replied + excluded.replied"
)

_SHOWN = ("published", "hidden")
"""A hidden reply is told to be so."""

_ID_MAX = 2**31 - 1
"""PostgreSQL refuses to compare a larger number with an id: an address may hold any."""


def get(session: Session, experience_id: int) -> ExperienceRow | None:
    """Return one experience by its id."""
    return session.get(ExperienceRow, experience_id) if known_id(experience_id) else None


def several(session: Session, ids: Collection[int]) -> dict[int, ExperienceRow]:
    """Return these experiences by their ids, in one query; unknown ones are absent."""
    if not ids:
        return {}
    query = select(ExperienceRow).where(ExperienceRow.id.in_(sorted(set(ids))))
    return {row.id: row for row in session.scalars(query)}


def known_id(number: int) -> bool:
    """Whether this number may be an id at all."""
    return 0 < number <= _ID_MAX


def locked(session: Session, experience_id: int) -> ExperienceRow | None:
    """Return one experience, held until the end of the gesture (SQLite holds all of them)."""
    if not known_id(experience_id):
        return None
    return session.get(ExperienceRow, experience_id, with_for_update=True, populate_existing=True)


def by_uuid(session: Session, uuid: str) -> ExperienceRow | None:
    """Return the experience sent with this client-made UUID."""
    return session.scalars(select(ExperienceRow).where(ExperienceRow.uuid == uuid)).one_or_none()


def added(
    session: Session, row: ExperienceRow | ReplyRow | AnswerRow | DocumentRow | AnnotationRow
) -> bool:
    """Write a row with a client-made UUID; ``False`` when another has it, and nothing is written.

    Only the database can tell: two gestures at once both find the UUID free.
    """
    table, uuid = type(row), row.uuid
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        if session.scalar(select(table.id).where(table.uuid == uuid)) is None:
            raise
        return False
    return True


def met(session: Session, experience_ids: Collection[int]) -> dict[int, list[Met]]:
    """Return the structures met in each experience, in the order they were told."""
    if not experience_ids:
        return {}
    found: dict[int, list[Met]] = {}
    for link, structure in session.execute(_MET, {"ids": list(experience_ids)}):
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


def refusals(session: Session, experience_ids: Collection[int]) -> dict[int, ModerationRow]:
    """Return the last refusal of each of these experiences, in one query."""
    if not experience_ids:
        return {}
    query = (
        select(ModerationRow)
        .where(
            ModerationRow.experience_id.in_(sorted(set(experience_ids))),
            ModerationRow.act == "refuse",
            ModerationRow.answer_id.is_(None),
        )
        .order_by(ModerationRow.id)
    )
    return {row.experience_id: row for row in session.scalars(query)}


def large(value: int) -> ColumnElement[int]:
    """Return a number that an address may hold, typed so that PostgreSQL compares it with ids."""
    return literal(value, BigInteger)


def at_positions(session: Session, positions: Collection[int]) -> dict[int, ExperienceRow]:
    """Return the published experiences at these positions, by position."""
    if not positions:
        return {}
    rows = session.scalars(_AT_POSITIONS, {"positions": list(positions)})
    return {row.position: row for row in rows if row.position is not None}


def published_ids(session: Session) -> list[int]:
    """Return the ids of every published experience."""
    query = select(ExperienceRow.id).where(ExperienceRow.status == "published")
    return list(session.scalars(query.order_by(ExperienceRow.id)))


def published_at(session: Session, structure_ids: Collection[int]) -> list[int]:
    """Return the ids of the published experiences that met one of these structures."""
    link, found = ExperienceStructureRow, set[int]()
    wanted = sorted(structure_ids)
    for start in range(0, len(wanted), 500):
        query = select(link.experience_id).where(
            link.structure_id.in_(wanted[start : start + 500]), link.published_at.is_not(None)
        )
        found.update(session.scalars(query))
    return sorted(found)


def unplaced_ids(session: Session) -> list[int]:
    """Return the ids of the published experiences that lists do not show yet."""
    query = select(ExperienceRow.id).where(
        ExperienceRow.status == "published", ExperienceRow.position.is_(None)
    )
    return list(session.scalars(query.order_by(ExperienceRow.id)))


def replies(session: Session, experience_id: int) -> list[tuple[ReplyRow, StructureRow]]:
    """Return the published and hidden replies to an experience with who replied, oldest first."""
    query = (
        select(ReplyRow, StructureRow)
        .join(StructureRow, StructureRow.id == ReplyRow.structure_id)
        .where(ReplyRow.experience_id == experience_id, ReplyRow.status.in_(_SHOWN))
        .order_by(ReplyRow.published_at, ReplyRow.id)
    )
    return [(reply, structure) for reply, structure in session.execute(query)]


def reply(session: Session, reply_id: int) -> ReplyRow | None:
    """Return one published reply by its id."""
    row = session.get(ReplyRow, reply_id) if known_id(reply_id) else None
    return row if row is not None and row.status == "published" else None


def reply_by_uuid(session: Session, uuid: str) -> ReplyRow | None:
    """Return the reply sent with this client-made UUID."""
    return session.scalars(select(ReplyRow).where(ReplyRow.uuid == uuid)).one_or_none()


def answers(session: Session, experience_id: int) -> list[AnswerRow]:
    """Return the author's words back, oldest first, whatever their state."""
    query = select(AnswerRow).where(AnswerRow.experience_id == experience_id).order_by(AnswerRow.id)
    return list(session.scalars(query))


def locked_answer(session: Session, answer_id: int) -> AnswerRow | None:
    """Return one answer, held until the end of the gesture, after its experience."""
    found = session.get(AnswerRow, answer_id) if known_id(answer_id) else None
    if found is None or locked(session, found.experience_id) is None:
        return None
    return session.get(AnswerRow, answer_id, with_for_update=True, populate_existing=True)


def answer_by_uuid(session: Session, uuid: str) -> AnswerRow | None:
    """Return the answer sent with this client-made UUID."""
    return session.scalars(select(AnswerRow).where(AnswerRow.uuid == uuid)).one_or_none()


def count(session: Session, structure_ids: Collection[int], published: int, replied: int) -> None:
    """Move the kept counts of structures, in the gesture's transaction."""
    # Added by the database, not here: two gestures at once both count.
    moves = [
        {"structure_id": one, "published": published, "replied": replied}
        for one in sorted(set(structure_ids))
    ]
    if moves:
        session.connection().execute(_COUNT, moves)


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
