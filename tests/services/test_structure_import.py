"""Importing structures: twice changes nothing, a closed one is kept, the tree follows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from spplus_app.adapters.csv_files import read_table
from spplus_app.domain.errors import Conflict, Refused
from spplus_app.domain.imports import Reading
from spplus_app.domain.journal import Entry
from spplus_app.domain.roles import NOBODY, Viewer
from spplus_app.domain.structure_import import read
from spplus_app.domain.structures import Origin, StructureRecord
from spplus_app.persistence import reading, revisions, structures, unit_of_work
from spplus_app.persistence.tables import (
    ExperienceRow,
    ExperienceStructureRow,
    JournalRow,
    NetworkRow,
    StructureRow,
    TypologyRow,
)
from spplus_app.services import record, structure_import
from spplus_app.services.structure_import import ImportReport

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def made(*rows: tuple[str, str], network: str = "N", **more: object) -> Reading[StructureRecord]:
    """Return a reading of (code, parent) rows."""
    records = {
        code: StructureRecord(
            code=code,
            network=network,
            typology="Caisse",
            typology_code=f"t-{network}",
            name=f"Structure {code}",
            parent_code=parent,
            **more,  # type: ignore[arg-type]
        )
        for code, parent in rows
    }
    return Reading(
        records=records,
        rows={code: number for number, code in enumerate(records, start=2)},
        total=len(records),
    )


def run(session: Session, read_: Reading[StructureRecord], **options: object) -> ImportReport:
    return structure_import.run(session, NOBODY, read_, **options)  # type: ignore[arg-type]


def paths(session: Session) -> dict[str, str]:
    """Return the path of each code, in codes instead of ids."""
    rows = {row.id: row for row in session.scalars(select(StructureRow))}
    return {
        row.code: "/".join(rows[one].code for one in structures.ids_of(row.path))
        for row in rows.values()
    }


def test_structures_are_added_with_their_place_in_the_tree(session: Session) -> None:
    report = run(session, made(("leaf", "branch"), ("root", ""), ("branch", "root")))
    assert (report.rows, report.created, report.changed, report.closed) == (3, 3, 0, 0)
    assert paths(session) == {"root": "root", "branch": "root/branch", "leaf": "root/branch/leaf"}
    leaf = structures.by_code(session, "leaf")
    assert leaf is not None and leaf.origin == Origin.REFERENTIAL
    assert session.scalar(select(func.count()).select_from(NetworkRow)) == 1
    assert revisions.numbers(session, [record.STRUCTURES]) == {record.STRUCTURES: 1}
    entry = session.scalars(select(JournalRow)).one()
    assert (entry.entry, entry.after["created"]) == (Entry.STRUCTURES_IMPORTED, 3)


def test_importing_twice_changes_nothing(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        run(session, made(("root", ""), ("leaf", "root")))
    with unit_of_work(engine) as session:
        report = run(session, made(("root", ""), ("leaf", "root")))
    assert (report.created, report.changed, report.unchanged) == (0, 0, 2)
    with reading(engine) as session:
        assert session.scalar(select(func.count()).select_from(JournalRow)) == 1
        assert revisions.numbers(session, [record.STRUCTURES]) == {record.STRUCTURES: 1}


def test_only_what_changed_is_written(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        run(session, made(("root", ""), ("leaf", "root")))
    after = made(("root", ""), ("leaf", "root"))
    after.records["leaf"] = StructureRecord(
        code="leaf", network="N", typology="Agence", typology_code="t-N", name="Autre nom"
    )
    with unit_of_work(engine) as session:
        report = run(session, after)
        assert (report.created, report.changed, report.unchanged) == (0, 1, 1)
        row = structures.by_code(session, "leaf")
        assert row is not None and row.name == "Autre nom"
        assert paths(session)["leaf"] == "leaf"
        # A typology has one name: the last row read gives it.
        assert session.scalars(select(TypologyRow.name)).all() == ["Agence"]


def test_an_absent_structure_is_closed_and_may_come_back(session: Session) -> None:
    run(session, made(("root", ""), ("leaf", "root"), ("child", "leaf")))
    report = run(session, made(("root", "")))
    assert report.closed == 2
    leaf = structures.by_code(session, "leaf")
    assert leaf is not None and not leaf.active
    assert run(session, made(("root", ""))).closed == 0
    report = run(session, made(("root", ""), ("leaf", "root")))
    assert (report.created, report.changed) == (0, 1)
    leaf = structures.by_code(session, "leaf")
    assert leaf is not None and leaf.active


def test_a_branch_that_moves_takes_all_below_with_it(session: Session) -> None:
    run(session, made(("a", ""), ("b", ""), ("c", "a"), ("d", "c"), ("gone", "d")))
    run(session, made(("a", ""), ("b", ""), ("c", "b"), ("d", "c")))
    assert paths(session) == {"a": "a", "b": "b", "c": "b/c", "d": "b/c/d", "gone": "b/c/d/gone"}


def test_a_missing_parent_is_told_with_its_row(session: Session) -> None:
    report = run(session, made(("root", ""), ("leaf", "nobody")))
    assert [(one.row, one.before, one.after) for one in report.repaired] == [(3, "nobody", "root")]
    assert paths(session)["leaf"] == "root/leaf"


def test_each_origin_keeps_its_own(session: Session) -> None:
    run(session, made(("lent", ""), network="D"), origin=Origin.DEMO)
    run(session, made(("fake", ""), ("lent", ""), network="D", invented=True), origin=Origin.DEMO)
    run(session, made(("lent", ""), ("fake", ""), network="D", invented=True), origin=Origin.DEMO)
    report = run(session, made(("root", ""), ("fake", "root")))
    assert [one.row for one in report.refused] == [3]
    fake = structures.by_code(session, "fake")
    assert fake is not None and (fake.origin, fake.active) == (Origin.DEMO, True)


def test_the_referential_replaces_the_names_the_demonstration_lends(session: Session) -> None:
    lent = made(("lent", ""), network="D")
    assert run(session, lent, origin=Origin.DEMO).created == 1
    assert run(session, made(("root", ""))).replaced == 1
    again = run(session, made(("lent", ""), network="D"), origin=Origin.DEMO)
    assert not again.did_something
    row = structures.by_code(session, "lent")
    assert row is not None and not row.active


def test_a_file_cut_short_closes_nothing(session: Session) -> None:
    many = [(f"s{number}", "") for number in range(60)]
    run(session, made(*many))
    with pytest.raises(Conflict, match="est-il entier"):
        run(session, made(*many[:10]))
    assert run(session, made(*many[:10]), many_closings=True).closed == 50


@pytest.mark.parametrize("viewer", [Viewer(visitor="v"), Viewer(person_id=1)])
def test_nobody_imports_from_the_web(session: Session, viewer: Viewer) -> None:
    with pytest.raises(Refused):
        structure_import.run(session, viewer, made(("root", "")))


def test_a_move_renews_what_is_late(session: Session) -> None:
    run(session, made(("a", ""), ("b", ""), ("c", "a")))
    for code, days in (("a", 10), ("b", 20)):
        row = structures.by_code(session, code)
        assert row is not None
        row.announced_delay_days = days
    leaf = structures.by_code(session, "c")
    assert leaf is not None
    link = _open_experience(session, leaf.id, 10)
    run(session, made(("a", ""), ("b", ""), ("c", "b")))
    session.expire_all()
    assert link.due_at == NOW + timedelta(days=20)


def _open_experience(session: Session, structure_id: int, days: int) -> ExperienceStructureRow:
    experience = ExperienceRow(
        uuid="00000000-0000-0000-0000-000000000001",
        status="published",
        title="t",
        narrative="n",
        slug="t",
        ressenti="Positif",
        posted_as="La personne concernée",
        tags={},
        created_at=NOW,
        sent_at=NOW,
        updated_at=NOW,
        published_at=NOW,
    )
    session.add(experience)
    session.flush()
    link = ExperienceStructureRow(
        experience_id=experience.id,
        position=0,
        structure_id=structure_id,
        channels=[],
        published_at=NOW,
        due_at=NOW + timedelta(days=days),
    )
    session.add(link)
    session.flush()
    return link


@pytest.mark.samples
def test_the_official_referential_twice(engine: Engine, samples: Path) -> None:
    table = read_table(samples / "structures/export-structures.csv.gz")
    with unit_of_work(engine) as session:
        first = run(session, read(table.headings, table.rows))
    with unit_of_work(engine) as session:
        second = run(session, read(table.headings, table.rows))
    assert (first.rows, first.created, first.refused) == (14763, 14763, [])
    assert (second.unchanged, second.did_something) == (14763, False)
    assert second.repaired == first.repaired
    with reading(engine) as session:
        stored = session.execute(
            select(func.count(), func.count().filter(StructureRow.active)).select_from(StructureRow)
        ).one()
        assert tuple(stored) == (14763, 13975)
        gard = structures.by_code(session, "LTELJfvKpI")
        assert gard is not None and len(structures.chain(session, gard.path)) == 4
