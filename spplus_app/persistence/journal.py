"""The append-only journal."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from .tables import JournalRow


def append(
    session: Session,
    *,
    at: datetime,
    actor: str,
    entry: str,
    subject: tuple[str, str],
    before: dict[str, Any],
    after: dict[str, Any],
) -> None:
    """Add one line; the database refuses to change or delete it afterwards."""
    kind, identifier = subject
    session.add(
        JournalRow(
            at=at,
            actor=actor,
            entry=entry,
            subject_kind=kind,
            subject_id=identifier,
            before=before,
            after=after,
        )
    )


def of_subject(session: Session, kind: str, identifier: str) -> list[JournalRow]:
    """Return the lines about one thing, oldest first."""
    query = (
        select(JournalRow)
        .where(JournalRow.subject_kind == kind, JournalRow.subject_id == identifier)
        .order_by(JournalRow.id)
    )
    return list(session.scalars(query))
