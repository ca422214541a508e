"""What moderators hold: one statement takes it, for one person at a time."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, delete, exists, func, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from .documents import WAITS_SINCE
from .tables import ClaimRow, DocumentRow, ExperienceRow, PersonRow, SecondLookRow

_CLAIMS = cast(Table, ClaimRow.__table__)
_KINDS: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def take(
    session: Session, kind: str, subject_id: int, person_id: int, now: datetime, until: datetime
) -> bool:
    """Give something to a person until then; ``False`` when another holds it, and nothing moves.

    The database decides, in one statement: two people at once cannot both be given it.
    """
    connection = session.connection()
    insert = _KINDS[connection.dialect.name](_CLAIMS).values(
        kind=kind, subject_id=subject_id, person_id=person_id, until=until
    )
    statement = insert.on_conflict_do_update(
        index_elements=["kind", "subject_id"],
        set_={"person_id": insert.excluded.person_id, "until": insert.excluded.until},
        where=or_(_CLAIMS.c.person_id == person_id, _CLAIMS.c.until <= now),
    ).returning(_CLAIMS.c.subject_id)
    return connection.execute(statement).scalar() is not None


def release(session: Session, kind: str, subject_id: int, person_id: int | None = None) -> bool:
    """Give something back, whoever holds it, or only when ``person_id`` does; say whether it was.

    It is free at once for anybody.
    """
    query = delete(ClaimRow).where(ClaimRow.kind == kind, ClaimRow.subject_id == subject_id)
    if person_id is not None:
        query = query.where(ClaimRow.person_id == person_id)
    return bool(getattr(session.execute(query), "rowcount", 0))


def holders(
    session: Session, kind: str, subject_ids: Collection[int], now: datetime
) -> dict[int, tuple[int, str]]:
    """Return who holds each of these, by subject: their id and name; nothing for what is free."""
    if not subject_ids:
        return {}
    query = (
        select(ClaimRow.subject_id, PersonRow.id, PersonRow.name)
        .join(PersonRow, PersonRow.id == ClaimRow.person_id)
        .where(
            ClaimRow.kind == kind,
            ClaimRow.subject_id.in_(sorted(set(subject_ids))),
            ClaimRow.until > now,
        )
    )
    return {subject: (person, name) for subject, person, name in session.execute(query)}


def next_free(session: Session, kind: str, now: datetime) -> int | None:
    """Return what waits for moderation and nobody holds: the urgent first, then the oldest.

    On PostgreSQL a row that somebody is taking is passed over; on SQLite the caller's BEGIN
    IMMEDIATE lets one choose at a time.
    """
    held = exists().where(
        ClaimRow.kind == kind, ClaimRow.subject_id == ExperienceRow.id, ClaimRow.until > now
    )
    query = (
        select(ExperienceRow.id)
        .outerjoin(SecondLookRow, SecondLookRow.experience_id == ExperienceRow.id)
        .where(ExperienceRow.status == "pending", ~held)
        .order_by(
            func.coalesce(SecondLookRow.urgent, False).desc(),
            ExperienceRow.sent_at,
            ExperienceRow.id,
        )
        .limit(1)
        .with_for_update(skip_locked=True, of=ExperienceRow)
    )
    return session.scalar(query)


def next_free_document(session: Session, kind: str, now: datetime) -> int | None:
    """Return the document handed over that waits longest and that nobody holds."""
    held = exists().where(
        ClaimRow.kind == kind, ClaimRow.subject_id == DocumentRow.id, ClaimRow.until > now
    )
    query = (
        select(DocumentRow.id)
        .where(DocumentRow.stage == "handed", ~held)
        .order_by(WAITS_SINCE, DocumentRow.id)
        .limit(1)
        .with_for_update(skip_locked=True, of=DocumentRow)
    )
    return session.scalar(query)
