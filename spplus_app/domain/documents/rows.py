"""The pieces of a page's lines, by row: a reader's line is cut where columns part it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from operator import lt
from statistics import median
from typing import Any

from .reading import Box, Line, Word, around
from .shapes import marker

GAP = 1.5
"""White between two words, in letter sizes, from which they stand in two columns."""
LINES_GAP = 0.6
"""Widest white, in letter sizes, between two lines of a reader that are one: it parted them."""
JUSTIFIED = 1.6
"""How much wider the widest space of a justified line is than its narrowest."""
DRAWN = 1.2
"""How much larger the size of letters is than what is drawn of them."""
TALL = 0.8
"""Which word of a line, from the smallest, tells how tall it is."""
SLOPE_WORDS = 4
SLOPE_MIN, SLOPE_MAX = 0.002, 0.1
"""Fewest words of a line that tell a slope, and the slopes that are one."""
MARKER_WORDS = 2
"""Most words that a list marker makes: « 1 ° »."""
MARKER_GAP = 6.0
"""Widest white after a list marker, in letter sizes."""


@dataclass(frozen=True, slots=True)
class Segment:
    """Words that follow each other on a row, with no gutter between them."""

    line: Line
    box: Box
    letters: float
    """The size of its letters as the reader says: to compare with others of the document."""

    @property
    def size(self) -> float:
        """What distances are measured in: a reader may tell sizes in another unit."""
        return min(self.letters, DRAWN * self.box.height) or self.letters

    @property
    def text(self) -> str:
        """Its words, one space apart."""
        return self.line.text


Row = list[Segment]


def size_of(line: Line) -> float:
    """Return the size of a line's letters: what the reader says, else how tall it is."""
    return line.size if line.size > 0 else height_of(line)


def height_of(line: Line) -> float:
    """Return the size that the words of a line look: of nearly the tallest, as « et » is not."""
    heights = sorted([box.bottom - box.top for _, box in line.words])
    return max(DRAWN * heights[round(TALL * (len(heights) - 1))], 0.001)


def rows_of(lines: Sequence[Line]) -> list[Row]:
    """Return the segments of a page by row, each row from left to right."""
    slope = _slope(lines)
    pieces = sorted(
        (segment for line in lines for segment in _split(line, slope)),
        key=_place,
    )
    rows: list[Row] = []
    middle = 0.0
    for piece in pieces:
        height = (piece.box.top + piece.box.bottom) / 2
        if rows and height - middle <= 0.4 * min(piece.size, rows[-1][0].size):
            rows[-1].append(piece)
        else:
            rows.append([piece])
            middle = height
    return [_joined(row) for row in rows]


def _place(one: Segment) -> tuple[Any, ...]:
    box = one.box
    # Down to the last word, for what is drawn twice at one place to come in one order.
    return box.top + box.bottom, box.left, box.right, one.text, one.letters, one.line.told


def _slope(lines: Sequence[Line]) -> float:
    """Return how much the lines of a page go down as they go right: a sheet laid askew."""
    slopes = []
    for line in lines:
        if len(line.words) >= SLOPE_WORDS:
            first, last = line.words[0].box, line.words[-1].box
            run = last.left + last.right - first.left - first.right
            if run > 0:
                slopes.append((last.top + last.bottom - first.top - first.bottom) / run)
    slope = median(slopes) if slopes else 0.0
    return slope if SLOPE_MIN < abs(slope) < SLOPE_MAX else 0.0


def _split(line: Line, slope: float) -> list[Segment]:
    """Return a reader's line cut where its words stand too far apart to be one."""
    size = size_of(line)
    words = line.words
    lefts = [box.left for _, box in words]
    if not all(map(lt, lefts, lefts[1:])):  # As nearly every line is.
        words = tuple(sorted(words, key=lambda one: (one.box.left, one.box.right, one.text)))
    whites = [other.left - one.right for (_, one), (_, other) in pairwise(words)]
    widest = GAP * size
    if len(whites) >= 3 and max(whites) < JUSTIFIED * min(whites):
        # The spaces of a narrow justified line are all as wide.
        widest = max(widest, 2 * GAP * size)
    cuts = [at for at, white in enumerate(whites, 1) if white > widest]
    groups = [words[one:other] for one, other in pairwise([0, *cuts, len(words)])]
    return [_segment(line, group, slope) for group in groups]


def _segment(line: Line, words: tuple[Word, ...], slope: float) -> Segment:
    kept = line if words == line.words else replace(line, words=words)
    box = kept.box
    if slope:
        # Words keep their boxes, on the sheet as it is; rows are those of a sheet laid straight.
        box = around(_straight(word.box, slope) for word in words)
    return Segment(kept, box, size_of(line))


def _straight(box: Box, slope: float) -> Box:
    down = slope * (box.left + box.right) / 2
    return Box(box.left, box.top - down, box.right, box.bottom - down)


def _joined(row: Row) -> Row:
    row.sort(key=lambda one: (one.box.left, one.box.right, one.text))
    made: Row = []
    for piece in row:
        last = made[-1] if made else None
        if last is not None and last.line.hint is piece.line.hint:
            white = piece.box.left - last.box.right
            told = last.text if len(last.line.words) <= MARKER_WORDS else ""
            room = MARKER_GAP if told and marker(told) == told else LINES_GAP
            if white <= room * min(last.size, piece.size):
                made[-1] = _merged(last, piece)
                continue
        made.append(piece)
    return made


def _merged(one: Segment, other: Segment) -> Segment:
    words = one.line.words + other.line.words
    bold = one.line.bold and other.line.bold
    told = max(one.line.size, other.line.size)
    line = Line(one.line.page, words, told, bold, one.line.hint)
    return Segment(line, one.box.joined(other.box), max(one.letters, other.letters))


def bounds(segments: Sequence[Segment]) -> Box:
    """Return the rectangle of a flow, of which there is at least one segment."""
    return around(one.box for one in segments)
