"""The one text of a document: every offset of the site points into it.

Blocks follow each other, parted by `BETWEEN`; items of one list, cells and fields that follow each
other by `WITHIN`. No block holds a line end, so the text tells where blocks end. Markers of list
items are not in it: the same letter gives the same text from a PDF and from a word processor.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace

from spplus_app.domain.errors import Invalid
from spplus_app.domain.experiences import thousands

from .reading import Block, BlockKind, Box, Piece, Reading, clean
from .sentences import split
from .sizes import CHARACTERS_MAX

BETWEEN = "\n\n"
"""What parts two blocks."""
WITHIN = "\n"
"""What parts two items of one list, two cells, two fields."""

_CLOSE = frozenset({BlockKind.LIST_ITEM, BlockKind.CELL, BlockKind.FIELD})
_WHOLE = frozenset({BlockKind.TITLE, BlockKind.HEADING, BlockKind.FIELD})
"""What is one sentence whatever it holds."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A block and where its text stands in the canonical text."""

    block: Block
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, ``text[start:end]``, and which block it is in."""

    start: int
    end: int
    block: int


@dataclass(frozen=True, slots=True)
class Region:
    """A rectangle of a page image, in the page's unit."""

    page: int
    box: Box


@dataclass(frozen=True, slots=True)
class Canonical:
    """A document's text, its blocks and its sentences in order, never overlapping.

    Only spaces and separators stand between two sentences. ``pieces`` says where words are drawn,
    empty when the file had no pages.
    """

    text: str
    blocks: tuple[Placed, ...]
    sentences: tuple[Sentence, ...]
    pieces: tuple[Piece, ...] = ()

    def sentences_of(self, start: int, end: int) -> range:
        """Return which sentences ``text[start:end]`` touches."""
        first = bisect_right(self.sentences, start, key=lambda one: one.end)
        last = bisect_left(self.sentences, end, key=lambda one: one.start)
        return range(first, max(first, last))

    def regions(self, start: int, end: int) -> tuple[Region, ...]:
        """Return where ``text[start:end]`` is drawn: one rectangle for each line of each page."""
        regions: list[Region] = []
        at = bisect_right(self.pieces, start, key=lambda one: one.end)
        while at < len(self.pieces) and self.pieces[at].start < end:
            piece = self.pieces[at]
            last = regions[-1] if regions else None
            if last is not None and last.page == piece.page and _same_line(last.box, piece.box):
                regions[-1] = Region(piece.page, last.box.joined(piece.box))
            else:
                regions.append(Region(piece.page, piece.box))
            at += 1
        return tuple(regions)


def canonical(reading: Reading) -> Canonical:
    """Return the canonical text of a reading; the same reading always gives the same.

    Raises `Invalid` (« document ») when its blocks hold more than `CHARACTERS_MAX`.
    """
    parts: list[str] = []
    blocks: list[Placed] = []
    sentences: list[Sentence] = []
    pieces: list[Piece] = []
    at = counted = 0
    for block in map(_cleaned, reading.blocks):
        if not block.text:
            continue
        if blocks:
            between = WITHIN if _close(blocks[-1].block, block) else BETWEEN
            parts.append(between)
            at += len(between)
        end = at + len(block.text)
        counted += len(block.text)
        if counted > CHARACTERS_MAX:
            raise Invalid({"document": TOO_LONG})
        found = [(0, len(block.text))] if block.kind in _WHOLE else split(block.text)
        sentences += [Sentence(at + one, at + other, len(blocks)) for one, other in found]
        pieces += [Piece(at + one.start, at + one.end, one.page, one.box) for one in block.pieces]
        parts.append(block.text)
        blocks.append(Placed(block, at, end))
        at = end
    return Canonical("".join(parts), tuple(blocks), tuple(sentences), tuple(pieces))


OFFSET_MAX = CHARACTERS_MAX * (1 + len(BETWEEN))
"""Largest offset there is: each block holds a character at least, and is parted from the last."""

TOO_LONG = (
    f"Ce document contient plus de {thousands(CHARACTERS_MAX)}\u00a0caractères. Envoyez seulement "
    "la partie difficile à comprendre."
)


def _cleaned(block: Block) -> Block:
    text = clean(block.text)
    if text == block.text:
        return block
    # Pieces point into the text as it was: better no place than a wrong one.
    return replace(block, text=text, pieces=())


def _close(one: Block, other: Block) -> bool:
    return one.kind is other.kind and one.kind in _CLOSE and one.table == other.table


def _same_line(one: Box, other: Box) -> bool:
    """Whether a word goes on to the right of a rectangle, on the same line."""
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    height = min(one.height, other.height)
    near = -height <= other.left - one.right <= 3 * height
    return near and shared >= 0.5 * height
