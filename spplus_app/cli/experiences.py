"""Commands on experiences: brought from the official export, made for benchmarks, erased."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..settings import settings
from .screen import REFUSED, USAGE, experience_summary, out, progress_bars, steps, stop


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


def generate(
    count: Annotated[
        int, typer.Option("--experiences", min=0, max=5_000_000, help="Combien en ajouter.")
    ] = 0,
    replies: Annotated[
        float, typer.Option(min=0, max=1, help="Part de celles qui reçoivent une réponse.")
    ] = 0.75,
    seed: Annotated[int, typer.Option(help="Le même nombre donne les mêmes textes.")] = 1,
    remove: Annotated[bool, typer.Option("--remove", help="Retire celles de la base.")] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Même à côté de vraies expériences.")
    ] = False,
) -> None:
    """Invente des expériences pour mesurer le site ; --remove les retire toutes."""
    from ..demo.generate import run
    from ..demo.generate.run import Wanted

    settings()
    if not count and not remove:
        raise stop("Dites combien d’expériences inventer\u00a0: --experiences 10000.", USAGE)
    with progress_bars() as progress:
        if remove:
            gone = run.remove(progress=steps(progress))
        if count:
            wanted = Wanted(count, replies, seed, force, processes=1 if count > run.BATCH else 0)
            added = run.generate(wanted, progress=steps(progress))
    if remove:
        out().print(f"{gone} expériences inventées retirées.")
    if count:
        out().print(f"{added} expériences inventées ajoutées\u00a0: elles ne disent rien de vrai.")


def erase(
    numbers: Annotated[list[int], typer.Argument(help="Numéros des expériences.")],
    keep: Annotated[
        bool, typer.Option("--keep", help="Garde le texte, sans rien de son auteur.")
    ] = False,
) -> None:
    """Efface des expériences et tout ce qui concerne leurs auteurs ; sans retour en arrière."""
    from ..domain.roles import NOBODY
    from ..persistence import experiences, unit_of_work
    from ..services.erasure import Choice
    from ..services.erasure import erase as erase_one

    settings()
    choice = Choice.KEEP if keep else Choice.REMOVE
    with unit_of_work() as session:
        for number in numbers:
            row = experiences.locked(session, number)
            if row is None:
                raise stop(f"L’expérience {number} n’existe pas\u00a0: rien n’est effacé.", REFUSED)
            erase_one(session, NOBODY, row, choice)
    many = len(numbers) > 1
    out().print(f"{len(numbers)} expérience{'s' if many else ''} effacée{'s' if many else ''}.")
