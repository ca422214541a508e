"""The first paint of what everyone reads: the home page, the list, one experience."""

from __future__ import annotations

from typing import Any

import htpy as h
from sqlalchemy.orm import Session

from ...components import words
from ...domain.errors import NotFound
from ...domain.text import excerpt
from ...services import experiences
from ...services.views import ExperienceView
from ...states.base import number
from ...states.public import key_of, key_text
from . import pieces, shown
from .paint import Ask, Paint

_LIST = (("Expériences", "/experiences"),)
_ON_HOME = 3
_SAID = 160
"""Characters of a text that a preview shows."""


def home(session: Session, _ask: Ask) -> Paint:
    """The latest experiences."""
    page = experiences.public_list(session)
    body = (
        shown.cards(page.cards[:_ON_HOME], h.h3, "cards cards--row")
        if page.cards
        else h.p[words.NO_LATEST]
    )
    return Paint(canonical="/", body=body)


def listed(session: Session, ask: Ask) -> Paint:
    """A page of the list, and the way to the next."""
    before = key_of(ask.query.get("apres", ""))
    page = experiences.public_list(session, before)
    if not page.cards:
        share = pieces.link_button(*words.SHARE)
        body: h.Renderable = pieces.empty(*words.NO_CARDS, share)
    else:
        following = f"/experiences?apres={key_text(page.next_key)}" if page.next_key else ""
        body = h.fragment[
            shown.cards(page.cards, h.h2, "cards"),
            shown.pager(following, "/experiences", first_page=before is None),
        ]
    canonical = f"/experiences?apres={key_text(before)}" if before else "/experiences"
    # Where a page begins moves with what is published: only the first one is worth finding.
    return Paint(canonical=canonical, body=body, robots="noindex, follow" if before else "")


def one(session: Session, ask: Ask) -> Paint:
    """A whole experience with its replies; another slug leads to its own address."""
    try:
        view = experiences.public(session, number(ask.last.split("-", 1)[0]))
    except NotFound:
        return Paint(
            status=404,
            title="Expérience",
            description=words.NOT_PUBLISHED[1],
            body=pieces.absent(*words.NOT_PUBLISHED),
            crumbs=_LIST,
            here="Expérience",
            robots="noindex",
        )
    if ask.path != view.href:
        return Paint(status=301, location=view.href)
    return Paint(
        title=view.title,
        description=excerpt(" ".join(view.paragraphs), _SAID),
        canonical=view.href,
        body=shown.whole(view),
        crumbs=_LIST,
        here=view.title,
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
                "datePublished": reply.iso,
                "author": {"@type": "GovernmentOrganization", "name": reply.structure},
            }
            for reply in view.replies
        ],
    }
    if view.signature:
        told["author"] = {"@type": "Person", "name": view.signature}
    return told
