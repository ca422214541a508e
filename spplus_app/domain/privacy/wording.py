"""How the words around personal data are written: lists that read as French, made into patterns."""

from __future__ import annotations

import re

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


def either(choices: str) -> str:
    """Return a pattern for any of these words, separated by commas, in any case.

    Accents are optional, as people type; « agent(e)(s) » is also « agents » and « agente ».
    """
    # The longest first: « merci d’avance » before « merci ».
    words = sorted((" ".join(word.split()) for word in choices.split(",")), key=len, reverse=True)
    patterns = ("".join(_LETTERS.get(char, char) for char in word) for word in words)
    return f"(?i:{'|'.join(patterns)})"


def listed(words: str) -> frozenset[str]:
    """Return these words, separated by commas."""
    return frozenset(" ".join(word.split()) for word in words.split(","))


def after(pattern: str) -> re.Pattern[str]:
    """Return what finds ``pattern`` where a word begins."""
    return re.compile(rf"(?<![\wÀ-ÿ]){pattern}")


def before(pattern: str, most: int) -> re.Pattern[str]:
    """Return what finds ``pattern`` at the end of a text, at most ``most`` characters away."""
    return re.compile(rf"(?<![\wÀ-ÿ]){pattern}(?![\wÀ-ÿ])[^!?\n]{{0,{most}}}$")
