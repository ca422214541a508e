"""What the scheduled deletions did last, and in all: one row a kind of data, written over."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, select, text
from sqlalchemy.orm import Session

from .tables import DeletionRow
from .tables.base import Instant

_NOTE = text(
    "INSERT INTO deletion (code, at, last, total) VALUES (:code, :at, :count, :count) "
    "ON CONFLICT (code) DO UPDATE SET "
    "at = excluded.at, last = excluded.last, total = deletion.total + excluded.last"
).bindparams(bindparam("at", type_=Instant()))


def note(session: Session, code: str, now: datetime, count: int) -> None:
    """Note that this many rows of a kind were deleted now."""
    session.execute(_NOTE, {"code": code, "at": now, "count": count})


def by_code(session: Session) -> dict[str, DeletionRow]:
    """Return what was last deleted, by kind of data."""
    return {row.code: row for row in session.scalars(select(DeletionRow))}
