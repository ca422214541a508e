"""How long things took: on the wall, and of this thread's processor time.

A machine that does other work makes wall times longer, hardly processor times: both are told.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

Call = Callable[[], object]


@dataclass(slots=True)
class Times:
    """Milliseconds, one a call."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    def take(self, call: Call) -> None:
        """Run ``call`` and note how long it took."""
        wall, cpu = time.perf_counter(), time.thread_time()
        call()
        self.cpu.append((time.thread_time() - cpu) * 1000)
        self.wall.append((time.perf_counter() - wall) * 1000)

    def told(self) -> str:
        """The median and the 95th percentile, in words."""
        if not self.wall:
            return "none"
        return (
            f"{number(at(self.wall, 0.5))} · {number(at(self.wall, 0.95))} "
            f"({number(at(self.cpu, 0.5))} · {number(at(self.cpu, 0.95))})"
        )

    def median(self) -> str:
        """The median, in words."""
        return f"{number(at(self.wall, 0.5))} ({number(at(self.cpu, 0.5))})"


def at(values: Sequence[float], share: float) -> float:
    """Return the value that ``share`` of the values do not pass."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def number(value: float) -> str:
    """Write milliseconds with as many digits as they deserve."""
    return f"{value:.2f}" if value < 1 else f"{value:.1f}" if value < 100 else f"{value:.0f}"


def interleaved(families: Mapping[str, Sequence[Call]], rounds: int = 2) -> dict[str, Times]:
    """Time every call of every family ``rounds`` times, the families in turn.

    What disturbs the machine for a moment disturbs them all.
    """
    taken = {name: Times() for name in families}
    for _ in range(rounds):
        for turn in range(max(len(calls) for calls in families.values())):
            for name, calls in families.items():
                if turn < len(calls):
                    taken[name].take(calls[turn])
    return taken
