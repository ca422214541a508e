"""A real PostgreSQL that the tests start themselves, in a folder of their own.

PostgreSQL refuses to run as root: as root, the cluster runs as the user ``postgres``.
"""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import psycopg
from sqlalchemy import Engine

_ENV = "SPPLUS_TEST_POSTGRES"
_folder: Path | None = None


def _binaries() -> Path | None:
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    candidates = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)
    return candidates[0].parent if candidates else None


def _run(*command: str) -> None:
    if os.geteuid() == 0:
        command = ("runuser", "-u", "postgres", "--", *command)
    subprocess.run(command, check=True, capture_output=True, cwd="/")


def prepare() -> None:
    """Start the cluster and publish its address to this process and its children."""
    global _folder
    if os.environ.get(_ENV):
        return
    binaries = _binaries()
    if binaries is None:
        raise SystemExit("PostgreSQL is missing: install the Debian package « postgresql ».")
    folder = Path(tempfile.mkdtemp(prefix="spplus-pg-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    data = folder / "data"
    _run(
        str(binaries / "initdb"),
        "-D",
        str(data),
        "-U",
        "postgres",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--locale=C.UTF-8",
        "--no-sync",
    )
    options = (
        f"-k {folder} -c listen_addresses= -c fsync=off -c full_page_writes=off "
        "-c max_connections=200"
    )
    _run(
        str(binaries / "pg_ctl"),
        "-D",
        str(data),
        "-o",
        options,
        "-l",
        str(folder / "log"),
        "-w",
        "start",
    )
    _folder = folder
    os.environ[_ENV] = str(folder)
    atexit.register(stop)


def stop() -> None:
    """Stop the cluster this process started, and remove it."""
    global _folder
    if _folder is None:
        return
    folder, _folder = _folder, None
    os.environ.pop(_ENV, None)
    binaries = _binaries()
    assert binaries is not None
    _run(str(binaries / "pg_ctl"), "-D", str(folder / "data"), "-m", "immediate", "stop")
    shutil.rmtree(folder, ignore_errors=True)


def url(database: str) -> str:
    """The address of a database of the cluster."""
    return f"postgresql+psycopg://postgres@/{database}?host={os.environ[_ENV]}"


def _execute(statement: str) -> None:
    with psycopg.connect(
        f"host={os.environ[_ENV]} user=postgres dbname=postgres", autocommit=True
    ) as connection:
        connection.execute(statement)  # type: ignore[call-overload]


@cache
def _template(migrate: Callable[[Engine], None]) -> str:
    from spplus_app.persistence.engine import make_engine

    name = f"template_{uuid.uuid4().hex}"
    _execute(f"CREATE DATABASE {name}")
    engine = make_engine(url(name))
    migrate(engine)
    engine.dispose()
    return name


@contextmanager
def fresh_database(migrate: Callable[[Engine], None]) -> Iterator[str]:
    """An empty migrated database, copied from a template, dropped afterwards."""
    name = f"test_{uuid.uuid4().hex}"
    _execute(f"CREATE DATABASE {name} TEMPLATE {_template(migrate)}")
    try:
        yield url(name)
    finally:
        _execute(f"DROP DATABASE {name} WITH (FORCE)")
