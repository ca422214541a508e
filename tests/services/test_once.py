"""One UUID from several senders at the same instant: everyone's text is there, and once."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from spplus_app.domain.drafts import DraftKind, Step
from spplus_app.domain.errors import Conflict, DomainError
from spplus_app.persistence import drafts as draft_rows
from spplus_app.persistence import experiences as rows
from spplus_app.persistence import links, unit_of_work
from spplus_app.persistence.tables import AnswerRow, DraftRow, ExperienceRow, ReplyRow
from spplus_app.services import answers_back, drafts, experiences, replies
from tests import factories as make

Gesture = Callable[[Session], Any]
ROUNDS = 3
SENDERS = 6


def gesture(engine: Engine, work: Gesture) -> Any:
    """Do it in its own transaction; a refusal is a result, a fault is not."""
    try:
        with unit_of_work(engine) as session:
            return work(session)
    except DomainError as error:
        return error


def at_once(engine: Engine, *works: Gesture) -> list[Any]:
    """Run gestures begun at the same instant; return the results."""
    barrier = Barrier(len(works))

    def run(work: Gesture) -> Any:
        barrier.wait()
        return gesture(engine, work)

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def during(engine: Engine, first: Gesture, second: Gesture) -> tuple[Any, Any]:
    """Run ``second`` while ``first`` is done and not yet committed: the worst instant."""
    with ThreadPoolExecutor(1) as pool:
        with unit_of_work(engine) as session:
            result = first(session)
            waiting = pool.submit(gesture, engine, second)
            time.sleep(0.2)
            assert not waiting.done()
        return result, waiting.result(10)


def test_several_browsers_with_one_uuid_each_send_their_text(engine: Engine) -> None:
    viewers = [make.visitor(f"v{n}") for n in range(SENDERS)]
    for number in range(ROUNDS):
        uuid, titles = str(uuid4()), {v.visitor: f"Manche {number}, {v.visitor}" for v in viewers}
        for one in viewers:
            with unit_of_work(engine) as session:
                make.draft(session, one, uuid=uuid, title=titles[one.visitor])
        # Each one presses twice.
        sent = at_once(
            engine, *[lambda s, v=v, u=uuid: experiences.send(s, v, u) for v in viewers * 2]
        )
        assert all(isinstance(one, int) for one in sent), sent
        assert sent[:SENDERS] == sent[SENDERS:]
        with unit_of_work(engine) as session:
            for one, row_id in zip(viewers, sent, strict=False):
                row = session.get(ExperienceRow, row_id)
                assert row is not None and row.title == titles[one.visitor]
                assert links.binding(session, one.visitor, row_id) is not None
    with unit_of_work(engine) as session:
        found = session.scalars(select(ExperienceRow.uuid)).all()
        assert len(set(found)) == len(found) == ROUNDS * SENDERS
        assert session.scalar(select(func.count()).select_from(DraftRow)) == 0


def test_a_uuid_taken_between_the_look_and_the_writing(engine: Engine) -> None:
    one, other = make.visitor("a"), make.visitor("b")
    with unit_of_work(engine) as session:
        uuid = make.draft(session, one)
        make.draft(session, other, uuid=uuid)
    first, second = during(
        engine,
        lambda s: experiences.send(s, one, uuid),
        lambda s: experiences.send(s, other, uuid),
    )
    assert isinstance(second, int) and first != second
    with unit_of_work(engine) as session:
        assert experiences.send(session, other, uuid) == second


def test_a_tab_that_writes_while_the_other_sends(engine: Engine) -> None:
    viewer = make.visitor()
    with unit_of_work(engine) as session:
        uuid = make.draft(session, viewer)
    _, late = during(
        engine,
        lambda s: experiences.send(s, viewer, uuid),
        lambda s: drafts.save_fields(s, viewer, uuid, Step.STORY, make.STORY),
    )
    assert isinstance(late, Conflict) and "déjà envoyée" in late.message
    with unit_of_work(engine) as session:
        assert drafts.data_of(session, viewer) == ("", {})


def test_a_tab_that_writes_while_the_other_erases(engine: Engine) -> None:
    viewer = make.visitor()
    with unit_of_work(engine) as session:
        make.draft(session, viewer)
    uuid = str(uuid4())
    _, kept = during(
        engine,
        lambda s: drafts.erase(s, viewer),
        lambda s: drafts.store(s, viewer, uuid, {"title": "Un autre récit"}),
    )
    assert kept == uuid
    with unit_of_work(engine) as session:
        assert drafts.data_of(session, viewer) == (uuid, {"title": "Un autre récit"})


def test_agents_with_one_uuid_each_reply(engine: Engine) -> None:
    author = make.visitor()
    with unit_of_work(engine) as session:
        where = make.structure(session, "A")
        stories = [make.published(session, author, where).id for _ in range(3)]
        agents = [make.agent(session, where) for _ in range(2)]
    tries = [(agent, story) for agent in agents for story in stories]
    for number in range(1, ROUNDS + 1):
        uuid = str(uuid4())
        for agent, story in tries:
            with unit_of_work(engine) as session:
                replies.save_draft(session, agent, story, uuid, make.REPLY)
        sent = at_once(
            engine,
            *[lambda s, t=t, u=uuid: replies.send(s, t[0], t[1], u, make.REPLY) for t in tries * 2],
        )
        assert all(isinstance(one, int) for one in sent), sent
        assert sent[: len(tries)] == sent[len(tries) :]
        with unit_of_work(engine) as session:
            assert [rows.get(session, story).replies for story in stories] == [2 * number] * 3  # type: ignore[union-attr]
    with unit_of_work(engine) as session:
        assert session.scalar(select(func.count()).select_from(ReplyRow)) == ROUNDS * len(tries)
        assert session.scalar(select(func.count()).select_from(DraftRow)) == 0


def test_a_reply_s_draft_kept_while_it_is_sent_does_not_come_back(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        where = make.structure(session, "A")
        story, agent = make.published(session, make.visitor(), where).id, make.agent(session, where)
    uuid = str(uuid4())
    _, late = during(
        engine,
        lambda s: replies.send(s, agent, story, uuid, make.REPLY),
        lambda s: replies.save_draft(s, agent, story, uuid, make.REPLY),
    )
    assert isinstance(late, Conflict)
    with unit_of_work(engine) as session:
        assert replies.draft(session, agent, story) == {}


def test_authors_with_one_uuid_each_answer(engine: Engine) -> None:
    authors = [make.visitor(f"v{n}") for n in range(4)]
    with unit_of_work(engine) as session:
        where = make.structure(session, "A")
        answered = [
            (author, make.replied(session, make.published(session, author, where), where))
            for author in authors
        ]
    for _ in range(ROUNDS):
        uuid = str(uuid4())
        done = at_once(
            engine,
            *[
                lambda s, a=a, u=uuid: answers_back.answer_back(s, *a, u, "Merci, c’est réglé.")
                for a in answered * 2
            ],
        )
        assert done == [None] * 2 * len(answered)
    with unit_of_work(engine) as session:
        counted = select(AnswerRow.reply_id, func.count()).group_by(AnswerRow.reply_id)
        assert dict(session.execute(counted).all()) == {reply: ROUNDS for _, reply in answered}


def test_another_fault_of_the_database_is_not_taken_for_a_uuid(session: Session) -> None:
    row = make.sent(session, make.visitor())
    broken = AnswerRow(uuid=str(uuid4()), experience_id=row.id, text="Un texte.", status="pending")
    with pytest.raises(IntegrityError):
        rows.added(session, broken)
    assert draft_rows.find(session, "nobody", DraftKind.EXPERIENCE) is None
