"""Words planted wherever a person may write, then masked: nothing that the site emits holds one.

What was found is masked on its way in; what no machine finds is masked by moderation, then by its
author. Browsers that had read the words are looked at too: one that looks, one that was cut off,
one that had gone to another page.
"""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from spplus_app.api.app import ROUTES as API
from spplus_app.domain.roles import Viewer
from spplus_app.persistence import links
from spplus_app.persistence.tables import ContactRow, ExperienceRow, StructureRow
from spplus_app.routes import ROUTES
from spplus_app.services import (
    answers_back,
    clock,
    moderation,
    moderation_masking,
    replies,
    scrubbing,
    tokens,
)
from spplus_app.states.registry import BOOT
from tests import factories
from tests.api.wire import HYDRATE, ROOT, Wire
from tests.e2e import scene as scenes
from tests.e2e.cast import VISITOR, Browser, Stage, set_stage
from tests.e2e.payloads import arguments, full, place
from tests.e2e.site import running, until

FOUND = {
    "phone": "06 98 17 53 42",
    "nir": "2 84 05 88 157 089 31",
    "email": "zorvanek.odette@exemple.fr",
    "name": "Odette Zorvanek",
    "address": "12 rue Zorvanek, 75011 Paris",
}
TELLING = (
    f"Je suis {FOUND['name']}, mon numéro de sécurité sociale est {FOUND['nir']}. J’habite "
    f"{FOUND['address']}. Appelez-moi au {FOUND['phone']} ou écrivez à {FOUND['email']}, merci."
)
BY_MODERATION, BY_AUTHOR, SIGNED = "Grizelune", "Blufarine", "Camille Quibrazzo"
TRACES = ("orvanek", "98 17 53", "0698175342", "05 88 157", "grizelune", "blufarine", "quibrazzo")
"""What is left of each planted value, whatever its case and its accents."""


@dataclass
class Told:
    """The experience where all is planted: its number, its author."""

    id: int
    author: Browser


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A site of one's own."""
    with running(tmp_path_factory.mktemp("masked"), demo=False) as site:
        yield set_stage(site)


@pytest.fixture(scope="module")
def told(stage: Stage) -> Told:
    """A text told, published and answered, with every value planted; nothing asked is masked."""
    secret = tokens.new_token()
    author = Viewer(visitor=tokens.hash_token(secret))

    def write(session: Session) -> int:
        office = session.get_one(StructureRow, stage.scene.places["office"][0])
        story = {
            "title": f"{BY_MODERATION} et {BY_AUTHOR} au guichet",
            "narrative": f"{TELLING} {BY_MODERATION} était là, {BY_AUTHOR} aussi, l’air pressé.",
            "pseudonym": f"{SIGNED} {FOUND['phone']}",
        }
        row = factories.sent(session, author, office, email="c@exemple.fr", **story)
        contact = session.get_one(ContactRow, row.id)
        item = links.binding(session, author.visitor, row.id)
        assert item is not None
        contact.confirmed_at, item.by_mail = clock.now(), True
        moderation.publish(session, factories.moderator(session), row.id, 1)
        _answered(session, stage, author, row.id)
        return row.id

    return Told(stage.site.act(write), Browser({VISITOR: secret}))


def _answered(session: Session, stage: Stage, author: Viewer, number: int) -> None:
    text = f"{TELLING} {BY_AUTHOR} et {BY_MODERATION} vous rappelleront."
    fields = factories.REPLY | {"text": text, "structure": stage.scene.places["office"][2]}
    agent, uuid = scenes.agent(stage.scene), str(uuid4())
    replies.save_draft(session, agent, number, uuid, fields)
    seal = replies.look_over(session, agent, number, fields).seal
    said = replies.send(session, agent, number, uuid, fields | {"seen": seal})
    seal = answers_back.look_over(session, author, said, {"answer": text}).seal
    answers_back.answer_back(session, author, said, str(uuid4()), text, {"seen": seal})


def traces(text: str) -> list[str]:
    """The planted values that a text holds."""
    flat = text.lower()
    return [trace for trace in TRACES if trace in flat]


async def arrived(wire: Wire, path: str) -> list[dict[str, Any]]:
    """Open a page as a browser does, and return what came until it was ready.

    The hydration is waited for: it would be taken for the end of what is sent next.
    """
    wire.path = path
    await wire.emit(BOOT, {})
    updates: list[dict[str, Any]] = []
    while True:
        updates.append(await wire.next_update())
        root = updates[-1].get("delta", {}).get(ROOT, {})
        if any(name.startswith("is_hydrated") and ready for name, ready in root.items()):
            return updates


async def heard(wire: Wire) -> str:
    """All that comes to this browser now: what was on its way, then every state."""
    reply = await wire.settle()
    return json.dumps([reply.updates, reply.state], ensure_ascii=False)


@asynccontextmanager
async def opened(stage: Stage, browsers: dict[str, tuple[Browser, str]]) -> AsyncIterator[Any]:
    """Sockets of these browsers, each on its page."""
    async with AsyncExitStack() as stack:
        wires: dict[str, Wire] = {}
        for name, (browser, path) in browsers.items():
            wires[name] = await stack.enter_async_context(browser.wire(stage.site, path))
            await arrived(wires[name], path)
        yield wires


async def test_who_had_read_the_words_is_told_them_no_more(stage: Stage, told: Told) -> None:
    kinds, mine, page = stage.kinds(), told.author.cookies, f"/suivi/{told.id}"
    browsers = {
        "author": (told.author, page),
        "author elsewhere": (Browser(mine), page),
        "author cut off": (Browser(mine), page),
        "author's list": (Browser(mine), "/suivi"),
        "visitor": (stage.browsers(kinds["visitor"], 1)[0], f"/experiences/{told.id}"),
        "reader": (stage.browsers(kinds["nobody"], 1)[0], "/experiences"),
        "agent": (stage.browsers(kinds["agent"], 1)[0], f"/espace/reponses/{told.id}"),
        "moderator": (stage.browsers(kinds["moderator"], 1)[0], f"/espace/moderation/{told.id}"),
    }
    async with opened(stage, browsers) as wires:
        for name, wire in wires.items():
            assert traces(await heard(wire)) == ["grizelune", "blufarine"], name
        await arrived(wires["author elsewhere"], "/aide")
        await wires["author cut off"].close()
        moderator, name = wires["moderator"], full("mask_state.mask")
        for wire, event, asked, version in (
            (moderator, name, BY_MODERATION, 1),
            (wires["author"], full("follow_state.mask"), BY_AUTHOR, 2),
        ):
            more: dict[str, str | int] = {
                "version": version, "piece_1": asked, "kind_1": "person",
            }  # fmt: skip
            payload = arguments(stage.scene, event, **more)
            folder = "/espace/moderation" if wire is moderator else "/suivi"
            await wire.emit(event, payload, router_data=place(told.id, folder))
            assert asked.lower() not in traces(await heard(wire))
        for name, wire in wires.items():
            if name == "author cut off":
                continue
            await arrived(wire, wire.path)
            assert traces(await heard(wire)) == [], name
    cut, path = browsers["author cut off"]
    async with cut.wire(stage.site, path) as wire:
        await wire.emit(HYDRATE)
        first = json.dumps(await wire.next_update(), ensure_ascii=False)
        assert traces(first) == []
        assert traces(json.dumps(await arrived(wire, path), ensure_ascii=False)) == []
        assert "[nom]" in await heard(wire)


def _masked(stage: Stage, told: Told) -> None:
    """Mask what is not masked yet, when this test runs alone."""
    viewer = Viewer(visitor=told.author.visitor)

    def mask(session: Session) -> None:
        row = session.get_one(ExperienceRow, told.id)
        for word in (BY_MODERATION, BY_AUTHOR):
            if word in row.narrative:
                asked = {"piece_1": word, "kind_1": "person"}
                moderation_masking.mask_own(session, viewer, told.id, row.version, asked)

    stage.site.act(mask)


@pytest.mark.parametrize("who", ["nobody", "author", "agent", "moderator"])
def test_no_answer_holds_a_masked_word(stage: Stage, told: Told, who: str) -> None:
    _masked(stage, told)
    browser = told.author if who == "author" else stage.browsers(stage.kinds()[who], 1)[0]
    routes = [one.path for group in API for one in group if "GET" in (one.methods or ())]
    paths = [route.path.replace("[ident]", str(told.id)) for route in ROUTES]
    paths += [path.replace("{number:int}", str(told.id)) for path in routes]
    for word in ("zorvanek", BY_AUTHOR, BY_MODERATION, "guichet"):
        paths += [f"/experiences?q={quote(word)}", f"/api/structures?q={quote(word)}"]
    paths += [f"/signaler/experience-{told.id}", f"/experiences/{told.id}-x", "/sitemap.xml"]
    # The author's own data holds the sealed original, for them alone.
    own = {f"/api/suivi/{told.id}/donnees.{ending}" for ending in ("json", "html")}
    own |= {f"/suivi/donnees?experience={told.id}"}
    with httpx.Client(
        base_url=stage.site.url, trust_env=False, headers=browser.http(), follow_redirects=True
    ) as client:
        for path in dict.fromkeys(paths):
            if path in own and who == "author":
                continue
            answer = client.get(path.replace("{token:follow_token}", tokens.new_token()))
            # A search says again what was looked for: that is the reader's own word.
            asked = path.partition("?q=")[2] or "no word"
            assert traces(re.sub(asked, "", answer.text, flags=re.I)) == [], path
            assert traces(str(answer.url).split("?")[0]) == [], path
            if "?q=" in path and "guichet" not in path and path.startswith("/experiences"):
                assert f"/experiences/{told.id}-" not in answer.text, path


def test_no_mail_no_log_and_no_byte_holds_one(stage: Stage, told: Told) -> None:
    _masked(stage, told)
    stage.settled()
    until(lambda: _forgotten(stage.site.engine), what="the journal of the database to be read")
    assert stage.site.mails()
    for mail in stage.site.mails():
        assert not [one for one in traces(mail) if one not in ("grizelune", "blufarine")]
    assert traces(stage.site.log()) == []
    for path in stage.site.folder.rglob("*"):
        if path.is_file() and path.suffix != ".eml":
            assert traces(path.read_bytes().decode("latin-1")) == [], path


def _forgotten(engine: Engine) -> bool:
    """Do at once what the job of these gestures does within minutes."""
    try:
        scrubbing.run(engine)
    except scrubbing.StillRead:
        return False
    return True
