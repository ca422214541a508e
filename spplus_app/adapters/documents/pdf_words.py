"""The words of a page of PDF, with the box of each, written at once as they go through the pipe.

A letter has some thirty words a line and sixty pages: what is done for each word is what a reader
costs. So words are written as JSON here, not kept as values to be written later.
"""

from __future__ import annotations

import ctypes
import re
from json.encoder import encode_basestring

from . import pdfium

TYPE_CHECKING = False  # `typing` takes longer to import than a letter to read.
if TYPE_CHECKING:
    from typing import Any

FAR = 90_000.0
"""What is drawn further than this is nowhere on a page, in its unit."""
SIZE_MAX = 10_000.0
BOLD = 600
"""From which weight letters are bold."""

_WORD = re.compile(r"[^\s\x00]+")
_LINE = re.compile(r"[^\n]+")


def page_lines(page: Any, number: int, unit: float) -> tuple[list[str], int]:
    """Return the lines of a page, each in JSON, and how many letters they hold."""
    read = pdfium.load_text(page)
    if not read:
        return [], 0
    try:
        return _lines(read, number, _Frame(page, unit))
    finally:
        pdfium.close_text(read)


def _lines(read: Any, number: int, frame: _Frame) -> tuple[list[str], int]:
    text, places = _text(read)
    spans: list[tuple[int, int]] = []
    ends: list[int] = []
    for line in _LINE.finditer(text):
        count = len(spans)
        spans += [found.span() for found in _WORD.finditer(text, *line.span())]
        if len(spans) > count:
            ends.append(len(spans))
    words = _words(read, text, spans, places, frame)
    lines = []
    start = 0
    for end in ends:
        at = spans[start][0]
        first = places[at] if places else at
        size = min(max(pdfium.font_size(read, first) * frame.unit, 0.0), SIZE_MAX)
        bold = "true" if pdfium.font_weight(read, first) >= BOLD else "false"
        lines.append(f"[{number},{size:.1f},{bold},null,[{','.join(words[start:end])}]]")
        start = end
    return lines, sum(end - start for start, end in spans)


class _Frame:
    """From the coordinates of a page's content to those of `reading.Box`."""

    def __init__(self, page: Any, unit: float) -> None:
        # Content is in the page's own space; a crop box or a rotation moves what is seen.
        box = pdfium.Rect()
        pdfium.page_box(page, ctypes.byref(box))
        self.turned, self.unit = pdfium.page_rotation(page), unit
        self.left, self.bottom, self.right, self.top = box.left, box.bottom, box.right, box.top

    def placed(self, sides: tuple[float, float, float, float]) -> list[int]:
        """Return a rectangle (left, top, right, bottom) as the page shows it, in its unit."""
        left, top, right, bottom = sides
        match self.turned:
            case 1:
                box = bottom - self.bottom, left - self.left, top - self.bottom, right - self.left
            case 2:
                box = self.right - right, bottom - self.bottom, self.right - left, top - self.bottom
            case 3:
                box = self.top - top, self.right - right, self.top - bottom, self.right - left
            case _:
                box = left - self.left, self.top - top, right - self.left, self.top - bottom
        return [int(max(-FAR, min(FAR, side * self.unit))) for side in box]


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


def _words(
    read: Any, text: str, spans: list[tuple[int, int]], places: list[int], frame: _Frame
) -> list[str]:
    """Return each word in JSON, with the box of its first and its last letter together."""
    buffer = ctypes.create_string_buffer(max(1, 32 * len(spans)))
    address = at = ctypes.addressof(buffer)
    box_of = pdfium.character_box
    if places:
        for start, end in spans:
            box_of(read, places[start], at)
            box_of(read, places[end - 1], at + 16)
            at += 32
    else:
        for start, end in spans:
            box_of(read, start, at)
            box_of(read, end - 1, at + 16)
            at += 32
    sides = memoryview(ctypes.string_at(address, 32 * len(spans))).cast("f").tolist()
    texts = [encode_basestring(text[start:end]) for start, end in spans]
    eights = list(zip(*[iter(sides)] * 8, strict=True))
    if not frame.turned and sides and max(max(sides), -min(sides)) * frame.unit < FAR / 2:
        try:
            return _straight(texts, eights, frame)
        except ValueError:
            pass  # A side that is no number, which compares with nothing.
    boxes = [(min(a, e), max(b, f), max(c, g), min(d, h)) for a, b, c, d, e, f, g, h in eights]
    return [
        f"[{told},{','.join(map(str, frame.placed(box)))}]"
        for told, box in zip(texts, boxes, strict=True)
    ]


def _straight(texts: list[str], eights: list[tuple[float, ...]], frame: _Frame) -> list[str]:
    """Return the same as with `placed` for a page that is not turned, without calling it."""
    unit, left, top = frame.unit, frame.left, frame.top
    return [
        f"[{told},{int(((a if a < e else e) - left) * unit)},"
        f"{int((top - (b if b > f else f)) * unit)},"
        f"{int(((c if c > g else g) - left) * unit)},"
        f"{int((top - (d if d < h else h)) * unit)}]"
        for told, (a, b, c, d, e, f, g, h) in zip(texts, eights, strict=True)
    ]
