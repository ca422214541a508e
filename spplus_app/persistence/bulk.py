"""Many experiences at once: rows by the thousand, without an object for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from sqlalchemy import Table, insert, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from .tables import (
    ExperienceRow,
    ExperienceStructureRow,
    ImportedExperienceRow,
    ReplyRow,
    StructureCountRow,
    VersionRow,
)

Rows = Sequence[Mapping[str, Any]]


def new_ids(session: Session, count: int) -> list[int]:
    """Return ids for ``count`` experiences, never given before; held by this transaction."""
    if count == 0:
        return []
    if session.get_bind().dialect.name == "postgresql":
        query = (
            "SELECT nextval(pg_get_serial_sequence('experience', 'id')) "
            "FROM generate_series(1, :count)"
        )
        return [int(number) for number in session.scalars(text(query), {"count": count})]
    # An id that was deleted is never given again: SQLite remembers the highest.
    query = "SELECT seq FROM sqlite_sequence WHERE name = 'experience'"
    last = int(session.scalar(text(query)) or 0)
    return list(range(last + 1, last + 1 + count))


class Positions:
    """The positions that lists are read by, and the free ones given in this transaction."""

    def __init__(self, session: Session) -> None:
        query = select(ExperienceRow.position).where(ExperienceRow.position.is_not(None))
        self._taken = {int(position) for position in session.scalars(query) if position}
        self._next: dict[int, int] = {}

    def take(self, wanted: int) -> int:
        """Return the first free position from ``wanted`` on: it is taken from now on."""
        # A day of an export has one moment: its hundredth experience must not try a hundred.
        position = self._next.get(wanted, wanted)
        while position in self._taken:
            position += 1
        self._taken.add(position)
        self._next[wanted] = position + 1
        return position


def add_experiences(
    session: Session,
    experiences: Rows,
    versions: Rows,
    structures: Rows,
    replies: Rows,
    imported: Rows,
) -> None:
    """Add experiences with all that belongs to them; each list has the same columns throughout."""
    for table, rows in (
        (ExperienceRow, experiences),
        (VersionRow, versions),
        (ExperienceStructureRow, structures),
        (ReplyRow, replies),
        (ImportedExperienceRow, imported),
    ):
        if rows:
            # Core, not the ORM: a third of the time.
            session.connection().execute(insert(cast(Table, table.__table__)), rows)


def count_many(session: Session, moves: Mapping[int, tuple[int, int]]) -> None:
    """Move the kept counts (published, replied) of many structures."""
    dialect = session.get_bind().dialect.name
    row = StructureCountRow
    statement: Any = (postgresql if dialect == "postgresql" else sqlite).insert(row)
    statement = statement.on_conflict_do_update(
        index_elements=["structure_id"],
        set_={
            "published": row.published + statement.excluded.published,
            "replied": row.replied + statement.excluded.replied,
        },
    )
    rows = [
        {"structure_id": key, "published": published, "replied": replied}
        for key, (published, replied) in sorted(moves.items())
    ]
    if rows:
        session.connection().execute(statement, rows)
