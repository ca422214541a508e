"""What an author reads of a text that is not published, and what they can do: three kinds."""

from __future__ import annotations

from typing import Any

import reflex as rx

from ..components import forms, texts, ui
from ..domain.appeals import APPEAL_MAX
from ..domain.decisions import OUTCOMES, PLACES, Place
from ..domain.experiences import Status
from ..domain.moderation import ReasonKind
from ..states.follow_up import FollowState

ASKED = "second-avis-demande"
"""What says that a second opinion was asked for."""


def decision() -> rx.Component:
    """Say what was decided and why, then what the author can do now."""
    state = FollowState
    return rx.fragment(
        rx.cond(
            state.may_correct,
            rx.match(
                state.kind,
                (ReasonKind.REFUSE.value, _refused()),
                (ReasonKind.REDIRECT.value, _elsewhere()),
                (Status.HIDDEN.value, _hidden()),
                _to_correct(),
            ),
            rx.fragment(),
        ),
        rx.cond(state.may_correct, rx.fragment(), _appeal()),
    )


def _told(kind: ReasonKind) -> rx.Component:
    outcome = OUTCOMES[kind]
    return ui.alert(
        "warning" if kind is ReasonKind.CORRECT else "info",
        outcome.title,
        rx.foreach(FollowState.refusal, rx.el.p),
        rx.el.p(rx.el.strong("Ce que vous pouvez faire : "), _now(kind)),
    )


def _now(kind: ReasonKind) -> Any:
    """What is left to do; a second opinion is offered once."""
    now = OUTCOMES[kind].now
    now = now[0].lower() + now[1:]
    if kind is not ReasonKind.REFUSE:
        return now
    left = "changez votre texte et renvoyez-le, ou retirez-le."
    return rx.cond(FollowState.appeal.decision > 0, now, left)


def _to_correct() -> rx.Component:
    return rx.el.section(
        _told(ReasonKind.CORRECT),
        rx.el.h2("Corriger et renvoyer"),
        _correction(),
        _appeal(),
        class_name="stack",
    )


def _refused() -> rx.Component:
    return rx.el.section(
        _told(ReasonKind.REFUSE), _appeal(), _correction_folded(), class_name="stack"
    )


def _hidden() -> rx.Component:
    return rx.el.section(_appeal(), _correction_folded(), class_name="stack")


def _elsewhere() -> rx.Component:
    return rx.el.section(
        _told(ReasonKind.REDIRECT),
        rx.el.h2("Qui peut vous répondre"),
        rx.el.ul(*(_place(place) for place in PLACES), class_name="stack--tight"),
        _appeal(),
        _correction_folded(),
        class_name="stack",
    )


def _place(place: Place) -> rx.Component:
    name: Any = (
        rx.el.a(place.name, href=place.url, rel="noopener external") if place.url else place.name
    )
    return rx.el.li(rx.el.strong(name), ". ", place.sentence)


def _correction_folded() -> rx.Component:
    return rx.el.details(
        rx.el.summary("Changer mon texte et le renvoyer"), _correction(), class_name="panel"
    )


def _correction() -> rx.Component:
    state = FollowState
    return forms.draft(
        forms.state_form(
            state.resend,
            *texts.text_fields(
                state.errors,
                title="Résumez en une phrase",
                narrative="Racontez ce qui s’est passé",
                pseudonym="Un prénom ou un pseudonyme",
            ),
            ui.button("Renvoyer mon texte corrigé", type="submit"),
        ),
        load="/api/suivi/{id}/texte",
        local="correction-{id}",
        goes=True,
    )


def _appeal() -> rx.Component:
    """Offer a second opinion once, or say where it stands."""
    appeal = FollowState.appeal
    return rx.fragment(
        rx.cond(appeal.decision > 0, _ask(), rx.fragment()),
        rx.cond(
            appeal.asked != "",
            rx.el.div(_asked(), tab_index=-1, custom_attrs={"id": ASKED}),
            rx.fragment(),
        ),
        rx.cond(
            appeal.rejected != "",
            ui.alert(
                "info",
                f"Second avis du {appeal.rejected} : la décision est maintenue",
                rx.el.p(appeal.message, class_name="prose"),
            ),
            rx.fragment(),
        ),
    )


def _asked() -> rx.Component:
    appeal = FollowState.appeal
    return ui.alert(
        "info",
        f"Vous avez demandé un second avis le {appeal.asked}",
        rx.cond(
            appeal.late,
            rx.el.p(
                f"Nous devions vous répondre avant le {appeal.due}. Nous sommes en retard : "
                "votre demande passe avant les autres."
            ),
            rx.el.p(
                "Une autre personne que celle qui a décidé relit votre texte. Elle vous "
                f"répondra ici avant le {appeal.due}."
            ),
        ),
    )


def _ask() -> rx.Component:
    appeal = FollowState.appeal
    return rx.el.section(
        rx.el.h2("Pas d’accord avec cette décision ?"),
        rx.el.p(
            "Une autre personne que celle qui a décidé relira votre texte. Elle vous répondra sur "
            f"cette page avant le {appeal.promised}. Vous pouvez le demander une fois."
        ),
        forms.http_form(
            f"/api/suivi/{FollowState.view.id}/second-avis",
            forms.hidden("decision", appeal.decision.to_string()),
            ui.textarea_field(
                "texte",
                "Pourquoi vous n’êtes pas d’accord",
                optional=True,
                rows=4,
                max_length=APPEAL_MAX,
                field_id="second-avis-texte",
            ),
            ui.button("Demander un second avis", type="submit", kind="secondary"),
            announced="Votre demande de second avis est envoyée.",
            then=ASKED,
        ),
        class_name="panel stack",
    )
