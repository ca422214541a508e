"""A text read once for every signal: folded, cut in words, each with its place in the original."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass

from spplus_app.domain.text import fold

from .values import Danger, Part, Seen, Signal

LONGEST_DETAIL = 60

_TOKENS = re.compile(r"[a-z0-9]+|[.!?;\n…]+")


class _Folds(dict[int, str]):
    """Character → what it folds to, filled as characters are met; what draws nothing goes."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        hidden = unicodedata.category(char) == "Cf"
        folded = "" if hidden else fold(char)
        # Every alphabet passes here: what is not of this one need not be kept for ever.
        if code < 0x2100:
            self[code] = folded
        return folded


_FOLDS = _Folds()


@dataclass(frozen=True, slots=True)
class Reading:
    """A part of a testimony, ready for patterns.

    ``folded`` is lower case without accents; ``spoken`` holds its words one space apart, with
    « . » wherever a sentence may end, so that a pattern of words never runs over two sentences.
    """

    part: Part
    text: str
    folded: str
    words: tuple[str, ...]
    spoken: str
    _origin: tuple[int, ...]
    """Place in ``folded`` → place in ``text``; empty where both are the same."""
    _places: tuple[tuple[int, int], ...]
    """Place in ``folded`` of each token."""
    _spoken_at: tuple[int, ...]
    """Place in ``spoken`` of each token."""

    def seen(self, signal: Signal, start: int, end: int, danger: Danger | None = None) -> Seen:
        """Return what was seen between two places of ``folded``."""
        if self._origin:
            after = self._origin[end] if end < len(self._origin) else len(self.text)
            start, end = self._origin[start], max(after, self._origin[end - 1] + 1)
        detail = " ".join(self.text[start:end].split())
        if len(detail) > LONGEST_DETAIL:
            detail = detail[:LONGEST_DETAIL] + "…"
        return Seen(signal, detail, start, end, self.part, danger)

    def seen_spoken(
        self, signal: Signal, match: re.Match[str], danger: Danger | None = None
    ) -> Seen:
        """Return what a pattern found in ``spoken``."""
        first = bisect_right(self._spoken_at, match.start()) - 1
        last = bisect_right(self._spoken_at, match.end() - 1) - 1
        return self.seen(signal, self._places[first][0], self._places[last][1], danger)

    def seen_words(self, signal: Signal, first: int, last: int) -> Seen:
        """Return what was seen from one of ``words`` to another, included."""
        return self.seen(signal, self._places[first][0], self._places[last][1])


def read(text: str, part: Part) -> Reading:
    """Return ``text`` read; linear in its length."""
    folded = text.translate(_FOLDS)
    origin: tuple[int, ...] = ()
    if len(folded) != len(text) or not text.isascii():
        sizes = [len(_FOLDS[ord(char)]) for char in text]
        if any(size != 1 for size in sizes):
            origin = tuple(at for at, size in enumerate(sizes) for _ in range(size))
    words: list[str] = []
    places: list[tuple[int, int]] = []
    spoken_at: list[int] = []
    at = 0
    for token in _TOKENS.finditer(folded):
        word = token.group()
        if not word.isalnum():
            word = "."
        words.append(word)
        places.append(token.span())
        spoken_at.append(at)
        at += len(word) + 1
    return Reading(
        part, text, folded, tuple(words), " ".join(words), origin, tuple(places), tuple(spoken_at)
    )
