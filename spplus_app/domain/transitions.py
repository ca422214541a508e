"""Tables of transitions: what an act makes of a status, and nothing else is allowed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from .errors import Conflict

_Status = TypeVar("_Status")
_Act = TypeVar("_Act")
_Made = TypeVar("_Made")


def moved(
    table: Mapping[tuple[_Status, _Act], _Made], status: _Status, act: _Act, otherwise: str
) -> _Made:
    """Return what ``act`` makes of ``status``; raise `Conflict` saying ``otherwise``.

    Mostly another status; a table may tell more with it.
    """
    try:
        return table[status, act]
    except KeyError:
        raise Conflict(otherwise) from None
