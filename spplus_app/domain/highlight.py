"""Found words shown in their text: the passage that holds them, and where each stands."""

from __future__ import annotations

import re
from collections.abc import Collection

from .terms import Token, tokens
from .text import excerpt

_SPACES = re.compile(r"[ \t\n]+")
_BEFORE = 60
"""Characters shown before the first found word of a passage."""


def runs(text: str, wanted: Collection[str]) -> list[tuple[str, bool]]:
    """Cut ``text`` in runs, each with whether it is a found word; joined, they are the text."""
    cut: list[tuple[str, bool]] = []
    at = 0
    for token in _found(text, wanted):
        if token.start > at:
            cut.append((text[at : token.start], False))
        cut.append((text[token.start : token.end], True))
        at = token.end
    if at < len(text):
        cut.append((text[at:], False))
    return cut


def passage(text: str, wanted: Collection[str], longest: int = 220) -> str:
    """Return the passage of ``text`` with the most found words, cut between words.

    The beginning where nothing is found, or where the first words stand near enough.
    """
    flat = _SPACES.sub(" ", text).strip()
    places = [token.start for token in _found(flat, wanted)]
    if not places or len(flat) <= longest:
        return excerpt(flat, longest)
    room = longest - _BEFORE

    def held(start: int) -> int:
        return sum(start <= place < start + room for place in places)

    best = max(places, key=lambda place: (held(place), -place))
    if best < longest - 40 and held(best) <= sum(place < longest - 20 for place in places):
        return excerpt(flat, longest)
    start = flat.rfind(" ", 0, max(best - _BEFORE, 0) + 1) + 1
    return "… " + excerpt(flat[start:], longest - 2)


def _found(text: str, wanted: Collection[str]) -> list[Token]:
    return [token for token in tokens(text) if any(term in wanted for term in token.terms)]
