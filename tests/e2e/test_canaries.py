"""Words planted in everything private, looked for wherever the site speaks, writes or is built."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from reflex.utils.format import format_event_handler
from sqlalchemy.orm import Session

from spplus_app.api.app import ROUTES as API
from spplus_app.persistence import people
from spplus_app.persistence.tables import ThrottleRow
from spplus_app.routes import ROUTES
from spplus_app.services import clock, password_reset, tokens
from spplus_app.states.registry import BOOT
from tests.api.wire import Refused, Wire
from tests.e2e import scene as scenes
from tests.e2e.cast import SESSION, VISITOR, Browser, Stage, set_stage
from tests.e2e.payloads import EVENTS, reads
from tests.e2e.site import ROOT, Site, running

KINDS = ("nobody", "visitor", "agent elsewhere", "programme", "idle session", "forged header")
BUNDLE = ROOT / ".web" / "build"


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A site of one's own, where all that is private bears a word."""
    with running(tmp_path_factory.mktemp("canaries"), demo=False) as site:
        made = set_stage(site)
        site.act(lambda session: _more(session, made))
        yield made


def _more(session: Session, stage: Stage) -> None:
    """Plant words where the scene has none: what throttles and resets keep."""
    words, now = stage.scene.words, clock.now()
    words |= {name: scenes.word() for name in ("throttle", "nonce", "reset", "session")}
    person_id = stage.scene.people["agent"]
    session.add(ThrottleRow(key=words["throttle"], failures=1, last_at=now))
    people.add_reset(
        session, person_id=person_id, token_hash=words["reset"], nonce=words["nonce"], now=now
    )
    people.open_session(session, person_id=person_id, token_hash=words["session"], now=now)
    password_reset.ask_reset(session, words["address of agent"])


def paths(stage: Stage) -> list[str]:
    """Every page of the table of routes, at the number of every target where it has one."""
    numbers = [target.id for target in stage.scene.targets.values()]
    found: list[str] = []
    for route in ROUTES:
        if "[ident]" in route.path:
            found += [route.path.replace("[ident]", str(number)) for number in numbers]
        else:
            found.append(route.path)
    return [*found, "/nulle-part", "/galerie"]


def _asked(stage: Stage) -> list[tuple[str, list[str]]]:
    """Every page with the events to send there: all that read, once for each number.

    Events know a page by the number that ends its address: on the other pages of the same number,
    only what each asks for on arrival is sent.
    """
    every = [name for name in EVENTS if reads(name)]
    arrival = {one.path: [format_event_handler(event) for event in one.on_load] for one in ROUTES}
    asked, seen = [], set()
    for path in paths(stage):
        head, _, number = path.rpartition("/")
        number = number if number.isdigit() else ""
        there = arrival.get(f"{head}/[ident]" if number else path, [])
        asked.append((path, there if number in seen else every))
        seen.add(number)
    assert all(set(events) <= EVENTS.keys() for _, events in asked)
    return asked


def _http(stage: Stage, browser: Browser) -> str:
    """All that HTTP answers to this browser: pages, data, files of the build."""
    said: list[str] = []
    numbers = [str(target.id) for target in stage.scene.targets.values()]
    routes = [route for group in API for route in group if "GET" in (route.methods or ())]
    for one in routes:
        for number in numbers:
            said.append(one.path.replace("{number:int}", number))
    asked = [*paths(stage), *said, "/api/structures?q=service", "/ping", "/robots.txt"]
    answers: list[str] = []
    with httpx.Client(base_url=stage.site.url, trust_env=False, headers=browser.http()) as client:
        for path in dict.fromkeys(asked):
            secret = tokens.new_token()
            answer = client.get(path.replace("{token:follow_token}", secret))
            assert answer.status_code < 500, path
            answers.append(answer.text + str(answer.headers))
    return "\n".join(answers)


@pytest.mark.parametrize("who", KINDS)
def test_no_answer_holds_what_is_private(stage: Stage, who: str) -> None:
    kind = stage.kinds()[who]
    browser = stage.browsers(kind, 1)[0]
    assert not stage.leaks(kind, _http(stage, browser))


@pytest.mark.parametrize("who", KINDS)
async def test_no_page_holds_what_is_private(stage: Stage, who: str) -> None:
    kind, asked = stage.kinds()[who], _asked(stage)
    for browser, (path, events) in zip(stage.browsers(kind, len(asked)), asked, strict=True):
        async with browser.wire(stage.site, path) as wire:
            await wire.emit(BOOT, {})
            for name in events:
                await wire.emit(name)
            reply = await wire.settle()
        assert not stage.leaks(kind, json.dumps([reply.updates, reply.state])), path


async def test_those_who_may_do_find_the_words(stage: Stage) -> None:
    """Without this, silence would prove nothing."""
    kind = stage.kinds()["moderator"]
    browser = stage.browsers(kind, 1)[0]
    number = stage.scene.targets["pending"].id
    async with browser.wire(stage.site, f"/espace/moderation/{number}") as wire:
        await wire.emit(next(name for name in EVENTS if name.endswith("review_state.open")))
        reply = await wire.settle()
    assert stage.scene.targets["pending"].words[0] in json.dumps(reply.updates)
    text = httpx.get(
        f"{stage.site.url}/api/moderation/{number}/texte", headers=browser.http(), trust_env=False
    ).text
    assert stage.scene.targets["pending"].words[0] in text


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def test_the_build_holds_nothing_of_the_database(stage: Stage) -> None:
    words = [word.encode() for word in stage.forbidden_to(stage.kinds()["nobody"])]
    secret = stage.site.environment["SECRET_KEY"].encode()
    files = list(_files(BUNDLE))
    assert len(files) > 20
    for path in files:
        content = path.read_bytes()
        assert not [word for word in (*words, secret) if word in content], path


async def _live(stage: Stage) -> list[str]:
    """Do what makes the site write lines; return the secrets that were used."""
    link = tokens.new_token()
    browser = Browser({SESSION: tokens.new_token(), VISITOR: tokens.new_token()})
    signed = stage.browsers(stage.kinds()["moderator"], 1)[0]
    password = "une phrase bien à moi, fausse"
    for one in (browser, signed):
        with httpx.Client(
            base_url=stage.site.url,
            trust_env=False,
            headers={**one.http(), "Origin": stage.site.url},
        ) as client:
            client.get(f"/suivi/{link}")
            client.get(f"/mot-de-passe/{link}")
            client.get(f"/suivi/{link}?token={link}")
            form = {"email": stage.scene.words["address of agent"], "password": password}
            client.post("/auth/connexion", data=form)
            client.post("/auth/connexion", data=form, headers={"Origin": "http://evil.example"})
            client.post("/auth/mot-de-passe", data={"password": password})
            client.put(f"/suivi/{link}")
        async with one.wire(stage.site) as wire:
            await wire.emit(next(iter(EVENTS)), {"nothing": password})
            await wire.emit("nothing.of.ours", {"password": password})
            await wire.settle()
    foreign = Wire(stage.site.url, cookies=browser.cookies, origin="http://evil.example")
    with pytest.raises(Refused):
        await foreign.connect()
    wire = await browser.wire(stage.site).connect()
    await wire.raw(f'42/_event,["event",{{"token":"{link}", "broken')
    await wire.wait_closed()
    return [link, password, browser.token, foreign.token, *browser.cookies.values(),
            *signed.cookies.values(), signed.token]  # fmt: skip


async def test_logs_and_files_hold_no_word_and_no_secret(stage: Stage) -> None:
    used = await _live(stage)
    site = stage.site
    stage.settled()
    hashes = [tokens.hash_token(one) for one in used]
    links = {link for mail in site.mails() for link in _links(mail)}
    assert len(links) >= len(stage.scene.targets)
    private = {*used, *hashes, *links, *stage.forbidden_to(stage.kinds()["nobody"])}
    log = site.log()
    assert "request refused" in log and "socket refused" in log and "frame refused" in log
    assert not sorted(word for word in private if word in log)
    assert "Traceback" not in log
    assert not re.search(r"token=[0-9a-fA-F-]{8}", log)
    for path in _others(site):
        content = path.read_bytes()
        assert not sorted(word for word in private if word.encode() in content), path


def _links(mail: str) -> list[str]:
    flat = mail.replace("=\r\n", "").replace("=\n", "").replace("=3D", "=")
    return re.findall(r"/(?:suivi|mot-de-passe)/([A-Za-z0-9_-]{43})", flat)


def _others(site: Site) -> list[Path]:
    """The files of the site, but the database and the mails, which are where secrets may be."""
    return [
        path
        for path in _files(site.folder)
        if not path.name.startswith("spplus.sqlite3") and path.suffix != ".eml"
    ]


def test_states_are_kept_in_no_file(stage: Stage) -> None:
    for folder in (ROOT, stage.site.folder, ROOT / ".web"):
        assert not list(_files(folder / ".states"))
    assert not [path for path in _files(stage.site.folder) if path.suffix == ".pkl"]


def test_mails_are_their_owner_s_alone(stage: Stage) -> None:
    folder = stage.site.folder / "mail"
    assert folder.stat().st_mode & 0o077 == 0
    assert all(path.stat().st_mode & 0o177 == 0 for path in folder.glob("*.eml"))
