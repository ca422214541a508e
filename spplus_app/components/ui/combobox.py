"""A field that searches as one types and lists what it finds (ARIA 1.2 combobox)."""

from __future__ import annotations

import reflex as rx

from ._base import Text, attrs, choose, filled, slug
from .elements import ComboboxElement
from .fields import described_by, group_class, hint_text, messages
from .icons import icon


def _control(ident: str, name: str, hint: Text, error: Text) -> list[rx.Component]:
    return [
        rx.el.input(
            type="text",
            class_name="fr-input",
            custom_attrs={
                **attrs(
                    id=ident,
                    role="combobox",
                    autoComplete="off",
                    spellCheck="false",
                    aria_autocomplete="list",
                    aria_controls=f"{ident}-list",
                    aria_describedby=described_by(ident, hint),
                ),
                "aria-expanded": "false",
                "aria-invalid": choose(filled(error), "true", "false"),
            },
        ),
        icon("search"),
        rx.el.input(type="hidden", name=name),
        rx.el.ul(
            role="listbox",
            class_name="fr-combobox__list",
            custom_attrs={"id": f"{ident}-list", "aria-labelledby": f"{ident}-label"},
            hidden=True,
        ),
    ]


def combobox(
    name: str,
    label: Text,
    *,
    src: str,
    hint: Text = "",
    error: Text = "",
    empty_text: str = "Aucun résultat. Essayez un autre mot, une ville ou un code postal.",
    field_id: str = "",
) -> rx.Component:
    """Make a search field whose results are chosen in a list.

    The script asks `GET {src}?q=…` (two characters at least, 150 ms after the last key) and expects
    `{"results": [{"value", "label", "detail"}], "more": bool}`. Choosing writes the value in a
    hidden field called `name`, sends the form around it, then empties the field. When the network
    fails a sentence says so and what was typed stays.

    Args:
        name: key of the chosen value in the form.
        label: the question.
        src: address to ask, on this site.
        hint: what can be searched.
        error: what is wrong and what to do.
        empty_text: sentence shown when nothing is found.
        field_id: identifier, when two forms of the page share a name.
    """
    ident = field_id or slug(name)
    return rx.el.div(
        rx.el.label(
            label, html_for=ident, class_name="fr-label", custom_attrs={"id": f"{ident}-label"}
        ),
        hint_text(ident, hint),
        ComboboxElement.create(
            rx.el.div(*_control(ident, name, hint, error), class_name="fr-combobox"),
            rx.el.p(role="status", class_name="fr-combobox__status"),
            custom_attrs={"data-src": src, "data-empty": empty_text},
        ),
        messages(ident, error),
        class_name=group_class("fr-input-group", error, "", "fr-combobox-group"),
    )
