"""The demonstration is loaded by everyone's gestures, once, on dates that make sense."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, func, select

from spplus_app.demo import texts
from spplus_app.demo.load import LoadReport, load
from spplus_app.domain.replies import delay_from
from spplus_app.persistence import reading, revisions, structures, unit_of_work
from spplus_app.persistence.tables import (
    AnswerRow,
    Base,
    ExperienceRow,
    ExperienceStructureRow,
    ModerationRow,
    PersonRow,
    ReplyRow,
    StructureRow,
    VersionRow,
)
from spplus_app.services import clock

NIGHT = datetime(2026, 3, 30, 1, 20, tzinfo=UTC)
"""The night after the clocks moved, in the small hours."""


def sizes(engine: Engine) -> dict[str, int]:
    """Return how many rows each table has, and the revision of every topic."""
    with reading(engine) as session:
        found = {
            name: int(session.scalar(select(func.count()).select_from(table)) or 0)
            for name, table in Base.metadata.tables.items()
        }
        topics = [f"inbox:{number}" for number in range(1, 700)]
        return found | revisions.numbers(session, ["structures", "experiences", *topics])


def test_a_second_load_changes_nothing(engine: Engine) -> None:
    first = load(engine)
    assert (first.accounts, first.experiences, first.replies) == (6, 60, 33)
    assert first.structures == len(texts.structures())
    before = sizes(engine)
    assert load(engine) == LoadReport()
    assert sizes(engine) == before


def test_a_load_cut_short_goes_on(engine: Engine) -> None:
    class Cut(Exception):
        """The power goes."""

    def cut(step: str, done: int, _total: int) -> None:
        if step == "Expériences" and done == 20:
            raise Cut

    with pytest.raises(Cut):
        load(engine, progress=cut)
    report = load(engine)
    assert (report.structures, report.accounts, report.experiences) == (0, 0, 40)


def test_what_somebody_changed_stays(engine: Engine) -> None:
    load(engine)
    with unit_of_work(engine) as session:
        row = structures.by_code(session, "caf-99x")
        assert row is not None
        row.announced_delay_days = 3
    load(engine)
    with reading(engine) as session:
        row = structures.by_code(session, "caf-99x")
        assert row is not None and row.announced_delay_days == 3


def test_every_story_is_told_whole(engine: Engine) -> None:
    load(engine)
    stories = {story.uuid: story for story in texts.stories()}
    with reading(engine) as session:
        rows = session.scalars(select(ExperienceRow)).all()
        assert Counter(row.status for row in rows) == Counter(
            story.row["status"] for story in stories.values()
        )
        for row in rows:
            told = stories[row.uuid].row
            assert (row.title, row.narrative) == (told["title"], told["narrative"])
            assert (row.ressenti, row.pseudonym) == (told["ressenti"], told["pseudonym"])
            assert (row.replies, row.similar) == (len(told["replies"]), told["similar_count"])
        ratings = Counter(session.scalars(select(ReplyRow.rating)))
        answers = Counter(session.scalars(select(AnswerRow.status)))
    replies = [one for story in stories.values() for one in story.row["replies"]]
    assert ratings == Counter(one["rating"] for one in replies)
    assert answers == Counter(
        one["answer_back"]["status"] for one in replies if one.get("answer_back")
    )


def test_only_invented_structures_have_a_life(engine: Engine) -> None:
    load(engine)
    with reading(engine) as session:
        met = select(ExperienceStructureRow.structure_id)
        real = select(StructureRow).where(StructureRow.invented.is_(False))
        assert not session.scalars(real.where(StructureRow.id.in_(met))).all()
        assert not session.scalars(real.where(StructureRow.announced_delay_days.is_not(None))).all()
        accounts = session.scalars(select(PersonRow)).all()
        assert all(one.demo and one.email.endswith("@demo.example") for one in accounts)


def test_dates_follow_one_another_up_to_now(engine: Engine) -> None:
    with clock.at(NIGHT):
        load(engine)
    with reading(engine) as session:
        sent = {row.id: row.created_at for row in session.scalars(select(ExperienceRow))}
        assert min(sent.values()) > NIGHT - timedelta(days=210)
        for version in session.scalars(select(VersionRow)):
            assert version.created_at == sent[version.experience_id]
        decided = {}
        for decision in session.scalars(select(ModerationRow)):
            assert sent[decision.experience_id] < decision.created_at <= NIGHT
            if decision.act == "publish" and decision.answer_id is None:
                decided[decision.experience_id] = decision.created_at
        replied = {}
        for reply in session.scalars(select(ReplyRow)):
            assert decided[reply.experience_id] < reply.published_at <= NIGHT
            assert reply.rated_at is None or reply.published_at < reply.rated_at <= NIGHT
            replied[reply.id] = reply.published_at
        for answer in session.scalars(select(AnswerRow)):
            assert replied[answer.reply_id] < answer.created_at <= NIGHT
            assert answer.decided_at is None or answer.created_at < answer.decided_at <= NIGHT


def test_some_wait_and_some_are_late(engine: Engine) -> None:
    load(engine)
    with reading(engine) as session:
        now = clock.now()
        link = ExperienceStructureRow
        waiting = session.scalars(
            select(link).where(link.due_at.is_not(None), link.replied_at.is_(None))
        ).all()
        late = [one for one in waiting if one.due_at is not None and one.due_at < now]
        assert 0 < len(late) < len(waiting)
        for one in waiting:
            row = session.get_one(StructureRow, one.structure_id)
            chain = [up.announced_delay_days for up in structures.chain(session, row.path)]
            assert one.published_at is not None
            days = delay_from(chain[::-1]).days
            assert one.due_at == one.published_at + timedelta(days=days)
