"""Make the built site speak to the origin it was served from, whatever its address.

Reflex writes the address of the server in the pages at build time. One build must serve any
address: the file that holds it is rewritten to read the page's own origin.
"""

from __future__ import annotations

import re
from pathlib import Path

_ABSOLUTE = re.compile(r"[`\"'](http|ws)s?://[^/`\"']+(/[^`\"']*)[`\"']")


def rewrite(text: str) -> str:
    """Return the file's text with each absolute address made relative to the page's origin."""

    def relative(found: re.Match[str]) -> str:
        origin = 'location.origin.replace("http","ws")' if found[1] == "ws" else "location.origin"
        return f'{origin}+"{found[2]}"'

    return _ABSOLUTE.sub(relative, text)


def apply(client: Path) -> int:
    """Rewrite the files of the build that hold an address; return how many there were."""
    changed = 0
    for path in (client / "assets").glob("reflex-env-*.js"):
        text = path.read_text("utf-8")
        path.write_text(rewrite(text), "utf-8")
        # The compressed twins hold the old text; at this size they save nothing.
        for suffix in (".br", ".gz"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        changed += text != path.read_text("utf-8")
    return changed
