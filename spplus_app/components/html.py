"""The smallest pieces of plain HTML, for what is written once and is no tree of components."""

from __future__ import annotations

import htpy as h

from . import ui


def css(*names: str) -> str:
    """Join class names, leaving out the empty ones."""
    return " ".join(name for name in names if name)


def icon(name: str, size: str = "") -> h.Element:
    """Draw an icon; see `ui.icon`."""
    return h.svg(
        class_=css("icon", size and f"icon--{size}"),
        aria_hidden="true",
        focusable="false",
        viewBox="0 0 24 24",
    )[(h.path(d=path) for path in ui.PATHS[name])]
