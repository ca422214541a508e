"""Finding a structure as one types.

Pure, immutable, in memory (docs/adr/0003-structure-search-in-memory.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import log
from typing import Self

from . import structure_index
from .structure_index import Index, Near, Searchable, alike, town_of
from .structure_words import STOP_WORDS
from .text import words

QUERY_MAX = 120
"""Characters read of what is typed."""
_WORDS_MAX = 8
_KEPT = 200
"""Structures ranked closely, once the words have chosen."""
_AS_GOOD = 0.2
"""Difference of score under which the nearer structure comes first."""
_UNKNOWN_KM = 20_000

Scores = Mapping[int, float]


@dataclass(frozen=True, slots=True)
class Hit:
    """A structure found. ``near`` when the town typed has none: it is the nearest known."""

    structure: Searchable
    score: float
    near: bool = False

    @property
    def code(self) -> str:
        """The structure's code."""
        return self.structure.code


@dataclass(frozen=True, slots=True)
class _Group:
    """One word typed: the words it may stand for with their likeness, what they lead to."""

    word: str
    terms: Mapping[str, float]
    scores: Scores


class StructureIndex:
    """Every active structure by its words.

    Read: name, usual name, typology, network, town, postal code, name and code of the
    department, and the usual acronyms of all these (`structure_words`). A word typed stands for
    itself, its plural or singular, the words it begins (``pref``), and, when it is none of
    these, those one typing mistake away (two from eight letters on). Case, accents, order and
    little words do not count.

    Ranking. A structure must bear every word typed. Its score is the mean over the words of
    *field weight* (name 1; town, postal code 0.9; typology 0.85; department 0.8; network 0.4)
    × *likeness* (itself 1, plural 0.97, beginning 0.6 to 0.9, mistake 0.4 to 0.7), plus 0.3 ×
    the share of its name that was typed, 0.25 × the share of its typology that was typed, 0.1
    when its name begins by the first word typed. So « prefecture nimes » gives the prefecture
    before a legal aid office hosted by a prefecture. Ties: the shorter name, then its order.

    When no structure bears them all: where some words are a town (of the list of communes, by
    name or postal code), the structures of its department that bear the others, else those of
    anywhere, the nearest first (`Hit.near`); then every word may hold a mistake; then those that
    bear at least half of the words, rare words counting more.
    """

    def __init__(self, index: Index) -> None:
        self._index = index

    @classmethod
    def build(cls, rows: Iterable[Searchable]) -> Self:
        """Return the index of ``rows`` (active structures only)."""
        return cls(structure_index.build(rows))

    def __len__(self) -> int:
        """How many structures can be found."""
        return len(self._index.entries)

    def search(self, query: str, limit: int = 8) -> list[Hit]:
        """Return the ``limit`` best structures for what is typed, the best first.

        Fewer than two letters or digits find nothing.
        """
        typed = _typed(query)
        if not typed or sum(map(len, typed)) < 2:
            return []
        last = len(typed) - 1
        groups = [self._group(word, last=place == last) for place, word in enumerate(typed)]
        found = _all(groups)
        if found:
            return self._ranked(found, groups, limit)
        near = self._nearby(groups, limit)
        if near:
            return near
        groups = [self._with_mistakes(group, last=group is groups[last]) for group in groups]
        found = _all(groups) or self._some(groups)
        return self._ranked(found, groups, limit)

    def _group(self, word: str, *, last: bool) -> _Group:
        terms = self._terms(word, last=last)
        # The name of a town is no mistake, even where no structure bears it.
        if not terms and town_of([word]) is None:
            terms = self._look_alikes(word, last=last)
        return self._scored(word, terms)

    def _with_mistakes(self, group: _Group, *, last: bool) -> _Group:
        terms = {**self._look_alikes(group.word, last=last), **group.terms}
        return self._scored(group.word, terms)

    def _scored(self, word: str, terms: Mapping[str, float]) -> _Group:
        postings = self._index.words.postings
        if len(terms) == 1:
            term, likeness = next(iter(terms.items()))
            if likeness == 1.0:
                return _Group(word, terms, postings[term])
        scores: dict[int, float] = {}
        # The best likeness last: it overwrites what a lesser one left, without a comparison
        # for each structure where the fields weigh the same.
        for term, likeness in sorted(terms.items(), key=lambda item: item[1]):
            for place, weight in postings[term].items():
                score = weight * likeness
                if score > scores.get(place, 0.0):
                    scores[place] = score
        return _Group(word, terms, scores)

    def _terms(self, word: str, *, last: bool) -> dict[str, float]:
        """Return the words of the vocabulary that ``word`` is, or begins."""
        postings = self._index.words.postings
        found: dict[str, float] = {}
        if len(word) >= 3 or (last and len(word) == 2) or (len(word) == 2 and word.isdigit()):
            for term in self._index.words.starting_with(word):
                found[term] = 0.6 + 0.3 * len(word) / len(term)
        variants = [word + "s", word + "x"] if len(word) >= 3 else []
        if len(word) >= 4 and word[-1] in "sx":
            variants.append(word[:-1])
        for variant in variants:
            if variant in postings:
                found[variant] = 0.97
        if word in postings:
            found[word] = 1.0
        return found

    def _look_alikes(self, word: str, *, last: bool) -> dict[str, float]:
        """Return the words a typing mistake away; short words and numbers have none."""
        if len(word) < 4 or word[0].isdigit():
            return {}
        mistakes = 1 if len(word) < 8 else 2
        vocabulary = self._index.words
        found: dict[str, float] = {}
        for length in range(len(word) - mistakes, len(word) + mistakes + 1):
            for term, likeness in alike(word, vocabulary.by_length.get(length, ()), mistakes):
                found[term] = max(likeness, found.get(term, 0.0))
        if found or not last:
            return found
        for length in range(len(word) - 1, len(word) + 2):
            for start, likeness in alike(word, vocabulary.beginnings.get(length, ()), mistakes):
                for term in vocabulary.starting_with(start):
                    found[term] = max(0.8 * likeness, found.get(term, 0.0))
        return found

    def _ranked(
        self, found: Scores, groups: list[_Group], limit: int, near: Near | None = None
    ) -> list[Hit]:
        matched = {term for group in groups for term in group.terms}
        first = groups[0].terms if groups else {}
        index = self._index
        ranked: list[tuple[float, int]] = []
        for place in _best(found, max(_KEPT, limit)):
            label, kind = index.labels[place], index.kinds[place]
            score = found[place] / (len(groups) or 1)
            score += 0.3 * _share(label, matched) + 0.25 * _share(kind, matched)
            if label and label[0] in first:
                score += 0.1
            ranked.append((-score, place))
        ranked.sort()
        if near is not None:
            ranked = self._nearest_first(ranked, near)
        return [
            Hit(index.entries[place], round(-score, 4), near is not None)
            for score, place in ranked[:limit]
        ]

    def _nearest_first(
        self, ranked: list[tuple[float, int]], where: Near
    ) -> list[tuple[float, int]]:
        """Sort by distance those that answer about as well as the best, then the others."""
        best = -ranked[0][0]

        def order(item: tuple[float, int]) -> tuple[bool, float, int]:
            at = self._index.positions[item[1]]
            structure = self._index.entries[item[1]]
            far = at.km_to(where.at) if at and where.at else _UNKNOWN_KM + _apart(structure, where)
            return (best + item[0] > _AS_GOOD, far, item[1])

        return sorted(ranked, key=order)

    def _nearby(self, groups: list[_Group], limit: int) -> list[Hit]:
        """Return what the other words find around the town that some of the words are.

        Those of its department when there are any, else those of anywhere; among those that
        answer as well, the nearest first.
        """
        entries = self._index.entries
        anywhere: list[Hit] = []
        for start, end, where in self._towns(groups):
            others = [*groups[:start], *groups[end:]]
            found = _all(others) if others else self._of_department(where.department)
            here = {p: s for p, s in found.items() if entries[p].department == where.department}
            if here:
                return self._ranked(here, others, limit, where)
            if found and where.at is not None and not anywhere:
                anywhere = self._ranked(found, others, limit, where)
        return anywhere

    def _towns(self, groups: list[_Group]) -> Iterator[tuple[int, int, Near]]:
        """Yield the runs of words that are a town and where it is, the longest run first."""
        typed = [group.word for group in groups]
        for length in range(len(typed), 0, -1):
            for start in range(len(typed) - length + 1):
                run = typed[start : start + length]
                where = town_of(run)
                if where is None and length == 1:
                    where = self._index.towns.get(run[0])
                if where is not None:
                    yield start, start + length, where

    def _of_department(self, code: str) -> dict[int, float]:
        return dict(self._index.words.postings.get(code.lower(), {}))

    def _some(self, groups: list[_Group]) -> dict[int, float]:
        """Return the structures that bear at least half of the words, rare words counting more."""
        totals: dict[int, float] = {}
        counts: dict[int, int] = {}
        size = len(self._index.entries) + 1
        rarity = [log(size / (len(group.scores) or size)) for group in groups]
        scale = len(groups) / (sum(rarity) or 1.0)
        for group, rare in zip(groups, rarity, strict=True):
            for place, score in group.scores.items():
                totals[place] = totals.get(place, 0.0) + score * rare * scale
                counts[place] = counts.get(place, 0) + 1
        least = (len(groups) + 1) // 2
        return {place: score for place, score in totals.items() if counts[place] >= least}


def _typed(query: str) -> list[str]:
    found = words(query[:QUERY_MAX])[:_WORDS_MAX]
    telling = [word for word in found if word not in STOP_WORDS]
    # « le » alone may be the beginning of a name.
    return list(dict.fromkeys(telling)) or found[-1:]


def _all(groups: list[_Group]) -> dict[int, float]:
    """Return the structures found by every group, their scores added."""
    smallest, *others = sorted(groups, key=lambda group: len(group.scores))
    found = dict(smallest.scores)
    for group in others:
        scores = group.scores
        found = {place: score + scores[place] for place, score in found.items() if place in scores}
    return found


def _best(found: Scores, count: int) -> list[int]:
    """Return the ``count`` places with the best scores, in their order where scores are equal."""
    if len(found) <= count:
        return list(found)
    least = sorted(found.values(), reverse=True)[count - 1]
    above = [place for place, score in found.items() if score > least]
    equal = sorted(place for place, score in found.items() if score == least)
    return above + equal[: count - len(above)]


def _share(sequence: tuple[str, ...], matched: set[str]) -> float:
    if not sequence:
        return 0.0
    return sum(word in matched for word in sequence) / len(sequence)


def _apart(structure: Searchable, where: Near) -> int:
    """Return how far a postal code is from another, where no map tells: their difference."""
    code, other = structure.postal_code, where.postal_code
    return abs(int(code) - int(other)) if code.isdigit() and other.isdigit() else 100_000
