"""Who acts: signing in and out, sessions, accounts.

A cookie holds a secret of 256 bits; the database holds its SHA-256, re-read at each gesture.
Sources: OWASP ASVS 5.0 (V6, V7), the OWASP authentication and session cheat sheets.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from email_validator import EmailNotValidError, validate_email
from sqlalchemy.orm import Session

from ..adapters import password_hash
from ..domain.errors import Conflict, Invalid, Refused, TooMany
from ..domain.journal import Entry
from ..domain.passwords import password_problem
from ..domain.retention import SESSION_IDLE as IDLE
from ..domain.retention import SESSION_LIFE as LIFE
from ..domain.roles import SCOPED_ROLES, Grant, Role, Viewer
from ..domain.text import ForbiddenCharacter, clean_line
from ..persistence import people
from . import clock, record, throttle, tokens

TOUCH_EVERY = timedelta(minutes=1)
NAME_MAX = 120
WRONG = "L’adresse ou le mot de passe ne correspond pas. Vérifiez-les, puis réessayez."
"""The one answer to a wrong password, an unknown account and a closed one."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """A try to sign in that was counted; ``stored`` is empty for an account that is not."""

    email: str
    address: str
    person_id: int | None
    stored: str


@dataclass(frozen=True, slots=True)
class SignedIn:
    """An open session: ``token`` goes in the cookie and nowhere else."""

    token: str
    person_id: int
    person_name: str
    roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class NotSignedIn:
    """A refused try; a value, not an exception, so that its counters are committed."""

    message: str
    too_many: bool = False


def viewer_for(session: Session, session_hash: str, visitor_hash: str) -> Viewer:
    """Return who is behind these two hashes now, on the database, in one query.

    A session counts while its person is active, it was not revoked, it was seen in the last 30
    minutes and made in the last 12 hours; otherwise the viewer is the visitor alone.
    """
    rows = people.held_by_session(session, session_hash) if session_hash else []
    now = clock.now()
    if not rows or now - rows[0].seen_at > IDLE or now - rows[0].created_at > LIFE:
        return Viewer(visitor=visitor_hash)
    first = rows[0]
    return Viewer(
        visitor=visitor_hash,
        person_id=first.person_id,
        person_name=first.name,
        session_id=first.session_id,
        grants=tuple(Grant(Role(row.role), row.structure_id, row.path) for row in rows if row.role),
    )


def touch(session: Session, session_id: int) -> bool:
    """Say that this session is in use, at most once a minute; a session that is over stays over.

    For a transaction of its own, and for what a person did: never for what a page did by itself.
    """
    now = clock.now()
    return people.touch(
        session,
        session_id,
        now=now,
        seen_before=now - TOUCH_EVERY,
        seen_after=now - IDLE,
        made_after=now - LIFE,
    )


def normal_email(email: str) -> str:
    """Return the address as accounts keep it: trimmed, in lower case; empty for no address."""
    try:
        return clean_line(email).lower()[:254]
    except ForbiddenCharacter:
        return ""


def begin_sign_in(session: Session, email: str, address: str) -> Attempt:
    """Count a try, on the account and on the address; `TooMany` when it comes too early."""
    known_as = normal_email(email)
    throttle.count(session, throttle.account_key(known_as), throttle.ACCOUNT_FREE)
    throttle.count(session, throttle.address_key(address), throttle.ADDRESS_FREE)
    row = people.by_email(session, known_as)
    if row is None or not row.active:
        return Attempt(known_as, address, None, "")
    return Attempt(known_as, address, row.id, row.password_hash)


def verify(attempt: Attempt, password: str) -> bool:
    """Whether the password is right: one Argon2 computation in every case, and no database."""
    return password_hash.verify(attempt.stored, password)


def finish_sign_in(
    session: Session, attempt: Attempt, password: str, old_session_hash: str = ""
) -> SignedIn | NotSignedIn:
    """Open a session after `verify` said yes; the one it replaces is revoked.

    The account is read again: it may have been closed, or its password changed, meanwhile.
    """
    row = people.get(session, attempt.person_id) if attempt.person_id is not None else None
    if row is None or not row.active or row.password_hash != attempt.stored:
        return NotSignedIn(WRONG)
    now = clock.now()
    throttle.forgive(session, throttle.account_key(attempt.email), everything=True)
    throttle.forgive(session, throttle.address_key(attempt.address))
    if password_hash.outdated(row.password_hash):
        row.password_hash = password_hash.hash_password(password)
    if old_session_hash:
        _revoke(session, old_session_hash)
    token = tokens.new_token()
    opened = people.open_session(
        session, person_id=row.id, token_hash=tokens.hash_token(token), now=now
    )
    viewer = viewer_for(session, opened.token_hash, "")
    record.journal_entry(session, viewer, Entry.PERSON_SIGNED_IN, ("person", row.id))
    roles = tuple(dict.fromkeys(grant.role for grant in viewer.grants))
    return SignedIn(token, row.id, row.name, roles)


def sign_in(
    session: Session, email: str, password: str, address: str, old_session_hash: str = ""
) -> SignedIn | NotSignedIn:
    """Sign in within one transaction: `begin_sign_in`, `verify`, `finish_sign_in`.

    The web does the three apart, so that no Argon2 runs while the database is locked.
    """
    try:
        attempt = begin_sign_in(session, email, address)
    except TooMany as error:
        return NotSignedIn(error.message, too_many=True)
    if not verify(attempt, password):
        return NotSignedIn(WRONG)
    return finish_sign_in(session, attempt, password, old_session_hash)


def sign_out(session: Session, session_hash: str) -> bool:
    """Revoke the session of this hash; whether there was one."""
    person_id = _revoke(session, session_hash) if session_hash else None
    if person_id is None:
        return False
    viewer = Viewer(person_id=person_id)
    record.journal_entry(session, viewer, Entry.PERSON_SIGNED_OUT, ("person", person_id))
    return True


def sign_out_everywhere(session: Session, person_id: int) -> tuple[str, ...]:
    """Revoke every session of a person; return their hashes, whose sockets are to be closed."""
    now = clock.now()
    hashes = []
    for row in people.live_sessions(session, person_id):
        row.revoked_at = now
        hashes.append(row.token_hash)
    session.flush()
    if hashes:
        viewer = Viewer(person_id=person_id)
        after = {"sessions": len(hashes)}
        record.journal_entry(
            session, viewer, Entry.PERSON_SIGNED_OUT, ("person", person_id), after=after
        )
    return tuple(hashes)


def add_person(
    session: Session,
    viewer: Viewer | None,
    email: str,
    name: str,
    password: str | None,
    grants: Sequence[Grant],
    *,
    demo: bool = False,
) -> int:
    """Make an account and return its number; only the command line may (``viewer`` is None).

    Without ``password`` nobody can sign in until one is chosen by the reset mail. Raises `Invalid`
    for a field, `Conflict` when the address already has an account, `Refused` for any viewer:
    no right gives this yet.
    """
    if viewer is not None:
        raise Refused()
    known_as, shown = _account_fields(email, name, password, grants)
    if people.by_email(session, known_as) is not None:
        raise Conflict("Un compte existe déjà avec cette adresse.")
    for held in grants:
        if held.structure_id is not None and not people.structure_exists(
            session, held.structure_id
        ):
            raise Invalid({"structure": "Cette structure n’existe pas."})
    now = clock.now()
    stored = password_hash.hash_password(password) if password else ""
    row = people.add(session, email=known_as, name=shown, password_hash=stored, demo=demo, now=now)
    for held in grants:
        people.grant(session, row.id, held.role.value, held.structure_id, now)
    after = {"roles": [[held.role.value, held.structure_id] for held in grants]}
    record.journal_entry(session, Viewer(), Entry.PERSON_ADDED, ("person", row.id), after=after)
    return row.id


def _account_fields(
    email: str, name: str, password: str | None, grants: Sequence[Grant]
) -> tuple[str, str]:
    errors: dict[str, str] = {}
    known_as = normal_email(email)
    try:
        validate_email(
            known_as, check_deliverability=False, test_environment=True, allow_smtputf8=False
        )
    except EmailNotValidError:
        errors["email"] = "Écrivez une adresse comme prenom.nom@exemple.fr."
    try:
        shown = clean_line(name)
    except ForbiddenCharacter:
        shown = ""
    if not shown or len(shown) > NAME_MAX:
        errors["name"] = f"Écrivez un nom, de {NAME_MAX} caractères au plus."
    if password is not None and (problem := password_problem(password, known_as)):
        errors["password"] = problem
    for held in grants:
        if (held.role in SCOPED_ROLES) != (held.structure_id is not None):
            errors["structure"] = "Ce rôle se donne sur une structure, et lui seul."
    if errors:
        raise Invalid(errors)
    return known_as, shown


def _revoke(session: Session, session_hash: str) -> int | None:
    row = people.session_by_hash(session, session_hash)
    if row is None:
        return None
    row.revoked_at = clock.now()
    session.flush()
    return row.person_id
