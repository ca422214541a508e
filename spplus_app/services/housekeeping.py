"""What is kept for a time only: deleted by scheduled jobs, which say how much.

`domain.treatments` says what each of them applies; `apply` runs one and writes down what it did.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy.orm import Session

from ..adapters import connections
from ..domain.drafts import DRAFT_KEPT_FOR
from ..domain.jobs import JobKind
from ..domain.retention import (
    ADDRESS_KEPT_FOR,
    COUNTS_KEPT_FOR,
    DONE_KEPT_FOR,
    FAILED_KEPT_FOR,
    FINGERPRINT_KEPT_FOR,
    FOLLOWED_KEPT_FOR,
    ORIGINAL_KEPT_FOR,
    PROOF_KEPT_FOR,
    RECEIPT_SHOWN_FOR,
    REFUSED_KEPT_FOR,
    REPORT_KEPT_FOR,
    SIGN_IN_KEPT_FOR,
    VOTE_KEPT_FOR,
)
from ..domain.roles import NOBODY
from ..persistence import deletions, drafts, experiences, housekeeping, jobs, originals
from ..persistence import erasure as rows
from ..settings import settings
from . import clock, erasure
from .documents import housekeeping as documents

ERASED_AT_ONCE = 200
"""Texts erased by one run: what is left waits for the next one, and nobody waits for this one."""

Purge = Callable[[Session], dict[str, int]]
"""Deletes what is over; returns how many, by kind of data."""


def purge_drafts(session: Session) -> dict[str, int]:
    """Delete the drafts nobody touched for `DRAFT_KEPT_FOR`; return how many."""
    return {"drafts": drafts.remove_older(session, clock.now() - DRAFT_KEPT_FOR)}


def forget_receipts(session: Session) -> dict[str, int]:
    """Make the links of receipts older than a day impossible to write again; return how many."""
    return {"receipts": housekeeping.receipts(session, clock.now() - RECEIPT_SHOWN_FOR)}


def forget_addresses(session: Session) -> dict[str, int]:
    """Delete the addresses of authors long after the last exchange; return how many.

    The experience stays, and its private links still open.
    """
    return {"addresses": housekeeping.addresses(session, clock.now() - ADDRESS_KEPT_FOR)}


def forget_originals(session: Session) -> dict[str, int]:
    """Delete the sealed words that were masked long ago; return how many."""
    return {"originals": originals.remove_older(session, clock.now() - ORIGINAL_KEPT_FOR)}


def forget_refused(session: Session) -> dict[str, int]:
    """Erase the texts refused or withdrawn long ago, their authors with them; return how many."""
    over = rows.unpublished_since(session, clock.now() - REFUSED_KEPT_FOR, ERASED_AT_ONCE)
    for experience_id in over:
        row = experiences.locked(session, experience_id)
        if row is not None:
            erasure.erase(session, NOBODY, row, erasure.Choice.REMOVE)
    return {"refused": len(over)}


def forget_visitors(session: Session) -> dict[str, int]:
    """Delete what ties a browser to what it followed or said long ago; the counts stay."""
    now = clock.now()
    return {
        "followed": housekeeping.followed(session, now - FOLLOWED_KEPT_FOR),
        "votes": housekeeping.votes(session, now - VOTE_KEPT_FOR),
    }


def forget_fingerprints(session: Session) -> dict[str, int]:
    """Delete the fingerprints of texts received long ago; return how many."""
    over = clock.now() - FINGERPRINT_KEPT_FOR
    return {"fingerprints": housekeeping.fingerprints(session, over)}


def forget_reports(session: Session) -> dict[str, int]:
    """Take the words of old reports, and the browser they came from; return how many."""
    return {"reports": housekeeping.reports(session, clock.now() - REPORT_KEPT_FOR)}


def forget_connections(_session: Session) -> dict[str, int]:
    """Delete the days of the connection log that are over, all of them where it is off."""
    chosen = settings()
    first = (clock.now() - timedelta(days=chosen.connection_log_days)).date()
    kept = first if chosen.connection_log_days else None
    return {"connections": connections.remove_before(chosen.var_dir, kept)}


def purge_sessions(session: Session) -> dict[str, int]:
    """Delete what served sign-in, limits and claims once it is over, and old jobs."""
    now = clock.now()
    over = now - SIGN_IN_KEPT_FOR
    return {
        "sessions": housekeeping.sessions(session, over),
        "throttles": housekeeping.throttles(session, over),
        "resets": housekeeping.resets(session, over),
        "limits": housekeeping.limits(session, now - COUNTS_KEPT_FOR),
        "proofs": housekeeping.proofs(session, now - PROOF_KEPT_FOR),
        "claims": housekeeping.claims(session, over),
        "jobs": jobs.remove_older(session, now - DONE_KEPT_FOR, now - FAILED_KEPT_FOR),
    }


def forget_documents(session: Session) -> dict[str, int]:
    """Delete what is over of documents, of files on their way, of marks; return how many."""
    return documents.forget(session)


PURGES: dict[JobKind, Purge] = {
    JobKind.PURGE_DRAFTS: purge_drafts,
    JobKind.PURGE_SESSIONS: purge_sessions,
    JobKind.FORGET_RECEIPTS: forget_receipts,
    JobKind.FORGET_ADDRESSES: forget_addresses,
    JobKind.FORGET_ORIGINALS: forget_originals,
    JobKind.FORGET_REFUSED: forget_refused,
    JobKind.FORGET_VISITORS: forget_visitors,
    JobKind.FORGET_FINGERPRINTS: forget_fingerprints,
    JobKind.FORGET_REPORTS: forget_reports,
    JobKind.FORGET_CONNECTIONS: forget_connections,
    JobKind.FORGET_DOCUMENTS: forget_documents,
}
"""Every scheduled deletion (a test checks that each retention has its own)."""


def apply(session: Session, kind: JobKind) -> dict[str, int]:
    """Run a deletion and write down, with it, when it ran and how much it deleted."""
    deleted = PURGES[kind](session)
    for code, count in deleted.items():
        deletions.note(session, code, clock.now(), count)
    return deleted
