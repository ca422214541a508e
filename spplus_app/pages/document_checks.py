"""The pages on which documents are masked: by their depositor, then by moderation."""

from __future__ import annotations

from typing import Any

import reflex as rx

from ..api import assets
from ..components import checking, forms, moderation_decisions, ui
from ..components.checking_words import CHECKING
from ..states.document_checks import QUEUE, CheckingState, DocumentQueueState
from .layout import page


def _element() -> rx.Component:
    # Hoisted to the head, once: no other page needs it.
    script = rx.el.script(src=assets.address(assets.CHECKING), custom_attrs={"async": True})
    return rx.fragment(script, checking.checking(CheckingState.moved))


def verify() -> rx.Component:
    """One document, for the browser that sent it."""
    return page(_element(), here=CHECKING["title"])


def review() -> rx.Component:
    """One document handed over, for moderation."""
    return page(
        _element(),
        trail=(("Modération", "/espace/moderation"), ("Documents à relire", QUEUE)),
        here="Document",
    )


def _card(row: Any) -> rx.Component:
    return ui.card(
        f"{row.kind} n° {row.id}",
        f"{QUEUE}/{row.id}",
        meta=[
            rx.cond(row.pages > 0, rx.el.span(f"Pages : {row.pages}"), rx.fragment()),
            rx.el.span(f"Passages masqués : {row.masks}"),
            rx.el.time(row.since),
            moderation_decisions.held(row.holder),
        ],
        heading="h2",
    )


def queue() -> rx.Component:
    """The documents handed over."""
    state = DocumentQueueState
    return page(
        ui.page_title(
            "Documents à relire",
            lead="Vérifiez que rien ne dit qui les a reçus, puis publiez-les.",
        ),
        forms.of_state(state),
        rx.cond(
            state.loaded,
            rx.cond(
                state.rows.length() > 0,
                rx.el.div(
                    rx.el.p(
                        ui.button("Prendre le suivant", on_click=state.take_next.throttle(2000))
                    ),
                    rx.el.div(rx.foreach(state.rows, _card), class_name="cards"),
                    class_name="stack",
                ),
                ui.empty_state("Tout est relu.", "Un nouveau document apparaîtra ici de lui-même."),
            ),
            ui.progress_text("Chargement de la file…"),
        ),
        trail=(("Modération", "/espace/moderation"),),
        here="Documents à relire",
        lapsed=state.lapsed,
    )
