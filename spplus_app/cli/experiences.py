"""Commands that fill the site with experiences: of the official export, or made for benchmarks."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..settings import settings
from .screen import REFUSED, experience_summary, progress_bars


def import_experiences(
    file: Annotated[Path, typer.Argument(help="Export officiel (CSV, « ; »), compressé ou non.")],
    everything: Annotated[bool, typer.Option("--all", help="Liste toutes les lignes.")] = False,
) -> None:
    """Importe des expériences publiées ; les mêmes une seconde fois ne changent rien."""
    from ..adapters.csv_files import read_loose
    from ..domain.experience_import import read
    from ..domain.fixes import Fix
    from ..domain.roles import NOBODY
    from ..persistence import unit_of_work
    from ..services import clock, experience_import

    settings()
    with progress_bars() as progress:
        table = read_loose(file)
        found = read(
            table.headings,
            progress.track(table.rows, description="Lecture"),
            today=clock.now().date(),
            decoded=Fix.CP1252 if table.encoding == "cp1252" else None,
        )
        saving = progress.add_task("Enregistrement", total=len(found.records))
        with unit_of_work() as session:
            report = experience_import.run(
                session,
                NOBODY,
                found,
                told=lambda done: progress.update(saving, completed=done),
            )
        progress.update(saving, completed=len(found.records))
    experience_summary(report, everything=everything)
    if report.refused:
        raise typer.Exit(REFUSED)
