"""Figures about the replies: said with how many cases they are made from, or not said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from .dates import PARIS

CASES_MIN = 10
"""Under this number of cases neither a share nor a delay means anything."""
PERIOD = timedelta(days=365)
"""The replies whose delay is measured: those of the last twelve months."""


class FigureName(StrEnum):
    """What is measured."""

    PUBLISHED = "published"
    REPLIED = "replied"
    DELAY_MEDIAN = "delay_median"
    DELAY_P90 = "delay_p90"


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure: its ``value``, out of how many cases ``n`` it is made.

    ``value`` counts experiences or days; ``None`` where there is no case. ``since`` is when the
    period begins, ``None`` for all that there is.
    """

    name: FigureName
    n: int
    value: int | None
    since: datetime | None
    computed_at: datetime

    @property
    def enough(self) -> bool:
        """Whether there are enough cases to tell a share or a delay."""
        return self.value is not None and self.n >= CASES_MIN


def rank(histogram: Mapping[int, int], percent: int) -> int | None:
    """Return the smallest value that at least ``percent`` % of the cases do not pass.

    ``histogram`` tells how many cases have each value. The answer is a value that was seen (the
    nearest rank), so « la moitié en 6 jours ou moins » is true to the letter.
    """
    wanted = sum(histogram.values()) * percent
    seen = 0
    for value in sorted(histogram):
        seen += histogram[value] * 100
        if seen >= wanted and histogram[value]:
            return value
    return None


def paris_offsets(since: datetime, until: datetime) -> list[tuple[datetime, int]]:
    """Return when the clocks of Paris move between two moments, and seconds from UTC after it.

    The first pair is ``since`` itself. A database that knows no time zone counts calendar days
    with them as `dates.days_between` does.
    """
    found = [(since, _offset(since))]
    before = since
    while before < until:
        after = min(before + timedelta(days=1), until)
        if _offset(after) != found[-1][1]:
            found.append((_change(before, after), _offset(after)))
        before = after
    return found


def _offset(moment: datetime) -> int:
    told = moment.astimezone(PARIS).utcoffset()
    assert told is not None
    return int(told.total_seconds())


def _change(before: datetime, after: datetime) -> datetime:
    """Return the first second whose offset is that of ``after``; ``before`` has another."""
    low, high = int(before.timestamp()), int(after.timestamp())
    wanted = _offset(after)
    while high - low > 1:
        middle = (low + high) // 2
        if _offset(datetime.fromtimestamp(middle, UTC)) == wanted:
            high = middle
        else:
            low = middle
    return datetime.fromtimestamp(high, UTC)
