"""What no page sends: wrong shapes, wrong types, other people's ids, words made to break things."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from reflex_base.utils.form import FORM_DATA_ENTRIES_KEY
from sqlalchemy import select

from spplus_app.domain.experiences import NARRATIVE_MAX, TITLE_MAX
from spplus_app.persistence.tables import DraftRow, ExperienceRow, VersionRow
from tests.e2e import scene as scenes
from tests.e2e.cast import Browser, Stage, difference, set_stage
from tests.e2e.payloads import EVENTS, arguments, form, place, short
from tests.e2e.site import running

FAULTS = ("event failed", "request failed", "socket failed", "Traceback", "Error:")
DEEP: Any = []
for _ in range(300):
    DEEP = [DEEP]
WRONG: tuple[Any, ...] = (
    *(None, True, 1.5, float("nan"), float("inf"), -1, 0, 10**30, -(10**30), 2**63),
    *("", "1; DROP TABLE experience", "\x00", "\ud800", "１２", " 1", "1e3", "a" * 25_000),
    *([], [1], {}, DEEP, {"__class__": "int"}, {"__init__": {"__globals__": 1}}),
    {FORM_DATA_ENTRIES_KEY: {"uuid": "x"}},
    {FORM_DATA_ENTRIES_KEY: [["uuid"]]},
    {FORM_DATA_ENTRIES_KEY: [["uuid", "x", "y"]]},
    {FORM_DATA_ENTRIES_KEY: [[1, "x"]]},
    {FORM_DATA_ENTRIES_KEY: [["uuid", "x"]] * 200},
    {FORM_DATA_ENTRIES_KEY: "uuid"},
    {FORM_DATA_ENTRIES_KEY: [[["uuid"], "x"]]},
)
"""Values that no argument of ours accepts as its own."""
TYPED = (
    *("\x00", "\ud800", "\u202e" * 50, "\u2800", "é" * 19_000, "😀" * 5_000, "a\r\nBcc: x@y.fr"),
    *("<script>alert(1)</script>", "{{7*7}}", "${7*7}", "__class__", "../../etc/passwd", "%00"),
    *("-1", "0", "9" * 30, "1e3", "１", " 1", "null", "true", "[]", "'; DELETE FROM job; --"),
)
"""Texts that a form may hold, and that must do no harm."""
PLACES = (
    *("/suivi/-1", f"/suivi/{10**30}", "/suivi/１", "/suivi/1%00", "/suivi/", "/suivi/1-x/..", "/"),
    *("//evil.example/1", "/\\evil.example", "evil", "/suivi/\x00", "/" + "a" * 5_000),
)
AFTER = (
    *("~", "x~1", "2026-01-01T00:00:00+00:00~x", f"2026-01-01T00:00:00+00:00~{10**30}"),
    *("9999-12-31T23:59:59+00:00~1", "0001-01-01T00:00:00+23:59~1", "2026-01-01T00:00:00~1"),
    *("\x00~1", "~" * 500, "2026-13-45T99:99:99Z~1", "2026-01-01T00:00:00+00:00~-1"),
)


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A site of one's own, without the demonstration."""
    with running(tmp_path_factory.mktemp("hostile"), demo=False) as site:
        yield set_stage(site)


@pytest.fixture(autouse=True)
def sound(stage: Stage) -> Iterator[None]:
    """After each test, the site answers and has nothing to reproach itself with."""
    before = len(stage.site.log())
    yield
    assert stage.site.answers()
    said = stage.site.log()[before:]
    assert not [line for line in said.splitlines() if any(fault in line for fault in FAULTS)]


def shapes(stage: Stage, name: str) -> list[Any]:
    """Payloads of an event that none of its pages sends."""
    good = arguments(stage.scene, name)
    made: list[Any] = [{**good, "is_admin": True}, {**good, "__class__": "x"}, [good], "x", None, 7]
    made += [{**good, "self": {}}, {**good, "_": DEEP}]
    for parameter in good:
        made.append({key: value for key, value in good.items() if key != parameter})
        made += [{**good, parameter: wrong} for wrong in WRONG if not _fits(good[parameter], wrong)]
    return made


def _fits(good: Any, wrong: Any) -> bool:
    """Whether this value is of the right type after all, and only worth what it says."""
    return isinstance(good, str) and isinstance(wrong, str)


async def _pour(stage: Stage, browser: Browser, name: str, payloads: list[Any]) -> None:
    """Send many payloads, a few a socket: one socket may not send more at once."""
    number = stage.scene.targets["pending"].id
    for start in range(0, len(payloads), 25):
        async with browser.wire(stage.site) as wire:
            for payload in payloads[start : start + 25]:
                event = {"name": name, "payload": payload, "router_data": place(number)}
                await wire._client.emit("event", event, namespace="/_event")
            await wire.settle()


@pytest.mark.parametrize("who", ["visitor", "author of another", "agent", "moderator"])
async def test_a_payload_of_another_shape_changes_nothing(stage: Stage, who: str) -> None:
    kind = stage.kinds()[who]
    browsers = stage.browsers(kind, len(EVENTS))
    before = stage.rows()
    for browser, name in zip(browsers, EVENTS, strict=True):
        await _pour(stage, browser, name, shapes(stage, name))
        assert not difference(before, stage.rows()), short(name)


@pytest.mark.parametrize("who", ["visitor", "agent", "moderator"])
async def test_words_made_to_break_things_break_nothing(stage: Stage, who: str) -> None:
    kind = stage.kinds()[who]
    fields = [name for name, _ in form(stage.scene)[FORM_DATA_ENTRIES_KEY]]
    scratch = stage.site.act(lambda session: scenes.fresh(session, stage.scene, "pending"))
    names = [name for name in EVENTS if "form_data" in arguments(stage.scene, name)]
    assert len(names) >= 9
    for browser, name in zip(stage.browsers(kind, len(names)), names, strict=True):
        payloads = []
        for text in TYPED:
            payloads.append({"form_data": form(stage.scene, **dict.fromkeys(fields, text))})
            payloads.append({"form_data": form(stage.scene, **{text: text})})
        payloads = [one for one in payloads if len(json.dumps(one)) < 60_000]
        for start in range(0, len(payloads), 20):
            async with browser.wire(stage.site) as wire:
                for payload in payloads[start : start + 20]:
                    await wire.emit(name, payload, router_data=place(scratch.id))
                await wire.settle()
    _within_bounds(stage)


def _within_bounds(stage: Stage) -> None:
    def look(session: Any) -> None:
        for row in session.scalars(select(ExperienceRow)):
            assert len(row.title) <= TITLE_MAX and len(row.narrative) <= NARRATIVE_MAX
            assert "\x00" not in row.title + row.narrative + row.pseudonym
        for version in session.scalars(select(VersionRow)):
            assert "\x00" not in version.title + version.narrative + version.note
        for draft in session.scalars(select(DraftRow)):
            assert len(json.dumps(draft.data)) < 200_000 and "\\u0000" not in json.dumps(draft.data)

    stage.site.act(look)


@pytest.mark.parametrize("who", ["visitor", "agent", "moderator"])
async def test_addresses_that_no_page_has_lead_nowhere(stage: Stage, who: str) -> None:
    kind = stage.kinds()[who]
    before = stage.rows()
    opens = [name for name in EVENTS if short(name).split(".")[-1] in {"open", "refresh"}]
    for browser, name in zip(stage.browsers(kind, len(opens)), opens, strict=True):
        async with browser.wire(stage.site) as wire:
            for path in PLACES:
                where = {"pathname": path, "asPath": path, "query": {}}
                await wire.emit(name, {}, router_data=where)
            for text in AFTER:
                path = f"/experiences?apres={text}"
                where = {"pathname": "/experiences", "asPath": path, "query": {"apres": text}}
                await wire.emit(name, {}, router_data=where)
            reply = await wire.settle()
        told = json.dumps([reply.updates, reply.state])
        assert not stage.leaks(kind, told) and "evil.example" not in json.dumps(reply.events)
    del before["person_session"]
    assert not difference(before, stage.rows())


@pytest.mark.parametrize(
    "odd",
    [
        {"router_data": {"pathname": "/", "headers": {"authorization": "spplus session=x"}}},
        {"router_data": {"pathname": 1}},
        {"router_data": {"pathname": "/", "query": {"a": ["b"]}}},
        {"router_data": {"ip": "127.0.0.1"}},
        {"token": "somebody"},
        {"event_actions": {"stopPropagation": True}},
        {"substate_token": "x"},
        {"handler": "x"},
    ],
)
async def test_what_comes_around_an_event_has_no_authority(
    stage: Stage, odd: dict[str, Any]
) -> None:
    kind = stage.kinds()["visitor"]
    browser = stage.browsers(kind, 1)[0]
    before = stage.rows([browser])
    names = list(EVENTS)
    # A socket takes a burst of 60 messages: the events go by several.
    for few in (names[at : at + 40] for at in range(0, len(names), 40)):
        async with browser.wire(stage.site) as wire:
            for name in few:
                await wire.emit(name, arguments(stage.scene, name), **odd)
            reply = await wire.settle()
        assert not stage.leaks(kind, json.dumps([reply.updates, reply.state]))
    assert not difference(before, stage.rows([browser]))


@pytest.mark.parametrize("size", [66_000, 200_000, 5_000_000])
async def test_a_huge_frame_closes_its_socket_and_no_other(stage: Stage, size: int) -> None:
    small, large = stage.browsers(stage.kinds()["visitor"], 2)
    async with small.wire(stage.site) as other:
        wire = await large.wire(stage.site).connect()
        await wire.emit(next(iter(EVENTS)), {"x": "a" * size})
        await wire.wait_closed()
        assert not other.closed.is_set()
        await other.settle()
