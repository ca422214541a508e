"""Heat: for each sentence, how many readers marked it, with what tone and for what reasons.

Only marks that were sent come here. A reader counts once for a sentence, a tone, a reason,
however often they marked it: nobody heats a sentence alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from .annotations import Tone, Why
from .canonical import Canonical


@dataclass(frozen=True, slots=True)
class Sent:
    """A mark that its reader has sent, where it stands in the canonical text."""

    reader: Hashable
    start: int
    end: int
    tone: Tone
    reasons: tuple[Why, ...] = ()


@dataclass(frozen=True, slots=True)
class Heat:
    """What readers made of one sentence, ``Canonical.sentences[sentence]``; one reader at least.

    ``tones`` and ``reasons`` hold what was chosen only, in the order of their enums. A reader who
    gave two tones to parts of one sentence counts in both, and once in ``readers``.
    """

    sentence: int
    readers: int
    tones: tuple[tuple[Tone, int], ...]
    reasons: tuple[tuple[Why, int], ...]


_Told = Tone | Why | None


def heat(text: Canonical, marks: Iterable[Sent]) -> tuple[Heat, ...]:
    """Return the heat of each sentence that somebody marked, in order.

    Linear in marks plus sentences: each mark is two additions, whatever it covers.
    """
    covered: dict[tuple[Hashable, _Told], list[tuple[int, int]]] = defaultdict(list)
    for mark in marks:
        touched = text.sentences_of(mark.start, mark.end)
        if touched:
            span = (touched.start, touched.stop)
            for told in (None, mark.tone, *mark.reasons):
                covered[mark.reader, told].append(span)
    changes: dict[_Told, list[int]] = defaultdict(lambda: [0] * (len(text.sentences) + 1))
    for (_, told), spans in covered.items():
        for start, stop in _merged(spans):
            changes[told][start] += 1
            changes[told][stop] -= 1
    counts = {told: list(accumulate(change)) for told, change in changes.items()}
    return tuple(
        Heat(
            at,
            readers,
            tuple((tone, counts[tone][at]) for tone in Tone if _some(counts, tone, at)),
            tuple((why, counts[why][at]) for why in Why if _some(counts, why, at)),
        )
        for at, readers in enumerate(counts.get(None, ()))
        if readers
    )


def _some(counts: dict[_Told, list[int]], told: Tone | Why, at: int) -> bool:
    return told in counts and counts[told][at] > 0


def _merged(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    made: list[tuple[int, int]] = []
    for start, stop in sorted(spans):
        if made and start <= made[-1][1]:
            made[-1] = (made[-1][0], max(made[-1][1], stop))
        else:
            made.append((start, stop))
    return made
