"""The site map: made from the table of pages, so that none is forgotten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import reflex as rx

from ..layout import FETCHED
from .common import article

Entry = tuple[str, str, str]
"""Words of the link, address, what one finds there."""


def _entry(entry: Entry) -> rx.Component:
    words, href, description = entry
    return rx.el.li(
        rx.el.a(words, href=href, reload_document=href in FETCHED),
        rx.el.p(description, class_name="soft"),
    )


def site_map(sections: Mapping[str, Sequence[Entry]]) -> rx.Component:
    """List every page one can open, by section.

    Args:
        sections: title of a section → its pages.
    """
    return article(
        "Plan du site",
        *[
            rx.el.section(
                rx.el.h2(title),
                rx.el.ul(*[_entry(entry) for entry in entries], class_name="site-map"),
                class_name="stack",
            )
            for title, entries in sections.items()
        ],
        rx.el.p(
            "Vous cherchez une expérience ? ",
            rx.el.a("La liste des expériences", href="/experiences"),
            " les montre toutes, de la plus récente à la plus ancienne.",
        ),
        lead="Toutes les pages de ce site.",
    )
