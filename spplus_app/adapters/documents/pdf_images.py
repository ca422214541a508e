"""Pages of a PDF as images: to be masked, to be read when they hold no text."""

from __future__ import annotations

import ctypes
import io
from typing import Any

from PIL import Image

from spplus_app.domain.documents.not_taken import NotTaken, Refusal
from spplus_app.domain.documents.sizes import PHOTO_PIXELS_KEPT

from . import pdfium

WIDTH_MAX = 4000
SIDE_MAX = 16_000
"""Widest page image, and longest side of any, in pixels."""


def image(document: Any, number: int, width: int) -> bytes:
    """Return a page (from 0) as PNG, as wide as said or less: `PHOTO_PIXELS_KEPT` at most."""
    made = io.BytesIO()
    drawn(document, number, width).save(made, "PNG", compress_level=4)
    return made.getvalue()


def drawn(document: Any, number: int, width: int) -> Image.Image:
    """Return a page drawn on white, in grey levels when it has no colour."""
    from .pdf import loaded, size_of

    if not 0 <= number < pdfium.page_count(document):
        raise NotTaken(Refusal.UNREADABLE)
    with loaded(document, number) as page:
        across, down = size_of(page)
        scale = min(
            min(max(1, width), WIDTH_MAX) / across,
            SIDE_MAX / across,
            SIDE_MAX / down,
            (PHOTO_PIXELS_KEPT / (across * down)) ** 0.5,
        )
        wide, high = max(1, int(across * scale)), max(1, int(down * scale))
        bitmap = pdfium.make_bitmap(wide, high, pdfium.BITMAP_BGR, None, 0)
        if not bitmap:
            raise NotTaken(Refusal.UNREADABLE)
        pdfium.fill_bitmap(bitmap, 0, 0, wide, high, 0xFFFFFFFF)
        flags = pdfium.RENDER_ANNOT
        pdfium.draw_page(bitmap, page, 0, 0, wide, high, 0, flags)
        stride = pdfium.bitmap_stride(bitmap)
        buffer = pdfium.bitmap_buffer(bitmap)
        content = ctypes.string_at(buffer, stride * high)
        pdfium.drop_bitmap(bitmap)
    return Image.frombuffer("RGB", (wide, high), content, "raw", "BGR", stride, 1)
