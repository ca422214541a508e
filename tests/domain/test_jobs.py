"""Jobs: when to try again, and when to give up."""

from __future__ import annotations

from datetime import timedelta

from spplus_app.domain.jobs import ATTEMPTS_MAX, CLAIM_FOR, SCHEDULED, JobKind, retry_after


def test_one_waits_longer_each_time_then_gives_up() -> None:
    waits = [retry_after(attempt) for attempt in range(1, ATTEMPTS_MAX)]
    known = [wait for wait in waits if wait is not None]
    assert len(known) == len(waits)
    assert known == sorted(known)
    assert known[0] == timedelta(seconds=15)
    assert max(known) <= timedelta(hours=6)
    assert retry_after(ATTEMPTS_MAX) is retry_after(ATTEMPTS_MAX + 5) is None
    # A mail server down for a night is waited for.
    assert sum(known, timedelta()) > timedelta(hours=8)


def test_what_comes_back_is_known_and_longer_than_a_claim() -> None:
    assert set(SCHEDULED) <= set(JobKind)
    assert all(every > CLAIM_FOR for every in SCHEDULED.values())
    assert all(len(kind) <= 40 for kind in JobKind)
