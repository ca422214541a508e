"""A window over the page, for one question that must be answered first."""

from __future__ import annotations

from typing import Any

import reflex as rx
from reflex_components_core.el.elements.base import BaseHTML

from ._base import Flag, Text, choose
from .elements import DialogElement
from .icons import icon


def _no_argument() -> tuple[()]:
    return ()


class NativeDialog(BaseHTML):
    """The browser's own dialog, with its `close` event, which Escape fires too."""

    tag = "dialog"

    on_close: rx.EventHandler[_no_argument]


def dialog(
    id: str,  # noqa: A002 - the HTML attribute
    title: Text,
    *children: rx.Component,
    open: Flag = False,  # noqa: A002 - the HTML attribute
    on_close: Any = None,
    actions: list[rx.Component] | None = None,
) -> rx.Component:
    """Make a modal dialog. Escape closes it, and the focus returns to what opened it.

    It opens from any button with `data-opens="<id>"`, or when `open` becomes true; it closes from
    any button inside with `data-closes=""`.

    Args:
        id: identifier of the dialog.
        title: its title, also its accessible name.
        *children: its content.
        open: opens it from the state.
        on_close: event of the state told when it closes, also by Escape.
        actions: buttons of its foot.
    """
    events = {} if on_close is None else {"on_close": on_close}
    body = rx.el.div(
        rx.el.button(
            rx.el.span("Fermer"),
            icon("cross"),
            type="button",
            class_name="fr-btn fr-btn--tertiary fr-btn--sm fr-modal__close",
            custom_attrs={"data-closes": ""},
        ),
        rx.el.h2(
            title,
            class_name="fr-modal__title",
            custom_attrs={"id": f"{id}-title", "tabIndex": -1, "autoFocus": True},
        ),
        rx.el.div(*children, class_name="fr-modal__content stack"),
        *([rx.el.div(*actions, class_name="fr-modal__footer fr-btns-group")] if actions else []),
        class_name="fr-modal__body",
    )
    return DialogElement.create(
        NativeDialog.create(
            body,
            class_name="fr-modal",
            custom_attrs={"id": id, "aria-labelledby": f"{id}-title"},
            **events,
        ),
        custom_attrs={"data-open": choose(open, "true", "false")},
    )
