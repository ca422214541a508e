"""The one reading form: what any reader of files gives, and what is read out of it.

Two things come from readers. A page has places: PDF and OCR give `Positioned` lines, whose order
means nothing. A file that already knows its own order (DOCX, ODT, HTML, e-mail, plain text) gives
`Flowing` blocks. Both end as one `Reading`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from spplus_app.domain.text import BIDI_CONTROLS, FORBIDDEN


class Box(NamedTuple):
    """A rectangle of a page: from its top left corner, downwards, in the page's own unit."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        """How tall it is."""
        return self.bottom - self.top

    @property
    def width(self) -> float:
        """How wide it is."""
        return self.right - self.left

    def joined(self, other: Box) -> Box:
        """Return the smallest rectangle that holds both."""
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )


def around(boxes: Iterable[Box]) -> Box:
    """Return the smallest rectangle that holds all, of which there is at least one."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return Box(min(lefts), min(tops), max(rights), max(bottoms))


class BlockKind(StrEnum):
    """What a block of text is."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    CELL = "cell"
    FIELD = "field"


@dataclass(frozen=True, slots=True)
class Page:
    """A page and its size: points in a PDF, pixels in a scan; only proportions are used."""

    width: float
    height: float


class Word(NamedTuple):
    """A word as it stands on a page, without any space."""

    text: str
    box: Box


@dataclass(frozen=True)
class Line:
    """Words that a reader found on one line of a page (0 is the first), from left to right.

    ``size`` is the size of the letters in the page's unit, 0 when it is not known (the height of
    the line then stands for it); ``hint`` is the kind when the file itself tells it.
    """

    page: int
    words: tuple[Word, ...]
    size: float = 0.0
    bold: bool = False
    hint: BlockKind | None = None

    @cached_property
    def text(self) -> str:
        """Its words, one space apart."""
        return " ".join([text for text, _ in self.words])

    @property
    def told(self) -> tuple[float, bool, str, tuple[Word, ...]]:
        """All it says but its page: what orders two lines that stand at one place."""
        return self.size, self.bold, self.hint or "", self.words

    @cached_property
    def box(self) -> Box:
        """The rectangle of its words, of which there is at least one."""
        return around([box for _, box in self.words])


class Piece(NamedTuple):
    """Where the characters ``start:end`` of a text are drawn; a word cut in two has two."""

    start: int
    end: int
    page: int
    box: Box


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a document, in its place in reading order.

    ``text`` is `clean`. ``marker`` is what stands before a list item (« • », « 1. », « a) »),
    never part of the text; ``level`` is the depth of a heading (1 is the highest) or of a list
    item (0 is the outermost); ``table``, ``row`` and ``column`` place a cell, from 0. A form field
    holds what it asks and what it shows: « Nom : … ».
    """

    kind: BlockKind
    text: str
    level: int = 0
    marker: str = ""
    table: int = 0
    row: int = 0
    column: int = 0
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class Positioned:
    """What a reader of pages gives; the order of ``lines`` means nothing."""

    pages: tuple[Page, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Flowing:
    """What a reader of files without pages gives, in reading order."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """A document as it is read: its blocks in order, and what was set apart.

    ``running`` holds the lines repeated from page to page (headers, footers, page numbers) that
    ``blocks`` leaves out: they are still on the page images, so masking must look at them too.
    """

    blocks: tuple[Block, ...]
    pages: tuple[Page, ...] = ()
    running: tuple[Line, ...] = ()

    @property
    def title(self) -> str:
        """Its title, else what its « Objet » says, else its first heading, else nothing."""
        for block in self.blocks:
            if block.kind is BlockKind.TITLE:
                return block.text
        for block in self.blocks:
            if told := _SUBJECT.match(block.text):
                return told.group(1)
        for block in self.blocks:
            if block.kind is BlockKind.HEADING:
                return block.text
        return ""


_SUBJECT = re.compile(r"objet\s?:\s?(\S.*)", re.IGNORECASE)

_DRAWS_NOTHING = re.compile(
    "|".join(("[\u00ad\u200b\u2060\ufeff]", BIDI_CONTROLS.pattern, FORBIDDEN.pattern))
)
# Every space but the two that French typography needs.
_SPACES = re.compile(r"[^\S\u00a0\u202f]+")
_NARROW = re.compile(r"[ \u00a0\u202f]*([\u00a0\u202f])[ \u00a0\u202f]*")
_EDGES = " \u00a0\u202f"
_CLEAN = re.compile(r"[!-~À-ÿŒœ€’…\u00ab\u00bb–°]*(?: [!-~À-ÿŒœ€’…\u00ab\u00bb–°]+)*")
"""What is clean already, as nearly every word is: looked at first, for speed."""


def is_clean(text: str) -> bool:
    """Whether a text is surely `clean`; so then are the words that it is made of."""
    return text[:1] != " " and _CLEAN.fullmatch(text) is not None


def clean(text: str) -> str:
    """Return ``text`` as blocks hold it: NFC, one line, one space running, nothing invisible.

    Unlike text that somebody types, nothing is refused: a file is what it is. No-break spaces
    stay. Doing it twice changes nothing more.
    """
    if is_clean(text):
        return text
    spaced = _SPACES.sub(" ", _DRAWS_NOTHING.sub("", _SPACES.sub(" ", text)))
    return unicodedata.normalize("NFC", _NARROW.sub(r"\1", spaced).strip(_EDGES))


def flowed(given: Flowing) -> Reading:
    """Return the reading of a file that knew its order: each text cleaned, empty blocks gone."""
    kept = [_cleaned(block) for block in given.blocks]
    return Reading(tuple(block for block in kept if block.text))


def _cleaned(block: Block) -> Block:
    return replace(block, text=clean(block.text), marker=clean(block.marker), pieces=())
