"""Generated texts: as long as real ones, about the service met, in sentences one can read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import exp, gcd
from random import Random

from ...domain.experiences import TITLE_MAX
from ...domain.values import Channel, Ressenti
from .fragments import Filler, Fragments, Template, Theme, filled, some

MEDIAN, SPREAD, LONGEST, SHORTEST = 450, 0.678, 7875, 40
"""Characters of a narrative: log-normal, median 450 and ninth decile 1 073 as in real data."""
_MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
_PARAGRAPH = 420
"""Characters after which a long text goes to the line, now and then."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a text is about: the kind of service, where, how it was met, how it was felt."""

    theme: Theme
    town: str
    channels: tuple[Channel, ...]
    felt: Ressenti


class Writer:
    """Writes titles, narratives and replies, all drawn from one source of chance."""

    def __init__(self, known: Fragments, rng: Random) -> None:
        self._known = known
        self._rng = rng
        self._months = tuple(_MONTHS.split())
        self._pools: dict[tuple[int, tuple[Channel, ...], Ressenti], tuple[Template, ...]] = {}

    def filler(self, subject: Subject) -> Filler:
        """Return what fills the holes of the sentences of one text."""
        known, rng, theme = self._known, self._rng, subject.theme
        service = theme.service
        fixed = {
            "demande": some(rng, theme.requests),
            "service_le": service["le"],
            "Service_le": service["le"],
            "service_a": service["a"],
            "service_de": service["de"],
        }
        lists = {
            "piece": theme.papers,
            "delai": known.delays,
            "n": known.numbers,
            "ordinal": known.ordinals,
            "mot": known.words,
        }
        town = subject.town or some(rng, known.towns)

        def fill(hole: str) -> str:
            if hole in fixed:
                return fixed[hole]
            if hole in lists:
                return some(rng, lists[hole])
            if hole == "ville":
                chance = rng.random()
                return town if chance < 0.6 else known.towns[int(rng.random() * len(known.towns))]
            return self._figure(hole)

        return fill

    def _figure(self, hole: str) -> str:
        """Return a date, a sum or an hour."""
        rng = self._rng
        first, second = rng.random(), rng.random()
        if hole == "somme":
            return f"{int(exp(3 + first * 5))}\u00a0euros"
        if hole == "heure":
            return f"{8 + int(first * 10)}\u00a0h\u00a0{int(second * 6)}0"
        day = int(first * 28) + 1
        return f"le {'1er' if day == 1 else day} {self._months[int(second * 12)]}"

    def title(self, subject: Subject, fill: Filler) -> str:
        """Return a title."""
        return filled(some(self._rng, self._known.titles[subject.felt]), fill)[:TITLE_MAX]

    def narrative(self, subject: Subject, fill: Filler) -> str:
        """Return a narrative: how it began, what happened, what is hoped for."""
        known, rng, felt = self._known, self._rng, subject.felt
        wanted = min(LONGEST, max(SHORTEST, int(MEDIAN * exp(SPREAD * rng.gauss(0, 1)))))
        closing = filled(some(rng, known.closings[felt]), fill)
        opening = filled(some(rng, known.openings[felt]), fill)
        parts = [opening, "\n" if opening.endswith(",") else " "]
        length, line = len(opening) + len(closing) + 2, 0
        for template in self._story(subject):
            if length >= wanted:
                break
            sentence = filled(template, fill)
            if length + len(sentence) > LONGEST:
                break
            length += len(sentence) + 1
            line += len(sentence)
            parts.append(sentence)
            new_line = line > _PARAGRAPH and rng.random() < 0.5
            parts.append("\n\n" if new_line else " ")
            line = 0 if new_line else line
        return "".join([*parts, closing])

    def _story(self, subject: Subject) -> Iterator[Template]:
        """Yield sentences in an order of their own, none twice before all were told."""
        key = (id(subject.theme), subject.channels, subject.felt)
        pool = self._pools.get(key)
        if pool is None:
            pool = self._pools[key] = self._pool(subject)
        many = len(pool)
        place, step = int(self._rng.random() * many), self._step(many)
        for _ in range(3 * many):
            yield pool[place]
            place = (place + step) % many

    def _step(self, many: int) -> int:
        """Return a stride that meets every sentence before any a second time."""
        step = 1 + int(self._rng.random() * (many - 1))
        while gcd(step, many) != 1:
            step += 1
        return step

    def _pool(self, subject: Subject) -> tuple[Template, ...]:
        known, felt, theme = self._known, subject.felt, subject.theme
        pool = list(theme.good if felt == Ressenti.POSITIVE else theme.facts)
        if felt == Ressenti.NEUTRAL:
            pool += theme.good
        for channel in subject.channels:
            pool += known.channels[channel][felt]
        return (*pool, *known.body[felt])

    def reply(self, subject: Subject, fill: Filler, pseudonym: str) -> str:
        """Return what a structure answers."""
        rng, told = self._rng, self._known.replies
        opening = told.openings[1 if pseudonym and rng.random() < 0.5 else 0]

        def named(hole: str) -> str:
            return pseudonym if hole == "pseudo" else fill(hole)

        thanks = filled(some(rng, told.thanks[subject.felt]), named)
        start, many = int(rng.random() * len(told.body)), 1 + int(rng.random() * 3)
        body = [some(rng, subject.theme.replies), *(told.body * 2)[start : start + many]]
        lines = " ".join(filled(one, named) for one in body)
        closing = filled(some(rng, told.closings), named)
        return "\n\n".join([filled(opening, named), thanks, lines, closing])
