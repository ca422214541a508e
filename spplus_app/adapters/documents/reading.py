"""The door: a file sent by anybody becomes lines or blocks, or a plain sentence that says why not.

`read` and `read_photos` block for as long as the reader takes (`apart`): from asynchronous code
they go through ``asyncio.to_thread``. Nothing here opens what a file holds: its readers do, each
in a process of its own.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from spplus_app.domain.documents.masks import AreaKind
from spplus_app.domain.documents.not_taken import Refusal, refusal_from_wire
from spplus_app.domain.documents.reading import Box, Flowing, Line, Page, Positioned
from spplus_app.domain.documents.refusals import refused
from spplus_app.domain.documents.sizes import PAGES_MAX, PHOTOS_MAX
from spplus_app.domain.documents.wire import from_wire
from spplus_app.domain.errors import Invalid

from .apart import IMAGE_MAX, Bounds, isolation, said
from .kinds import Format, format_of
from .tesseract import installed

__all__ = ["covered", "isolation", "page_image", "read", "read_photos", "regions"]

OCR_SECONDS = 300.0
"""Longest time for all the scanned pages of a document (starting value)."""
BESIDE_SECONDS = 60.0
"""The same for pages that have some text: they do without (starting value)."""

WORDS_MAX = 8000
"""Most words of a page that its reader is told of: an argument is bounded."""
OUTPUT_REGIONS = 64 * 1024

_BOUNDS: dict[Format, Bounds] = {Format.PHOTO: Bounds(wall=60.0, processor=50, starts=True)}
_OCR = Bounds(wall=60.0, processor=50, starts=True)
_IMAGE = Bounds(output=IMAGE_MAX)
_PHOTO = Bounds(output=IMAGE_MAX, starts=True)
_SCANS = re.compile(rb'\{"scans":\[(\d+(?:,\d+)*)\],')
_IMAGES = ((b"\x89PNG\r\n\x1a\n", b"IEND\xaeB\x60\x82"), (b"\xff\xd8\xff", b"\xff\xd9"))
"""How an image of ours begins and ends."""


def read(path: Path, name: str) -> Positioned | Flowing:
    """Return what the file at ``path``, sent under ``name``, says.

    A PDF and a photo give `Positioned` lines (tenths of a point, pixels), all else `Flowing`
    blocks. The same file gives the same. Raises `Invalid` (« document »), and nothing else, for
    whatever is wrong with the file.
    """
    kind = format_of(path, name)
    if kind is Format.PHOTO and not installed():
        raise refused(Refusal.NO_OCR)
    payload = _payload(kind, path, (), _BOUNDS.get(kind, Bounds()))
    found = _SCANS.match(payload) if kind is Format.PDF else None
    if found is None:
        given = from_wire(payload)
    else:
        given = from_wire(b"{" + payload[found.end() :])
        given = _with_scans(given, path, sorted(set(map(int, found[1].split(b",")[:PAGES_MAX]))))
    if not (given.lines if isinstance(given, Positioned) else given.blocks):
        raise refused(Refusal.NO_TEXT)
    return given


def read_photos(files: Sequence[tuple[Path, str]]) -> Positioned:
    """Return what several photos say, each a page of one document, in the order given.

    ``files`` are paths with the names they were sent under. Raises `Invalid` (« document ») as
    `read` does; a photo without any text is a page without lines, unless all are.
    """
    if len(files) > PHOTOS_MAX:
        raise refused(Refusal.PHOTOS)
    if any(format_of(path, name) is not Format.PHOTO for path, name in files):
        raise refused(Refusal.MISMATCH)
    if not installed():
        raise refused(Refusal.NO_OCR)
    pages: list[Page] = []
    lines = []
    for number, (path, _) in enumerate(files):
        one = from_wire(_payload(Format.PHOTO, path, (), _BOUNDS[Format.PHOTO]))
        if not isinstance(one, Positioned) or len(one.pages) != 1:
            raise refused(Refusal.UNREADABLE)
        pages += one.pages
        lines += [replace(line, page=number) for line in one.lines]
    if not lines:
        raise refused(Refusal.NO_TEXT)
    return Positioned(tuple(pages), tuple(lines))


def page_image(path: Path, name: str, page: int = 0, width: int = 1240) -> bytes:
    """Return what a page (from 0) of a PDF looks like, as PNG, or a photo, as JPEG.

    A photo (page 0) comes turned upright, without any of what the camera wrote in it, of
    `PHOTO_PIXELS_KEPT` at most: what may be stored. ``width`` is the widest, in pixels; 0 leaves a
    photo as wide as it is. Raises `Invalid` (« document ») for a file that has no such image.
    """
    kind = format_of(path, name)
    if kind not in {Format.PDF, Format.PHOTO} or (kind is Format.PHOTO and page):
        raise refused(Refusal.UNREADABLE)
    bounds = _IMAGE if kind is Format.PDF else _PHOTO
    payload = _payload(kind, path, ("image", str(page), str(width)), bounds)
    if not any(payload.startswith(first) and payload.endswith(last) for first, last in _IMAGES):
        raise refused(Refusal.UNREADABLE)
    return payload


def covered(path: Path, boxes: Sequence[tuple[float, float, float, float]]) -> bytes:
    """Return a page image of ours with boxes painted over, in parts of its width and height.

    Raises `Invalid` (« document ») for what is no image of ours.
    """
    told = json.dumps([[round(side, 5) for side in box] for box in boxes])
    payload = _payload("cover", path, (told,), _IMAGE)
    if not any(payload.startswith(first) and payload.endswith(last) for first, last in _IMAGES):
        raise refused(Refusal.UNREADABLE)
    return payload


def regions(
    path: Path, words: Sequence[tuple[float, float, float, float]]
) -> list[tuple[AreaKind, tuple[float, float, float, float]]]:
    """Return what is no text on a page image of ours: its kind and its box, in parts of the page.

    ``words`` are where words stand, in parts too. Raises `Invalid` (« document ») for what is no
    image of ours.
    """
    told = "".join(
        f"{min(999, max(0, round(1000 * side))):03d}" for box in words[:WORDS_MAX] for side in box
    )
    payload = _payload("regions", path, (told,), Bounds(output=OUTPUT_REGIONS))
    try:
        return [
            (AreaKind(kind), (float(left), float(top), float(right), float(bottom)))
            for kind, left, top, right, bottom in json.loads(payload)
        ]
    except (TypeError, ValueError, RecursionError):
        raise refused(Refusal.UNREADABLE) from None


def _payload(kind: Format | str, path: Path, arguments: tuple[str, ...], bounds: Bounds) -> bytes:
    payload = said(str(kind), path, arguments, bounds)
    if payload is None:
        raise refused(Refusal.UNREADABLE)
    refusal = refusal_from_wire(payload)
    if refusal is not None:
        raise refused(refusal)
    return payload


def _with_scans(given: Positioned | Flowing, path: Path, scans: list[int]) -> Positioned:
    """Return a PDF with what is read on the images of some of its pages."""
    if not isinstance(given, Positioned) or scans[-1] >= len(given.pages):
        raise refused(Refusal.UNREADABLE)
    if not installed():
        if given.lines:
            return given
        raise refused(Refusal.NO_OCR)
    told: dict[int, list[Box]] = {}
    for line in given.lines:
        told.setdefault(line.page, []).extend(box for _, box in line.words)
    lines = list(given.lines)
    begun = time.monotonic()
    for number in sorted(scans, key=lambda one: (one in told, one)):
        taken = time.monotonic() - begun
        if number in told:
            if taken < BESIDE_SECONDS:
                with suppress(Invalid):
                    lines += beside(_scanned(given, path, number), told[number])
        elif taken > OCR_SECONDS:
            raise refused(Refusal.SLOW)
        else:
            lines += _scanned(given, path, number)
    return Positioned(given.pages, tuple(lines))


def _scanned(given: Positioned, path: Path, number: int) -> tuple[Line, ...]:
    page = given.pages[number]
    size = json.dumps([page.width, page.height])
    one = from_wire(_payload("ocr", path, (str(number), size), _OCR))
    if not isinstance(one, Positioned) or any(line.page != number for line in one.lines):
        raise refused(Refusal.UNREADABLE)
    return one.lines


def beside(lines: Sequence[Line], told: Sequence[Box]) -> list[Line]:
    """Return lines read on an image without the words that the page itself tells where they are.

    What is written over a scan is drawn with it, and would be read twice.
    """
    kept = []
    for line in lines:
        words = tuple(word for word in line.words if not _is_within(word.box, told))
        if words:
            kept.append(replace(line, words=words))
    return kept


def _is_within(box: Box, others: Sequence[Box]) -> bool:
    across, down = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    return any(one.left <= across <= one.right and one.top <= down <= one.bottom for one in others)
