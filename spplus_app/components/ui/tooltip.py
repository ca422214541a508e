"""A few more words about a term, when they are asked for."""

from __future__ import annotations

import reflex as rx

from ._base import Text
from .icons import icon


def tooltip(term: Text, text: Text, *, ident: str) -> rx.Component:
    """Explain a term in a sentence shown when it has the focus, the pointer or a tap.

    The sentence stays while the pointer is over it, goes by Escape, and is told by screen readers
    with the term. What everyone needs is not put here: it is written in the page.

    Args:
        term: the words explained; they stay in the sentence around.
        text: the explanation, without a link.
        ident: identifier of the explanation.
    """
    return rx.el.span(
        rx.el.button(
            term,
            icon("info"),
            type="button",
            class_name="fr-btn--tooltip",
            custom_attrs={"aria-describedby": ident},
        ),
        rx.el.span(
            text,
            role="tooltip",
            class_name="fr-tooltip fr-placement",
            custom_attrs={"id": ident},
        ),
        class_name="tooltip",
    )
