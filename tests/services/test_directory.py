"""The directory as people read it: a page, the nearest, how far, open or not."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine

from spplus_app.domain.communes import Position
from spplus_app.domain.directory_search import DirectorySearch
from spplus_app.domain.roles import NOBODY
from spplus_app.domain.structure_details import Details
from spplus_app.persistence import reading, unit_of_work
from spplus_app.services import clock, directory, structure_details, structure_import
from tests.services.test_structure_import import made

MONDAY = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)


@pytest.fixture
def filled(engine: Engine) -> Engine:
    """Thirty structures around Nîmes, one with a place and hours of its own."""
    codes = [(f"n{number:02d}", "") for number in range(30)]
    with unit_of_work(engine) as session:
        structure_import.run(session, NOBODY, made(*codes, town="NIMES", department="30"))
        told = {"n07": Details(at=Position(43.84, 4.36), hours="1 0900-1200")}
        structure_details.by_code(session, NOBODY, told, "test")
    return engine


def test_a_page_and_its_numbers(filled: Engine) -> None:
    with reading(filled) as session:
        view = directory.look(session, DirectorySearch(page=2))
        assert (view.told, view.page, view.pages, len(view.cards)) == ("30 structures", 2, 2, 10)
        assert view.numbers["departement=30"] == "30"
        card = view.cards[0]
        assert card.href.startswith(f"/structures/{card.code}/structure-")
        assert card.far == ""
        nothing = directory.look(session, DirectorySearch(q="introuvable partout"))
        assert (nothing.told, nothing.cards) == ("Aucune structure", [])


def test_the_nearest_first_and_what_is_about(filled: Engine) -> None:
    with reading(filled) as session, clock.at(MONDAY):
        view = directory.look(session, DirectorySearch(pres="Nîmes"))
        assert view.near == "Nîmes"
        own = next(one for one in view.cards if one.code == "n07")
        assert (own.about, own.far) == (False, "à moins de 1\u00a0km")
        assert own.opened == "Ouvert maintenant, jusqu’à 12\u00a0h"
        assert all(one.about and not one.opened for one in view.cards if one.code != "n07")
        far = directory.look(session, DirectorySearch(pres="Lille"))
        assert far.cards == []
        named = directory.look(session, DirectorySearch(q="structure n07", pres="Lille"))
        assert named.cards[0].far.endswith("km environ")
        unknown = directory.look(session, DirectorySearch(pres="Nulle-Part-les-Oies"))
        assert unknown.unknown and len(unknown.cards) == 20
        here = directory.look(session, DirectorySearch(), Position(43.84, 4.36))
        assert here.near == "votre position"


def test_what_an_import_changes_is_read_at_once(filled: Engine) -> None:
    with reading(filled) as session:
        assert len(directory.directory(session)) == 30
    with unit_of_work(filled) as session:
        structure_import.run(session, NOBODY, made(("n00", "")), many_closings=True)
    with reading(filled) as session:
        assert len(directory.directory(session)) == 1
