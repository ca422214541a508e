"""The headers of every answer: what a browser may load, keep, frame and tell.

The inline scripts that the build writes are allowed by their SHA-256, read from the built pages:
neither ``unsafe-inline`` nor ``unsafe-eval``.
"""

from __future__ import annotations

import base64
import hashlib
import time
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

from starlette.datastructures import Headers

from . import assets
from .logs import safe_path

_LOOK_EVERY = 1.0
_SCRIPT_TYPES = frozenset({"", "module", "importmap", "text/javascript"})

STATIC = (
    ("x-content-type-options", "nosniff"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    (
        "permissions-policy",
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
        "microphone=(), midi=(), payment=(), usb=()",
    ),
)
HSTS = ("strict-transport-security", "max-age=31536000; includeSubDomains")
NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
"""The policy of answers that are not pages."""


class _InlineScripts(HTMLParser):
    """Collects the text of the scripts that are run from within the page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Enter a script that has a text of its own."""
        given = dict(attrs)
        kind = (given.get("type") or "").lower()
        self._inside = tag == "script" and "src" not in given and kind in _SCRIPT_TYPES
        if self._inside:
            self.found.append("")

    def handle_endtag(self, tag: str) -> None:
        """Leave it."""
        self._inside = False

    def handle_data(self, data: str) -> None:
        """Keep its text as it stands."""
        if self._inside:
            self.found[-1] += data


def script_hashes(html: str) -> list[str]:
    """Return the CSP source of each inline script of a page, like ``'sha256-…'``."""
    parser = _InlineScripts()
    parser.feed(html)
    parser.close()
    return [
        f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
        for text in parser.found
    ]


def page_policy(hashes: list[str]) -> str:
    """Return the policy of a page, with these inline scripts allowed."""
    scripts = " ".join(["'self'", *sorted(set(hashes))])
    return (
        f"default-src 'none'; script-src {scripts}; style-src 'self'; "
        "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; form-action 'self'; "
        "base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
    )


class BuiltPages:
    """The policy for the pages of a folder, made again when they change."""

    def __init__(self, folder: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self._folder = folder
        self._clock = clock
        self._looked = float("-inf")
        self._seen: tuple[tuple[str, int, int], ...] | None = None
        self._policy = page_policy([])

    def policy(self) -> str:
        """The policy now; the folder is looked at once a second at most."""
        now = self._clock()
        if now - self._looked >= _LOOK_EVERY:
            self._looked = now
            self._look()
        return self._policy

    def _look(self) -> None:
        pages = sorted(self._folder.rglob("*.html"))
        seen = tuple((str(page), (s := page.stat()).st_mtime_ns, s.st_size) for page in pages)
        if seen != self._seen:
            hashes = [one for page in pages for one in script_hashes(page.read_text("utf-8"))]
            self._seen, self._policy = seen, page_policy(hashes)


def referrer(path: str, *, private: bool) -> str:
    """How much of this address other pages learn: nothing at all of one that holds a secret.

    A private page tells this site only. Not ``no-referrer`` there: its own forms would then be
    posted with the origin « null », and be told from others by `Sec-Fetch-Site` alone, which
    browsers leave out over plain http.
    """
    if safe_path(path) != path:
        return "no-referrer"
    return "same-origin" if private else "strict-origin-when-cross-origin"


def caching(path: str, status: int, headers: Headers, *, private: bool, query: str = "") -> str:
    """Who may keep this answer, and for how long."""
    if private or status >= 500 or status == 403:
        return "no-store"
    if headers.get("set-cookie") or headers.get("content-type", "").startswith("text/html"):
        return "private, no-cache"
    if status == 200 and assets.never_changes(path, query):
        return "public, max-age=31536000, immutable"
    return headers.get("cache-control", "no-cache")
