"""The programme's commitments: every version, as domain values."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ..domain.commitments import Commitment, Family
from .tables import CommitmentRow


def every(session: Session) -> list[Commitment]:
    """Return every version of every commitment, by number then version."""
    query = select(CommitmentRow).order_by(CommitmentRow.number, CommitmentRow.version)
    return [_value(row) for row in session.scalars(query)]


def _value(row: CommitmentRow) -> Commitment:
    return Commitment(
        number=row.number,
        version=row.version,
        family=Family(row.family),
        wording=row.wording,
        subject=row.subject,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        source=row.source,
    )


def add(session: Session, made: Commitment) -> None:
    """Write a version."""
    row = CommitmentRow(
        number=made.number,
        version=made.version,
        family=made.family.value,
        wording=made.wording,
        subject=made.subject,
        valid_from=made.valid_from,
        valid_until=made.valid_until,
        source=made.source,
    )
    session.add(row)
    session.flush()


def close(session: Session, number: int, version: int, last_day: date) -> None:
    """Write the last day on which a version holds."""
    session.execute(
        update(CommitmentRow)
        .where(CommitmentRow.number == number, CommitmentRow.version == version)
        .values(valid_until=last_day)
    )
