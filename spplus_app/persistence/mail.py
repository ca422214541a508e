"""Whom a mail about an account is for, and which mails are about an experience."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from ..domain.jobs import JobKind
from ..domain.mail import Template
from .tables import JobRow, PasswordResetRow, PersonRow

NOT_SENT = "not sent"
"""How the note of a mail that had lost its object begins."""


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


def subject_key(template: Template, experience_id: int) -> str:
    """Return how the key of a mail about an experience begins, or the whole of it."""
    return f"{template.value}:{experience_id}"


def about(session: Session, experience_id: int) -> ColumnElement[bool]:
    """Whether a job is a mail about this experience.

    Asked of the keys, which an index holds: the payloads of every mail would be read otherwise.
    """
    # PostgreSQL would compare by the language of the database, where punctuation counts for little.
    postgresql = session.get_bind().dialect.name == "postgresql"
    key = JobRow.key.collate("C") if postgresql else JobRow.key
    begun = [subject_key(template, experience_id) for template in Template]
    after = [and_(key > f"{one}:", key < f"{one};") for one in begun]
    return and_(JobRow.kind == JobKind.MAIL.value, or_(JobRow.key.in_(begun), *after))


def dropped(session: Session, template: Template, experience_id: int, part: str) -> int:
    """Return how many mails of this template about an experience found nothing to tell.

    ``part`` is the part of their key that says about what. 0 as soon as one left, or waits.
    """
    begun = f"{subject_key(template, experience_id)}:"
    query = select(JobRow.key, JobRow.last_error).where(about(session, experience_id))
    told = [
        error
        for key, error in session.execute(query)
        if key and key.startswith(begun) and part in key.removeprefix(begun).split(":")[1:]
    ]
    return len(told) if all(error.startswith(NOT_SENT) for error in told) else 0
