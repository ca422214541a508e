"""The client programs of PostgreSQL: `pg_dump` and `pg_restore`.

A password goes through the environment of the program, never through its arguments, which every
account of the machine may read.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from psycopg.conninfo import make_conninfo

from ..domain.backups import BackupRefused

_CHUNK = 1024 * 1024
Parameters = Mapping[str, Any]
"""Where a database is, in the words of libpq."""


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise BackupRefused(
            f"Il manque le programme {name} : installez les outils clients de PostgreSQL "
            "(sous Debian ou Ubuntu, « apt install postgresql-client »)."
        )
    return found


def _target(parameters: Parameters, **more: str) -> tuple[str, dict[str, str]]:
    told = {name: str(value) for name, value in parameters.items() if name != "password"}
    password = parameters.get("password")
    secret = {"PGPASSWORD": str(password)} if password else {}
    return make_conninfo(**{**told, **more}), {**os.environ, **secret, "LC_ALL": "C"}


def dump(parameters: Parameters, snapshot: str, target: Path, told: Callable[[int], None]) -> None:
    """Write the whole database, as ``snapshot`` sees it, into ``target`` (custom format)."""
    where, environment = _target(parameters)
    command = [_program("pg_dump"), "--format=custom", "--no-owner", "--no-privileges"]
    command += [f"--snapshot={snapshot}", "--no-password", f"--dbname={where}"]
    # Through a pipe: the program ends by itself when we are killed.
    with (
        subprocess.Popen(  # noqa: S603 - our own arguments
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as process,
        target.open("xb") as handle,
    ):
        assert process.stdout is not None and process.stderr is not None
        done = 0
        while block := process.stdout.read(_CHUNK):
            handle.write(block)
            done += len(block)
            told(done)
        why = process.stderr.read()
    _judge("pg_dump", process.returncode, why)


def restore(parameters: Parameters, database: str, source: Path) -> None:
    """Put a dump back into ``database``, which is empty: wholly, or not at all."""
    where, environment = _target(parameters, dbname=database)
    command = [_program("pg_restore"), "--no-owner", "--no-privileges", "--single-transaction"]
    command += ["--exit-on-error", "--no-password", f"--dbname={where}", str(source)]
    done = subprocess.run(command, env=environment, capture_output=True, check=False)  # noqa: S603
    _judge("pg_restore", done.returncode, done.stderr)


def contents(source: Path) -> int:
    """Return how many things a dump lists; raise `BackupRefused` when it is unreadable."""
    command = [_program("pg_restore"), "--list", str(source)]
    done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603
    _judge("pg_restore", done.returncode, done.stderr)
    return sum(not line.startswith(b";") for line in done.stdout.splitlines())


def _judge(name: str, code: int, why: bytes) -> None:
    if code != 0:
        lines = why.decode(errors="replace").strip().splitlines() or [f"code {code}"]
        first = "".join(char if char.isprintable() else "·" for char in lines[0])[:200]
        raise BackupRefused(f"{name} a échoué : {first}")
