"""What the command line shows: help, refusals, progress and summaries, in French."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn
from sqlalchemy.exc import DBAPIError
from typer import rich_utils
from typer.core import TyperCommand, TyperGroup

from ..adapters.logs import configure_logging, place_of
from ..domain.errors import DomainError, Invalid
from ..settings import SettingsError

if TYPE_CHECKING:
    from ..domain.imports import RefusedRow, Repair
    from ..services.experience_import import ExperienceReport
    from ..services.structure_details import DetailsReport
    from ..services.structure_import import ImportReport

REFUSED, USAGE = 1, 2
_SHOWN = 20
"""Lines shown of each list of a summary, unless all are asked for."""
_ROWS_SHOWN = 5
_CUT = 60

rich_utils.COMMANDS_PANEL_TITLE = "Commandes"
rich_utils.ABORTED_TEXT = "Interrompu."

_UsageError: type[Exception] = typer.BadParameter.__mro__[1]


def out() -> Console:
    """The screen for results."""
    return Console(highlight=False, soft_wrap=True)


def _errors() -> Console:
    return Console(stderr=True, highlight=False, soft_wrap=True)


def stop(line: str, code: int) -> typer.Exit:
    """Write one line for the person and return the exit to raise."""
    _errors().print(line, style="red", markup=False)
    return typer.Exit(code)


class App(typer.Typer):
    """The command line as a process of its own, which logs as all others do."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Run the command line; tests run its commands without passing here."""
        configure_logging(level=logging.WARNING)
        return super().__call__(*args, **kwargs)


class Command(TyperCommand):
    """A command whose help option speaks French."""

    def get_help_option(self, ctx: Any) -> Any:
        """Return the help option, said in French."""
        return _in_french(super().get_help_option(ctx))


class Group(TyperGroup):
    """Commands whose refusals are one line, and an exit code."""

    def get_help_option(self, ctx: Any) -> Any:
        """Return the help option, said in French."""
        return _in_french(super().get_help_option(ctx))

    def make_context(self, *args: Any, **kwargs: Any) -> Any:
        """Read the arguments of the group itself."""
        with _refusals():
            return super().make_context(*args, **kwargs)

    def invoke(self, ctx: Any) -> Any:
        """Run the command asked for."""
        with _refusals():
            return super().invoke(ctx)


def _in_french(option: Any) -> Any:
    if option is not None:
        option.help = "Affiche cette aide."
    return option


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except SettingsError as error:
        raise stop(str(error), USAGE) from None
    except Invalid as error:
        told = [f"{name} : {text}" for name, text in error.errors.items()]
        raise stop("\n".join(told), REFUSED) from None
    except DomainError as error:
        raise stop(error.message, REFUSED) from None
    except DBAPIError as error:
        why = str(error.orig).strip().splitlines()[0]
        line = f"Base de données inutilisable ({why}). A-t-elle été créée par « spplus migrate » ?"
        raise stop(line, REFUSED) from None
    except _UsageError as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            raise
        raise stop(_usage(error), USAGE) from None
    except (typer.Exit, typer.Abort):
        raise
    except Exception as error:
        # The message of an unforeseen error may hold what a person typed: a cron job mails it.
        where = f"{type(error).__name__}, {place_of(error)}"
        raise stop(f"Erreur imprévue ({where}). Rien n’a été terminé.", REFUSED) from error


def _usage(error: Any) -> str:
    """Say in French what the library found wrong in the arguments."""
    kind = type(error).__name__
    name = str(getattr(error, "option_name", "") or "")
    param = getattr(error, "param", None)
    if param is not None:
        name = str((param.opts or [param.name])[0])
    if kind == "MissingParameter":
        line = f"Il manque {name}."
    elif kind == "NoSuchOption":
        line = f"Option inconnue : {name}."
    elif kind == "BadParameter" and name:
        line = f"Valeur refusée pour {name}."
    else:
        line = "Commande ou argument inconnu."
    path = error.ctx.command_path if error.ctx is not None else "spplus"
    return f"{line} Aide : {path} --help"


@contextmanager
def progress_bars() -> Iterator[Progress]:
    """Bars on the error output, for people only: nothing in a pipe or a log."""
    with Progress(
        SpinnerColumn(finished_text="✓"),
        TextColumn("{task.description}"),
        BarColumn(bar_width=30),
        MofNCompleteColumn(),
        console=_errors(),
        disable=not sys.stderr.isatty(),
    ) as progress:
        yield progress


def steps(progress: Progress) -> Callable[[str, int, int], None]:
    """Return a callback ``(step, done, total)`` that shows each step as a bar."""
    tasks: dict[str, Any] = {}

    def show(step: str, done: int, total: int) -> None:
        if step not in tasks:
            tasks[step] = progress.add_task(step, total=total)
        progress.update(tasks[step], completed=done, total=total)

    return show


def summary(report: ImportReport, *, everything: bool) -> None:
    """Show what an import did, repaired and refused, with the numbers of the rows."""
    shown = None if everything else _SHOWN
    screen = out()
    screen.print(
        f"{report.rows} lignes lues : {report.created} structures ajoutées, "
        f"{report.changed} modifiées, {report.unchanged} inchangées, {report.closed} fermées."
    )
    if report.replaced:
        screen.print(f"{report.replaced} noms prêtés par la démonstration laissent leur place.")
    if not report.did_something:
        screen.print("Rien n’a changé.")
    _list(screen, "réparations", report.repaired, shown)
    _list(screen, "doutes, laissés tels quels", report.doubts, shown)
    _list(screen, "lignes refusées", report.refused, shown)


def details_summary(
    report: DetailsReport, refused: Sequence[RefusedRow], *, everything: bool
) -> None:
    """Show how many structures were told about, and which numbers nobody knows."""
    screen, shown = out(), None if everything else _SHOWN
    screen.print(
        f"{report.told} structures décrites (téléphone, position, horaires), "
        f"dont {report.changed} modifiées."
    )
    if report.unknown:
        listed = ", ".join(report.unknown[:shown])
        screen.print(f"{len(report.unknown)} inconnues du référentiel, laissées : {listed}")
    _list(screen, "lignes refusées", refused, shown)


def experience_summary(report: ExperienceReport, *, everything: bool) -> None:
    """Show what an import of experiences did; repairs are told by kind, for they are many."""
    screen = out()
    screen.print(
        f"{report.rows} lignes lues : {report.created} expériences ajoutées, "
        f"{report.changed} modifiées, {report.unchanged} inchangées."
    )
    if not report.did_something:
        screen.print("Rien n’a changé.")
    if everything:
        _list(screen, "réparations", report.repaired, None)
    else:
        _kinds(screen, "réparations", report.repaired)
    _list(screen, "doutes, laissés tels quels", report.doubts, None if everything else _SHOWN)
    _list(screen, "lignes refusées", report.refused, None if everything else _SHOWN)


def _kinds(screen: Console, title: str, lines: Sequence[Repair]) -> None:
    """Show how many repairs there were of each kind, and the first rows of each."""
    if not lines:
        return
    kinds: dict[str, list[Repair]] = {}
    for line in lines:
        kinds.setdefault(line.reason, []).append(line)
    screen.print(f"\n{len(lines)} {title} (--all les montre une à une) :")
    for reason, some in sorted(kinds.items(), key=lambda kind: -len(kind[1])):
        numbers = list(dict.fromkeys(line.row for line in some))
        shown = ", ".join(map(str, numbers[:_ROWS_SHOWN]))
        more = "…" if len(numbers) > _ROWS_SHOWN else ""
        screen.print(f"  {len(some)} × {reason} (lignes {shown}{more})", markup=False)


def _list(
    screen: Console, title: str, lines: Sequence[Repair | RefusedRow], shown: int | None
) -> None:
    if not lines:
        return
    screen.print(f"\n{len(lines)} {title} :")
    for line in lines[:shown]:
        screen.print(f"  {_line(line)}", markup=False)
    if shown is not None and len(lines) > shown:
        screen.print(f"  … et {len(lines) - shown} autres (--all les montre toutes).")


def _line(line: Repair | RefusedRow) -> str:
    field = getattr(line, "field_name", "")
    if not field:
        return f"ligne {line.row} : {line.reason}"
    before, after = (_short(getattr(line, name)) for name in ("before", "after"))
    if not before and not after:
        return f"ligne {line.row}, {field} : {line.reason}"
    change = f"« {before} »" if before == after else f"« {before} » → « {after} »"
    return f"ligne {line.row}, {field} : {change} ({line.reason})"


def _short(text: str) -> str:
    # A hostile file must not move the cursor of who reads its summary.
    flat = "".join(char if char.isprintable() else "·" for char in " ".join(text.split()))
    return flat if len(flat) <= _CUT else flat[: _CUT - 1] + "…"
