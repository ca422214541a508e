"""Content that folds: accordions, which are the browser's own `details`, and tabs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import reflex as rx

from ._base import Text, attrs
from .elements import TabsElement

_HEADINGS = {"h2": rx.el.h2, "h3": rx.el.h3, "h4": rx.el.h4}


def accordion(
    title: Text,
    *children: rx.Component,
    open: bool = False,  # noqa: A002 - the HTML attribute
    heading: Literal["h2", "h3", "h4"] = "h3",
    ident: str = "",
) -> rx.Component:
    """Make a title that unfolds its text; the browser does it, and finds words in folded text.

    Args:
        title: what is inside, as a question or a subject.
        *children: the content.
        open: unfolded at load.
        heading: level of the title.
        ident: identifier, to lead there by a link.
    """
    return rx.el.details(
        rx.el.summary(
            _HEADINGS[heading](title, class_name="fr-accordion__title"),
            class_name="fr-accordion__btn",
        ),
        rx.el.div(*children, class_name="fr-accordion__content stack"),
        class_name="fr-accordion",
        custom_attrs=attrs(id=ident),
        **({"open": True} if open else {}),
    )


def accordion_group(*accordions: rx.Component) -> rx.Component:
    """Stack accordions. Opening one leaves the others as they are: people compare."""
    return rx.el.div(*accordions, class_name="fr-accordions-group")


def tabs(
    ident: str,
    panels: Sequence[tuple[Text, rx.Component]],
    *,
    label: str,
    heading: Literal["h2", "h3", "h4"] = "h3",
) -> rx.Component:
    """Show one part of a page at a time. Arrow keys, Home and End go from tab to tab.

    Without the script it is a list of links, and every part is there to read, one under the other;
    on paper too.

    Args:
        ident: prefix of the identifiers of the parts: `ident-1`, `ident-2`…
        panels: pairs (words of the tab, content).
        label: name of the set of tabs.
        heading: level of the titles of the parts, shown where there are no tabs.
    """
    links = [
        rx.el.li(
            rx.el.a(
                title,
                href=f"#{ident}-{rank}",
                class_name="fr-tabs__tab",
                custom_attrs={"id": f"{ident}-{rank}-tab"},
            )
        )
        for rank, (title, _) in enumerate(panels, 1)
    ]
    parts = [
        rx.el.section(
            _HEADINGS[heading](title, class_name="fr-tabs__title"),
            content,
            class_name="fr-tabs__panel",
            custom_attrs={
                "id": f"{ident}-{rank}",
                "aria-labelledby": f"{ident}-{rank}-tab",
                "tabIndex": -1,
            },
        )
        for rank, (title, content) in enumerate(panels, 1)
    ]
    return TabsElement.create(
        rx.el.ul(*links, class_name="fr-tabs__list", custom_attrs={"aria-label": label}),
        *parts,
        class_name="fr-tabs",
    )
