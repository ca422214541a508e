"""What the shape of a line says by itself: a list marker, a heading, a field to fill in."""

from __future__ import annotations

import re

HEADING_WORDS_MAX = 14
"""Most words of a line in capitals or in bold that is taken for a heading."""

_BULLETS = "•·‣◦▪▫■●○◆◇➢➤►▶✓✔\uf0b7\uf0a7\uf0d8\u2023\u2043"
_MARKER = re.compile(
    rf"(?:[{_BULLETS}]|[-–—*](?=\s)|\(?\d{{1,2}}\s?[°).](?![\d])\)?|[a-zA-Z]\)|\([a-z]\)|"
    r"(?:i{1,3}|iv|vi{0,3}|ix|x)[.)]|[IVX]{1,4}[.)](?=\s))"
)
_BULLET_ALONE = re.compile(rf"[{_BULLETS}\-–—*]")
_TO_FILL = " \u00a0\u202f._…/"
_TICKS = "☐☑☒❑❒□\uf0a3\uf0a8\uf06f\uf071\uf072"
"""Boxes to tick; the last ones are those of the Wingdings font."""
_POSTAL = re.compile(r"^\d{5}\b|^(?:BP|CS|TSA)\s?\d|\bCEDEX\b")
_LETTERS = re.compile(r"[^\W\d_]")
_NUMBERED = re.compile(r"(?:article|titre|chapitre|annexe|partie|section)\s+\w+", re.IGNORECASE)


def marker(text: str) -> str:
    """Return the list marker that begins ``text`` (« • », « - », « 1. », « a) »), else nothing.

    A marker alone is one too; a hyphen or a letter needs a space, or nothing, after it.
    """
    found = _MARKER.match(f"{text} ")
    if found is None:
        return ""
    told = found.group().rstrip()
    rest = text[len(told) :]
    if rest and not rest[0].isspace() and not _BULLET_ALONE.fullmatch(told[0]):
        return ""
    return told


def is_bullet(told: str) -> bool:
    """Whether a marker is a sign, not a number nor a letter."""
    return _BULLET_ALONE.fullmatch(told) is not None


def is_capitals(text: str) -> bool:
    """Whether every letter of a short text is a capital, and it asks for nothing (« OBJET : »)."""
    if text != text.upper() or text.endswith(":") or len(text.split()) > HEADING_WORDS_MAX:
        return False
    if _POSTAL.search(text):
        return False
    return len(_LETTERS.findall(text)) >= 5


def may_be_heading(text: str) -> bool:
    """Whether a line that looks different (bold, larger) reads as a heading."""
    words = text.split()
    return (
        len(words) <= HEADING_WORDS_MAX
        and _LETTERS.search(text) is not None
        and not text.endswith((".", ",", ";"))
    )


def is_numbered_heading(text: str) -> bool:
    """Whether a line says itself what it heads: « Article 3 », « ANNEXE II »."""
    found = _NUMBERED.match(text)
    return found is not None and text[0].isupper() and len(text.split()) <= 3


def is_field(text: str) -> bool:
    """Whether a line leaves something to fill in or to tick: « Nom : …………… », « Oui ☐ »."""
    asked = text.rstrip(_TO_FILL)
    left = text[len(asked) :]
    dots = left.count(".") + left.count("_") + 3 * left.count("…")
    return (len(asked) > 1 and dots >= 4) or (
        len(text) > 2 and (text[-1] in _TICKS or text[0] in _TICKS)
    )
