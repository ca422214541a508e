"""Rows of the official export: repaired where possible, refused alone otherwise."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spplus_app.adapters.csv_files import read_loose
from spplus_app.domain.cut_records import rejoin
from spplus_app.domain.errors import DomainError
from spplus_app.domain.experience_columns import COLUMNS, NEEDED, column_of, columns_of
from spplus_app.domain.experience_import import ReadExperience, read
from spplus_app.domain.fixes import FIX_NAMES, Fix
from spplus_app.domain.imports import BrokenFile, Reading
from spplus_app.domain.official import columns_of as told_by
from spplus_app.domain.official import record_of, rest_of
from spplus_app.domain.official_dates import official_date, parsed_date

TODAY = date(2026, 3, 1)
HEADINGS = sorted(COLUMNS)
GOOD = {
    "id_experience": "12",
    "ecrit_le": "2023-03-25",
    "titre": "Deux heures d’attente",
    "description": "J’ai attendu deux heures, puis tout est allé vite.",
    "ressenti_usager": "Positif",
    "poste_comme": "La personne concernée",
    "hors_structure": "Non",
    "pays": "France",
    "id_structure_1": "aB3",
    "intitule_structure_1": "Caf du Gard",
    "canaux_typologie_1": "Accueil,Téléphone",
    "reponse_structure_1": "Bonjour,\nMerci de votre message.",
    "statut_reponse_structure_1": "Réponse apportée",
    "evaluation_reponse_structure_1_par_auteur": "utile",
    "evaluation_utile_reponse_structure_1_par_visiteurs": "3.0",
    "experiences_similaires": "2",
    "relation": "Négatif",
    "tags_metiers": "Carte grise,Titre de séjour",
    "code_insee_departement_usager": "30",
    "intitule_departement_usager": "Gard",
}


def one(**changes: str) -> Reading[ReadExperience]:
    """Read one good row with some columns changed."""
    row = GOOD | changes
    return read(HEADINGS, [[row.get(name, "") for name in HEADINGS]], today=TODAY)


def found(**changes: str) -> ReadExperience:
    reading = one(**changes)
    assert not reading.refused, reading.refused
    return next(iter(reading.records.values()))


def fixes(reading: Reading[ReadExperience]) -> dict[str, str]:
    """The repairs, by column: the reason."""
    return {repair.field: repair.reason for repair in reading.repaired}


def test_a_good_row_is_kept_as_it_is() -> None:
    reading = one(evaluation_utile_reponse_structure_1_par_visiteurs="3")
    assert reading.repaired == reading.refused == reading.doubts == []
    record = reading.records["12"].record
    assert (record.department, record.country, record.outside) == ("30", "", False)
    assert record.tags == {"Relation": "Négatif"}
    assert record.tags_metier == ("Carte grise", "Titre de séjour")
    structure = record.structures[1]
    assert structure.channels == ("Accueil", "Téléphone")
    assert structure.reply is not None
    assert (structure.reply.rating, structure.reply.useful) == ("utile", 3)
    assert record.written_at == record.published_at == datetime(2023, 3, 25, 11, tzinfo=UTC)


@pytest.mark.parametrize(
    ("column", "before", "after", "fix"),
    [
        ("code_postal_typologie_1", "97215.0", "97215", Fix.NUMBER),
        ("code_postal_typologie_1", "8000", "08000", Fix.LEADING_ZERO),
        ("code_insee_departement_usager", "6", "06", Fix.LEADING_ZERO),
        ("experiences_similaires", "12,0", "12", Fix.NUMBER),
        ("canaux_typologie_1", " Accueil, Téléphone", "Accueil,Téléphone", Fix.SPACES),
        ("ecrit_le", "06/07/2019 10:58", "2019-07-06T10:58:00+02:00", Fix.DATE),
        ("ecrit_le", "06/07/2019", "2019-07-06", Fix.DATE),
        ("pseudonyme_usager", "H\x92l\xc3\xa9na", "H’léna", Fix.MOJIBAKE),
        ("titre", "L\x92attente", "L’attente", Fix.CP1252),
        ("description", "BonjourJe suis &nbsp; là", "Bonjour\nJe suis là", Fix.LINES),
        ("titre", "x" * 200, "x" * 178 + "…", Fix.LENGTH),
    ],
)
def test_a_column_is_repaired_and_told(column: str, before: str, after: str, fix: Fix) -> None:
    reading = one(**{column: before})
    read_ = reading.records["12"]
    if fix is not Fix.LENGTH:
        assert read_.columns[column] == after
    assert len(read_.columns["titre"]) <= 180
    assert fix in read_.repaired
    assert FIX_NAMES[fix] in [one.reason for one in reading.repaired if one.field == column]
    assert {one.row for one in reading.repaired} == {2}


def test_a_float_that_lost_its_zero_is_repaired_twice() -> None:
    assert found(code_postal_typologie_1="8000.0").columns["code_postal_typologie_1"] == "08000"
    for strange in ("69", "99999", "12345678", "W1 2AB", "0999"):
        assert found(code_postal_typologie_1=strange).columns["code_postal_typologie_1"] == strange


def test_an_empty_title_is_the_beginning_of_the_text() -> None:
    reading = one(titre="")
    assert reading.records["12"].record.title.startswith("J’ai attendu")
    assert reading.records["12"].columns["titre"] == ""
    assert fixes(reading)["titre"] == FIX_NAMES[Fix.TITLE]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"id_experience": ""}, "id_experience : vide"),
        ({"id_experience": "a b"}, "id_experience : lettres"),
        ({"description": " \x00 "}, "description : vide"),
        ({"description": "x" * 8001}, "description : plus de 8000"),
        ({"ecrit_le": ""}, "ecrit_le : vide"),
        ({"ecrit_le": "hier"}, "ecrit_le : « hier » n’est pas une date"),
        ({"date_de_publication": "31/02/2023"}, "date_de_publication : « 31/02/2023 »"),
        ({"ecrit_le": "2031-01-01"}, "datée d’un jour à venir"),
        ({"ressenti_usager": "positif"}, "ressenti_usager : « positif » inconnu"),
        ({"reponse_structure_1": "x" * 20_001}, "reponse_structure_1 : plus de 20000"),
    ],
)
def test_a_row_beyond_repair_is_refused_with_its_number(
    changes: dict[str, str], reason: str
) -> None:
    reading = one(**changes)
    assert not reading.records
    assert [refused.row for refused in reading.refused] == [2]
    assert reading.refused[0].reason.replace("\u00a0", " ").startswith(reason)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("poste_comme", "Un ami"),
        ("accessibilite", "Bof"),
        ("canaux_typologie_1", "Accueil,Pigeon"),
        ("evaluation_reponse_structure_1_par_auteur", "géniale"),
        ("experiences_similaires", "beaucoup"),
        ("pays", "Atlantide"),
        ("pseudonyme_usager", "x" * 41),
    ],
)
def test_an_unknown_value_is_kept_apart_and_told(column: str, value: str) -> None:
    changes = {column: value, "code_insee_departement_usager": ""}
    changes["intitule_departement_usager"] = ""
    reading = one(**changes)
    assert [doubt.field for doubt in reading.doubts] == [column]
    read_ = reading.records["12"]
    assert rest_of(read_.columns, read_.record)[column] == value


def test_only_a_published_reply_is_a_reply() -> None:
    read_ = found(statut_reponse_structure_1="dépubliée")
    assert read_.record.structures[1].reply is None
    rest = rest_of(read_.columns, read_.record)
    assert rest["reponse_structure_1"] == GOOD["reponse_structure_1"]
    assert rest["statut_reponse_structure_1"] == "dépubliée"


def test_a_country_is_known_by_its_name() -> None:
    nowhere = {"code_insee_departement_usager": "", "intitule_departement_usager": ""}
    assert found(pays="Royaume-uni", **nowhere).record.country == "GB"
    assert found(pays="France", **nowhere).record.country == ""
    assert found(intitule_departement_usager="VAR", code_insee_departement_usager="").record == (
        found(intitule_departement_usager="Var", code_insee_departement_usager="83").record
    )


# ---- Records cut by line ends ----------------------------------------------------------------


def test_a_record_cut_over_several_rows_is_put_together() -> None:
    rows = [["1", "a", "b"], ["2", "un"], ["deux"], [], ["trois", "b"], ["3", "a", "b"], []]
    cuts = list(rejoin(rows, 3))
    assert [(cut.row, cut.rows, cut.cells) for cut in cuts] == [
        (2, 1, ["1", "a", "b"]),
        (3, 4, ["2", "un\ndeux\n\ntrois", "b"]),
        (7, 1, ["3", "a", "b"]),
    ]


def test_a_cell_cut_by_an_entity_is_put_together() -> None:
    rows = [["1", "a&nbsp", " b&eacute", "", "c"], ["2", "R&D", "b"], ["3", "x&nbsp", "y", "z"]]
    assert [(cut.cells, cut.glued) for cut in rejoin(rows, 3)] == [
        (["1", "a&nbsp; b&eacute;", "c"], True),
        (["2", "R&D", "b"], False),
        (["3", "x&nbsp;y", "z"], True),
    ]


def test_what_cannot_be_put_together_swallows_nothing() -> None:
    rows = [["1", "a"], ["2", "a", "b"], ["x", "y", "z", "t"], ["3", "a", "b"], ["4"]]
    assert [(cut.row, len(cut.cells)) for cut in rejoin(rows, 3)] == [
        (2, 2),
        (3, 3),
        (4, 4),
        (5, 3),
        (6, 1),
    ]


@given(st.lists(st.lists(st.text("ab", max_size=2), max_size=5), max_size=12), st.integers(2, 4))
def test_no_cell_is_lost_in_putting_together(rows: list[list[str]], width: int) -> None:
    cuts = list(rejoin(rows, width))
    told = "".join("".join(cell.split("\n")) for cut in cuts for cell in cut.cells)
    assert told == "".join("".join(row) for row in rows)
    assert [cut.row for cut in cuts] == sorted({cut.row for cut in cuts})


def test_a_cut_record_is_told(tmp_path: Path) -> None:
    names = ["id_experience", "ecrit_le", "titre", "description", "ressenti_usager"]
    path = tmp_path / "old.csv"
    text = ";".join(names) + "\r\n1;2023-01-02;Titre;Un texte\r\ncoupé en\r\n\r\ntrois;Neutre\r\n"
    path.write_bytes(b"\xef\xbb\xbf" + (text + "2;2023-01-02;T;trop;de;colonnes;x\r\n").encode())
    table = read_loose(path)
    reading = read(table.headings, table.rows, today=TODAY)
    assert reading.records["1"].record.narrative == "Un texte\ncoupé en\n\ntrois"
    assert fixes(reading) == {"ligne": FIX_NAMES[Fix.CUT_RECORD]}
    assert [(one.row, one.reason) for one in reading.refused] == [(6, "7 colonnes au lieu de 5")]


# ---- Headings and files ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("ID expérience", "id_experience"),
        ("ÉCRIT LE", "ecrit_le"),
        ('\ufeff"Titre"', "titre"),
        ("Etat expérience", "etat_experience"),
        ("Statut de l’expérience", "statut_de_l_experience"),
        ("Intitulé Typologie 1", "intitule_typologie_1"),
        ("Canaux Typologie 3", "canaux_typologie_3"),
        ("Information/Explication", "information_explication"),
        ("Démarches saisies par usager", "tags_metiers"),
        ("Évaluation de la réponse 2 par l’auteur", "evaluation_reponse_structure_2_par_auteur"),
        ("Autre chose", ""),
    ],
)
def test_french_headings_are_understood(heading: str, column: str) -> None:
    assert column_of(heading) == column


def test_headings_that_miss_are_named() -> None:
    with pytest.raises(BrokenFile, match=r"ID expérience.*Écrit le"):
        columns_of(["Titre", "Description", "Ressenti usager"])
    with pytest.raises(BrokenFile, match=r"la colonne .*Titre"):
        columns_of([name for name in HEADINGS if name != "titre"])
    with pytest.raises(BrokenFile, match="deux fois"):
        columns_of([*HEADINGS, "Titre"])
    unknown = read([*NEEDED, "Météo"], [], today=TODAY).doubts
    assert [(doubt.before, doubt.reason) for doubt in unknown] == [
        ("Météo", "colonne inconnue, pas lue")
    ]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "points-virgules"),
        (b"un texte\nsans colonnes\n", "points-virgules"),
        (b"a;b\n\x00\x01;\x02\n", "pas un texte"),
        (b"a;b\nx\x81;y\n", "pas en UTF-8"),
        (b'a;b\n1;"jamais ferm\xc3\xa9\n2;3\n', "guillemets mal fermés"),
        (b"a;b\n1;" + b"x" * 140_000 + b"\n", "dépasse 131072"),
        (b"\x1f\x8bpas vraiment", "abîmé"),
    ],
)
def test_a_broken_file_is_refused_whole(tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "broken.csv"
    path.write_bytes(content)
    with pytest.raises(BrokenFile, match=told):
        read_loose(path)


def test_a_file_of_windows_is_understood(tmp_path: Path) -> None:
    path = tmp_path / "windows.csv"
    path.write_bytes("titre;description\nL’été;« Où ? »\n".encode("cp1252"))
    table = read_loose(path)
    assert (table.rows, table.encoding) == ([["L’été", "« Où ? »"]], "cp1252")


# ---- Dates and both ways ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("2023-03-25", "2023-03-25"),
        ("25/03/2023", "2023-03-25"),
        ("2021-05-01T10:33:00+00:00", "2021-05-01T12:33:00+02:00"),
        ("2021-05-01T10:33:05.123Z", "2021-05-01T12:33:05+02:00"),
        ("2021/05/01 10h33", "2021-05-01T10:33:00+02:00"),
        ("6/7/2019 à 9:05", "2019-07-06T09:05:00+02:00"),
    ],
)
def test_dates_are_read_in_several_forms(text: str, after: str) -> None:
    moment = parsed_date(text)
    assert moment is not None and moment.tzinfo is UTC
    assert official_date(moment) == after
    assert parsed_date(after) == moment


@pytest.mark.parametrize("text", ["", "hier", "2023-13-01", "31/02/2023", "0023-01-01", "25h"])
def test_what_is_no_date_is_none(text: str) -> None:
    assert parsed_date(text) is None


@given(st.datetimes(datetime(2001, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC)))
def test_a_written_date_is_read_again(moment: datetime) -> None:
    told = official_date(moment.replace(microsecond=0))
    # The hour that comes twice, in October, is told with its zone.
    assert parsed_date(told) == moment.replace(microsecond=0)


def test_what_the_house_holds_and_the_rest_are_the_whole_row() -> None:
    read_ = found(audio="N", statut_reponse_structure_2="dépubliée", pays="france")
    rest = rest_of(read_.columns, read_.record)
    assert "titre" not in rest and rest["audio"] == "N" and rest["pays"] == "france"
    told = told_by(read_.record) | rest
    assert {name: told.get(name, "") for name in COLUMNS} == read_.columns
    assert record_of(told) == read_.record


@settings(max_examples=60)
@given(
    st.lists(
        st.dictionaries(
            st.sampled_from(HEADINGS),
            st.text(max_size=30) | st.sampled_from(["Positif", "12.0", "Oui", "2023-01-02", "30"]),
        ),
        max_size=4,
    )
)
def test_reading_never_fails_but_by_refusing(rows: list[dict[str, str]]) -> None:
    cells = [[(GOOD | row).get(name, "") for name in HEADINGS] for row in rows]
    reading = read(HEADINGS, cells, today=TODAY)
    assert reading.total == len(reading.records) + len(reading.refused)
    for read_ in reading.records.values():
        again = read(HEADINGS, [[read_.columns[name] for name in HEADINGS]], today=TODAY)
        assert next(iter(again.records.values())).columns == read_.columns


@settings(max_examples=60)
@given(st.binary(max_size=300))
def test_any_file_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, raw: bytes) -> None:
    path = tmp_path_factory.mktemp("any") / "file.csv"
    path.write_bytes(";".join(NEEDED).encode() + b"\n" + raw)
    try:
        table = read_loose(path)
        read(table.headings, table.rows, today=TODAY)
    except DomainError as refusal:
        assert refusal.message


@pytest.mark.samples
def test_the_official_rows(samples: Path) -> None:
    table = read_loose(samples / "experiences/export-experiences-60.csv")
    reading = read(table.headings, table.rows, today=TODAY)
    assert (reading.total, len(reading.records), reading.refused) == (60, 60, [])
    assert reading.doubts == []
    with (samples / "experiences/export-experiences-60.csv").open(newline="") as handle:
        source = {row["id_experience"]: row for row in csv.DictReader(handle, delimiter=";")}
    for code, read_ in reading.records.items():
        assert set(read_.columns) == COLUMNS
        told = told_by(read_.record) | rest_of(read_.columns, read_.record)
        assert {name: told.get(name, "") for name in COLUMNS} == read_.columns
        changed = {name for name in COLUMNS if read_.columns[name] != source[code][name]}
        unexplained = {
            name
            for name in changed - {repair.field for repair in reading.repaired}
            if "".join(read_.columns[name].split()) != "".join(source[code][name].split())
        }
        assert unexplained == set()
