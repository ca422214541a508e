"""Places on the disk: one to prepare in, swept after a kill, and the sign that a site runs."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ..domain.backups import STAGING, BackupRefused

RUN_LOCK = "run.lock"
_KEPT = "kept"


@contextmanager
def staging(parent: Path) -> Iterator[Path]:
    """A folder (0700) below ``parent`` to prepare something in, removed at the end.

    What a killed process left behind is removed first: nobody holds its lock any more. A folder
    that is kept (`keep`) is removed by who ends the work.
    """
    parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _sweep(parent)
    folder, descriptor = _locked(parent)
    try:
        yield folder
    finally:
        os.close(descriptor)
        if not (folder / _KEPT).exists():
            shutil.rmtree(folder, ignore_errors=True)


def keep(folder: Path) -> None:
    """Leave a `staging` folder where it is, whatever happens: somebody else will end the work."""
    (folder / _KEPT).touch()


def _locked(parent: Path) -> tuple[Path, int]:
    """Make a folder and lock it: another process may sweep it in between, then we begin again."""
    while True:
        folder = Path(tempfile.mkdtemp(prefix=STAGING, dir=parent))
        with suppress(FileNotFoundError):
            descriptor = os.open(folder, os.O_RDONLY)
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            if folder.exists():
                return folder, descriptor
            os.close(descriptor)


def _sweep(parent: Path) -> None:
    for folder in parent.glob(f"{STAGING}*"):
        if (folder / _KEPT).exists():
            continue
        with suppress(OSError):
            descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder, ignore_errors=True)
            finally:
                os.close(descriptor)


def sync(path: Path) -> None:
    """Return once a file, or the names in a folder, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def hold_running(var_dir: Path) -> int:
    """Say that a site runs on this data folder, until the returned descriptor is closed.

    Several may run on one folder. A child that inherits the descriptor says it too, even when
    the one who started it is dead.
    """
    var_dir.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(var_dir / RUN_LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        raise BackupRefused("Une restauration est en cours : attendez sa fin.") from None
    return descriptor


@contextmanager
def nobody_running(var_dir: Path) -> Iterator[None]:
    """Hold the data folder alone; raise `BackupRefused` when a site runs on it."""
    var_dir.mkdir(parents=True, exist_ok=True)
    with (var_dir / RUN_LOCK).open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BackupRefused(
                "Le site tourne : arrêtez « spplus run » avant de restaurer."
            ) from None
        yield
