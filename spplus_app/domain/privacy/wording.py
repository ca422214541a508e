"""How the words around personal data are written: lists that read as French, made into patterns.

Contexts are read in lower case and without accents (`reading.Reading.low`), which costs less than
patterns in any case; what must keep its capitals is read in the text itself (`typed`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import product

from ..text import fold

_LETTERS = {
    "é": "[ée]",
    "è": "[èe]",
    "ê": "[êe]",
    "à": "[àa]",
    "â": "[âa]",
    "î": "[îi]",
    "ô": "[ôo]",
    "û": "[ûu]",
    "ç": "[çc]",
    "œ": "(?:œ|oe)",
    "’": "[’' ]",
    " ": "[ ]",
    "-": "[- ]",
    ".": r"\.",
    "(": "(?:",
    ")": ")?",
}
_FOLDED = {"’": "[' ]", " ": "[ ]", "-": "[- ]", ".": r"\.", "(": "(?:", ")": ")?"}
_FOLDED["œ"] = "(?:œ|oe)"
_OPENING = re.compile(r"([^\W\d_]+)((?:\([^\W\d_]+\))*)")


def _words(choices: str) -> list[str]:
    # The longest first: « merci d’avance » before « merci ».
    return sorted((" ".join(word.split()) for word in choices.split(",")), key=len, reverse=True)


def typed(choices: str) -> str:
    """Return a pattern for any of these words, separated by commas, in any case.

    Accents are optional, as people type; « agent(e)(s) » is also « agents » and « agente ».
    """
    patterns = ("".join(_LETTERS.get(char, char) for char in word) for word in _words(choices))
    return f"(?i:{'|'.join(patterns)})"


def either(choices: str) -> str:
    """Return the same as `typed`, to be read in lower case and without accents."""
    patterns = ("".join(_FOLDED.get(c, fold(c)) for c in word) for word in _words(choices))
    return f"(?:{'|'.join(patterns)})"


def listed(words: str) -> frozenset[str]:
    """Return these words, separated by commas."""
    return frozenset(" ".join(word.split()) for word in words.split(","))


@dataclass(frozen=True, slots=True)
class Context:
    """Words before something: the first of them, by which they are looked up, and all of them."""

    opens: frozenset[str]
    pattern: re.Pattern[str]


def context(choices: str, rest: str = "") -> Context:
    """Return what stands before something: any of these words, then ``rest``, both folded."""
    opens: set[str] = set()
    for word in _words(choices):
        opening = _OPENING.match(word.replace("œ", "oe"))
        if opening is None:
            raise ValueError(word)
        ends = re.findall(r"\(([^)]+)\)", opening.group(2))
        for some in product((False, True), repeat=len(ends)):
            end = "".join(one for one, there in zip(ends, some, strict=True) if there)
            opens.add(fold(opening.group(1) + end))
    return Context(frozenset(opens), re.compile(either(choices) + rest))


def before(pattern: str, most: int) -> re.Pattern[str]:
    """Return what finds ``pattern`` at the end of a text, ``most`` characters away at most."""
    # A full stop followed by a space ends a sentence; the one of « av. » or « 12.5 » does not.
    return re.compile(rf"\b{pattern}(?!\w)(?:[^.!?\n]|\.(?! )){{0,{most}}}$")
