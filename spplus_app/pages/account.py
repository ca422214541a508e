"""Sign-in, and a password that was forgotten: plain HTTP forms."""

from __future__ import annotations

from typing import Any

import reflex as rx

from ..components import forms, ui, words
from ..domain.passwords import PASSWORD_MIN
from ..states.account import AccountState
from ..states.session import SessionState
from .layout import page


def _account(row: Any) -> rx.Component:
    return rx.el.li(rx.el.strong(row.role), " : ", rx.el.code(row.email))


def _demo() -> rx.Component:
    state = AccountState
    return rx.cond(
        state.accounts.length() > 0,
        rx.el.aside(
            rx.el.h2("Comptes de la démonstration"),
            rx.el.ul(rx.foreach(state.accounts, _account), class_name="plain-list stack--tight"),
            rx.el.p("Mot de passe de tous ces comptes : ", rx.el.code(state.password)),
            class_name="panel stack",
        ),
        rx.fragment(),
    )


def _already() -> rx.Component:
    return ui.alert(
        "info",
        rx.cond(
            AccountState.following != "",
            "Votre compte n’ouvre pas cette page",
            "Vous êtes déjà connecté",
        ),
        rx.el.p(
            "Vous êtes connecté : ",
            SessionState.name,
            ". Connectez-vous avec un autre compte, ou ",
            rx.el.a("revenez à votre espace", href=SessionState.home),
            ".",
        ),
    )


def _outcome() -> rx.Component:
    """What became of a form that was sent without a script."""
    state = AccountState
    return rx.cond(
        state.loaded,
        rx.el.div(
            rx.cond(
                state.problem != "", ui.alert("error", state.problem, live=True), rx.fragment()
            ),
            rx.cond(state.sent, forms.success(words.RESET_SENT), rx.fragment()),
            class_name="slot stack",
        ),
        ui.slot(),
    )


def sign_in() -> rx.Component:
    """Sign in, for agents and moderation."""
    state = AccountState
    return page(
        rx.el.div(
            ui.page_title(
                "Espace agent", lead="Pour les agents, les responsables et la modération."
            ),
            rx.cond(SessionState.signed_in, _already(), rx.fragment()),
            _outcome(),
            forms.http_form(
                "/auth/connexion",
                forms.hidden("next", state.following),
                ui.input_field(
                    "email",
                    "Votre adresse e-mail professionnelle",
                    type="email",
                    autocomplete="username",
                    spellcheck=False,
                ),
                ui.input_field(
                    "password",
                    "Votre mot de passe",
                    type="password",
                    autocomplete="current-password",
                ),
                ui.button("Me connecter", type="submit"),
            ),
            rx.el.p(rx.el.a("J’ai oublié mon mot de passe", href="/mot-de-passe-oublie")),
            _demo(),
            rx.el.p(
                "Vous voulez raconter ou suivre une expérience ? Aucun compte n’est nécessaire. ",
                rx.el.a(
                    "Je partage mon expérience", href="/partager/service", reload_document=True
                ),
            ),
            class_name="form-column stack stack--loose",
        ),
        here="Espace agent",
    )


def forgotten() -> rx.Component:
    """Ask for another password by mail."""
    return page(
        rx.el.div(
            ui.page_title(
                "Mot de passe oublié",
                lead="Nous vous envoyons un lien pour en choisir un autre.",
            ),
            _outcome(),
            forms.http_form(
                "/auth/mot-de-passe-oublie",
                ui.input_field(
                    "email",
                    "Votre adresse e-mail professionnelle",
                    type="email",
                    autocomplete="username",
                    spellcheck=False,
                ),
                ui.button("Recevoir un lien", type="submit"),
                said=words.RESET_SENT,
            ),
            class_name="form-column stack",
        ),
        trail=(("Espace agent", "/connexion"),),
        here="Mot de passe oublié",
    )


def new_password() -> rx.Component:
    """Choose another password, from the link received."""
    return page(
        rx.el.div(
            ui.page_title("Choisir un mot de passe"),
            _outcome(),
            forms.http_form(
                "/auth/mot-de-passe",
                ui.input_field(
                    "password",
                    "Nouveau mot de passe",
                    type="password",
                    autocomplete="new-password",
                    hint=f"{PASSWORD_MIN} caractères au moins. Une petite phrase est plus sûre, et plus "
                    "facile à retenir.",
                ),
                ui.button("Enregistrer ce mot de passe", type="submit"),
            ),
            class_name="form-column stack",
        ),
        trail=(("Espace agent", "/connexion"),),
        here="Choisir un mot de passe",
    )
