"""The first paint of what everyone reads: the home page, the list, one experience."""

from __future__ import annotations

from typing import Any

import htpy as h
from sqlalchemy.orm import Session

from ...components import words
from ...domain.errors import Gone, NotFound
from ...domain.search import Search, parse, parse_key
from ...domain.text import excerpt
from ...services import experiences, search, search_page
from ...services.views import ExperienceView
from ...states.base import number
from . import found, pieces, programme, shown
from .paint import Ask, Paint

_LIST = (("Expériences", words.LIST),)
_ON_HOME = 3
_SAID = 160
"""Characters of a text that a preview shows."""


def home(session: Session, _ask: Ask) -> Paint:
    """The latest experiences."""
    page = search.results(session, Search())
    body = (
        shown.cards(page.cards[:_ON_HOME], h.h3, "cards cards--row")
        if page.cards
        else h.p[words.NO_LATEST]
    )
    return Paint(canonical="/", body=body, more=(programme.figures_of(session),))


def listed(session: Session, ask: Ask) -> Paint:
    """A page of the search, counted, and the way to the next."""
    asked, after = parse(ask.query), parse_key(ask.query)
    page = search.results(session, asked, after)
    following = words.LIST + asked.query(page.next_key) if page.next_key else ""
    body = h.fragment[
        found.around(
            search_page.total(session, asked),
            search_page.chosen(session, asked),
            search_page.orders(asked),
        ),
        [
            shown.cards(page.cards, h.h2, "cards"),
            found.pages(words.LIST + asked.query() if after else "", following),
        ]
        if page.cards
        else shown.nothing(bool(asked.query())),
    ]
    # What a search finds moves with what is published: only the whole list is worth finding.
    plain = after is None and not asked.query()
    return Paint(
        canonical=words.LIST + asked.query(after),
        body=body,
        robots="" if plain else "noindex, follow",
        fields=asked.fields,
        labels=search_page.labels(session, asked),
    )


def one(session: Session, ask: Ask) -> Paint:
    """A whole experience with its replies; another slug leads to its own address."""
    try:
        view = experiences.public(session, number(ask.last.split("-", 1)[0]), ask.viewer)
    except NotFound as refusal:
        gone = isinstance(refusal, Gone)
        told = words.ERASED if gone else words.NOT_PUBLISHED
        return Paint(
            status=410 if gone else 404,
            title="Expérience",
            description=told[1],
            body=pieces.absent(*told),
            crumbs=_LIST,
            here="Expérience",
            current=words.LIST,
            robots="noindex",
        )
    if ask.path != view.href:
        return Paint(status=301, location=view.href)
    return Paint(
        title=view.title,
        description=excerpt(" ".join(view.paragraphs), _SAID),
        canonical=view.href,
        body=h.fragment[shown.whole(view), shown.close(search.similar(session, view.id))],
        crumbs=_LIST,
        here=view.title,
        current=words.LIST,
        kind="article",
        facts=_facts(view),
    )


def _facts(view: ExperienceView) -> dict[str, Any]:
    """The same as linked data: only what the page shows."""
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "DiscussionForumPosting",
        "headline": view.title,
        "text": "\n\n".join(view.paragraphs),
        "datePublished": view.iso,
        "comment": [
            {
                "@type": "Comment",
                "text": "\n\n".join(reply.paragraphs),
                **({"datePublished": reply.iso} if reply.iso else {}),
                "author": {"@type": "GovernmentOrganization", "name": reply.structure},
            }
            for reply in view.replies
        ],
    }
    if view.signature:
        told["author"] = {"@type": "Person", "name": view.signature}
    return told
