"""Files of people on the disk: random names, whole or not there, outside anything served.

A name is written in a row of the database before or after its file, never in one gesture: a file
that no row names is swept by a job, once it is old enough for its gesture to be over.
"""

from __future__ import annotations

import os
import re
import secrets
import time
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from . import places

FOLDER = "files"
_NAME = re.compile(r"[0-9a-f]{32}")


def new_name() -> str:
    """Return a name that nobody can guess, 32 hexadecimal digits."""
    return secrets.token_hex(16)


def put(folder: Path, content: bytes) -> str:
    """Write a file (0600) and return its name once it is on the disk."""
    name = new_name()
    target = path_of(folder, name)
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = target.with_suffix(".part")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())
    part.rename(target)
    places.sync(target.parent)
    return name


def path_of(folder: Path, name: str) -> Path:
    """Return where a file of this name stands; raise `ValueError` for what is no such name."""
    if not _NAME.fullmatch(name):
        raise ValueError("a file of the store has a name of 32 hexadecimal digits")
    return folder / name[:2] / name


def get(folder: Path, name: str) -> bytes:
    """Return what a file holds; raise `FileNotFoundError`."""
    return path_of(folder, name).read_bytes()


def append(folder: Path, name: str, at: int, content: bytes) -> None:
    """Write ``content`` at ``at``, and nothing after it; return once it is on the disk.

    What a gesture that was cut short left beyond ``at`` is written over: the row says how much of
    the file counts.
    """
    target = path_of(folder, name)
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "wb") as handle:
        handle.truncate(at)
        handle.seek(at)
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())


def remove(folder: Path, name: str) -> None:
    """Delete a file; there may be none."""
    with suppress(FileNotFoundError):
        path_of(folder, name).unlink()


def sweep(folder: Path, known: Collection[str], older_than: float) -> int:
    """Delete the files that no row names, unless they are younger than so many seconds."""
    removed = 0
    limit = time.time() - older_than
    for path in folder.glob("??/*"):
        if path.stem in known and not path.suffix:
            continue
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < limit:
                path.unlink()
                removed += 1
    return removed
