"""What stands around a list: how many were found, filters in use, the way to the next page."""

from __future__ import annotations

import htpy as h

from ...components import words
from ...components.html import icon
from ...services.search_page import ChosenView, NumbersView, OrderView
from . import pieces


def around(
    numbers: NumbersView, chosen: list[ChosenView], orders: list[OrderView], clear: str = words.LIST
) -> h.Element:
    """How many were found, the filters in use, the orders to choose from; see `search.told`."""
    return h.div(class_="stack--tight")[
        _chosen(chosen, clear) if chosen else None,
        h.div(class_="found-line")[
            h.p(class_="found", role="status")[h.strong[numbers.told]],
            _orders(orders) if orders else None,
        ],
        h.p(class_="fr-hint-text")[numbers.note] if numbers.note else None,
    ]


def _chosen(chosen: list[ChosenView], clear: str) -> h.Element:
    tags = [
        h.li[
            h.a(class_="fr-tag fr-tag--dismiss", href=one.href)[
                h.span(class_="fr-sr-only")[f"Retirer le filtre{pieces.NBSP}: "],
                h.span[one.label],
                icon("cross"),
            ]
        ]
        for one in chosen
    ]
    everything = h.li[h.a(class_="fr-link", href=clear)["Retirer tous les filtres"]]
    look = "fr-tags-group active-filters"
    return h.ul(class_=look, aria_label="Filtres choisis")[tags, everything]


def _orders(orders: list[OrderView]) -> h.Element:
    return h.ul(class_="orders plain-list", aria_label=words.ORDER)[
        (
            h.li[h.a(href=one.href, aria_current="true" if one.current else "false")[one.label]]
            for one in orders
        )
    ]


def pages(first: str, following: str) -> h.Element | None:
    """The way to the next page of a list, and back to its beginning; see `ui.pagination`."""
    if not first and not following:
        return None
    look = "fr-pagination__link fr-pagination__link--"
    return h.nav(class_="fr-pagination", role="navigation", aria_label=words.PAGES)[
        h.ul(class_="fr-pagination__list")[
            h.li[h.a(class_=f"{look}first", href=first)[h.span["Au début"]]] if first else None,
            h.li[
                h.a(class_=f"{look}next", href=following)[
                    h.span["Page suivante"], icon("arrow-right")
                ]
            ]
            if following
            else None,
        ]
    ]
