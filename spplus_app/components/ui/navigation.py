"""Finding one's way: steps of a form, trail of pages, links to skip."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import reflex as rx

from ._base import NBSP, Text, attrs, choose, each, either, filled, item, when
from .icons import icon


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


def _step(words: str, href: Text, kind: str, before: str = "", after: str = "") -> rx.Component:
    link = rx.el.a(
        *([icon(before)] if before else []),
        rx.el.span(words),
        *([icon(after)] if after else []),
        href=href,
        class_name=f"fr-pagination__link fr-pagination__link--{kind}",
    )
    return when(filled(href), rx.el.li(link))


def _number(row: Any, current: Text) -> rx.Component:
    words = item(row, "label", 0)
    return rx.el.li(
        rx.el.a(
            rx.el.span("Page ", class_name="fr-sr-only"),
            words,
            href=item(row, "href", 1),
            class_name="fr-pagination__link",
            custom_attrs={"aria-current": choose(words == current, "page", "false")},
        )
    )


def pagination(
    *,
    previous: Text = "",
    following: Text = "",
    first: Text = "",
    numbers: Sequence[Any] | rx.Var[Any] = (),
    current: Text = "",
    label: str = "Pages",
) -> rx.Component:
    """Lead from one page of a list to the next; a link without an address is left out.

    Lists page by key: there is a page before and a page after, and a way back to the beginning.
    Pages are numbered only where their number is known and small.

    Args:
        previous: address of the page before.
        following: address of the page after.
        first: address of the beginning of the list.
        numbers: pairs (number in words, address) or objects with `label` and `href`, or a Var.
        current: the number in words of this page.
        label: name of the navigation, when the page has several lists.
    """
    has_numbers = numbers.length() > 0 if isinstance(numbers, rx.Var) else len(numbers) > 0
    ends = (filled(previous), filled(following), filled(first))
    steps = rx.el.ul(
        _step("Au début", first, "first"),
        _step("Page précédente", previous, "prev", before="arrow-left"),
        when(has_numbers, each(numbers, lambda row: _number(row, current))),
        _step("Page suivante", following, "next", after="arrow-right"),
        class_name="fr-pagination__list",
    )
    nav = rx.el.nav(
        steps, role="navigation", class_name="fr-pagination", custom_attrs={"aria-label": label}
    )
    return when(either(*ends, has_numbers), nav)
