"""The site's own files under addresses that change with their content: kept for ever by browsers.

The files that Reflex builds, and the typeface, bear a print of their content in their name; those
of `assets/` that people edit by hand keep theirs, and bear it in the query: ``/spplus.css?v=…``.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "assets"
FONT = "/fonts/atkinson-hyperlegible-next-18b2a1a3.woff2"

_NAMED = re.compile(r"/(?:assets/.+-[\w-]{6,}\.\w+|fonts/.+-[0-9a-f]{8}\.woff2)")


@cache
def address(name: str) -> str:
    """Return the address of a file of `assets/`, with the print of what it holds."""
    return f"/{name}?v={hashlib.sha256((FOLDER / name).read_bytes()).hexdigest()[:12]}"


OWN = (
    *("spplus.css", "theme.js", "spplus.js", "forms.js", "marking.js"),
    *("proof.js", "proof-worker.js", "documents-checking.js", "sending.js"),
)
CHECKING = "documents-checking.js"
"""What the pages that mask documents alone need."""


def never_changes(path: str, query: str) -> bool:
    """Whether what this address leads to will always be what it is now."""
    name = path.removeprefix("/")
    return _NAMED.fullmatch(path) is not None or (
        name in OWN and f"{path}?{query}" == address(name)
    )
