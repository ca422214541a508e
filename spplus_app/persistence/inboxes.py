"""The inboxes of structures: what is to handle, late, or replied, under points of the tree."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import BigInteger, ColumnElement, Select, and_, cast, func, or_, select
from sqlalchemy.orm import Session

from .experiences import Key, large
from .tables import ExperienceRow, ExperienceStructureRow, StructureRow

_SLOTS = 16
"""More than the structures of an experience: an inbox may show the same one for several."""


class InboxRow(NamedTuple):
    """An experience in a structure's inbox."""

    experience: ExperienceRow
    link: ExperienceStructureRow
    structure: StructureRow

    @property
    def number(self) -> int:
        """The number that tells it apart, also from the same experience for another structure."""
        return self.experience.id * _SLOTS + self.link.position


def under(roots: Sequence[str] | None) -> list[ColumnElement[bool]]:
    """Return what holds structures within ``roots``; ``None`` holds nothing back."""
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
        .where(ExperienceRow.status == "published", *under(roots))
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
        at, last = after
        number = cast(ExperienceRow.id, BigInteger) * _SLOTS + link.position
        further = moment < at if descending else moment > at
        beyond = number < large(last) if descending else number > large(last)
        query = query.where(or_(further, and_(moment == at, beyond)))
    keys = (moment, ExperienceRow.id, link.position)
    order = tuple(key.desc() for key in keys) if descending else keys
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
        .where(ExperienceRow.status == "published", link.replied_at.is_(None), *under(roots))
    )
    todo, late = session.execute(base).one()
    return {"todo": int(todo), "late": int(late)}
