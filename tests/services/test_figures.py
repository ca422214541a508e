"""The figures: counted exactly on both databases, shown with their n and date or not at all."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from spplus_app.demo.load import load
from spplus_app.domain.dates import days_between
from spplus_app.domain.figures import PERIOD, FigureName
from spplus_app.persistence import figures as rows
from spplus_app.persistence import reading, revisions
from spplus_app.persistence.tables import ExperienceStructureRow
from spplus_app.services import clock, figures, follow_up, record
from tests import factories as make

AUTHOR = make.visitor("author")


def counted(session: Session) -> dict[str, tuple[str, str]]:
    """Count, then return what is shown: label → value and note."""
    figures.keep(session, figures.measure(session))
    return {one.label: (one.value, one.note) for one in figures.shown(session).figures}


def test_before_the_first_count_the_page_says_so(session: Session) -> None:
    assert not figures.counted(session)
    view = figures.shown(session)
    assert (view.figures, view.nothing) == ([], figures.NOT_COUNTED)


def test_an_empty_site_has_nothing_to_count(session: Session) -> None:
    with make.at():
        assert counted(session) == {}
        view = figures.shown(session)
    assert view.nothing == figures.NOTHING
    assert view.computed == "2\u00a0mars\u00a02026 à 10\u00a0h\u00a000"
    assert figures.counted(session)


def test_published_and_replied_are_told_with_what_they_are_made_of(session: Session) -> None:
    where = make.tree(session)
    with make.at():
        rows_ = [make.published(session, AUTHOR, where.office) for _ in range(2)]
        make.sent(session, AUTHOR, where.office)
    with make.at(4):
        make.replied(session, rows_[0], where.office)
        make.replied(session, rows_[0], where.office)
        told = counted(session)
    assert told["Expériences publiées"] == ("2", "Depuis l’ouverture de ce site.")
    assert told["Avec une réponse du service"] == (
        "1",
        "Sur 2 expériences publiées\u00a0: trop peu pour une part en pour cent.",
    )
    value, note = told["La moitié des réponses arrivent en"]
    assert value == "Trop peu de cas"
    assert note == "1 réponse du 6\u00a0mars\u00a02025 au 6\u00a0mars\u00a02026, moins de 10."


def test_delays_are_those_of_the_last_twelve_months(session: Session) -> None:
    where = make.tree(session)
    for days in (1, 1, 2, 2, 3, 3, 4, 9, 20, 30):
        with make.at():
            row = make.published(session, AUTHOR, where.office)
        with make.at(days):
            make.replied(session, row, where.office)
    with make.at(40):
        told = counted(session)
    measured = "Mesuré sur 10 réponses du 11\u00a0avril\u00a02025 au 11\u00a0avril\u00a02026."
    assert told["La moitié des réponses arrivent en"] == ("3\u00a0jours ou moins", measured)
    assert told["Neuf réponses sur dix arrivent en"] == ("20\u00a0jours ou moins", measured)
    assert told["Avec une réponse du service"][1] == (
        "Sur 10 expériences publiées, soit 100\u202f%."
    )
    with make.at(365 + 3):
        told = counted(session)
    assert told["La moitié des réponses arrivent en"][0] == "Trop peu de cas"
    assert told["Avec une réponse du service"][0] == "10"


def test_what_its_author_took_back_no_longer_counts(session: Session) -> None:
    where = make.tree(session)
    with make.at():
        row = make.published(session, AUTHOR, where.office)
    with make.at(2):
        make.replied(session, row, where.office)
        assert {one.name: one.n for one in figures.measure(session)} == {
            FigureName.PUBLISHED: 1,
            FigureName.REPLIED: 1,
            FigureName.DELAY_MEDIAN: 1,
            FigureName.DELAY_P90: 1,
        }
        follow_up.withdraw(session, AUTHOR, row.id)
        assert all(one.n == 0 for one in figures.measure(session))


def test_days_are_counted_as_everywhere_on_the_site(session: Session) -> None:
    """The database and `days_between` agree, nights and changes of clocks included."""
    where, random = make.tree(session), Random(5)
    with make.at():
        row = make.published(session, AUTHOR, where.office)
    until = datetime(2026, 11, 2, 12, tzinfo=UTC)
    expected: Counter[int] = Counter()
    for position in range(2, 400):
        start = until - timedelta(seconds=random.randrange(700 * 86_400))
        if position % 3 == 0:
            start = start.replace(hour=random.choice([21, 22, 23]), minute=59, second=59)
        end = start + timedelta(seconds=random.randrange(60 * 86_400), microseconds=position)
        session.add(
            ExperienceStructureRow(
                experience_id=row.id,
                position=position,
                structure_id=where.office.id,
                channels=[],
                published_at=start,
                replied_at=end,
            )
        )
        if until - PERIOD <= end <= until:
            expected[days_between(start, end)] += 1
    session.flush()
    assert len(expected) > 20
    assert rows.delays(session, until - PERIOD, until) == expected


def test_counting_again_replaces_and_tells_the_pages(session: Session) -> None:
    with make.at():
        figures.keep(session, figures.measure(session))
        before = revisions.numbers(session, [record.PROGRAMME])[record.PROGRAMME]
    with make.at(1):
        figures.keep(session, figures.measure(session))
        assert {one.computed_at for one in rows.kept(session).values()} == {clock.now()}
    assert revisions.numbers(session, [record.PROGRAMME])[record.PROGRAMME] == before + 1


@pytest.mark.parametrize(("value", "text"), [(0, "0"), (999, "999"), (12480, "12\u202f480")])
def test_numbers_are_written_as_in_french(value: int, text: str) -> None:
    assert figures.number(value) == text


def test_the_demonstration_has_its_figures_at_once(engine: Engine, var: Path) -> None:
    load(engine)
    with reading(engine) as session:
        view = figures.shown(session)
        first = rows.kept(session)
    assert view.nothing == ""
    assert all(one.told for one in view.figures)
    load(engine)
    with reading(engine) as session:
        assert rows.kept(session) == first
