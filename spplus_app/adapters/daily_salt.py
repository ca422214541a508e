"""A salt that changes each day and is forgotten: yesterday's hashes can be made by nobody.

It stands in a file of the data folder, so that the processes of a machine share it, and in no
backup. Each machine has its own.
"""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from ..domain.backups import DAILY_SALT


@lru_cache(maxsize=2)
def of_day(folder: Path, day: str) -> str:
    """Return the salt of a day (``2026-11-25``), made by whoever asks first; others are deleted.

    Where nothing can be written (a full disk) each process has its own: counts are then apart.
    """
    made = secrets.token_urlsafe(32)
    path = folder / f"{DAILY_SALT}{day}"
    with suppress(OSError):
        if not path.exists():
            _write(path, made)
        _forget(folder, path)
        return path.read_text().strip() or made
    return made


def _write(path: Path, made: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.parent / f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}"
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w") as handle:
            handle.write(made)
        # A hard link either makes the name or fails: two first requests agree on one salt.
        with suppress(FileExistsError):
            os.link(temporary, path)
    finally:
        temporary.unlink()


def _forget(folder: Path, kept: Path) -> None:
    for old in folder.glob(f"{DAILY_SALT}*"):
        if old.name < kept.name:
            old.unlink(missing_ok=True)
