"""Questions answered by choosing: radios, checkboxes, and the ressenti."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import reflex as rx

from ._base import Text, attrs, choose, css, filled, slug
from .fields import described_by, group_class, hint_text, label_content, messages
from .icons import icon


@dataclass(frozen=True)
class Option:
    """One answer to choose: the value sent, the words read, a hint and an icon when useful."""

    value: str
    label: str
    hint: str = ""
    icon: str = ""


RESSENTIS: tuple[Option, ...] = (
    Option("Positif", "Positif", icon="positif"),
    Option("Neutre", "Neutre", icon="neutre"),
    Option("Négatif", "Négatif", icon="negatif"),
)
"""The three ressentis of the programme, each with its shape."""


def _tone(option: Option) -> str:
    """Return the class that colours an answer, when it is a ressenti."""
    return f"ressenti ressenti--{option.icon}" if option in RESSENTIS else ""


def _choice(kind: str, name: str, identifier: str, option: Option, **props: Any) -> rx.Component:
    """Return one control and its label; the whole row can be touched."""
    hint_id = f"{identifier}-hint" if option.hint else ""
    return rx.el.div(
        rx.el.input(
            name=name,
            type=kind,
            value=option.value,
            custom_attrs=attrs(id=identifier, aria_describedby=hint_id),
            **props,
        ),
        rx.el.label(
            *([icon(option.icon, size="lg")] if option.icon else []),
            rx.el.span(option.label),
            html_for=identifier,
            class_name="fr-label",
        ),
        *(
            [rx.el.span(option.hint, class_name="fr-hint-text", custom_attrs={"id": hint_id})]
            if option.hint
            else []
        ),
        class_name=css(f"fr-{kind}-group", _tone(option)),
    )


def _fieldset(
    identifier: str,
    legend: Text,
    choices: Sequence[rx.Component],
    *,
    hint: Text,
    error: Text,
    optional: bool,
    modifiers: str,
    role: str = "",
) -> rx.Component:
    return rx.el.fieldset(
        rx.el.legend(*label_content(legend, optional), class_name="fr-fieldset__legend"),
        hint_text(identifier, hint),
        rx.el.div(*choices, class_name="fr-fieldset__content"),
        messages(identifier, error),
        class_name=group_class("fr-fieldset", error, "", modifiers),
        custom_attrs={
            **attrs(
                id=f"{identifier}-group",
                role=role,
                aria_describedby=described_by(identifier, hint),
            ),
            # ARIA allows aria-invalid on a radiogroup, not on a plain group.
            **({"aria-invalid": choose(filled(error), "true", "false")} if role else {}),
        },
    )


def radio_group(
    name: str,
    legend: Text,
    options: Sequence[Option],
    *,
    hint: Text = "",
    error: Text = "",
    inline: bool = False,
    optional: bool = False,
    default_value: str = "",
    field_id: str = "",
    modifiers: str = "",
) -> rx.Component:
    """Make a question with one answer.

    The first radio bears the identifier of the field, so that the error summary leads to it.

    Args:
        name: key of the value in the form.
        legend: the question.
        options: the answers.
        hint: how to answer.
        error: what is wrong and what to do.
        inline: answers side by side where there is room.
        optional: writes « (optionnel) » in the question.
        default_value: answer chosen at load.
        field_id: identifier, when two forms of the page share a name.
        modifiers: extra classes of the fieldset.
    """
    ident = field_id or slug(name)
    choices = [
        _choice(
            "radio",
            name,
            ident if index == 0 else f"{ident}-{index + 1}",
            option,
            **({"default_checked": True} if default_value == option.value else {}),
        )
        for index, option in enumerate(options)
    ]
    return _fieldset(
        ident,
        legend,
        choices,
        hint=hint,
        error=error,
        optional=optional,
        modifiers=css("fr-fieldset--inline" if inline else "", modifiers),
        role="radiogroup",
    )


def checkbox_group(
    legend: Text,
    options: Sequence[Option],
    *,
    name: str = "",
    hint: Text = "",
    error: Text = "",
    inline: bool = False,
    optional: bool = False,
    default_values: Sequence[str] = (),
    field_id: str = "",
) -> rx.Component:
    """Make a question with several answers.

    A form handler receives one value a key: each box therefore has its own key,
    `name-1`, `name-2`…, in the order of the options; what is ticked arrives with its value.

    Args:
        legend: the question.
        options: the answers.
        name: prefix of the keys; "" uses each option's value as its key.
        hint: how to answer.
        error: what is wrong and what to do.
        inline: answers side by side where there is room.
        optional: writes « (optionnel) » in the question.
        default_values: answers ticked at load.
        field_id: identifier, when two forms of the page share a name.
    """
    ident = field_id or slug(name) or slug(options[0].value) or "choix"
    choices = [
        _choice(
            "checkbox",
            f"{name}-{index + 1}" if name else option.value,
            ident if index == 0 else f"{ident}-{index + 1}",
            option,
            **({"default_checked": True} if option.value in default_values else {}),
        )
        for index, option in enumerate(options)
    ]
    return _fieldset(
        ident,
        legend,
        choices,
        hint=hint,
        error=error,
        optional=optional,
        modifiers="fr-fieldset--inline" if inline else "",
        role="group",
    )


def checkbox(
    name: str,
    label: str,
    value: str = "oui",
    *,
    hint: str = "",
    field_id: str = "",
    **props: Any,
) -> rx.Component:
    """Make one box to tick alone. The key is absent from the form when it is not ticked.

    Args:
        name: key of the value in the form.
        label: what ticking means, in words.
        value: what is sent when it is ticked.
        hint: what follows from it.
        field_id: identifier, when two forms of the page share a name.
        **props: `default_checked`, events.
    """
    ident = field_id or slug(name)
    return _choice("checkbox", name, ident, Option(value, label, hint), **props)


def ressenti_group(
    name: str,
    legend: Text,
    *,
    hint: Text = "",
    error: Text = "",
    optional: bool = False,
    compact: bool = False,
    default_value: str = "",
    field_id: str = "",
) -> rx.Component:
    """Ask for a ressenti: three large answers, each a word, a shape and a colour.

    Args:
        name: key of the value in the form; the value is the programme's exact word.
        legend: the question.
        hint: how to answer.
        error: what is wrong and what to do.
        optional: writes « (optionnel) » in the question.
        compact: lower answers, where several questions follow one another.
        default_value: answer chosen at load.
        field_id: identifier, when two forms of the page share a name.
    """
    return radio_group(
        name,
        legend,
        RESSENTIS,
        hint=hint,
        error=error,
        inline=True,
        optional=optional,
        default_value=default_value,
        field_id=field_id,
        modifiers=css("ressentis", "ressentis--compact" if compact else ""),
    )
