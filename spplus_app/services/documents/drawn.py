"""What is drawn on a page image and is no text: proposed to be covered, decided by people."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ...adapters.documents.reading import regions
from ...domain.documents.masks import Area, framed
from ...domain.documents.reading import Box, Reading
from ...domain.errors import DomainError


def areas(image: bytes, found: Reading, number: int, folder: Path) -> list[Area]:
    """Return the barcodes and the drawn ink of a page; none when its image cannot be looked at.

    ``folder`` is where the image may stand while it is looked at.
    """
    page = found.pages[number] if number < len(found.pages) else None
    if page is None:
        return []
    words = [
        (box.left / page.width, box.top / page.height, box.right / page.width,
         box.bottom / page.height)
        for box in _words(found, number)
    ]  # fmt: skip
    path = folder / f"page-{number}"
    path.touch(mode=0o600)
    path.write_bytes(image)
    try:
        told = regions(path, words)
        drawn = [
            Area(
                number,
                Box(left * page.width, top * page.height, right * page.width, bottom * page.height),
                kind,
            )
            for kind, (left, top, right, bottom) in told
        ]
        return list(framed(found.pages, drawn))
    except DomainError:
        return []  # what it proposes is a help: the depositor looks at each page
    finally:
        path.unlink()


def _words(found: Reading, number: int) -> Iterator[Box]:
    """Give where the words of a page stand, those of its running lines too."""
    for block in found.blocks:
        yield from (piece.box for piece in block.pieces if piece.page == number)
    for line in found.running:
        if line.page == number:
            yield from (word.box for word in line.words)
