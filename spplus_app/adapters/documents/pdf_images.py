"""Pages of a PDF as images: to be masked, to be read when they hold no text."""

from __future__ import annotations

import io
from typing import Any

import pypdfium2.raw as pdfium
from PIL import Image

from spplus_app.domain.documents.telling import NotTaken, Refusal
from spplus_app.domain.documents.values import PHOTO_PIXELS_KEPT

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

    if not 0 <= number < pdfium.FPDF_GetPageCount(document):
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
        bitmap = pdfium.FPDFBitmap_CreateEx(wide, high, pdfium.FPDFBitmap_BGR, None, 0)
        if not bitmap:
            raise NotTaken(Refusal.UNREADABLE)
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, wide, high, 0xFFFFFFFF)
        flags = pdfium.FPDF_ANNOT
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, wide, high, 0, flags)
        stride = pdfium.FPDFBitmap_GetStride(bitmap)
        buffer = pdfium.FPDFBitmap_GetBuffer(bitmap)
        import ctypes

        content = ctypes.string_at(buffer, stride * high)
        pdfium.FPDFBitmap_Destroy(bitmap)
    return Image.frombuffer("RGB", (wide, high), content, "raw", "BGR", stride, 1)
