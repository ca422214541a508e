"""The append-only journal."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, insert, select
from sqlalchemy.orm import Session

from .tables import JournalRow

_LINE = insert(cast(Table, JournalRow.__table__))


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
    session.connection().execute(
        _LINE,
        {
            "at": at,
            "actor": actor,
            "entry": entry,
            "subject_kind": kind,
            "subject_id": identifier,
            "before": before,
            "after": after,
        },
    )


def wrote_since(
    session: Session, actor: str, entry: str, subject: tuple[str, str], moment: datetime
) -> bool:
    """Whether this actor left such a line about this thing since this moment."""
    kind, identifier = subject
    query = select(JournalRow.id).where(
        JournalRow.subject_kind == kind,
        JournalRow.subject_id == identifier,
        JournalRow.entry == entry,
        JournalRow.actor == actor,
        JournalRow.at >= moment,
    )
    return session.scalar(query.limit(1)) is not None


def of_subject(session: Session, kind: str, identifier: str) -> list[JournalRow]:
    """Return the lines about one thing, oldest first."""
    query = (
        select(JournalRow)
        .where(JournalRow.subject_kind == kind, JournalRow.subject_id == identifier)
        .order_by(JournalRow.id)
    )
    return list(session.scalars(query))
