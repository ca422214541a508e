"""What is kept for a time only: deleted by scheduled jobs, which say how much."""

from __future__ import annotations

from sqlalchemy.orm import Session

from ..domain.drafts import DRAFT_KEPT_FOR
from ..domain.retention import (
    ADDRESS_KEPT_FOR,
    DONE_KEPT_FOR,
    FAILED_KEPT_FOR,
    FINGERPRINT_KEPT_FOR,
    ORIGINAL_KEPT_FOR,
    RECEIPT_SHOWN_FOR,
    SIGN_IN_KEPT_FOR,
)
from ..persistence import claims, drafts, housekeeping, jobs, originals, second_looks
from . import clock


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


def forget_fingerprints(session: Session) -> dict[str, int]:
    """Delete the fingerprints of what was received long ago; return how many."""
    before = clock.now() - FINGERPRINT_KEPT_FOR
    return {"fingerprints": second_looks.remove_older(session, before)}


def purge_sessions(session: Session) -> dict[str, int]:
    """Delete sessions, failures, password requests and claims that are over, and old jobs."""
    now = clock.now()
    over = now - SIGN_IN_KEPT_FOR
    return {
        "sessions": housekeeping.sessions(session, over),
        "throttles": housekeeping.throttles(session, over),
        "resets": housekeeping.resets(session, over),
        "claims": claims.remove_older(session, over),
        "jobs": jobs.remove_older(session, now - DONE_KEPT_FOR, now - FAILED_KEPT_FOR),
    }
