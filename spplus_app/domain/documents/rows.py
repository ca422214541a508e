"""The pieces of a page's lines, by row: a reader's line is cut where columns part it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from .reading import Box, Line, Word, around
from .shapes import marker

GAP = 1.5
"""White between two words, in letter sizes, from which they stand in two columns."""
LINES_GAP = 0.6
"""Widest white, in letter sizes, between two lines of a reader that are one: it parted them."""
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
        return min(self.letters, self.box.height) or self.letters

    @property
    def text(self) -> str:
        """Its words, one space apart."""
        return self.line.text


Row = list[Segment]


def size_of(line: Line) -> float:
    """Return the size of a line's letters: what the reader says, else how tall it is."""
    return line.size if line.size > 0 else height_of(line)


def height_of(line: Line) -> float:
    """Return how tall the words of a line are."""
    return max(median(word.box.height for word in line.words), 0.001)


def rows_of(lines: Sequence[Line]) -> list[Row]:
    """Return the segments of a page by row, each row from left to right."""
    pieces = sorted(
        (segment for line in lines for segment in _split(line)),
        key=lambda one: (one.box.top + one.box.bottom, one.box.left, one.box.right, one.text),
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


def _split(line: Line) -> list[Segment]:
    """Return a reader's line cut where its words stand too far apart to be one."""
    size = size_of(line)
    groups: list[list[Word]] = []
    for word in sorted(line.words, key=lambda one: (one.box.left, one.box.right, one.text)):
        if groups and word.box.left - groups[-1][-1].box.right <= GAP * size:
            groups[-1].append(word)
        else:
            groups.append([word])
    return [_segment(line, words) for words in groups]


def _segment(line: Line, words: Sequence[Word]) -> Segment:
    kept = Line(line.page, tuple(words), line.size, line.bold, line.hint)
    return Segment(kept, kept.box, size_of(line))


def _joined(row: Row) -> Row:
    row.sort(key=lambda one: (one.box.left, one.box.right, one.text))
    made: Row = []
    for piece in row:
        last = made[-1] if made else None
        if last is not None and last.line.hint is piece.line.hint:
            white = piece.box.left - last.box.right
            room = MARKER_GAP if marker(last.text) == last.text else LINES_GAP
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
