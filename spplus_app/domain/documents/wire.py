"""What a reader says, as JSON through the pipe of its own process; nothing of it is believed.

A reader runs apart, on a hostile file: what it gives may be anything. Compact, because the pipe is
capped and because words are many: a line ends with its words, then with their sides (left, top,
right, bottom of each), all in one list.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial
from operator import le
from typing import Annotated, cast

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from spplus_app.domain.errors import Invalid

from .canonical import TOO_LONG
from .reading import Block, BlockKind, Box, Flowing, Line, Page, Positioned, Word
from .sizes import CHARACTERS_MAX, PAGES_MAX
from .telling import to_wire

__all__ = ["UNREADABLE", "from_wire", "to_wire"]

SIDE_MAX = 100_000.0
"""Largest side of a page, in its unit: far beyond any photo."""
PAGE_WORDS_MAX = 10_000
"""Most words of one page (starting value): what a row of them costs grows with their square."""
READABLE_CHARACTERS = 2 * CHARACTERS_MAX
"""Most characters a reader may give: running lines and line ends go before the text is counted."""

UNREADABLE = (
    "Ce fichier n’a pas pu être lu. Ouvrez-le, copiez son texte et collez-le à la place du fichier."
)

_Number = Annotated[float, Field(ge=-SIDE_MAX, le=SIDE_MAX, allow_inf_nan=False)]
_Side = Annotated[float, Field(gt=0, le=SIDE_MAX, allow_inf_nan=False)]
_Count = Annotated[int, Field(ge=0, le=READABLE_CHARACTERS)]
_Text = Annotated[str, Field(max_length=READABLE_CHARACTERS)]
_Word = Annotated[_Text, Field(min_length=1)]
_Line = tuple[
    Annotated[int, Field(ge=0, lt=PAGES_MAX)],
    _Number,
    bool,
    BlockKind | None,
    Annotated[list[_Word], Field(min_length=1)],
    list[_Number],
]
_Block = tuple[
    BlockKind, _Text, _Count, Annotated[str, Field(max_length=20)], _Count, _Count, _Count
]


class _Positioned(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    pages: Annotated[list[tuple[_Side, _Side]], Field(max_length=PAGES_MAX)]
    lines: Annotated[list[_Line], Field(max_length=READABLE_CHARACTERS)]


class _Flowing(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    blocks: Annotated[list[_Block], Field(max_length=READABLE_CHARACTERS)]


def from_wire(payload: bytes) -> Positioned | Flowing:
    """Return what a reader said; raise `Invalid` (« document ») for what no reader says."""
    try:
        if payload.startswith(b'{"blocks"'):
            flowing = _Flowing.model_validate_json(payload)
            blocks = tuple(
                Block(kind, text, level, marker, table, row, column)
                for kind, text, level, marker, table, row, column in flowing.blocks
            )
            _counted(sum(len(block.text) for block in blocks))
            return Flowing(blocks)
        read = _Positioned.model_validate_json(payload)
    except ValidationError:
        raise Invalid({"document": UNREADABLE}) from None
    _counted(sum(len(word) for line in read.lines for word in line[4]))
    _crowded(read.lines)
    lines = [
        Line(page, _placed(words, sides), size, bold, hint)
        for page, size, bold, hint, words, sides in read.lines
    ]
    return Positioned(tuple(Page(*page) for page in read.pages), tuple(lines))


# As `Box(…)` and `Word(…)` do, without a call of Python for each of thirty thousand words.
_box = cast(Callable[[tuple[float, ...]], Box], partial(tuple.__new__, Box))
_word = cast(Callable[[tuple[str, Box]], Word], partial(tuple.__new__, Word))


def _placed(words: list[_Word], sides: list[float]) -> tuple[Word, ...]:
    if len(sides) != 4 * len(words):
        raise Invalid({"document": UNREADABLE})
    left, top, right, bottom = (sides[at::4] for at in range(4))
    if not all(map(le, left, right)):
        left, right = list(map(min, left, right)), list(map(max, left, right))
    if not all(map(le, top, bottom)):
        top, bottom = list(map(min, top, bottom)), list(map(max, top, bottom))
    boxes = map(_box, zip(left, top, right, bottom, strict=True))
    return tuple(map(_word, zip(words, boxes, strict=True)))


def _crowded(lines: list[_Line]) -> None:
    held: Counter[int] = Counter()
    for page, _, _, _, words, _ in lines:
        held[page] += len(words)
    if max(held.values(), default=0) > PAGE_WORDS_MAX:
        raise Invalid({"document": UNREADABLE})


def _counted(characters: int) -> None:
    if characters > READABLE_CHARACTERS:
        raise Invalid({"document": TOO_LONG})
