"""One structured line for what was refused or failed: never a text somebody typed.

A crowd of refusals must not become a crowd of lines: a kind of line is written a few times a
window, then counted.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from ..adapters.logs import write

LOGGER = logging.getLogger("spplus")
WINDOW = 10.0
"""Seconds during which at most `PER_WINDOW` lines of one kind are written."""
PER_WINDOW = 5


class Sparing:
    """Counts lines of each kind; the clock (in seconds) may be given."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._windows: dict[str, tuple[float, int]] = {}

    def admit(self, kind: str) -> int | None:
        """``None`` when the line is not to be written, else how many were left out before it."""
        now = self._clock()
        began, seen = self._windows.get(kind, (now, 0))
        if now - began >= WINDOW:
            self._windows[kind] = (now, 1)
            return max(0, seen - PER_WINDOW)
        self._windows[kind] = (began, seen + 1)
        return 0 if seen < PER_WINDOW else None


_sparing = Sparing()


def report(
    level: int, what: str, *, error: BaseException | None = None, **facts: str | int
) -> None:
    """Write one line as `logs.write` does, unless this kind was written often just before."""
    left_out = _sparing.admit(what)
    if left_out is None:
        return
    if left_out:
        facts["left_out"] = left_out
    write(LOGGER, level, what, error=error, **facts)
