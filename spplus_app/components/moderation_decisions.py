"""What a moderator decides, on a screen: reasons by kind, words to mask, an appeal to answer."""

from __future__ import annotations

from typing import Any

import reflex as rx

from ..domain.moderation import MESSAGE_MAX
from ..domain.privacy import WORDS
from . import forms, ui
from .ui.fields import messages

_MASKS = [(kind.value, word) for kind, word in WORDS.items()]


def reason_select(groups: Any, ident: str, error: Any = "") -> rx.Component:
    """Ask the reason the author will read (a Var of `GroupView` rows), by what it asks of them."""

    def group(one: Any) -> rx.Component:
        return rx.el.optgroup(
            rx.foreach(one.choices, lambda pair: rx.el.option(pair[1], value=pair[0])),
            label=one.name,
        )

    return rx.el.div(
        rx.el.label("Motif", html_for=ident, class_name="fr-label"),
        rx.el.span(
            "Son auteur lira une explication et ce qu’il peut faire.",
            class_name="fr-hint-text",
            custom_attrs={"id": f"{ident}-hint"},
        ),
        rx.el.select(
            rx.el.option("Choisissez", value=""),
            rx.foreach(groups, group),
            name="reason",
            class_name="fr-select",
            custom_attrs={
                "id": ident,
                "aria-describedby": f"{ident}-hint {ident}-messages",
                "aria-invalid": rx.cond(error != "", "true", "false"),
            },
        ),
        messages(ident, error),
        class_name=rx.cond(
            error != "", "fr-select-group fr-select-group--error", "fr-select-group"
        ),
    )


def mask_form(on_submit: Any, errors: Any, version: Any, rows: int) -> rx.Component:
    """Ask which words to mask and what replaces them: the first thing to try before a refusal.

    Args:
        on_submit: the event that receives the form.
        errors: a Var of the form's errors, by field.
        version: a Var of the version on the screen.
        rows: how many words at once.
    """

    def pair(number: int) -> rx.Component:
        return rx.el.fieldset(
            rx.el.legend(f"Mots {number}", class_name="fr-sr-only"),
            ui.input_field(
                f"piece_{number}",
                "Mots à masquer" if number == 1 else "D’autres mots",
                hint="Recopiez-les tels qu’ils sont dans le texte." if number == 1 else "",
                optional=number > 1,
                error=forms.error_of(errors, f"piece_{number}"),
            ),
            ui.select_field(
                f"kind_{number}",
                "Remplacés par",
                _MASKS,
                error=forms.error_of(errors, f"kind_{number}"),
            ),
            class_name="stack--tight plain-fieldset",
        )

    return forms.state_form(
        on_submit,
        forms.hidden("version", version),
        pair(1),
        rx.el.details(
            rx.el.summary("Masquer d’autres mots en même temps"),
            *(pair(number) for number in range(2, rows + 1)),
            class_name="stack",
            open=_in_more(errors, rows),
        ),
        ui.button("Masquer ces mots", type="submit", kind="secondary"),
    )


def _in_more(errors: Any, rows: int) -> Any:
    """Whether an error stands in a field that is folded in."""
    names = [f"{name}_{number}" for number in range(2, rows + 1) for name in ("piece", "kind")]
    found = errors.contains(names[0])
    for name in names[1:]:
        found = found | errors.contains(name)
    return found


def label(look: Any) -> rx.Component:
    """Name a reason to read again (a Var of `LookView`)."""
    return rx.cond(look.urgent, ui.badge(look.label, "error"), ui.badge(look.label, "info"))


def look(look: Any) -> rx.Component:
    """Tell a reason to read again, with the passages that made it (a Var of `LookView`)."""
    return rx.el.li(
        rx.el.p(label(look)),
        rx.el.p(look.why),
        rx.cond(
            look.passages.length() > 0,
            rx.el.ul(rx.foreach(look.passages, lambda one: rx.el.li(rx.el.q(one)))),
            rx.fragment(),
        ),
        class_name="stack--tight",
    )


def held(name: Any) -> rx.Component:
    """Say that another moderator reads a text; nothing when nobody does."""
    return rx.cond(name != "", ui.badge(f"Lu par {name}", "info"), rx.fragment())


def held_notice(name: Any) -> rx.Component:
    """Say on the page of a text that another moderator has it."""
    return rx.cond(
        name != "",
        ui.alert(
            "info",
            f"{name} lit ce texte en ce moment",
            rx.el.p("Vous pouvez le lire aussi, mais c’est à cette personne de décider."),
        ),
        rx.fragment(),
    )


def appeal_card(appeal: Any) -> rx.Component:
    """Show an appeal in the queue (a Var of `AppealView`)."""
    return ui.card(
        appeal.title,
        appeal.href,
        meta=[
            rx.cond(
                appeal.late,
                ui.badge(f"En retard : à décider avant le {appeal.due}", "warning"),
                ui.badge(f"À décider avant le {appeal.due}"),
            ),
            rx.el.span(appeal.decision),
        ],
        body=rx.cond(
            appeal.mine,
            rx.el.p(not_by_oneself(appeal), class_name="fr-card__desc"),
            rx.fragment(),
        ),
        heading="h3",
    )


def not_by_oneself(appeal: Any) -> Any:
    """Say why the viewer may not decide an appeal."""
    return rx.cond(
        appeal.alone,
        "Vous avez pris cette décision, et personne d’autre ne modère : cette demande attend une "
        "seconde personne.",
        "Vous avez pris cette décision : une autre personne doit la relire.",
    )


def appeal_panel(appeal: Any, state: Any) -> rx.Component:
    """Show an appeal on the page of its text, and its two answers to who may give them."""
    return rx.el.section(
        rx.el.h2("Second avis demandé"),
        rx.el.p(
            f"Demandé le {appeal.asked}. À décider avant le {appeal.due}.",
            rx.cond(appeal.late, ui.badge("En retard", "warning"), rx.fragment()),
            class_name="meta",
        ),
        rx.cond(
            appeal.text != "",
            rx.fragment(
                rx.el.p("L’auteur écrit :"),
                rx.el.blockquote(appeal.text, class_name="prose answer"),
            ),
            rx.el.p("L’auteur n’a rien ajouté."),
        ),
        rx.el.p("La décision contestée : ", rx.el.strong(appeal.decision)),
        rx.cond(appeal.told != "", rx.el.p(appeal.told, class_name="prose soft"), rx.fragment()),
        rx.cond(
            appeal.mine,
            ui.alert("info", not_by_oneself(appeal)),
            rx.fragment(_uphold(appeal, state), _reject(appeal, state)),
        ),
        class_name="panel stack",
    )


def _uphold(appeal: Any, state: Any) -> rx.Component:
    return forms.state_form(
        state.uphold,
        forms.hidden("appeal", appeal.id.to_string()),
        ui.button(
            rx.cond(
                appeal.of_edit,
                "Donner raison à l’auteur et rétablir son texte",
                rx.cond(
                    appeal.of_mask,
                    "Donner raison à l’auteur, sans remettre les mots masqués",
                    "Donner raison à l’auteur et publier",
                ),
            ),
            type="submit",
        ),
    )


def _reject(appeal: Any, state: Any) -> rx.Component:
    return rx.el.details(
        rx.el.summary("Maintenir la décision"),
        forms.state_form(
            state.reject,
            forms.hidden("appeal", appeal.id.to_string()),
            ui.textarea_field(
                "message",
                "Pourquoi la décision est maintenue",
                hint="L’auteur lira ces mots.",
                rows=4,
                max_length=MESSAGE_MAX,
                field_id="appeal-message",
                error=forms.error_of(state.errors, "appeal-message"),
            ),
            ui.button("Maintenir et écrire à l’auteur", type="submit", kind="secondary"),
        ),
        open=state.errors.contains("appeal-message"),
    )
