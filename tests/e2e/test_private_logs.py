"""Somebody who writes who they are everywhere, on a site where everything breaks: no line tells.

Routes, pages and events come from the tables of the site. The person's words stand in paths,
queries, forms, JSON, headers, cookies, events and broken frames; then tables disappear, the mail
server is down, and processes are killed.
"""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import text

from spplus_app.api.app import ROUTES as API
from spplus_app.routes import ROUTES as PAGES
from spplus_app.services import tokens
from tests import factories
from tests.api.wire import Refused, Wire
from tests.e2e import processes
from tests.e2e.cast import SESSION, VISITOR, Browser, Stage, set_stage
from tests.e2e.payloads import EVENTS, arguments
from tests.e2e.site import Site, build, free_port, until

EMAIL = "zephyrine.quatrebarbes@exemple.fr"
SECRET = "Quatrebarbes-" + "S" * 30
"""A secret of the length of ours, wherever a secret may be."""
ADDRESS, PHONE = "203.0.113.77", "0698765432"
STORY = f"Je m’appelle Zephyrine Quatrebarbes, {EMAIL}, {PHONE}, et le guichet était fermé."
FIELDS = {
    **dict.fromkeys(("title", "narrative", "text", "message", "note", "signature"), STORY),
    **dict.fromkeys(("pseudonym", "place", "outside"), "Zephyrine Quatrebarbes"),
    "email": EMAIL,
}
FORBIDDEN = ("zephyrine", "quatrebarbes", "zéphyrine", PHONE, ADDRESS, "127.0.0.1:", "Traceback")
BROKEN = ("draft", "experience", "person_session")
"""Tables that disappear while people act: what was typed is then in the error's parameters."""


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A site behind a proxy, whose mail server does not answer."""
    build()
    site = Site(tmp_path_factory.mktemp("telling"))
    site.environment |= {
        "SMTP_URL": f"smtp://zephyrine:quatrebarbes@127.0.0.1:{free_port()}",
        "TRUSTED_PROXIES": "127.0.0.1",
    }
    site.command("migrate")
    site.start()
    made = set_stage(site)
    yield made
    site.stop()
    site.engine.dispose()


def _people(stage: Stage) -> list[Browser]:
    """Nobody known, whose cookies are their words, and those who may do the most."""
    telling = Browser({VISITOR: SECRET, SESSION: SECRET})
    kinds = [stage.kinds()[name] for name in ("author of another", "agent", "moderator")]
    return [telling, *(stage.browsers(kind, 1)[0] for kind in kinds)]


def _headers(site: Site, browser: Browser) -> dict[str, str]:
    told = dict.fromkeys(("User-Agent", "X-Request-Id", "Accept-Language"), EMAIL)
    return {
        **browser.http(),
        **told,
        "X-Forwarded-For": ADDRESS,
        "Origin": site.url,
        "Referer": f"{site.url}/{EMAIL}",
    }


def _paths(number: int) -> list[str]:
    """Every address of the site, with words in it wherever somebody may put some."""
    found = ["/healthz", "/readyz", f"/{EMAIL}", f"/assets/{EMAIL}", f"/_upload/{EMAIL}", "//"]
    for template in [route.path for group in API for route in group] + [p.path for p in PAGES]:
        for value in (str(number), PHONE, EMAIL, SECRET, f"{number}-zephyrine-quatrebarbes"):
            parts = [value if part[:1] in "[{" else part for part in template.split("/")[1:]]
            found.append("/" + "/".join(parts))
        found.append(f"{template}/{EMAIL}")
    return list(dict.fromkeys(found))


def _over_http(stage: Stage, browser: Browser) -> set[int]:
    """Ask for everything, in every way; return the statuses that came."""
    site, statuses = stage.site, set()
    number = stage.scene.targets["published"].id
    form = {**FIELDS, "password": SECRET, "token": SECRET}
    # A body that is too long ends its connection: each request has its own.
    with httpx.Client(
        base_url=site.url,
        trust_env=False,
        timeout=30,
        headers=_headers(site, browser),
        limits=httpx.Limits(max_keepalive_connections=0),
    ) as client:
        for path in _paths(number):
            statuses.add(client.get(path, params={"q": STORY, "token": SECRET}).status_code)
        posts = [r.path for group in API for r in group if "POST" in (r.methods or ())]
        for path in [*posts, f"/{EMAIL}", f"/suivi/{SECRET}"]:
            statuses.add(client.post(path, data=form).status_code)
            statuses.add(client.post(path, json=form).status_code)
            statuses.add(client.post(path, json=[STORY]).status_code)
            statuses.add(client.post(path, content=STORY.encode() * 1000).status_code)
            foreign = {"Origin": f"http://{EMAIL}"}
            statuses.add(client.post(path, data=form, headers=foreign).status_code)
            statuses.add(client.request("ZEPHYRINE", path).status_code)
    return statuses


async def _over_socket(stage: Stage, browser: Browser) -> None:
    """Send every event with the words in every field, then frames that are none."""
    number = stage.scene.targets["published"].id
    for name in EVENTS:
        path = f"/suivi/{number}"
        wire = Wire(
            stage.site.url,
            cookies=browser.cookies,
            headers={"X-Forwarded-For": ADDRESS, "User-Agent": EMAIL},
            token=str(uuid4()),
            path=path,
        )
        async with wire:
            await wire.emit(name, arguments(stage.scene, name, **FIELDS))
            await wire.emit(name, {"zephyrine": STORY})
            await wire.emit(f"{EMAIL}.{PHONE}", {"email": EMAIL})
            await wire.settle()
    for origin, token in ((f"http://{EMAIL}", str(uuid4())), (stage.site.url, SECRET)):
        with pytest.raises(Refused):
            await Wire(stage.site.url, origin=origin, token=token).connect()
    wire = await browser.wire(stage.site).connect()
    await wire.raw(f'42/_event,["event",{{"token":"{SECRET}", "{STORY}')
    await wire.wait_closed()


@contextmanager
def _without(site: Site, table: str) -> Iterator[None]:
    """Take a table away while others act."""
    with site.engine.begin() as connection:
        connection.execute(text("PRAGMA legacy_alter_table=ON"))
        connection.execute(text(f"ALTER TABLE {table} RENAME TO away"))
    try:
        yield
    finally:
        with site.engine.begin() as connection:
            connection.execute(text("PRAGMA legacy_alter_table=ON"))
            connection.execute(text(f"ALTER TABLE away RENAME TO {table}"))


def _lines(site: Site) -> list[dict[str, Any]]:
    """The log, every line of which is an object."""
    return [json.loads(line) for line in site.log().splitlines()]


def _hidden(site: Site, browsers: list[Browser]) -> None:
    log = site.log()
    secrets = [one for browser in browsers for one in (*browser.cookies.values(), browser.token)]
    hashes = [tokens.hash_token(one) for one in secrets]
    found = [word for word in FORBIDDEN if word.lower() in log.lower()]
    assert not found, [line for line in log.splitlines() if found[0].lower() in line.lower()][:3]
    assert not [one for one in (*secrets, *hashes) if one in log]


async def test_no_line_of_any_process_tells_who_or_what(stage: Stage) -> None:
    site, browsers = stage.site, _people(stage)
    statuses: set[int] = set()
    for browser in browsers:
        statuses |= _over_http(stage, browser)
        await _over_socket(stage, browser)
    for table in BROKEN:
        with _without(site, table):
            statuses |= _over_http(stage, browsers[1])
            await _over_socket(stage, browsers[1])
    assert {200, 303, 403, 404, 405, 500} <= statuses
    site.act(lambda session: factories.draft(session, factories.visitor("z"), email=EMAIL))
    _deaths(site)
    _hidden(site, browsers)
    _told(_lines(site))


def _deaths(site: Site) -> None:
    """Kill each process once; the supervisor says so."""
    for name in ("main", "web", "worker"):
        family = until(lambda: processes.family(site), 20)
        assert family is not None
        killed = getattr(family, name)
        os.kill(killed, signal.SIGKILL)
        until(
            lambda name=name, killed=killed: (
                (now := processes.family(site))  # type: ignore[misc]
                and getattr(now, name) != killed
            ),
            20,
            f"{name} back",
        )
        until(site.answers, 20)


def _told(lines: list[dict[str, Any]]) -> None:
    """Silence would prove nothing: all that should be said was."""
    said = {(line["logger"], str(line.get("what"))) for line in lines}
    for what in ("request failed", "event failed", "event refused", "frame refused",
                 "socket refused", "request refused"):  # fmt: skip
        assert ("spplus", what) in said, what
    assert ("spplus.worker", "job failed") in said
    assert any(logger == "spplus.supervisor" and "s’est arrêté" in what for logger, what in said)
    access = [line for line in lines if line["logger"] == "spplus.access"]
    assert {line["status"] for line in access} >= {200, 303, 403, 404, 405, 500}
    assert {"/suivi/…", "/experiences/…", "/api/structures", "/…"} <= {
        line["path"] for line in access
    }
    assert not [line for line in access if line["path"] in {"/healthz", "/readyz"}]
    levels = {line["status"] // 100: line["level"] for line in access}
    assert (levels[2], levels[4], levels[5]) == ("info", "warning", "error")


def test_the_mails_that_did_not_leave_are_not_told_either(stage: Stage) -> None:
    log = stage.site.log()
    assert not sorted(word for word in stage.forbidden_to(stage.kinds()["nobody"]) if word in log)


def test_the_log_is_in_one_file_and_the_site_wrote_no_other(stage: Stage) -> None:
    kept = {".sqlite3", ".sqlite3-wal", ".sqlite3-shm", ".log", ".eml", ".part"}
    others = [path for path in _files(stage.site.folder) if path.suffix not in kept]
    names = {path.name for path in others if not path.name.startswith("daily_salt-")}
    assert names <= {"secret_key", "originals_key", "run.lock"}


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]
