"""What visitors say of replies and experiences, once each."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import case, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from .tables import ExperienceRow, ReplyRow, ReplyVoteRow, SimilarVoteRow


def on_replies(session: Session, visitor: str, reply_ids: Collection[int]) -> dict[int, bool]:
    """Return what a visitor said of these replies: useful or not, by reply."""
    row = ReplyVoteRow
    if not visitor or not reply_ids:
        return {}
    query = select(row.reply_id, row.useful).where(
        row.visitor == visitor, row.reply_id.in_(list(reply_ids))
    )
    return {reply_id: useful for reply_id, useful in session.execute(query)}


def said_similar(session: Session, visitor: str, experience_id: int) -> bool:
    """Whether a visitor said that they lived the same."""
    return bool(visitor) and session.get(SimilarVoteRow, (experience_id, visitor)) is not None


def add_similar(session: Session, visitor: str, experience_id: int, now: datetime) -> bool:
    """Count a visitor who lived the same; False, and nothing counted, when already counted."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    added = session.execute(
        insert(SimilarVoteRow)
        .values(experience_id=experience_id, visitor=visitor, created_at=now)
        .on_conflict_do_nothing()
        .returning(SimilarVoteRow.experience_id)
    ).first()
    if added is None:
        return False
    _move_similar(session, experience_id, 1)
    return True


def remove_similar(session: Session, visitor: str, experience_id: int) -> bool:
    """Take back what a visitor said; False when they had said nothing."""
    row = SimilarVoteRow
    gone = session.execute(
        delete(row)
        .where(row.experience_id == experience_id, row.visitor == visitor)
        .returning(row.experience_id)
    ).first()
    if gone is None:
        return False
    _move_similar(session, experience_id, -1)
    return True


def _move_similar(session: Session, experience_id: int, by: int) -> None:
    row = ExperienceRow
    session.execute(update(row).where(row.id == experience_id).values(similar=row.similar + by))


def set_on_reply(
    session: Session, visitor: str, reply_id: int, useful: bool, now: datetime
) -> bool:
    """Keep what a visitor says of a reply, in place of what they said; False when it is the same.

    To be called with the experience of the reply held, so that counters follow one by one.
    """
    before = on_replies(session, visitor, [reply_id]).get(reply_id)
    if before == useful:
        return False
    if before is None:
        session.add(ReplyVoteRow(reply_id=reply_id, visitor=visitor, useful=useful, created_at=now))
    else:
        row = ReplyVoteRow
        session.execute(
            update(row)
            .where(row.reply_id == reply_id, row.visitor == visitor)
            .values(useful=useful, created_at=now)
        )
    session.flush()
    first = 1 if before is None else 0
    reply = ReplyRow
    session.execute(
        update(reply)
        .where(reply.id == reply_id)
        .values(
            useful=reply.useful + (1 if useful else first - 1),
            not_useful=reply.not_useful + (first - 1 if useful else 1),
        )
    )
    return True


def _similar_counted() -> Any:
    row = SimilarVoteRow
    return select(row.experience_id.label("key"), func.count().label("number")).group_by(
        row.experience_id
    )


def _useful_counted() -> Any:
    row = ReplyVoteRow
    useful = func.sum(case((row.useful, 1), else_=0)).label("useful")
    return select(row.reply_id.label("key"), useful, func.count().label("number")).group_by(
        row.reply_id
    )


def miscounted_experiences(session: Session) -> list[int]:
    """Return the experiences whose counter is not its base and the votes kept."""
    row, votes = ExperienceRow, _similar_counted().subquery()
    true = row.similar_base + func.coalesce(votes.c.number, 0)
    query = select(row.id).outerjoin(votes, votes.c.key == row.id).where(row.similar != true)
    return list(session.scalars(query.order_by(row.id)))


def miscounted_replies(session: Session) -> list[tuple[int, int]]:
    """Return the replies, each with its experience, whose counters are not those of its votes."""
    row, votes = ReplyRow, _useful_counted().subquery()
    useful = func.coalesce(votes.c.useful, 0)
    other = func.coalesce(votes.c.number, 0) - useful
    wrong = (row.useful != row.useful_base + useful) | (
        row.not_useful != row.not_useful_base + other
    )
    query = select(row.id, row.experience_id).outerjoin(votes, votes.c.key == row.id).where(wrong)
    return [(reply, experience) for reply, experience in session.execute(query.order_by(row.id))]


def similar_votes(session: Session, experience_id: int) -> int:
    """Return how many visitors say here that they lived the same."""
    query = select(func.count()).where(SimilarVoteRow.experience_id == experience_id)
    return int(session.scalar(query) or 0)


def reply_votes(session: Session, reply_id: int) -> tuple[int, int]:
    """Return how many visitors of here found a reply useful, and how many did not."""
    row = ReplyVoteRow
    useful = func.count().filter(row.useful)
    query = select(useful, func.count() - useful).where(row.reply_id == reply_id)
    yes, no = session.execute(query).one()
    return int(yes), int(no)
