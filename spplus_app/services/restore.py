"""Putting a backup back: prepared and proved aside, then switched in by renames.

What was there is moved aside under a dated name, never deleted.
"""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import ExitStack, closing
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import psycopg
from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError

from ..adapters import archive, places
from ..domain.backups import (
    ASIDE,
    FILES,
    KEY,
    BackupRefused,
    Manifest,
    dated,
    judge_schema,
)
from ..persistence import databases, schema, snapshots, switch
from ..persistence.engine import engine as house_engine
from ..settings import settings
from . import backup, clock, proof
from .proof import Progress


@dataclass(frozen=True, slots=True)
class Restored:
    """A backup that was put back; ``aside`` says where what it replaced is, if there was any."""

    made_at: str
    rows: int
    files: int
    aside: tuple[str, ...]
    to_migrate: bool
    key_restored: bool


@dataclass(frozen=True, slots=True)
class _Wishes:
    replace: bool
    other_key: bool


def put_back(
    source: Path, *, replace: bool = False, other_key: bool = False, progress: Progress
) -> Restored:
    """Put the archive ``source`` in the place of the database and of the files of this site.

    Raises `BackupRefused`; nothing has then changed.
    """
    var_dir, wishes = settings().var_dir.absolute(), _Wishes(replace, other_key)
    with places.nobody_running(var_dir):
        engine = house_engine()
        try:
            return _put_back(source.absolute(), var_dir, engine, wishes, progress)
        finally:
            engine.dispose()


def _put_back(
    source: Path, var_dir: Path, engine: Engine, wishes: _Wishes, progress: Progress
) -> Restored:
    manifest = archive.manifest_of(source)
    to_migrate = judge_schema(manifest, schema.known())
    if manifest.database != engine.dialect.name:
        raise BackupRefused(
            f"Cette sauvegarde vient d’une base {manifest.database}, ce site se sert de "
            f"{engine.dialect.name}."
        )
    empty = _is_empty(engine)
    if not empty and not wishes.replace:
        raise BackupRefused(
            "La base n’est pas vide. Avec --replace, elle est mise de côté, puis remplacée."
        )
    with places.staging(var_dir) as folder:
        manifest = proof.unpacked(source, folder / "new", progress)
        brings_key = _judged_key(manifest, folder / "new" / KEY, wishes, empty=empty)
        stamp = _free_stamp(var_dir, engine)
        moves = _file_moves(source, var_dir, folder / "new", stamp, engine)
        if brings_key:
            aside = var_dir / ASIDE / stamp / KEY
            moves.append(switch.Move(str(var_dir / KEY), str(aside), str(folder / "new" / KEY)))
        progress("Vérification", 0, 1)
        switching = _switch_sqlite if manifest.database == "sqlite" else _switch_postgresql
        aside_names = switching(engine, var_dir, folder, manifest, moves, stamp)
        progress("Vérification", 1, 1)
    files = sum(name.startswith(FILES) for name in manifest.members)
    rows = sum(manifest.counts.values())
    return Restored(manifest.made_at, rows, files, aside_names, to_migrate, brings_key)


def _free_stamp(var_dir: Path, engine: Engine) -> str:
    """Return the date under which things go aside; two restorations never share one."""
    database = backup.database_file(engine)
    roots = {var_dir, database.parent if database is not None else var_dir}
    for number in count(1):
        stamp = dated(clock.now()) + (f"-{number}" if number > 1 else "")
        taken = any((root / ASIDE / stamp).exists() for root in roots)
        if database is None:
            taken = taken or databases.exists(engine, _database_aside(engine, stamp))
        if not taken:
            return stamp
    raise AssertionError("numbers do not end")


def _database_aside(engine: Engine, stamp: str) -> str:
    return f"{str(engine.url.database)[:30]}_before_{stamp}"


def _is_empty(engine: Engine) -> bool:
    database = backup.database_file(engine)
    if database is not None and not database.is_file():
        return True
    try:
        with engine.connect() as connection:
            return snapshots.is_empty(connection)
    except DatabaseError as error:
        if database is None:
            raise
        # Unreadable: that may be why a backup is put back. It is somebody's all the same.
        return isinstance(error.orig, sqlite3.OperationalError) and not database.stat().st_size
    finally:
        engine.dispose()


def _judged_key(manifest: Manifest, given: Path, wishes: _Wishes, *, empty: bool) -> bool:
    """Return whether the key of the archive becomes the site's; refuse a key that is another."""
    if proof.key_print() == manifest.key_print:
        if manifest.seal != proof.seal_of(manifest):
            raise BackupRefused("L’inventaire de cette archive a été modifié après coup.")
        return False
    key = given.read_text("utf-8", "replace").strip() if given.is_file() else ""
    kept = settings().var_dir / KEY
    from_environment = not kept.is_file() or kept.read_text().strip() != settings().secret_key
    if key and not from_environment and (empty or wishes.other_key):
        if proof.key_print(key) != manifest.key_print or len(key) < 32:
            raise BackupRefused("La clé secrète de cette archive n’est pas la sienne.")
        if manifest.seal != proof.seal_of(manifest, key):
            raise BackupRefused("L’inventaire de cette archive a été modifié après coup.")
        return True
    if wishes.other_key:
        return False
    raise BackupRefused(
        "Cette sauvegarde a été faite avec une autre clé secrète. Remettez la sienne (SECRET_KEY, "
        "ou var/secret_key), puis recommencez. Avec --other-key, la restauration se fait quand "
        "même : les liens déjà envoyés s’ouvriront, aucun message ne pourra les redonner."
    )


def _file_moves(
    source: Path, var_dir: Path, new: Path, stamp: str, engine: Engine
) -> list[switch.Move]:
    """What stands at the top of the data folder, and what takes its place."""
    database = backup.database_file(engine)
    top = new / FILES
    archived = {path.name for path in top.iterdir()} if top.is_dir() else set()
    for name in archived:
        if backup.belongs_to_database(name, var_dir, database):
            raise BackupRefused("L’archive contient un fichier à la place de la base.")
    there = {name.split("/")[0] for name, _ in backup.files_of(var_dir, database)}
    if source.is_relative_to(var_dir):
        there.discard(source.relative_to(var_dir).parts[0])
    return [
        switch.Move(
            str(var_dir / name),
            str(var_dir / ASIDE / stamp / name),
            str(top / name) if name in archived else "",
        )
        for name in sorted(archived | there)
    ]


def _switch_sqlite(
    engine: Engine,
    var_dir: Path,
    folder: Path,
    manifest: Manifest,
    moves: list[switch.Move],
    stamp: str,
) -> tuple[str, ...]:
    place = backup.database_file(engine)
    assert place is not None
    staged = folder / "new" / manifest.database_member
    proof.prove_sqlite(staged, manifest)
    with ExitStack() as stack:
        near = folder
        if place.parent != var_dir:
            # A rename is one instant only within a file system.
            near = stack.enter_context(places.staging(place.parent))
            staged = Path(shutil.move(staged, near / "database"))
            places.sync(staged)
        aside = place.parent / ASIDE / stamp / place.name
        companions = [f"{place}{tail}" for tail in backup.COMPANIONS]
        _alone_on(place)
        own = [
            switch.Move(one, str(aside.parent / Path(one).name))
            for one in companions
            if Path(one).exists()
        ]
        own.append(switch.Move(str(place), str(aside), str(staged)))
        for one in {folder, near}:
            places.keep(one)
        plan = switch.Plan((*own, *moves), (str(folder), str(near)))
        switch.carry_out(var_dir, plan, engine)
    return _asides(plan)


def _alone_on(place: Path) -> None:
    """Refuse while another program has the database open; fold its companions into it."""
    if not place.is_file():
        return
    try:
        with closing(sqlite3.connect(place, timeout=1, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode=DELETE").fetchall()
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise BackupRefused(
                "Un autre programme se sert de la base : arrêtez-le avant de restaurer."
            ) from None
    except sqlite3.DatabaseError:
        return  # unreadable: it goes aside as it is, its companions too


def _switch_postgresql(
    engine: Engine,
    var_dir: Path,
    folder: Path,
    manifest: Manifest,
    moves: list[switch.Move],
    stamp: str,
) -> tuple[str, ...]:
    if not databases.may_create(engine):
        raise BackupRefused(
            "Pour restaurer, le compte PostgreSQL doit pouvoir créer une base "
            "(ALTER ROLE … CREATEDB) : elle est vérifiée avant de prendre la place de l’autre."
        )
    dump = folder / "new" / manifest.database_member
    with proof.restored_postgresql(engine, dump, manifest) as name:
        if (open_now := databases.others(engine)) > 0:
            raise BackupRefused(
                f"{open_now} connexions à la base restent : arrêtez le site avant de restaurer."
            )
        aside = _database_aside(engine, stamp)
        places.keep(folder)
        plan = switch.Plan(tuple(moves), (str(folder),), name, aside)
        try:
            switch.carry_out(var_dir, plan, engine)
        except psycopg.Error as error:
            shutil.rmtree(folder, ignore_errors=True)
            raise BackupRefused(f"PostgreSQL refuse : {type(error).__name__}.") from None
    return (f"base {aside}", *_asides(plan))


def _asides(plan: switch.Plan) -> tuple[str, ...]:
    """The folders where what was replaced now is."""
    found = {Path(move.aside).parent for move in plan.moves if Path(move.aside).exists()}
    return tuple(sorted(map(str, found)))
