"""A setting that is on or off."""

from __future__ import annotations

from typing import Any

import reflex as rx

from ._base import Text, attrs, slug
from .fields import described_by, group_class, hint_text, messages


def toggle(
    name: str,
    label: Text,
    value: str = "oui",
    *,
    hint: Text = "",
    on_words: str = "Activé",
    off_words: str = "Désactivé",
    error: Text = "",
    field_id: str = "",
    **props: Any,
) -> rx.Component:
    """Make a switch: a setting that is on or off, which it says in words too.

    It is a box to tick, sent like one: the key is absent from the form when it is off.

    Args:
        name: key of the value in the form.
        label: what is on or off.
        value: what is sent when it is on.
        hint: what follows from it.
        on_words: word shown when it is on.
        off_words: word shown when it is off.
        error: what is wrong and what to do.
        field_id: identifier, when two forms of the page share a name.
        **props: `default_checked`, events.
    """
    ident = field_id or slug(name)
    return rx.el.div(
        rx.el.input(
            name=name,
            type="checkbox",
            value=value,
            role="switch",
            class_name="fr-toggle__input",
            custom_attrs=attrs(id=ident, aria_describedby=described_by(ident, hint)),
            **props,
        ),
        rx.el.label(
            label,
            html_for=ident,
            class_name="fr-toggle__label",
            custom_attrs={"data-fr-checked-label": on_words, "data-fr-unchecked-label": off_words},
        ),
        hint_text(ident, hint),
        messages(ident, error),
        class_name=group_class("fr-toggle", error),
    )
