"""What is held about an author beside the experience itself: read for them alone."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from .mail import about
from .tables import (
    AnswerOriginalRow,
    AnswerRow,
    AppealRow,
    FingerprintRow,
    JobRow,
    SecondLookRow,
)


def appeals(session: Session, experience_id: int) -> list[AppealRow]:
    """Return the author's appeals, the oldest first."""
    query = select(AppealRow).where(AppealRow.experience_id == experience_id)
    return list(session.scalars(query.order_by(AppealRow.id)))


def answer_originals(session: Session, experience_id: int) -> list[AnswerOriginalRow]:
    """Return the sealed words of the author's answers."""
    query = (
        select(AnswerOriginalRow)
        .join(AnswerRow, AnswerRow.id == AnswerOriginalRow.answer_id)
        .where(AnswerRow.experience_id == experience_id)
        .order_by(AnswerOriginalRow.answer_id)
    )
    return list(session.scalars(query))


def mails(session: Session, experience_id: int) -> list[JobRow]:
    """Return the mails about an experience that wait, or left lately."""
    query = select(JobRow).where(about(session, experience_id))
    return list(session.scalars(query.order_by(JobRow.id)))


def read_with_care(session: Session, experience_id: int) -> bool:
    """Whether a programme asked moderation to read the text with care."""
    look = session.get(SecondLookRow, experience_id)
    return look is not None and bool(look.seen)


def fingerprint_kept(session: Session, experience_id: int) -> bool:
    """Whether the fingerprint of the text is still kept."""
    return session.get(FingerprintRow, experience_id) is not None
