"""The frame of every page, bound to who is signed in and to the state of the connection."""

from __future__ import annotations

import os
from collections.abc import Sequence

import reflex as rx
from reflex_components_core.core.banner import has_connection_errors

from ..components import forms, ui
from ..states.session import SessionState

NAVIGATION: tuple[tuple[str, str], ...] = (
    ("Accueil", "/"),
    ("Expériences", "/experiences"),
    ("Je partage mon expérience", "/partager/service"),
)

FOOTER: tuple[tuple[str, str], ...] = (
    ("Accessibilité : non conforme", "/accessibilite"),
    ("Données personnelles et cookies", "/donnees-personnelles"),
    ("Mentions légales", "/mentions-legales"),
)

# Baked at build: the line is there whatever the state of the server.
_OFFICIAL = os.environ.get("OFFICIAL", "").lower() in {"1", "true", "oui"}


def session_again(lapsed: rx.Var[bool]) -> rx.Component:
    """Ask the account again in place: the page stays as it is, with what was typed."""
    return ui.dialog(
        "reconnexion",
        "Votre session a pris fin",
        rx.el.p("Reconnectez-vous ici. La page reste telle quelle, et votre texte est toujours là."),
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
            agent_home=SessionState.home,
        ),
        footer=ui.footer(FOOTER),
        breadcrumb=crumb,
        banner=ui.connection_banner(has_connection_errors),
        demo=not _OFFICIAL,
        wide=wide,
    )
