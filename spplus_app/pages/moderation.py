"""Moderation's screens: the queue, and one text to decide about."""

from __future__ import annotations

from typing import Any

import reflex as rx

from ..components import experiences, forms, moderation_decisions, texts, ui
from ..domain.moderation import MESSAGE_MAX
from ..states.moderation import QueueState, ReviewState
from . import moderation_gestures as gestures
from . import reporting
from .layout import absent, page, waiting

_QUEUE = "/espace/moderation"


def _card(card: Any) -> rx.Component:
    return ui.card(
        card.title,
        card.href,
        meta=[
            ui.ressenti_badge(card.ressenti),
            ui.badge(card.state),
            moderation_decisions.held(
                rx.cond(
                    QueueState.held.contains(card.id.to_string()),
                    QueueState.held[card.id.to_string()],
                    "",
                )
            ),
            rx.el.span(card.services),
            rx.el.time(card.date, date_time=card.iso),
        ],
        body=card.excerpt,
        footer=[rx.foreach(card.looks, moderation_decisions.label)],
    )


def _urgent() -> rx.Component:
    return rx.el.section(
        rx.el.h2("À lire maintenant"),
        rx.el.p(
            "Un programme a vu des mots de détresse, de danger ou de menace. Il peut se tromper\u00a0: "
            "lisez ces textes avant les autres."
        ),
        rx.el.div(rx.foreach(QueueState.urgent, _card), class_name="cards"),
        class_name="stack urgent",
    )


def _in_turn() -> rx.Component:
    return rx.el.section(
        rx.el.h2("Dans l’ordre d’arrivée"),
        rx.el.div(rx.foreach(QueueState.cards, _card), class_name="cards"),
        class_name="stack",
    )


def _answer(card: Any) -> rx.Component:
    ident = f"reason-{card.id}"
    error = forms.error_of(QueueState.errors, ident)
    return rx.el.article(
        rx.el.p("À propos de ", rx.el.a(card.title, href=card.href)),
        rx.el.p(card.date, class_name="meta"),
        rx.el.p(card.excerpt, class_name="prose"),
        rx.el.ul(
            rx.foreach(card.looks, moderation_decisions.look),
            class_name="plain-list",
            hidden=card.looks.length() == 0,
        ),
        ui.button("Publier la réponse", small=True, on_click=QueueState.publish_answer(card.id)),
        rx.el.details(
            rx.el.summary("Refuser avec un motif"),
            rx.el.form(
                forms.hidden("answer", card.id),
                moderation_decisions.reason_select(QueueState.reasons, ident, error),
                ui.button("Refuser", type="submit", kind="danger", small=True),
                on_submit=QueueState.refuse_answer,
            ),
            open=error != "",
        ),
        class_name="panel stack",
        key=card.id,
    )


def queue() -> rx.Component:
    """The queue, the longest waiting first."""
    state = QueueState
    return page(
        ui.page_title("À relire"),
        rx.el.p(rx.el.a("Documents difficiles à transmettre", href="/espace/documents")),
        forms.of_state(state),
        rx.cond(state.loaded, gestures.documents_to_read(), rx.fragment()),
        rx.cond(
            state.loaded,
            rx.fragment(
                rx.cond(state.urgent.length() > 0, _urgent(), rx.fragment()),
                reporting.section(),
                rx.cond(
                    state.total > 0,
                    rx.el.p(
                        rx.el.strong(state.total),
                        rx.cond(state.total > 1, " expériences attendent.", " expérience attend."),
                        role="status",
                    ),
                    ui.empty_state(
                        "Tout est relu.",
                        "Une nouvelle expérience apparaîtra ici d’elle-même.",
                    ),
                ),
                rx.cond(state.total > 0, gestures.take_next(), rx.fragment()),
                rx.cond(state.cards.length() > 0, _in_turn(), rx.fragment()),
                ui.pagination(following=state.next_href, label="Pages de la file"),
                gestures.appeals_asked(),
                rx.cond(
                    state.answers.length() > 0,
                    rx.el.section(
                        rx.el.h2("Réponses d’auteurs à relire"),
                        rx.foreach(state.answers, _answer),
                        class_name="stack",
                    ),
                    rx.fragment(),
                ),
            ),
            ui.progress_text("Chargement de la file…"),
        ),
        here="Modération",
        lapsed=state.lapsed,
    )


def review() -> rx.Component:
    """One text: read, then publish, refuse or edit."""
    state = ReviewState
    return page(
        rx.cond(
            state.found,
            _found(),
            rx.cond(
                state.loaded,
                absent(
                    "Cette expérience n’est pas à relire",
                    state.problem,
                    "Revenir à la file",
                    _QUEUE,
                ),
                waiting("Relecture", "Chargement de l’expérience…"),
            ),
        ),
        trail=(("Modération", _QUEUE),),
        here=rx.cond(state.found, state.view.title, "Relecture"),
        lapsed=state.lapsed,
    )


def _found() -> rx.Component:
    state = ReviewState
    return rx.el.div(
        rx.el.div(
            rx.el.div(
                ui.badge(state.status_name),
                rx.el.span("Reçue le ", state.waiting_since),
                class_name="meta",
            ),
            rx.cond(
                state.stale,
                ui.alert(
                    "warning",
                    "Le texte a changé pendant votre lecture",
                    rx.el.p(
                        "Relisez-le avant de décider : c’est la nouvelle version qui est affichée."
                    ),
                    live=True,
                ),
                rx.fragment(),
            ),
            forms.of_state(state),
            gestures.held_by_another(),
            gestures.appeal_asked(),
            experiences.article(state.view),
            rx.cond(state.looks.length() > 0, _looks(), rx.fragment()),
            rx.cond(state.masked, _masked(), rx.fragment()),
            rx.cond(state.changed, _changes(), rx.fragment()),
            rx.cond(state.may_refuse, _edit(), rx.fragment()),
            class_name="stack stack--loose",
        ),
        rx.el.aside(
            rx.el.h2("Décider"),
            rx.cond(state.may_publish, _publish(), rx.fragment()),
            rx.cond(state.may_refuse, rx.fragment(gestures.mask_words(), _refuse()), rx.fragment()),
            gestures.leave(),
            rx.el.h2("Services concernés"),
            experiences.services(state.view),
            rx.el.h2("Historique"),
            experiences.step_list(state.past),
            class_name="panel stack",
        ),
        class_name="two-columns",
    )


def _publish() -> rx.Component:
    return ui.button("Publier", on_click=ReviewState.publish(ReviewState.version))


def _looks() -> rx.Component:
    return rx.el.section(
        rx.el.h2("Pourquoi relire de près"),
        rx.el.p("Un programme l’a vu, et il peut se tromper. C’est vous qui décidez."),
        rx.el.ul(
            rx.foreach(ReviewState.looks, moderation_decisions.look),
            class_name="plain-list stack stack--loose",
        ),
        class_name="panel stack",
    )


def _masked() -> rx.Component:
    return rx.el.section(
        rx.el.h2("Des mots sont masqués"),
        rx.el.p("Le texte d’origine est scellé. Si vous le lisez, votre lecture est notée."),
        forms.OriginalElement.create(
            ui.button("Lire le texte d’origine", kind="tertiary"),
            custom_attrs={"data-load": "/api/moderation/{id}/original"},
        ),
        class_name="panel stack--tight",
    )


def _changes() -> rx.Component:
    state = ReviewState
    return rx.el.details(
        rx.el.summary("Ce qui a changé depuis l’original"),
        ui.diff_view(state.title_diff, label="Titre"),
        ui.diff_view(state.narrative_diff, label="Récit"),
        class_name="panel",
    )


def _refuse() -> rx.Component:
    state = ReviewState
    return rx.el.details(
        rx.el.summary("Demander une correction, refuser ou orienter"),
        forms.state_form(
            state.refuse,
            forms.hidden("version", state.version.to_string()),
            moderation_decisions.reason_select(
                state.reasons, "reason", forms.error_of(state.errors, "reason")
            ),
            ui.textarea_field(
                "message",
                "Un mot pour l’auteur",
                optional=True,
                rows=4,
                max_length=MESSAGE_MAX,
                error=forms.error_of(state.errors, "message"),
            ),
            ui.button("Ne pas publier et écrire à l’auteur", type="submit", kind="danger"),
        ),
    )


def _edit() -> rx.Component:
    state = ReviewState
    return rx.el.details(
        rx.el.summary("Retoucher le texte"),
        rx.el.h2("Votre retouche", class_name="fr-sr-only"),
        forms.draft(
            forms.checked_form(
                "/api/moderation/{id}/relecture",
                state.edit,
                [
                    forms.hidden("version", state.version.to_string()),
                    *texts.text_fields(
                        state.errors, title="Titre", narrative="Récit", pseudonym="Signature"
                    ),
                    ui.input_field(
                        "note",
                        "Pourquoi cette retouche",
                        hint="L’auteur lira cette phrase. L’original est gardé.",
                        error=forms.error_of(state.errors, "note"),
                    ),
                ],
                ui.button("Enregistrer la retouche", type="submit", kind="secondary"),
            ),
            load="/api/moderation/{id}/texte",
        ),
        class_name="panel",
    )
