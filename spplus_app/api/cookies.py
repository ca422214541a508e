"""Our three cookies: read from a request, written on an answer, never seen further inside.

All are HttpOnly and SameSite=Lax, hold 256 random bits, and are necessary: none follows anybody.
Under https they have the ``__Host-`` prefix, which binds them to this host, and Secure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

SESSION = "spplus-session"
VISITOR = "spplus-visitor"
RESET = "spplus-reset"
VISITOR_DAYS = 90
RESET_SECONDS = 30 * 60

_SECRET = re.compile("[A-Za-z0-9_-]{43}")

Headers = Iterable[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class Secrets:
    """What a browser sent, in clear; empty for what it did not send or sent malformed."""

    session: str = ""
    visitor: str = ""
    reset: str = ""


def name_of(kind: str, *, https: bool) -> str:
    """The name of a cookie, with its prefix under https."""
    return f"__Host-{kind}" if https else kind


def read(headers: Headers, *, https: bool) -> Secrets:
    """Return our cookies; the first well-formed value of each name is the one that counts."""
    found: dict[str, str] = {}
    for key, value in headers:
        if key.lower() != b"cookie":
            continue
        for pair in value.decode("latin-1").split(";"):
            name, _, secret = pair.strip().partition("=")
            if _SECRET.fullmatch(secret):
                found.setdefault(name, secret)
    return Secrets(
        *(found.get(name_of(kind, https=https), "") for kind in (SESSION, VISITOR, RESET))
    )


def written(kind: str, secret: str, *, https: bool, seconds: int | None = None) -> str:
    """Return a Set-Cookie value; without ``seconds`` it goes when the browser is closed."""
    parts = [f"{name_of(kind, https=https)}={secret}", "Path=/", "HttpOnly", "SameSite=Lax"]
    if seconds is not None:
        parts.append(f"Max-Age={seconds}")
    if https:
        parts.append("Secure")
    return "; ".join(parts)


def visitor(secret: str, *, https: bool) -> str:
    """Return the Set-Cookie value that makes a visitor, for ninety days."""
    return written(VISITOR, secret, https=https, seconds=VISITOR_DAYS * 24 * 3600)


def dropped(kind: str, *, https: bool) -> str:
    """Return the Set-Cookie value that takes a cookie away."""
    return written(kind, "", https=https, seconds=0)
