"""The top of every page: name of the service, quick links, menu, appearance."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import reflex as rx

from ._base import Flag, Text, choose
from .buttons import post_form
from .elements import ThemeElement
from .icons import icon

MENU: tuple[tuple[str, str], ...] = (
    ("Accueil", "/"),
    ("Expériences", "/experiences"),
)
"""The menu where a page gives none: pairs (words, address)."""

THEMES: tuple[tuple[str, str], ...] = (
    ("system", "Comme mon appareil"),
    ("light", "Claire"),
    ("dark", "Sombre"),
)
"""What the switch offers: values kept by the browser, and their words."""


def _theme_choice(prefix: str, value: str, words: str) -> rx.Component:
    ident = f"{prefix}-{value}"
    return rx.el.div(
        rx.el.input(type="radio", name=prefix, value=value, custom_attrs={"id": ident}),
        rx.el.label(words, html_for=ident, class_name="fr-label"),
        class_name="fr-radio-group",
    )


def appearance(prefix: str = "apparence") -> rx.Component:
    """Make the switch between the light theme, the dark one, and that of the device.

    Args:
        prefix: makes names and identifiers unique when the page has two switches.
    """
    return ThemeElement.create(
        rx.el.details(
            rx.el.summary(
                icon("appearance"), rx.el.span("Apparence"), class_name="fr-btn fr-btn--tertiary"
            ),
            rx.el.fieldset(
                rx.el.legend("Apparence du site", class_name="fr-fieldset__legend"),
                *[_theme_choice(prefix, value, words) for value, words in THEMES],
                class_name="appearance__panel",
            ),
            class_name="appearance",
        ),
    )


def _signed_out(agent_href: str) -> rx.Component:
    return rx.el.li(
        rx.el.a(
            icon("person"),
            rx.el.span("Espace agent"),
            href=agent_href,
            class_name="fr-btn fr-btn--tertiary",
        )
    )


def _signed_in(person: Text, home: str, sign_out: str) -> rx.Component:
    return rx.fragment(
        rx.el.li(
            rx.el.a(
                icon("person"), rx.el.span(person), href=home, class_name="fr-btn fr-btn--tertiary"
            )
        ),
        rx.el.li(
            post_form(
                sign_out,
                rx.el.button(
                    icon("exit"),
                    rx.el.span("Se déconnecter"),
                    type="submit",
                    class_name="fr-btn fr-btn--tertiary",
                ),
            )
        ),
    )


def _brand(title: str, baseline: str, state_brand: bool) -> rx.Component:
    service = rx.el.div(
        rx.el.a(
            rx.el.span(title, " "),
            rx.el.span("+", class_name="fr-header__plus"),
            href="/",
            class_name="fr-header__service-title",
            custom_attrs={"aria-label": f"{title} +, accueil"},
        ),
        rx.el.p(baseline, class_name="fr-header__service-tagline"),
        class_name="fr-header__service",
    )
    if not state_brand:
        return service
    logo = rx.el.p("République", rx.el.br(), "Française", class_name="fr-logo")
    return rx.el.div(
        rx.el.div(rx.el.div(logo, class_name="fr-header__logo"), class_name="fr-header__brand-top"),
        service,
        class_name="fr-header__brand",
    )


def _menu(items: Sequence[tuple[str, str]], current: str, fetched: Collection[str]) -> rx.Component:
    def link(words: str, href: str) -> rx.Component:
        here: dict[str, Any] = {"aria-current": "page"} if href == current else {}
        return rx.el.li(
            rx.el.a(
                words,
                href=href,
                reload_document=href in fetched,
                class_name="fr-nav__link",
                custom_attrs=here,
            )
        )

    return rx.el.nav(
        rx.el.ul(*[link(words, href) for words, href in items], class_name="fr-nav__list"),
        class_name="fr-nav",
        custom_attrs={"aria-label": "Menu principal", "id": "menu-principal", "tabIndex": -1},
    )


def header(
    *,
    current: str = "",
    person: Text = "",
    signed_in: Flag = False,
    navigation: Sequence[tuple[str, str]] = MENU,
    fetched: Collection[str] = (),
    follow_href: str = "/suivi",
    agent_href: str = "/connexion",
    agent_home: str = "/agent",
    sign_out: str = "/auth/deconnexion",
    title: str = "Services Publics",
    baseline: str = "Votre expérience améliore le service public",
    state_brand: bool = False,
) -> rx.Component:
    """Make the top of the page.

    Args:
        current: address of the menu entry this page belongs to.
        person: name of who is signed in.
        signed_in: whether somebody is.
        navigation: the menu, as pairs (words, address).
        fetched: addresses always asked for over HTTP, whose answer brings a cookie.
        follow_href: where an author follows an experience.
        agent_href: where agents sign in.
        agent_home: where the name of a signed-in person leads.
        sign_out: address that receives the sign-out form (POST).
        title: name of the service, before the « + ».
        baseline: the promise under the name.
        state_brand: the brand block of the State before the name, reserved to it.
    """
    quick = rx.el.ul(
        rx.el.li(
            rx.el.a(
                icon("clock"),
                rx.el.span("Suivre mon expérience"),
                href=follow_href,
                reload_document=follow_href in fetched,
                class_name="fr-btn fr-btn--tertiary",
            )
        ),
        choose(signed_in, _signed_in(person, agent_home, sign_out), _signed_out(agent_href)),
        rx.el.li(appearance()),
        class_name="fr-header__tools",
    )
    toggle = rx.el.button(
        icon("menu"),
        rx.el.span("Menu"),
        type="button",
        class_name="fr-btn fr-btn--secondary fr-header__menu-btn",
        custom_attrs={"aria-expanded": "false", "aria-controls": "menu", "data-toggles": "menu"},
    )
    panel = rx.el.div(
        quick,
        _menu(navigation, current, fetched),
        class_name="fr-header__menu",
        custom_attrs={"id": "menu"},
    )
    return rx.el.header(
        rx.el.div(
            _brand(title, baseline, state_brand),
            toggle,
            panel,
            class_name="fr-container fr-header__body",
        ),
        class_name="fr-header",
        role="banner",
    )
