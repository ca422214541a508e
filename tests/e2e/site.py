"""A whole site of its own: data folder, database, web server and job worker, started for real."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import httpx
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from spplus_app.persistence.engine import make_engine, unit_of_work

ROOT = Path(__file__).parents[2]
T = TypeVar("T")


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def build(root: Path = ROOT, **settings: str) -> None:
    """Build the site once, whoever asks first; the others wait for it."""
    subprocess.run(
        [sys.executable, "-m", "scripts.build_frontend"],
        cwd=root,
        env={**os.environ, **settings},
        check=True,
    )


def until(condition: Callable[[], T], seconds: float = 20.0, what: str = "") -> T:
    """Wait until ``condition`` is true, and return what it returned; fail after ``seconds``."""
    limit = time.monotonic() + seconds
    while True:
        found = condition()
        if found:
            return found
        if time.monotonic() > limit:
            raise AssertionError(f"never came: {what or condition}")
        time.sleep(0.02)


class Site:
    """A running site; ``act`` writes in its database as a service would.

    ``root`` is the copy of the project that is served, with these ``settings`` besides.
    """

    def __init__(
        self,
        folder: Path,
        *,
        demo: bool = False,
        database_url: str = "",
        root: Path = ROOT,
        **settings: str,
    ) -> None:
        self.folder, self.root = folder, root
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        self.database_url = database_url or f"sqlite:///{folder / 'spplus.sqlite3'}"
        self.environment = {
            **os.environ,
            "SPPLUS_VAR": str(folder),
            "DATABASE_URL": database_url,
            "PUBLIC_URL": self.url,
            "SPPLUS_DEMO": "1" if demo else "",
            "PYTHONUNBUFFERED": "1",
            **settings,
        }
        self.process: subprocess.Popen[bytes] | None = None
        self.engine: Engine = make_engine(self.database_url)

    def command(self, *arguments: str) -> str:
        """Run the command line of the site, and return what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", "spplus_app.cli", *arguments],
            cwd=self.root,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def start(self) -> None:
        """Serve, and return once the site answers."""
        log = (self.folder / "site.log").open("ab")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "spplus_app.cli", "run", "--port", str(self.port)],
            cwd=self.root,
            env=self.environment,
            stdout=log,
            stderr=log,
        )
        until(self.answers, 40, f"the site on {self.url}: {self.log()[-2000:]}")

    def answers(self) -> bool:
        """Whether the site answers now."""
        if self.process is not None and self.process.poll() is not None:
            raise AssertionError(f"the site stopped: {self.log()[-4000:]}")
        try:
            return httpx.get(f"{self.url}/ping", timeout=2).status_code == 200
        except httpx.HTTPError:
            return False

    def stop(self) -> None:
        """Stop as Ctrl-C does."""
        if self.process is not None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(20)
            self.process = None

    def log(self) -> str:
        """What the site printed."""
        path = self.folder / "site.log"
        return path.read_text(errors="replace") if path.exists() else ""

    def mails(self) -> list[str]:
        """The mails written so far, the oldest first."""
        folder = self.folder / "mail"
        files = sorted(folder.glob("*.eml"), key=lambda path: path.stat().st_mtime)
        return [path.read_text(errors="replace") for path in files]

    def act(self, work: Callable[[Session], T]) -> T:
        """Run ``work`` in one transaction on the site's database."""
        with unit_of_work(self.engine) as session:
            return work(session)


def _make(site: Site, *, demo: bool) -> None:
    site.command("migrate")
    if demo:
        site.command("demo")


def _fill(folder: Path, *, demo: bool) -> None:
    """Give a folder the data of a new site: made once a run, whoever asks first, then copied."""
    own = folder.parent
    shared = own.parent if own.name.startswith("popen-") else own
    made = shared / ("made-demo" if demo else "made-empty")
    with (shared / ".made.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            making = Path(tempfile.mkdtemp(dir=shared))
            site = Site(making, demo=demo)
            _make(site, demo=demo)
            site.engine.dispose()
            making.rename(made)
    shutil.copytree(made, folder, dirs_exist_ok=True)


@contextmanager
def running(
    folder: Path, *, demo: bool = True, database_url: str = "", root: Path = ROOT, **settings: str
) -> Iterator[Site]:
    """Build, migrate, load the demonstration, serve; stop at the end."""
    build(root, **settings)
    if root is ROOT and not database_url:
        _fill(folder, demo=demo)
    site = Site(folder, demo=demo, database_url=database_url, root=root, **settings)
    if root is not ROOT or database_url:
        _make(site, demo=demo)
    site.start()
    try:
        yield site
    finally:
        site.stop()
        site.engine.dispose()
