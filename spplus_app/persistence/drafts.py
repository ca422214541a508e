"""Drafts: one row an owner, a kind and a subject."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from .tables import DraftRow


def find(session: Session, owner: str, kind: str, subject: str = "") -> DraftRow | None:
    """Return the draft of this owner, if there is one."""
    query = select(DraftRow).where(
        DraftRow.owner == owner, DraftRow.kind == kind, DraftRow.subject == subject
    )
    return session.scalars(query).one_or_none()


def store(
    session: Session,
    *,
    owner: str,
    kind: str,
    subject: str,
    uuid: str,
    data: dict[str, Any],
    now: datetime,
) -> DraftRow:
    """Write the draft, whether it existed or not; the first ``uuid`` is kept."""
    row = find(session, owner, kind, subject)
    if row is None:
        row = DraftRow(
            owner=owner,
            kind=kind,
            subject=subject,
            uuid=uuid,
            data=data,
            created_at=now,
            updated_at=now,
        )
        session.add(row)
    else:
        row.data = data
        row.updated_at = now
    session.flush()
    return row


def remove(session: Session, owner: str, kind: str, subject: str = "") -> bool:
    """Delete the draft; say whether there was one."""
    row = find(session, owner, kind, subject)
    if row is None:
        return False
    session.delete(row)
    session.flush()
    return True


def remove_older(session: Session, before: datetime) -> int:
    """Delete the drafts nobody touched since ``before``; return how many."""
    result = session.execute(delete(DraftRow).where(DraftRow.updated_at < before))
    return int(getattr(result, "rowcount", 0))
