"""People, their grants, their sessions, reset links and the counters of failures."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, Executable, bindparam, select, text, update
from sqlalchemy.orm import Session

from ..domain.roles import Role
from .tables import (
    GrantRow,
    PasswordResetRow,
    PersonRow,
    SessionRow,
    StructureRow,
    ThrottleRow,
)
from .tables.base import Instant

_ENSURE_THROTTLE = text(
    "INSERT INTO throttle (key, failures, last_at) VALUES (:key, 0, :now) "
    "ON CONFLICT (key) DO NOTHING"
).bindparams(bindparam("now", type_=Instant()))


@dataclass(frozen=True, slots=True)
class Held:
    """One grant of the person behind a session; ``role`` is empty when they hold none."""

    session_id: int
    created_at: datetime
    seen_at: datetime
    person_id: int
    name: str
    role: str
    structure_id: int | None
    path: str


def held_by_session(session: Session, token_hash: str) -> list[Held]:
    """Return, in one query, a row per grant of the active person behind this session.

    Nothing for a session that is unknown or revoked; ages are the caller's to judge.
    """
    query = (
        select(
            SessionRow.id,
            SessionRow.created_at,
            SessionRow.seen_at,
            PersonRow.id,
            PersonRow.name,
            GrantRow.role,
            GrantRow.structure_id,
            StructureRow.path,
        )
        .join(PersonRow, PersonRow.id == SessionRow.person_id)
        .outerjoin(GrantRow, (GrantRow.person_id == PersonRow.id) & GrantRow.revoked_at.is_(None))
        .outerjoin(StructureRow, StructureRow.id == GrantRow.structure_id)
        .where(
            SessionRow.token_hash == token_hash,
            SessionRow.revoked_at.is_(None),
            PersonRow.active.is_(True),
        )
        .order_by(GrantRow.id)
    )
    return [
        Held(row[0], row[1], row[2], row[3], row[4], row[5] or "", row[6], row[7] or "")
        for row in session.execute(query)
    ]


def by_email(session: Session, email: str) -> PersonRow | None:
    """Return the person with this address (in lower case), active or not."""
    return session.scalars(select(PersonRow).where(PersonRow.email == email)).one_or_none()


def get(session: Session, person_id: int) -> PersonRow | None:
    """Return the person with this number."""
    return session.get(PersonRow, person_id)


def add(
    session: Session, *, email: str, name: str, password_hash: str, demo: bool, now: datetime
) -> PersonRow:
    """Keep a new person; the address is UNIQUE."""
    row = PersonRow(email=email, name=name, password_hash=password_hash, demo=demo, created_at=now)
    session.add(row)
    session.flush()
    return row


def grant(
    session: Session, person_id: int, role: str, structure_id: int | None, now: datetime
) -> None:
    """Give a role to a person."""
    session.add(GrantRow(person_id=person_id, role=role, structure_id=structure_id, created_at=now))
    session.flush()


def demo_accounts(session: Session) -> list[tuple[Role, str]]:
    """Return role and address of the demonstration's accounts, in the order they were made."""
    query = (
        select(GrantRow.role, PersonRow.email)
        .join(PersonRow, PersonRow.id == GrantRow.person_id)
        .where(PersonRow.demo.is_(True), PersonRow.active.is_(True), GrantRow.revoked_at.is_(None))
        .order_by(PersonRow.id, GrantRow.id)
    )
    return [(Role(role), email) for role, email in session.execute(query)]


def holding(session: Session, roles: Collection[str]) -> list[PersonRow]:
    """Return the active people who hold one of these roles, by number."""
    held = select(GrantRow.person_id).where(
        GrantRow.role.in_(sorted(roles)), GrantRow.revoked_at.is_(None)
    )
    query = select(PersonRow).where(PersonRow.id.in_(held), PersonRow.active.is_(True))
    return list(session.scalars(query.order_by(PersonRow.id)))


def structure_exists(session: Session, structure_id: int) -> bool:
    """Whether there is a structure with this number."""
    return session.get(StructureRow, structure_id) is not None


def open_session(session: Session, *, person_id: int, token_hash: str, now: datetime) -> SessionRow:
    """Keep a signed-in browser by the hash of its cookie."""
    row = SessionRow(person_id=person_id, token_hash=token_hash, created_at=now, seen_at=now)
    session.add(row)
    session.flush()
    return row


def session_by_hash(session: Session, token_hash: str) -> SessionRow | None:
    """Return the session with this hash that was not revoked."""
    query = select(SessionRow).where(
        SessionRow.token_hash == token_hash, SessionRow.revoked_at.is_(None)
    )
    return session.scalars(query).one_or_none()


def live_sessions(session: Session, person_id: int) -> Sequence[SessionRow]:
    """Return the sessions of a person that were not revoked."""
    query = select(SessionRow).where(
        SessionRow.person_id == person_id, SessionRow.revoked_at.is_(None)
    )
    return session.scalars(query).all()


def touch(
    session: Session,
    session_id: int,
    *,
    now: datetime,
    seen_before: datetime,
    seen_after: datetime,
    made_after: datetime,
) -> bool:
    """Move ``seen_at`` of a session that still holds and was last seen before ``seen_before``."""
    statement = (
        update(SessionRow)
        .where(
            SessionRow.id == session_id,
            SessionRow.revoked_at.is_(None),
            SessionRow.seen_at < seen_before,
            SessionRow.seen_at > seen_after,
            SessionRow.created_at > made_after,
        )
        .values(seen_at=now)
        .execution_options(synchronize_session=False)
    )
    return _changed(session, statement) == 1


def add_reset(
    session: Session, *, person_id: int, token_hash: str, nonce: str, now: datetime
) -> PasswordResetRow:
    """Keep a link to choose another password, by its hash."""
    row = PasswordResetRow(person_id=person_id, token_hash=token_hash, nonce=nonce, created_at=now)
    session.add(row)
    session.flush()
    return row


def use_reset(session: Session, token_hash: str, *, now: datetime, made_after: datetime) -> int:
    """Use up the link with this hash; return whose it is, or 0 when it opens nothing.

    One UPDATE: of two uses at the same instant only one wins.
    """
    statement = (
        update(PasswordResetRow)
        .where(
            PasswordResetRow.token_hash == token_hash,
            PasswordResetRow.used_at.is_(None),
            PasswordResetRow.created_at > made_after,
        )
        .values(used_at=now)
        .execution_options(synchronize_session=False)
    )
    if _changed(session, statement) != 1:
        return 0
    query = select(PasswordResetRow.person_id).where(PasswordResetRow.token_hash == token_hash)
    return session.scalars(query).one()


def reset_owner(session: Session, token_hash: str, *, made_after: datetime) -> PersonRow | None:
    """Return whose password the link with this hash may still change."""
    query = (
        select(PersonRow)
        .join(PasswordResetRow, PasswordResetRow.person_id == PersonRow.id)
        .where(
            PasswordResetRow.token_hash == token_hash,
            PasswordResetRow.used_at.is_(None),
            PasswordResetRow.created_at > made_after,
            PersonRow.active.is_(True),
        )
    )
    return session.scalars(query).one_or_none()


def drop_resets(session: Session, person_id: int, now: datetime) -> None:
    """Use up every link of a person that still waits."""
    session.execute(
        update(PasswordResetRow)
        .where(PasswordResetRow.person_id == person_id, PasswordResetRow.used_at.is_(None))
        .values(used_at=now)
        .execution_options(synchronize_session=False)
    )


def throttle(session: Session, key: str, now: datetime) -> ThrottleRow:
    """Return the counter of this key, made if needed, kept from others until the end."""
    session.execute(_ENSURE_THROTTLE, {"key": key, "now": now})
    query = select(ThrottleRow).where(ThrottleRow.key == key).with_for_update()
    return session.scalars(query.execution_options(populate_existing=True)).one()


def _changed(session: Session, statement: Executable) -> int:
    return cast("CursorResult[Any]", session.execute(statement)).rowcount
