"""Reader of PDF, in its own process: words with their boxes, what forms show, page images.

``tell(source, [])`` gives the text; a page drawn but without text is given as a scan, to be read
by `ocr`. ``tell(source, ["image", PAGE, WIDTH])`` gives a page as PNG. Boxes are in tenths of a
point: whole numbers go through the pipe faster.
"""

from __future__ import annotations

import ctypes
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pypdfium2.raw as pdfium

from spplus_app.domain.documents.telling import NotTaken, Refusal
from spplus_app.domain.documents.values import PAGES_MAX, PHOTO_PIXELS_KEPT

from .pdf_checks import check

UNIT = 10.0
"""Parts of a point that a unit of the page is."""
SIDE_MAX = 90_000.0
"""Largest side of a page, in its unit: larger ones have a larger unit."""
CHARACTERS_MAX = 400_000
WIDTH_MAX = 4000
"""Widest page image, in pixels."""

_WORD = re.compile(r"[^\s\x00]+")
_DRAWN = (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_FORM)
_BOLD = 600

# Plain addresses instead of typed pointers: half the time of a call, of which a page has thousands.
_box_of = pdfium.FPDFText_GetLooseCharBox
_box_of.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p]


def tell(source: bytes, arguments: list[str]) -> bytes:
    """Return the words of a PDF as `telling` writes them, or the image of a page."""
    pdfium.FPDF_InitLibrary()
    with opened(source) as document:
        check(source, document)
        if arguments:
            from .pdf_images import image

            return image(document, int(arguments[1]), int(arguments[2]))
        return _told(document)


@contextmanager
def opened(source: bytes) -> Iterator[Any]:
    """A document; raises `NotTaken` for one that is sealed, or that is none."""
    document = pdfium.FPDF_LoadMemDocument64(source, len(source), None)
    if not document:
        error = pdfium.FPDF_GetLastError()
        sealed = error in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
        raise NotTaken(Refusal.ENCRYPTED if sealed else Refusal.MISMATCH)
    yield document


def _told(document: Any) -> bytes:
    count = pdfium.FPDF_GetPageCount(document)
    if count > PAGES_MAX:
        raise NotTaken(Refusal.PAGES)
    if count < 1:
        raise NotTaken(Refusal.MISMATCH)
    unit = _unit(document, count)
    pages: list[list[float]] = []
    lines: list[list[Any]] = []
    scans: list[int] = []
    characters = 0
    for number in range(count):
        with loaded(document, number) as page:
            width, height = size_of(page)
            pages.append([width * unit, height * unit])
            found = _lines(page, number, height, unit)
            lines += found
            characters += sum(len(word[0]) for line in found for word in line[4])
            if characters > CHARACTERS_MAX:
                raise NotTaken(Refusal.LONG)
            if not found and _is_drawn(page):
                scans.append(number)
    told: dict[str, Any] = {"pages": pages, "lines": lines}
    if scans:
        told = {"scans": scans, **told}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


@contextmanager
def loaded(document: Any, number: int) -> Iterator[Any]:
    """A page of a document with what its forms and notes show; raises `NotTaken` without one."""
    page = pdfium.FPDF_LoadPage(document, number)
    if page and _flattened(page):
        # What a page shows is computed when it is loaded.
        pdfium.FPDF_ClosePage(page)
        page = pdfium.FPDF_LoadPage(document, number)
    if not page:
        raise NotTaken(Refusal.UNREADABLE)
    try:
        yield page
    finally:
        pdfium.FPDF_ClosePage(page)


def _flattened(page: Any) -> bool:
    """Make what fields show part of the page, as a reader on a screen sees it."""
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), 2000)):
        note = pdfium.FPDFPage_GetAnnot(page, index)
        kind = pdfium.FPDFAnnot_GetSubtype(note)
        pdfium.FPDFPage_CloseAnnot(note)
        if kind == pdfium.FPDF_ANNOT_FILEATTACHMENT:
            raise NotTaken(Refusal.ATTACHMENTS)
        if kind == pdfium.FPDF_ANNOT_WIDGET:
            done = pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY)
            return bool(done == pdfium.FLATTEN_SUCCESS)
    return False


def size_of(page: Any) -> tuple[float, float]:
    """Return the width and the height of a page in points; those of A4 when they make no sense."""
    sides = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    return sides if all(0 < side < 1e7 for side in sides) else (595.0, 842.0)


def _unit(document: Any, count: int) -> float:
    size = pdfium.FS_SIZEF()
    longest = 1.0
    for number in range(count):
        if pdfium.FPDF_GetPageSizeByIndexF(document, number, size):
            longest = max(longest, *(side for side in (size.width, size.height) if side < 1e7))
    return min(UNIT, SIDE_MAX / longest)


def _is_drawn(page: Any) -> bool:
    count = min(pdfium.FPDFPage_CountObjects(page), 2000)
    return any(
        pdfium.FPDFPageObj_GetType(pdfium.FPDFPage_GetObject(page, at)) in _DRAWN
        for at in range(count)
    )


def _lines(page: Any, number: int, height: float, unit: float) -> list[list[Any]]:
    """Return the lines of a page as they go through the pipe."""
    read = pdfium.FPDFText_LoadPage(page)
    if not read:
        return []
    try:
        text, places = _text(read)
        spans = [found.span() for found in _WORD.finditer(text)]
        if places:
            indices = [(places[start], places[end - 1]) for start, end in spans]
        else:
            indices = [(start, end - 1) for start, end in spans]
        words = _words(read, text, spans, indices, _Frame(page, height, unit))
        lines: list[list[Any]] = []
        last = 0
        for (start, end), (first, _), word in zip(spans, indices, words, strict=True):
            if not lines or "\n" in text[last:start]:
                size = round(pdfium.FPDFText_GetFontSize(read, first) * unit, 1)
                bold = pdfium.FPDFText_GetFontWeight(read, first) >= _BOLD
                lines.append([number, min(max(size, 0.0), 1000 * UNIT), bold, None, []])
            lines[-1][4].append(word)
            last = end
        return lines
    finally:
        pdfium.FPDFText_ClosePage(read)


class _Frame:
    """From the coordinates of a page's content to those of `reading.Box`."""

    def __init__(self, page: Any, height: float, unit: float) -> None:
        # Content is in the page's own space; a crop box or a rotation moves what is seen.
        self.unit, self.height = unit, height
        box = pdfium.FS_RECTF()
        turned = pdfium.FPDFPage_GetRotation(page)
        pdfium.FPDF_GetPageBoundingBox(page, box)
        self.left, self.bottom = box.left, box.bottom
        self.right, self.top = box.right, box.top
        self.turned = turned

    def placed(self, left: float, top: float, right: float, bottom: float) -> tuple[int, ...]:
        """Return a rectangle as the page shows it, in its unit."""
        match self.turned:
            case 1:
                box = bottom - self.bottom, left - self.left, top - self.bottom, right - self.left
            case 2:
                box = self.right - right, bottom - self.bottom, self.right - left, top - self.bottom
            case 3:
                box = self.top - top, self.right - right, self.top - bottom, self.right - left
            case _:
                box = left - self.left, self.top - top, right - self.left, self.top - bottom
        return tuple(int(side * self.unit) for side in box)


def _text(read: Any) -> tuple[str, list[int]]:
    """Return the text of a page, and which character of the page each of its own is.

    The second is empty when they are the same.
    """
    count = pdfium.FPDFText_CountChars(read)
    if count <= 0:
        return "", []
    buffer = (ctypes.c_ushort * (2 * count + 1))()
    written = pdfium.FPDFText_GetText(read, 0, 2 * count, buffer)
    units = max(0, written - 1)
    text = bytes(memoryview(buffer).cast("B")[: 2 * units]).decode("utf-16-le", "replace")
    if units == count and len(text) == units:
        return text, []
    places = []
    at = 0
    for char in text:
        places.append(max(0, pdfium.FPDFText_GetCharIndexFromTextIndex(read, at)))
        at += 2 if char > "\uffff" else 1
    return text, places


def _words(
    read: Any,
    text: str,
    spans: list[tuple[int, int]],
    indices: list[tuple[int, int]],
    frame: _Frame,
) -> list[list[Any]]:
    """Return each word with the box of its first and its last letter together."""
    buffer = ctypes.create_string_buffer(max(1, 32 * len(spans)))
    address = at = ctypes.addressof(buffer)
    handle = ctypes.cast(read, ctypes.c_void_p).value
    for first, last in indices:
        _box_of(handle, first, at)
        _box_of(handle, last, at + 16)
        at += 32
    sides = memoryview(ctypes.string_at(address, 32 * len(spans))).cast("f").tolist()
    words = []
    for at, (start, end) in enumerate(spans):
        a, b, c, d, e, f, g, h = sides[8 * at : 8 * at + 8]
        box = frame.placed(min(a, e), max(b, f), max(c, g), min(d, h))
        words.append([text[start:end], *(max(-100_000, min(100_000, side)) for side in box)])
    return words
