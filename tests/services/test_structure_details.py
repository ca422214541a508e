"""Town halls and France services imported: described, not joined, and twice changes nothing."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from spplus_app.domain import town_halls
from spplus_app.domain.communes import Position
from spplus_app.domain.errors import Invalid, Refused
from spplus_app.domain.roles import NOBODY, Viewer
from spplus_app.domain.structure_details import Details
from spplus_app.domain.structures import Origin
from spplus_app.persistence import structures
from spplus_app.persistence.tables import StructureRow
from spplus_app.services import drafts, structure_details, structure_import
from spplus_app.services import structures as structure_service
from tests.domain.test_directories import HEADINGS, LADINHAC
from tests.services.test_structure_import import made
from tests.services.test_structure_import import run as run_import


def _town_halls(session: Session) -> None:
    found = town_halls.read(HEADINGS, [LADINHAC])
    structure_import.run(session, NOBODY, found, Origin.TOWN_HALLS)
    structure_details.by_code(session, NOBODY, found.details, Origin.TOWN_HALLS.value)


def test_a_town_hall_is_known_and_nobody_can_write_to_it_yet(session: Session) -> None:
    run_import(session, made(("root", "")))
    _town_halls(session)
    row = structures.by_code(session, "mairie-15089")
    assert row is not None and (row.active, row.joined, row.reachable) == (True, False, False)
    assert (row.phone, row.hours[:11]) == ("04 71 47 81 90", "1 0830-1130")
    assert "mairie-15089" not in [one.code for one in structures.for_index(session)]
    viewer = Viewer(visitor="v" * 64)
    uuid = "6b1b36cb-0000-4000-8000-000000000001"
    with pytest.raises(Invalid):
        drafts.choose(session, viewer, uuid, "mairie-15089")
    # Once it has joined, the same file leaves it so.
    row.joined = True
    _town_halls(session)
    drafts.choose(session, viewer, uuid, "mairie-15089")
    assert structure_service.by_code(session, "mairie-15089").active


def test_details_follow_the_number_of_the_referential(session: Session) -> None:
    run_import(session, made(("fs", ""), identifier="1938", identifier_kind="Matricule"))
    told = {
        "1938": Details("01", Position(46.1, 5.8), "1 0900-1200", "sauf août"),
        "7": Details(),
    }
    first = structure_details.of_france_services(session, NOBODY, told)
    assert (first.told, first.changed, first.unknown) == (1, 1, ["7"])
    again = structure_details.of_france_services(session, NOBODY, told)
    assert again.changed == 0
    row = session.scalars(select(StructureRow).where(StructureRow.code == "fs")).one()
    assert (row.latitude, row.longitude, row.hours_note) == (46.1, 5.8, "sauf août")
    # The referential says nothing of them, and leaves them.
    run_import(session, made(("fs", ""), identifier="1938", identifier_kind="Matricule"))
    session.refresh(row)
    assert row.phone == "01"


def test_only_the_command_line_describes(session: Session) -> None:
    for viewer in (Viewer(visitor="v" * 64), Viewer(person_id=1)):
        with pytest.raises(Refused):
            structure_details.by_code(session, viewer, {}, "x")
