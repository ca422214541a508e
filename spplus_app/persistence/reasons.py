"""The reasons of moderation: few rows, read whole."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from .tables import ReasonRow


def every(session: Session) -> list[ReasonRow]:
    """Return every reason, those no longer offered too, in their order."""
    query = select(ReasonRow).order_by(ReasonRow.position, ReasonRow.code)
    return list(session.scalars(query))


def get(session: Session, code: str) -> ReasonRow | None:
    """Return the reason with this code."""
    return session.get(ReasonRow, code) if code and "\x00" not in code else None


def locked(session: Session, code: str) -> ReasonRow | None:
    """Return the reason with this code, held until the end of the gesture."""
    if not code or "\x00" in code:
        return None
    return session.get(ReasonRow, code, with_for_update=True, populate_existing=True)


def last_position(session: Session) -> int:
    """Return the position of the last reason; -1 when there is none."""
    found = session.scalar(select(func.max(ReasonRow.position)))
    return -1 if found is None else int(found)
