"""What waits for moderation, the longest waiting first."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from . import experiences
from .tables import AnswerRow, ExperienceRow, SecondLookRow


def texts(
    session: Session,
    after: experiences.Key | None,
    limit: int,
    *,
    urgent: bool = False,
    beyond: experiences.Key | None = None,
) -> list[ExperienceRow]:
    """Return the experiences waiting for moderation, the longest waiting first.

    Those that a second look calls urgent, or the others: one never hides among them. The urgent
    ones ``beyond`` that key are among the others: their own list is full.
    """
    # Asked of each that waits, in their order: many were urgent, few are still waiting.
    called = exists().where(
        SecondLookRow.experience_id == ExperienceRow.id, SecondLookRow.urgent.is_(True)
    )
    wanted = called if urgent else ~called
    if beyond is not None:
        wanted = or_(wanted, _later(beyond))
    query = select(ExperienceRow).where(ExperienceRow.status == "pending", wanted)
    if after is not None:
        query = query.where(_later(after))
    query = query.order_by(ExperienceRow.sent_at, ExperienceRow.id).limit(limit)
    return list(session.scalars(query))


def _later(key: experiences.Key) -> ColumnElement[bool]:
    moment, row_id = key
    return or_(
        ExperienceRow.sent_at > moment,
        and_(ExperienceRow.sent_at == moment, ExperienceRow.id > experiences.large(row_id)),
    )


def count(session: Session) -> int:
    """Return how many experiences wait for moderation."""
    query = select(func.count()).where(ExperienceRow.status == "pending")
    return int(session.scalar(query) or 0)


def answers(session: Session, limit: int) -> list[AnswerRow]:
    """Return the answers waiting for moderation, the longest waiting first."""
    query = (
        select(AnswerRow)
        .where(AnswerRow.status == "pending")
        .order_by(AnswerRow.created_at, AnswerRow.id)
        .limit(limit)
    )
    return list(session.scalars(query))
