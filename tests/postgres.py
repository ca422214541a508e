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
    folder = Path(tempfile.mkdtemp(prefix="spplus-pg-"))
    _start(folder, "-c fsync=off -c full_page_writes=off -c max_connections=200")
    _folder = folder
    os.environ[_ENV] = str(folder)
    atexit.register(stop)


def _start(folder: Path, options: str) -> None:
    binaries, data = _binaries(), str(folder / "data")
    if binaries is None:
        raise SystemExit("PostgreSQL is missing: install the Debian package « postgresql ».")
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    form = ("-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
    _run(str(binaries / "initdb"), "-D", data, *form)
    options = f"-k {folder} -c listen_addresses= {options}"
    how = ("-o", options, "-l", str(folder / "log"), "-w")
    _run(str(binaries / "pg_ctl"), "-D", data, *how, "start")


def stop() -> None:
    """Stop the cluster this process started, and remove it."""
    global _folder
    if _folder is not None:
        folder, _folder = _folder, None
        os.environ.pop(_ENV, None)
        _stop(folder)


def _stop(folder: Path) -> None:
    binaries = _binaries()
    assert binaries is not None
    _run(str(binaries / "pg_ctl"), "-D", str(folder / "data"), "-m", "immediate", "stop")
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def as_installed(parent: str | None = None) -> Iterator[Callable[[str], str]]:
    """A cluster apart with PostgreSQL's own settings, `fsync` included, for what is measured.

    Gives what makes a database in it, and returns its address.
    """
    folder = Path(tempfile.mkdtemp(prefix="spplus-pg-", dir=parent))
    _start(folder, "")

    def made(name: str) -> str:
        with psycopg.connect(f"host={folder} user=postgres", autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")  # type: ignore[call-overload]
        return f"postgresql+psycopg://postgres@/{name}?host={folder}"

    try:
        yield made
    finally:
        _stop(folder)


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
