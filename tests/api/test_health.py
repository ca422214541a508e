"""`/healthz` and `/readyz`: what they say when all is well, and when each thing is not."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from sqlalchemy import text

from spplus_app.api import health as doors
from spplus_app.api.outer import outer_layer
from spplus_app.persistence import unit_of_work
from spplus_app.persistence.engine import engine
from spplus_app.services import clock, health
from spplus_app.settings import settings
from spplus_app.states import reports

GOOD = {"database": "ok", "schema": "ok", "worker": "ok", "disk": "ok", "build": "ok"}


async def _nothing(_scope: object, _receive: object, _send: object) -> None:
    raise AssertionError("health is ours, not Reflex's")


@asynccontextmanager
async def _client(folder: Path) -> AsyncIterator[httpx.AsyncClient]:
    layer = outer_layer(acting_paths=("/",), html_dir=folder)(_nothing)
    transport = httpx.ASGITransport(layer)
    async with httpx.AsyncClient(
        transport=transport, base_url="http://localhost:3000", trust_env=False
    ) as client:
        yield client


@pytest.fixture
async def site(
    house: pytest.MonkeyPatch, tmp_path: Path
) -> AsyncIterator[tuple[httpx.AsyncClient, Path]]:
    """A site that has all it needs, in this process."""
    index = tmp_path / "web" / "build" / "client" / "index.html"
    index.parent.mkdir(parents=True)
    index.touch()
    house.setattr(doors, "get_web_dir", lambda: tmp_path / "web")
    house.setattr(doors, "READINESS", doors.Readiness(clock=iter(range(0, 1000, 2)).__next__))
    settings().var_dir.mkdir(exist_ok=True)
    with unit_of_work() as session:
        health.beat(session)
    async with _client(tmp_path) as client:
        yield client, index


async def _said(client: httpx.AsyncClient) -> tuple[int, dict[str, str]]:
    answer = await client.get("/readyz")
    return answer.status_code, answer.json()["checks"]


async def test_a_site_that_can_serve_says_so(site: tuple[httpx.AsyncClient, Path]) -> None:
    assert await _said(site[0]) == (200, GOOD)


async def test_alive_needs_no_database(
    site: tuple[httpx.AsyncClient, Path], house: pytest.MonkeyPatch
) -> None:
    house.setattr(doors, "look", None)
    house.setattr(health, "reading", None)
    for _ in range(3):
        answer = await site[0].get("/healthz")
        assert (answer.status_code, answer.text) == (200, '{"status":"ok"}')


@pytest.mark.parametrize("path", doors.PATHS)
async def test_machines_get_no_cookie_and_nothing_is_kept(
    site: tuple[httpx.AsyncClient, Path], path: str
) -> None:
    known = f"spplus-session={'x' * 43}; spplus-visitor={'y' * 43}"
    answer = await site[0].get(path, headers={"sec-fetch-dest": "document", "cookie": known})
    assert "set-cookie" not in (await site[0].get(path)).headers
    assert answer.status_code == 200
    assert "set-cookie" not in answer.headers
    assert answer.headers["cache-control"] == "no-store"
    head = await site[0].head(path)
    assert (head.status_code, head.content) == (200, b"")


async def test_no_build_is_seen(site: tuple[httpx.AsyncClient, Path]) -> None:
    site[1].unlink()
    assert await _said(site[0]) == (503, GOOD | {"build": "absent"})


async def test_a_full_disk_is_seen(
    site: tuple[httpx.AsyncClient, Path], house: pytest.MonkeyPatch
) -> None:
    house.setattr(health, "FREE_MIN", 1 << 62)
    assert await _said(site[0]) == (503, GOOD | {"disk": "low"})


@pytest.mark.parametrize("away", [timedelta(minutes=5), timedelta(days=-1)])
async def test_a_silent_worker_is_seen(
    site: tuple[httpx.AsyncClient, Path], away: timedelta
) -> None:
    with clock.at(clock.now() - away), unit_of_work() as session:
        health.beat(session)
    assert await _said(site[0]) == (503, GOOD | {"worker": "silent"})


async def test_a_worker_that_never_was_is_seen(site: tuple[httpx.AsyncClient, Path]) -> None:
    with unit_of_work() as session:
        session.execute(text("DELETE FROM heartbeat"))
    assert await _said(site[0]) == (503, GOOD | {"worker": "absent"})


@pytest.mark.parametrize("revision", ["0000", None])
async def test_another_schema_is_seen(
    site: tuple[httpx.AsyncClient, Path], revision: str | None
) -> None:
    with unit_of_work() as session:
        session.execute(text("DELETE FROM alembic_version"))
        if revision:
            session.execute(text("INSERT INTO alembic_version VALUES (:it)"), {"it": revision})
    assert await _said(site[0]) == (503, GOOD | {"schema": "other", "worker": "unknown"})


async def test_a_database_that_does_not_answer_is_seen_and_tells_nothing(
    site: tuple[httpx.AsyncClient, Path], house: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    engine().dispose()
    for url in (f"sqlite:///{tmp_path}", "postgresql://anna:motdepasse@127.0.0.1:1/base"):
        house.setenv("DATABASE_URL", url)
        settings.cache_clear()
        engine.cache_clear()
        answer = await site[0].get("/readyz")
        assert answer.status_code == 503
        assert answer.json()["checks"]["database"] == "down"
        assert answer.json()["checks"]["worker"] == "unknown"
        assert not [word for word in ("anna", "motdepasse", "Error") if word in answer.text]


async def test_a_crowd_of_questions_is_one_look() -> None:
    looks = []

    def look() -> doors.Checks:
        looks.append(1)
        return GOOD

    now = [0.0]
    readiness = doors.Readiness(look, lambda: now[0])
    found = await asyncio.gather(*(readiness.checks() for _ in range(50)))
    assert (len(looks), found[-1]) == (1, GOOD)
    now[0] = doors.KEPT_FOR
    await readiness.checks()
    assert len(looks) == 2


async def test_a_look_that_hangs_is_told_and_not_doubled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doors, "PATIENCE", 0.05)
    free, looks = threading.Event(), []

    def look() -> doors.Checks:
        looks.append(1)
        free.wait(30)
        return GOOD

    readiness = doors.Readiness(look)
    assert await readiness.checks() == {"database": "slow"}
    assert await readiness.checks() == {"database": "slow"}
    free.set()
    monkeypatch.setattr(doors, "PATIENCE", 30)
    assert await readiness.checks() == GOOD
    assert len(looks) == 1


async def test_a_change_is_one_line_and_no_call_is(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.INFO, "spplus")
    monkeypatch.setattr(reports, "_sparing", reports.Sparing())
    checks = dict(GOOD)
    readiness = doors.Readiness(lambda: dict(checks), iter(range(0, 1000, 2)).__next__)
    for word in ("ok", "ok", "low", "low", "low", "ok"):
        checks["disk"] = word
        await readiness.checks()
    lines = [record for record in caplog.records if record.message == "readiness changed"]
    assert [line.__dict__["facts"] for line in lines] == [{"checks": "disk low"}, {"checks": "ok"}]
