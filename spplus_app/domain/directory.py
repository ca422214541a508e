"""The directory of structures: found by words, by place, by kind; counted for each filter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from .communes import Position
from .nearby import Found, Nearby
from .structure_index import Searchable, position
from .structure_search import StructureIndex
from .text import fold

FOUND_MAX = 1000
"""Structures looked at for words: beyond, one adds a word (starting value)."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A structure of the directory; ``exact`` says whether its place is its own.

    Otherwise ``at`` is its town's, and whoever shows it says so.
    """

    structure: Searchable
    joined: bool
    network_id: int
    typology_id: int
    hours: str
    at: Position | None
    exact: bool

    @classmethod
    def of(
        cls,
        structure: Searchable,
        joined: bool,
        network_id: int,
        typology_id: int,
        hours: str,
        latitude: float | None,
        longitude: float | None,
    ) -> Self:
        """Return a structure with its own place, else with that of its town."""
        own = None
        if latitude is not None and longitude is not None:
            own = Position(latitude, longitude)
        at = own or position(structure)
        return cls(structure, joined, network_id, typology_id, hours, at, own is not None)


@dataclass(frozen=True, slots=True)
class Filters:
    """What is asked of a structure besides words and place; empty asks nothing."""

    network_id: int = 0
    typology_id: int = 0
    department: str = ""
    joined: bool = False

    def keep(self, one: Listed) -> bool:
        """Whether a structure is what is asked."""
        return (
            (not self.network_id or one.network_id == self.network_id)
            and (not self.typology_id or one.typology_id == self.typology_id)
            and (not self.department or one.structure.department == self.department)
            and (one.joined or not self.joined)
        )


class Directory:
    """Every active structure, in the order of their names; made once, then only read."""

    def __init__(self, rows: Iterable[Listed]) -> None:
        self.listed = sorted(rows, key=lambda one: (fold(one.structure.label), one.structure.code))
        self._by_code = {one.structure.code: one for one in self.listed}
        self._index = StructureIndex.build(one.structure for one in self.listed)
        self._nearby = Nearby((one.at, one) for one in self.listed if one.at is not None)

    def __len__(self) -> int:
        """How many structures it holds."""
        return len(self.listed)

    @property
    def located(self) -> tuple[int, int]:
        """How many have a place of their own, and how many that of their town."""
        placed = Counter(one.exact for one in self.listed if one.at is not None)
        return placed[True], placed[False]

    def find(self, words: str, filters: Filters) -> list[Listed]:
        """Return the structures these words may mean, the best first; all of them for none."""
        if not words.strip():
            return [one for one in self.listed if filters.keep(one)]
        hits = self._index.search(words, FOUND_MAX)
        found = (self._by_code[hit.code] for hit in hits)
        return [one for one in found if filters.keep(one)]

    def near(self, place: Position, filters: Filters, limit: int) -> list[Found[Listed]]:
        """Return the ``limit`` nearest to a place, the nearest first."""
        return self._nearby.nearest(place, limit, filters.keep)
