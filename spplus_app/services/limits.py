"""Counting the gestures of everyone, in their own transaction; asking for a proof when it rises.

A gesture that does not succeed takes back all it counted and the proof it spent, with the rest.
Counters are hashes of hashes: a table tells neither who, nor from where, nor about what.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from ..domain import abuse, proofs
from ..domain.abuse import LIMITS, Answer, Count, Gesture, Given, Limit, Scope
from ..domain.errors import ProofAsked, TooMany, TooQuick
from ..domain.roles import Viewer
from ..persistence import limits
from ..settings import settings
from . import clock, tokens

STAMP_VALID_FOR = timedelta(days=1)
_lifted: ContextVar[bool] = ContextVar("spplus_limits_lifted", default=False)


@contextmanager
def lifted() -> Iterator[None]:
    """Count nothing in this context: the demonstration, imports, what no visitor does."""
    token = _lifted.set(True)
    try:
        yield
    finally:
        _lifted.reset(token)


def allow(
    session: Session,
    gesture: Gesture,
    viewer: Viewer,
    subjects: Iterable[str] = (),
    given: Given = abuse.NOTHING,
) -> None:
    """Count one gesture, to be called before anything else is held.

    ``subjects`` name what it is about, like ``structure:12``. Raises `TooMany` with when to try
    again, or `ProofAsked` where the rate is high and ``given`` proves nothing.
    """
    if _lifted.get():
        return
    now, asked = clock.now(), False
    for key, scope in _keys(gesture, viewer, subjects):
        limit = LIMITS[gesture][scope].times(settings().limits_factor)
        before, after = _counted(session, key, limit, now)
        answer = abuse.judged(limit, after)
        if answer is Answer.REFUSED:
            raise TooMany(abuse.refusal(gesture, scope, abuse.wait(before, limit, now)))
        asked = asked or answer is Answer.PROOF
    if asked:
        _prove(session, gesture, viewer, given.proof)


def within(session: Session, gesture: Gesture, viewer: Viewer, subjects: Iterable[str]) -> bool:
    """Count one more of what is never refused; whether it is still within all its limits."""
    if _lifted.get():
        return True
    now, good = clock.now(), True
    for key, scope in _keys(gesture, viewer, subjects):
        limit = LIMITS[gesture][scope].times(settings().limits_factor)
        good = abuse.judged(limit, _counted(session, key, limit, now)[1]) is Answer.ALLOWED and good
    return good


def _keys(gesture: Gesture, viewer: Viewer, subjects: Iterable[str]) -> list[tuple[str, Scope]]:
    """Return the counters of a gesture, in the one order in which all gestures hold them."""
    table = LIMITS[gesture]
    if viewer.person_id is not None:
        whose = f"person:{viewer.person_id}"
        who = [(Scope.ACCOUNT, whose)]
    else:
        whose = viewer.block
        who = [(Scope.VISITOR, viewer.visitor), (Scope.BLOCK, viewer.block)]
    if gesture is Gesture.HIDE:  # what one block, or one account, says of one text
        who += [(Scope.SUBJECT, f"{one} {whose}") for one in subjects if whose]
    elif viewer.person_id is None:  # a wave is everyone's
        who += [(Scope.SUBJECT, one) for one in subjects]
    found = {
        tokens.keyed_hash("limit", f"{gesture.value}\0{scope.value}\0{one}"): scope
        for scope, one in who
        if one and scope in table
    }
    return sorted(found.items())


def _counted(session: Session, key: str, limit: Limit, now: datetime) -> tuple[Count, float]:
    """Count one more; return the count before it, and the rate with it."""
    row = limits.held(session, key, abuse.began(now, limit.window))
    before = abuse.turned(limits.count_of(row), now, limit.window)
    row.since, row.previous, row.current = before.since, before.previous, before.current + 1
    session.flush()
    return before, abuse.rate(before, now, limit.window) + 1


def _owner(viewer: Viewer) -> str:
    return tokens.keyed_hash("proof-owner", viewer.visitor)


def _sign(text: str) -> str:
    return tokens.keyed_hash("proof", text)


def challenge(viewer: Viewer, gesture: Gesture) -> dict[str, str | int]:
    """Return a challenge for this visitor and this gesture; nothing is kept of it."""
    number = secrets.randbelow(proofs.HARDNESS + 1)
    return proofs.challenge(
        secrets.token_hex(12), number, gesture, _owner(viewer), clock.now(), _sign
    )


def wait_ticket(viewer: Viewer, gesture: Gesture) -> str:
    """Return the word that counts as a proof once somebody has waited with it."""
    return proofs.ticket(secrets.token_hex(12), gesture, _owner(viewer), clock.now(), _sign)


def _prove(session: Session, gesture: Gesture, viewer: Viewer, given: str) -> None:
    """Spend a proof, or the wait that stands for one; raise `ProofAsked` otherwise."""
    now, owner = clock.now(), _owner(viewer)
    try:
        found = proofs.waited(given, gesture, owner, now, _sign, tokens.same)
    except proofs.TooSoon as error:
        told = abuse.wait_asked(gesture, error.left)
        raise ProofAsked(told, gesture.value, given) from None
    found = found or proofs.checked(given, gesture, owner, now, _sign, tokens.same)
    if found is None or not limits.spend(session, found.ident, found.expires):
        told = abuse.wait_asked(gesture, proofs.WAIT)
        raise ProofAsked(told, gesture.value, wait_ticket(viewer, gesture))


def stamp() -> str:
    """Return the signed moment at which a form is shown."""
    now = str(int(clock.now().timestamp() * 1000))
    return f"{now}.{tokens.keyed_hash('form-shown', now)}"


def not_too_quick(given: str) -> None:
    """Raise `TooQuick` for a form sent sooner than a person can, or that no page showed."""
    told, _, seal = given.partition(".")
    if _lifted.get() or not settings().form_seconds:
        return
    good = told.isascii() and told.isdigit() and len(told) < 16
    if not good or not tokens.same(seal, tokens.keyed_hash("form-shown", told)):
        raise TooQuick(abuse.TOO_QUICK)
    shown_for = clock.now().timestamp() - int(told) / 1000
    if not settings().form_seconds <= shown_for <= STAMP_VALID_FOR.total_seconds():
        raise TooQuick(abuse.TOO_QUICK)


def not_begun_just_now(begun_at: datetime) -> None:
    """Raise `TooQuick` for what is sent sooner than a person can write it."""
    if not _lifted.get() and (clock.now() - begun_at).total_seconds() < settings().form_seconds:
        raise TooQuick(abuse.TOO_QUICK)
