"""Pages drawn for the tests: lines of words with boxes, as a reader of PDF would give them."""

from __future__ import annotations

from spplus_app.domain.documents.reading import Box, Line, Page, Positioned, Word

A4 = Page(595.0, 842.0)
SIZE = 10.0
PITCH = 12.0
"""From one line to the next."""


def line(
    text: str, left: float, top: float, *, page: int = 0, size: float = SIZE, bold: bool = False
) -> Line:
    """A line of ``text``: half a letter size for each character."""
    words = []
    at = left
    for word in text.split():
        width = 0.5 * size * len(word)
        words.append(Word(word, Box(at, top, at + width, top + size)))
        at += width + 0.5 * size
    return Line(page, tuple(words), size, bold)


def lines(
    texts: str, left: float, top: float, *, page: int = 0, size: float = SIZE, bold: bool = False
) -> list[Line]:
    """One line for each line of ``texts``; a blank one leaves a line blank."""
    return [
        line(text, left, top + PITCH * size / SIZE * number, page=page, size=size, bold=bold)
        for number, text in enumerate(texts.strip("\n").split("\n"))
        if text.strip()
    ]


def sheet(*drawn: list[Line] | Line, pages: int = 1) -> Positioned:
    """Sheets of A4 with what is drawn on them."""
    flat = [one for some in drawn for one in (some if isinstance(some, list) else [some])]
    return Positioned((A4,) * pages, tuple(flat))
