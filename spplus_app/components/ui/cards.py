"""Doors to other pages: cards of a list, tiles of a home page."""

from __future__ import annotations

from typing import Any, Literal

import reflex as rx

from ._base import Text, filled, when
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
    detail: Text = "",
    heading: Literal["h2", "h3", "h4"] = "h3",
    **props: Any,
) -> rx.Component:
    """Make a door to a part of the site: the whole tile leads there, and its title is the one link.

    Args:
        title: words of the link.
        href: address.
        text: what one finds there, in one sentence.
        icon: name of an icon.
        detail: a fact in small type (how long, how many).
        heading: level of the title.
        **props: attributes of the link (`reload_document`…).
    """
    content = rx.el.div(
        _HEADINGS[heading](rx.el.a(title, href=href, **props), class_name="fr-tile__title"),
        when(filled(text), rx.el.p(text, class_name="fr-tile__desc")),
        when(filled(detail), rx.el.p(detail, class_name="fr-tile__detail")),
        class_name="fr-tile__content",
    )
    drawing = [
        rx.el.div(
            rx.el.div(draw(name, size="lg"), class_name="fr-tile__pictogram"),
            class_name="fr-tile__header",
        )
        for name in (icon,)
        if name
    ]
    return rx.el.div(
        rx.el.div(content, class_name="fr-tile__body"),
        *drawing,
        class_name="fr-tile fr-enlarge-link",
    )
