"""Passwords at rest: Argon2id, and the same work for an account that does not exist.

Parameters: RFC 9106 and the OWASP password storage sheet (46 MiB, one lane), raised in time.
"""

from __future__ import annotations

import secrets
import threading
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_HASHER = PasswordHasher(time_cost=3, memory_cost=47_104, parallelism=1)
# Each computation takes 46 MiB: a crowd at the door must wait for its turn, not for memory.
_TURNS = threading.BoundedSemaphore(2)


def hash_password(password: str) -> str:
    """Return the Argon2id hash of ``password``, with its own salt."""
    with _TURNS:
        return _HASHER.hash(_bytes(password))


def verify(stored: str, password: str) -> bool:
    """Whether ``password`` is the one of ``stored``.

    An empty or unreadable ``stored`` costs the same computation, against a hash nobody knows the
    password of, and is always ``False``.
    """
    known = bool(stored)
    try:
        with _TURNS:
            _HASHER.verify(stored or _decoy(), _bytes(password))
    except (VerificationError, InvalidHashError):
        return False
    return known


def outdated(stored: str) -> bool:
    """Whether ``stored`` was made with other parameters than today's."""
    try:
        return _HASHER.check_needs_rehash(stored)
    except InvalidHashError:
        return True


def _bytes(password: str) -> bytes:
    # Half a surrogate pair is no text, but a hostile body may hold one: it is wrong, not a fault.
    return password.encode("utf-8", "surrogatepass")


@cache
def _decoy() -> str:
    return _HASHER.hash(secrets.token_urlsafe(32))


def prepare() -> None:
    """Make the decoy now, so that the first unknown account costs no more than the next."""
    _decoy()
