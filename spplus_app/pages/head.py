"""What every page has in its head: the stylesheet of the theme, the scripts, the icon."""

from __future__ import annotations

import reflex as rx

from ..api import assets
from ..settings import settings


def _stylesheet(href: str) -> rx.Component:
    return rx.el.link(rel="stylesheet", href=href)


def _own_look() -> list[rx.Component]:
    return [
        rx.el.link(
            rel="preload",
            href=assets.FONT,
            custom_attrs={"as": "font", "type": "font/woff2", "crossOrigin": "anonymous"},
        ),
        _stylesheet(assets.address("spplus.css")),
        rx.el.link(rel="icon", href="/favicon.svg", type="image/svg+xml"),
    ]


def _official_look() -> list[rx.Component]:
    """Return the official stylesheets, then the rules of our own that they lack (`scripts.dsfr`)."""
    return [
        _stylesheet("/dsfr/dsfr.min.css"),
        _stylesheet("/dsfr/utility/utility.min.css"),
        _stylesheet("/dsfr/complements.css"),
        rx.el.link(rel="icon", href="/dsfr/favicon/favicon.svg", type="image/svg+xml"),
    ]


def is_official() -> bool:
    """Tell whether this build wears the State's design system, brand block included."""
    return settings().theme == "dsfr"


def head() -> list[rx.Component]:
    """Return the head of every page; baked at build."""
    return [
        *(_official_look() if is_official() else _own_look()),
        rx.el.script(src=assets.address("theme.js")),
        rx.el.script(src=assets.address("spplus.js"), defer=True),
        rx.el.script(src=assets.address("proof.js"), defer=True),
        rx.el.script(src=assets.address("forms.js"), defer=True),
    ]
