"""Structures from the files of the administration: `spplus import …`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from .screen import REFUSED, details_summary, progress_bars, summary

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from ..domain.imports import Reading
    from ..domain.structures import StructureRecord
    from ..services.structure_details import DetailsReport
    from ..services.structure_import import ImportReport

F = TypeVar("F")
R = TypeVar("R")
BYTES_MAX = 100_000_000
_File = Annotated[Path, typer.Argument(help="Fichier CSV (« ; », UTF-8), compressé ou non.")]
_Everything = Annotated[bool, typer.Option("--all", help="Liste toutes les lignes.")]
_ManyClosings = Annotated[
    bool, typer.Option("--close-many", help="Accepte de fermer beaucoup de structures.")
]


def import_structures(
    file: _File, everything: _Everything = False, many_closings: _ManyClosings = False
) -> None:
    """Importe le référentiel des structures ; une structure absente est fermée, pas supprimée."""
    from ..domain.roles import NOBODY
    from ..domain.structure_import import read
    from ..services import structure_import

    def save(session: Session, found: Reading[StructureRecord]) -> ImportReport:
        return structure_import.run(session, NOBODY, found, many_closings=many_closings)

    report = _through(file, read, save)
    summary(report, everything=everything)
    if report.refused:
        raise typer.Exit(REFUSED)


def import_town_halls(
    file: _File, everything: _Everything = False, many_closings: _ManyClosings = False
) -> None:
    """Importe les mairies et leurs horaires ; aucune ne rejoint le programme par ce fichier."""
    from ..domain.roles import NOBODY
    from ..domain.structures import Origin
    from ..domain.town_halls import TownHalls, read
    from ..services import structure_details, structure_import

    origin = Origin.TOWN_HALLS

    def save(session: Session, found: TownHalls) -> tuple[ImportReport, DetailsReport]:
        report = structure_import.run(session, NOBODY, found, origin, many_closings=many_closings)
        # A code of another origin was refused: its details are not ours to write.
        ours = {code: found.details[code] for code in found.records}
        return report, structure_details.by_code(session, NOBODY, ours, origin.value)

    report, details = _through(file, read, save)
    summary(report, everything=everything)
    details_summary(details, [], everything=everything)
    if report.refused:
        raise typer.Exit(REFUSED)


def _through(
    file: Path,
    read: Callable[[list[str], Iterable[Sequence[str]]], F],
    save: Callable[[Session, F], R],
) -> R:
    """Read a table and store it, in one unit of work, with bars to look at."""
    from ..adapters.csv_files import read_table
    from ..persistence import unit_of_work
    from ..settings import settings

    settings()
    with progress_bars() as progress:
        table = read_table(file)
        found = read(table.headings, progress.track(table.rows, description="Lecture"))
        saving = progress.add_task("Enregistrement", total=1)
        with unit_of_work() as session:
            report = save(session, found)
        progress.update(saving, completed=1)
    return report


def import_france_services(
    file: Annotated[Path, typer.Argument(help="Carte GeoJSON des France services.")],
    everything: _Everything = False,
) -> None:
    """Complète les France services du référentiel : position, téléphone, horaires."""
    from ..domain.france_services import read
    from ..domain.imports import BrokenFile
    from ..domain.roles import NOBODY
    from ..persistence import unit_of_work
    from ..services import structure_details
    from ..settings import settings

    settings()
    try:
        content = file.read_bytes() if file.stat().st_size <= BYTES_MAX else b""
        found = read(json.loads(content))
    except OSError as error:
        raise BrokenFile(f"Le fichier {file} ne peut pas être lu ({error.strerror}).") from None
    except (ValueError, RecursionError):
        raise BrokenFile("Ce fichier n’est pas du JSON, ou il dépasse 100 Mo.") from None
    with unit_of_work() as session:
        report: DetailsReport = structure_details.of_france_services(session, NOBODY, found.details)
    details_summary(report, found.refused, everything=everything)
    if found.refused:
        raise typer.Exit(REFUSED)
