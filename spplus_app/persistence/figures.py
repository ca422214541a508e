"""What the figures are counted from, and the figures kept.

Counting reads every experience once: it is the worker's, never a page's. A page reads four rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    and_,
    case,
    cast,
    delete,
    extract,
    func,
    select,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from ..domain.figures import Figure, FigureName, paris_offsets
from .tables import ExperienceRow, ExperienceStructureRow, FigureRow

_DAY = 86_400


def published(session: Session) -> tuple[int, int]:
    """Return how many experiences are published, and how many of them have a reply."""
    # No WHERE: through the index on the status, SQLite goes back to the table row by row (18 s for
    # a million, 2 s for a scan).
    is_published = ExperienceRow.status == "published"
    every_one = func.sum(case((is_published, 1), else_=0))
    replied = func.sum(case((and_(is_published, ExperienceRow.replies > 0), 1), else_=0))
    query = select(func.coalesce(every_one, 0), func.coalesce(replied, 0))
    every, some = session.execute(query).one()
    return int(every), int(some)


def delays(session: Session, since: datetime, until: datetime) -> dict[int, int]:
    """Return how many first replies took each number of calendar days, counted in Paris.

    A case is a structure that replied between the two moments to an experience still published;
    a reply that nobody dated (`domain.replies.days_to_reply`) is none.
    """
    link = ExperienceStructureRow
    measured = (
        link.published_at.is_not(None),
        link.replied_at >= since,
        link.replied_at <= until,
        link.replied_at != link.published_at,
    )
    first = session.scalar(select(func.min(link.published_at)).where(*measured))
    if first is None:
        return {}
    offsets = paris_offsets(first, until)
    sqlite = session.get_bind().dialect.name == "sqlite"
    took = _day(link.replied_at, offsets, sqlite) - _day(link.published_at, offsets, sqlite)
    counted = select(took.label("days"), func.count()).where(*measured).group_by("days")
    return {int(days): int(count) for days, count in session.execute(counted)}


def _day(
    moment: InstrumentedAttribute[datetime | None],
    offsets: Sequence[tuple[datetime, int]],
    sqlite: bool,
) -> ColumnElement[int]:
    """The number of the calendar day of Paris in which a moment falls."""
    seconds = (
        cast(func.strftime("%s", moment), Integer)
        if sqlite
        else cast(func.floor(extract("epoch", moment)), BigInteger)
    )
    later = [(moment >= start, offset) for start, offset in reversed(offsets[1:])]
    offset = case(*later, else_=offsets[0][1]) if later else offsets[0][1]
    return (seconds + offset) // _DAY


def replace(session: Session, figures: Sequence[Figure]) -> None:
    """Keep these figures in the place of those kept."""
    session.execute(delete(FigureRow).where(FigureRow.name.in_([*FigureName])))
    session.add_all(
        FigureRow(
            name=one.name.value,
            n=one.n,
            value=one.value,
            since=one.since,
            computed_at=one.computed_at,
        )
        for one in figures
    )
    session.flush()


def kept(session: Session) -> dict[FigureName, Figure]:
    """Return the figures kept, by name; one that this version does not know is left out."""
    known = {name.value for name in FigureName}
    return {
        FigureName(row.name): Figure(
            name=FigureName(row.name),
            n=row.n,
            value=row.value,
            since=row.since,
            computed_at=row.computed_at,
        )
        for row in session.scalars(select(FigureRow))
        if row.name in known
    }
