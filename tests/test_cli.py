"""The command line: what it says, what it leaves, how it exits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import select
from typer.testing import CliRunner, Result

from spplus_app import settings, supervisor
from spplus_app.cli import app
from spplus_app.domain.structure_import import COLUMNS
from spplus_app.persistence import engine as engines
from spplus_app.persistence import reading, unit_of_work
from spplus_app.persistence.tables import GrantRow, JobRow, PersonRow, StructureCountRow
from spplus_app.services import integrity

PASSWORD = "brume sur le lac au petit matin"

Run = Callable[..., Result]


@pytest.fixture
def var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of data of its own; settings and engine are read again."""
    folder = tmp_path / "var"
    monkeypatch.setenv("SPPLUS_VAR", str(folder))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("COLUMNS", "200")
    settings.settings.cache_clear()
    engines.engine.cache_clear()
    yield folder
    if engines.engine.cache_info().currsize:
        engines.engine().dispose()
    settings.settings.cache_clear()
    engines.engine.cache_clear()


@pytest.fixture
def run(var: Path) -> Run:
    """Run a command; its output and errors are in `output`, no-break spaces as spaces."""

    def command(*words: str, **options: str) -> Result:
        return CliRunner().invoke(app, list(words), **options)  # type: ignore[arg-type]

    return command


@pytest.fixture
def ready(run: Run) -> Run:
    """The same, on a database at the present schema."""
    assert run("migrate").exit_code == 0
    return run


def said(result: Result) -> str:
    return result.output.replace("\u00a0", " ").replace("\u202f", " ")


def csv_file(path: Path, *rows: dict[str, str]) -> Path:
    """Write a referential of these rows, by field; what is not given is good."""
    good = {
        "network": "CNAF",
        "typology": "CAF",
        "typology_code": "t1",
        "postal_code": "30000",
        "department": "dep30",
        "town": "NIMES",
        "country": "France",
        "active": "Oui",
    }
    lines = [";".join(COLUMNS)]
    lines += [";".join((good | row).get(name, "") for name in COLUMNS.values()) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_migrating_twice_changes_nothing(run: Run, var: Path) -> None:
    first, second = run("migrate"), run("migrate")
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert "mise à jour" in said(first)
    assert "déjà à jour" in said(second)
    assert (var / "spplus.sqlite3").is_file()


def test_the_demonstration_is_loaded_once(ready: Run) -> None:
    assert "60 expériences, 33 réponses et 20 documents" in said(ready("demo"))
    assert "rien n’a changé" in said(ready("demo"))


def test_an_import_tells_what_it_repaired_and_refused(ready: Run, tmp_path: Path) -> None:
    file = csv_file(
        tmp_path / "s.csv",
        {"code": "root", "name": "Cnaf"},
        {"code": "a", "name": "Caf", "postal_code": "4000", "department": "dep04"},
        {"code": "b", "name": ""},
    )
    result = ready("import", "structures", str(file))
    assert result.exit_code == 1
    assert "3 lignes lues : 2 structures ajoutées" in said(result)
    assert "ligne 3, code postal : « 4000 » → « 04000 » (zéro de tête rendu)" in said(result)
    assert "ligne 4 : intitulé : vide" in said(result)
    again = ready("import", "structures", str(file))
    assert "Rien n’a changé." in said(again)


def test_an_import_that_is_whole_exits_with_0(ready: Run, tmp_path: Path) -> None:
    file = csv_file(tmp_path / "s.csv", {"code": "root", "name": "Cnaf"})
    assert ready("import", "structures", str(file)).exit_code == 0


def test_a_long_list_is_cut_unless_asked(ready: Run, tmp_path: Path) -> None:
    row = {"name": "Caf", "postal_code": "4000", "department": "dep04"}
    file = csv_file(tmp_path / "s.csv", *({**row, "code": f"c{n}"} for n in range(30)))
    assert "… et 10 autres" in said(ready("import", "structures", str(file)))
    assert "ligne 31" in said(ready("import", "structures", "--all", str(file)))


@pytest.mark.parametrize("content", ["", "a;b\n1;2\n", 'a;"b\n'])
def test_a_broken_file_changes_nothing(ready: Run, tmp_path: Path, content: str) -> None:
    file = tmp_path / "s.csv"
    file.write_text(content, encoding="utf-8")
    result = ready("import", "structures", str(file))
    assert result.exit_code == 1
    assert len(result.output.strip().splitlines()) == 1
    assert ready("check").exit_code == 0


def test_hostile_cells_do_not_move_the_cursor(ready: Run, tmp_path: Path) -> None:
    file = csv_file(
        tmp_path / "s.csv", {"code": "a", "name": "Caf", "usual_name": "\x1b[2J[red]x\x07"}
    )
    result = ready("import", "structures", str(file))
    assert "\x1b" not in result.output and "\x07" not in result.output
    assert "·[2J[red]x·" in said(result)


def test_an_account_is_added(ready: Run, tmp_path: Path) -> None:
    file = csv_file(tmp_path / "s.csv", {"code": "root", "name": "Cnaf"})
    ready("import", "structures", str(file))
    words = ("user", "add", "Ana@exemple.fr", "--name", "Ana", "--role", "agent")
    result = ready(*words, "--structure", "root", "--password-stdin", input=f"{PASSWORD}\n")
    assert result.exit_code == 0, result.output
    assert PASSWORD not in result.output
    with reading() as session:
        person = session.scalars(select(PersonRow)).one()
        grant = session.scalars(select(GrantRow)).one()
        assert (person.email, grant.role) == ("ana@exemple.fr", "agent")
        assert person.password_hash.startswith("$argon2id$")
    again = ready(*words, "--structure", "root", "--password-stdin", input=f"{PASSWORD}\n")
    assert (again.exit_code, "existe déjà" in said(again)) == (1, True)


def test_a_reset_mail_stands_for_a_password(ready: Run) -> None:
    words = ("user", "add", "ana@exemple.fr", "--name", "Ana", "--role", "moderator")
    assert ready(*words, "--reset-mail").exit_code == 0
    with reading() as session:
        assert session.scalars(select(PersonRow.password_hash)).one() == ""
        assert [job.kind for job in session.scalars(select(JobRow))] == ["mail"]


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("--role", "chef", "--reset-mail"), 2, "Rôle inconnu"),
        (("--role", "agent", "--reset-mail"), 1, "structure"),
        (("--role", "agent", "--reset-mail", "--structure", "no"), 1, "n’existe pas"),
        (("--role", "moderator", "--reset-mail", "--password-stdin"), 2, "pas les deux"),
        (("--role", "moderator"), 2, "--password-stdin"),
        (("--role", "moderator", "--password-stdin"), 1, "password"),
    ],
)
def test_an_account_is_refused(ready: Run, words: tuple[str, ...], code: int, told: str) -> None:
    result = ready("user", "add", "ana@exemple.fr", "--name", "Ana", *words, input="court\n")
    assert (result.exit_code, told in said(result)) == (code, True), result.output
    with reading() as session:
        assert not session.scalars(select(PersonRow)).all()


def test_a_check_repairs_when_asked(ready: Run) -> None:
    ready("demo")
    assert ready("check").exit_code == 0
    with unit_of_work() as session:
        for row in session.scalars(select(StructureCountRow)):
            row.published += 1
    broken = ready("check")
    assert (broken.exit_code, "✗ Comptes par structure" in said(broken)) == (1, True)
    repaired = ready("check", "--repair")
    assert (repaired.exit_code, "réparé Comptes" in said(repaired)) == (0, True)
    assert ready("check").exit_code == 0


def test_a_database_never_made_says_what_to_do(run: Run) -> None:
    result = run("check")
    assert (result.exit_code, "spplus migrate" in said(result)) == (1, True)


@pytest.mark.parametrize("command", ["migrate", "demo", "check", "run"])
def test_a_wrong_setting_is_named_in_one_line(
    run: Run, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", "mysql://localhost/x")
    result = run(command)
    assert result.exit_code == 2
    assert said(result).startswith("Réglage DATABASE_URL")
    assert len(result.output.strip().splitlines()) == 1


def test_an_unforeseen_error_is_one_line_without_its_words(
    ready: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_given: object, **_more: object) -> None:
        raise KeyError("jeanne@exemple.fr")

    monkeypatch.setattr(integrity, "check", fail)
    result = ready("check")
    assert (result.exit_code, "jeanne" in said(result)) == (1, False)
    assert said(result).startswith("Erreur imprévue (KeyError, cli/__init__.py:")
    assert len(said(result).splitlines()) == 1


def test_run_gives_its_exit_code(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[dict[str, object]] = []

    def serve(**options: object) -> int:
        asked.append(options)
        return 1

    monkeypatch.setattr(supervisor, "run", serve)
    assert run("run", "--port", "3999").exit_code == 1
    assert asked[0]["port"] == 3999


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("import", "structures"), "Il manque file."),
        (("run", "--port", "zéro"), "Valeur refusée pour --port."),
        (("check", "--nope"), "Option inconnue : --nope."),
        (("nope",), "Commande ou argument inconnu."),
        (("import", "structures", "a", "b"), "Commande ou argument inconnu."),
        (("--nope",), "Option inconnue : --nope."),
    ],
)
def test_wrong_usage_is_told_in_french(run: Run, words: tuple[str, ...], told: str) -> None:
    result = run(*words)
    assert (result.exit_code, said(result).startswith(told)) == (2, True), result.output


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("import",),
        ("user",),
        ("run",),
        ("import", "structures"),
        ("user", "add"),
        ("backup",),
        ("restore",),
    ],
)
def test_help_is_in_french(run: Run, words: tuple[str, ...]) -> None:
    result = run(*words, "--help")
    assert result.exit_code == 0
    assert "Affiche cette aide." in said(result)
    assert "Show this" not in said(result)


def test_the_figures_are_counted_on_demand(ready: Run) -> None:
    first = ready("figures")
    assert first.exit_code == 0
    assert "Rien à compter pour le moment" in said(first)
    assert ready("demo").exit_code == 0
    second = said(ready("figures"))
    assert "Chiffres calculés le" in second
    assert "Expériences publiées :" in second and "Mesuré sur" in second


REVISE = ("--family", "Plus simple", "--from", "2027-05-01", "--source", "Une page du programme")


def test_a_commitment_is_revised_and_its_history_kept(ready: Run) -> None:
    before = said(ready("commitment", "list"))
    assert "8, version 1, Plus simple : formulation inconnue" in before
    done = ready("commitment", "revise", "8", *REVISE, "--wording", "Des gestes simples")
    assert (done.exit_code, said(done)) == (0, "Engagement 8 : version 2 ajoutée.\n")
    after = said(ready("commitment", "list"))
    assert "au 30 avril 2027" in after
    assert "8, version 2, Plus simple : Des gestes simples (du 1er mai 2027)" in after


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (REVISE, 1, "Donnez la formulation"),
        ((*REVISE, "--family", "Plus grand", "--wording", "x"), 2, "Famille inconnue"),
        ((*REVISE, "--from", "2020-01-01", "--wording", "x"), 1, "le même jour ou plus tard"),
    ],
)
def test_a_wrong_revision_is_refused_in_one_line(
    ready: Run, words: tuple[str, ...], code: int, told: str
) -> None:
    done = ready("commitment", "revise", "8", *words)
    assert done.exit_code == code
    assert told in said(done)
