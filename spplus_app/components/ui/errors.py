"""The list of what must be corrected, at the top of a form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import reflex as rx

from ._base import NBSP, Text, each, item, when
from .elements import ErrorsElement
from .icons import icon


def _link(row: Any) -> rx.Component:
    field = item(row, "field", 0)
    return rx.el.li(rx.el.a(item(row, "message", 1), href="#" + field))


def error_summary(
    errors: Sequence[Any] | rx.Var[Any],
    *,
    title: Text = f"Quelques réponses sont à corriger{NBSP}:",
    attempt: rx.Var[int] | int = 0,
) -> rx.Component:
    """List the errors of a form, each a link to its field. It takes the focus when it appears.

    Args:
        errors: rows (field identifier, message) or `{"field", "message"}`, or a Var of them; the
            identifier is the name given to the field.
        title: sentence above the list.
        attempt: number of tries; when it changes the summary takes the focus again.
    """
    shown = errors.length() > 0 if isinstance(errors, rx.Var) else len(errors) > 0
    return when(
        shown,
        ErrorsElement.create(
            rx.el.div(
                icon("error", size="lg"),
                rx.el.div(
                    rx.el.h2(title, class_name="fr-alert__title"),
                    rx.el.ul(each(errors, _link)),
                    class_name="fr-alert__body",
                ),
                class_name="fr-alert fr-alert--error error-summary",
                role="alert",
                custom_attrs={"tabIndex": -1},
            ),
            custom_attrs={"data-attempt": attempt},
        ),
    )
