"""Every event × every kind of viewer, by a raw socket, on the real site.

The events come from the registry and their arguments from the handlers: a new event is attacked
without being added here. What changes something must also be shown to work (`GESTURES`).
"""

from __future__ import annotations

import inspect
import json
import typing
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from reflex_base.registry import RegistrationContext
from reflex_base.utils.form import FORM_DATA_ENTRIES_KEY

import spplus_app.routes  # noqa: F401 -- registers every event
from spplus_app.domain.moderation import REASONS
from spplus_app.domain.roles import Right
from spplus_app.states.registry import DENIED_NAMES, FROM_CLIENT, Rule, rules
from tests import factories
from tests.api.wire import ROOT, Reply
from tests.e2e.cast import Browser, Kind, Stage, difference, set_stage
from tests.e2e.scene import NARRATIVE
from tests.e2e.site import running

OURS = "spplus_app___"
EVENTS = {name: rule for name, rule in rules().items() if OURS in name}
KINDS = (
    *("nobody", "visitor", "author of another", "agent elsewhere", "agent", "manager above"),
    *("moderator", "programme", "revoked session", "idle session", "session too old"),
    *("closed account", "forged cookies", "forged header"),
)
READS = ("open", "open_service", "open_step", "open_check", "refresh")


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A site of one's own, without the demonstration."""
    with running(tmp_path_factory.mktemp("wire"), demo=False) as site:
        yield set_stage(site)


def short(name: str) -> str:
    """``deposit_state.send`` for the full name of an event."""
    return name.rsplit("____", 1)[-1]


def form(stage: Stage, **more: str) -> dict[str, Any]:
    """A form with every field that any handler reads, as the browser sends it."""
    code = stage.scene.places["office"][2]
    fields = {
        "uuid": str(uuid4()),
        "service": code,
        "outside": "",
        f"use-{code}-desk": "oui",
        f"felt-{code}-desk": "Positif",
        **factories.STORY,
        **factories.AUTHOR,
        "narrative": NARRATIVE + "de la force",
        "version": "1",
        "reason": REASONS[0].code,
        "message": "Pris de force.",
        "note": "Pris de force.",
        "answer": str(stage.scene.answer),
        "reply": str(stage.scene.reply),
        "text": "Une réponse prise de force, assez longue.",
        "politeness": factories.REPLY["politeness"],
        "signature": "Personne",
        "structure": code,
        "intent": "send",
        **more,
    }
    return {FORM_DATA_ENTRIES_KEY: [[name, value] for name, value in fields.items()]}


def arguments(stage: Stage, name: str) -> dict[str, Any]:
    """A plausible payload for an event, made from what its handler takes."""
    handler = RegistrationContext.get().event_handlers[name].handler.fn
    known: dict[str, Any] = {
        "reply": stage.scene.reply,
        "answer": stage.scene.answer,
        "version": 1,
        "rating": "pas utile",
        "code": stage.scene.places["office"][2],
    }
    payload: dict[str, Any] = {}
    for parameter, hint in typing.get_type_hints(handler).items():
        if parameter in inspect.signature(handler).parameters:
            is_form = typing.get_origin(hint) is dict
            payload[parameter] = form(stage) if is_form else known.get(parameter, 1)
    return payload


def place(number: int) -> dict[str, Any]:
    """Where the attacker says their page is."""
    path = f"/suivi/{number}"
    return {"pathname": path, "asPath": path, "query": {}}


async def attack(
    stage: Stage, browser: Browser, name: str, targets: list[str], **more: Any
) -> Reply:
    """Send one event at each of the targets; return all that came back."""
    async with browser.wire(stage.site) as wire:
        for target in targets:
            where = place(stage.scene.targets[target].id)
            await wire.emit(name, arguments(stage, name), router_data=where, **more)
        return await wire.settle()


def permitted(rule: Rule, kind: Kind, name: str) -> bool:
    """Whether the table of rights gives this gesture to this kind of viewer."""
    return isinstance(rule.who, Right) and kind.viewer.may(rule.who) and not _reads(name)


def _reads(name: str) -> bool:
    return name.rsplit(".", 1)[-1] in READS


def test_every_kind_of_viewer_attacks(stage: Stage) -> None:
    assert tuple(stage.kinds()) == KINDS
    assert len(EVENTS) > 30


@pytest.mark.parametrize("who", KINDS)
async def test_what_is_forbidden_changes_nothing_and_tells_nothing(stage: Stage, who: str) -> None:
    kind = stage.kinds()[who]
    cells = {name: rule for name, rule in EVENTS.items() if not permitted(rule, kind, name)}
    browsers = stage.browsers(kind, len(cells))
    targets = stage.after(kind)
    before = stage.rows(browsers)
    told: dict[str, list[str]] = {}
    for browser, name in zip(browsers, cells, strict=True):
        reply = await attack(stage, browser, name, targets)
        if words := stage.leaks(kind, json.dumps([reply.updates, reply.state])):
            told[short(name)] = words
    changed = difference(before, stage.rows(browsers))
    assert not changed
    assert not told


async def test_the_token_of_a_moderator_s_tab_opens_nothing_to_another(stage: Stage) -> None:
    owner = stage.browsers(stage.kinds()["moderator"], 1)[0]
    secret = stage.scene.targets["pending"].words[0]
    async with owner.wire(stage.site, "/espace/moderation") as tab:
        opened = next(name for name in EVENTS if short(name) == "queue_state.open")
        assert secret in json.dumps((await tab.send(opened)).updates)
        for who in ("nobody", "visitor", "agent", "programme"):
            kind = stage.kinds()[who]
            thief = stage.browsers(kind, 1)[0]
            before = stage.rows([thief])
            taken = Browser(thief.cookies, thief.headers, token=owner.token)
            for name in EVENTS:
                if permitted(EVENTS[name], stage.kinds()["moderator"], name):
                    reply = await attack(stage, taken, name, ["pending"])
                    assert not stage.leaks(kind, json.dumps([reply.updates, reply.state])), name
            assert not difference(before, stage.rows([thief]))
        assert secret in json.dumps((await tab.send(opened)).state), "the tab is still the owner's"


@pytest.mark.parametrize("who", ["nobody", "author of another", "agent", "moderator"])
async def test_handlers_that_nobody_registered_are_refused(stage: Stage, who: str) -> None:
    kind = stage.kinds()[who]
    handlers = RegistrationContext.get().event_handlers
    names = [name for name in handlers if name not in EVENTS and name not in FROM_CLIENT]
    assert len([name for name in names if name.rsplit(".", 1)[-1] in DENIED_NAMES]) > 10
    states = sorted({name.rsplit(".", 1)[0] for name in EVENTS})
    private = [
        f"{one}.{way}" for one in states for way in ("_read", "_do", "__init__", "get_state")
    ]
    private += [f"{ROOT}.{way}" for way in ("_reset_client_storage", "reset", "dict", "setvar")]
    browsers = stage.browsers(kind, len(names) + len(private))
    before = stage.rows(browsers)
    payload = {"var_name": "found", "value": True, "vars": {f"{ROOT}.x": 1}}
    for browser, name in zip(browsers, names + private, strict=True):
        async with browser.wire(stage.site) as wire:
            await wire.emit(name, payload)
            reply = await wire.settle()
        assert reply.silent, name
        assert not stage.leaks(kind, json.dumps([reply.updates, reply.state])), name
    assert not difference(before, stage.rows(browsers))
