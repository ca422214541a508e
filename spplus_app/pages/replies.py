"""The agents' screens: the inbox, and one experience to reply to."""

from __future__ import annotations

from typing import Any

import reflex as rx

from ..components import experiences, forms, reporting, ui
from ..domain.replies import POLITENESS, REPLY_MAX, SIGNATURE_MAX
from ..states.replies import InboxState, ReplyState
from ..states.session import SessionState
from .layout import absent, page, waiting

_INBOX = "/espace/reponses"


def _box(name: str, label: str, count: Any = None) -> rx.Component:
    here = InboxState.box == name
    number = [] if count is None else [" ", rx.el.span("(", count, ")")]
    return rx.el.li(
        rx.el.a(
            label,
            *number,
            href=f"{_INBOX}?boite={name}",
            class_name=rx.cond(here, "fr-tag fr-tag--current", "fr-tag"),
            custom_attrs={"aria-current": rx.cond(here, "page", "false")},
        )
    )


def _delay(row: Any) -> rx.Component:
    return rx.el.li(rx.el.strong(row[0]), " : ", row[1])


def inbox() -> rx.Component:
    """The inbox: to handle, late, replied."""
    state = InboxState
    return page(
        ui.page_title("Expériences reçues"),
        rx.cond(
            SessionState.edits_reasons,
            rx.el.p(rx.el.a("Motifs de modération", href="/espace/moderation/motifs")),
            rx.fragment(),
        ),
        rx.el.p(rx.el.a("Documents difficiles de vos services", href="/espace/documents")),
        forms.of_state(state),
        rx.el.nav(
            rx.el.ul(
                _box("a-traiter", "À traiter", state.todo),
                _box("en-retard", "En retard", state.late),
                _box("repondues", "Répondues"),
                class_name="cluster plain-list",
            ),
            custom_attrs={"aria-label": "Boîtes"},
        ),
        rx.cond(
            state.loaded,
            rx.fragment(
                rx.cond(
                    state.cards.length() > 0,
                    experiences.cards(state.cards),
                    ui.empty_state(
                        rx.match(
                            state.box,
                            ("en-retard", "Aucune réponse en retard."),
                            ("repondues", "Aucune réponse publiée pour le moment."),
                            "Rien à traiter.",
                        ),
                        "Une expérience publiée sur vos services apparaîtra ici d’elle-même.",
                    ),
                ),
                ui.pagination(following=state.next_href, label="Pages de la boîte"),
                rx.cond(
                    state.delays.length() > 0,
                    rx.el.section(
                        rx.el.h2("Délais de réponse annoncés"),
                        rx.el.ul(rx.foreach(state.delays, _delay), class_name="plain-list"),
                        class_name="panel stack",
                    ),
                    rx.fragment(),
                ),
            ),
            ui.progress_text("Chargement de votre boîte…"),
        ),
        here="Expériences reçues",
        lapsed=state.lapsed,
    )


def reply() -> rx.Component:
    """One experience and the reply form, which stays whatever happens around it."""
    state = ReplyState
    return page(
        rx.cond(
            state.loaded & ~state.found,
            absent(
                "Cette expérience n’est pas dans votre boîte",
                "Elle concerne un autre service, ou son auteur l’a retirée.",
                "Revenir à ma boîte",
                _INBOX,
            ),
            rx.fragment(),
        ),
        rx.el.div(
            rx.el.div(
                rx.cond(
                    state.found,
                    rx.fragment(
                        reporting.notices(state.notices),
                        experiences.article(state.view),
                        rx.el.section(
                            rx.el.h2("Services concernés"),
                            experiences.services(state.view),
                            class_name="stack",
                        ),
                        rx.foreach(state.view.replies, lambda one: experiences.reply(one)),
                    ),
                    rx.cond(
                        state.loaded,
                        rx.fragment(),
                        waiting("Répondre", "Chargement de l’expérience…"),
                    ),
                ),
                class_name="stack stack--loose",
            ),
            rx.el.section(
                rx.el.h2("Votre réponse"),
                rx.cond(
                    state.sent,
                    forms.success(
                        "Votre réponse est publiée",
                        rx.el.p(
                            "L’auteur est prévenu s’il a confirmé son adresse. ",
                            rx.el.a("Voir la page publique", href=state.view.href),
                        ),
                        rx.el.p(rx.el.a("Revenir à ma boîte", href=_INBOX)),
                    ),
                    rx.fragment(),
                ),
                forms.of_state(state),
                rx.el.div(_form(), hidden=state.sent),
                class_name="panel stack",
                hidden=state.loaded & ~state.found,
            ),
            class_name="two-columns two-columns--even",
        ),
        trail=(("Expériences reçues", _INBOX),),
        here=rx.cond(state.found, state.view.title, "Répondre"),
        lapsed=state.lapsed,
    )


def _targets() -> rx.Component:
    state = ReplyState
    return rx.el.div(
        rx.el.label("Au nom de", html_for="structure", class_name="fr-label"),
        rx.el.select(
            rx.foreach(state.targets, lambda target: rx.el.option(target.name, value=target.code)),
            name="structure",
            class_name="fr-select",
            custom_attrs={"id": "structure"},
        ),
        class_name="fr-select-group",
    )


def _form() -> rx.Component:
    state = ReplyState
    return forms.draft(
        forms.checked_form(
            "/api/reponses/{id}/relecture",
            state.submit,
            [
                forms.hidden("uuid"),
                forms.hidden("intent", "send"),
                _targets(),
                ui.textarea_field(
                    "text",
                    "Votre réponse",
                    hint="Commencez par ce que la personne peut faire. Elle sera publique.",
                    rows=10,
                    max_length=REPLY_MAX,
                    error=forms.error_of(state.errors, "text"),
                ),
                ui.select_field(
                    "politeness",
                    "Formule de politesse",
                    [(words, words) for words in POLITENESS],
                    error=forms.error_of(state.errors, "politeness"),
                ),
                ui.input_field(
                    "signature",
                    "Signature",
                    hint="Un service, ou un prénom et une fonction.",
                    max_length=SIGNATURE_MAX,
                    error=forms.error_of(state.errors, "signature"),
                ),
            ],
            rx.el.p(state.draft_kept, role="status", class_name="fr-hint-text"),
            ui.button("Publier la réponse", type="submit"),
            custom_attrs={"data-saves": ""},
        ),
        load="/api/brouillon/reponse/{id}",
        autosave=True,
    )
