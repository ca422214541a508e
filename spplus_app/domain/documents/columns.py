"""The lines of a page in reading order: columns one after the other, tables row by row.

Rows are read from the top. A run of rows that leave the same white gutter free, with words on
both sides, is read column by column; a line across the gutter ends the run. Nothing here depends
on the order in which lines are given.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from .reading import Box, Line
from .rows import Row, Segment, bounds, rows_of
from .spans import merged

GUTTER = 0.9
"""Narrowest gutter between two columns, in letter sizes."""
WHITE = 0.8
"""White, in letter sizes, from which a row no more follows on from the one above."""
PARTED = 1.3
"""White between two rows, in letter sizes, that parts short blocks standing side by side."""
DEPTH = 6
"""Most columns within columns."""
FIGURE_MAX = 40
"""Longest text taken for a figure or a date."""
ROWS_MAX = 1000
RUN_ROWS_MAX = 300
"""Bounds on what a hostile page costs; a real one has some sixty rows."""

_NUMBER = re.compile(
    r"[-+±]?\s?[\d\s.,/:%€-]*\d[\d\s.,/:%€-]*(?:euros?|ans|jours|mois|h\d*)?", re.I
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Segments in reading order that make one flow: a column, or part of one."""

    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; a cell is the segments that stand in it."""

    rows: tuple[tuple[Segment, ...], ...]


Part = Stretch | Table


def in_order(lines: Sequence[Line]) -> list[Part]:
    """Return the lines of one page in reading order; every word is in exactly one part."""
    rows = rows_of(lines)
    # A page of a thousand rows is no page that anybody reads: its lines are taken as they stand.
    return _ordered(rows, DEPTH if len(rows) <= ROWS_MAX else 0)


def _ordered(rows: list[Row], depth: int) -> list[Part]:
    parts: list[Part] = []
    plain: Row = []
    told = [
        index
        for index, row in enumerate(rows)
        if len(row) > 1 or (index and _white(rows, index) < 0)
    ]
    edges = bounds([one for row in rows for one in row]) if told else None
    at = 0
    while at < len(rows):
        start, end, gutter = at, at, 0.0
        # Most pages have one column: no two pieces of a row, no two rows at one height.
        next_told = bisect_left(told, at)
        if depth and edges is not None and next_told < len(told):
            start, end, gutter = _run(rows, at, edges)
        before = start if end > start else max(start, at + 1)
        plain += [one for row in rows[at:before] for one in row]
        if end > start:
            if plain:
                parts.append(Stretch(tuple(plain)))
                plain = []
            parts += _side_by_side(rows[start:end], gutter, depth)
        at = max(before, end)
    if plain:
        parts.append(Stretch(tuple(plain)))
    return parts


def _run(rows: list[Row], at: int, edges: Box) -> tuple[int, int, float]:
    """Return the longest run of rows from ``at`` that leaves a gutter free, and the gutter.

    An empty run when there is none.
    """
    while True:
        end, gutter = _widest(rows, at, edges)
        start, stop = _trimmed(rows, at, end, gutter)
        if start == at:
            return start, stop, gutter
        # Lines above the columns narrow the gutter, or show another one: seen better alone.
        at = start


def _widest(rows: list[Row], at: int, edges: Box) -> tuple[int, float]:
    """Return how far from ``at`` some white goes down the page, and where its middle is."""
    size = min(one.size for one in rows[at])
    covered: list[tuple[float, float]] = []
    best, gutter = at, 0.0
    for end in range(at, min(len(rows), at + RUN_ROWS_MAX)):
        covered = merged([*covered, *((one.box.left, one.box.right) for one in rows[end])])
        white, middle = max(
            (
                (right[0] - left[1], (left[1] + right[0]) / 2)
                for left, right in itertools.pairwise(covered)
            ),
            default=(0.0, 0.0),
        )
        if white >= GUTTER * size:
            best, gutter = end + 1, middle
        elif best > at or covered[0] == (edges.left, edges.right):
            break
    return best, gutter


def _trimmed(rows: list[Row], at: int, end: int, gutter: float) -> tuple[int, int]:
    """Return the part of a run where both sides stand, with what follows on close to it.

    Both sides must share a row, or two of their rows overlap in height: short lines above a line
    set to the right are no columns.
    """
    sides = [{one.box.left > gutter for one in rows[index]} for index in range(at, end)]
    shared = [at + index for index, side in enumerate(sides) if len(side) == 2]
    if not shared:
        met = [
            at + index
            for index in range(1, end - at)
            if sides[index] != sides[index - 1] and _white(rows, at + index) < 0
        ]
        if len(met) < 2:
            return at, at
        shared = [met[0] - 1, *met]
    start = next(
        (i for i in range(shared[0], at, -1) if _white(rows, i) > WHITE * rows[i][0].size), at
    )
    stop = next(
        (i for i in range(shared[-1] + 1, end) if _white(rows, i) > WHITE * rows[i][0].size), end
    )
    return start, stop


def _white(rows: list[Row], index: int) -> float:
    """Return how much white stands above a row, negative when it overlaps the row before."""
    above = max(one.box.bottom for one in rows[index - 1])
    return min(one.box.top for one in rows[index]) - above


def _side_by_side(rows: list[Row], gutter: float, depth: int) -> list[Part]:
    # What stands alone above or below a table is its heading, or goes on after it.
    wide = [index for index, row in enumerate(rows) if len(row) > 1] or [0]
    inside = rows[wide[0] : wide[-1] + 1]
    if _is_table(inside):
        around = [
            [Stretch(tuple(one for row in some for one in row))] if some else []
            for some in (rows[: wide[0]], rows[wide[-1] + 1 :])
        ]
        return [*around[0], Table(tuple(tuple(row) for row in inside)), *around[1]]
    left, right = (
        [kept for row in rows if (kept := [one for one in row if (one.box.left > gutter) is side])]
        for side in (False, True)
    )
    if not (_is_prose(left) and _is_prose(right)):
        cuts = [
            index
            for index in range(1, len(rows))
            if _white(rows, index) > PARTED * rows[index][0].size
        ]
        if cuts:
            ends = itertools.pairwise([0, *cuts, len(rows)])
            return [part for one, other in ends for part in _ordered(rows[one:other], depth - 1)]
    return _ordered(left, depth - 1) + _ordered(right, depth - 1)


def _is_prose(rows: list[Row]) -> bool:
    counts = [len(one.line.words) for row in rows for one in row]
    return len(counts) >= 6 and median(counts) >= 4


def _is_table(rows: list[Row]) -> bool:
    """Whether rows side by side are read across: cells of one row belong together.

    Three columns or more of short cells, or two of which one holds figures only, or whose left
    cells end with « : ». Two blocks of text or two addresses side by side are not.
    """
    full = [row for row in rows if len(row) > 1]
    if len(full) < 2 or len(full) < 0.7 * len(rows):
        return False
    words = [len(one.line.words) for row in full for one in row]
    if median(words) > 5:
        return False
    wide = [row for row in full if len(row) >= 3]
    if len(wide) >= 0.6 * len(full):
        return True
    figures = sum(_is_figure(row[-1].text) for row in full)
    asked = sum(row[0].text.endswith(":") for row in full)
    return max(figures, asked) >= 0.6 * len(full)


def _is_figure(text: str) -> bool:
    return len(text) <= FIGURE_MAX and _NUMBER.fullmatch(text) is not None
