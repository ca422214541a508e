"""What a gesture does outside the database, once all that it wrote is committed, or never."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import event
from sqlalchemy.orm import Session

_WAITING = "afterwards"
"""Where a session keeps what its gesture will do."""


def once_committed(session: Session, work: Callable[[], None]) -> None:
    """Do ``work`` once the transaction is committed; never when it is rolled back.

    ``work`` may not use the session. Killed in between, it is not done.
    """
    session.info.setdefault(_WAITING, []).append(work)


@event.listens_for(Session, "after_commit")
def _committed(session: Session) -> None:
    if not session.in_nested_transaction():
        for work in session.info.pop(_WAITING, ()):
            work()


@event.listens_for(Session, "after_rollback")
def _rolled_back(session: Session) -> None:
    session.info.pop(_WAITING, None)
