"""Buttons and links that look like buttons. One primary action a screen."""

from __future__ import annotations

from typing import Any, Literal

import reflex as rx
from reflex_components_core.el.elements.base import BaseHTML

from ._base import Text, attrs, css
from .icons import icon as draw

Kind = Literal["primary", "secondary", "tertiary", "danger"]

_CLASS: dict[str, str] = {
    "primary": "",
    "secondary": "fr-btn--secondary",
    "tertiary": "fr-btn--tertiary",
    "danger": "fr-btn--danger",
}


class PlainForm(BaseHTML):
    """A form that the browser sends itself, over HTTP.

    The framework's own form cancels the sending when it has no handler; this one does not.
    """

    tag = "form"

    action: rx.Var[str]
    method: rx.Var[str]
    enc_type: rx.Var[str]
    auto_complete: rx.Var[str]
    no_validate: rx.Var[bool]


def _content(label: Text, icon: str, icon_after: str) -> list[Any]:
    before = [draw(icon)] if icon else []
    after = [draw(icon_after)] if icon_after else []
    return [*before, rx.el.span(label), *after]


def button(
    label: Text,
    *,
    kind: Kind = "primary",
    type: Literal["button", "submit", "reset"] = "button",  # noqa: A002 - the HTML attribute
    small: bool = False,
    icon: str = "",
    icon_after: str = "",
    busy: rx.Var[bool] | bool = False,
    class_name: str = "",
    **props: Any,
) -> rx.Component:
    """Make a button.

    Args:
        label: what happens, in words ("Envoyer mon expérience").
        kind: `primary` once a screen, then `secondary`, `tertiary`; `danger` for what removes.
        type: the HTML type; `submit` in a form.
        small: a lower button for tight rows; still 44 px to touch.
        icon: name of an icon before the word.
        icon_after: name of an icon after the word.
        busy: the action is under way: shown, announced, and further clicks are inert.
        class_name: extra classes.
        **props: events and attributes of the element (`on_click`, `name`, `value`…).
    """
    extra = props.pop("custom_attrs", {})
    if busy is not False:
        extra = {**extra, "aria-busy": busy, "aria-disabled": busy}
    return rx.el.button(
        *_content(label, icon, icon_after),
        type=type,
        class_name=css("fr-btn", _CLASS[kind], "fr-btn--sm" if small else "", class_name),
        custom_attrs=extra,
        **props,
    )


def link_button(
    label: Text,
    href: Text,
    *,
    kind: Kind = "primary",
    small: bool = False,
    icon: str = "",
    icon_after: str = "",
    class_name: str = "",
    **props: Any,
) -> rx.Component:
    """Make a real link that looks like a button: it leads somewhere, it does not act.

    Args:
        label: where it leads, in words.
        href: the address.
        kind: as for a button.
        small: a lower one for tight rows; still 44 px to touch.
        icon: name of an icon before the words.
        icon_after: name of an icon after the words.
        class_name: extra classes.
        **props: attributes of the element.
    """
    return rx.el.a(
        *_content(label, icon, icon_after),
        href=href,
        class_name=css("fr-btn", _CLASS[kind], "fr-btn--sm" if small else "", class_name),
        **props,
    )


def button_group(*children: rx.Component, sticky: bool = False) -> rx.Component:
    """Lay buttons in a row; one under the other on a phone.

    Args:
        *children: the buttons, the main one first.
        sticky: on a phone, keep the row at the bottom of the screen.
    """
    return rx.el.div(
        *children, class_name=css("fr-btns-group", "fr-btns-group--sticky" if sticky else "")
    )


def get_form(
    action: Text, *children: rx.Component, class_name: str = "", **attributes: Any
) -> rx.Component:
    """Make a form whose answers stand in the address (search, filters), sent by the browser."""
    return PlainForm.create(
        *children,
        action=action,
        method="get",
        class_name=class_name,
        custom_attrs=attrs(**attributes),
    )


def post_form(
    action: Text, *children: rx.Component, class_name: str = "", **attributes: Any
) -> rx.Component:
    """Make a form sent over HTTP by the browser itself (sign-in, sign-out), not by the socket."""
    return PlainForm.create(
        *children,
        action=action,
        method="post",
        class_name=class_name,
        custom_attrs=attrs(**attributes),
    )


def copy_button(label: Text, target: str, *, kind: Kind = "secondary") -> rx.Component:
    """Make a button that copies the text or the value of another element, and says so.

    Args:
        label: words of the button.
        target: identifier of the element to copy from.
        kind: look of the button.
    """
    return button(label, kind=kind, icon="link", custom_attrs={"data-copies": target})


def print_button(label: Text = "Imprimer cette page", *, kind: Kind = "tertiary") -> rx.Component:
    """Make a button that opens the browser's print window."""
    return button(label, kind=kind, icon="print", custom_attrs={"data-prints": ""})
