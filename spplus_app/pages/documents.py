"""The list of the documents that people found hard, and the search in it."""

from __future__ import annotations

import reflex as rx

from ..components import document_list, search, ui, words
from ..states.document_list import DocumentListState
from .layout import page


def documents() -> rx.Component:
    """List the hard documents, the newest first, and search in them."""
    state = DocumentListState
    return page(
        ui.page_title(words.DOCUMENTS_TITLE, lead=words.DOCUMENTS_LEAD),
        rx.el.div(
            rx.el.p(ui.link_button(*words.REPORT_DOCUMENT, reload_document=True)),
            document_list.form(
                state.ask, query=state.query, service=state.service, numbers=state.numbers
            ),
            class_name="stack",
        ),
        rx.cond(state.loaded, _rows(), ui.slot("Chargement des documents…")),
        current=words.DOCUMENTS,
        here=words.DOCUMENTS_TITLE,
    )


def _rows() -> rx.Component:
    state = DocumentListState
    return rx.el.div(
        search.told(
            numbers=state.told,
            note=state.note,
            chosen=state.chosen,
            orders=state.orders,
            clear=words.DOCUMENTS,
        ),
        rx.cond(
            state.cards.length() > 0,
            rx.fragment(
                document_list.cards(state.cards),
                ui.pagination(first=state.first_href, following=state.next_href, label=words.PAGES),
            ),
            document_list.nothing(state.query),
        ),
        class_name="slot stack",
    )
