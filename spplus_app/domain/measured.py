"""Figures of a structure, told with how many they rest on, or not told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil, sqrt

from .dates import french_days
from .text import french_number

ENOUGH = 10
"""Fewer cases than this tell nothing: « trop peu de cas » (asked by the programme's platform)."""
_Z = 1.96
"""Normal deviate of an interval at 95 %."""


@dataclass(frozen=True, slots=True)
class Delays:
    """Whole days that ``n`` things took: half of them ``median`` or fewer, nine in ten ``p90``."""

    n: int = 0
    median: int = 0
    p90: int = 0

    @property
    def enough(self) -> bool:
        """Whether there are enough of them to tell."""
        return self.n >= ENOUGH

    @property
    def words(self) -> str:
        """What they tell, with how many they are."""
        if not self.enough:
            return f"Trop peu de cas pour le dire ({french_number(self.n)})."
        return (
            f"La moitié des réponses {_within(self.median)}, neuf sur dix "
            f"{_within(self.p90)} (sur {french_number(self.n)} réponses)."
        )


def delays(counts: Mapping[int, int]) -> Delays:
    """Return the figures of a histogram: how many took each number of days.

    Quantiles are the nearest rank's: days that something really took, never a mean of two.
    """
    n = sum(counts.values())
    if not n:
        return Delays()
    return Delays(n, _quantile(counts, n, 0.5), _quantile(counts, n, 0.9))


def _quantile(counts: Mapping[int, int], n: int, share: float) -> int:
    rank, seen = max(1, ceil(share * n)), 0
    for days in sorted(counts):
        seen += counts[days]
        if seen >= rank:
            return days
    raise AssertionError("a rank beyond the last")


def _within(days: int) -> str:
    return "le jour même" if days == 0 else f"en {french_days(days)} ou moins"


@dataclass(frozen=True, slots=True)
class Share:
    """``yes`` among ``n``: a share, and what it may be on many more cases."""

    yes: int = 0
    n: int = 0

    @property
    def enough(self) -> bool:
        """Whether there are enough of them to tell."""
        return self.n >= ENOUGH

    @property
    def percent(self) -> int:
        """The share in hundredths, rounded; 0 of nothing."""
        return round(100 * self.yes / self.n) if self.n else 0

    @property
    def interval(self) -> tuple[int, int]:
        """Bounds of the share at 95 %, in hundredths (Wilson's score, without correction)."""
        if not self.n:
            return (0, 100)
        share, z2 = self.yes / self.n, _Z * _Z / self.n
        middle = (share + z2 / 2) / (1 + z2)
        half = _Z * sqrt(share * (1 - share) / self.n + z2 / (4 * self.n)) / (1 + z2)
        return (max(0, round(100 * (middle - half))), min(100, round(100 * (middle + half))))

    @property
    def words(self) -> str:
        """The share with its number of cases, or that they are too few."""
        if not self.enough:
            return f"trop peu de cas ({french_number(self.n)})"
        low, high = self.interval
        return (
            f"{self.percent}\u00a0% (sur {french_number(self.n)}\u00a0; "
            f"entre {low} et {high}\u00a0% à 95\u00a0%)"
        )
