"""Importing experiences: the whole row comes back, twice changes nothing, changes follow."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from spplus_app.adapters.csv_files import read_loose, read_table
from spplus_app.domain.errors import Refused
from spplus_app.domain.experience_columns import COLUMNS
from spplus_app.domain.experience_import import ReadExperience, read
from spplus_app.domain.experiences import Status
from spplus_app.domain.imports import Reading
from spplus_app.domain.journal import Entry
from spplus_app.domain.reports import Decision, Kind
from spplus_app.domain.roles import NOBODY, Viewer
from spplus_app.domain.structure_import import read as read_structures
from spplus_app.persistence import experiences, figures, revisions, unit_of_work
from spplus_app.persistence import reading as reading_only
from spplus_app.persistence.tables import (
    ExperienceRow,
    ExperienceStructureRow,
    ImportedExperienceRow,
    JournalRow,
    ReplyRow,
    SimilarVoteRow,
    StructureCountRow,
    VersionRow,
)
from spplus_app.services import (
    clock,
    erasure,
    experience_import,
    integrity,
    moderation,
    reading,
    record,
    report_queue,
    reports,
    second_looks,
    structure_import,
    votes,
)
from spplus_app.services.erasure import Choice
from spplus_app.services.experience_import import ExperienceReport
from spplus_app.services.imported import official_columns
from tests import factories
from tests.factories import Tree

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
HEADINGS = sorted(COLUMNS)
GOOD = {
    "id_experience": "12",
    "ecrit_le": "2025-03-25",
    "titre": "Deux heures d’attente",
    "description": "J’ai attendu deux heures, puis tout est allé vite.",
    "ressenti_usager": "Positif",
    "poste_comme": "La personne concernée",
    "hors_structure": "Non",
    "pays": "France",
    "id_structure_1": "OFFICE",
    "intitule_structure_1": "Accueil",
    "canaux_typologie_1": "Accueil,Téléphone",
    "reponse_structure_1": "Bonjour,\nMerci de votre message.",
    "statut_reponse_structure_1": "Réponse apportée",
    "evaluation_reponse_structure_1_par_auteur": "utile",
    "evaluation_utile_reponse_structure_1_par_visiteurs": "3",
    "experiences_similaires": "2",
    "relation": "Négatif",
    "tags_metiers": "Carte grise,Titre de séjour",
    "code_insee_departement_usager": "30",
    "cle_de_tracking": "DILA",
    "audio": "N",
}


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with clock.at(NOW):
        yield


def made(*rows: dict[str, str], headings: list[str] = HEADINGS) -> Reading[ReadExperience]:
    """Read rows made of the good one and changes."""
    cells = [[(GOOD | row).get(name, "") for name in headings] for row in rows]
    return read(headings, cells, today=NOW.date())


def run(session: Session, *rows: dict[str, str], **options: list[str]) -> ExperienceReport:
    return experience_import.run(session, NOBODY, made(*rows, **options))


def only(session: Session) -> ExperienceRow:
    session.expire_all()
    return session.scalars(select(ExperienceRow)).one()


def link(session: Session) -> ExperienceStructureRow:
    session.expire_all()
    return session.scalars(select(ExperienceStructureRow)).one()


def counts(session: Session) -> dict[int, tuple[int, int]]:
    session.expire_all()
    rows = session.scalars(select(StructureCountRow))
    return {
        row.structure_id: (row.published, row.replied)
        for row in rows
        if (row.published, row.replied) != (0, 0)
    }


def wrong(session: Session) -> dict[str, int]:
    session.flush()
    return {one.title: one.wrong for one in integrity.check(session) if one.wrong}


@pytest.fixture
def tree(session: Session) -> Tree:
    return factories.tree(session)


def test_an_experience_is_published_at_its_own_dates(session: Session, tree: Tree) -> None:
    report = run(session, {})
    assert (report.rows, report.created, report.doubts) == (1, 1, [])
    row = only(session)
    assert (row.status, row.replies, row.similar) == (Status.PUBLISHED, 1, 2)
    assert row.published_at == row.sent_at == datetime(2025, 3, 25, 11, tzinfo=UTC)
    assert row.tags_metier == ["Carte grise", "Titre de séjour"]
    met = link(session)
    assert (met.structure_id, met.channels) == (
        tree.office.id,
        [["Accueil", ""], ["Téléphone", ""]],
    )
    assert met.due_at == row.published_at + timedelta(days=30)
    assert counts(session) == {tree.office.id: (1, 1)}
    assert factories.listed(session) == [row.id]
    assert wrong(session) == {}
    entry = session.scalars(select(JournalRow)).one()
    assert (entry.entry, entry.after["created"]) == (Entry.EXPERIENCES_IMPORTED, 1)
    topics = [record.EXPERIENCES, f"inbox:{tree.office.id}", f"inbox:{tree.top.id}"]
    assert set(revisions.numbers(session, topics)) == set(topics)


def test_what_the_model_does_not_hold_is_kept_beside(session: Session, tree: Tree) -> None:
    run(session, {"titre": "L\x92attente"})
    origin = session.scalars(select(ImportedExperienceRow)).one()
    assert (origin.source, origin.source_id, origin.repaired) == ("official", "12", ["cp1252"])
    assert origin.rest["audio"] == "N" and "titre" not in origin.rest
    told = official_columns(session, origin.experience_id)
    assert told == dict.fromkeys(COLUMNS, "") | GOOD | {"titre": "L’attente"}
    assert official_columns(session, origin.experience_id + 1) == {}


def test_a_reply_that_nobody_dated_is_not_said_to_be_quick(session: Session, tree: Tree) -> None:
    run(session, {})
    row = only(session)
    view = reading.experience_view(session, row, NOW)
    reply = view.replies[0]
    assert (reply.date, reply.iso, reply.took) == (reading.UNDATED, "", "")
    assert (reply.politeness, reply.rating) == ("", "utile")
    assert view.services[0].state == "A répondu"
    met = experiences.met(session, [row.id])[row.id]
    assert reading.card(row, met, NOW).state == "Répondu"
    assert figures.delays(session, NOW - timedelta(days=900), NOW) == {}


@pytest.mark.parametrize(
    ("structure", "found"),
    [
        ({"id_structure_1": "STRANGER", "intitule_structure_1": "peu importe"}, "stranger"),
        ({"id_structure_1": "", "intitule_structure_1": "SERVICE branch"}, "branch"),
        ({"id_structure_1": "nope", "intitule_structure_1": "Service TOP"}, "top"),
        ({"id_structure_1": "nope", "intitule_structure_1": "Service inconnu"}, None),
    ],
)
def test_a_structure_is_found_by_code_then_by_name(
    session: Session, tree: Tree, structure: dict[str, str], found: str | None
) -> None:
    report = run(session, structure)
    if found:
        assert link(session).structure_id == getattr(tree, found).id
        assert report.doubts == []
    else:
        assert (only(session).outside_structure, only(session).replies) == (True, 0)
        assert [(one.row, one.before) for one in report.doubts] == [(2, "Service inconnu")]
    row = only(session)
    assert official_columns(session, row.id) == dict.fromkeys(COLUMNS, "") | GOOD | structure
    assert wrong(session) == {}


def test_two_structures_with_one_name_are_not_guessed(session: Session, tree: Tree) -> None:
    tree.office.name = tree.other_office.name = "Guichet"
    tree.office.postal_code = "30000"
    session.flush()
    told = {"id_structure_1": "", "intitule_structure_1": "Guichet"}
    assert len(run(session, told).doubts) == 1
    whole = {"intitule_typologie_1": "Typologie OFFICE", "code_postal_typologie_1": "30000.0"}
    assert run(session, told | whole | {"id_experience": "13"}).doubts == []
    assert link(session).structure_id == tree.office.id


def test_several_structures_each_keep_their_number(session: Session, tree: Tree) -> None:
    run(
        session,
        {
            "id_structure_1": "nope",
            "intitule_structure_1": "Inconnue",
            "id_structure_2": "BRANCH",
            "reponse_structure_2": "Nous avons lu.",
            "statut_reponse_structure_2": "Réponse apportée",
            "id_structure_3": "BRANCH",
            "reponse_structure_3": "Encore nous.",
            "statut_reponse_structure_3": "Réponse apportée",
        },
    )
    assert link(session).position == 1
    assert (only(session).replies, counts(session)) == (1, {tree.branch.id: (1, 1)})
    told = official_columns(session, only(session).id)
    assert told["reponse_structure_1"] == GOOD["reponse_structure_1"]
    assert told["reponse_structure_3"] == "Encore nous."
    assert wrong(session) == {}


def test_importing_twice_changes_nothing(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        factories.tree(session)
        run(session, {}, {"id_experience": "13"})
    with unit_of_work(engine) as session:
        report = run(session, {}, {"id_experience": "13"})
    assert (report.created, report.changed, report.unchanged) == (0, 0, 2)
    assert not report.did_something
    with reading_only(engine) as session:
        assert session.scalar(select(func.count()).select_from(JournalRow)) == 1
        assert revisions.numbers(session, [record.EXPERIENCES]) == {record.EXPERIENCES: 1}


def test_what_changed_at_the_source_changes_here(session: Session, tree: Tree) -> None:
    run(session, {"statut_reponse_structure_1": "En attente de réponse"})
    assert (only(session).replies, counts(session)) == (0, {tree.office.id: (1, 0)})
    number = only(session).id
    after = {
        "titre": "Un autre titre",
        "id_structure_1": "STRANGER",
        "experiences_similaires": "9",
        "date_de_publication": "2025-04-01",
    }
    report = run(session, after)
    assert (report.created, report.changed) == (0, 1)
    row = only(session)
    assert (row.id, row.version, row.slug) == (number, 2, "un-autre-titre")
    assert (row.replies, row.similar) == (1, 9)
    assert counts(session) == {tree.stranger.id: (1, 1)}
    versions = session.scalars(select(VersionRow.title).order_by(VersionRow.number)).all()
    assert versions == ["Deux heures d’attente", "Un autre titre"]
    assert official_columns(session, number) == dict.fromkeys(COLUMNS, "") | GOOD | after
    assert wrong(session) == {}
    run(session, after | {"statut_reponse_structure_1": "dépubliée"})
    assert (only(session).replies, counts(session)) == (0, {tree.stranger.id: (1, 0)})
    assert wrong(session) == {}
    run(session, after)
    assert (only(session).replies, session.scalar(select(func.count(ReplyRow.id)))) == (1, 1)
    assert wrong(session) == {}


def test_what_people_did_here_stays(session: Session, tree: Tree) -> None:
    run(session, {"statut_reponse_structure_1": "En attente de réponse"})
    row = only(session)
    factories.replied(session, row, tree.office)
    session.add(SimilarVoteRow(experience_id=row.id, visitor="v", created_at=NOW))
    typed = {"title": row.title, "narrative": "Un texte sans le nom de personne.", "pseudonym": ""}
    moderation.edit(
        session, factories.moderator(session), row.id, 1, typed | {"note": "Nom retiré"}
    )
    session.flush()
    report = run(session, {"description": "Un texte changé à la source, avec un nom."})
    assert ["retouché" in doubt.reason for doubt in report.doubts] == [True]
    row = only(session)
    assert (row.narrative, row.version) == ("Un texte sans le nom de personne.", 2)
    assert (row.replies, row.similar) == (2, 3)
    assert wrong(session) == {}


def test_what_is_published_no_more_here_is_left(session: Session, tree: Tree) -> None:
    run(session, {})
    row = only(session)
    moderation.refuse(
        session, factories.moderator(session), row.id, row.version, "personal_data", ""
    )
    report = run(session, {"titre": "Revenu"})
    assert ["plus publiée" in doubt.reason for doubt in report.doubts] == [True]
    assert (only(session).status, only(session).title) == (Status.REFUSED, GOOD["titre"])
    assert wrong(session) == {}
    assert not run(session, {"titre": "Revenu"}).did_something


def test_columns_that_a_file_lacks_are_left(session: Session, tree: Tree) -> None:
    run(session, {})
    old = ["ID expérience", "Écrit le", "Titre", "Description", "Ressenti usager"]
    row = ["12", "25/03/2025", "Autre titre", GOOD["description"], "Positif"]
    experience_import.run(session, NOBODY, read(old, [row], today=NOW.date()))
    told = official_columns(session, only(session).id)
    assert told == dict.fromkeys(COLUMNS, "") | GOOD | {"titre": "Autre titre"}
    assert wrong(session) == {}


@pytest.mark.parametrize("viewer", [Viewer(visitor="v"), Viewer(person_id=1)])
def test_nobody_imports_from_the_web(session: Session, viewer: Viewer) -> None:
    with pytest.raises(Refused):
        experience_import.run(session, viewer, made({}))


@pytest.mark.samples
def test_the_official_rows_there_and_back(engine: Engine, samples: Path) -> None:
    table = read_table(samples / "structures/export-structures.csv.gz")
    with unit_of_work(engine) as session:
        structure_import.run(session, NOBODY, read_structures(table.headings, table.rows))
    loose = read_loose(samples / "experiences/export-experiences-60.csv")
    found = read(loose.headings, loose.rows, today=date(2026, 3, 1))
    with unit_of_work(engine) as session:
        first = experience_import.run(session, NOBODY, found)
    assert (first.rows, first.created, first.refused, first.doubts) == (60, 60, [], [])
    with unit_of_work(engine) as session:
        second = experience_import.run(session, NOBODY, found)
    assert (second.unchanged, second.did_something) == (60, False)
    with reading_only(engine) as session:
        stored = list(session.scalars(select(ImportedExperienceRow)))
        assert {one.source_id for one in stored} == set(found.records)
        for one in stored:
            assert official_columns(session, one.experience_id) == (
                found.records[one.source_id].columns
            )
        assert session.scalar(select(func.count()).select_from(ExperienceStructureRow)) == 67
        assert {one.title for one in integrity.check(session) if one.wrong} == set()


@pytest.mark.parametrize("hidden", [True, False])
def test_a_reply_that_moderation_took_off_does_not_come_back(
    session: Session, tree: Tree, hidden: bool
) -> None:
    run(session, {})
    number = session.scalars(select(ReplyRow.id)).one()
    judge = factories.moderator(session)
    reports.report(session, factories.visitor("reader"), Kind.REPLY, number, "personal_data", "")
    if not hidden:
        reports.decide(session, judge, Kind.REPLY, number, 1, Decision.REMOVE, "insult")
    session.flush()
    before = session.get_one(ReplyRow, number).text
    report = run(session, {"titre": "Autre", "reponse_structure_1": "Le même nom, encore."})
    assert ["ne revient pas" in doubt.reason for doubt in report.doubts] == [True]
    session.expire_all()
    reply = session.get_one(ReplyRow, number)
    assert (reply.status, reply.text) == ("hidden" if hidden else "unpublished", before)
    assert (only(session).title, only(session).replies) == ("Autre", 0)
    assert wrong(session) == {}
    run(session, {"titre": "Autre", "statut_reponse_structure_1": "dépubliée"})
    assert report_queue.cases(session, judge).total == 0
    assert wrong(session) == {}


@pytest.mark.parametrize("choice", Choice)
def test_an_erased_author_does_not_come_back(session: Session, tree: Tree, choice: Choice) -> None:
    run(session, {})
    row = only(session)
    row.pseudonym = "Zéphyrine"
    erasure.erase(session, NOBODY, row, choice)
    session.flush()
    report = run(session, {"titre": "L\x92attente", "code_insee_departement_usager": "75"})
    assert len(report.doubts) == 1
    row = only(session)
    assert (row.pseudonym, row.department, row.country) == ("", "", "")
    assert row.title == ("" if choice is Choice.REMOVE else GOOD["titre"])
    origin = session.scalars(select(ImportedExperienceRow)).one()
    assert (origin.rest, origin.repaired) == ({}, [])
    assert wrong(session) == {}


def test_an_imported_text_that_changes_is_looked_at_again(session: Session, tree: Tree) -> None:
    run(session, {})
    number = only(session).id
    second_looks.look(session, only(session))
    run(session, {"description": "Écrivez à lea.martin@exemple.fr, elle m’a tout dit du dossier."})
    assert "personal_data" in {one.signal for one in second_looks.of(session, number)}


def test_columns_that_a_file_lacks_do_not_count_visitors_twice(
    session: Session, tree: Tree
) -> None:
    run(session, {})
    row = only(session)
    votes.similar(session, factories.visitor("v"), row.id)
    reply = session.scalars(select(ReplyRow.id)).one()
    votes.rate_reply(session, factories.visitor("v"), reply, "utile")
    old = ["ID expérience", "Écrit le", "Titre", "Description", "Ressenti usager"]
    cells = ["12", "25/03/2025", "Autre titre", GOOD["description"], "Positif"]
    experience_import.run(session, NOBODY, read(old, [cells], today=NOW.date()))
    assert only(session).similar == 3
    assert session.scalars(select(ReplyRow.useful)).one() == 4
