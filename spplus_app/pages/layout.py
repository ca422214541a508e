"""The frame of every page, bound to who is signed in and to the state of the connection."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

import reflex as rx
from reflex_components_core.core.banner import has_connection_errors

from ..components import forms, ui, words
from ..states.session import SessionState
from .head import is_official

NAVIGATION: tuple[tuple[str, str], ...] = (
    ("Accueil", "/"),
    ("Expériences", "/experiences"),
    ("Documents difficiles", "/documents"),
    ("Je partage mon expérience", "/partager/service"),
    ("Le programme", "/programme"),
    ("Aide", "/aide"),
)

# Without it nothing a visitor does there is kept: only an HTTP answer can set the cookie.
FETCHED = ("/partager/service", "/suivi")

PLAIN_FORM = "/partager/formulaire"
# Baked at build: the line is there whatever the state of the server.
_OFFICIAL = os.environ.get("OFFICIAL", "").lower() in {"1", "true", "oui"}


def without_script() -> rx.Component:
    """Say in words what needs JavaScript, to those who have none, and what does not."""
    return rx.el.noscript(
        rx.el.div(
            rx.el.div(
                rx.el.p(
                    rx.el.strong("JavaScript est désactivé dans votre navigateur. "),
                    "Vous pouvez tout lire, et ",
                    rx.el.a("raconter votre expérience avec un formulaire simple", href=PLAIN_FORM),
                    ". ",
                    rx.el.a("Vos données", href=words.DATA_PAGE),
                    " se voient et s’effacent aussi. Pour suivre une expérience, ou pour y répondre "
                    "si vous êtes agent, il faut l’activer.",
                ),
                class_name="fr-container",
            ),
            class_name="fr-notice fr-notice--warning",
        )
    )


def absent(
    title: str, text: rx.Var[str] | str, words: str, href: str, **props: Any
) -> rx.Component:
    """Say that there is nothing at this address, why, and where to go.

    Args:
        title: what is missing; the heading of the page.
        text: why, and what one can do.
        words: of the button.
        href: where it leads.
        **props: attributes of the button.
    """
    return rx.el.div(
        ui.page_title(title),
        rx.el.p(text),
        ui.link_button(words, href, **props),
        class_name="measure stack",
    )


def waiting(title: str, text: str) -> rx.Component:
    """Name the page while its content comes."""
    return rx.el.div(ui.page_title(title), ui.progress_text(text), class_name="stack")


def fault() -> rx.Component:
    """Say that something failed on our side; the region is there from the start."""
    return rx.el.div(
        rx.cond(
            SessionState.fault,
            rx.el.div(
                rx.el.div(
                    ui.icon("error"),
                    rx.el.p(
                        rx.el.strong("Une erreur est survenue de notre côté. "),
                        "Ce que vous avez écrit reste sur cette page. Réessayez dans un instant.",
                    ),
                    class_name="fr-container",
                ),
                class_name="fr-notice fr-notice--warning",
            ),
            rx.fragment(),
        ),
        role="alert",
    )


def session_again(lapsed: rx.Var[bool]) -> rx.Component:
    """Ask the account again in place: the page stays as it is, with what was typed."""
    return ui.dialog(
        "reconnexion",
        "Votre session a pris fin",
        rx.el.p(
            "Reconnectez-vous ici. La page reste telle quelle, et votre texte est toujours là."
        ),
        forms.http_form(
            "/auth/connexion",
            ui.input_field(
                "email",
                "Votre adresse e-mail",
                type="email",
                autocomplete="username",
                field_id="reconnexion-email",
            ),
            ui.input_field(
                "password",
                "Votre mot de passe",
                type="password",
                autocomplete="current-password",
                field_id="reconnexion-password",
            ),
            ui.button("Me reconnecter", type="submit"),
            stay=True,
        ),
        open=lapsed,
    )


def page(
    *children: rx.Component,
    current: str = "",
    trail: Sequence[tuple[str, str]] | None = (),
    here: rx.Var[str] | str = "",
    wide: bool = False,
    lapsed: rx.Var[bool] | None = None,
) -> rx.Component:
    """Frame a page.

    Args:
        *children: content of `main`.
        current: address of the menu entry the page belongs to.
        trail: pairs (words, address) between home and this page; `None` on the home page.
        here: title of this page in the trail.
        wide: the page makes its own bands.
        lapsed: on a page that needs an account, whether the session is over: it is asked for
            again in place.
    """
    crumb = None if trail is None else ui.breadcrumb([("Accueil", "/"), *trail], here)
    return ui.shell(
        *children,
        *([session_again(lapsed)] if lapsed is not None else []),
        header=ui.header(
            current=current,
            person=SessionState.name,
            signed_in=SessionState.signed_in,
            navigation=NAVIGATION,
            fetched=FETCHED,
            agent_home=SessionState.home,
            state_brand=is_official(),
        ),
        breadcrumb=crumb,
        banner=rx.fragment(without_script(), ui.connection_banner(has_connection_errors), fault()),
        demo=not _OFFICIAL,
        wide=wide,
    )
