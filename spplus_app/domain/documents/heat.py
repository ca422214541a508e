"""Heat: for each sentence, how many readers marked it, with what tone and for what reasons.

Only marks that were sent come here. A reader counts once for a sentence, a tone, a reason,
however often they marked it: nobody heats a sentence alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from itertools import accumulate

from .annotations import Tone, Why
from .canonical import Canonical
from .spans import merged


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


_READERS, _KINDS = 0, (*Tone, *Why)
_COLUMN = {kind.value: at for at, kind in enumerate(_KINDS, 1)}
"""Where each tone and each reason is counted; readers come first."""


def heat(text: Canonical, marks: Iterable[Sent]) -> tuple[Heat, ...]:
    """Return the heat of each sentence that somebody marked, in order.

    Linear in marks plus sentences: each mark is two additions, whatever it covers.
    """
    covered: dict[tuple[Hashable, int], list[tuple[int, int]]] = defaultdict(list)
    for mark in marks:
        touched = text.sentences_of(mark.start, mark.end)
        if touched:
            for column in (_READERS, _COLUMN[mark.tone], *map(_COLUMN.__getitem__, mark.reasons)):
                covered[mark.reader, column].append((touched.start, touched.stop))
    changes = [[0] * (len(text.sentences) + 1) for _ in range(1 + len(_KINDS))]
    for (_, column), spans in covered.items():
        for start, stop in merged(spans):
            changes[column][start] += 1
            changes[column][stop] -= 1
    counted = zip(*map(accumulate, changes), strict=True)
    return tuple(_heat(at, counts) for at, counts in enumerate(counted) if counts[_READERS])


def _heat(sentence: int, counts: tuple[int, ...]) -> Heat:
    tones = zip(Tone, counts[1:], strict=False)
    reasons = zip(Why, counts[1 + len(Tone) :], strict=True)
    return Heat(
        sentence,
        counts[_READERS],
        tuple((tone, count) for tone, count in tones if count),
        tuple((why, count) for why, count in reasons if count),
    )
