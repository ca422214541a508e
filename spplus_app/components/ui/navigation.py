"""Finding one's way: steps of a form, trail of pages, links to skip."""

from __future__ import annotations

from collections.abc import Sequence

import reflex as rx

from ._base import NBSP, Text, attrs


def stepper(steps: Sequence[str], current: int, *, heading: str = "h2") -> rx.Component:
    """Say where one is in a form.

    Args:
        steps: titles of the steps, in order.
        current: number of the present step, from 1.
        heading: element of the title; `h1` with focus on arrival when the page has no other.

    Raises:
        ValueError: `current` is not the number of a step.
    """
    if not 1 <= current <= len(steps):
        msg = f"step {current} of {len(steps)}"
        raise ValueError(msg)
    state = rx.el.span(f"Étape {current} sur {len(steps)}", class_name="fr-stepper__state")
    title = (rx.el.h1 if heading == "h1" else rx.el.h2)(
        state,
        rx.el.span(steps[current - 1]),
        class_name="fr-stepper__title",
        custom_attrs={"tabIndex": -1} if heading == "h1" else {},
    )
    bar = rx.el.div(
        *[rx.el.span(class_name="done" if i < current else "") for i in range(len(steps))],
        class_name="fr-stepper__steps",
        custom_attrs={"aria-hidden": "true"},
    )
    following = (
        rx.el.p(
            rx.el.span(f"Étape suivante{NBSP}: ", class_name="fr-text--bold"),
            steps[current],
            class_name="fr-stepper__details",
        )
        if current < len(steps)
        else rx.fragment()
    )
    return rx.el.div(title, bar, following, class_name="fr-stepper")


def breadcrumb(items: Sequence[tuple[str, str]], current: Text) -> rx.Component:
    """Show the trail that leads to the page, outside `main`.

    Args:
        items: pairs (words, address), from the home page down.
        current: title of this page.
    """
    links = [
        rx.el.li(rx.el.a(words, href=href, class_name="fr-breadcrumb__link"))
        for words, href in items
    ]
    here = rx.el.li(
        rx.el.a(current, class_name="fr-breadcrumb__link", custom_attrs={"aria-current": "page"})
    )
    return rx.el.nav(
        rx.el.ol(*links, here, class_name="fr-breadcrumb__list"),
        class_name="fr-breadcrumb",
        custom_attrs={"aria-label": f"vous êtes ici{NBSP}:"},
    )


def on_this_page(items: Sequence[tuple[str, str]]) -> rx.Component:
    """List the parts of a long page; beside it and in sight on a wide screen.

    Args:
        items: pairs (identifier of the title, words).
    """
    return rx.el.aside(
        rx.el.nav(
            rx.el.p("Sur cette page", class_name="fr-summary__title"),
            rx.el.ul(
                *[
                    rx.el.li(rx.el.a(words, href=f"#{anchor}", class_name="fr-summary__link"))
                    for anchor, words in items
                ],
                class_name="fr-summary__list",
            ),
            class_name="fr-summary",
            custom_attrs={"aria-label": "Sur cette page"},
        ),
    )


def skip_links(
    items: Sequence[tuple[str, str]] = (
        ("Contenu", "#contenu"),
        ("Menu", "#menu-principal"),
        ("Pied de page", "#pied-de-page"),
    ),
) -> rx.Component:
    """Return the first links of the page, shown when they have the focus.

    Args:
        items: pairs (words, anchor of this page).
    """
    return rx.el.div(
        rx.el.nav(
            rx.el.ul(
                *[
                    rx.el.li(rx.el.a(words, href=href, class_name="fr-link"))
                    for words, href in items
                ],
                class_name="fr-skiplinks__list",
            ),
            class_name="fr-container",
            custom_attrs=attrs(aria_label="Accès rapide", role="navigation"),
        ),
        class_name="fr-skiplinks",
    )
