"""What the public ledger of moderation is counted from, and its figures once counted.

Counting reads every decision: it is the worker's, never a page's.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import BigInteger, Integer, cast, delete, distinct, extract, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.sql.elements import ColumnElement

from ..domain.ledger import PREFIX, Line
from .tables import (
    AppealRow,
    ExperienceRow,
    FigureRow,
    ModerationRow,
    ReportCaseRow,
    ReportRow,
)

_HOUR = 3600


def experiences_decided(session: Session, *acts: str) -> int:
    """Return how many experiences had one of these decisions at least once."""
    row = ModerationRow
    query = select(func.count(distinct(row.experience_id))).where(
        row.answer_id.is_(None), row.act.in_(acts)
    )
    return int(session.scalar(query) or 0)


def refusals(session: Session) -> dict[str, int]:
    """Return how many times each reason was given to the author of an experience."""
    row = ModerationRow
    query = (
        select(row.reason, func.count())
        .where(row.answer_id.is_(None), row.act == "refuse")
        .group_by(row.reason)
    )
    return {code: int(n) for code, n in session.execute(query)}


def hours(session: Session, since: datetime) -> dict[int, int]:
    """Return how many first decisions took each number of whole hours since the text was sent."""
    row = ModerationRow
    first = (
        select(row.experience_id, func.min(row.created_at).label("at"))
        .where(row.answer_id.is_(None), row.act.in_(("publish", "refuse")))
        .group_by(row.experience_id)
        .subquery()
    )
    sqlite = session.get_bind().dialect.name == "sqlite"
    took = (_seconds(first.c.at, sqlite) - _seconds(ExperienceRow.created_at, sqlite)) / _HOUR
    took = cast(took, Integer) if sqlite else cast(func.floor(took), Integer)
    counted = (
        select(took.label("hours"), func.count())
        .select_from(first)
        .join(ExperienceRow, ExperienceRow.id == first.c.experience_id)
        .where(first.c.at >= since)
        .group_by("hours")
    )
    return {max(0, int(one)): int(n) for one, n in session.execute(counted)}


def _seconds(
    moment: InstrumentedAttribute[datetime] | ColumnElement[datetime], sqlite: bool
) -> ColumnElement[int]:
    if sqlite:
        return cast(func.strftime("%s", moment), Integer)
    return cast(func.floor(extract("epoch", moment)), BigInteger)


def reports(session: Session) -> int:
    """Return how many reports were made."""
    return int(session.scalar(select(func.count()).select_from(ReportRow)) or 0)


def cases(session: Session) -> dict[str, int]:
    """Return how many reported texts stand in each state."""
    row = ReportCaseRow
    query = select(row.status, func.count()).group_by(row.status)
    return {status: int(n) for status, n in session.execute(query)}


def appeals(session: Session) -> dict[str, int]:
    """Return how many appeals stand in each state."""
    row = AppealRow
    query = select(row.status, func.count()).group_by(row.status)
    return {status: int(n) for status, n in session.execute(query)}


def replace(session: Session, lines: Sequence[Line], now: datetime) -> None:
    """Keep these figures in the place of those kept."""
    session.execute(delete(FigureRow).where(FigureRow.name.like(f"{PREFIX}%")))
    session.add_all(
        FigureRow(name=one.name, n=one.n, value=one.value, since=one.since, computed_at=now)
        for one in lines
    )
    session.flush()


def kept(session: Session) -> tuple[dict[str, Line], datetime | None]:
    """Return the figures kept, by name, and when they were counted."""
    rows = list(session.scalars(select(FigureRow).where(FigureRow.name.like(f"{PREFIX}%"))))
    lines = {row.name: Line(row.name, row.n, row.value, row.since) for row in rows}
    return lines, max((row.computed_at for row in rows), default=None)
