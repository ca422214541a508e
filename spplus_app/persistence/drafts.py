"""Drafts: one row an owner, a kind and a subject."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, bindparam, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from .tables import DraftRow

_REMOVE = delete(cast(Table, DraftRow.__table__)).where(
    DraftRow.owner == bindparam("its_owner"),
    DraftRow.kind == bindparam("its_kind"),
    DraftRow.subject == bindparam("its_subject"),
)


def find(session: Session, owner: str, kind: str, subject: str = "") -> DraftRow | None:
    """Return the draft of this owner, if there is one."""
    query = select(DraftRow).where(
        DraftRow.owner == owner, DraftRow.kind == kind, DraftRow.subject == subject
    )
    return session.scalars(query).one_or_none()


def locked(session: Session, owner: str, kind: str, subject: str = "") -> DraftRow | None:
    """Return the draft of this owner, held until the end of the gesture, as it is by then."""
    query = select(DraftRow).where(
        DraftRow.owner == owner, DraftRow.kind == kind, DraftRow.subject == subject
    )
    held = query.with_for_update().execution_options(populate_existing=True)
    return session.scalars(held).one_or_none()


def begun(
    session: Session, *, owner: str, kind: str, subject: str, uuid: str, now: datetime
) -> DraftRow:
    """Return the draft of this owner, begun if needed, held until the end of the gesture.

    The first ``uuid`` is kept. Two tabs that begin at the same instant share one row.
    """
    values = {
        "owner": owner,
        "kind": kind,
        "subject": subject,
        "uuid": uuid,
        "data": {},
        "created_at": now,
        "updated_at": now,
    }
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    statement = insert(DraftRow).values(values)
    while True:
        session.execute(
            statement.on_conflict_do_nothing(index_elements=["owner", "kind", "subject"])
        )
        row = locked(session, owner, kind, subject)
        # None where the gesture waited for has sent or erased the draft that stood in the way.
        if row is not None:
            return row


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
    row = begun(session, owner=owner, kind=kind, subject=subject, uuid=uuid, now=now)
    row.data = data
    row.updated_at = now
    session.flush()
    return row


def remove(session: Session, owner: str, kind: str, subject: str = "") -> bool:
    """Delete the draft; say whether there was one."""
    names = {"its_owner": owner, "its_kind": kind, "its_subject": subject}
    return session.connection().execute(_REMOVE, names).rowcount > 0


def remove_older(session: Session, before: datetime) -> int:
    """Delete the drafts nobody touched since ``before``; return how many."""
    result = session.execute(delete(DraftRow).where(DraftRow.updated_at < before))
    return int(getattr(result, "rowcount", 0))
