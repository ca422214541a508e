"""The first paint of the list of hard documents: the markup of `components/document_list.py`."""

from __future__ import annotations

import htpy as h
from sqlalchemy.orm import Session

from ...components import words
from ...domain.documents.search import parse, parse_key
from ...services.documents import listing
from ...services.documents.listing import DocumentCardView
from . import found, pieces, shown
from .paint import Ask, Paint


def listed(session: Session, ask: Ask) -> Paint:
    """A page of the list, counted, and the way to the next."""
    asked, after = parse(ask.query), parse_key(ask.query)
    page = listing.results(session, asked, after)
    following = words.DOCUMENTS + asked.query(page.next_key) if page.next_key else ""
    numbers = listing.total(session, asked)
    first = words.DOCUMENTS + asked.query() if after is not None else ""
    body = h.fragment[
        found.around(numbers, listing.chosen(session, asked), [], words.DOCUMENTS),
        [
            h.div(class_="cards")[(card(one, h.h2) for one in page.cards)],
            found.pages(first, following),
        ]
        if page.cards
        else _nothing(bool(asked.query())),
    ]
    plain = after is None and not asked.query()
    return Paint(
        canonical=words.DOCUMENTS + asked.query(after),
        body=body,
        robots="" if plain else "noindex, follow",
        fields=asked.fields,
        labels=listing.labels(session, asked),
    )


def card(view: DocumentCardView, heading: h.Element) -> h.Element:
    """One document of a list."""
    return h.article(class_="fr-card fr-enlarge-link")[
        h.div(class_="fr-card__body")[
            h.div(class_="fr-card__start meta")[
                pieces.badge(view.kind),
                h.span[view.structure],
                h.span[view.status_name, " le ", h.time(datetime=view.iso)[view.date]],
            ],
            heading(class_="fr-card__title")[
                h.a(href=view.href)[shown.marked(view.title_runs, view.title)]
            ],
            h.p(class_="fr-card__desc")[words.HARD_HERE, view.problems],
            h.p(class_="fr-card__desc")[shown.marked(view.found, "")] if view.found else None,
            h.div(class_="fr-card__end meta")[h.span[view.readers] if view.readers else None],
        ]
    ]


def _nothing(searched: bool) -> h.Element:
    if searched:
        everything = pieces.link_button(words.ALL_DOCUMENTS, words.DOCUMENTS)
        return pieces.empty(*words.NO_SUCH_DOCUMENT, everything)
    return pieces.empty(*words.NO_DOCUMENT, pieces.link_button(*words.REPORT_DOCUMENT))
