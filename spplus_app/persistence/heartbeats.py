"""The last sign of life of each part: one row a part, written over."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, select, text
from sqlalchemy.orm import Session

from .tables import HeartbeatRow
from .tables.base import Instant

_BEAT = text(
    "INSERT INTO heartbeat (part, at) VALUES (:part, :at) "
    "ON CONFLICT (part) DO UPDATE SET at = excluded.at"
).bindparams(bindparam("at", type_=Instant()))


def beat(session: Session, part: str, now: datetime) -> None:
    """Note that this part is alive now."""
    session.execute(_BEAT, {"part": part, "at": now})


def last(session: Session, part: str) -> datetime | None:
    """Return when this part was last alive, ``None`` when it never was."""
    return session.scalar(select(HeartbeatRow.at).where(HeartbeatRow.part == part))
