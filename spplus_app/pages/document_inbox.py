"""The documents that moderation sends, and that administrations rewrite."""

from __future__ import annotations

from typing import Any

import reflex as rx

from ..components import document_list, forms, ui
from ..states.document_inbox import DocumentInboxState
from .layout import page

TITLE = "Documents à suivre"


def inbox() -> rx.Component:
    """List the documents one works on, what readers did not find clear, and what one may do."""
    state = DocumentInboxState
    return page(
        ui.page_title(
            TITLE,
            lead="Les documents à transmettre, ou ceux de vos services, et les phrases qui perdent "
            "le plus de lecteurs.",
        ),
        forms.of_state(state),
        rx.cond(
            state.loaded,
            rx.fragment(
                rx.cond(
                    state.rows.length() > 0,
                    rx.el.div(rx.foreach(state.rows, _row), class_name="stack stack--loose"),
                    ui.empty_state(
                        "Aucun document pour le moment.",
                        "Un document publié, ou transmis à vos services, apparaîtra ici de "
                        "lui-même.",
                    ),
                ),
                ui.pagination(following=state.next_href, label="Pages des documents"),
            ),
            ui.progress_text("Chargement des documents…"),
        ),
        here=TITLE,
        lapsed=state.lapsed,
    )


def _row(row: Any) -> rx.Component:
    return rx.el.section(
        document_list.document_card(row.card),
        rx.el.p(rx.el.strong(row.marks)),
        rx.cond(
            row.hot.length() > 0,
            rx.fragment(
                rx.el.p("Les phrases qui perdent le plus de lecteurs\u00a0:"),
                rx.el.ol(rx.foreach(row.hot, _hot), class_name="stack--tight"),
            ),
            rx.fragment(),
        ),
        rx.foreach(row.acts, lambda act: _act(row, act)),
        class_name="panel stack",
        key=row.card.id,
    )


def _hot(hot: Any) -> rx.Component:
    return rx.el.li(rx.el.q(hot.text), " ", rx.el.span(hot.told, class_name="fr-hint-text"))


def _act(row: Any, act: Any) -> rx.Component:
    """A button for one act; sending asks whose the document is, where nobody said."""
    ident = f"structure-{row.card.id}"
    sending = act.act == "send"
    return forms.http_form(
        f"/api/documents/{row.card.id}/etat",
        forms.hidden("act", act.act),
        rx.cond(
            sending,
            ui.combobox(
                "structure",
                rx.cond(row.unknown, "L’administration", "Une autre administration"),
                src="/api/structures",
                hint="Son nom, sa ville ou son code postal.",
                field_id=ident,
            ),
            rx.fragment(),
        ),
        ui.button(act.label, type="submit", kind="secondary", small=True),
        announced="C’est noté.",
        key=f"{row.card.id}-{act.act}",
    )
