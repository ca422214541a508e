"""A long document read part by part: each page of the site stays light, whatever was sent."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from .canonical import Canonical
from .reading import BlockKind

PART = 20_000
"""Characters after which a part ends, at the next block (starting value: some eight pages)."""


@dataclass(frozen=True, slots=True)
class Part:
    """Blocks and sentences that are read together, by their numbers; ``number`` starts at 1."""

    number: int
    blocks: range
    sentences: range


def parts(text: Canonical, size: int = PART) -> tuple[Part, ...]:
    """Return the parts of a text in order, at least one; a table is never cut.

    A single table longer than ``size`` makes a part of its own length.
    """
    starts = [0]
    for at, placed in enumerate(text.blocks):
        if at and placed.end - text.blocks[starts[-1]].start > size and not _joined(text, at):
            starts.append(at)
    ends = [*starts[1:], len(text.blocks)]
    firsts = [bisect_right(text.sentences, at - 1, key=lambda one: one.block) for at in starts]
    lasts = [*firsts[1:], len(text.sentences)]
    spans = zip(starts, ends, firsts, lasts, strict=True)
    return tuple(
        Part(number, range(start, end), range(first, last))
        for number, (start, end, first, last) in enumerate(spans, 1)
    )


def part_of(found: tuple[Part, ...], sentence: int) -> Part:
    """Return the part that holds a sentence; the first one when none does."""
    return next((one for one in found if sentence in one.sentences), found[0])


def _joined(text: Canonical, at: int) -> bool:
    """Whether a block and the one before stand in one table."""
    one, other = text.blocks[at - 1].block, text.blocks[at].block
    return one.kind is other.kind is BlockKind.CELL and one.table == other.table
