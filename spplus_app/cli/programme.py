"""Commands about the programme: its figures, its commitments."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from ..settings import settings
from .screen import USAGE, Command, Group, out, stop

commitment = typer.Typer(cls=Group, help="Gère les engagements.", no_args_is_help=True)


def figures() -> None:
    """Calcule les chiffres que le site montre, et les affiche."""
    from ..persistence import reading, unit_of_work
    from ..services import figures as service

    settings()
    with reading() as session:
        found = service.measure(session)
    with unit_of_work() as session:
        service.keep(session, found)
        view = service.shown(session)
    screen = out()
    screen.print(view.nothing or f"Chiffres calculés le {view.computed}.", markup=False)
    for figure in view.figures:
        screen.print(f"{figure.label} : {figure.value}. {figure.note}", markup=False)


@commitment.command("list", cls=Command)
def commitment_list() -> None:
    """Montre toutes les versions des engagements."""
    from ..domain.dates import french_day
    from ..persistence import commitments, reading

    settings()
    screen = out()
    with reading() as session:
        for one in commitments.every(session):
            until = f" au {french_day(one.valid_until)}" if one.valid_until else ""
            words = one.wording or f"formulation inconnue, sujet : {one.subject}"
            line = f"{one.number}, version {one.version}, {one.family} : {words}"
            screen.print(f"{line} (du {french_day(one.valid_from)}{until})", markup=False)
            screen.print(f"    Source : {one.source}", markup=False)


@commitment.command("revise", cls=Command)
def commitment_revise(
    number: Annotated[int, typer.Argument(help="Numéro de l’engagement.")],
    family: Annotated[str, typer.Option(help="« Plus proche », « Plus efficace »…")],
    start: Annotated[
        datetime, typer.Option("--from", formats=["%Y-%m-%d"], help="Premier jour de validité.")
    ],
    source: Annotated[str, typer.Option(help="D’où vient cette formulation.")],
    wording: Annotated[str, typer.Option(help="La formulation, à la lettre.")] = "",
    subject: Annotated[str, typer.Option(help="Sans formulation, le sujet avec son article.")] = "",
) -> None:
    """Ajoute une version à un engagement ; les précédentes sont gardées."""
    from ..domain.commitments import Family, Revision
    from ..persistence import unit_of_work
    from ..services import commitments as service

    if family not in set(Family):
        raise stop(f"Famille inconnue : {family}. Choisissez {', '.join(Family)}.", USAGE)
    settings()
    revision = Revision(number, Family(family), wording, subject, start.date(), source)
    with unit_of_work() as session:
        made = service.revise(session, revision)
    out().print(f"Engagement {made.number} : version {made.version} ajoutée.", markup=False)
