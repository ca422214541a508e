"""The directory: by words, by place, by kind; a place that is its town's is known as such."""

from __future__ import annotations

from spplus_app.domain.communes import Position
from spplus_app.domain.directory import Directory, Filters, Listed
from spplus_app.domain.structure_index import Searchable


def _one(
    code: str,
    name: str,
    town: str,
    department: str,
    *,
    kind: int = 1,
    at: Position | None = None,
    joined: bool = True,
) -> Listed:
    structure = Searchable(code, name, "", "Caisse", "Réseau", town, "", department, "France", "")
    place = (at.latitude, at.longitude) if at else (None, None)
    return Listed.of(structure, joined, 1, kind, "", *place)


HERE = Directory(
    [
        _one("b", "Caf du Gard", "NIMES", "30"),
        _one("a", "Accueil de Nîmes", "Nîmes", "30", kind=2, at=Position(43.84, 4.36)),
        _one("c", "Caf du Rhône", "LYON", "69"),
        _one("d", "Mairie de Nîmes", "Nîmes", "30", joined=False),
        _one("e", "Consulat", "", ""),
    ]
)


def _codes(found: list[Listed]) -> list[str]:
    return [one.structure.code for one in found]


def test_all_of_them_stand_by_name() -> None:
    assert _codes(HERE.find("  ", Filters())) == ["a", "b", "c", "e", "d"]
    assert _codes(HERE.find("", Filters(department="30", joined=True))) == ["a", "b"]
    assert _codes(HERE.find("", Filters(typology_id=2))) == ["a"]
    assert _codes(HERE.find("", Filters(network_id=2))) == []


def test_words_find_those_that_have_not_joined_too() -> None:
    assert _codes(HERE.find("mairie nimes", Filters())) == ["d"]
    assert _codes(HERE.find("mairie nimes", Filters(joined=True))) == []
    assert _codes(HERE.find("caf nimes", Filters()))[0] == "b"


def test_a_place_of_its_own_and_that_of_its_town() -> None:
    # The consulate has none, and is told nowhere.
    assert HERE.located == (1, 3)
    found = HERE.near(Position(43.84, 4.36), Filters(), 10)
    assert [one.item.structure.code for one in found][:1] == ["a"]
    assert {one.item.structure.code for one in found} == {"a", "b", "d"}
    assert found[0].item.exact and not found[1].item.exact
