"""The public list, and one experience with its replies."""

from __future__ import annotations

import reflex as rx

from ..components import experiences, ui
from ..states.public import ExperiencesState, ExperienceState
from .layout import absent, page, waiting


def experience_list() -> rx.Component:
    """List what others lived, the newest first."""
    state = ExperiencesState
    return page(
        ui.page_title(
            "Expériences",
            lead="Ce que d’autres ont vécu avec un service public, et ce que le service a répondu.",
        ),
        rx.cond(
            state.cards.length() > 0,
            rx.fragment(
                experiences.cards(state.cards),
                experiences.pager(state.next_href, "/experiences", state.first_page),
            ),
            rx.cond(
                state.loaded,
                ui.empty_state(
                    "Aucune expérience ici pour le moment.",
                    "Racontez la vôtre : elle sera relue, puis publiée.",
                    ui.link_button(
                        "Je partage mon expérience", "/partager/service", reload_document=True
                    ),
                ),
                ui.progress_text("Chargement des expériences…"),
            ),
        ),
        current="/experiences",
        here="Expériences",
    )


def experience() -> rx.Component:
    """Show one experience: the text, the services met, the replies."""
    state = ExperienceState
    return page(
        rx.cond(
            state.found,
            _found(),
            rx.cond(
                state.loaded,
                absent(
                    "Cette expérience n’est pas publiée",
                    "L’adresse est peut-être incomplète, ou son auteur l’a retirée. Vous pouvez lire "
                    "les autres.",
                    "Lire les expériences",
                    "/experiences",
                ),
                waiting("Expérience", "Chargement de l’expérience…"),
            ),
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
                    rx.el.p("Le service n’a pas encore répondu."),
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
            rx.el.p("Vous avez vécu autre chose avec un service public ?"),
            ui.link_button(
                "Je partage mon expérience",
                "/partager/service",
                kind="secondary",
                small=True,
                reload_document=True,
            ),
            class_name="panel stack",
        ),
        class_name="two-columns",
    )
