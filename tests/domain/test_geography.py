"""The reference geography: what it lists, and where a postal code leads."""

from __future__ import annotations

import csv
import gzip
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spplus_app.domain import geography
from spplus_app.domain.text import fold


def test_it_lists_every_department_region_and_country_once() -> None:
    departments = geography.departments()
    assert len([one for one in departments if one.zone in {"metro", "drom"}]) == 101
    assert len([one for one in geography.regions() if one.zone in {"metro", "drom"}]) == 18
    assert len(geography.countries()) == 237
    for rows in (departments, geography.regions(), geography.countries()):
        assert len({one.code for one in rows}) == len({one.name for one in rows}) == len(rows)


def test_lists_are_in_the_order_people_read() -> None:
    names = [fold(one.name) for one in geography.countries()]
    assert names == sorted(names)
    assert [one.code for one in geography.departments()][18:32:2] == [
        "19", "22", "24", "26", "28", "2A", "30",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "of"),
    [
        ("01", "de l’Ain"),
        ("21", "de la Côte-d’Or"),
        ("28", "d’Eure-et-Loir"),
        ("30", "du Gard"),
        ("40", "des Landes"),
        ("75", "de Paris"),
        ("84", "de Vaucluse"),
        ("2A", "de la Corse-du-Sud"),
        ("974", "de la Réunion"),
        ("976", "de Mayotte"),
        ("99X", "du Val-de-Brume"),
    ],
)
def test_a_department_is_named_with_its_article(code: str, of: str) -> None:
    found = geography.department(code)
    assert found is not None
    assert found.of == of


def test_every_department_can_follow_a_noun() -> None:
    for one in geography.departments():
        assert one.of.startswith(("de ", "du ", "des ", "d’", "de l’", "de la ")), one.code
        assert "'" not in one.of + one.name + one.region.name
        assert fold(one.of).endswith(fold(one.name).removeprefix("la ")), one.code
        assert (one.town == "") == (one.postal_code == "") == (one.code in {"984", "989"})


@pytest.mark.parametrize(
    ("postal_code", "insee", "code"),
    [
        ("04000", "", "04"),
        ("75015", "", "75"),
        ("20000", "", "2A"),
        ("20190", "", "2A"),
        ("20200", "", "2B"),
        ("20600", "", "2B"),
        ("20000", "2B033", "2B"),
        ("97110", "", "971"),
        ("97600", "", "976"),
        ("97133", "", "977"),
        ("97150", "", "978"),
        ("98600", "", "986"),
        ("98800", "", "988"),
        ("42620", "03250", "03"),
        (" 30000 ", "", "30"),
    ],
)
def test_a_postal_code_leads_to_its_department(postal_code: str, insee: str, code: str) -> None:
    found = geography.department_of_postal_code(postal_code, insee)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize(
    "postal_code", ["", "4000", "00000", "96000", "99100", "98000", "3000O", "²5000", "٣٠٠٠٠"]
)
def test_a_postal_code_of_nowhere_leads_nowhere(postal_code: str) -> None:
    assert geography.department_of_postal_code(postal_code) is None


@given(st.text(max_size=12), st.text(max_size=6))
def test_anything_may_be_asked(postal_code: str, insee: str) -> None:
    found = geography.department_of_postal_code(postal_code, insee)
    assert found is None or found == geography.department(found.code)


def test_codes_are_found_however_typed_and_unknown_ones_are_not() -> None:
    assert geography.department("2a") == geography.department(" 2A ")
    assert geography.department("20") is None
    assert geography.department("") is None
    portugal = geography.country("pt")
    assert portugal is not None
    assert portugal.name == "Portugal"
    assert geography.country("XX") is None


def test_the_invented_department_is_found_but_never_listed() -> None:
    invented = geography.department("99X")
    assert invented == geography.DEMO_DEPARTMENT
    assert invented not in geography.departments()
    assert invented.region not in geography.regions()
    assert invented.label == "Val-de-Brume (99X)"


@pytest.mark.samples
def test_every_commune_has_its_department_and_none_bears_the_invented_names(
    samples: Path,
) -> None:
    path = samples / "geography/communes.csv.gz"
    with gzip.open(path) as packed, io.TextIOWrapper(packed, encoding="utf-8") as text:
        communes = list(csv.DictReader(text))
    for row in communes:
        found = geography.department_of_postal_code("", row["code_insee"])
        assert found is not None
        assert found.code == row["departement"]
    names = {fold(row["nom"]) for row in communes}
    demo = geography.DEMO_DEPARTMENT
    assert not names & {fold(demo.name), fold(demo.town)}
