"""Every event × every kind of viewer, by a raw socket, on the real site.

The events come from the registry and their arguments from the handlers: a new event is attacked
without being added here. What changes something must also be shown to work (`GESTURES`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from reflex_base.registry import RegistrationContext

from spplus_app.domain.roles import Right
from spplus_app.states.registry import DENIED_NAMES, FROM_CLIENT, Rule
from tests.api.wire import ROOT, Reply
from tests.e2e.cast import Browser, Kind, Stage, difference, set_stage
from tests.e2e.payloads import EVENTS, arguments, full, place, reads, short
from tests.e2e.site import running

KINDS = (
    *("nobody", "visitor", "author of another", "agent elsewhere", "agent", "manager above"),
    *("moderator", "programme", "revoked session", "idle session", "session too old"),
    *("closed account", "forged cookies", "forged header"),
)


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A site of one's own, without the demonstration."""
    with running(tmp_path_factory.mktemp("wire"), demo=False) as site:
        yield set_stage(site)


async def attack(
    stage: Stage, browser: Browser, name: str, targets: list[str], **more: Any
) -> Reply:
    """Send one event at each of the targets; return all that came back."""
    async with browser.wire(stage.site) as wire:
        for target in targets:
            where = place(stage.scene.targets[target].id)
            await wire.emit(name, arguments(stage.scene, name), router_data=where, **more)
        return await wire.settle()


def permitted(rule: Rule, kind: Kind, name: str) -> bool:
    """Whether the table of rights gives this gesture to this kind of viewer."""
    return isinstance(rule.who, Right) and kind.viewer.may(rule.who) and not reads(name)


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
        opened = full("queue_state.open")
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
