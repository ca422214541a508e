"""Reader of bare text, in its own process."""

from __future__ import annotations

from .flowing import bare, decoded


def tell(source: bytes, arguments: list[str]) -> bytes:
    """Return the blocks of a text in UTF-8, UTF-16 or Windows-1252, as `telling` writes them."""
    return bare(decoded(source))
