"""Whom a mail about an account is for."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from .tables import PasswordResetRow, PersonRow


def person_by_email(session: Session, email: str) -> PersonRow | None:
    """Return the person in service with this address."""
    query = select(PersonRow).where(PersonRow.email == email.lower(), PersonRow.active)
    return session.scalars(query).one_or_none()


def open_reset(session: Session, token_hash: str) -> PasswordResetRow | None:
    """Return the request for another password that has this hash and was not used."""
    query = select(PasswordResetRow).where(
        PasswordResetRow.token_hash == token_hash, PasswordResetRow.used_at.is_(None)
    )
    return session.scalars(query).one_or_none()
