"""Where a mark points: the words themselves with what surrounds them, and their offsets.

The two selectors of the W3C Web Annotation Data Model (2017, §4.2.4 and §4.2.5). Both count
Unicode code points of the canonical text.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate

from spplus_app.domain.errors import Invalid

CONTEXT = 32
"""Characters kept before and after the words (as Hypothesis does)."""
PASSAGE_MAX = 5000
"""Longest passage marked at once, in characters (starting value)."""


@dataclass(frozen=True, slots=True)
class TextQuote:
    """The words, and what stands just before and just after them."""

    exact: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class TextPosition:
    """Where the words start and end in the text; the end is not included."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Target:
    """A passage of one version of a text, said in both ways."""

    quote: TextQuote
    position: TextPosition


def select(text: str, start: int, end: int) -> Target:
    """Return the target of ``text[start:end]``, without the spaces at its edges.

    Raises `Invalid` (« passage ») for what is not in the text, holds no word or is too long.
    """
    if not 0 <= start < end <= len(text):
        raise Invalid({"passage": "Ce passage n’est pas dans le texte. Choisissez-le à nouveau."})
    if end - start > PASSAGE_MAX:
        raise Invalid(
            {"passage": "Ce passage est trop long. Choisissez une phrase, ou quelques-unes."}
        )
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    end -= len(words) - len(words.rstrip())
    if start >= end:
        raise Invalid({"passage": "Ce passage est vide. Choisissez au moins un mot."})
    quote = TextQuote(
        text[start:end], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    )
    return Target(quote, TextPosition(start, end))


def code_points(text: str, offset: int) -> int:
    """Return what an offset of a browser (UTF-16 units) is in code points of ``text``.

    In the middle of a character: before it; out of the text: its nearest end.
    """
    if text.isascii():
        return min(max(0, offset), len(text))
    units = list(accumulate((2 if char > "\uffff" else 1 for char in text), initial=0))
    return bisect_right(units, max(0, offset)) - 1


def utf16(text: str, offset: int) -> int:
    """Return what an offset in code points is for a browser (UTF-16 units)."""
    return offset + sum(char > "\uffff" for char in text[:offset])
