"""Reader of PDF, in its own process: words with their boxes, what forms show, page images.

``tell(source, [])`` gives the text; a page drawn but without text is given as a scan, to be read
by `ocr`, and so is one with little text on images that fill it: the line of a fax, a signature.
``tell(source, ["image", PAGE, WIDTH])`` gives a page as PNG. Boxes are in tenths of a point: whole
numbers go through the pipe faster.
"""

from __future__ import annotations

import ctypes
import json
from collections.abc import Iterator
from contextlib import contextmanager

from spplus_app.domain.documents.not_taken import NotTaken, Refusal
from spplus_app.domain.documents.sizes import PAGES_MAX

from . import pdfium
from .pdf_checks import check
from .pdf_words import page_lines

TYPE_CHECKING = False  # `typing` takes longer to import than a letter to read.
if TYPE_CHECKING:
    from typing import Any

UNIT = 10.0
"""Parts of a point that a unit of the page is."""
SIDE_MAX = 90_000.0
"""Largest side of a page, in its unit: larger ones have a larger unit."""
_SHOWN = (pdfium.ANNOT_WIDGET, pdfium.ANNOT_FREETEXT, pdfium.ANNOT_STAMP)
"""What is laid on a page and read as part of it; a note that opens is not."""
CHARACTERS_MAX = 400_000

LETTERS_FEW = 300
"""Under how many letters a page filled with images is a scan, with something written over it."""
FILLED = 0.5
"""Part of a page that its images cover, from which they fill it."""
OBJECTS_MAX = 2000

_DRAWN = (pdfium.OBJECT_IMAGE, pdfium.OBJECT_PATH, pdfium.OBJECT_FORM)


def tell(source: bytes, arguments: list[str]) -> bytes:
    """Return the words of a PDF as `telling` writes them, or the image of a page."""
    pdfium.init_library()
    with opened(source) as document:
        check(source, document)
        if arguments:
            from .pdf_images import image

            return image(document, int(arguments[1]), int(arguments[2]))
        return _told(document)


@contextmanager
def opened(source: bytes) -> Iterator[Any]:
    """A document; raises `NotTaken` for one that is sealed, or that is none."""
    document = pdfium.load_document(source, len(source), None)
    if not document:
        error = pdfium.last_error()
        sealed = error in (pdfium.ERR_PASSWORD, pdfium.ERR_SECURITY)
        raise NotTaken(Refusal.ENCRYPTED if sealed else Refusal.MISMATCH)
    yield document


def _told(document: Any) -> bytes:
    count = pdfium.page_count(document)
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
            found, letters = page_lines(page, number, unit)
            lines += found
            characters += letters
            if characters > CHARACTERS_MAX:
                raise NotTaken(Refusal.LONG)
            if _is_drawn(page) if not found else letters < LETTERS_FEW and _is_filled(page):
                scans.append(number)
    told: dict[str, Any] = {"scans": scans} if scans else {}
    told |= {"pages": pages, "lines": lines}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


@contextmanager
def loaded(document: Any, number: int) -> Iterator[Any]:
    """A page of a document with what its forms and notes show; raises `NotTaken` without one."""
    page = pdfium.load_page(document, number)
    if page and _flattened(page):
        # What a page shows is computed when it is loaded.
        pdfium.close_page(page)
        page = pdfium.load_page(document, number)
    if not page:
        raise NotTaken(Refusal.UNREADABLE)
    try:
        yield page
    finally:
        pdfium.close_page(page)


def _flattened(page: Any) -> bool:
    """Make what fields show part of the page, as a reader on a screen sees it."""
    for index in range(min(pdfium.annotation_count(page), 2000)):
        note = pdfium.annotation_at(page, index)
        kind = pdfium.annotation_type(note)
        pdfium.close_annotation(note)
        if kind == pdfium.ANNOT_FILEATTACHMENT:
            raise NotTaken(Refusal.ATTACHMENTS)
        if kind in _SHOWN:
            done = pdfium.flatten(page, pdfium.FLAT_NORMALDISPLAY)
            return bool(done == pdfium.FLATTEN_SUCCESS)
    return False


def size_of(page: Any) -> tuple[float, float]:
    """Return the width and the height of a page in points; those of A4 when they make no sense."""
    sides = pdfium.page_width(page), pdfium.page_height(page)
    return sides if all(0 < side < 1e7 for side in sides) else (595.0, 842.0)


def _unit(document: Any, count: int) -> float:
    size = pdfium.Size()
    longest = 1.0
    for number in range(count):
        if pdfium.page_size(document, number, ctypes.byref(size)):
            longest = max(longest, *(side for side in (size.width, size.height) if side < 1e7))
    return min(UNIT, SIDE_MAX / longest)


def _objects(page: Any) -> Iterator[Any]:
    for at in range(min(pdfium.object_count(page), OBJECTS_MAX)):
        yield pdfium.object_at(page, at)


def _is_drawn(page: Any) -> bool:
    return any(pdfium.object_type(one) in _DRAWN for one in _objects(page))


def _is_filled(page: Any) -> bool:
    """Whether images cover most of a page: scanners cut a sheet in strips, which add up."""
    sides = (ctypes.c_float * 4)()
    left, bottom, right, top = (ctypes.byref(sides, 4 * at) for at in range(4))
    covered = 0.0
    for one in _objects(page):
        if pdfium.object_type(one) != pdfium.OBJECT_IMAGE:
            continue
        if pdfium.object_bounds(one, left, bottom, right, top):
            covered += (sides[2] - sides[0]) * (sides[3] - sides[1])
    width, height = size_of(page)
    return covered >= FILLED * width * height
