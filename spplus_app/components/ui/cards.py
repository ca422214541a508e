"""Doors to other pages: cards of a list, tiles of a home page."""

from __future__ import annotations

from typing import Literal

import reflex as rx

from ._base import Text, css
from .icons import icon as draw

_HEADINGS = {"h2": rx.el.h2, "h3": rx.el.h3, "h4": rx.el.h4}


def card(
    title: Text,
    href: Text,
    *,
    meta: list[rx.Component] | None = None,
    body: Text | rx.Component | None = None,
    footer: list[rx.Component] | None = None,
    heading: Literal["h2", "h3", "h4"] = "h3",
) -> rx.Component:
    """Make the summary of a page in a list; the whole card leads to it, the title is the link.

    Args:
        title: words of the link.
        href: address of the page.
        meta: badges and facts above the title.
        body: a few lines.
        footer: facts under the text.
        heading: level of the title.
    """
    text = rx.el.p(body, class_name="fr-card__desc") if isinstance(body, (str, rx.Var)) else body
    return rx.el.article(
        rx.el.div(
            *([rx.el.div(*meta, class_name="fr-card__start meta")] if meta else []),
            _HEADINGS[heading](rx.el.a(title, href=href), class_name="fr-card__title"),
            *([text] if text is not None else []),
            *([rx.el.div(*footer, class_name="fr-card__end meta")] if footer else []),
            class_name="fr-card__body",
        ),
        class_name="fr-card fr-enlarge-link",
    )


def tile(
    title: Text,
    href: Text,
    text: Text = "",
    *,
    icon: str = "",
    heading: Literal["h2", "h3", "h4"] = "h3",
    fetched: bool = False,
) -> rx.Component:
    """Make a door to a part of the site: a title that is the link, and one sentence.

    Args:
        title: words of the link.
        href: address.
        text: what one finds there.
        icon: name of an icon.
        heading: level of the title.
        fetched: the page is always asked for over HTTP, whose answer brings a cookie.
    """
    link = rx.el.a(title, href=href, reload_document=fetched)
    return rx.el.div(
        *([rx.el.span(draw(icon, size="lg"), class_name="fr-tile__icon")] if icon else []),
        _HEADINGS[heading](link, class_name="fr-tile__title"),
        rx.el.p(text, class_name="fr-tile__desc"),
        class_name=css("fr-tile", "fr-enlarge-link"),
    )
