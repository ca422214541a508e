"""What visitors say, once each: counters that follow, and nobody judging their own."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any, cast

import pytest
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from spplus_app.domain.errors import Invalid, NotFound, Refused
from spplus_app.domain.jobs import JobKind
from spplus_app.domain.journal import Entry
from spplus_app.domain.roles import NOBODY, Viewer
from spplus_app.persistence import unit_of_work
from spplus_app.persistence.tables import ExperienceRow, JournalRow, ReplyRow
from spplus_app.services import clock, experiences, follow_up, housekeeping, votes
from spplus_app.services.jobs import Job
from spplus_app.worker import HANDLERS, Tools
from tests import factories as make

AUTHOR, READER, OTHER = (make.visitor(name) for name in ("author", "reader", "other"))


def test_one_says_once_that_they_lived_the_same(session: Session) -> None:
    row = make.published(session, AUTHOR)
    assert [votes.similar(session, READER, row.id) for _ in range(3)] == [1, 1, 1]
    assert votes.similar(session, OTHER, row.id) == 2
    assert experiences.public(session, row.id, READER).felt_similar
    assert not experiences.public(session, row.id).felt_similar
    assert [votes.similar(session, READER, row.id, lived=False) for _ in range(2)] == [1, 1]
    assert not experiences.public(session, row.id, READER).felt_similar
    assert "1\u00a0personne dit" in experiences.public(session, row.id).similar_told


def test_one_says_once_what_a_reply_is_worth_and_may_change_their_mind(session: Session) -> None:
    where = make.structure(session, "A")
    row = make.published(session, AUTHOR, where)
    number = make.replied(session, row, where)

    def counted() -> tuple[int, int]:
        session.expire_all()
        reply = session.get(ReplyRow, number)
        assert reply is not None
        return reply.useful, reply.not_useful

    for word, expected in (
        *(("utile", (1, 0)), ("utile", (1, 0)), ("pas utile", (0, 1)), ("pas utile", (0, 1))),
        ("utile", (1, 0)),
    ):
        assert votes.rate_reply(session, READER, number, word) == row.id
        assert counted() == expected
    votes.rate_reply(session, OTHER, number, "pas utile")
    assert counted() == (1, 1)
    (reply,) = experiences.public(session, row.id, OTHER).replies
    assert reply.my_vote == "pas utile"
    assert reply.votes_told == (
        "2 visiteurs ont donné leur avis\u00a0: utile pour 1, pas utile pour 1."
    )
    with pytest.raises(Invalid):
        votes.rate_reply(session, READER, number, "bof")


def test_neither_nobody_nor_the_author_nor_the_service_is_counted(session: Session) -> None:
    where = make.structure(session, "A")
    row = make.published(session, AUTHOR, where)
    number = make.replied(session, row, where)
    agent = make.agent(session, where)
    inside = Viewer(visitor=READER.visitor, person_id=agent.person_id, grants=agent.grants)
    for viewer in (NOBODY, AUTHOR, inside):
        with pytest.raises(Refused):
            votes.similar(session, viewer, row.id)
        with pytest.raises(Refused):
            votes.rate_reply(session, viewer, number, "utile")
    assert experiences.public(session, row.id, AUTHOR).mine
    assert row.similar == 0


def test_only_what_is_published_is_judged(session: Session) -> None:
    where = make.structure(session, "A")
    hidden = make.sent(session, AUTHOR, where)
    row = make.published(session, AUTHOR, where)
    number = make.replied(session, row, where)
    follow_up.withdraw(session, AUTHOR, row.id)
    tries: tuple[Callable[[], object], ...] = (
        lambda: votes.similar(session, READER, hidden.id),
        lambda: votes.similar(session, READER, row.id),
        lambda: votes.similar(session, READER, 10**15),
        lambda: votes.rate_reply(session, READER, number, "utile"),
        lambda: votes.rate_reply(session, READER, 10**15, "utile"),
    )
    for one in tries:
        with pytest.raises(NotFound):
            one()


def test_many_at_once_are_all_counted_once(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        where = make.structure(session, "A")
        row = make.published(session, AUTHOR, where)
        number, reply = row.id, make.replied(session, row, where)

    def say(index: int) -> None:
        viewer = make.visitor(f"v{index % 6}")
        with unit_of_work(engine) as session:
            votes.similar(session, viewer, number)
        with unit_of_work(engine) as session:
            votes.rate_reply(session, viewer, reply, "utile" if index % 2 else "pas utile")

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(say, range(24)))
    with unit_of_work(engine) as session:
        stored, rated = session.get(ExperienceRow, number), session.get(ReplyRow, reply)
        assert stored is not None and stored.similar == 6
        assert rated is not None and rated.useful + rated.not_useful == 6


def _counters(engine: Engine) -> dict[str, list[tuple[int, ...]]]:
    with unit_of_work(engine) as session:
        lived = select(ExperienceRow.id, ExperienceRow.similar).order_by(ExperienceRow.id)
        judged = select(ReplyRow.id, ReplyRow.useful, ReplyRow.not_useful).order_by(ReplyRow.id)
        return {
            "lived": [tuple(one) for one in session.execute(lived)],
            "judged": [tuple(one) for one in session.execute(judged)],
        }


def _recounted(engine: Engine) -> str:
    return HANDLERS[JobKind.RECOUNT_VOTES](Tools(engine, cast(Any, None)), Job(1, "recount_votes"))


def test_votes_are_counted_again_and_what_was_wrong_is_told(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        where = make.structure(session, "A")
        rows = [make.published(session, AUTHOR, where, title=f"Un récit {n}") for n in range(3)]
        ids = [row.id for row in rows]
        reply = make.replied(session, rows[0], where)
        for reader in (READER, OTHER):
            votes.similar(session, reader, ids[0])
            votes.rate_reply(session, reader, reply, "utile" if reader is READER else "pas utile")
        # What came with an import, or with the demonstration, is no vote of here.
        rows[1].similar = rows[1].similar_base = 40
        votes.similar(session, READER, ids[1])
    true = _counters(engine)
    assert [number for _, number in true["lived"]] == [2, 41, 0]
    assert _recounted(engine) == "corrected experiences 0 replies 0"
    assert _counters(engine) == true
    with unit_of_work(engine) as session:
        session.execute(update(ExperienceRow).values(similar=ExperienceRow.similar + 7))
        session.execute(update(ReplyRow).values(useful=0, not_useful=9))
    assert _recounted(engine) == "corrected experiences 3 replies 1"
    assert _counters(engine) == true
    with unit_of_work(engine) as session:
        told = session.scalars(
            select(JournalRow).where(JournalRow.entry == Entry.VOTES_RECOUNTED).order_by("id")
        )
        facts = [(one.subject_kind, one.before, one.after) for one in told]
    assert facts[1] == ("experience", {"similar": 48}, {"similar": 41})
    assert facts[3] == (
        "reply",
        {"useful": 0, "not_useful": 9},
        {"useful": 1, "not_useful": 1},
    )
    assert _recounted(engine) == "corrected experiences 0 replies 0"


def test_votes_that_were_forgotten_still_count(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        where = make.structure(session, "A")
        row = make.published(session, AUTHOR, where)
        reply = make.replied(session, row, where)
        for reader, word in ((READER, "utile"), (OTHER, "pas utile")):
            votes.similar(session, reader, row.id)
            votes.rate_reply(session, reader, reply, word)
    true = _counters(engine)
    with unit_of_work(engine) as session, clock.at(clock.now() + timedelta(days=400)):
        assert housekeeping.forget_visitors(session)["votes"] == 4
    assert _counters(engine) == true
    assert _recounted(engine) == "corrected experiences 0 replies 0"
    assert _counters(engine) == true


def test_a_vote_given_while_votes_are_counted_again_is_not_lost(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        number = make.published(session, AUTHOR).id
        session.execute(update(ExperienceRow).values(similar=9))
    readers = [make.visitor(f"reader {place}") for place in range(12)]

    def say(reader: Viewer) -> None:
        with unit_of_work(engine) as session:
            votes.similar(session, reader, number)

    with ThreadPoolExecutor(6) as pool:
        said = [pool.submit(say, reader) for reader in readers]
        recounted = [pool.submit(_recounted, engine) for _ in range(3)]
        for one in (*said, *recounted):
            one.result()
    _recounted(engine)
    assert _counters(engine)["lived"] == [(number, 12)]
