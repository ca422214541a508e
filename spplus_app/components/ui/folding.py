"""Content that folds: accordions, which are the browser's own `details`, and tabs."""

from __future__ import annotations

from typing import Literal

import reflex as rx

from ._base import Text, attrs

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
