"""Which texts engines may be told of: ids and addresses, a range of ids at a time."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from .tables import DocumentRow, ExperienceRow

Table = type[ExperienceRow] | type[DocumentRow]


class Entry(NamedTuple):
    """A published text: what its address is made of, and when it last changed."""

    id: int
    slug: str
    changed_at: datetime


def _is_published(table: Table) -> ColumnElement[bool]:
    if table is DocumentRow:
        return DocumentRow.stage == "published"
    return ExperienceRow.status == "published"


def newest(session: Session, table: Table, at_most: int | None = None) -> int:
    """Return the highest id of a published row (not above ``at_most``); 0 when none is."""
    query = select(table.id).where(_is_published(table))
    if at_most is not None:
        query = query.where(table.id <= at_most)
    return session.scalars(query.order_by(table.id.desc()).limit(1)).first() or 0


def between(session: Session, table: Table, above: int, at_most: int) -> list[Entry]:
    """Return the published rows whose id is in a range, the newest first."""
    query = (
        select(table.id, table.slug, table.updated_at)
        .where(_is_published(table), table.id > above, table.id <= at_most)
        .order_by(table.id.desc())
    )
    return [Entry(*row) for row in session.execute(query)]
