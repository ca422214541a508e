"""Proofs of work, by the protocol of ALTCHA (version 1), and the wait that stands for one.

A challenge is a SHA-256 to find again: its salt ends with when it expires, for which gesture and
for whom, and the HMAC of the whole is its signature. Nothing of it is kept until it is spent.
Signing is the caller's: this module holds no secret.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from .abuse import Gesture

HARDNESS = 60_000
"""Largest number to find: half of it is tried on average, a fraction of a second on a telephone."""
VALID_FOR = timedelta(minutes=20)
"""How long a challenge may be answered: a slow device, somebody who reads again."""
WAIT = timedelta(minutes=2)
"""What somebody without scripts waits in place of a proof (starting setting)."""
WAIT_VALID_FOR = timedelta(hours=2)
PAYLOAD_MAX = 1_000

Sign = Callable[[str], str]
Same = Callable[[str, str], bool]

_SALT = re.compile(r"[0-9a-f]{24}\?expires=(\d{1,12})&geste=([a-z]{1,20})&pour=([0-9a-f]{64})&")
_HEX = re.compile("[0-9a-f]{64}")
_TICKET = re.compile(
    r"attente\.([a-z]{1,20})\.(\d{1,12})\.(\d{1,12})\.([0-9a-f]{24})\.([0-9a-f]{64})"
)


@dataclass(frozen=True, slots=True)
class Spendable:
    """A proof that holds: what names it once for all, and when it is over anyway."""

    ident: str
    expires: datetime


class TooSoon(Exception):
    """A wait that is not over: ``left`` is what remains."""

    def __init__(self, left: timedelta) -> None:
        super().__init__(left)
        self.left = left


def challenge(
    nonce: str, number: int, gesture: Gesture, owner: str, now: datetime, sign: Sign
) -> dict[str, str | int]:
    """Return a challenge as ALTCHA writes it; ``nonce`` is 24 hexadecimal characters.

    ``number`` is what must be found, at most `HARDNESS`; ``owner`` a hash of whom it is for.
    """
    expires = int((now + VALID_FOR).timestamp())
    # The salt ends with « & »: no digit can move from it to the number.
    salt = f"{nonce}?expires={expires}&geste={gesture.value}&pour={owner}&"
    found = _digest(salt, number)
    return {
        "algorithm": "SHA-256",
        "challenge": found,
        "salt": salt,
        "signature": sign(found),
        "maxnumber": HARDNESS,
    }


def checked(
    payload: str, gesture: Gesture, owner: str, now: datetime, sign: Sign, same: Same
) -> Spendable | None:
    """Return a proof that holds for this gesture, this owner and this moment; else ``None``."""
    told = _read(payload)
    if told is None:
        return None
    salt, number, signature = told
    shape = _SALT.fullmatch(salt)
    if shape is None:
        return None
    found = _digest(salt, number)
    if not same(signature, sign(found)):
        return None
    expires, kind, whom = int(shape[1]), shape[2], shape[3]
    if expires <= now.timestamp() or kind != gesture.value or whom != owner:
        return None
    return Spendable(found, datetime.fromtimestamp(expires, now.tzinfo))


def ticket(nonce: str, gesture: Gesture, owner: str, now: datetime, sign: Sign) -> str:
    """Return the signed word that counts as a proof once `WAIT` has passed."""
    opens = int((now + WAIT).timestamp())
    over = int((now + WAIT_VALID_FOR).timestamp())
    told = f"attente.{gesture.value}.{opens}.{over}.{nonce}"
    return f"{told}.{sign(f'{told}.{owner}')}"


def waited(
    word: str, gesture: Gesture, owner: str, now: datetime, sign: Sign, same: Same
) -> Spendable | None:
    """Return a wait that is over, as a proof; `TooSoon` while it is not, ``None`` if it is none."""
    shape = _TICKET.fullmatch(word)
    if shape is None:
        return None
    told, signature = word.rsplit(".", 1)
    if not same(signature, sign(f"{told}.{owner}")) or shape[1] != gesture.value:
        return None
    opens, over = int(shape[2]), int(shape[3])
    if over <= now.timestamp():
        return None
    if opens > now.timestamp():
        raise TooSoon(timedelta(seconds=opens - now.timestamp()))
    ident = hashlib.sha256(word.encode()).hexdigest()
    return Spendable(ident, datetime.fromtimestamp(over, now.tzinfo))


def _digest(salt: str, number: int) -> str:
    return hashlib.sha256(f"{salt}{number}".encode()).hexdigest()


def _read(payload: str) -> tuple[str, int, str] | None:
    """Return the salt, the number and the signature of an answer, hostile until here."""
    if len(payload) > PAYLOAD_MAX:
        return None
    try:
        told = json.loads(base64.b64decode(payload, validate=True))
    except (ValueError, binascii.Error, RecursionError):
        return None
    if not isinstance(told, dict) or told.get("algorithm") != "SHA-256":
        return None
    salt, number, signature = told.get("salt"), told.get("number"), told.get("signature")
    if type(number) is not int or not 0 <= number <= HARDNESS:
        return None
    if not isinstance(salt, str) or not isinstance(signature, str):
        return None
    return (salt, number, signature) if _HEX.fullmatch(signature) else None
