"""A mark found again in another version of the text: same place, same words, nearly, or nowhere.

In the order of Hypothesis (position, exact words, approximate words), with two differences: the
words at the old position count only with what surrounded them, and an approximation must keep
three letters in four and stand near where the words are awaited. A mark that somebody left on one
sentence must not land on another: rather an orphan that the page shows as such.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from .selectors import CONTEXT, Target, TextPosition

ERRORS_SHARE = 0.25
"""Most characters changed, in part of the words, for them to be the same passage."""
NEAR = 4000
"""How far from where they are awaited changed words are looked for, in characters."""
TOLD_MIN = 24
"""Fewest characters, of words and surroundings together, that tell a passage from another."""
OCCURRENCES_MAX = 200
"""Most places where the same words are weighed: a text that repeats more tells nothing."""
FUZZY_MIN = 12
FUZZY_MAX = 1000
"""Shortest and longest words looked for approximately."""


class How(StrEnum):
    """How a mark was found again."""

    POSITION = "position"
    QUOTE = "quote"
    FUZZY = "fuzzy"


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a mark stands now, and how it was found: ``text[start:end]``."""

    start: int
    end: int
    how: How


_FOLDS = str.maketrans("\u00a0\u202f\u2009\n’‘“”‑–—", "    ''\"\"---")
"""One character for one: a no-break space, a line end or an apostrophe makes no other text."""


class Anchoring:
    """A text in which marks of another version are looked for, one after the other.

    What each mark that is found teaches (text added or removed before it) tells where the next is
    awaited, so the marks of a document are best given together, in any order (`anchored`).
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._folded = text.translate(_FOLDS)
        self._learned: list[tuple[int, int]] = []

    def anchor(self, target: Target) -> Anchor | None:
        """Return where a target stands in this text, ``None`` when it is an orphan."""
        quote, position = target.quote, target.position
        exact = quote.exact.translate(_FOLDS)
        prefix, suffix = quote.prefix.translate(_FOLDS), quote.suffix.translate(_FOLDS)
        if not exact:
            return None
        start = position.start
        if self._stands(exact, start) and (
            self._around(start, start + len(exact), prefix, suffix) == len(prefix) + len(suffix)
        ):
            return self._found(position, start, start + len(exact), How.POSITION)
        awaited = max(0, start + self._shift(start))
        best = self._quoted(exact, prefix, suffix, awaited)
        if best is not None:
            how = How.POSITION if best == start else How.QUOTE
            return self._found(position, best, best + len(exact), how)
        near = self._nearly(exact, awaited)
        return self._found(position, *near, How.FUZZY) if near is not None else None

    def _found(self, position: TextPosition, start: int, end: int, how: How) -> Anchor:
        at = bisect_left(self._learned, (position.start,))
        if at == len(self._learned) or self._learned[at][0] != position.start:
            insort(self._learned, (position.start, start - position.start))
        return Anchor(start, end, how)

    def _shift(self, start: int) -> int:
        at = bisect_left(self._learned, (start, 0))
        around = self._learned[max(0, at - 1) : at + 1]
        return min(around, key=lambda one: abs(one[0] - start))[1] if around else 0

    def _stands(self, exact: str, start: int) -> bool:
        return start >= 0 and self._folded.startswith(exact, start)

    def _around(self, start: int, end: int, prefix: str, suffix: str) -> int:
        """Return how many characters next to a place are those that were around the words."""
        before = self._folded[max(0, start - len(prefix)) : start]
        after = self._folded[end : end + len(suffix)]
        return _common(before[::-1], prefix[::-1]) + _common(after, suffix)

    def _quoted(self, exact: str, prefix: str, suffix: str, awaited: int) -> int | None:
        """Return where the same words stand: with most of their surroundings, then nearest."""
        places = []
        at = self._folded.find(exact, max(0, awaited - NEAR))
        wrapped = False
        while len(places) < OCCURRENCES_MAX:
            if at < 0:
                if wrapped:
                    break
                wrapped = True
                at = self._folded.find(exact)
                continue
            if wrapped and at >= max(0, awaited - NEAR):
                break
            places.append(at)
            at = self._folded.find(exact, at + 1)
        scored = [(self._around(at, at + len(exact), prefix, suffix), at) for at in places]
        told, best = max(scored, key=lambda one: (one[0], -abs(one[1] - awaited)), default=(0, 0))
        # A short passage that stands elsewhere among other words is another one.
        needed = min(TOLD_MIN, len(exact) + (len(prefix) + len(suffix)) // 2)
        return best if scored and len(exact) + told >= needed else None

    def _nearly(self, exact: str, awaited: int) -> tuple[int, int] | None:
        """Return where nearly the same words stand, near where they are awaited."""
        if not FUZZY_MIN <= len(exact) <= FUZZY_MAX:
            return None
        allowed = int(len(exact) * ERRORS_SHARE)
        low = max(0, awaited - NEAR)
        window = self._folded[low : awaited + len(exact) + NEAR]
        ends = _ends(exact, window, allowed)
        if not ends:
            return None
        fewest = min(errors for errors, _ in ends)
        end = min(
            (end for errors, end in ends if errors == fewest),
            key=lambda end: abs(low + end - len(exact) - awaited),
        )
        # Read backwards from that end, the same gives where it starts.
        back = window[max(0, end - len(exact) - allowed) : end][::-1]
        start = end - max(
            (at for errors, at in _ends(exact[::-1], back, fewest) if errors == fewest),
            default=len(exact),
        )
        return self._to_words(low + max(0, start), low + end)

    def _to_words(self, start: int, end: int) -> tuple[int, int]:
        """Return a place widened to whole words, without spaces at its edges."""
        text = self._folded
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        for _ in range(CONTEXT):
            if 0 < start and text[start - 1].isalnum() and text[start].isalnum():
                start -= 1
            if end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
                end += 1
        return start, end


def anchored(text: str, targets: Iterable[Target]) -> dict[Target, Anchor | None]:
    """Return where each target stands in ``text``; equal targets are looked for once.

    Exact ones first, so that what they teach helps those whose words have changed.
    """
    anchoring = Anchoring(text)
    wanted = sorted(
        set(targets),
        key=lambda one: (one.quote.exact not in text, one.position.start, one.position.end),
    )
    return {target: anchoring.anchor(target) for target in wanted}


def _common(one: str, other: str) -> int:
    """Return how many characters two texts begin with alike."""
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


def _ends(words: str, text: str, allowed: int) -> list[tuple[int, int]]:
    """Return the places of ``text`` where ``words`` end with at most ``allowed`` errors.

    As ``(errors, end)``. Myers' bit-parallel search (1999): one step a character of the text.
    """
    masks: dict[str, int] = {}
    for at, char in enumerate(words):
        masks[char] = masks.get(char, 0) | (1 << at)
    full, last = (1 << len(words)) - 1, 1 << (len(words) - 1)
    plus, minus, errors = full, 0, len(words)
    found = []
    for end, char in enumerate(text, 1):
        equal = masks.get(char, 0)
        vertical = equal | minus
        horizontal = (((equal & plus) + plus) ^ plus) | equal
        up = minus | (full & ~(horizontal | plus))
        down = plus & horizontal
        if up & last:
            errors += 1
        elif down & last:
            errors -= 1
        up, down = (up << 1) & full, (down << 1) & full
        plus = down | (full & ~(vertical | up))
        minus = up & vertical
        if errors <= allowed:
            found.append((errors, end))
    return found
