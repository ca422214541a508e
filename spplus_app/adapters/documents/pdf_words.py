"""The words of a page of PDF, with the box of each.

A letter has some thirty words a line and sixty pages: what is done for each word is what a reader
costs. So it is done for a whole page at a time, by what Python has in C.
"""

from __future__ import annotations

import ctypes
import re

from . import pdfium

TYPE_CHECKING = False  # `typing` takes longer to import than a letter to read.
if TYPE_CHECKING:
    from typing import Any

    _Boxes = tuple[list[float], list[float], list[float], list[float]]

FAR = 90_000.0
"""What is drawn further than this is nowhere on a page, in its unit."""
SIZE_MAX = 10_000.0
BOLD = 600
"""From which weight letters are bold."""

_WORD = re.compile(r"[^\s\x00]+")
_LINE = re.compile(r"[^\n]+")


def page_lines(page: Any, number: int, unit: float) -> tuple[list[list[Any]], int]:
    """Return the lines of a page, as they go through the pipe, and how many letters they hold."""
    read = pdfium.load_text(page)
    if not read:
        return [], 0
    try:
        return _lines(read, number, _Frame(page, unit))
    finally:
        pdfium.close_text(read)


def _lines(read: Any, number: int, frame: _Frame) -> tuple[list[list[Any]], int]:
    text, places = _text(read)
    spans: list[tuple[int, int]] = []
    ends: list[int] = []
    for line in _LINE.finditer(text):
        count = len(spans)
        spans += [found.span() for found in _WORD.finditer(text, *line.span())]
        if len(spans) > count:
            ends.append(len(spans))
    words = [text[start:end] for start, end in spans]
    sides = frame.placed(_boxes(read, spans, places))
    lines: list[list[Any]] = []
    start = 0
    for end in ends:
        at = spans[start][0]
        first = places[at] if places else at
        size = min(max(pdfium.font_size(read, first) * frame.unit, 0.0), SIZE_MAX)
        bold = pdfium.font_weight(read, first) >= BOLD
        drawn = sides[4 * start : 4 * end]
        lines.append([number, round(size, 1), bold, None, words[start:end], drawn])
        start = end
    return lines, sum(map(len, words))


class _Frame:
    """From the coordinates of a page's content to those of `reading.Box`."""

    def __init__(self, page: Any, unit: float) -> None:
        # Content is in the page's own space; a crop box or a rotation moves what is seen.
        box = pdfium.Rect()
        pdfium.page_box(page, ctypes.byref(box))
        self.turned, self.unit = pdfium.page_rotation(page), unit
        self.left, self.bottom, self.right, self.top = box.left, box.bottom, box.right, box.top

    def placed(self, boxes: _Boxes) -> list[int]:
        """Return boxes as the page shows them, in its unit: four sides one after the other."""
        left, top, right, bottom = boxes
        match self.turned:
            case 1:
                across = self._after(bottom, self.bottom), self._after(top, self.bottom)
                down = self._after(left, self.left), self._after(right, self.left)
            case 2:
                across = self._before(right, self.right), self._before(left, self.right)
                down = self._after(bottom, self.bottom), self._after(top, self.bottom)
            case 3:
                across = self._before(top, self.top), self._before(bottom, self.top)
                down = self._before(right, self.right), self._before(left, self.right)
            case _:
                across = self._after(left, self.left), self._after(right, self.left)
                down = self._before(top, self.top), self._before(bottom, self.top)
        sides = [0] * (4 * len(left))
        sides[0::4], sides[2::4] = map(_whole, across)
        sides[1::4], sides[3::4] = map(_whole, down)
        return sides

    def _after(self, sides: list[float], origin: float) -> list[float]:
        unit = self.unit
        return [(side - origin) * unit for side in sides]

    def _before(self, sides: list[float], origin: float) -> list[float]:
        unit = self.unit
        return [(origin - side) * unit for side in sides]


def _whole(sides: list[float]) -> list[int]:
    """Return sides as whole numbers, those of what is nowhere on the page brought back near it."""
    try:
        if not sides or (min(sides) > -FAR and max(sides) < FAR):
            return list(map(int, sides))
    except ValueError:
        pass  # A side that is no number, which compares with nothing.
    return [int(max(-FAR, min(FAR, side))) for side in sides]


def _text(read: Any) -> tuple[str, list[int]]:
    """Return the text of a page, and which character of the page each of its own is.

    The second is empty when they are the same.
    """
    count = pdfium.character_count(read)
    if count <= 0:
        return "", []
    buffer = (ctypes.c_ushort * (2 * count + 1))()
    written = pdfium.text_of(read, 0, 2 * count, buffer)
    units = max(0, written - 1)
    text = bytes(memoryview(buffer).cast("B")[: 2 * units]).decode("utf-16-le", "replace")
    if units == count and len(text) == units:
        return text, []
    places = []
    at = 0
    for char in text:
        places.append(max(0, pdfium.character_of(read, at)))
        at += 2 if char > "\uffff" else 1
    return text, places


def _boxes(read: Any, spans: list[tuple[int, int]], places: list[int]) -> _Boxes:
    """Return the box of the first and the last letter together, of each word: side by side."""
    buffer = ctypes.create_string_buffer(max(1, 32 * len(spans)))
    address = at = ctypes.addressof(buffer)
    box_of = pdfium.character_box
    if places:
        spans = [(places[start], places[end - 1] + 1) for start, end in spans]
    for start, end in spans:
        box_of(read, start, at)
        box_of(read, end - 1, at + 16)
        at += 32
    sides = memoryview(ctypes.string_at(address, 32 * len(spans))).cast("f").tolist()
    # Written out: `min` and `max` take three times as long.
    return (
        [
            one if one < other else other
            for one, other in zip(sides[0::8], sides[4::8], strict=True)
        ],
        [
            one if one > other else other
            for one, other in zip(sides[1::8], sides[5::8], strict=True)
        ],
        [
            one if one > other else other
            for one, other in zip(sides[2::8], sides[6::8], strict=True)
        ],
        [
            one if one < other else other
            for one, other in zip(sides[3::8], sides[7::8], strict=True)
        ],
    )
