"""What visitors say, once each: counters that follow, and nobody judging their own."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from spplus_app.domain.errors import Invalid, NotFound, Refused
from spplus_app.domain.roles import NOBODY, Viewer
from spplus_app.persistence import unit_of_work
from spplus_app.persistence.tables import ExperienceRow, ReplyRow
from spplus_app.services import experiences, follow_up, votes
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
