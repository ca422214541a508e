"""Sending a hard document: the form, and what becomes of what was sent."""

from __future__ import annotations

import reflex as rx

from ..components import document, document_rights, forms, reporting, ui
from ..components import document_words as words
from ..components.words import DOCUMENT_TRAIL
from ..domain.documents.stages import Stage
from ..states.document_sent import SentDocumentState
from .layout import absent, page

FORM = "/documents/signaler"


def form() -> rx.Component:
    """The form: the first paint makes it, whole, for those who have scripts and those without."""
    return page(
        ui.slot("Ouverture du formulaire…", title=words.TITLE, class_name="stack", again=True),
        trail=(DOCUMENT_TRAIL,),
        here=words.TITLE,
    )


def sent() -> rx.Component:
    """Where a document stands, and its private link for a day."""
    state = SentDocumentState
    return page(
        rx.cond(
            state.loaded,
            rx.cond(state.found, _found(), absent(*words.NOT_HERE, reload_document=True)),
            ui.slot("Chargement…", title=words.SENT, class_name="stack"),
        ),
        trail=(DOCUMENT_TRAIL, (words.TITLE, FORM)),
        here="Mon document",
    )


def _found() -> rx.Component:
    view = SentDocumentState.view
    return rx.el.div(
        ui.page_title(
            rx.match(
                view.stage, *[(one.value, name) for one, name in words.TITLES.items()], words.OWN
            )
        ),
        rx.el.div(
            rx.match(
                view.stage,
                *[(stage.value, _stands(stage)) for stage in words.STATES],
                rx.fragment(),
            ),
            role="status",
        ),
        reporting.notices(view.notices),
        rx.cond(
            SentDocumentState.help != "",
            document.html(SentDocumentState.help, ""),
            rx.fragment(),
        ),
        rx.cond(view.receipt, _receipt(), rx.fragment()),
        rx.cond(
            view.proof != "",
            document_rights.rights(view.id, view.proof, withdrawable=view.withdrawable),
            rx.fragment(),
        ),
        class_name="form-column stack stack--loose",
    )


def _stands(stage: Stage) -> rx.Component:
    kind, means, on = words.STATES[stage]
    view = SentDocumentState.view
    return ui.alert(
        kind,
        words.NAMES[stage],
        rx.cond(view.told != "", rx.el.p(view.told, class_name="prose"), rx.fragment()),
        rx.el.p(means),
        *([rx.el.p(ui.link_button(on, view.href, reload_document=True))] if on else []),
    )


def _receipt() -> rx.Component:
    return rx.el.section(
        rx.el.h2(words.KEEP[0]),
        rx.el.p(words.KEEP[1], custom_attrs={"id": "lien-aide"}),
        forms.ReceiptElement.create(
            custom_attrs={
                "data-load": "/api/documents/{id}/recu",
                "data-drops": "document",
                "data-absent": words.NO_RECEIPT,
                "data-not-mailed": words.ONLY_LINK,
                "data-label": words.LINK,
                "data-opens": words.OPEN,
            }
        ),
    )
