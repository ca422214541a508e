"""Rows of the referential: repaired where possible, refused alone otherwise."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spplus_app.adapters.csv_files import read_table
from spplus_app.domain.imports import BrokenFile, Reading
from spplus_app.domain.structure_import import COLUMNS, fields_of, read
from spplus_app.domain.structure_tree import tree
from spplus_app.domain.structures import (
    BOUNDS,
    DEPTH_MAX,
    StructureRecord,
    place_name,
    town_name,
)

HEADINGS = list(COLUMNS)
GOOD = {
    "Code SP+ de la structure": "aB3",
    "Intitulé du réseau": "CNAF",
    "Intitulé de la typologie": "CAF",
    "Intitulé de la structure": "Caf du GARD",
    "Code postal de la structure": "30000",
    "Ville": "NIMES",
    "PAYS": "France",
    "Actif": "Oui",
    "Code sp+ de la typologie": "typ1",
    "INSEE Ville": "com30189",
    "INSEE Département": "dep30",
    "INSEE Région": "reg76",
}


def one(**changes: str) -> Reading[StructureRecord]:
    """Read one good row with some cells changed, named by their field."""
    by_field = {field: heading for heading, field in COLUMNS.items()}
    row = GOOD | {by_field[name]: value for name, value in changes.items()}
    return read(HEADINGS, [[row.get(heading, "") for heading in HEADINGS]])


def record(**changes: str) -> StructureRecord:
    reading = one(**changes)
    assert not reading.refused, reading.refused
    return next(iter(reading.records.values()))


def test_a_good_row_is_kept_as_it_is() -> None:
    reading = one()
    assert reading.repaired == reading.refused == reading.doubts == []
    found = reading.records["aB3"]
    assert (found.department, found.region, found.insee_town) == ("30", "76", "30189")
    assert found.active
    assert not record(active="Non").active


@pytest.mark.parametrize(
    ("code", "department", "after"),
    [
        ("4000", "dep04", "04000"),
        ("1234", "dep01", "01234"),
        ("4700", "dep47", ""),
        ("5999", "dep06", ""),
        ("12", "dep30", ""),
        ("750004", "dep75", ""),
        ("6903", "", ""),
        ("3000A", "dep30", ""),
    ],
)
def test_a_postal_code_is_repaired_only_where_insee_agrees(
    code: str, department: str, after: str
) -> None:
    reading = one(postal_code=code, department=department, insee_town="")
    assert reading.records["aB3"].postal_code == after
    assert [(r.row, r.field, r.before, r.after) for r in reading.repaired] == [
        (2, "postal_code", code, after)
    ]


def test_a_consular_number_is_not_a_postal_code() -> None:
    found = record(
        postal_code="186",
        insee_town="consIT00186",
        country="Italie",
        department="",
        region="consIT",
    )
    assert (found.postal_code, found.department, found.country) == ("", "", "Italie")


def test_a_department_is_deduced_or_doubted() -> None:
    assert record(department="").department == "30"
    reading = one(department="dep48")
    assert reading.records["aB3"].department == "48"
    assert [doubt.field for doubt in reading.doubts] == ["postal_code"]
    assert not one(department="dep2A", postal_code="20700").doubts


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"code": ""}, "code : vide"),
        ({"code": "a b"}, "code : lettres"),
        ({"code": "<b>"}, "code : vide"),
        ({"parent_code": "é"}, "structure parente : lettres"),
        ({"name": ""}, "intitulé : vide"),
        ({"name": "Caf\x00"}, "intitulé : caractères de contrôle"),
        ({"name": "x" * 301}, "intitulé : plus de 300"),
        ({"active": "peut-être"}, "actif"),
        ({"network": " "}, "réseau : vide"),
    ],
)
def test_a_row_beyond_repair_is_refused_with_its_number(
    changes: dict[str, str], reason: str
) -> None:
    reading = one(**changes)
    assert not reading.records
    assert [refused.row for refused in reading.refused] == [2]
    assert reading.refused[0].reason.replace("\u00a0", " ").startswith(reason)


def test_what_is_not_needed_is_cleaned_rather_than_refused() -> None:
    found = record(
        address="1 rue\n du Lac",
        description="Un <script>alert(1)</script> service",
        identifier="197 308 588 000 15",
        identifier_kind="SIRET",
        website="javascript:alert(1)",
        email="pas une adresse",
        usual_name="\x07",
        served_departments="7",
    )
    assert found.address == "1 rue du Lac"
    assert found.description == "Un alert(1) service"
    assert found.identifier == "19730858800015"
    assert (found.website, found.email, found.usual_name) == ("", "", "")
    assert found.served_departments == "07"


def test_a_code_keeps_its_case_and_stands_once() -> None:
    cells = [GOOD.get(heading, "") for heading in HEADINGS]
    other = ["AB3", *cells[1:]]
    reading = read(HEADINGS, [cells, other, cells, [], ["trop", "court"]])
    assert set(reading.records) == {"aB3", "AB3"}
    assert [(refused.row, refused.reason) for refused in reading.refused] == [
        (4, "le code aB3 est déjà à la ligne 2"),
        (6, f"2 colonnes au lieu de {len(HEADINGS)}"),
    ]
    assert reading.total == 4


def test_headings_may_hide_a_mark_but_not_be_missing() -> None:
    assert fields_of(['\ufeff"Code SP+ de la structure"', *HEADINGS[1:]])[0] == "code"
    with pytest.raises(BrokenFile, match="Ville"):
        fields_of([heading for heading in HEADINGS if heading != "Ville"])
    with pytest.raises(BrokenFile, match="deux fois"):
        fields_of([*HEADINGS, "Ville"])


@given(st.lists(st.text(max_size=30), min_size=len(HEADINGS), max_size=len(HEADINGS)))
def test_any_cells_give_a_bounded_record_or_a_refusal(cells: list[str]) -> None:
    reading = read(HEADINGS, [cells])
    assert len(reading.records) + len(reading.refused) == reading.total <= 1
    for found in reading.records.values():
        for name, longest in BOUNDS.items():
            value = getattr(found, name)
            assert len(value) <= longest
            assert "\x00" not in value and "\n" not in value


def made(*rows: tuple[str, str, str]) -> dict[str, StructureRecord]:
    """Return records from (code, parent, network)."""
    return {
        code: StructureRecord(code, network, "T", "t", code, parent_code=parent)
        for code, parent, network in rows
    }


def test_a_tree_is_mended() -> None:
    found = tree(
        made(
            ("r", "", "N"),
            ("a", "lost", "N"),
            ("b", "c", "N"),
            ("c", "d", "N"),
            ("d", "b", "N"),
            ("s", "s", "N"),
            ("alone", "lost", "M"),
        )
    )
    assert found.above["a"] == "r"
    assert found.above["s"] == "r"
    assert found.above["alone"] == ""
    assert sum(found.above[code] == "r" for code in "bcd") == 1
    assert [one.code for one in found.attached][:2] == ["a", "alone"]
    assert found.top_down()[0] in {"r", "alone"}


@given(st.lists(st.integers(-1, 60), max_size=60))
def test_any_tree_reaches_a_root_in_few_steps(numbers: list[int]) -> None:
    rows = [(str(i), str(p) if p >= 0 else "", "N") for i, p in enumerate(numbers)]
    records = made(*rows)
    found = tree(records)
    order = found.top_down()
    assert sorted(order) == sorted(records)
    for code in order:
        steps, current = 0, code
        while current:
            current, steps = found.above[current], steps + 1
        assert steps == found.depth[code] <= DEPTH_MAX


def test_a_long_chain_is_cut() -> None:
    length = DEPTH_MAX * 3
    found = tree(made(("0", "", "N"), *((str(i), str(i - 1), "N") for i in range(1, length))))
    assert max(found.depth.values()) == DEPTH_MAX
    assert {one.reason for one in found.attached} == {"arbre trop profond"}


def test_a_town_reads_as_people_write_it() -> None:
    assert town_name("LE PUY EN VELAY") == "Le Puy en Velay"
    assert town_name("SAINT-PRIVAT-DES-VIEUX") == "Saint-Privat-des-Vieux"
    assert town_name("L'ISLE-D'ABEAU CEDEX 2") == "L'Isle-d'Abeau"
    assert town_name("Nîmes") == "Nîmes"
    assert place_name("NIMES", "30", "France") == "Nimes\u00a0(30)"
    assert place_name("ROME", "", "Italie") == "Rome, Italie"
    assert place_name("", "", "France") == ""


def write(path: Path, text: str, *, packed: bool = False, encoding: str = "utf-8") -> Path:
    content = text.encode(encoding)
    path.write_bytes(gzip.compress(content) if packed else content)
    return path


@pytest.mark.parametrize("packed", [False, True])
def test_a_file_is_read_packed_or_not(tmp_path: Path, packed: bool) -> None:
    text = '\ufeffa;b\n"1;\n2";3\n'
    table = read_table(write(tmp_path / "f.csv", text, packed=packed))
    assert table.headings == ["a", "b"]
    assert table.rows == [["1;\n2", "3"]]


def test_a_broken_file_says_why(tmp_path: Path) -> None:
    whole = gzip.compress(b"a;b\n" * 1000)
    (tmp_path / "cut.gz").write_bytes(whole[: len(whole) // 2])
    write(tmp_path / "latin.csv", "a;é\n", encoding="latin-1")
    write(tmp_path / "quotes.csv", 'a;b\n"1;2\n')
    write(tmp_path / "commas.csv", "a,b\n1,2\n")
    write(tmp_path / "empty.csv", "")
    for name in ("cut.gz", "latin.csv", "quotes.csv", "commas.csv", "empty.csv", "absent.csv", "."):
        with pytest.raises(BrokenFile):
            read_table(tmp_path / name)


@pytest.mark.samples
def test_the_official_referential(samples: Path) -> None:
    table = read_table(samples / "structures/export-structures.csv.gz")
    reading = read(table.headings, table.rows)
    assert (reading.total, len(reading.records), reading.refused) == (14763, 14763, [])
    zeros = [one for one in reading.repaired if one.reason == "zéro de tête rendu"]
    left = [r for r in reading.repaired if r.field == "postal_code" and not r.after]
    consular = [one for one in left if "consulaire" in one.reason]
    assert (len(zeros), len(left), len(consular)) == (978, 180, 172)
    assert sum(not one.active for one in reading.records.values()) == 788
    assert all(
        len(one.postal_code) in {0, 5}
        for one in reading.records.values()
        if one.country == "France"
    )
    assert tree(reading.records).attached == []
    # The columns read back are the file's own, where nothing was repaired.
    raw = {row[0]: row for row in csv.reader(_lines(samples), delimiter=";")}
    assert reading.records["LTELJfvKpI"].name == raw["LTELJfvKpI"][3]


def _lines(samples: Path) -> list[str]:
    path = samples / "structures/export-structures.csv.gz"
    return gzip.decompress(path.read_bytes()).decode("utf-8-sig").splitlines(keepends=True)
