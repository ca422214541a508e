"""Pieces of the form that tells an experience."""

from __future__ import annotations

from typing import Any

import reflex as rx

from ..domain.values import CHANNEL_FIELDS, Channel, Ressenti
from . import ui, words
from .forms import error_of

_SHAPES = {
    Ressenti.POSITIVE: "positif",
    Ressenti.NEUTRAL: "neutre",
    Ressenti.NEGATIVE: "negatif",
}


def _felt(code: Any, suffix: str, felt: Ressenti) -> rx.Component:
    ident = f"felt-{code}-{suffix}-{_SHAPES[felt]}"
    return rx.el.div(
        rx.el.input(
            type="radio",
            name=f"felt-{code}-{suffix}",
            value=felt.value,
            custom_attrs={"id": ident},
        ),
        rx.el.label(
            ui.icon(_SHAPES[felt], size="lg"),
            rx.el.span(felt.value),
            html_for=ident,
            class_name="fr-label",
        ),
        class_name=f"fr-radio-group ressenti ressenti--{_SHAPES[felt]}",
    )


def _channel(code: Any, channel: Channel, suffix: str, errors: Any) -> rx.Component:
    ident = f"use-{code}-{suffix}"
    felt = f"felt-{code}-{suffix}"
    wrong = error_of(errors, felt)
    return rx.el.div(
        rx.el.div(
            rx.el.input(type="checkbox", name=ident, value="oui", custom_attrs={"id": ident}),
            rx.el.label(channel.value, html_for=ident, class_name="fr-label"),
            class_name="fr-checkbox-group",
        ),
        rx.el.fieldset(
            rx.el.legend(
                "Votre ressenti : ", rx.el.span(channel.value), class_name="fr-fieldset__legend"
            ),
            rx.el.div(
                *[_felt(code, suffix, value) for value in Ressenti],
                class_name="fr-fieldset__content",
            ),
            # The region bears the field's name: the list of errors leads here.
            rx.el.div(
                rx.cond(
                    wrong != "",
                    rx.el.p(ui.icon("error"), rx.el.span(wrong), class_name="fr-error-text"),
                    rx.fragment(),
                ),
                tab_index=-1,
                custom_attrs={"id": felt, "aria-live": "polite"},
            ),
            class_name="fr-fieldset fr-fieldset--inline ressentis ressentis--compact channel__felt",
            custom_attrs={
                "role": "radiogroup",
                "aria-invalid": rx.cond(wrong != "", "true", "false"),
            },
        ),
        class_name="channel",
    )


def chosen_service(service: Any, errors: Any, on_remove: Any) -> rx.Component:
    """Ask the channels used with a structure and the ressenti of each.

    Args:
        service: a Var with ``code``, ``label`` and ``detail``.
        errors: the Var of the form's errors.
        on_remove: event that takes the structure out.
    """
    wrong = error_of(errors, f"channels-{service.code}")
    return rx.el.fieldset(
        rx.el.legend(
            rx.el.strong(service.label),
            rx.cond(service.detail != "", rx.el.span(" – ", service.detail), rx.fragment()),
            class_name="fr-fieldset__legend",
        ),
        rx.el.p(
            words.MEANS,
            class_name="fr-hint-text",
        ),
        rx.el.div(
            rx.cond(
                wrong != "",
                rx.el.p(ui.icon("error"), rx.el.span(wrong), class_name="fr-error-text"),
                rx.fragment(),
            ),
            tab_index=-1,
            custom_attrs={"id": f"channels-{service.code}", "aria-live": "polite"},
        ),
        *[
            _channel(service.code, channel, suffix, errors)
            for channel, suffix in CHANNEL_FIELDS.items()
        ],
        ui.button(
            rx.cond(service.label != "", f"Retirer {service.label}", "Retirer ce service"),
            kind="tertiary",
            small=True,
            on_click=on_remove,
        ),
        class_name="fr-fieldset panel chosen-service",
        # Without it the boxes ticked for a service pass to the next one when it is taken out.
        key=service.code,
    )


def draft_tools(on_erase: Any) -> rx.Component:
    """Offer what keeps a draft private: nothing kept here, or nothing kept at all."""
    return rx.el.aside(
        rx.el.p(
            "Votre brouillon est gardé pendant que vous écrivez.",
            custom_attrs={"data-draft-state": ""},
            class_name="fr-hint-text",
        ),
        rx.el.div(
            rx.el.input(
                type="checkbox",
                custom_attrs={"id": "ordinateur-partage", "data-draft-shared": ""},
                name="shared",
            ),
            rx.el.label(
                "Je suis sur un ordinateur partagé : ne rien garder sur cet appareil",
                html_for="ordinateur-partage",
                class_name="fr-label",
            ),
            class_name="fr-checkbox-group",
        ),
        ui.button(
            "Effacer mon brouillon",
            kind="tertiary",
            small=True,
            on_click=on_erase,
            custom_attrs={"data-draft-erase": ""},
        ),
        class_name="draft-tools stack--tight",
        custom_attrs={"aria-label": "Votre brouillon"},
    )
