"""What visitors say of replies and experiences, once each."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select, update
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
