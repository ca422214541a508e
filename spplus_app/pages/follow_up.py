"""The author's private pages."""

from __future__ import annotations

from typing import Any

import reflex as rx

from ..components import experiences, forms, moderation_decisions, reporting, ui, words
from ..domain.moderation import MASKED_AT_ONCE
from ..domain.replies import ANSWER_MAX
from ..states.follow_up import FollowListState, FollowState
from .follow_up_decision import decision
from .layout import absent, page, waiting


def _row(card: Any) -> rx.Component:
    return ui.card(
        card.title,
        card.href,
        meta=[ui.badge(card.state), rx.el.span(card.services), rx.el.time(card.date)],
        heading="h2",
    )


def follow_list() -> rx.Component:
    """List what this browser follows, or say how to open a private link."""
    state = FollowListState
    return page(
        ui.page_title(
            "Suivre mon expérience", lead="Les expériences que vous suivez sur cet appareil."
        ),
        rx.cond(
            state.cards.length() > 0,
            rx.el.div(
                rx.el.div(rx.foreach(state.cards, _row), class_name="cards"),
                rx.el.p(
                    "Sur un ordinateur partagé, effacez cette liste en partant. Votre lien de suivi "
                    "marchera toujours."
                ),
                rx.el.p(
                    ui.button("Effacer cette liste ici", kind="tertiary", on_click=state.forget)
                ),
                class_name="stack",
            ),
            rx.cond(
                state.loaded,
                ui.empty_state(
                    "Rien à suivre sur cet appareil.",
                    "Ouvrez le lien de suivi que vous avez gardé : dans votre e-mail, sur papier, ou "
                    "en photographiant son code QR.",
                    ui.link_button(
                        "Je partage mon expérience", "/partager/service", reload_document=True
                    ),
                ),
                ui.progress_text("Chargement…"),
            ),
        ),
        here="Suivre mon expérience",
    )


def follow() -> rx.Component:
    """One experience, as its author follows it."""
    state = FollowState
    return page(
        rx.cond(
            state.found,
            _found(),
            rx.cond(
                state.loaded,
                absent(
                    "Ouvrez votre lien de suivi",
                    "Cette page ne s’ouvre que dans le navigateur où votre lien de suivi a été "
                    "ouvert. Retrouvez-le dans votre e-mail, ou sur le papier que vous avez gardé.",
                    "Voir ce que je suis sur cet appareil",
                    "/suivi",
                    reload_document=True,
                ),
                waiting("Mon expérience", "Chargement de votre suivi…"),
            ),
        ),
        trail=(("Suivre mon expérience", "/suivi"),),
        here="Mon expérience",
    )


def _found() -> rx.Component:
    state = FollowState
    return rx.el.div(
        rx.el.div(
            rx.el.div(
                rx.el.p(ui.badge(state.status_name)),
                ui.page_title(state.view.title),
                class_name="stack",
            ),
            forms.of_state(state),
            reporting.notices(state.notices),
            decision(),
            _email(),
            rx.cond(
                state.view.replies.length() > 0,
                rx.el.section(
                    rx.el.h2("Réponses"),
                    rx.foreach(state.view.replies, _reply),
                    _answer(),
                    class_name="stack",
                ),
                rx.fragment(),
            ),
            rx.el.section(
                rx.el.h2("Votre texte"),
                experiences.about(state.view),
                experiences.told(state.view),
                rx.cond(state.may_mask, _mask(), rx.fragment()),
            ),
            class_name="stack stack--loose",
        ),
        rx.el.aside(
            rx.el.h2("Étapes"),
            experiences.step_list(state.steps),
            rx.cond(
                state.view.href != "",
                rx.el.p(rx.el.a("Voir la page publique", href=state.view.href)),
                rx.fragment(),
            ),
            rx.cond(state.may_withdraw, _withdraw(), rx.fragment()),
            rx.el.h2("Services concernés"),
            experiences.services(state.view),
            rx.el.h2("Mes données"),
            rx.el.p(
                rx.el.a(
                    "Voir, emporter ou effacer ce que le site garde de moi",
                    href=f"{words.DATA_PAGE}?experience={state.view.id}",
                    reload_document=True,
                )
            ),
            class_name="panel stack",
        ),
        class_name="two-columns",
    )


def _mask() -> rx.Component:
    state = FollowState
    return rx.el.details(
        rx.el.summary(words.MASK_MORE[0]),
        rx.el.p(words.MASK_MORE[1], class_name="fr-hint-text"),
        # Masked, the form gives way to a new one: the words in it are no longer in the text.
        rx.el.div(
            moderation_decisions.mask_form(
                state.mask, state.errors, state.version.to_string(), MASKED_AT_ONCE
            ),
            key=state.version.to_string(),
        ),
        open=state.errors.contains("piece_1") | state.errors.contains("kind_1"),
        class_name="panel",
    )


def _email() -> rx.Component:
    state = FollowState
    return rx.cond(
        state.email_hint == "",
        rx.fragment(),
        rx.cond(
            state.email_confirmed,
            rx.el.p(
                "Nous vous écrivons à ", rx.el.strong(state.email_hint), ".", class_name="soft"
            ),
            rx.cond(
                state.may_confirm,
                ui.alert(
                    "info",
                    f"Voulez-vous être prévenu à {state.email_hint} ?",
                    rx.el.p("Confirmez cette adresse : nous vous écrirons à chaque étape."),
                    ui.button("Oui, écrivez-moi", on_click=state.confirm_email),
                ),
                ui.alert(
                    "info",
                    f"Un e-mail est parti à {state.email_hint}",
                    rx.el.p("Ouvrez le lien qu’il contient pour confirmer cette adresse."),
                ),
            ),
        ),
    )


def _withdraw() -> rx.Component:
    return rx.el.div(
        rx.el.p(
            ui.button(
                "Retirer mon expérience",
                kind="tertiary",
                custom_attrs={"data-opens": "retrait"},
            )
        ),
        ui.dialog(
            "retrait",
            "Retirer votre expérience ?",
            rx.el.p("Plus personne ne la verra, et le service ne pourra plus y répondre."),
            rx.el.p("Vous pourrez en raconter une autre."),
            actions=[
                ui.button(
                    "Oui, la retirer",
                    kind="danger",
                    on_click=FollowState.withdraw,
                    custom_attrs={"data-closes": ""},
                ),
                ui.button("Non, la garder", kind="secondary", custom_attrs={"data-closes": ""}),
            ],
        ),
    )


def _reply(view: Any) -> rx.Component:
    def choice(label: str, value: str) -> rx.Component:
        pressed = {"aria-pressed": rx.cond(view.rating == value, "true", "false")}
        press = FollowState.rate(view.id, value)
        return ui.button(label, kind="secondary", on_click=press, custom_attrs=pressed)

    return experiences.reply(
        view,
        rx.el.div(
            rx.el.p("Cette réponse vous a-t-elle été utile ?"),
            ui.button_group(choice("Utile", "utile"), choice("Pas utile", "pas utile")),
            class_name="stack--tight",
        ),
        own=True,
    )


def _to_whom() -> rx.Component:
    return rx.el.div(
        rx.el.label("À qui répondez-vous\u00a0?", html_for="reply", class_name="fr-label"),
        rx.el.select(
            rx.foreach(
                FollowState.view.replies,
                lambda view: rx.el.option(f"{view.structure}, le {view.date}", value=view.id),
            ),
            name="reply",
            class_name="fr-select",
            custom_attrs={"id": "reply"},
        ),
        class_name="fr-select-group",
    )


def _answer() -> rx.Component:
    state = FollowState
    return rx.el.details(
        rx.el.summary("Répondre à un service"),
        forms.draft(
            forms.checked_form(
                "/api/suivi/{id}/relecture",
                state.answer_back,
                [
                    forms.hidden("uuid"),
                    _to_whom(),
                    ui.textarea_field(
                        "answer",
                        "Votre réponse",
                        hint="Relue, puis publiée sous la réponse du service.",
                        rows=5,
                        max_length=ANSWER_MAX,
                        error=forms.error_of(state.errors, "answer"),
                    ),
                ],
                ui.button("Envoyer ma réponse", type="submit", kind="secondary"),
            ),
            load="",
            local="reponse-{id}",
            goes=True,
        ),
        # Sent, the form gives way to a new one: what is written next is another answer.
        key=state.answered.to_string(),
        class_name="panel",
    )


def own_data() -> rx.Component:
    """One's own data: the first paint makes the page, whole, for the browser that may see it."""
    return page(
        ui.slot("Rechargez cette page pour voir vos données.", title="Mes données", again=True),
        trail=(("Suivre mon expérience", "/suivi"),),
        here="Mes données",
    )
