"""The commands that fill the site with experiences: what they say, how they exit."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import func, select

from spplus_app.persistence import reading
from spplus_app.persistence.tables import ExperienceRow
from tests.test_cli import Run, csv_file, ready, run, said, var

__all__ = ["ready", "run", "var"]

HEADINGS = "ID expérience;Écrit le;Titre;Description;Ressenti usager;ID structure 1;Code postal 1"
LINES = (
    "1;25/03/2025;L\x92attente;Deux heures&nbsp;d’attente;Négatif;root;8000.0",
    "2;2025-03-26;Accueil;Un accueil parfait;Positif;perdue;",
    "3;2025-03-26;Accueil;Un accueil parfait;Bof;root;",
    "4;2025-03-27;Retour;Un texte",
    "coupé en deux;Neutre;root;",
)


def official(path: Path, *lines: str) -> Path:
    path.write_text("\r\n".join([HEADINGS, *(lines or LINES)]) + "\r\n", encoding="utf-8-sig")
    return path


def test_an_import_tells_what_it_repaired_and_refused(ready: Run, tmp_path: Path) -> None:
    ready("import", "structures", str(csv_file(tmp_path / "s.csv", {"code": "root", "name": "C"})))
    file = official(tmp_path / "e.csv")
    result = ready("import", "experiences", str(file))
    told = said(result)
    assert result.exit_code == 1
    assert "4 lignes lues : 3 expériences ajoutées, 0 modifiées, 0 inchangées." in told
    assert "1 × zéro de tête rendu (lignes 2)" in told
    assert "recollée (lignes 5)" in told
    assert "ligne 3, intitule_structure_1 : « perdue » (structure inconnue" in told
    assert "ligne 4 : ressenti_usager : « Bof » inconnu" in told
    assert ready("check").exit_code == 0
    again = ready("import", "experiences", str(file), "--all")
    assert "Rien n’a changé." in said(again)
    assert "ligne 2, code_postal_typologie_1 : « 8000 » → « 08000 »" in said(again)


def test_an_import_that_is_whole_exits_with_0(ready: Run, tmp_path: Path) -> None:
    file = official(tmp_path / "e.csv", LINES[0])
    assert ready("import", "experiences", str(file)).exit_code == 0


@pytest.mark.parametrize("content", [b"", b"a;b\n1;2\n", b"\x00\x01", b'Titre;"b\n'])
def test_a_broken_file_changes_nothing(ready: Run, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "e.csv"
    file.write_bytes(content)
    result = ready("import", "experiences", str(file))
    assert result.exit_code == 1
    assert len(result.output.strip().splitlines()) == 1
    with reading() as session:
        assert session.scalar(select(func.count()).select_from(ExperienceRow)) == 0


def test_experiences_are_made_and_taken_out(ready: Run, tmp_path: Path) -> None:
    ready("import", "structures", str(csv_file(tmp_path / "s.csv", {"code": "root", "name": "C"})))
    made = ready("generate", "--experiences", "30", "--replies", "1", "--seed", "7")
    assert (made.exit_code, "30 expériences inventées ajoutées" in said(made)) == (0, True)
    assert ready("check").exit_code == 0
    gone = ready("generate", "--remove")
    assert "30 expériences inventées retirées" in said(gone)
    assert ready("check").exit_code == 0


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        ((), 2, "Dites combien"),
        (("--experiences", "-3"), 2, "Valeur refusée pour --experiences."),
        (("--experiences", "5", "--replies", "2"), 2, "Valeur refusée pour --replies."),
        (("--experiences", "5"), 1, "ajoutez --force"),
    ],
)
def test_making_experiences_is_refused(
    ready: Run, tmp_path: Path, words: tuple[str, ...], code: int, told: str
) -> None:
    assert ready("import", "experiences", str(official(tmp_path / "e.csv", LINES[0]))) is not None
    result = ready("generate", *words)
    assert (result.exit_code, told in said(result)) == (code, True), result.output


@pytest.mark.parametrize("words", [("import", "experiences"), ("generate",)])
def test_help_is_in_french(run: Run, words: tuple[str, ...]) -> None:
    result = run(*words, "--help")
    assert (result.exit_code, "Affiche cette aide." in said(result)) == (0, True)


def test_an_operator_erases_again_what_a_backup_brought_back(ready: Run, tmp_path: Path) -> None:
    file = official(tmp_path / "e.csv", LINES[0], LINES[1])
    ready("import", "experiences", str(file))
    with reading() as session:
        first, second = session.scalars(select(ExperienceRow.id).order_by(ExperienceRow.id)).all()
    result = ready("erase", str(first), "999")
    assert result.exit_code == 1 and "rien n’est effacé" in said(result)
    assert "1 expérience effacée." in said(ready("erase", str(first)))
    assert "1 expérience effacée." in said(ready("erase", "--keep", str(second)))
    with reading() as session:
        rows = session.execute(
            select(ExperienceRow.status, ExperienceRow.narrative).order_by(ExperienceRow.id)
        ).all()
    assert rows[0] == ("erased", "")
    assert rows[1] == ("published", "Un accueil parfait")
    assert ready("check").exit_code == 0
