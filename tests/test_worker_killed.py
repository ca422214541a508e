"""A real worker process: killed at the worst moment, asked to stop, badly set."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

from aiosmtpd.controller import Controller
from sqlalchemy import Engine

from spplus_app.domain.jobs import SCHEDULED
from spplus_app.worker import is_dead, own_name
from tests.worker_tools import Received, confirmations, counts, free_port, recipients, until

ROOT = Path(__file__).parent.parent


def launch(url: str, var: Path, *arguments: str, **settings: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "DATABASE_URL": url, "SPPLUS_VAR": str(var), **settings}
    return subprocess.Popen(
        [sys.executable, "-m", "spplus_app.worker", *arguments],
        cwd=ROOT,
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
    )


def end(process: subprocess.Popen[str]) -> tuple[int, str]:
    _, errors = process.communicate(timeout=60)
    return process.returncode, errors


def test_kill_9_in_the_middle_of_thirty_mails(
    engine: Engine, database_url: str, tmp_path: Path
) -> None:
    addresses = confirmations(engine, 30)
    folder = tmp_path / "mail"
    for written in (1, 5, 12, 20, 27):
        process = launch(database_url, tmp_path)
        until(lambda enough=written: len(list(folder.glob("*.eml"))) >= enough)  # type: ignore[misc]
        process.kill()
        assert end(process)[0] == -signal.SIGKILL
    process = launch(database_url, tmp_path)
    # Sooner than the end of the claims: the next worker knows that the killed one is dead.
    until(lambda: counts(engine)["done"] == 30 + len(SCHEDULED))
    process.terminate()
    code, errors = end(process)
    assert code == 0, errors
    assert recipients(folder) == Counter(addresses)
    assert counts(engine)["failed"] == 0
    assert {path.suffix for path in folder.iterdir()} == {".eml"}
    assert not [line for line in errors.splitlines() if "exemple.fr" in line]


def test_kill_9_with_a_server_repeats_at_most_the_mail_in_hand(
    engine: Engine, database_url: str, tmp_path: Path
) -> None:
    confirmations(engine, 12)
    received = Received()
    controller = Controller(received, hostname="127.0.0.1", port=free_port())
    controller.start()
    kills = 3
    try:
        smtp = f"smtp://127.0.0.1:{controller.port}"
        for taken in range(1, kills + 1):
            process = launch(database_url, tmp_path, SMTP_URL=smtp)
            until(lambda enough=taken * 3: len(received.ids) >= enough)  # type: ignore[misc]
            process.kill()
            end(process)
        code, errors = end(launch(database_url, tmp_path, "--once", SMTP_URL=smtp))
        assert code == 0, errors
    finally:
        controller.stop()
    assert len(set(received.ids)) == 12
    assert max(Counter(received.ids).values()) <= 1 + kills
    assert len(received.ids) <= 12 + kills


def test_once_does_what_is_due_and_ends(engine: Engine, database_url: str, tmp_path: Path) -> None:
    addresses = confirmations(engine, 2)
    code, errors = end(launch(database_url, tmp_path, "--once"))
    assert code == 0, errors
    assert recipients(tmp_path / "mail") == Counter(addresses)


def test_sigterm_stops_an_idle_worker(database_url: str, engine: Engine, tmp_path: Path) -> None:
    process = launch(database_url, tmp_path)
    until(lambda: counts(engine)["done"] == 2)
    process.terminate()
    assert end(process)[0] == 0


def test_a_wrong_setting_or_an_empty_database_is_one_line(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'empty.sqlite3'}"
    code, errors = end(launch(url, tmp_path, "--once", SMTP_URL="ftp://nowhere"))
    assert (code, len(errors.splitlines())) == (2, 1)
    assert "SMTP_URL" in errors
    code, errors = end(launch(url, tmp_path, "--once"))
    assert (code, len(errors.splitlines())) == (1, 1)
    assert "base de données" in errors


def test_a_worker_knows_the_dead_from_the_living() -> None:
    mine = own_name()
    assert not is_dead(mine)
    host, pid, started, rest = mine.split(":")
    assert is_dead(f"{host}:{pid}:{int(started) - 1}:{rest}")
    assert not is_dead(f"elsewhere/1:{pid}:1:{rest}")
    for unknown in ("", "w", "a:b:c:d", f"{host}:x:1:z", f"{host}:{pid}"):
        assert not is_dead(unknown)
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    stat = Path(f"/proc/{child.pid}/stat").read_text().rpartition(")")[2].split()
    name = f"{host}:{child.pid}:{stat[19]}:z"
    assert not is_dead(name)
    child.kill()
    # Dead, and not yet buried by whoever started it.
    until(lambda: is_dead(name))
    child.communicate()
    assert is_dead(name)
