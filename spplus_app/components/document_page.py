"""The reading view as HTML: a part of the text with its dock, and beside them the page images."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import htpy as h

from ..domain.documents.canonical import Canonical
from ..domain.documents.parts import Part
from . import document_text, marking, marking_others
from .html import icon

NBSP = "\u00a0"
ABOUT_IMAGES = "Ce qui est personnel a été recouvert avant la publication."


def view(
    document: int,
    text: Canonical,
    part: Part,
    of: int,
    drawn: document_text.Drawn,
    pages: Sequence[Any],
    at: marking.At | None,
    own: marking.Own = marking.NOTHING,
    others: marking_others.Others = marking_others.CLOSED_TO_ME,
) -> h.Fragment:
    """Return what stands under the title; ``pages`` are `PageView`s.

    ``drawn`` says where each sentence stands on them. Without ``at`` it is only read: nobody marks
    what moderation holds.
    """
    shown = any(one.src for one in pages)
    here = document_text.outlines(drawn.get(at.sentence, ()) if at else ())
    seen = next((one.number for one in pages if one.src and one.number in here), 0)
    return h.fragment[
        h.nav(class_="reading__ways no-print", aria_label="Dans cette page")[
            h.a(href="#texte")["Le texte"],
            h.a(href="#pages")["Les pages"] if shown else None,
            [
                h.a(href="#marquer")["Marquer"],
                h.a(href="#autres")["Les marques des autres"],
            ]
            if at
            else None,
        ],
        h.div(class_="reading__text")[
            h.section(
                class_="letter",
                id="texte",
                aria_labelledby="texte-titre",
                data_part=str(part.number),
            )[
                h.h2(id="texte-titre")[_heading(part, of)],
                document_text.text(text, part, drawn),
            ],
            _ways(part, of),
        ],
        h.div(class_="reading__side")[
            marking.dock(at, own, others, seen) if at else None,
            _pages(pages, here, at.sentence + 1 if at else 0) if shown else None,
            marking_others.others(others) if at else None,
        ],
    ]


def without_text() -> h.Element:
    """Return what stands there for a document that has no text."""
    return h.p["Ce document n’a pas de texte : il n’y a rien à marquer ici."]


def _heading(part: Part, of: int) -> str:
    if of == 1:
        return "Le texte du document"
    return f"Le texte du document, partie{NBSP}{part.number} sur{NBSP}{of}"


def _ways(part: Part, of: int) -> h.Element | None:
    if of == 1:
        return None
    look = "fr-btn fr-btn--secondary"
    before, after = part.number - 1, part.number + 1
    return h.nav(class_="reading__parts cluster", aria_label="Parties du document")[
        h.a(class_=look, href=f"?partie={before}")[icon("arrow-left"), h.span["Partie précédente"]]
        if before >= 1
        else None,
        h.a(class_=look, href=f"?partie={after}")[h.span["Partie suivante"], icon("arrow-right")]
        if after <= of
        else None,
    ]


def _pages(pages: Sequence[Any], here: Mapping[int, str], sentence: int) -> h.Element:
    return h.section(class_="sheets", id="pages", aria_labelledby="pages-titre")[
        h.h2(id="pages-titre")["Les pages, comme elles ont été reçues"],
        h.p(class_="fr-hint-text")[ABOUT_IMAGES],
        h.div(class_="sheets__list")[
            [_sheet(one, here.get(one.number, ""), sentence) for one in pages]
        ],
    ]


def _sheet(page: Any, here: str, sentence: int) -> h.Renderable:
    if not page.src:
        return h.p(class_="sheet fr-hint-text")[f"Page{NBSP}{page.number}{NBSP}: sans image."]
    told = f"Page{NBSP}{page.number} du document, masquée{NBSP}; son texte est à côté"
    # The outline is drawn twice: a line around all its rectangles, then their ground over it.
    return h.div(class_="sheets__one", data_page=str(page.number))[
        h.a(class_="sheet", id=f"page-{page.number}", href=page.src)[
            h.img(
                src=page.src,
                alt=told,
                width=str(page.width),
                height=str(page.height),
                loading="lazy",
                decoding="async",
            ),
            h.svg(
                class_="sheet__here",
                viewBox=f"0 0 {page.across:g} {page.down:g}",
                preserveAspectRatio="none",
                aria_hidden="true",
            )[h.path(d=here), h.path(d=here)],
        ],
        h.a(class_="sheets__back", href=f"#p{sentence}", hidden=not here)[
            icon("arrow-left"), h.span["Revenir à la phrase"]
        ],
    ]
