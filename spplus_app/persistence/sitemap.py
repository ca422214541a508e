"""Which experiences engines may be told of: ids and addresses, a range of ids at a time."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from .tables import ExperienceRow


class Entry(NamedTuple):
    """A published experience: what its address is made of, and when it last changed."""

    id: int
    slug: str
    changed_at: datetime


def newest(session: Session, at_most: int | None = None) -> int:
    """Return the highest id of a published experience (not above ``at_most``); 0 when none is."""
    query = select(ExperienceRow.id).where(ExperienceRow.status == "published")
    if at_most is not None:
        query = query.where(ExperienceRow.id <= at_most)
    return session.scalars(query.order_by(ExperienceRow.id.desc()).limit(1)).first() or 0


def between(session: Session, above: int, at_most: int) -> list[Entry]:
    """Return the published experiences whose id is in a range, the newest first."""
    query = (
        select(ExperienceRow.id, ExperienceRow.slug, ExperienceRow.updated_at)
        .where(
            ExperienceRow.status == "published",
            ExperienceRow.id > above,
            ExperienceRow.id <= at_most,
        )
        .order_by(ExperienceRow.id.desc())
    )
    return [Entry(*row) for row in session.execute(query)]
