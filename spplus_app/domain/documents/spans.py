"""Stretches of a line, of sentences or of a page's width, put together where they touch."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

_Number = TypeVar("_Number", int, float)


def merged(spans: Iterable[tuple[_Number, _Number]]) -> list[tuple[_Number, _Number]]:
    """Return what ``spans`` cover, in order: those that touch or overlap are one."""
    made: list[tuple[_Number, _Number]] = []
    for start, stop in sorted(spans):
        if made and start <= made[-1][1]:
            made[-1] = (made[-1][0], max(made[-1][1], stop))
        else:
            made.append((start, stop))
    return made
