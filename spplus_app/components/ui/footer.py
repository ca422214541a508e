"""The foot of every page."""

from __future__ import annotations

from collections.abc import Sequence

import reflex as rx

from ._base import NBSP

FOOTER_LINKS: tuple[tuple[str, str], ...] = (
    ("Plan du site", "/plan-du-site"),
    (f"Accessibilité{NBSP}: non conforme", "/accessibilite"),
    ("Mentions légales", "/mentions-legales"),
    ("Données personnelles", "/donnees-personnelles"),
    ("Cookies", "/cookies"),
    ("Modération", "/moderation"),
    ("Aide", "/aide"),
    ("Contact", "/contact"),
)
"""The mandatory links: pairs (words, address)."""


def footer(links: Sequence[tuple[str, str]] = FOOTER_LINKS) -> rx.Component:
    """Make the foot of the page: name, mandatory links, licence line.

    Args:
        links: pairs (words, address).
    """
    return rx.el.footer(
        rx.el.div(
            rx.el.div(
                rx.el.p(
                    "Services Publics ",
                    rx.el.span("+", class_name="fr-header__plus"),
                    class_name="fr-footer__brand",
                ),
                rx.el.p(
                    "Vous racontez une démarche. Le service concerné vous répond, "
                    "et tout le monde peut lire sa réponse.",
                    class_name="fr-footer__desc",
                ),
                class_name="fr-footer__body",
            ),
            rx.el.ul(
                *[
                    rx.el.li(rx.el.a(words, href=href, class_name="fr-footer__link"))
                    for words, href in links
                ],
                class_name="fr-footer__list",
            ),
            rx.el.p(
                "Logiciel libre sous licence ",
                rx.el.a("EUPL 1.2", href="https://eupl.eu/1.2/fr/", rel="noopener external"),
                ". Sauf mention contraire, les contenus sont sous licence ",
                rx.el.a(
                    "etalab-2.0",
                    href="https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
                    rel="noopener external",
                ),
                ".",
                class_name="fr-footer__licence",
            ),
            class_name="fr-container",
        ),
        class_name="fr-footer",
        role="contentinfo",
        custom_attrs={"id": "pied-de-page", "tabIndex": -1},
    )
