"""The connection log of an operator whose law asks for one: a file a day, apart, restricted.

Below ``connections/`` in the data folder; in no backup (`domain.backups`) and no other log.
"""

from __future__ import annotations

import os
import re
from datetime import date, datetime
from pathlib import Path

from ..domain.backups import CONNECTIONS

_NAME = re.compile(r"(\d{4}-\d\d-\d\d)\.log")


def append(
    var_dir: Path, at: datetime, *, method: str, path: str, status: int, address: str
) -> None:
    """Write one line in the file of the day; raises `OSError` where the disk refuses.

    ``path`` bears no query and no secret; both it and ``method`` lose what could end the line.
    """
    folder = var_dir / CONNECTIONS
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    words = (at.isoformat(timespec="seconds"), method, path, str(status), address or "-")
    line = " ".join(re.sub(r"[^\x21-\x7e]", "?", word)[:500] for word in words)
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW
    descriptor = os.open(folder / f"{at.date().isoformat()}.log", flags, 0o600)
    try:
        os.write(descriptor, f"{line}\n".encode())
    finally:
        os.close(descriptor)


def remove_before(var_dir: Path, first: date | None) -> int:
    """Delete the days before ``first``, all of them without one; return how many files."""
    removed = 0
    for path in sorted((var_dir / CONNECTIONS).glob("*.log")):
        found = _NAME.fullmatch(path.name)
        if found and (first is None or date.fromisoformat(found[1]) < first):
            path.unlink(missing_ok=True)
            removed += 1
    return removed
