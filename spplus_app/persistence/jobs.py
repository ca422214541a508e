"""The jobs table: written in the gesture's transaction, taken by one worker at a time."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import ColumnElement, Table, and_, delete, func, or_, select, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from .tables import JobRow

Lane = tuple[Collection[str], bool] | None
"""Some kinds of jobs, and whether they are those to take or those to leave; none: all."""
CHANNEL = "spplus_job"
"""PostgreSQL's notification channel: a job was written."""
_JOBS = cast(Table, JobRow.__table__)
_ADD = {
    name: insert(_JOBS).on_conflict_do_nothing(index_elements=["key"]).returning(_JOBS.c.id)
    for name, insert in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))
}
_NOTIFY = text("SELECT pg_notify(:channel, '')")


def _is_postgresql(session: Session) -> bool:
    return session.get_bind().dialect.name == "postgresql"


def add(
    session: Session, *, kind: str, payload: dict[str, Any], key: str | None, run_at: datetime
) -> int | None:
    """Write a job; return its id, or ``None`` when one with this ``key`` is already written."""
    values = {
        "kind": kind,
        "payload": payload,
        "key": key,
        "run_at": run_at,
        "claimed_by": "",
        "attempts": 0,
        "last_error": "",
    }
    connection = session.connection()
    found: int | None = connection.execute(_ADD[connection.dialect.name], values).scalar()
    if connection.dialect.name == "postgresql":
        connection.execute(_NOTIFY, {"channel": CHANNEL})
    return found


def _open() -> ColumnElement[bool]:
    return and_(JobRow.done_at.is_(None), JobRow.failed_at.is_(None))


def _due(now: datetime, lane: Lane) -> ColumnElement[bool]:
    unclaimed = or_(JobRow.claimed_until.is_(None), JobRow.claimed_until <= now)
    due = and_(_open(), JobRow.run_at <= now, unclaimed)
    if lane is None:
        return due
    kinds, within = lane
    inside = JobRow.kind.in_(sorted(kinds))
    return and_(due, inside if within else ~inside)


def any_due(session: Session, now: datetime, lane: Lane = None) -> bool:
    """Whether a job of this lane waits to be taken."""
    return session.scalar(select(JobRow.id).where(_due(now, lane)).limit(1)) is not None


def take(
    session: Session,
    worker: str,
    now: datetime,
    held: Callable[[str], timedelta],
    lane: Lane = None,
) -> JobRow | None:
    """Claim the oldest due job of a lane for ``worker``, as long as ``held`` says of its kind.

    Counts the try.

    On PostgreSQL a row that another worker is taking is passed over (SKIP LOCKED); on SQLite
    the caller's BEGIN IMMEDIATE lets one worker choose at a time.
    """
    query = (
        select(JobRow)
        .where(_due(now, lane))
        .order_by(JobRow.run_at, JobRow.id)
        .limit(1)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
    row = session.scalars(query).one_or_none()
    if row is None:
        return None
    row.claimed_by, row.claimed_until = worker, now + held(row.kind)
    row.attempts += 1
    session.flush()
    return row


def locked(session: Session, job_id: int) -> JobRow | None:
    """Return one job, held until the end of the transaction."""
    return session.get(JobRow, job_id, with_for_update=True, populate_existing=True)


def is_open(session: Session, kind: str) -> bool:
    """Whether a job of this kind is still to be done."""
    return (
        session.scalar(select(JobRow.id).where(JobRow.kind == kind, _open()).limit(1)) is not None
    )


def claimants(session: Session, now: datetime) -> list[str]:
    """Return who holds a claim that has not expired."""
    query = select(JobRow.claimed_by).where(_open(), JobRow.claimed_until > now).distinct()
    return list(session.scalars(query))


def release(session: Session, workers: Collection[str], now: datetime) -> int:
    """End the claims of these workers at once; return how many."""
    result = session.execute(
        update(JobRow)
        .where(_open(), JobRow.claimed_until > now, JobRow.claimed_by.in_(workers))
        .values(claimed_until=now)
    )
    return int(getattr(result, "rowcount", 0))


def remove_older(session: Session, done_before: datetime, failed_before: datetime) -> int:
    """Delete jobs done, or given up, before these moments; return how many."""
    over = or_(JobRow.done_at < done_before, JobRow.failed_at < failed_before)
    result = session.execute(delete(JobRow).where(over))
    return int(getattr(result, "rowcount", 0))


def counts(session: Session) -> dict[str, int]:
    """Return how many jobs are ``open``, ``done`` and ``failed`` (given up)."""
    row = session.execute(
        select(
            func.count().filter(_open()),
            func.count().filter(JobRow.done_at.is_not(None)),
            func.count().filter(JobRow.failed_at.is_not(None)),
        ).select_from(JobRow)
    ).one()
    return dict(zip(("open", "done", "failed"), map(int, row), strict=True))
