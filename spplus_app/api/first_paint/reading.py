"""The first paint of a document: all its part to read, and a form for one of its sentences."""

from __future__ import annotations

from typing import Any

import htpy as h
from markupsafe import Markup
from sqlalchemy.orm import Session

from ...components import words
from ...domain.errors import Gone, NotFound
from ...domain.text import excerpt
from ...services.documents import view
from ...services.documents.view import DocumentView
from ...states.base import number
from ...states.reading import body, number_of
from . import pieces, reporting
from .paint import Ask, Paint

_LIST = (words.DOCUMENT_TRAIL,)
_SAID = 160


def one(session: Session, ask: Ask) -> Paint:
    """A document; another slug leads to its own address."""
    try:
        shown = view.public(session, number(ask.last.split("-", 1)[0]), ask.viewer)
    except NotFound as refusal:
        gone = isinstance(refusal, Gone)
        told = words.DOCUMENT_ERASED if gone else words.DOCUMENT_ABSENT
        return Paint(
            status=410 if gone else 404,
            title="Document",
            description=told[1],
            body=pieces.absent(*told),
            crumbs=_LIST,
            here="Document",
            current=words.DOCUMENTS,
            robots="noindex",
        )
    part, phrase = (number_of(ask.query.get(name, "")) for name in ("partie", "phrase"))
    if ask.path != shown.href:
        asked = f"?phrase={phrase}" if phrase else f"?partie={part}" if part else ""
        return Paint(status=301 if not asked else 302, location=shown.href + asked)
    made = Markup(body(session, shown, part, phrase, ask.viewer))  # noqa: S704 - htpy escaped it
    text = h.div(class_="reading")[made]
    return Paint(
        title=shown.title,
        description=excerpt(shown.hard or f"{shown.kind} à lire et à marquer.", _SAID),
        canonical=shown.href + (f"?partie={part}" if part > 1 else ""),
        body=h.fragment[
            _about(shown),
            text if shown.hidden else h.spplus_marking(data_document=str(shown.id))[text],
        ],
        crumbs=_LIST,
        here=shown.title,
        current=words.DOCUMENTS,
        kind="article",
        robots="noindex" if shown.hidden else "noindex, follow" if phrase else "",
        facts=_facts(shown),
        secret=shown.hidden or bool(phrase and ask.viewer.visitor),
    )


def _about(shown: DocumentView) -> h.Element:
    return h.div(class_="stack--tight")[
        h.div(class_="meta")[
            pieces.badge(shown.status_name, "info"),
            h.span[shown.kind],
            h.time(datetime=shown.iso)[shown.date],
        ],
        pieces.title(shown.title),
        h.p[words.DOCUMENT_FROM, h.strong[shown.service]] if shown.service else None,
        h.ul(class_="fr-tags-group", aria_label=words.DOCUMENT_PROBLEMS)[
            [h.li[h.span(class_="fr-tag")[one]] for one in shown.problems]
        ]
        if shown.problems
        else None,
        _told(words.DOCUMENT_HARD, shown.hard) if shown.hard else None,
        _told(words.DOCUMENT_WISHED, shown.wished) if shown.wished else None,
        h.p(class_="fr-hint-text")[shown.readers_told],
        pieces.alert("warning", words.DOCUMENT_HIDDEN[0], h.p[words.DOCUMENT_HIDDEN[1]])
        if shown.hidden
        else reporting.document(shown),
    ]


def _told(label: str, text: str) -> h.Element:
    return h.p[h.strong[label], h.span(class_="prose")[text]]


def _facts(shown: DocumentView) -> dict[str, Any]:
    """The same as linked data: only what the page shows."""
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "DigitalDocument",
        "name": shown.title,
        "datePublished": shown.iso,
        "inLanguage": "fr",
    }
    if shown.service:
        told["publisher"] = {"@type": "GovernmentOrganization", "name": shown.service}
    return told
