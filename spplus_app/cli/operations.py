"""``spplus backup`` and ``spplus restore``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..settings import settings
from .screen import out, progress_bars, steps

if TYPE_CHECKING:
    from ..services.backup import Made

_NOT_KEY = (
    "La clé secrète n’y est pas\u202f: gardez-la à part ({where}). Sans elle, aucun message ne "
    "pourra redonner un ancien lien."
)
_KEY = "La clé secrète y est\u202f: qui a ce fichier peut fabriquer les liens privés."
_VERIFIED = {
    "whole": "✓ Restaurée à blanc et vérifiée\u202f: la sauvegarde est bonne.",
    "listed": (
        "Archive lisible, mais pas restaurée à blanc\u202f: ce compte PostgreSQL ne peut pas créer "
        "de base (ALTER ROLE … CREATEDB). La sauvegarde n’est pas entièrement vérifiée."
    ),
    "no": "Non vérifiée, comme demandé (--no-verify).",
}


def backup(
    destination: Annotated[
        Path, typer.Argument(metavar="DEST", help="Dossier, ou nom du fichier .tar à écrire.")
    ],
    with_key: Annotated[
        bool, typer.Option("--with-key", help="Met aussi la clé secrète dans l’archive.")
    ] = False,
    no_verify: Annotated[
        bool, typer.Option("--no-verify", help="Ne restaure pas l’archive à blanc.")
    ] = False,
) -> None:
    """Sauvegarde la base et les fichiers, site en marche, et vérifie en restaurant à blanc."""
    from ..services import backup as backups

    settings()
    with progress_bars() as progress:
        made = backups.make(
            destination, with_key=with_key, verify=not no_verify, progress=steps(progress)
        )
    _tell(made)


def _tell(made: Made) -> None:
    screen = out()
    size = f"{made.size / 1_000_000:.1f}".replace(".", ",")
    screen.print(
        f"Sauvegarde écrite\u00a0: {made.path} ({size} Mo, {made.rows} lignes, "
        f"{made.files} fichiers).",
        markup=False,
    )
    where = settings().var_dir / "secret_key"
    key = _NOT_KEY.format(where=where if where.is_file() else "SECRET_KEY")
    screen.print(_KEY if made.with_key else key, markup=False)
    screen.print(_VERIFIED[made.verified], markup=False)


def restore(
    file: Annotated[Path, typer.Argument(metavar="FICHIER", help="Archive de « spplus backup ».")],
    replace: Annotated[
        bool, typer.Option("--replace", help="Met de côté la base en place si elle n’est pas vide.")
    ] = False,
    other_key: Annotated[
        bool, typer.Option("--other-key", help="Accepte une archive faite avec une autre clé.")
    ] = False,
) -> None:
    """Remet en place une sauvegarde, site arrêté ; ce qui était là est mis de côté."""
    from ..services import restore as restores

    settings()
    with progress_bars() as progress:
        done = restores.put_back(
            file, replace=replace, other_key=other_key, progress=steps(progress)
        )
    screen = out()
    screen.print(
        f"Sauvegarde du {done.made_at} remise en place et vérifiée\u00a0: {done.rows} lignes, "
        f"{done.files} fichiers.",
        markup=False,
    )
    if done.aside:
        screen.print(f"Mis de côté\u00a0: {', '.join(done.aside)}.", markup=False)
    if done.key_restored:
        screen.print("La clé secrète de l’archive est celle du site.", markup=False)
    if done.to_migrate:
        screen.print("Son schéma est plus ancien\u202f: lancez «\u00a0spplus migrate\u00a0».")
