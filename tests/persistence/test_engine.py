"""One gesture, one transaction, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Engine, event, text
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


def test_what_moved_in_a_gesture_is_told_at_its_end_in_one_order(engine: Engine) -> None:
    told: list[list[str]] = []

    @event.listens_for(engine, "before_cursor_execute")
    def keep(_c: object, _cur: object, statement: str, parameters: Any, *_rest: object) -> None:
        if statement.startswith("INSERT INTO revision"):
            told.append([one[0] if isinstance(one, tuple) else one["topic"] for one in parameters])

    with unit_of_work(engine) as session:
        revisions.bump(session, ["moderation"])
        with session.begin_nested():
            revisions.bump(session, ["experiences", "moderation"])
        assert told == []
    assert told == [["experiences", "moderation"]]
