"""The text of a document as HTML: titles, paragraphs, lists, tables, each sentence an element.

Written once, for the first paint and for the page: a text of thousands of sentences is no tree of
components, and what marks it (`assets/marking.js`) owns these nodes. Every text is escaped.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

import htpy as h

from ..domain.documents.canonical import Canonical, Placed, Region
from ..domain.documents.parts import Part
from ..domain.documents.reading import BlockKind

_FIRST = 3
_HEADINGS = {3: h.h3, 4: h.h4, 5: h.h5, 6: h.h6}
"""The headings that a text may use: the page has those above."""
_TOGETHER = {BlockKind.LIST_ITEM, BlockKind.CELL}


Drawn = Mapping[int, Sequence[Region]]
"""Number of a sentence (from 0) → where it stands on the images of the pages."""


def text(document: Canonical, part: Part, drawn: Drawn) -> h.Element:
    """Return a part of a text; sentences bear their number from 1, their offset, their outlines."""
    placed = document.blocks[part.blocks.start : part.blocks.stop]
    return h.div(class_="letter__text")[list(_groups(_Writer(document, part, drawn), placed))]


def outlines(regions: Sequence[Region]) -> dict[int, str]:
    """Return the path around what is drawn, by page (from 1), in whole units of the page."""
    found: dict[int, str] = {}
    for one in regions:
        box = one.box
        left, top, right, bottom = map(round, (box.left, box.top, box.right, box.bottom))
        made = f"M{left} {top}H{right}V{bottom}H{left}z"
        found[one.page + 1] = found.get(one.page + 1, "") + made
    return found


def _told(regions: Sequence[Region]) -> str | None:
    """Return outlines as `assets/marking.js` reads them: page, colon, path, one after the other."""
    return ";".join(f"{page}:{path}" for page, path in outlines(regions).items()) or None


class _Writer:
    """Writes blocks in order: knows which sentence comes next, and which heading came last."""

    def __init__(self, document: Canonical, part: Part, drawn: Drawn) -> None:
        self._document = document
        self._drawn = drawn
        self._sentences = iter(part.sentences)
        self._next = next(self._sentences, -1)
        self._level = _FIRST - 1
        self._titled = False

    def inside(self, placed: Placed) -> list[h.Node]:
        """Return the sentences of a block, with what stands between them."""
        found: list[h.Node] = []
        at = placed.start
        while self._next >= 0:
            one = self._document.sentences[self._next]
            if one.start >= placed.end:
                break
            found.append(self._document.text[at : one.start])
            found.append(
                h.span(
                    class_="s",
                    id=f"p{self._next + 1}",
                    data_at=str(one.start),
                    data_drawn=_told(self._drawn.get(self._next, ())),
                )[self._document.text[one.start : one.end]]
            )
            at = one.end
            self._next = next(self._sentences, -1)
        return [*found, self._document.text[at : placed.end]]

    def heading(self, placed: Placed) -> h.Element:
        """Return a title or a heading, at a level that follows the one before."""
        title = placed.block.kind is BlockKind.TITLE
        wanted = _FIRST if title else _FIRST - 1 + self._titled + max(1, placed.block.level)
        self._titled = self._titled or title
        self._level = min(wanted, self._level + 1, max(_HEADINGS))
        return _HEADINGS[self._level][self.inside(placed)]


def _groups(writer: _Writer, placed: Sequence[Placed]) -> Iterator[h.Node]:
    def key(one: Placed) -> tuple[object, int]:
        kind = one.block.kind
        return (kind, one.block.table) if kind in _TOGETHER else (kind, -1)

    for (kind, _), group in groupby(placed, key):
        if kind is BlockKind.LIST_ITEM:
            yield _list(writer, group)
        elif kind is BlockKind.CELL:
            yield _table(writer, group)
        else:
            for one in group:
                yield _block(writer, one)


def _block(writer: _Writer, placed: Placed) -> h.Element:
    if placed.block.kind in {BlockKind.TITLE, BlockKind.HEADING}:
        return writer.heading(placed)
    look = "letter__field" if placed.block.kind is BlockKind.FIELD else None
    return h.p(class_=look)[writer.inside(placed)]


def _list(writer: _Writer, items: Iterator[Placed]) -> h.Element:
    # The markers are the letter's own: « a) » that a text refers to is not renumbered.
    return h.ul(class_="letter__list")[
        [
            h.li(class_=f"letter__item letter__item--{min(one.block.level, 3)}")[
                h.span(class_="letter__marker")[one.block.marker or "•"],
                h.span[writer.inside(one)],
            ]
            for one in items
        ]
    ]


def _table(writer: _Writer, cells: Iterator[Placed]) -> h.Element:
    rows = [
        h.tr[[h.td[writer.inside(one)] for one in row]]
        for _, row in groupby(cells, lambda one: one.block.row)
    ]
    label = "Tableau du document"
    return h.div(class_="letter__table", role="region", tabindex="0", aria_label=label)[
        h.table[h.tbody[rows]]
    ]
