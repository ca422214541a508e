"""The command line: ``spplus``.

Exit codes: 0 done, 1 refused or incomplete, 2 wrong usage or wrong setting. Each command imports
what it needs when it runs: one that is broken leaves the others usable.
"""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from ..settings import settings
from . import experiences, operations, programme, structures
from .screen import (
    REFUSED,
    USAGE,
    App,
    Command,
    Group,
    out,
    progress_bars,
    steps,
    stop,
)

app = App(
    name="spplus",
    cls=Group,
    help="Services Publics + : servir le site, charger des données, vérifier leur intégrité.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
importing = typer.Typer(cls=Group, help="Importe un fichier.", no_args_is_help=True)
user = typer.Typer(cls=Group, help="Gère les comptes.", no_args_is_help=True)
app.add_typer(importing, name="import")
app.add_typer(user, name="user")
app.add_typer(programme.commitment, name="commitment")
app.command("figures", cls=Command)(programme.figures)
app.command(cls=Command)(operations.backup)
app.command(cls=Command)(operations.restore)


@app.command(cls=Command)
def run(
    host: Annotated[str, typer.Option(help="Adresse d’écoute.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port d’écoute.", min=1, max=65535)] = 3000,
) -> None:
    """Sert le site et traite les tâches ; Ctrl-C arrête tout."""
    from .. import supervisor

    url = settings().public_url
    raise typer.Exit(supervisor.run(host=host, port=port, url=url))


@app.command(cls=Command)
def migrate() -> None:
    """Met la base de données au schéma de cette version."""
    from ..persistence import schema, unit_of_work
    from ..persistence.engine import engine
    from ..services import experience_index
    from ..services.documents import index as document_index

    settings()

    def revision() -> str:
        with engine().connect() as connection:
            return schema.revision(connection)

    before = revision()
    schema.upgrade()
    after = revision()
    told = "déjà à jour" if before == after else "mise à jour"
    out().print(f"Base de données {told} (version {after}).")
    with progress_bars() as progress, unit_of_work() as session:
        indexing = progress.add_task("Recherche", total=None)
        added = experience_index.fill(session, lambda n: progress.update(indexing, completed=n))
        documents = document_index.fill(session)
    if added or documents:
        told = f"{added} expériences et {documents} documents ajoutés"
        out().print(f"Index de recherche\u00a0: {told}.")


@app.command(cls=Command)
def demo() -> None:
    """Charge la démonstration ; une seconde fois ne change rien."""
    from ..demo import load

    with progress_bars() as progress:
        report = load.load(progress=steps(progress))
    out().print(report.words)


importing.command("structures", cls=Command)(structures.import_structures)
importing.command("town-halls", cls=Command)(structures.import_town_halls)
importing.command("france-services", cls=Command)(structures.import_france_services)
importing.command("experiences", cls=Command)(experiences.import_experiences)
app.command("generate", cls=Command)(experiences.generate)
app.command("erase", cls=Command)(experiences.erase)


@user.command("add", cls=Command)
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
    from ..domain.roles import ROLE_NAMES, Grant, Role
    from ..persistence import unit_of_work
    from ..services import identity, password_reset
    from ..services.structures import find

    if role not in set(Role):
        raise stop(f"Rôle inconnu : {role}. Choisissez {', '.join(Role)}.", USAGE)
    if password_stdin and reset_mail:
        raise stop("--password-stdin ou --reset-mail : pas les deux.", USAGE)
    settings()
    password = _password(password_stdin, reset_mail)
    with unit_of_work() as session:
        place = find(session, structure) if structure else None
        grant = Grant(Role(role), place.id, place.path) if place else Grant(Role(role))
        identity.add_person(session, None, email, name, password, [grant])
        if reset_mail:
            password_reset.ask_reset(session, email)
    where = f", {place.label}" if place else ""
    out().print(f"Compte ajouté : {email} ({ROLE_NAMES[Role(role)]}{where}).", markup=False)


def _password(from_stdin: bool, reset_mail: bool) -> str | None:
    if reset_mail:
        return None
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise stop(
            "Pas de terminal pour taper le mot de passe : --password-stdin ou --reset-mail.", USAGE
        )
    typed: str = typer.prompt("Mot de passe (15 caractères au moins)", hide_input=True)
    if typer.prompt("Encore une fois", hide_input=True) != typed:
        raise stop("Les deux mots de passe sont différents : aucun compte ajouté.", REFUSED)
    return typed


@app.command(cls=Command)
def check(
    repair: Annotated[bool, typer.Option("--repair", help="Reconstruit ce qui diffère.")] = False,
) -> None:
    """Vérifie l’intégrité des données et des comptes tenus à jour."""
    from ..persistence import reading, unit_of_work
    from ..services import integrity

    settings()
    with progress_bars() as progress, unit_of_work() if repair else reading() as session:
        findings = integrity.check(session, repair=repair, progress=steps(progress))
    screen = out()
    for finding in findings:
        mark = "✓" if not finding.wrong else ("réparé" if finding.repaired else "✗")
        screen.print(f"{mark} {finding.words}", markup=False)
        for example in finding.examples:
            screen.print(f"    {example}", markup=False)
    if any(finding.wrong and not finding.repaired for finding in findings):
        raise typer.Exit(REFUSED)
