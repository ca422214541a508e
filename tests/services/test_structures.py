"""Structures: suggested while typing, their delay, what is announced."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from spplus_app.domain.errors import Invalid, NotFound, Refused, SignedOut
from spplus_app.domain.imports import Reading
from spplus_app.domain.journal import Entry
from spplus_app.domain.replies import Delay
from spplus_app.domain.roles import NOBODY, Grant, Right, Role, Viewer
from spplus_app.domain.structures import StructureRecord
from spplus_app.persistence import reading, revisions, unit_of_work
from spplus_app.persistence.structures import by_code, place
from spplus_app.persistence.tables import (
    ExperienceRow,
    ExperienceStructureRow,
    JournalRow,
    PersonRow,
)
from spplus_app.services import record, structure_import, structures
from spplus_app.services.structures import Suggestion

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
CNAF = StructureRecord("cnaf", "CNAF", "Caisse nationale", "t1", "Cnaf", town="PARIS")
CAF = StructureRecord(
    "caf-30",
    "CNAF",
    "CAF",
    "t2",
    "Caf du GARD",
    parent_code="cnaf",
    town="NIMES",
    postal_code="30000",
    department="30",
)
OFFICE = replace(CAF, code="caf-30-a", name="Accueil d’Alès", parent_code="caf-30", town="Alès")


def store(session: Session, *records: StructureRecord) -> None:
    structure_import.run(
        session,
        NOBODY,
        Reading(
            records={one.code: one for one in records},
            rows={one.code: number for number, one in enumerate(records, start=2)},
            total=len(records),
        ),
    )


@pytest.fixture
def tree(session: Session) -> Session:
    store(session, CNAF, CAF, OFFICE)
    return session


def holder(session: Session, code: str, role: Role = Role.MANAGER) -> Viewer:
    """Return a person with ``role`` on the structure."""
    row = structures.find(session, code)
    person = PersonRow(email=f"{role}@{code}.example", name="Ana", created_at=NOW)
    session.add(person)
    session.flush()
    return Viewer(person_id=person.id, grants=(Grant(role, row.id, row.path),))


def test_suggestions_tell_namesakes_apart(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        store(session, CNAF, CAF, OFFICE)
    with reading(engine) as session:
        assert structures.suggest(session, "caf gard")[0] == Suggestion(
            "caf-30", "Caf du GARD", "Nimes\u00a0(30)"
        )
        assert structures.suggest(session, "accueil ales")[0].detail == "CAF · Alès\u00a0(30)"
        assert structures.suggest(session, "x") == []


def test_the_index_follows_what_is_committed(engine: Engine) -> None:
    with reading(engine) as session:
        assert structures.warm(session) == 0
    with unit_of_work(engine) as session:
        store(session, CNAF, CAF)
    with reading(engine) as session:
        assert [one.code for one in structures.suggest(session, "caf gard")] == ["caf-30"]
        kept = structures.index(session)
        assert structures.index(session) is kept
    with unit_of_work(engine) as session:
        store(session, CNAF)
    with reading(engine) as session:
        assert structures.suggest(session, "caf gard") == []


def test_many_threads_share_one_index(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        store(session, CNAF, CAF, OFFICE)

    def ask(_: int) -> tuple[int, str]:
        with reading(engine) as session:
            index = structures.index(session)
            return id(index), structures.suggest(session, "caf gard")[0].code

    with ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(ask, range(40)))
    assert len(answers) == 1
    assert answers.pop()[1] == "caf-30"


def test_a_structure_is_shown_with_what_stands_above(tree: Session) -> None:
    view = structures.by_code(tree, "caf-30")
    assert (view.label, view.network, view.typology) == ("Caf du GARD", "CNAF", "CAF")
    assert view.path == ["Cnaf", "Caf du GARD"]
    assert view.delay == "30\u00a0jours (réglage de départ)"
    row = by_code(tree, "caf-30")
    assert row is not None and place(row) == "Nimes\u00a0(30)"
    for code in ("", "nope", "é", "x" * 65, "caf-30' --"):
        with pytest.raises(NotFound):
            structures.by_code(tree, code)


def test_a_delay_holds_below_until_one_is_announced_nearer(tree: Session) -> None:
    top, caf, office = (structures.find(tree, one) for one in ("cnaf", "caf-30", "caf-30-a"))
    manager = holder(tree, "cnaf")
    structures.announce_delay(tree, manager, "cnaf", 20)
    assert structures.chain_delay(tree, office) == Delay(20, announced=True)
    structures.announce_delay(tree, manager, "caf-30", 10)
    assert structures.chain_delay(tree, office) == Delay(10, announced=True)
    assert structures.chain_delay(tree, top) == Delay(20, announced=True)
    structures.announce_delay(tree, manager, "caf-30", None)
    assert structures.chain_delay(tree, caf) == Delay(20, announced=True)
    assert structures.path_of(tree, caf.id) == caf.path
    assert structures.path_of(tree, 10**6) == ""
    entries = tree.scalars(select(JournalRow).where(JournalRow.entry == Entry.DELAY_ANNOUNCED))
    assert [(one.before, one.after) for one in entries] == [
        ({"days": None}, {"days": 20}),
        ({"days": None}, {"days": 10}),
        ({"days": 10}, {"days": None}),
    ]


def test_announcing_the_same_delay_leaves_no_trace(tree: Session) -> None:
    manager = holder(tree, "caf-30")
    structures.announce_delay(tree, manager, "caf-30", 10)
    caf = structures.find(tree, "caf-30")
    topic = f"inbox:{caf.id}"
    before = revisions.numbers(tree, [topic])
    structures.announce_delay(tree, manager, "caf-30", 10)
    assert revisions.numbers(tree, [topic]) == before == {topic: 1}


def test_only_a_manager_of_the_branch_announces(tree: Session) -> None:
    with pytest.raises(SignedOut):
        structures.announce_delay(tree, Viewer(visitor="v"), "caf-30", 10)
    for viewer in (holder(tree, "caf-30", Role.AGENT), holder(tree, "caf-30-a")):
        with pytest.raises(Refused):
            structures.announce_delay(tree, viewer, "caf-30", 10)


@pytest.mark.parametrize("days", [0, -1, 366, True, 10**9])
def test_a_delay_has_bounds(tree: Session, days: int) -> None:
    with pytest.raises(Invalid):
        structures.announce_delay(tree, holder(tree, "caf-30"), "caf-30", days)


def test_an_announced_delay_moves_what_waits(tree: Session) -> None:
    office = structures.find(tree, "caf-30-a")
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
    tree.add(experience)
    tree.flush()
    link = ExperienceStructureRow(
        experience_id=experience.id,
        position=0,
        structure_id=office.id,
        channels=[],
        published_at=NOW,
        due_at=NOW + timedelta(days=30),
    )
    tree.add(link)
    tree.flush()
    structures.announce_delay(tree, holder(tree, "cnaf"), "cnaf", 12)
    tree.flush()
    tree.expire_all()
    assert link.due_at == NOW + timedelta(days=12)
    assert revisions.numbers(tree, [f"inbox:{office.id}"]) == {f"inbox:{office.id}": 1}
    # The names did not change: nobody makes the search anew.
    assert revisions.numbers(tree, [record.STRUCTURES]) == {record.STRUCTURES: 1}


def test_granted_are_the_tops(tree: Session) -> None:
    viewer = holder(tree, "caf-30")
    assert [row.code for row in structures.granted(tree, viewer, Right.READ_INBOX)] == ["caf-30"]
    assert structures.granted(tree, NOBODY, Right.READ_INBOX) == []
