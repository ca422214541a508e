"""The public list, and one experience with its replies."""

from __future__ import annotations

import reflex as rx

from ..components import experiences, ui, words
from ..states.public import ExperiencesState, ExperienceState
from .layout import absent, page


def experience_list() -> rx.Component:
    """List what others lived, the newest first."""
    state = ExperiencesState
    return page(
        ui.page_title(
            "Expériences",
            lead="Ce que d’autres ont vécu avec un service public, et ce que le service a répondu.",
        ),
        rx.cond(state.loaded, _rows(), ui.slot("Chargement des expériences…")),
        current="/experiences",
        here="Expériences",
    )


def _rows() -> rx.Component:
    state = ExperiencesState
    return rx.el.div(
        rx.cond(
            state.cards.length() > 0,
            rx.fragment(
                experiences.cards(state.cards),
                experiences.pager(state.next_href, "/experiences", state.first_page),
            ),
            ui.empty_state(*words.NO_CARDS, ui.link_button(*words.SHARE, reload_document=True)),
        ),
        class_name="slot stack",
    )


def experience() -> rx.Component:
    """Show one experience: the text, the services met, the replies."""
    state = ExperienceState
    return page(
        rx.cond(
            state.loaded,
            rx.cond(state.found, _found(), absent(*words.NOT_PUBLISHED)),
            ui.slot("Chargement de l’expérience…", title="Expérience", class_name="stack"),
        ),
        current="/experiences",
        trail=(("Expériences", "/experiences"),),
        here=rx.cond(state.found, state.view.title, "Expérience"),
    )


def _found() -> rx.Component:
    view = ExperienceState.view
    return rx.el.div(
        rx.el.div(
            experiences.article(view),
            rx.el.section(
                rx.el.h2("Réponses"),
                rx.cond(
                    view.replies.length() > 0,
                    rx.foreach(view.replies, experiences.reply),
                    rx.el.p(words.NO_REPLY),
                ),
                class_name="stack",
                custom_attrs={"id": "reponses"},
            ),
            class_name="stack stack--loose",
        ),
        rx.el.aside(
            rx.el.h2("Services concernés"),
            experiences.services(view),
            rx.el.hr(),
            rx.el.p(words.OTHERS),
            ui.link_button(*words.SHARE, kind="secondary", small=True, reload_document=True),
            class_name="panel stack",
        ),
        class_name="two-columns",
    )
