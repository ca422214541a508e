"""A site served by the real server, in a folder and on a port of its own."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

ROOT = Path(__file__).parents[2]
SITE = Path(__file__).parent / "site"
UP_WITHIN = 60.0


@dataclass(frozen=True)
class Served:
    """Where the site answers, its folder, and the file of its log lines."""

    url: str
    folder: Path
    log: Path

    def lines(self) -> str:
        """All that was logged so far."""
        return self.log.read_text("utf-8", errors="replace")


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serve(
    folder: Path, database_url: str, *, app: str = "small.small:app", **settings: str
) -> Iterator[Served]:
    """Serve the small site (or the real one) from ``folder`` until the end of the block."""
    if app.startswith("small."):
        shutil.copytree(SITE, folder, dirs_exist_ok=True)
    else:
        shutil.copy(ROOT / "rxconfig.py", folder)
    port = free_port()
    url = f"http://localhost:{port}"
    log = folder / "log"
    command = [sys.executable, "-m", "granian", "--interface", "asgi", "--factory"]
    command += ["--host", "127.0.0.1", "--port", str(port), "--workers", "1", "--no-access-log"]
    command += ["--log-level", "error", app]
    environment = {
        **{k: v for k, v in os.environ.items() if not k.startswith(("REFLEX", "PYTEST"))},
        "PUBLIC_URL": url,
        "DATABASE_URL": database_url,
        "SPPLUS_VAR": str(folder / "var"),
        "PYTHONPATH": str(ROOT),
        "REFLEX_ENV_MODE": "prod",
        "__REFLEX_SKIP_COMPILE": "true",
        "REFLEX_SOCKET_MAX_HTTP_BUFFER_SIZE": "65536",
        "REFLEX_CHECK_LATEST_VERSION": "false",
        **settings,
    }
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=out, stderr=out, stdin=subprocess.DEVNULL
        )
    try:
        _wait(process, url, log)
        yield Served(url, folder, log)
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    deadline = time.monotonic() + UP_WITHIN
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise AssertionError(f"the site died: {log.read_text()[-2000:]}")
        try:
            httpx.get(f"{url}/ping", timeout=0.5, trust_env=False)
        except httpx.TransportError:
            time.sleep(0.05)  # a condition with a bound, not a guess
        else:
            return
    raise AssertionError(f"the site is not up: {log.read_text()[-2000:]}")
