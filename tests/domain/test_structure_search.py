"""Finding a structure as one types."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spplus_app.adapters.csv_files import read_table
from spplus_app.domain.structure_import import read
from spplus_app.domain.structure_index import Searchable
from spplus_app.domain.structure_search import StructureIndex
from spplus_app.domain.structure_words import SAME, added_words, content


def place(
    code: str,
    name: str,
    town: str = "NIMES",
    postal_code: str = "30000",
    typology: str = "",
    department: str = "30",
    usual_name: str = "",
) -> Searchable:
    return Searchable(
        code=code,
        name=name,
        usual_name=usual_name,
        typology=typology,
        network="",
        town=town,
        postal_code=postal_code,
        department=department,
        country="France",
        served="",
    )


INDEX = StructureIndex.build(
    [
        place("pref", "Préfecture du Gard", typology="Préfecture"),
        place("sous", "Sous-préfecture d'Alès", "ALES", "30100", "Sous-préfecture"),
        place("caf", "Caf du GARD", typology="CAF"),
        place("caf48", "Caf de la LOZERE", "MENDE", "48000", "CAF", "48"),
        place("cpam", "Caisse primaire d'assurance maladie du Gard", typology="CPAM"),
        place("rad", "Relais d'accès au droit de la préfecture de Nîmes", typology="Relais"),
        place("ape", "ALES AVENE-PE", "ALES", "30100", "AGENCE POLE EMPLOI (APE)"),
        place("fs1", "Anduze", "ANDUZE", "30140", "Structure", usual_name="France services Anduze"),
        place("fs2", "Mende", "MENDE", "48000", "Structure", "48", "France services Mende"),
        place("fs3", "Uzès", "UZES", "30700", "Structure", usual_name="France services Uzès"),
        place("lo", "CPAM ST LO", "SAINT-LO", "50000", "CPAM", "50"),
        place("p15", "Service des Impôts PARIS", "PARIS", "75015", "SIP", "75"),
    ]
)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("prefecture nimes", "pref"),
        ("NÎMES préfecture", "pref"),
        ("pref gard", "pref"),
        ("prefecure nimse", "pref"),
        ("prefetu", "pref"),
        ("sous-prefecture", "sous"),
        ("sousprefecture ales", "sous"),
        ("caf gard", "caf"),
        ("caf 48", "caf48"),
        ("caf du 30", "caf"),
        ("caisse d'allocations familiales du gard", "caf"),
        ("caisse d’alloc gard", "caf"),
        ("cpam 30", "cpam"),
        ("secu nimes", "cpam"),
        ("30100", "ape"),
        ("france travail ales", "ape"),
        ("pole emploi alès", "ape"),
        ("cpam saint lo", "lo"),
        ("cpam st-lô", "lo"),
        ("impot paris 15e", "p15"),
        ("france service uzes", "fs3"),
        ("caf ales", "caf"),
    ],
)
def test_what_people_type_finds_what_they_mean(typed: str, first: str) -> None:
    assert INDEX.search(typed)[0].code == first


def test_a_town_without_one_gives_the_nearest_of_its_department() -> None:
    hits = INDEX.search("france service ales")
    assert [(hit.code, hit.near) for hit in hits] == [("fs1", True), ("fs3", True)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("caf anduze", "caf"),
        ("caf saint-hilaire-de-brethmas", "caf"),
        ("caf 30110", "caf"),
        ("prefecture le vigan", "pref"),
        ("france services langogne", "fs2"),
        ("caf st-jean-du-gard", "caf"),
        ("langogne", "caf48"),
        # No fund in that department: the nearest of all.
        ("caf rodez", "caf48"),
    ],
)
def test_a_town_that_bears_no_structure_is_known_all_the_same(typed: str, first: str) -> None:
    hits = INDEX.search(typed)
    assert hits[0].code == first
    assert all(hit.near for hit in hits)


def test_the_name_of_a_town_is_never_taken_for_a_mistake() -> None:
    # « arles » is one letter away from « ales ».
    index = StructureIndex.build(
        [
            place("arles", "Sous-préfecture d'Arles", "ARLES", "13200", "", "13"),
            place("caf", "Caf du Gard"),
        ]
    )
    assert [(hit.code, hit.near) for hit in index.search("caf ales")] == [("caf", True)]
    assert index.search("sous-prefecture arlse")[0].code == "arles"


def test_a_word_nobody_knows_does_not_hide_the_others() -> None:
    assert "pref" in [hit.code for hit in INDEX.search("prefecture nimes xyzzyxyzzy")]


@pytest.mark.parametrize("typed", ["", " ", "a", "?", "zzzzqqqq", "\x00", "9"])
def test_nothing_is_found_for_nothing(typed: str) -> None:
    assert INDEX.search(typed) == []


def test_each_more_letter_still_finds() -> None:
    for typed in ("prefecture nimes", "caf gard", "france services uzes"):
        for length in range(2, len(typed) + 1):
            assert INDEX.search(typed[:length]), typed[:length]


def test_the_limit_holds_and_no_structure_comes_twice() -> None:
    hits = INDEX.search("gard", 3)
    assert len(hits) == 3
    assert len({hit.code for hit in hits}) == 3


@given(st.text(max_size=200), st.integers(1, 10))
def test_anything_may_be_typed(typed: str, limit: int) -> None:
    hits = INDEX.search(typed, limit)
    assert len(hits) <= limit
    assert hits == INDEX.search(typed, limit)


@given(st.permutations(["caf", "du", "gard"]))
def test_order_and_little_words_do_not_count(order: list[str]) -> None:
    assert INDEX.search(" ".join(order))[0].code == "caf"


def test_every_form_leads_to_its_equals() -> None:
    for line in SAME:
        for form in line:
            for other in line:
                known = set(content(form)) | added_words(content(form))
                assert set(content(other)) <= known, (form, other)


def test_an_empty_index_finds_nothing() -> None:
    assert StructureIndex.build([]).search("caf gard") == []


@pytest.fixture(scope="module")
def referential(samples: Path) -> StructureIndex:
    table = read_table(samples / "structures/export-structures.csv.gz")
    return StructureIndex.build(
        Searchable(
            code=one.code,
            name=one.name,
            usual_name=one.usual_name,
            typology=one.typology,
            network=one.network,
            town=one.town,
            postal_code=one.postal_code,
            department=one.department,
            country=one.country,
            served=one.served_departments,
        )
        for one in read(table.headings, table.rows).records.values()
        if one.active
    )


@pytest.mark.samples
@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("prefecture nimes", "Préfecture du Gard"),
        ("préfecture du gard", "Préfecture du Gard"),
        ("prefecure nimse", "Préfecture du Gard"),
        ("caf gard", "Caf du GARD"),
        ("caisse allocations familiales nimes", "Caf du GARD"),
        ("cpam 30", "CPAM NIMES"),
        ("caisse primaire assurance maladie gard", "CPAM NIMES"),
        ("ddfip gard", "DIR DEPT FINANCES PUBLIQUES GARD"),
        ("drfip bretagne", "DIR REGION FINANCES PUBLIQUES BRETAGNE ET D'ILLE-ET-VILAINE"),
        ("france travail ales", "ALES AVENE-PE"),
        ("sip nimes sud", "Service des Impôts des particuliers (SIP) NIMES-SUD"),
        ("msa languedoc", "MSA Languedoc"),
        ("urssaf rhone alpes", "URSSAF RHÔNE ALPES"),
        ("tribunal judiciaire ales", "Tribunal judiciaire d'Alès"),
        ("sous prefecture senlis", "Sous-préfecture de Senlis"),
        ("cpam saint lo", "CPAM ST LO"),
        ("prudhommes nimes", "Conseil de Prud'hommes de Nîmes"),
        ("ambassade cambodge", "Ambassade de France au Cambodge"),
        ("caf 93", "Caf de SEINE-SAINT-DENIS"),
    ],
)
def test_the_real_referential(referential: StructureIndex, typed: str, label: str) -> None:
    assert label in [hit.structure.label for hit in referential.search(typed, 3)]


@pytest.mark.samples
def test_no_france_services_in_ales_gives_its_neighbours(referential: StructureIndex) -> None:
    hits = referential.search("france service ales")
    assert hits[0].structure.label == "France services Anduze"
    assert all(hit.structure.label.lower().count("france services") for hit in hits[:3])
    assert {hit.structure.department for hit in hits} == {"30"}
    assert all(hit.near for hit in hits)
