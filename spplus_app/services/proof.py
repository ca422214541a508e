"""A backup is good once it has been put back somewhere: the same way for `backup` and `restore`."""

from __future__ import annotations

import math
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import psycopg
from sqlalchemy import Engine

from ..adapters import archive, postgres_tools
from ..domain.backups import BackupRefused, Manifest
from ..persistence import databases, snapshots
from ..persistence.engine import make_engine
from . import clock, tokens

Progress = Callable[[str, int, int], None]
"""Told at each step: its name, how far it is, how far it goes (in megabytes)."""
MEGA = 1_000_000
_A_DAY = timedelta(days=1)
_PRINT, _SEAL = "backup-key", "backup-seal"


def key_print(key: str = "") -> str:
    """Return what tells a secret key (this site's own) from another, and no more."""
    return tokens.keyed_hash(_PRINT, "", key)[:16]


def sealed(manifest: Manifest) -> Manifest:
    """Return the manifest with this site's seal."""
    return manifest.model_copy(update={"seal": seal_of(manifest)})


def seal_of(manifest: Manifest, key: str = "") -> str:
    """Return the seal that a manifest must bear under a key, this site's own."""
    return tokens.keyed_hash(_SEAL, manifest.unsealed(), key)


def megabytes(size: float) -> int:
    """Return a size in megabytes, rounded up: what has begun is seen, what is done is whole."""
    return math.ceil(size / MEGA)


def metered(progress: Progress, step: str, total: int) -> Callable[[int], None]:
    """Return a callback told how many bytes were just done, for a step of ``total`` bytes."""
    done = 0

    def told(more: int) -> None:
        nonlocal done
        done += more
        progress(step, megabytes(min(done, total)), megabytes(max(1, total)))

    return told


def unpacked(source: Path, folder: Path, progress: Progress) -> Manifest:
    """Unpack an archive below ``folder``, every size and hash checked; return its manifest."""
    told = metered(progress, "Lecture de l’archive (Mo)", source.stat().st_size)
    return archive.unpack(source, folder, told)


def prove_sqlite(path: Path, manifest: Manifest) -> None:
    """Raise `BackupRefused` unless this file is whole and holds what the manifest says.

    Leaves one file, without companions: it may then be renamed.
    """
    engine = make_engine(f"sqlite:///{path}")
    try:
        _judge(engine, manifest)
        with engine.connect() as connection:
            connection.connection.driver_connection.execute(  # type: ignore[union-attr]
                "PRAGMA journal_mode=DELETE"
            ).close()
    finally:
        engine.dispose()


@contextmanager
def restored_postgresql(engine: Engine, source: Path, manifest: Manifest) -> Iterator[str]:
    """A new database, proved, that holds what is in a dump; dropped unless renamed meanwhile."""
    name = f"{databases.PROOF}{clock.now():%Y%m%d%H%M%S}_{secrets.token_hex(4)}"
    try:
        # What a kill left behind; one of today may be another backup's, in hand.
        databases.sweep(engine, f"{clock.now() - _A_DAY:%Y%m%d%H%M%S}")
        url = databases.create(engine, name)
        postgres_tools.restore(databases.parameters(engine), name, source)
        made = make_engine(url)
        try:
            _judge(made, manifest)
        finally:
            made.dispose()
        yield name
    except psycopg.Error as error:
        why = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise BackupRefused(f"PostgreSQL refuse : {why}") from None
    finally:
        databases.drop(engine, name)


def _judge(engine: Engine, manifest: Manifest) -> None:
    wrong = snapshots.prove(engine, snapshots.Facts(manifest.revision, manifest.counts))
    if wrong:
        told = " ; ".join(wrong[:5])
        raise BackupRefused(f"La base restaurée n’est pas celle qui était sauvegardée : {told}.")
