"""How often things came lately, and the proofs that were spent."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from ..domain.abuse import Count
from .tables import LimitCountRow, SpentProofRow
from .tables.base import Instant

_ENSURE = text(
    "INSERT INTO limit_count (key, since, current, previous) VALUES (:key, :since, 0, 0) "
    "ON CONFLICT (key) DO NOTHING"
).bindparams(bindparam("since", type_=Instant()))


def held(session: Session, key: str, since: datetime) -> LimitCountRow:
    """Return the counter of this key, begun if needed, kept from others until the end."""
    session.execute(_ENSURE, {"key": key, "since": since})
    query = select(LimitCountRow).where(LimitCountRow.key == key).with_for_update()
    return session.scalars(query.execution_options(populate_existing=True)).one()


def count_of(row: LimitCountRow) -> Count:
    """Return what a counter holds."""
    return Count(row.since, row.current, row.previous)


def spend(session: Session, proof: str, expires_at: datetime) -> bool:
    """Spend a proof; False when it was spent before, also at this very instant."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    spent = session.execute(
        insert(SpentProofRow)
        .values(proof=proof, expires_at=expires_at)
        .on_conflict_do_nothing()
        .returning(SpentProofRow.proof)
    ).first()
    return spent is not None
