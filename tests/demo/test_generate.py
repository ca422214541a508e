"""Generated experiences: readable, seeded, as long as real ones, whole in the database, removed."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from importlib import resources

import pytest
from sqlalchemy import Engine, func, select

from spplus_app import settings
from spplus_app.demo import load
from spplus_app.demo.generate import run
from spplus_app.demo.generate.draw import Batch, Target, World, draw
from spplus_app.demo.generate.fragments import filled, fragments, parsed
from spplus_app.demo.generate.run import Wanted
from spplus_app.domain.errors import Refused
from spplus_app.domain.experiences import NARRATIVE_MAX, PSEUDONYM_MAX, TITLE_MAX
from spplus_app.domain.journal import Entry
from spplus_app.domain.replies import REPLY_MAX
from spplus_app.domain.reports import Kind
from spplus_app.domain.text import clean_line, clean_text, words
from spplus_app.domain.values import Channel, Ressenti
from spplus_app.persistence import reading, unit_of_work
from spplus_app.persistence.tables import (
    AppealRow,
    Base,
    ClaimRow,
    ExperienceRow,
    ImportedExperienceRow,
    JournalRow,
    ModerationRow,
    ReportCaseRow,
    ReportRow,
    StructureCountRow,
)
from spplus_app.services import claims, integrity, moderation, reports, votes
from tests import factories
from tests.test_architecture import faults

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
KNOWN = fragments()
WORLD = World(
    targets=tuple(
        Target(number, 1, (number,), "30", "Nîmes", number % len(KNOWN.themes), 30)
        for number in range(1, 200)
    ),
    now=NOW,
    total=3000,
    replied=0.75,
    seed=1,
)


@pytest.fixture(scope="module")
def batch() -> Batch:
    return draw(WORLD, 0, 0, 3000)


def test_the_fragments_are_whole_and_well_written() -> None:
    path = resources.files("spplus_app.demo").joinpath("content", "generated.json")
    raw = json.loads(path.read_text("utf-8"))

    def texts(value: object) -> list[str]:
        if isinstance(value, str):
            return [value]
        inner = value.values() if isinstance(value, dict) else value
        return [text for one in inner for text in texts(one)]  # type: ignore[attr-defined]

    del raw["about"], raw["words"]
    for theme in raw["themes"].values():
        del theme["match"], theme["tags"]
    said = texts(raw)
    assert {text: faults(text) for text in said if faults(text)} == {}
    assert all(clean_line(text) == text for text in said)
    holes = {hole for text in said for hole in re.findall(r"\{(\w+)\}", text)}
    assert holes == {
        *("demande", "piece", "ville", "date", "Date", "delai", "n", "ordinal", "mot"),
        *("somme", "heure", "pseudo", "service_le", "Service_le", "service_a", "service_de"),
    }
    assert set(raw["channels"]) == set(Channel)
    assert all(set(some) == set(Ressenti) for some in raw["channels"].values())


def test_a_sentence_is_filled_and_begins_with_a_capital() -> None:
    assert filled(parsed("{n} appels, {n} fois rien"), lambda _hole: "six") == (
        "Six appels, six fois rien"
    )


@pytest.mark.parametrize(
    ("network", "typology", "word"),
    [
        ("CNAV", "Agence retraite", "retraite"),
        ("DGFIP", "Service des Impôts des particuliers", "impôts"),
        ("Ministère de la Justice", "TRIBUNAL JUDICIAIRE", "tribunal"),
        (
            "Ministère de l’Europe et des Affaires étrangères (MEAE)",
            "Réseau consulaire",
            "consulat",
        ),
        ("ANTS", "France Titres", "préfecture"),
        ("France services", "Structure France services", "service"),
    ],
)
def test_a_structure_is_told_of_in_its_own_words(network: str, typology: str, word: str) -> None:
    assert word in KNOWN.theme_of(network, typology).service["le"]


def test_the_same_seed_gives_the_same_texts_in_any_order(batch: Batch) -> None:
    again = draw(WORLD, 0, 0, 50)
    assert again.experiences == batch.experiences[:50]
    assert draw(WORLD, 0, 50, 10).experiences == draw(WORLD, 0, 50, 10).experiences
    other = draw(replace(WORLD, seed=2), 0, 0, 50)
    assert other.experiences != again.experiences


def test_lengths_and_shares_are_those_of_real_data(batch: Batch) -> None:
    lengths = sorted(len(row["narrative"]) for row in batch.experiences)
    assert 400 <= lengths[len(lengths) // 2] <= 520
    assert 950 <= lengths[len(lengths) * 9 // 10] <= 1250
    assert lengths[-1] <= 7875 < NARRATIVE_MAX
    felt = Counter(row["ressenti"] for row in batch.experiences)
    assert felt["Négatif"] > felt["Positif"] > felt["Neutre"] > 200
    met = Counter(link["structure_id"] for link in batch.structures)
    assert met.most_common(1)[0][1] > 8 * len(batch.structures) / len(met)
    replied = sum(row["replies"] > 0 for row in batch.experiences) / len(batch.experiences)
    assert 0.65 <= replied <= 0.8


def test_rows_are_within_bounds_and_in_order(batch: Batch) -> None:
    positions = [row["position"] for row in batch.experiences]
    assert positions == sorted(set(positions))
    assert len({row["uuid"] for row in (*batch.experiences, *batch.replies)}) == (
        len(batch.experiences) + len(batch.replies)
    )
    for row in batch.experiences:
        assert 3 <= len(row["title"]) <= TITLE_MAX and len(row["pseudonym"]) <= PSEUDONYM_MAX
        assert clean_line(row["title"]) == row["title"]
        assert clean_text(row["narrative"]) == row["narrative"]
        assert row["sent_at"] < row["published_at"] <= NOW
    for reply in batch.replies:
        assert len(reply["text"]) <= REPLY_MAX and reply["published_at"] <= NOW
        assert "{" not in reply["text"]


def test_words_have_a_long_tail(batch: Batch) -> None:
    counted = Counter(word for row in batch.experiences for word in words(row["narrative"]))
    common = counted.most_common()
    assert len(common) > 2000
    assert common[0][1] > 10 * common[99][1] > 100 * common[999][1]
    half = len(batch.experiences) // 2
    first = {word for row in batch.experiences[:half] for word in words(row["narrative"])}
    assert len(counted.keys() - first) > 300, "the second half brings no new word"


def wrong(engine: Engine) -> list[str]:
    with reading(engine) as session:
        return [one.title for one in integrity.check(session) if one.wrong]


_APART = {"journal", "revision", "structure_count", "typology", "network", "limit_count"}


def rows(engine: Engine) -> dict[str, int]:
    """How many rows each table has, but for those that only grow, or are forgotten each day."""
    with reading(engine) as session:
        return {
            table.name: session.scalar(select(func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
            if table.name not in _APART
        }


@pytest.fixture
def site(engine: Engine) -> Engine:
    with unit_of_work(engine) as session:
        factories.tree(session)
    return engine


def test_what_is_generated_is_whole_and_goes_without_a_trace(site: Engine) -> None:
    before = rows(site)
    told: list[tuple[str, int, int]] = []
    with factories.at(0):
        assert run.generate(Wanted(120), site, lambda *step: told.append(step)) == 120
    assert told == [("Expériences", 120, 120)]
    assert wrong(site) == []
    with unit_of_work(site) as session:
        row = session.scalars(select(ExperienceRow).where(ExperienceRow.replies > 0)).first()
        assert row is not None
        votes.similar(session, factories.visitor(), row.id)
        assert len(factories.listed(session)) > 10
        assert (session.scalar(select(func.sum(StructureCountRow.published))) or 0) > 80
        assert set(session.scalars(select(ImportedExperienceRow.source))) == {"generated"}
    with factories.at(0):
        assert run.generate(Wanted(30), site) == 30
        assert run.remove(site) == 150
    assert wrong(site) == []
    assert rows(site) == before
    with reading(site) as session:
        entries = [row.entry for row in session.scalars(select(JournalRow).order_by(JournalRow.id))]
        assert entries[0] == Entry.EXPERIENCES_GENERATED
        assert entries[-1] == Entry.EXPERIENCES_REMOVED


def test_several_batches_are_one_run(site: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "BATCH", 40)
    with factories.at(0):
        assert run.generate(Wanted(100, processes=1), site) == 100
    assert wrong(site) == []
    with reading(site) as session:
        assert session.scalar(select(func.count(func.distinct(ExperienceRow.narrative)))) == 100


def test_it_never_stands_beside_what_people_told(site: Engine) -> None:
    with unit_of_work(site) as session:
        factories.published(session, factories.visitor())
    with pytest.raises(Refused, match="--force"):
        run.generate(Wanted(5), site)
    assert run.generate(Wanted(5, force=True), site) == 5
    assert run.remove(site) == 5
    with reading(site) as session:
        assert session.scalar(select(func.count()).select_from(ExperienceRow)) == 1


def test_the_demonstration_does_not_count_as_people(engine: Engine) -> None:
    load.load(engine)
    assert run.generate(Wanted(5), engine) == 5
    assert wrong(engine) == []


def test_an_official_site_refuses(site: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    official = settings.settings().model_copy(update={"official": True})
    monkeypatch.setattr(run, "settings", lambda: official)
    with pytest.raises(Refused, match="officiel"):
        run.generate(Wanted(5), site)


def test_what_people_did_about_them_goes_with_them(site: Engine) -> None:
    assert run.generate(Wanted(5), site) == 5
    with unit_of_work(site) as session:
        first, second = factories.moderator(session), factories.moderator(session)
        numbers = session.scalars(select(ExperienceRow.id).order_by(ExperienceRow.id)).all()
        kept, edited = numbers[:2]
        reports.report(session, factories.visitor(), Kind.EXPERIENCE, kept, "personal_data", "")
        reports.report(session, factories.visitor("b"), Kind.EXPERIENCE, edited, "insult", "")
        claims.hold(session, second, edited)
        moderation.refuse(session, second, edited, 1, "insult", "")
        decision = session.scalars(select(ModerationRow.id).order_by(ModerationRow.id)).all()[-1]
        day = {"created_at": NOW, "due_at": NOW, "status": "pending"}
        session.add(AppealRow(experience_id=edited, moderation_id=decision, **day))
        assert first.person_id
    assert run.remove(site) == 5
    with reading(site) as session:
        for table in (ExperienceRow, ReportRow, ReportCaseRow, AppealRow, ModerationRow, ClaimRow):
            assert session.scalar(select(func.count()).select_from(table)) == 0
