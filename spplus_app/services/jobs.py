"""What must happen later: written with the gesture, done by one worker, tried again, or given up.

A job is done at least once, and its handler makes sure that twice does no harm: a claim that
expires (a killed worker) is taken again by another.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from ..domain.jobs import ATTEMPTS_MAX, LONG, SCHEDULED, JobKind, claim_for, retry_after
from ..persistence import jobs as rows
from ..persistence.tables import JobRow
from . import clock

KEY_MAX = 120
WORDS = "words"
"""The part of a payload that is erased once the job is done: words, never ids."""
_UNSAFE = re.compile(r"[^A-Za-z0-9_ .-]+")


@dataclass(frozen=True, slots=True)
class Job:
    """A claimed job; ``attempts`` counts this try, ``kind`` may be unknown to this version."""

    id: int
    kind: str
    payload: dict[str, Any] = field(default_factory=dict)
    attempts: int = 1
    worker: str = ""


def later(
    session: Session,
    kind: JobKind,
    payload: dict[str, Any],
    *,
    key: str | None = None,
    run_at: datetime | None = None,
) -> int | None:
    """Write a job in this transaction; return its id, ``None`` when ``key`` is already written.

    ``run_at`` is the earliest moment (aware); by default at once. ``payload`` is plain JSON and
    holds no secret.
    """
    if key is not None and len(key) > KEY_MAX:
        raise ValueError(f"a job key has at most {KEY_MAX} characters")
    return rows.add(
        session, kind=kind.value, payload=payload, key=key, run_at=run_at or clock.now()
    )


def any_due(session: Session, now: datetime, long: bool | None = None) -> bool:
    """Whether a job waits to be taken: a read that never locks; ``long`` as for `claim`."""
    return rows.any_due(session, now, _lane(long))


def _lane(long: bool | None) -> rows.Lane:
    return None if long is None else ([kind.value for kind in LONG], long)


def claim(session: Session, worker: str, now: datetime, long: bool | None = None) -> Job | None:
    """Take the oldest due job for `claim_for`, in a write transaction of its own.

    ``long`` takes only those that may take minutes (`LONG`), or only the others.

    A job that ended its worker at every try (its claims expire, nobody reports a failure) is
    given up here, after as many tries as any other.
    """
    while (row := rows.take(session, worker, now, claim_for, _lane(long))) is not None:
        if row.attempts <= ATTEMPTS_MAX:
            return Job(row.id, row.kind, dict(row.payload), row.attempts, worker)
        _give_up(session, row, now, "ClaimExpired")
    return None


def done(session: Session, job: Job, note: str = "") -> None:
    """Mark the job done, erase its words, write the next one where the kind is scheduled.

    ``note`` is a safe word about how it went (« unconfirmed »). Doing it twice changes nothing.
    """
    row = rows.locked(session, job.id)
    if row is None or row.done_at is not None:
        return
    row.done_at, row.failed_at, row.claimed_until = clock.now(), None, None
    row.last_error = _safe(note)
    row.payload = {name: value for name, value in row.payload.items() if name != WORDS}
    session.flush()
    _schedule_next(session, row.kind, row.done_at)


def failed(
    session: Session, job: Job, error_class: str, word: str = "", *, final: bool = False
) -> datetime | None:
    """Note the failure; return when the job is tried again, ``None`` when it is given up.

    ``error_class`` and ``word`` (a status code) are all that is kept of the error: its message
    may hold an address. ``final`` gives up at once. A job given up keeps its row and its reason
    (``failed_at``, ``last_error``). Nothing changes when the claim is no longer this worker's.
    """
    row = rows.locked(session, job.id)
    if row is None or row.done_at is not None or row.failed_at is not None:
        return None
    if (row.claimed_by, row.attempts) != (job.worker, job.attempts):
        return row.claimed_until
    now, error = clock.now(), _safe(f"{error_class} {word}")
    wait = None if final else retry_after(row.attempts)
    if wait is None:
        _give_up(session, row, now, error)
        return None
    row.last_error, row.claimed_until, row.run_at = error, None, now + wait
    session.flush()
    return row.run_at


def _give_up(session: Session, row: JobRow, now: datetime, error: str) -> None:
    row.failed_at, row.last_error, row.claimed_until = now, error, None
    session.flush()
    # The schedule goes on: what failed today is tried afresh at its next time.
    _schedule_next(session, row.kind, now)


def ensure_scheduled(session: Session, now: datetime) -> list[JobKind]:
    """Write the scheduled jobs that nobody has written; return their kinds."""
    missing = [kind for kind in SCHEDULED if not rows.is_open(session, kind.value)]
    return [kind for kind in missing if _schedule(session, kind, now)]


def _schedule_next(session: Session, kind: str, now: datetime) -> None:
    for scheduled, every in SCHEDULED.items():
        if scheduled.value == kind:
            _schedule(session, scheduled, now + every)


def _schedule(session: Session, kind: JobKind, run_at: datetime) -> bool:
    # One row a period: two workers that start or finish together write the same key.
    period = int(run_at.timestamp() // SCHEDULED[kind].total_seconds())
    return later(session, kind, {}, key=f"{kind.value}:{period}", run_at=run_at) is not None


def release_dead(session: Session, is_dead: Callable[[str], bool], now: datetime) -> int:
    """Free at once the jobs claimed by workers that are known to be dead; return how many.

    Without it the job that a killed worker was doing waits for the end of its claim.
    """
    dead = [worker for worker in rows.claimants(session, now) if is_dead(worker)]
    return rows.release(session, dead, now) if dead else 0


def _safe(text: str) -> str:
    return _UNSAFE.sub("", text).strip()[:120]
