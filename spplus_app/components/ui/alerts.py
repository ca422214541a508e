"""What the site says to people: live regions, banners, alerts that never close by themselves."""

from __future__ import annotations

from typing import Literal

import reflex as rx

from ._base import NBSP, Flag, Text, attrs, css, filled, when
from .elements import OfflineElement
from .icons import icon

OFFLINE = "Vous n’avez plus de connexion. Ce que vous écrivez reste sur cette page."

AlertKind = Literal["info", "success", "warning", "error"]

_WORDS: dict[str, str] = {
    "info": "Information",
    "success": "Succès",
    "warning": "Attention",
    "error": "Erreur",
}


def live_regions() -> rx.Component:
    """Return the two regions that the script speaks through; empty, present from load."""
    return rx.el.div(
        rx.el.div(
            class_name="fr-sr-only",
            custom_attrs={"id": "live-polite", "aria-live": "polite", "aria-atomic": "true"},
        ),
        rx.el.div(
            class_name="fr-sr-only",
            custom_attrs={"id": "live-assertive", "aria-live": "assertive", "aria-atomic": "true"},
        ),
        class_name="live-regions",
    )


def demo_notice(text: Text = "Démonstration, site non officiel") -> rx.Component:
    """Return the permanent line that says the site is not an official one."""
    return rx.el.div(
        rx.el.p(text, class_name="fr-container"),
        class_name="fr-notice fr-notice--demo",
        role="region",
        custom_attrs={"aria-label": "Avertissement"},
    )


def notice(
    title: Text,
    text: Text = "",
    *,
    kind: Literal["info", "warning"] = "info",
    link: Text = "",
    href: Text = "",
    label: str = "Information importante",
) -> rx.Component:
    """Return a band across the page, for news that concerns everyone; it stays as long as they do.

    Args:
        title: the news in a few words.
        text: what it changes.
        kind: gives the word, the shape and the colour.
        link: words of a link to more.
        href: its address.
        label: name of the region, when the page has several bands.
    """
    more = rx.el.a(link, href=href, class_name="fr-notice__link")
    return rx.el.div(
        rx.el.div(
            icon(kind),
            rx.el.div(
                rx.el.p(
                    rx.el.span(f"{_WORDS[kind]}{NBSP}: ", class_name="fr-sr-only"),
                    rx.el.span(title, class_name="fr-notice__title"),
                    when(filled(text), rx.el.span(" ", text, class_name="fr-notice__desc")),
                    when(filled(link), rx.fragment(" ", more)),
                ),
                class_name="fr-notice__body",
            ),
            class_name="fr-container",
        ),
        class_name=f"fr-notice fr-notice--{kind}",
        role="region",
        custom_attrs={"aria-label": label},
    )


def connection_banner(lost: Flag) -> rx.Component:
    """Say that the connection is lost, and that what is typed stays; the regions are always there.

    The browser often knows it before the page has lost the server: `<spplus-offline>` says so.

    Args:
        lost: whether the page has lost the server.
    """
    notice = rx.el.div(
        rx.el.div(
            icon("warning"),
            rx.el.p(
                rx.el.strong("Connexion perdue."),
                " Ce que vous écrivez reste sur cette page. Nouvel essai en cours…",
            ),
            class_name="fr-container",
        ),
        class_name="fr-notice fr-notice--warning",
    )
    offline = OfflineElement.create(
        dangerouslySetInnerHTML={"__html": ""},
        suppress_hydration_warning=True,
        custom_attrs={"role": "status", "data-said": OFFLINE},
    )
    return rx.fragment(
        rx.el.div(when(lost, notice), role="status", class_name="connection"), offline
    )


def alert(
    kind: AlertKind,
    title: Text,
    *children: rx.Component | str,
    id: str | None = None,  # noqa: A002 - the HTML attribute
    small: bool = False,
    live: bool = False,
) -> rx.Component:
    """Make a message that stays until the page changes.

    Args:
        kind: gives the word, the shape and the colour.
        title: the message in one sentence.
        *children: details.
        id: identifier of the element.
        small: lower, title and text on the same lines.
        live: the alert appears while the page is shown: it is announced.
    """
    role = "" if not live else "alert" if kind == "error" else "status"
    return rx.el.div(
        icon(kind, size="lg"),
        rx.el.div(
            rx.el.p(
                rx.el.span(f"{_WORDS[kind]}{NBSP}: ", class_name="fr-sr-only"),
                title,
                class_name="fr-alert__title",
            ),
            *children,
            class_name="fr-alert__body",
        ),
        class_name=css("fr-alert", f"fr-alert--{kind}", "fr-alert--sm" if small else ""),
        custom_attrs=attrs(id=id, role=role),
    )
