"""One hard document: its text to read and to mark, its pages beside it."""

from __future__ import annotations

import reflex as rx

from ..api import assets
from ..components import document, ui, words
from ..states.reading import DocumentState
from .layout import absent, page


def read() -> rx.Component:
    """Show a document, what is hard in it, and what readers make of each sentence."""
    state = DocumentState
    return page(
        rx.cond(
            state.loaded,
            rx.cond(
                state.found,
                _found(),
                rx.cond(state.gone, absent(*words.DOCUMENT_ERASED), absent(*words.DOCUMENT_ABSENT)),
            ),
            ui.slot("Chargement du document…", title="Document", class_name="stack"),
        ),
        current="/documents",
        trail=(words.DOCUMENT_TRAIL,),
        here=rx.cond(state.found, state.view.title, "Document"),
    )


def _found() -> rx.Component:
    state = DocumentState
    return rx.fragment(
        document.about(state.view),
        rx.cond(
            state.view.hidden,
            document.html(state.body, "reading"),
            document.MarkingElement.create(
                document.html(state.body, "reading"),
                custom_attrs={"data-document": state.view.id, "data-moved": state.moved},
            ),
        ),
        rx.el.script(src=assets.address("marking.js"), custom_attrs={"async": True}),
    )
