"""Backing up while the site writes: the database at one instant, the files, the proof.

The database is frozen before the files are read: a file that it names was written before it,
hence is there, unless it was deleted meanwhile.
"""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path, PurePosixPath

from sqlalchemy import Engine

from ..adapters import places, postgres_tools
from ..adapters.archive import ArchiveWriter
from ..domain.backups import FILES, KEY, BackupRefused, Manifest, archive_name, left_out, safe
from ..persistence import databases, snapshots
from ..persistence.engine import engine as house_engine
from ..settings import settings
from . import clock, proof
from .proof import MEGA, Progress

COMPANIONS = ("-wal", "-shm", "-journal")
"""What SQLite may keep beside a database."""
_PAGE = 4096
"""Bytes of a page of SQLite, unless somebody chose otherwise: for the progress only."""
_IN_MEMORY = 8 * 1024 * 1024
_SPARE = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was made; ``verified`` is ``whole``, ``listed`` or ``no``."""

    path: Path
    size: int
    files: int
    rows: int
    with_key: bool
    verified: str


def make(
    destination: Path, *, with_key: bool = False, verify: bool = True, progress: Progress
) -> Made:
    """Back the site up in ``destination``, a folder or the name of a ``.tar`` to make.

    Raises `BackupRefused`; nothing then bears the name of a backup.
    """
    target = _target(destination)
    engine = house_engine()
    with places.staging(target.parent) as folder:
        _room(folder, engine)
        part = folder / "archive"
        manifest = _write(part, folder, engine, with_key=with_key, progress=progress)
        verified = _verified(part, folder, engine, progress) if verify else "no"
        size = part.stat().st_size
        _publish(part, target)
    files = sum(name.startswith(FILES) for name in manifest.members)
    rows = sum(manifest.counts.values())
    return Made(target, size, files, rows, with_key, verified)


def _target(destination: Path) -> Path:
    name = archive_name(clock.now())
    target = destination if destination.suffix == ".tar" else destination / name
    if target.exists():
        raise BackupRefused(f"{target} existe déjà : rien n’a été écrit.")
    return target.absolute()


def _publish(part: Path, target: Path) -> None:
    try:
        os.link(part, target)  # unlike a rename, never takes the place of another file
    except FileExistsError:
        raise BackupRefused(f"{target} existe déjà : rien n’a été écrit.") from None
    except OSError:  # a file system without links
        part.rename(target)
    places.sync(target.parent)


def database_file(engine: Engine) -> Path | None:
    """Return the file of an SQLite database, ``None`` for PostgreSQL."""
    if engine.dialect.name != "sqlite":
        return None
    return Path(str(engine.url.database)).absolute()


def _room(folder: Path, engine: Engine) -> None:
    """Refuse at once what the disk could not hold: the copy, the archive, the copy restored."""
    database = database_file(engine)
    if database is None:
        return
    if not database.is_file():
        raise BackupRefused("Il n’y a pas de base de données : lancez « spplus migrate ».")
    needed = 2 * database.stat().st_size + _SPARE
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise BackupRefused(
            f"Il manque de la place dans {folder.parent} : {needed // MEGA} Mo nécessaires, "
            f"{free // MEGA} Mo libres."
        )


def _write(
    part: Path, folder: Path, engine: Engine, *, with_key: bool, progress: Progress
) -> Manifest:
    writer = ArchiveWriter(part)
    copy = folder / "database"
    found = _copied_database(engine, copy, progress)
    told = proof.metered(progress, "Écriture de l’archive (Mo)", copy.stat().st_size)
    manifest = Manifest(
        version=metadata.version("spplus"),
        made_at=clock.now().isoformat(timespec="seconds"),
        database="sqlite" if engine.dialect.name == "sqlite" else "postgresql",
        revision=found.revision,
        key_print=proof.key_print(),
        counts=dict(found.counts),
        members={},
    )
    with copy.open("rb") as handle:
        writer.add(manifest.database_member, handle, copy.stat().st_size, told)
    copy.unlink()  # the proof needs the room
    var_dir, backups = settings().var_dir.absolute(), folder.parent
    for name, path in files_of(var_dir, database_file(engine)):
        # A folder of backups inside the data folder is no data.
        inside = var_dir in backups.parents and backups in path.parents
        if not inside:
            _add_file(writer, FILES + name, path)
    if with_key:
        _add_key(writer)
    manifest = proof.sealed(manifest.model_copy(update={"members": writer.members}))
    writer.finish(manifest)
    return manifest


def _copied_database(engine: Engine, copy: Path, progress: Progress) -> snapshots.Facts:
    step = "Copie de la base (Mo)"
    with snapshots.frozen(engine) as connection:
        found = snapshots.facts(connection)
        if engine.dialect.name == "sqlite":

            def told(done: int, whole: int) -> None:
                progress(step, proof.megabytes(done * 4096), proof.megabytes(whole * 4096))

            snapshots.copy_sqlite(connection, copy, told)
        else:
            snapshot = snapshots.exported(connection)
            postgres_tools.dump(
                databases.parameters(engine),
                snapshot,
                copy,
                lambda done: progress(step, proof.megabytes(done), proof.megabytes(done)),
            )
    return found


def _add_file(writer: ArchiveWriter, name: str, path: Path) -> None:
    """Add a file as it is now: it may grow or go while it is read."""
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as taken, suppress(FileNotFoundError):
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
        with os.fdopen(descriptor, "rb") as handle:
            shutil.copyfileobj(handle, taken)
        size = taken.tell()
        taken.seek(0)
        writer.add(name, taken, size)


def _add_key(writer: ArchiveWriter) -> None:
    with tempfile.SpooledTemporaryFile() as taken:
        taken.write(settings().secret_key.encode())
        size = taken.tell()
        taken.seek(0)
        writer.add(KEY, taken, size)


def belongs_to_database(relative: str, var_dir: Path, database: Path | None) -> bool:
    """Whether a path of the data folder is the database's, its companions' or its own folder's."""
    if database is None or not database.is_relative_to(var_dir):
        return False
    first, *rest = database.relative_to(var_dir).parts
    if rest:
        return PurePosixPath(relative).parts[0] == first
    return relative in {f"{first}{tail}" for tail in ("", *COMPANIONS)}


def files_of(var_dir: Path, database: Path | None) -> Iterator[tuple[str, Path]]:
    """The files of the data folder that a backup holds: their name from there, and their path.

    Neither links nor anything but plain files: a link would bring in what is not ours.
    """
    var_dir = var_dir.absolute()
    for folder, inner, names in os.walk(var_dir):
        inner.sort()
        for name in sorted(names):
            path = Path(folder) / name
            relative = path.relative_to(var_dir).as_posix()
            if left_out(PurePosixPath(relative)) or not safe(relative):
                continue
            if belongs_to_database(relative, var_dir, database):
                continue
            with suppress(FileNotFoundError):
                if stat.S_ISREG(path.lstat().st_mode):
                    yield relative, path


def _verified(part: Path, folder: Path, engine: Engine, progress: Progress) -> str:
    """Put the archive back beside, and prove it; return how far the proof went."""
    place = folder / "restored"
    manifest = proof.unpacked(part, place, progress)
    database = place / manifest.database_member
    progress("Vérification", 0, 1)
    verified = "whole"
    if manifest.database == "sqlite":
        proof.prove_sqlite(database, manifest)
    elif databases.may_create(engine):
        with proof.restored_postgresql(engine, database, manifest):
            pass
    else:
        postgres_tools.contents(database)
        verified = "listed"
    progress("Vérification", 1, 1)
    return verified
