"""What waits for moderation, the longest waiting first."""

from __future__ import annotations

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import Session

from . import experiences
from .tables import AnswerRow, ExperienceRow, SecondLookRow


def texts(
    session: Session, after: experiences.Key | None, limit: int, *, urgent: bool = False
) -> list[ExperienceRow]:
    """Return the experiences waiting for moderation, the longest waiting first.

    Those that a second look calls urgent, or the others: one never hides among them.
    """
    # Asked of each that waits, in their order: many were urgent, few are still waiting.
    called = exists().where(
        SecondLookRow.experience_id == ExperienceRow.id, SecondLookRow.urgent.is_(True)
    )
    query = select(ExperienceRow).where(
        ExperienceRow.status == "pending", called if urgent else ~called
    )
    if after is not None:
        moment, row_id = after
        query = query.where(
            or_(
                ExperienceRow.sent_at > moment,
                and_(ExperienceRow.sent_at == moment, ExperienceRow.id > experiences.large(row_id)),
            )
        )
    query = query.order_by(ExperienceRow.sent_at, ExperienceRow.id).limit(limit)
    return list(session.scalars(query))


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
