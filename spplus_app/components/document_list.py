"""Hard documents in a list: their cards, the search and its filters."""

from __future__ import annotations

from typing import Any, Literal

import reflex as rx

from ..domain.documents.search import KIND_CODES, PROBLEM_CODES, STATUS_CODES
from ..domain.documents.values import KIND_NAMES, PROBLEM_NAMES, STATUS_NAMES
from ..domain.search import WORDS_MAX
from . import ui, words
from .experiences import marked
from .forms import hidden
from .search import SearchElement, facet

PROBLEMS = tuple((code, PROBLEM_NAMES[one]) for code, one in PROBLEM_CODES.items())
STATUSES = tuple((code, STATUS_NAMES[one]) for code, one in STATUS_CODES.items())
KINDS = tuple((code, KIND_NAMES[one]) for code, one in KIND_CODES.items())


def document_card(card: Any, heading: Literal["h2", "h3"] = "h2") -> rx.Component:
    """Show one document of a list (a Var of `DocumentCardView`)."""
    return ui.card(
        marked(card.title_runs, card.title),
        card.href,
        meta=[
            ui.badge(card.kind),
            rx.el.span(card.structure),
            rx.el.span(card.status_name, " le ", rx.el.time(card.date, date_time=card.iso)),
        ],
        body=rx.fragment(
            rx.el.p(words.HARD_HERE, card.problems, class_name="fr-card__desc"),
            rx.cond(
                card.found.length() > 0,
                rx.el.p(ui.marked_text(card.found), class_name="fr-card__desc"),
                rx.fragment(),
            ),
        ),
        footer=[rx.cond(card.readers != "", rx.el.span(card.readers), rx.fragment())],
        heading=heading,
    )


def cards(rows: Any, heading: Literal["h2", "h3"] = "h2") -> rx.Component:
    """Show a list of documents; ``heading`` is the level of their titles."""
    return rx.el.div(rx.foreach(rows, lambda row: document_card(row, heading)), class_name="cards")


def form(on_submit: Any, *, query: Any, service: Any, numbers: Any) -> rx.Component:
    """Make the search form: a GET form that a script turns into an event.

    Args:
        on_submit: event that takes the fields and leads to the address of the search.
        query: query of the address, « ? » included, that the fields show.
        service: code of the structure in use, kept when the form is sent.
        numbers: Var of the numbers, by ``name=value``.
    """
    return SearchElement.create(
        rx.el.form(
            ui.search_bar(
                words.DOCUMENTS,
                label="Que cherchez-vous\u00a0?",
                max_length=WORDS_MAX,
                bare=True,
                large=True,
            ),
            ui.accordion(
                "Filtrer les documents",
                rx.el.div(
                    ui.combobox(
                        "service_choisi",
                        "L’administration qui l’a envoyé",
                        src="/api/structures",
                        hint="Son nom, sa ville ou son code postal. "
                        "Ce qui dépend d’elle est compris.",
                        field_id="filtre-service",
                    ),
                    hidden("service", service),
                    class_name="facet",
                ),
                rx.el.div(
                    facet("Ce qui est difficile", "probleme", PROBLEMS, numbers, "list"),
                    facet("Où en est le document", "statut", STATUSES, numbers, "list"),
                    facet("Sorte de document", "sorte", KINDS, numbers, "radios"),
                    class_name="facets",
                ),
                ui.button("Voir les résultats", type="submit"),
                heading="h2",
                ident="filtres",
            ),
            action=words.DOCUMENTS,
            method="get",
            on_submit=on_submit,
            role="search",
            class_name="stack",
        ),
        custom_attrs={"data-query": query},
    )


def nothing(query: Any) -> rx.Component:
    """Say that nothing was found and what to try; or that nothing is published yet."""
    return rx.cond(
        query != "",
        ui.empty_state(
            *words.NO_SUCH_DOCUMENT, ui.link_button(words.ALL_DOCUMENTS, words.DOCUMENTS)
        ),
        ui.empty_state(
            *words.NO_DOCUMENT, ui.link_button(*words.REPORT_DOCUMENT, reload_document=True)
        ),
    )
