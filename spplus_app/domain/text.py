"""Text as people type it: cleaned, folded, bounded, turned into slugs and excerpts."""

from __future__ import annotations

import re
import unicodedata

BIDI_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
# No-break spaces are good typography: they stay.
_SPACES = re.compile(r"[ \t]+")
# Letters and symbols by their category, that draw nothing.
_BLANKS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_WORDS = re.compile(r"[0-9a-z]+")


class ForbiddenCharacter(ValueError):
    """The text holds control characters that no keyboard types."""


def clean_line(value: str) -> str:
    """Return one line of typed text: NFC, spaces folded, trimmed, direction marks removed.

    Raises `ForbiddenCharacter` for control characters (NUL included).
    """
    text = _clean(value).replace("\n", " ")
    return _SPACES.sub(" ", text).strip()


def clean_text(value: str) -> str:
    """Return several lines of typed text: NFC, line ends as LF, at most one blank line running.

    Raises `ForbiddenCharacter` for control characters (NUL included).
    """
    text = _clean(value)
    text = "\n".join(line.rstrip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _clean(value: str) -> str:
    # Right-to-left marks can make a text read otherwise than it is stored: they go; letters stay.
    text = value.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n")
    text = BIDI_CONTROLS.sub("", text.replace("\u2029", "\n\n"))
    if FORBIDDEN.search(text):
        raise ForbiddenCharacter
    return unicodedata.normalize("NFC", text)


def is_blank(value: str) -> bool:
    """Whether ``value`` shows nothing at all: spaces and invisible characters only."""
    return all(unicodedata.category(char)[0] in "ZCM" or char in _BLANKS for char in value)


def fold(value: str) -> str:
    """Return ``value`` in lower case without accents, ligatures opened (œ → oe)."""
    # Decomposed first: a letter of mathematics only then becomes one that has a lower case.
    lowered = unicodedata.normalize("NFKD", value).casefold()
    opened = lowered.replace("œ", "oe").replace("æ", "ae")
    decomposed = unicodedata.normalize("NFKD", opened)
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def words(value: str) -> list[str]:
    """Return the folded words of ``value``, in order: letters and digits only."""
    return _WORDS.findall(fold(value))


def slug(value: str, longest: int = 80) -> str:
    """Return a readable URL part for ``value``, never empty, at most ``longest`` characters."""
    kept: list[str] = []
    length = 0
    for word in words(value):
        length += len(word) + 1
        if kept and length > longest + 1:
            break
        kept.append(word[:longest])
    return "-".join(kept) or "sans-titre"


def excerpt(value: str, longest: int = 220) -> str:
    """Return the beginning of ``value`` cut between words, with an ellipsis when cut."""
    # Not `split()`: it would take no-break spaces, and leave a « » » alone on its line.
    flat = re.sub(r"[ \t\n]+", " ", value).strip()
    if len(flat) <= longest:
        return flat
    return flat[:longest].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"


def french_number(value: int) -> str:
    """Return a number with its thousands apart: « 10 000 », by a no-break space."""
    return f"{value:,}".replace(",", "\u00a0")
