"""What an address asks of the directory, and the towns people type."""

from __future__ import annotations

import pytest

from spplus_app.domain.directory import Filters
from spplus_app.domain.directory_search import DirectorySearch, parse, town
from spplus_app.domain.geography import clocks_of, departments


def test_an_address_and_back() -> None:
    asked = parse(
        {"q": "caf", "pres": "Nîmes", "reseau": "3", "departement": "30", "engagee": "oui"}
    )
    assert asked.filters == Filters(3, 0, "30", True)
    assert asked.query(2) == "?q=caf&pres=N%C3%AEmes&reseau=3&departement=30&engagee=oui&page=2"
    assert asked.without("reseau").query() == "?q=caf&pres=N%C3%AEmes&departement=30&engagee=oui"
    assert DirectorySearch().query() == ""


def test_what_cannot_be_read_asks_for_nothing() -> None:
    odd = {"reseau": "1; x", "typologie": "-1", "departement": "999", "page": "0", "engagee": "1"}
    assert parse(odd) == DirectorySearch()
    assert parse({"page": "9" * 9}).page == 50


@pytest.mark.parametrize("typed", ["Nîmes", "nimes", "30000", "30000 Nîmes", "Nîmes (30)"])
def test_a_town_is_found_as_people_write_it(typed: str) -> None:
    found = town(typed)
    assert found is not None and found.name == "Nîmes"


def test_the_department_tells_namesakes_apart() -> None:
    one, other = town("Saint-Denis 93"), town("Saint-Denis 974")
    assert one is not None and other is not None
    assert one.at.latitude > 48 and other.at.latitude < 0
    assert town("Nulle-Part-les-Oies") is None
    assert town("") is None


def test_every_department_has_clocks() -> None:
    assert {clocks_of(one.code).key for one in departments() if one.zone == "metro"} == {
        "Europe/Paris"
    }
    assert all(
        clocks_of(one.code).key != "Europe/Paris" for one in departments() if one.zone == "drom"
    )
