"""Slowing down who fails again and again, per account and per address.

A try is counted *before* the password is looked at and forgiven afterwards: a hundred tries sent
at the same instant are a hundred tries.
"""

from __future__ import annotations

import math
from datetime import timedelta

from sqlalchemy.orm import Session

from ..domain.errors import TooMany
from ..persistence import people
from . import clock, tokens

ACCOUNT_FREE = 5
ADDRESS_FREE = 20
"""A town hall leaves by one address: its people share these tries."""
RESET_FREE = 3
LONGEST = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(hours=24)


def account_key(email: str) -> str:
    """The counter of an account, existing or not."""
    return tokens.keyed_hash("throttle-account", email)


def address_key(address: str) -> str:
    """The counter of a network address, itself given as the day's hash."""
    return tokens.keyed_hash("throttle-address", address)


def reset_key(email: str) -> str:
    """The counter of the reset mails asked for an account, existing or not."""
    return tokens.keyed_hash("throttle-reset", email)


def wait_after(failures: int, free: int) -> timedelta:
    """How long to wait after so many failures: nothing at first, then 2, 4, 8… seconds."""
    if failures < free:
        return timedelta()
    return min(timedelta(seconds=2 ** min(failures - free + 1, 20)), LONGEST)


def count(session: Session, key: str, free: int) -> None:
    """Count one try on ``key``; `TooMany` when it comes too early (then it is not counted)."""
    now = clock.now()
    row = people.throttle(session, key, now)
    if now - row.last_at > FORGOTTEN_AFTER:
        row.failures = 0
    left = row.last_at + wait_after(row.failures, free) - now
    if left > timedelta():
        raise TooMany(_sentence(left))
    row.failures += 1
    row.last_at = now
    session.flush()


def forgive(session: Session, key: str, *, everything: bool = False) -> None:
    """Take back the last try on ``key``, or all of them."""
    row = people.throttle(session, key, clock.now())
    row.failures = 0 if everything else max(0, row.failures - 1)
    session.flush()


def _sentence(left: timedelta) -> str:
    seconds = math.ceil(left.total_seconds())
    if seconds < 60:
        when = f"{seconds}\u00a0seconde{'s' if seconds > 1 else ''}"
    else:
        minutes = math.ceil(seconds / 60)
        when = f"{minutes}\u00a0minute{'s' if minutes > 1 else ''}"
    return f"Trop d’essais. Attendez {when}, puis recommencez."
