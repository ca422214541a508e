"""Appeals: what is asked, what waits, and who could decide."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from .experiences import known_id
from .tables import AppealRow, ExperienceRow, ModerationRow

_WAITING = "waiting"
_CONTESTED = ("refused", "published", "hidden")


def of_decision(session: Session, moderation_id: int) -> AppealRow | None:
    """Return the appeal against this decision."""
    query = select(AppealRow).where(AppealRow.moderation_id == moderation_id)
    return session.scalars(query).one_or_none()


def newest(session: Session, experience_id: int) -> AppealRow | None:
    """Return the last appeal made about this experience."""
    query = select(AppealRow).where(AppealRow.experience_id == experience_id)
    return session.scalars(query.order_by(AppealRow.id.desc()).limit(1)).one_or_none()


def get(session: Session, appeal_id: int) -> AppealRow | None:
    """Return an appeal as it reads now."""
    return session.get(AppealRow, appeal_id) if known_id(appeal_id) else None


def locked(session: Session, appeal_id: int) -> AppealRow | None:
    """Return an appeal, held until the end of the gesture."""
    if not known_id(appeal_id):
        return None
    return session.get(AppealRow, appeal_id, with_for_update=True, populate_existing=True)


def waiting(session: Session, limit: int) -> list[tuple[AppealRow, ModerationRow, ExperienceRow]]:
    """Return the appeals to decide, the first due first, with the decision and the text."""
    query = (
        select(AppealRow, ModerationRow, ExperienceRow)
        .join(ModerationRow, ModerationRow.id == AppealRow.moderation_id)
        .join(ExperienceRow, ExperienceRow.id == AppealRow.experience_id)
        .where(
            AppealRow.status == _WAITING,
            ExperienceRow.status.in_(_CONTESTED),
        )
        .order_by(AppealRow.due_at, AppealRow.id)
        .limit(limit)
    )
    return [(appeal, decision, row) for appeal, decision, row in session.execute(query)]


def contested(session: Session, experience_id: int) -> tuple[bool, int | None]:
    """Whether an appeal about this experience waits, and who made the decision it contests."""
    query = (
        select(AppealRow.id, ModerationRow.person_id)
        .join(ModerationRow, ModerationRow.id == AppealRow.moderation_id)
        .where(AppealRow.experience_id == experience_id, AppealRow.status == _WAITING)
    )
    found = session.execute(query.limit(1)).one_or_none()
    return (found is not None, found[1] if found else None)


def close(session: Session, experience_id: int, now: datetime) -> None:
    """Close what waits about an experience: the decision that was contested no longer holds."""
    session.execute(
        update(AppealRow)
        .where(AppealRow.experience_id == experience_id, AppealRow.status == _WAITING)
        .values(status="closed", decided_at=now)
    )
