"""One gesture, one transaction, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from spplus_app.persistence import journal, reading, revisions, unit_of_work


def test_a_gesture_is_committed_whole(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        revisions.bump(session, ["a", "b", "a"])
    with reading(engine) as session:
        assert revisions.numbers(session, ["a", "b", "c"]) == {"a": 1, "b": 1}


def test_an_error_leaves_nothing(engine: Engine) -> None:
    with pytest.raises(RuntimeError), unit_of_work(engine) as session:
        revisions.bump(session, ["a"])
        raise RuntimeError
    with reading(engine) as session:
        assert revisions.numbers(session, ["a"]) == {}


@pytest.mark.parametrize("gesture", ["UPDATE journal SET actor = 'x'", "DELETE FROM journal"])
def test_the_journal_only_grows(session: Session, gesture: str) -> None:
    journal.append(
        session,
        at=datetime.now(UTC),
        actor="person:1",
        entry="reply.published",
        subject=("reply", "1"),
        before={},
        after={"status": "published"},
    )
    session.flush()
    with pytest.raises(DatabaseError, match="append-only"):
        session.execute(text(gesture))
