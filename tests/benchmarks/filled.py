"""Databases filled by the command line, as an operator would, and how long each step took."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Engine, text

from spplus_app.persistence.engine import make_engine
from tests import postgres

ROOT = Path(__file__).parents[2]
KINDS = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
ALL_SIZES = (10_000, 100_000, 1_000_000)


def sizes() -> tuple[int, ...]:
    """How many experiences each database holds: SPPLUS_BENCH_SIZES, « 10000,100000 »."""
    asked = os.environ.get("SPPLUS_BENCH_SIZES", "")
    return tuple(int(size) for size in asked.split(",") if size) or ALL_SIZES


@dataclass(frozen=True, slots=True)
class Making:
    """Seconds to import the referential and to generate; on the wall, and of all processors."""

    imported: float
    imported_cpu: float
    generated: float
    generated_cpu: float
    count: int

    @property
    def rate(self) -> float:
        """Experiences generated a second."""
        return self.count / self.generated


@dataclass(frozen=True, slots=True)
class Filled:
    """A database to measure."""

    count: int
    url: str
    engine: Engine
    making: Making

    @property
    def kind(self) -> str:
        """The kind of database."""
        return self.engine.dialect.name

    @property
    def name(self) -> str:
        """How many experiences it holds, in words."""
        return f"{self.count:,}".replace(",", " ")

    @property
    def path(self) -> Path:
        """The file of a SQLite database."""
        return Path(self.engine.url.database or "")

    def size(self) -> float:
        """What the database takes on disk, in MB."""
        if self.kind == "sqlite":
            return self.path.stat().st_size / 1e6
        with self.engine.connect() as connection:
            query = text("SELECT pg_database_size(current_database())")
            return float(connection.scalar(query) or 0) / 1e6


@contextmanager
def filled(kind: str, count: int, referential: Path) -> Iterator[Filled]:
    """A database of this kind with the referential and ``count`` experiences; gone afterwards.

    In the folder SPPLUS_BENCH_DIR when it is set, where SQLite databases stay and serve again.
    """
    with ExitStack() as stack:
        kept = os.environ.get("SPPLUS_BENCH_DIR", "")
        folder = Path(kept or stack.enter_context(TemporaryDirectory(prefix="spplus-bench-")))
        if kind == "sqlite":
            url = f"sqlite:///{folder / f'{count}.sqlite3'}"
        else:
            url = stack.enter_context(postgres.as_installed(kept or None))(f"bench_{count}")
        making = _made(folder, url, count, referential)
        engine = make_engine(url)
        stack.callback(engine.dispose)
        if kind == "postgresql":
            _settle(engine)
        yield Filled(count, url, engine, making)


def _made(folder: Path, url: str, count: int, referential: Path) -> Making:
    note = folder / f"{count}.json"
    if url.startswith("sqlite") and note.exists():
        return Making(**json.loads(note.read_text()))
    _command(folder, url, "migrate")
    imported = _command(folder, url, "import", "structures", str(referential))
    generated = _command(folder, url, "generate", "--experiences", str(count))
    making = Making(*imported, *generated, count)
    if url.startswith("sqlite"):
        note.write_text(json.dumps(asdict(making)))
    return making


def _command(folder: Path, url: str, *arguments: str) -> tuple[float, float]:
    """Run a command of the site; return the seconds it took, on the wall and of processors."""
    environment = {**os.environ, "SPPLUS_VAR": str(folder / "var"), "DATABASE_URL": url}
    wall, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [sys.executable, "-m", "spplus_app.cli", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.perf_counter() - wall, used


def _settle(engine: Engine) -> None:
    """Do at once what autovacuum does within minutes of so many insertions."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))
