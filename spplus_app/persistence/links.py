"""Private links, what a visitor's browser may follow, and the author's address."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from sqlalchemy import Table, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from .experiences import known_id
from .tables import ContactRow, ExperienceRow, PrivateLinkRow, VisitorItemRow

_ITEMS = cast(Table, VisitorItemRow.__table__)
_BIND = {
    name: insert(_ITEMS).on_conflict_do_nothing().returning(_ITEMS.c.experience_id)
    for name, insert in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))
}


def add_link(
    session: Session,
    *,
    experience_id: int,
    token_hash: str,
    nonce: str,
    by_mail: bool,
    now: datetime,
) -> PrivateLinkRow:
    """Keep a private link by its hash."""
    row = PrivateLinkRow(
        experience_id=experience_id,
        token_hash=token_hash,
        nonce=nonce,
        by_mail=by_mail,
        created_at=now,
    )
    session.add(row)
    return row


def by_hash(session: Session, token_hash: str) -> PrivateLinkRow | None:
    """Return the link that holds, if any, with this hash."""
    query = select(PrivateLinkRow).where(
        PrivateLinkRow.token_hash == token_hash, PrivateLinkRow.revoked_at.is_(None)
    )
    return session.scalars(query).one_or_none()


def of_experience(session: Session, experience_id: int, *, by_mail: bool) -> PrivateLinkRow | None:
    """Return the first link of an experience that still holds, of this kind."""
    query = (
        select(PrivateLinkRow)
        .where(
            PrivateLinkRow.experience_id == experience_id,
            PrivateLinkRow.by_mail.is_(by_mail),
            PrivateLinkRow.revoked_at.is_(None),
        )
        .order_by(PrivateLinkRow.id)
        .limit(1)
    )
    return session.scalars(query).one_or_none()


def every(session: Session, experience_id: int) -> list[PrivateLinkRow]:
    """Return the links ever made for an experience, the oldest first."""
    query = select(PrivateLinkRow).where(PrivateLinkRow.experience_id == experience_id)
    return list(session.scalars(query.order_by(PrivateLinkRow.id)))


def revoke_mailed(session: Session, experience_id: int, now: datetime) -> None:
    """End the links that were sent by mail, and what having opened one proves."""
    mailed = (PrivateLinkRow.experience_id == experience_id) & PrivateLinkRow.by_mail
    still = mailed & PrivateLinkRow.revoked_at.is_(None)
    session.execute(update(PrivateLinkRow).where(still).values(revoked_at=now))
    opened = VisitorItemRow.experience_id == experience_id
    session.execute(update(VisitorItemRow).where(opened).values(by_mail=False))


def bind(
    session: Session, visitor: str, experience_id: int, *, by_mail: bool, now: datetime
) -> bool:
    """Let this visitor's browser follow the experience; return whether that changed anything."""
    values = {
        "visitor": visitor,
        "experience_id": experience_id,
        "by_mail": by_mail,
        "created_at": now,
    }
    # Straight to the connection: what else the gesture adds is written later, all at once.
    connection = session.connection()
    if connection.execute(_BIND[connection.dialect.name], values).scalar() is not None:
        return True
    row = session.get(VisitorItemRow, (visitor, experience_id))
    if row is None or row.by_mail or not by_mail:
        return False
    row.by_mail = True
    session.flush()
    return True


def binding(session: Session, visitor: str, experience_id: int) -> VisitorItemRow | None:
    """Return what lets this visitor follow the experience, if anything does."""
    if not visitor or not known_id(experience_id):
        return None
    return session.get(VisitorItemRow, (visitor, experience_id))


def sent_by(session: Session, visitor: str) -> ExperienceRow | None:
    """Return the newest experience that this visitor's browser sent itself."""
    query = (
        select(ExperienceRow)
        .join(VisitorItemRow, VisitorItemRow.experience_id == ExperienceRow.id)
        # Whoever opens a private link is bound later than the gesture that made it.
        .where(
            VisitorItemRow.visitor == visitor, VisitorItemRow.created_at <= ExperienceRow.created_at
        )
        .order_by(ExperienceRow.created_at.desc(), ExperienceRow.id.desc())
        .limit(1)
    )
    return session.scalars(query).one_or_none()


def items(session: Session, visitor: str, limit: int = 20) -> list[VisitorItemRow]:
    """Return what this visitor's browser follows, the newest first."""
    query = (
        select(VisitorItemRow)
        .where(VisitorItemRow.visitor == visitor)
        .order_by(VisitorItemRow.created_at.desc(), VisitorItemRow.experience_id.desc())
        .limit(limit)
    )
    return list(session.scalars(query))


def unbind_all(session: Session, visitor: str) -> int:
    """Make this browser forget what it follows (shared computer); return how many."""
    rows = items(session, visitor, limit=1000)
    for row in rows:
        session.delete(row)
    session.flush()
    return len(rows)


def unconfirmed(session: Session, email: str, since: datetime) -> int:
    """Return how many times this address was given since then without being confirmed."""
    query = select(func.count()).where(
        ContactRow.email == email,
        ContactRow.created_at >= since,
        ContactRow.confirmed_at.is_(None),
    )
    return int(session.scalar(query) or 0)


def contact(session: Session, experience_id: int) -> ContactRow | None:
    """Return the author's address for an experience, if one was given."""
    if not known_id(experience_id):
        return None
    return session.get(ContactRow, experience_id)
