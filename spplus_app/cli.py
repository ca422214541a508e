"""The command line: ``spplus``.

Exit codes: 0 done, 1 refused or incomplete, 2 wrong usage or wrong setting. Each command imports
what it needs when it runs: one that is broken leaves the others usable.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn
from typer import rich_utils
from typer.core import TyperCommand, TyperGroup

from .domain.errors import DomainError
from .settings import SettingsError, settings

if TYPE_CHECKING:
    from .domain.structure_import import RefusedRow, Repair
    from .services.structure_import import ImportReport

REFUSED, USAGE = 1, 2
ROOT = Path(__file__).resolve().parents[1]
_SHOWN = 20
"""Lines shown of each list of a summary, unless all are asked for."""

rich_utils.COMMANDS_PANEL_TITLE = "Commandes"
rich_utils.ERRORS_PANEL_TITLE = "Erreur"


class _Command(TyperCommand):
    """A command whose help option speaks French."""

    def get_help_option(self, ctx: Any) -> Any:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "Affiche cette aide."
        return option


class _Group(TyperGroup):
    """Commands whose refusals are one line, and an exit code."""

    def get_help_option(self, ctx: Any) -> Any:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "Affiche cette aide."
        return option

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except SettingsError as error:
            raise _stop(str(error), USAGE) from None
        except DomainError as error:
            raise _stop(_sentence(error), REFUSED) from None


app = typer.Typer(
    name="spplus",
    cls=_Group,
    help="Services Publics + : servir le site, charger des données, vérifier leur intégrité.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
importing = typer.Typer(cls=_Group, help="Importe un fichier.", no_args_is_help=True)
user = typer.Typer(cls=_Group, help="Gère les comptes.", no_args_is_help=True)
app.add_typer(importing, name="import")
app.add_typer(user, name="user")


def _out() -> Console:
    return Console(highlight=False, soft_wrap=True)


def _err() -> Console:
    return Console(stderr=True, highlight=False, soft_wrap=True)


def _stop(line: str, code: int) -> typer.Exit:
    _err().print(line, style="red", markup=False)
    return typer.Exit(code)


def _sentence(error: DomainError) -> str:
    errors: dict[str, str] = getattr(error, "errors", {})
    return "\n".join(f"{name} : {text}" for name, text in errors.items()) or error.message


@contextmanager
def _progress() -> Iterator[Progress]:
    with Progress(
        SpinnerColumn(finished_text="✓"),
        TextColumn("{task.description}"),
        BarColumn(bar_width=30),
        MofNCompleteColumn(),
        console=_err(),
        disable=not sys.stderr.isatty(),
    ) as progress:
        yield progress


@app.command(cls=_Command)
def run(
    host: Annotated[str, typer.Option(help="Adresse d’écoute.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port d’écoute.", min=1, max=65535)] = 3000,
) -> None:
    """Sert le site et traite les tâches ; Ctrl-C arrête tout."""
    from . import supervisor

    url = settings().public_url
    raise typer.Exit(supervisor.run(host=host, port=port, url=url))


@app.command(cls=_Command)
def migrate() -> None:
    """Met la base de données au schéma de cette version."""
    from alembic.config import Config
    from alembic.runtime.migration import MigrationContext

    from alembic import command

    from .persistence.engine import engine

    settings()
    config = Config(toml_file=str(ROOT / "pyproject.toml"))

    def revision() -> str:
        with engine().connect() as connection:
            return MigrationContext.configure(connection).get_current_revision() or ""

    before = revision()
    command.upgrade(config, "head")
    after = revision()
    told = "déjà à jour" if before == after else "mise à jour"
    _out().print(f"Base de données {told} (version {after}).")


@app.command(cls=_Command)
def demo() -> None:
    """Charge la démonstration ; une seconde fois ne change rien."""
    from .demo import load

    with _progress() as progress:
        report = load.load(progress=_steps(progress))
    _out().print(report.words)


def _steps(progress: Progress) -> Any:
    """Return a callback ``(step, done, total)`` that shows each step as a bar."""
    tasks: dict[str, Any] = {}

    def show(step: str, done: int, total: int) -> None:
        if step not in tasks:
            tasks[step] = progress.add_task(step, total=total)
        progress.update(tasks[step], completed=done, total=total)

    return show


@importing.command("structures", cls=_Command)
def import_structures(
    file: Annotated[Path, typer.Argument(help="Fichier CSV (« ; », UTF-8), compressé ou non.")],
    everything: Annotated[bool, typer.Option("--all", help="Liste toutes les lignes.")] = False,
    many_closings: Annotated[
        bool, typer.Option("--close-many", help="Accepte de fermer beaucoup de structures.")
    ] = False,
) -> None:
    """Importe le référentiel des structures ; une structure absente est fermée, pas supprimée."""
    from .adapters.structure_files import read_table
    from .domain.roles import NOBODY
    from .domain.structure_import import read
    from .persistence import unit_of_work
    from .services import structure_import

    settings()
    with _progress() as progress:
        table = read_table(file)
        rows: Iterable[Sequence[str]] = progress.track(table.rows, description="Lecture")
        found = read(table.headings, rows)
        saving = progress.add_task("Enregistrement", total=1)
        with unit_of_work() as session:
            report = structure_import.run(session, NOBODY, found, many_closings=many_closings)
        progress.update(saving, completed=1)
    _summary(report, None if everything else _SHOWN)
    if report.refused:
        raise typer.Exit(REFUSED)


def _summary(report: ImportReport, shown: int | None) -> None:
    out = _out()
    out.print(
        f"{report.rows} lignes lues : {report.created} structures ajoutées, "
        f"{report.changed} modifiées, {report.unchanged} inchangées, {report.closed} fermées."
    )
    if not report.did_something:
        out.print("Rien n’a changé.")
    _list(out, "réparations", report.repaired, shown)
    _list(out, "à vérifier, laissées telles quelles", report.doubts, shown)
    _list(out, "lignes refusées", report.refused, shown)


def _list(
    out: Console, title: str, lines: Sequence[Repair | RefusedRow], shown: int | None
) -> None:
    if not lines:
        return
    out.print(f"\n{len(lines)} {title} :")
    for line in lines[:shown]:
        out.print(f"  {_line(line)}", markup=False)
    if shown is not None and len(lines) > shown:
        out.print(f"  … et {len(lines) - shown} autres (--all les montre toutes).")


def _line(line: Repair | RefusedRow) -> str:
    field = getattr(line, "field_name", "")
    if not field:
        return f"ligne {line.row} : {line.reason}"
    before, after = (_short(getattr(line, name)) for name in ("before", "after"))
    change = f"« {before} »" if before == after else f"« {before} » → « {after} »"
    return f"ligne {line.row}, {field} : {change} ({line.reason})"


def _short(text: str) -> str:
    flat = " ".join(text.split())
    flat = "".join(char if char.isprintable() else "·" for char in flat)
    return flat if len(flat) <= 60 else flat[:59] + "…"


@user.command("add", cls=_Command)
def user_add(
    email: Annotated[str, typer.Argument(help="Adresse e-mail, qui sert à se connecter.")],
    name: Annotated[str, typer.Option(help="Nom affiché : prénom et fonction.")],
    role: Annotated[str, typer.Option(help="agent, manager, moderator ou programme.")],
    structure: Annotated[str, typer.Option(help="Code de la structure (agent, manager).")] = "",
    password_stdin: Annotated[
        bool, typer.Option("--password-stdin", help="Lit le mot de passe sur l’entrée standard.")
    ] = False,
    reset_mail: Annotated[
        bool, typer.Option("--reset-mail", help="Envoie un lien pour choisir le mot de passe.")
    ] = False,
) -> None:
    """Ajoute un compte ; le mot de passe est demandé sans être affiché."""
    from .domain.roles import ROLE_NAMES, Grant, Role
    from .persistence import unit_of_work
    from .services import identity, password_reset
    from .services.structures import find

    if role not in set(Role):
        raise _stop(f"Rôle inconnu : {role}. Choisissez {', '.join(Role)}.", USAGE)
    if password_stdin and reset_mail:
        raise _stop("--password-stdin ou --reset-mail : pas les deux.", USAGE)
    settings()
    password = _password(password_stdin, reset_mail)
    with unit_of_work() as session:
        place = find(session, structure) if structure else None
        grant = Grant(Role(role), place.id, place.path) if place else Grant(Role(role))
        identity.add_person(session, None, email, name, password, [grant])
        if reset_mail:
            password_reset.ask_reset(session, email)
    where = f", {place.label}" if place else ""
    _out().print(f"Compte ajouté : {email} ({ROLE_NAMES[Role(role)]}{where}).", markup=False)


def _password(from_stdin: bool, reset_mail: bool) -> str | None:
    if reset_mail:
        return None
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise _stop(
            "Pas de terminal pour taper le mot de passe : --password-stdin ou --reset-mail.", USAGE
        )
    typed: str = typer.prompt("Mot de passe (15 caractères au moins)", hide_input=True)
    if typer.prompt("Encore une fois", hide_input=True) != typed:
        raise _stop("Les deux mots de passe sont différents : aucun compte ajouté.", REFUSED)
    return typed


@app.command(cls=_Command)
def check(
    repair: Annotated[bool, typer.Option("--repair", help="Reconstruit ce qui diffère.")] = False,
) -> None:
    """Vérifie l’intégrité des données et des comptes tenus à jour."""
    from .persistence import reading, unit_of_work
    from .services import integrity

    settings()
    with _progress() as progress, unit_of_work() if repair else reading() as session:
        findings = integrity.check(session, repair=repair, progress=_steps(progress))
    out = _out()
    for finding in findings:
        mark = "✓" if not finding.wrong else ("réparé" if finding.repaired else "✗")
        out.print(f"{mark} {finding.words}", markup=False)
        for example in finding.examples:
            out.print(f"    {example}", markup=False)
    if any(finding.wrong and not finding.repaired for finding in findings):
        raise typer.Exit(REFUSED)
