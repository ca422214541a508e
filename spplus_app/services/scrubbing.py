"""Words that were masked or erased leave the files of the database as well, by a job.

Beside the gesture, not within it: the index of a million texts takes long to be merged, and nobody
waits for that. What several gestures ask for is done once.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from ..domain.jobs import JobKind
from ..persistence import scrub
from . import clock, jobs

WITHIN = timedelta(minutes=5)
"""How long the files may keep the words, plus the time of the merge."""


class StillRead(Exception):
    """Somebody reads what the journal holds: the job is tried again."""


def ask(session: Session) -> None:
    """Have the files forget, `WITHIN` the gesture that took words out of the tables."""
    if not scrub.needed(session):
        return
    period = int(clock.now().timestamp() // WITHIN.total_seconds()) + 1
    run_at = datetime.fromtimestamp(period * WITHIN.total_seconds(), UTC)
    jobs.later(session, JobKind.SCRUB, {}, key=f"scrub:{period}", run_at=run_at)


def run(engine: Engine) -> str:
    """Merge the index, empty the journal; return a safe word about it."""
    steps = scrub.merge(engine)
    if not scrub.empty_journal(engine):
        raise StillRead
    return f"merged {steps}"
