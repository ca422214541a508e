"""The reasons of moderation, for the programme team to revise."""

from __future__ import annotations

from typing import Any

import reflex as rx

from ..components import forms, ui
from ..domain.moderation import AUTHOR_TEXT_MAX, KIND_NAMES, LABEL_MAX
from ..states.reasons import ReasonsState
from .layout import page

_KINDS = [(kind.value, name) for kind, name in KIND_NAMES.items()]


def reasons() -> rx.Component:
    """Every reason with its form, then the form of one more."""
    state = ReasonsState
    return page(
        ui.page_title(
            "Motifs de modération",
            lead="Ce que la modération peut répondre à un auteur, et les mots qu’il lira.",
        ),
        forms.of_state(state),
        rx.cond(
            state.loaded,
            rx.el.div(
                rx.el.p(
                    "Un motif changé ne change pas ce que des auteurs ont déjà lu. Un motif retiré "
                    "est gardé, mais n’est plus proposé."
                ),
                rx.foreach(state.rows, _reason),
                _add(),
                class_name="stack",
            ),
            rx.cond(
                state.problem == "",
                ui.progress_text("Chargement des motifs…"),
                rx.fragment(),
            ),
        ),
        here="Motifs de modération",
        lapsed=state.lapsed,
    )


def _reason(row: Any) -> rx.Component:
    return rx.el.article(
        rx.el.h2(row.label, class_name="fr-h6"),
        rx.el.p(
            ui.badge(row.kind_name),
            rx.cond(row.active, rx.fragment(), ui.badge("N’est plus proposé", "warning")),
            rx.el.span("Source : ", row.source),
            class_name="meta",
        ),
        rx.el.p(row.author_text, class_name="prose"),
        rx.el.details(
            rx.el.summary("Modifier ", rx.el.span(f"« {row.label} »", class_name="fr-sr-only")),
            _form(row),
            open=(ReasonsState.edited == row.code) & (ReasonsState.errors.length() > 0),
        ),
        rx.cond(
            row.active,
            ui.button(
                "Ne plus proposer",
                kind="tertiary",
                small=True,
                on_click=ReasonsState.withdraw(row.code),
                custom_attrs={"aria-label": f"Ne plus proposer « {row.label} »"},
            ),
            ui.button(
                "Proposer de nouveau",
                kind="tertiary",
                small=True,
                on_click=ReasonsState.offer(row.code),
                custom_attrs={"aria-label": f"Proposer de nouveau « {row.label} »"},
            ),
        ),
        class_name="panel stack--tight",
        key=row.code,
    )


def _error(code: Any, name: str) -> Any:
    """The sentence beside a field, in the form that was sent only."""
    state = ReasonsState
    return rx.cond(state.edited == code, forms.error_of(state.errors, name), "")


def _ident(name: str, code: Any) -> str:
    """The identifier of a field: its name where one is added, with the code of a reason elsewhere."""
    return f"{name}-{code}" if isinstance(code, rx.Var) else name


def _fields(code: Any, label: Any, author_text: Any, kind: Any) -> list[rx.Component]:
    return [
        ui.input_field(
            "label",
            "Nom du motif",
            hint="Les modérateurs le choisissent par ce nom.",
            max_length=LABEL_MAX,
            default_value=label,
            error=_error(code, "label"),
            field_id=_ident("label", code),
        ),
        ui.select_field(
            "kind",
            "Ce que la modération fait avec ce motif",
            _KINDS,
            default_value=kind,
            error=_error(code, "kind"),
            field_id=_ident("kind", code),
        ),
        ui.textarea_field(
            "author_text",
            "Ce que l’auteur lira",
            hint="Ce qui s’est passé, pourquoi, et ce qu’il peut faire.",
            rows=4,
            max_length=AUTHOR_TEXT_MAX,
            default_value=author_text,
            error=_error(code, "author_text"),
            field_id=_ident("author_text", code),
        ),
    ]


def _form(row: Any) -> rx.Component:
    return forms.state_form(
        ReasonsState.save,
        forms.hidden("code", row.code),
        *_fields(row.code, row.label, row.author_text, row.kind),
        ui.input_field(
            "position",
            "Place dans la liste",
            input_mode="numeric",
            width="short",
            default_value=row.position,
            error=_error(row.code, "position"),
            field_id=_ident("position", row.code),
        ),
        ui.button("Enregistrer", type="submit", kind="secondary"),
    )


def _add() -> rx.Component:
    return rx.el.section(
        rx.el.h2("Ajouter un motif"),
        forms.state_form(
            ReasonsState.add,
            *_fields("", "", "", ""),
            ui.button("Ajouter ce motif", type="submit"),
            # Added, the form gives way to an empty one.
            key=ReasonsState.added.to_string(),
        ),
        class_name="panel stack",
    )
