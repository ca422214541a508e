"""The directory of town halls and the map of France services: what is read, what is left out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from spplus_app.adapters.csv_files import read_table
from spplus_app.domain import france_services, town_halls
from spplus_app.domain.imports import BrokenFile
from spplus_app.domain.opening_hours import parsed
from spplus_app.domain.structures import of_town

HEADINGS = [*town_halls.COLUMNS, "population"]
LADINHAC = [
    "15089",
    "Ladinhac",
    "1 place Celina-Esquirou\n15120 Ladinhac",
    '[["lundi","vendredi",[["08:30:00","11:30:00"]]]]',
    "ladinhac.mairie@orange.fr",
    "04 71 47 81 90",
    "http://www.ladinhac.fr",
    "458",
]


def _row(**changed: str) -> list[str]:
    return [changed.get(name, cell) for name, cell in zip(HEADINGS, LADINHAC, strict=True)]


def test_a_town_hall_may_join_and_has_not() -> None:
    found = town_halls.read(HEADINGS, [LADINHAC])
    one, details = found.records["mairie-15089"], found.details["mairie-15089"]
    assert (one.name, one.network, one.typology) == ("Mairie de Ladinhac", "Communes", "Mairie")
    assert (one.address, one.postal_code, one.town) == (
        "1 place Celina-Esquirou",
        "15120",
        "Ladinhac",
    )
    assert (one.department, one.region, one.joined) == ("15", "84", False)
    assert details.phone == "04 71 47 81 90"
    assert parsed(details.hours).words()[0] == (
        "du lundi au vendredi",
        "de 8\u00a0h\u00a030 à 11\u00a0h\u00a030",
    )
    assert details.at is not None and details.at.latitude == pytest.approx(44.76, abs=0.02)


def test_what_cannot_be_read_is_left_out_alone() -> None:
    rows = [
        LADINHAC,
        LADINHAC,
        _row(code_insee="99999"),
        _row(code_insee="15090", nom="\x07"),
        _row(code_insee="15091", horaires_json="[[1]]", email="no", site="javascript:alert(1)"),
        ["15092"],
        [""] * len(HEADINGS),
    ]
    found = town_halls.read(HEADINGS, rows)
    assert [one.row for one in found.refused] == [3, 4, 5, 7]
    kept = found.records["mairie-15091"]
    assert (kept.email, kept.website, found.details["mairie-15091"].hours) == ("", "", "")
    assert [(one.row, one.field) for one in found.repaired] == [(5, "nom"), (6, "hours")]
    with pytest.raises(BrokenFile, match="telephone"):
        town_halls.read([one for one in HEADINGS if one != "telephone"], [])


def test_the_whole_directory(samples: Path) -> None:
    table = read_table(samples / "structures/mairies_2026.csv.gz")
    found = town_halls.read(table.headings, table.rows)
    assert len(found.records) == 34_861 and not found.refused
    assert len(found.repaired) < 100
    located = sum(one.at is not None for one in found.details.values())
    assert located / len(found.details) > 0.98
    assert all(one.postal_code for one in found.records.values())


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Nîmes", "de Nîmes"),
        ("Albi", "d’Albi"),
        ("Évreux", "d’Évreux"),
        ("Le Mans", "du Mans"),
        ("Les Lilas", "des Lilas"),
        ("La Rochelle", "de La Rochelle"),
        ("L'Isle-Adam", "de L'Isle-Adam"),
    ],
)
def test_a_town_after_de(name: str, told: str) -> None:
    assert of_town(name) == told


def _feature(**properties: object) -> dict[str, object]:
    told = {"MATRICULE": 1, "TELEPHONE": "04 50 56 87 49", "LATITUDE": 46.1, "LONGITUDE": 5.8}
    return {"type": "Feature", "properties": {**told, **properties}}


def test_hours_that_no_week_can_say_are_kept_in_their_words() -> None:
    found = france_services.read(
        {
            "features": [
                _feature(h_lundi="9:00 - 12:00", h_samedi="-"),
                _feature(MATRICULE=2, h_lundi="9:00 - 12:00", h_mardi="Sur RDV"),
                _feature(MATRICULE=3, h_lundi="Horaires non communiqués", LATITUDE="x"),
                _feature(MATRICULE=3),
                _feature(MATRICULE=None),
                "nothing",
            ]
        }
    )
    one, two, three = (found.details[number] for number in "123")
    assert (one.hours, one.hours_note) == ("1 0900-1200", "")
    assert (two.hours, two.hours_note) == ("", "lundi 9:00 - 12:00\u00a0; mardi Sur RDV")
    assert (three.hours, three.hours_note, three.at) == ("", "", None)
    assert [line.row for line in found.refused] == [4, 5, 6]


@pytest.mark.parametrize("document", [None, [], {}, {"features": 1}, "x"])
def test_what_is_no_map_is_refused(document: object) -> None:
    with pytest.raises(BrokenFile):
        france_services.read(document)


def test_the_whole_map(samples: Path) -> None:
    document = json.loads((samples / "structures/france_services_2021.geojson").read_bytes())
    found = france_services.read(document)
    assert len(found.details) == 908 and not found.refused
    assert sum(bool(one.hours) for one in found.details.values()) > 700
    assert all(one.at for one in found.details.values())
