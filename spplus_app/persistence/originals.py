"""The sealed words of versions and of answers whose personal data was masked."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from .tables import AnswerOriginalRow, AnswerRow, ExperienceRow, OriginalRow


def of_experience(session: Session, experience_id: int) -> list[OriginalRow]:
    """Return the sealed words of an experience, the first version first."""
    query = select(OriginalRow).where(OriginalRow.experience_id == experience_id)
    return list(session.scalars(query.order_by(OriginalRow.number)))


def any_of(session: Session, experience_id: int) -> bool:
    """Whether words of this experience are still sealed here."""
    query = select(OriginalRow.number).where(OriginalRow.experience_id == experience_id).limit(1)
    return session.scalar(query) is not None


def remove_older(session: Session, before: datetime) -> int:
    """Delete what was sealed before this moment, unless moderation has not read it yet."""
    waits = exists().where(
        ExperienceRow.id == OriginalRow.experience_id, ExperienceRow.status == "pending"
    )
    unread = exists().where(
        AnswerRow.id == AnswerOriginalRow.answer_id, AnswerRow.status == "pending"
    )
    results = [
        session.execute(delete(OriginalRow).where(OriginalRow.created_at < before, ~waits)),
        session.execute(
            delete(AnswerOriginalRow).where(AnswerOriginalRow.created_at < before, ~unread)
        ),
    ]
    return sum(int(getattr(result, "rowcount", 0)) for result in results)
