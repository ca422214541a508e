"""What is nearest to a place: points kept in squares, looked at ring by ring."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from heapq import nsmallest
from math import cos, floor, radians
from typing import Generic, NamedTuple, TypeVar

from .communes import KM_PER_DEGREE, Position

T = TypeVar("T")
SIDE = 0.1
"""Side of a square, in degrees: about 11 km from south to north."""
FARTHEST_KM = 100.0
"""Beyond this, nothing is « near » (starting value)."""


class Found(NamedTuple, Generic[T]):
    """Something near, and how far it is as the crow flies, in kilometres."""

    km: float
    item: T


class Nearby(Generic[T]):
    """Things with a position, found by distance; made once, then only read."""

    def __init__(self, things: Iterable[tuple[Position, T]]) -> None:
        self._squares: dict[tuple[int, int], list[tuple[Position, T]]] = {}
        for at, item in things:
            self._squares.setdefault(_square(at), []).append((at, item))

    def __len__(self) -> int:
        """How many things are kept."""
        return sum(map(len, self._squares.values()))

    def nearest(
        self,
        place: Position,
        limit: int,
        keep: Callable[[T], bool] = lambda _: True,
        farthest: float = FARTHEST_KM,
    ) -> list[Found[T]]:
        """Return the ``limit`` nearest that are kept, the nearest first, within ``farthest`` km.

        Cost grows with what stands within the distance of the last one, not with the whole.
        """
        row, column = _square(place)
        # From east to west a square is narrower as one goes north.
        narrow = SIDE * KM_PER_DEGREE * max(0.05, cos(radians(abs(place.latitude) + SIDE)))
        found: list[Found[T]] = []
        ring = 0
        while (ring - 1) * narrow <= farthest:
            for at, item in self._ring(row, column, ring):
                if (km := place.km_to(at)) <= farthest and keep(item):
                    found.append(Found(km, item))
            # All that is closer than the edge of the rings seen has been seen.
            if sum(one.km <= ring * narrow for one in found) >= limit:
                break
            ring += 1
        return nsmallest(limit, found, key=lambda one: one.km)

    def _ring(self, row: int, column: int, ring: int) -> Iterable[tuple[Position, T]]:
        for south in range(row - ring, row + ring + 1):
            edge = abs(south - row) == ring
            for west in (
                range(column - ring, column + ring + 1) if edge else (column - ring, column + ring)
            ):
                yield from self._squares.get((south, west), ())


def _square(at: Position) -> tuple[int, int]:
    return floor(at.latitude / SIDE), floor(at.longitude / SIDE)
