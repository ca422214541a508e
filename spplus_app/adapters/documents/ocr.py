"""Reader of one scanned page of a PDF, in its own process: drawn, then read by Tesseract."""

from __future__ import annotations

import json

from . import pdfium, tesseract
from .pdf import opened
from .pdf_checks import check
from .pdf_images import drawn

WIDTH = 2200
"""Pixels across a page: 266 for an inch of A4, enough for letters of 8 points."""


def tell(source: bytes, arguments: list[str]) -> bytes:
    """Return the lines of page ``arguments[0]``, in the unit where it measures ``arguments[1]``."""
    number = int(arguments[0])
    width, height = json.loads(arguments[1])
    pdfium.init_library()
    with opened(source) as document:
        check(source, document)
        image = drawn(document, number, WIDTH).convert("L")
    scale = width / image.width, height / image.height
    told = {"pages": [[width, height]], "lines": tesseract.lines(image, number, scale)}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
