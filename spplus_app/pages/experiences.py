"""The public list and its search, and one experience with its replies."""

from __future__ import annotations

from typing import Any

import reflex as rx

from ..components import experiences, reporting, search, ui, votes, words
from ..states.public import ExperiencesState, ExperienceState, FiltersState
from .layout import absent, page


def experience_list() -> rx.Component:
    """List what others lived, the newest first, and search in it."""
    state, filters = ExperiencesState, FiltersState
    return page(
        ui.page_title(
            "Expériences",
            lead="Ce que d’autres ont vécu avec un service public, et ce que le service a répondu.",
        ),
        search.form(
            state.ask,
            query=filters.query,
            order=filters.order,
            service=filters.service,
            networks=filters.networks,
            numbers=filters.numbers,
        ),
        rx.cond(state.loaded, _rows(), ui.slot("Chargement des expériences…")),
        current="/experiences",
        here="Expériences",
    )


def _rows() -> rx.Component:
    state, filters = ExperiencesState, FiltersState
    return rx.el.div(
        search.told(
            numbers=filters.told,
            note=filters.note,
            chosen=filters.chosen,
            orders=filters.orders,
            clear=words.LIST,
        ),
        rx.cond(
            state.cards.length() > 0,
            rx.fragment(
                experiences.cards(state.cards),
                ui.pagination(first=state.first_href, following=state.next_href, label=words.PAGES),
            ),
            search.nothing(filters.query, words.LIST),
        ),
        class_name="slot stack",
    )


def experience() -> rx.Component:
    """Show one experience: the text, the services met, the replies."""
    state = ExperienceState
    return page(
        rx.cond(
            state.loaded,
            rx.cond(
                state.found,
                _found(),
                rx.cond(state.gone, absent(*words.ERASED), absent(*words.NOT_PUBLISHED)),
            ),
            ui.slot("Chargement de l’expérience…", title="Expérience", class_name="stack"),
        ),
        current="/experiences",
        trail=(("Expériences", "/experiences"),),
        here=rx.cond(state.found, state.view.title, "Expérience"),
    )


def _found() -> rx.Component:
    view = ExperienceState.view
    return rx.fragment(
        rx.el.div(
            rx.el.div(
                experiences.article(view),
                reporting.experience(view),
                _replies(view),
                votes.similar(view),
                votes.share(view),
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
        ),
        _close(),
    )


def _replies(view: Any) -> rx.Component:
    return rx.el.section(
        rx.el.h2("Réponses"),
        rx.cond(
            view.replies.length() > 0,
            rx.foreach(
                view.replies,
                lambda reply: experiences.reply(
                    reply,
                    votes.on_reply(reply, mine=view.mine),
                    reporting.reply(reply),
                    public=True,
                ),
            ),
            rx.cond(view.hidden_replies.length() > 0, rx.fragment(), rx.el.p(words.NO_REPLY)),
        ),
        rx.foreach(view.hidden_replies, lambda one: rx.el.p(one, class_name="fr-hint-text")),
        class_name="stack",
        custom_attrs={"id": "reponses"},
    )


def _close() -> rx.Component:
    """Show experiences that look like this one: read after it, below it."""
    rows = ExperienceState.similar
    return rx.cond(
        rows.length() > 0,
        rx.el.section(
            rx.el.h2(words.CLOSE),
            experiences.cards(rows, heading="h3", side_by_side=True),
            class_name="stack close",
        ),
        rx.fragment(),
    )
