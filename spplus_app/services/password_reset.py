"""Choosing another password by mail: one link, used once, within thirty minutes."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from ..adapters import password_hash
from ..domain.abuse import Gesture
from ..domain.errors import Invalid, NotFound
from ..domain.journal import Entry
from ..domain.mail import RESET_VALID_FOR
from ..domain.passwords import password_problem
from ..domain.roles import NOBODY, Viewer
from ..persistence import people
from . import clock, identity, limits, mail, record, throttle, tokens

PURPOSE = "password-reset"
OVER = "Ce lien a déjà servi ou a plus de 30\u00a0minutes. Demandez-en un autre."


@dataclass(frozen=True, slots=True)
class Changed:
    """Whose password was changed, and the sessions that were closed."""

    person_id: int
    session_hashes: tuple[str, ...]


def ask_reset(session: Session, email: str, address: str = "", viewer: Viewer = NOBODY) -> None:
    """Send a reset link to the person with this address; the caller answers the same in any case.

    Raises `TooMany` alike for accounts that exist and accounts that do not: the mails asked for
    one account, by one address and by its block are counted. The job holds the nonce; only the
    worker makes the link from it.
    """
    limits.allow(session, Gesture.MAIL, viewer)
    known_as = identity.normal_email(email)
    throttle.count(session, throttle.reset_key(known_as), throttle.RESET_FREE)
    throttle.count(session, throttle.address_key(address), throttle.ADDRESS_FREE)
    person = people.by_email(session, known_as)
    if person is None or not person.active:
        return
    now = clock.now()
    people.drop_resets(session, person.id, now)
    nonce = tokens.new_token()
    token_hash = tokens.hash_token(tokens.derive(PURPOSE, nonce))
    people.add_reset(session, person_id=person.id, token_hash=token_hash, nonce=nonce, now=now)
    mail.queue_mail(session, "reset", person.email, {"nonce": nonce})


def holds(session: Session, token: str) -> bool:
    """Whether this link may still change a password."""
    after = clock.now() - RESET_VALID_FOR
    return people.reset_owner(session, tokens.hash_token(token), made_after=after) is not None


def reset_password(session: Session, token: str, new_password: str) -> Changed:
    """Change the password of the person this link was sent to, and close all their sessions.

    Raises `NotFound` for a link that is unknown, used or older than 30 minutes, `Invalid` on
    ``password`` for one that is too short or too common (the link then still holds).
    """
    token_hash = tokens.hash_token(token)
    now = clock.now()
    person = people.reset_owner(session, token_hash, made_after=now - RESET_VALID_FOR)
    if person is None:
        raise NotFound(OVER)
    problem = password_problem(new_password, person.email)
    if problem:
        raise Invalid({"password": problem})
    if not people.use_reset(session, token_hash, now=now, made_after=now - RESET_VALID_FOR):
        raise NotFound(OVER)
    person.password_hash = password_hash.hash_password(new_password)
    people.drop_resets(session, person.id, now)
    closed = identity.sign_out_everywhere(session, person.id)
    throttle.forgive(session, throttle.account_key(person.email), everything=True)
    viewer = Viewer(person_id=person.id)
    record.journal_entry(session, viewer, Entry.PASSWORD_RESET, ("person", person.id))
    return Changed(person.id, closed)
