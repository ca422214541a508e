"""What the shape of a text tells: capitals, length."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spplus_app.domain.terms import STOP_WORDS
from spplus_app.domain.text import words

from .values import Seen, Signal

FEWEST_WORDS = 15
"""Below, a narrative is called very short.

Of 447 published testimonies one is shorter (11 words), the next has 17: who, what and when do not
fit in less.
"""
CAPITALS_SHARE = 0.6
CAPITALS_FROM = 30
"""Letters of ordinary words, below which capitals say nothing."""
_ACRONYM = 6
"""Letters: a word in capitals as short as this may be an acronym, and does not count."""


def shouting(text: str) -> Iterator[Seen]:
    """Yield that a narrative is written in capitals; acronyms count on neither side.

    Asked of narratives only: of 447 published testimonies 21 have a title all in capitals, and
    none a narrative.
    """
    letters = capitals = 0
    for word in re.findall(r"[^\W\d_]+", text):
        if word.isupper() and len(word) <= _ACRONYM and word.casefold() not in STOP_WORDS:
            continue
        letters += len(word)
        capitals += sum(map(str.isupper, word))
    if letters >= CAPITALS_FROM and capitals >= CAPITALS_SHARE * letters:
        yield Seen(Signal.SHOUTING, f"{100 * capitals // letters}\u00a0% de capitales")


def too_short(text: str) -> Iterator[Seen]:
    """Yield that a narrative has few words: fewer than `FEWEST_WORDS`."""
    number = len(words(text))
    if number < FEWEST_WORDS:
        plural = "s" if number > 1 else ""
        yield Seen(Signal.TOO_SHORT, f"{number}\u00a0mot{plural}")
