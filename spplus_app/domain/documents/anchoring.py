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

from spplus_app.domain.errors import Invalid

from .selectors import CONTEXT, Target, TextPosition, select

ERRORS_SHARE = 0.25
"""Most characters changed, in part of the words, for them to be the same passage."""
NEAR = (400, 4000)
"""How far from where they are awaited changed words are looked for, in characters: first close."""
TOLD_MIN = 24
"""Fewest characters, of words and surroundings together, that tell a passage from another."""
OCCURRENCES_MAX = 200
"""Most places where the same words are weighed: a text that repeats more tells nothing."""
FUZZY_MIN = 12
"""Shortest words looked for approximately."""
ENDS_MAX = 20
"""Most places weighed in one search of changed words: the least changed, then the nearest."""


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
    ``before`` is the text of the version they were made on: without it, a mark whose sentence is
    gone may be put on one that looks like it.
    """

    def __init__(self, text: str, before: str = "") -> None:
        self._folded = text.translate(_FOLDS)
        self._before = before.translate(_FOLDS)
        self._learned: list[tuple[int, int]] = []

    def anchor(self, target: Target) -> Anchor | None:
        """Return where a target stands in this text, ``None`` when it is an orphan."""
        return self.unchanged(target) or self._changed(target)

    def unchanged(self, target: Target) -> Anchor | None:
        """Return where the very words of a target stand, ``None`` when they do not."""
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
        best = self._quoted(exact, prefix, suffix, self._awaited(start))
        if best is None:
            return None
        how = How.POSITION if best == start else How.QUOTE
        return self._found(position, best, best + len(exact), how)

    def _changed(self, target: Target) -> Anchor | None:
        awaited = self._awaited(target.position.start)
        for far in NEAR:
            near = self._nearly(target, awaited, far)
            if near is not None:
                return self._found(target.position, *near, How.FUZZY)
        return None

    def _found(self, position: TextPosition, start: int, end: int, how: How) -> Anchor:
        at = bisect_left(self._learned, (position.start,))
        if at == len(self._learned) or self._learned[at][0] != position.start:
            insort(self._learned, (position.start, start - position.start))
        return Anchor(start, end, how)

    def _awaited(self, start: int) -> int:
        """Return where what stood at ``start`` is awaited, by what the nearest mark taught."""
        at = bisect_left(self._learned, (start, 0))
        around = self._learned[max(0, at - 1) : at + 1]
        shift = min(around, key=lambda one: abs(one[0] - start))[1] if around else 0
        return max(0, start + shift)

    def _stands(self, exact: str, start: int) -> bool:
        return start >= 0 and self._folded.startswith(exact, start)

    def _around(self, start: int, end: int, prefix: str, suffix: str) -> int:
        """Return how many characters next to a place are those that were around the words."""
        before = self._folded[max(0, start - len(prefix)) : start]
        after = self._folded[end : end + len(suffix)]
        return _common(before[::-1], prefix[::-1]) + _common(after, suffix)

    def _quoted(self, exact: str, prefix: str, suffix: str, awaited: int) -> int | None:
        """Return where the same words stand: with most of their surroundings, then nearest."""
        places: list[int] = []
        begun = max(0, awaited - NEAR[-1])
        # First from near where they are awaited on, then from the beginning up to there.
        for at, stop in ((begun, len(self._folded)), (0, begun + len(exact) - 1)):
            while len(places) < OCCURRENCES_MAX:
                at = self._folded.find(exact, at, stop)
                if at < 0:
                    break
                places.append(at)
                at += 1
        scored = [(self._around(at, at + len(exact), prefix, suffix), at) for at in places]
        told, best = max(scored, key=lambda one: (one[0], -abs(one[1] - awaited)), default=(0, 0))
        # A short passage that stands elsewhere among other words is another one.
        needed = min(TOLD_MIN, len(exact) + (len(prefix) + len(suffix)) // 2)
        return best if scored and len(exact) + told >= needed else None

    def _nearly(self, target: Target, awaited: int, far: int) -> tuple[int, int] | None:
        """Return where nearly the same words stand, near where they are awaited."""
        exact = target.quote.exact.translate(_FOLDS)
        if len(exact) < FUZZY_MIN:
            return None
        low = max(0, awaited - far)
        window = self._folded[low : awaited + len(exact) + far]
        best, place = -1.0, None
        ends = _fewest(_ends(exact, window, int(len(exact) * ERRORS_SHARE)))
        expected = awaited - low + len(exact)
        # Each costs a search of its own, and a text that repeats has one at each turn.
        ends.sort(key=lambda one: (one[0], abs(one[1] - expected)))
        for errors, end in ends[:ENDS_MAX]:
            # Read backwards from that end, the same search gives where it starts.
            back = window[max(0, end - len(exact) - errors) : end][::-1]
            sizes = [at for told, at in _ends(exact[::-1], back, errors) if told == errors]
            start = low + end - max(sizes, default=min(end, len(exact)))
            found = self._to_words(start, low + end)
            score = self._score(target, errors, awaited, found)
            if score > best and not self._was_there(found):
                best, place = score, found
        return place

    def _score(self, target: Target, errors: int, awaited: int, found: tuple[int, int]) -> float:
        """Weigh an approximate place as Hypothesis does: words 50, surroundings 40, place 2."""
        prefix, suffix = (
            around.translate(_FOLDS) for around in (target.quote.prefix, target.quote.suffix)
        )
        around = self._around(*found, prefix, suffix) / (len(prefix) + len(suffix) or 1)
        near = 1 - min(1.0, abs(found[0] - awaited) / NEAR[-1])
        return 50 * (1 - errors / len(target.quote.exact)) + 40 * around + 2 * near

    def _was_there(self, found: tuple[int, int]) -> bool:
        """Whether words found for others stood in the old text: they are another passage."""
        return self._folded[found[0] : found[1]] in self._before

    def _to_words(self, start: int, end: int) -> tuple[int, int]:
        """Return a place widened to whole words, without spaces at its edges."""
        text = self._folded
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        for _ in range(CONTEXT):
            if start > 0 and text[start - 1].isalnum() and text[start].isalnum():
                start -= 1
            if end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
                end += 1
        return start, end


def confirmed(text: str, target: Target) -> Target:
    """Return a target that somebody sent, as this text says it: nothing of theirs is kept.

    Raises `Invalid` (« passage ») when its words are not in the text as they stand there.
    """
    anchor = Anchoring(text).unchanged(target)
    if anchor is None:
        raise Invalid(
            {"passage": "Ce texte a changé entre-temps. Rechargez la page et marquez à nouveau."}
        )
    return select(text, anchor.start, anchor.end)


def anchored(text: str, before: str, targets: Iterable[Target]) -> dict[Target, Anchor | None]:
    """Return where each target, made on ``before``, stands in ``text``; each is looked for once.

    Exact ones first, so that what they teach helps those whose words have changed.
    """
    anchoring = Anchoring(text, before)
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


def _fewest(ends: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the best end of each run of ends that follow each other."""
    best: list[tuple[int, int]] = []
    last = -2
    for errors, end in ends:
        if end == last + 1 and best:
            best[-1] = min(best[-1], (errors, end))
        else:
            best.append((errors, end))
        last = end
    return best


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
