"""The connection log: nothing unless asked for; then one file a day, apart, without a secret."""

from __future__ import annotations

import json
import stat
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path, PurePosixPath

import httpx
import pytest
from sqlalchemy.orm import Session
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from spplus_app.adapters import connections
from spplus_app.adapters.logs import JsonLines
from spplus_app.api.connections import ConnectionLog
from spplus_app.domain.backups import left_out
from spplus_app.services import clock, housekeeping, register
from spplus_app.settings import SettingsError, read, settings

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
TOKEN = "A" * 43


@pytest.fixture
def var(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    monkeypatch.setenv("SPPLUS_VAR", str(tmp_path))
    settings.cache_clear()
    yield tmp_path
    settings.cache_clear()


def _on(monkeypatch: pytest.MonkeyPatch, days: str = "30") -> None:
    monkeypatch.setenv("CONNECTION_LOG_DAYS", days)
    monkeypatch.setenv("TRUSTED_PROXIES", "192.0.2.0/24")
    settings.cache_clear()


async def _ask(*paths: str) -> None:
    async def inner(scope: Scope, receive: Receive, send: Send) -> None:
        await PlainTextResponse("", 410)(scope, receive, send)

    transport = httpx.ASGITransport(ConnectionLog(inner), client=("192.0.2.1", 5000))
    headers = {"x-forwarded-for": "203.0.113.77"}
    async with httpx.AsyncClient(transport=transport, base_url="http://x", headers=headers) as one:
        for path in paths:
            assert (await one.get(path)).status_code == 410


async def test_nothing_is_written_unless_asked_for(var: Path) -> None:
    await _ask("/")
    assert not (var / "connections").exists()


async def test_a_line_says_when_what_and_from_where(
    var: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _on(monkeypatch)
    with clock.at(NOW):
        await _ask("/experiences?q=mon+nom", f"/suivi/{TOKEN}", "/a%0Ab%20c")
    path = var / "connections" / "2026-11-25.log"
    assert path.read_text().splitlines() == [
        "2026-11-25T09:00:00+00:00 GET /experiences 410 203.0.113.77",
        "2026-11-25T09:00:00+00:00 GET /suivi/? 410 203.0.113.77",
        "2026-11-25T09:00:00+00:00 GET /a?b?c 410 203.0.113.77",
    ]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


async def test_a_full_disk_does_not_close_the_site(
    var: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    _on(monkeypatch)
    (var / "connections").write_text("a file where the folder should be")
    await _ask("/")
    (record,) = [one for one in caplog.records if one.message == "connection not written"]
    line = JsonLines().format(record)
    assert json.loads(line)["error"] == "FileExistsError"
    assert "203.0.113.77" not in line


def test_the_days_that_are_over_are_deleted(
    var: Path, monkeypatch: pytest.MonkeyPatch, session: Session
) -> None:
    for day in (24, 25):
        at = datetime(2026, 10, day, 9, tzinfo=UTC)
        connections.append(var, at, method="GET", path="/", status=200, address="203.0.113.77")
    (var / "connections" / "notes.txt").write_text("not ours")
    _on(monkeypatch, "31")
    with clock.at(NOW):
        assert housekeeping.forget_connections(session) == {"connections": 1}
        kept = {one.code: one for one in register.shown(session)}["connections"].kept[0]
        assert kept.words == "Activé\u00a0: 31\u00a0jours"
    names = {path.name for path in (var / "connections").iterdir()}
    assert names == {"2026-10-25.log", "notes.txt"}
    monkeypatch.setenv("CONNECTION_LOG_DAYS", "0")
    settings.cache_clear()
    assert housekeeping.forget_connections(session) == {"connections": 1}
    assert connections.remove_before(var, date(2030, 1, 1)) == 0


def test_it_is_in_no_backup() -> None:
    for name in ("2026-11-25.log", "notes.txt"):
        assert left_out(PurePosixPath("connections") / name)


@pytest.mark.parametrize("days", ["-1", "367", "x"])
def test_a_wrong_duration_stops_the_start(monkeypatch: pytest.MonkeyPatch, days: str) -> None:
    monkeypatch.setenv("CONNECTION_LOG_DAYS", days)
    with pytest.raises(SettingsError, match="CONNECTION_LOG_DAYS"):
        read()
