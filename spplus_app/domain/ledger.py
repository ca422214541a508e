"""The public ledger of moderation: what is counted, and under which names it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

PREFIX = "ledger."
"""The beginning of the names of its figures, among all those that are kept."""
NAME_MAX = 40
_REASON = f"{PREFIX}r."


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
    """The name under which a reason of moderation is counted, within what a name may hold."""
    return f"{_REASON}{code}"[:NAME_MAX]


def hours_in_words(hours: int) -> str:
    """Return a delay of whole hours begun in words: « moins de 3 heures », « moins de 2 jours »."""
    if hours < 48:
        return f"moins de {hours + 1}\u00a0heure{'s' if hours else ''}"
    return f"moins de {hours // 24 + 1}\u00a0jours"
