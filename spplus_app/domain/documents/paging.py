"""Which blocks of a document stand on which page: what is looked at beside a page image."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from .canonical import Canonical
from .masks import Mask


def blocks_by_page(document: Canonical, pages: int) -> list[list[int]]:
    """Return, for each page, the numbers of the blocks drawn on it, in reading order.

    A block that runs over two pages is in both. One whose place is not known stands with the
    block before it. A document without pages is one page: ``pages`` counts as one at least.
    """
    found: list[list[int]] = [[] for _ in range(max(1, pages))]
    at, last = 0, 0
    for number, placed in enumerate(document.blocks):
        here: set[int] = set()
        while at < len(document.pieces) and document.pieces[at].start < placed.end:
            here.add(min(document.pieces[at].page, len(found) - 1))
            at += 1
        here = here or {last}
        last = max(here)
        for page in here:
            found[page].append(number)
    return found


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a block, ``text[start:end]``, masked or not."""

    start: int
    end: int
    mask: Mask | None = None


def runs(start: int, end: int, masks: list[Mask]) -> list[Run]:
    """Return ``text[start:end]`` cut where masks begin and end; ``masks`` are `masks.settled`."""
    found: list[Run] = []
    at = start
    rank = bisect_right(masks, start, key=lambda mask: mask.end)
    while rank < len(masks) and masks[rank].start < end:
        mask = masks[rank]
        rank += 1
        first, last = max(start, mask.start), min(end, mask.end)
        if at < first:
            found.append(Run(at, first))
        found.append(Run(first, last, mask))
        at = last
    if at < end:
        found.append(Run(at, end))
    return found
