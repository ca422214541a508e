"""The public ledger of moderation: what is counted, and under which names it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

PREFIX = "ledger."
"""The beginning of the names of its figures, among all those that are kept."""
NAME_MAX = 40
_REASON = f"{PREFIX}r."
CODE_MAX = NAME_MAX - len(_REASON)
"""Longest code of a reason: it is counted under a name that holds it whole."""
SMALL = 5
"""Fewest cases told of one part of a whole (reference: security, small numbers)."""


class Count(StrEnum):
    """What is counted; with the reasons given, one by one (`reason_name`)."""

    READ = "ledger.read"
    PUBLISHED = "ledger.published"
    STOPPED = "ledger.stopped"
    DELAY_MEDIAN = "ledger.delay_median"
    DELAY_P90 = "ledger.delay_p90"
    REPORTS = "ledger.reports"
    REPORTED = "ledger.reported"
    KEPT = "ledger.reported_kept"
    REMOVED = "ledger.reported_removed"
    APPEALS = "ledger.appeals"
    UPHELD = "ledger.appeals_upheld"
    REJECTED = "ledger.appeals_rejected"


@dataclass(frozen=True, slots=True)
class Line:
    """A measure: its ``value`` out of ``n`` cases, since when; delays are in hours."""

    name: str
    n: int
    value: int | None
    since: datetime | None = None


def reason_name(code: str) -> str:
    """The name under which a reason of moderation is counted; its code holds in `CODE_MAX`."""
    return f"{_REASON}{code}"[:NAME_MAX]


def apart(counts: Mapping[str, int]) -> tuple[dict[str, int], int]:
    """Return the counts that may be told one by one, and how many cases are told together.

    A count under `SMALL` is told with the others; with the next ones too where all of them
    would be under it: the whole less what is told would give it back.
    """
    ordered = sorted((count, name) for name, count in counts.items() if count)
    together = 0
    while ordered and (ordered[0][0] < SMALL or 0 < together < SMALL):
        together += ordered.pop(0)[0]
    return {name: count for count, name in ordered}, together


def hours_in_words(hours: int) -> str:
    """Return a delay of whole hours begun in words: « moins de 3 heures », « moins de 2 jours »."""
    if hours < 48:
        return f"moins de {hours + 1}\u00a0heure{'s' if hours else ''}"
    return f"moins de {hours // 24 + 1}\u00a0jours"
