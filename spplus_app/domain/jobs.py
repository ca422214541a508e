"""What must happen later: kinds of jobs, how long a claim holds, when to try again."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

CLAIM_FOR = timedelta(minutes=2)
ATTEMPTS_MAX = 12


class JobKind(StrEnum):
    """A thing the worker knows how to do."""

    MAIL = "mail"
    PURGE_DRAFTS = "purge_drafts"
    PURGE_SESSIONS = "purge_sessions"
    FORGET_RECEIPTS = "forget_receipts"
    FORGET_ADDRESSES = "forget_addresses"
    FORGET_ORIGINALS = "forget_originals"
    FORGET_REFUSED = "forget_refused"
    FORGET_VISITORS = "forget_visitors"
    FORGET_FINGERPRINTS = "forget_fingerprints"
    FORGET_REPORTS = "forget_reports"
    FORGET_CONNECTIONS = "forget_connections"
    FORGET_DOCUMENTS = "forget_documents"
    COUNT_FIGURES = "count_figures"
    RECOUNT_VOTES = "recount_votes"
    SCRUB = "scrub"
    READ_DOCUMENT = "read_document"
    COVER_DOCUMENT = "cover_document"


LONG: dict[JobKind, timedelta] = {
    JobKind.SCRUB: timedelta(minutes=15),
    JobKind.READ_DOCUMENT: timedelta(minutes=15),
    JobKind.COVER_DOCUMENT: timedelta(minutes=15),
}
"""Jobs that may take minutes, and how long a claim on one holds: mail never waits behind them."""


def claim_for(kind: str) -> timedelta:
    """Return how long a claim on a job of this kind holds."""
    return next((held for known, held in LONG.items() if known.value == kind), CLAIM_FOR)


SCHEDULED: dict[JobKind, timedelta] = {
    JobKind.PURGE_DRAFTS: timedelta(hours=24),
    JobKind.PURGE_SESSIONS: timedelta(hours=24),
    JobKind.FORGET_RECEIPTS: timedelta(hours=1),
    JobKind.FORGET_ADDRESSES: timedelta(hours=24),
    JobKind.FORGET_ORIGINALS: timedelta(hours=24),
    JobKind.FORGET_REFUSED: timedelta(hours=24),
    JobKind.FORGET_VISITORS: timedelta(hours=24),
    JobKind.FORGET_FINGERPRINTS: timedelta(hours=24),
    JobKind.FORGET_REPORTS: timedelta(hours=24),
    JobKind.FORGET_CONNECTIONS: timedelta(hours=24),
    JobKind.FORGET_DOCUMENTS: timedelta(hours=6),
    JobKind.COUNT_FIGURES: timedelta(hours=1),
    JobKind.RECOUNT_VOTES: timedelta(hours=24),
}
"""Jobs that come back by themselves, and how often."""


def retry_after(attempts: int) -> timedelta | None:
    """How long to wait after the ``attempts``-th failure; ``None`` to give up.

    Doubles from 15 seconds, never more than 6 hours.
    """
    if attempts >= ATTEMPTS_MAX:
        return None
    return timedelta(seconds=min(15 * 2 ** (attempts - 1), 6 * 3600))
