"""Found words shown in their text: the passage that holds them, and where each stands."""

from __future__ import annotations

import re
from collections.abc import Collection

from .terms import places
from .text import excerpt

_SPACES = re.compile(r"[ \t\n]+")
_BEFORE = 60
"""Characters shown before the first found word of a passage."""


def runs(text: str, wanted: Collection[str]) -> list[tuple[str, bool]]:
    """Cut ``text`` in runs, each with whether it is a found word; joined, they are the text."""
    cut: list[tuple[str, bool]] = []
    at = 0
    for start, end in places(text, wanted):
        if start > at:
            cut.append((text[at:start], False))
        cut.append((text[start:end], True))
        at = end
    if at < len(text):
        cut.append((text[at:], False))
    return cut


def passage(text: str, wanted: Collection[str], longest: int = 220) -> str:
    """Return the passage of ``text`` with the most found words, cut between words.

    The beginning where nothing is found, or where the first words stand near enough.
    """
    flat = _SPACES.sub(" ", text).strip()
    starts = [start for start, _ in places(flat, wanted)]
    if not starts or len(flat) <= longest:
        return excerpt(flat, longest)
    room = longest - _BEFORE

    def held(start: int) -> int:
        return sum(start <= place < start + room for place in starts)

    best = max(starts, key=lambda place: (held(place), -place))
    if best < longest - 40 and held(best) <= sum(place < longest - 20 for place in starts):
        return excerpt(flat, longest)
    start = flat.rfind(" ", 0, max(best - _BEFORE, 0) + 1) + 1
    return "… " + excerpt(flat[start:], longest - 2)
