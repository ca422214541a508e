"""The socket, behind the real server: roles × events, identity, limits, faults."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import AsyncExitStack
from typing import Any

import httpx
import pytest
from reflex_base import constants

from spplus_app.api.sockets import Limits
from spplus_app.domain.roles import RIGHTS, Right, Role
from spplus_app.services import tokens
from tests.api.conftest import PASSWORD, Wired, email_of
from tests.api.wire import HYDRATE, REFLEX, ROOT, Refused, Wire, event_name

pytestmark = pytest.mark.xdist_group("wire")

RIGHTS_OF = {"moderate": Right.MODERATE, "reply": Right.REPLY, "refresh": Right.READ_INBOX}
ADDRESSES = iter(range(1, 250))


def name(handler: str) -> str:
    return event_name("small.small", "small_state", handler)


@pytest.fixture
def address() -> dict[str, str]:
    """An address of its own, so that one test does not use up the limits of another."""
    return {"X-Forwarded-For": f"198.51.100.{next(ADDRESSES)}"}


def _wire(wired: Wired, address: dict[str, str], role: str = "", **more: Any) -> Wire:
    cookies = more.pop("cookies", None)
    if cookies is None:
        cookies = wired.cookies(role)
    return Wire(wired.url, cookies=cookies, headers=address, **more)


def _done(state: dict[str, dict[str, Any]]) -> list[str]:
    found = state[f"{ROOT}.small___small____small_state"]["done_rx_state_"]
    assert isinstance(found, list)
    return found


# Line 1: roles × events


@pytest.mark.parametrize("role", ["", *Role])
async def test_each_event_answers_to_those_who_may_and_to_nobody_else(
    wired: Wired, address: dict[str, str], role: str
) -> None:
    async with _wire(wired, address, role) as wire:
        for handler, right in RIGHTS_OF.items():
            reply = await wire.send(name(handler))
            allowed = bool(role) and Role(role) in RIGHTS[right]
            assert (handler in _done(reply.state)) == allowed, (role, handler)
            if not allowed:
                shown = reply.state[f"{ROOT}.small___small____small_state"]["problem_rx_state_"]
                assert shown.startswith("Vous n’avez pas" if role else "Votre session a pris fin")
        for handler in ("anyone", "visitor"):
            assert any(handler in one for one in _done((await wire.send(name(handler))).state))


@pytest.mark.parametrize(
    ("handler", "payload"),
    [
        ("forgotten", {}),
        ("setvar", {"var_name": "who", "value": "me"}),
        ("_failed", {"error": "x"}),
        ("nowhere", {}),
    ],
)
async def test_what_nobody_registered_is_refused(
    wired: Wired, address: dict[str, str], handler: str, payload: dict[str, Any]
) -> None:
    async with _wire(wired, address, "moderator") as wire:
        reply = await wire.send(name(handler), payload)
        assert reply.silent and _done(reply.state) == []


@pytest.mark.parametrize(
    ("handler", "payload"),
    [
        ("setvar", {"var_name": "is_hydrated", "value": True}),
        ("set_is_hydrated", {"value": True}),
        (
            "reflex___state____update_vars_internal_state.update_vars_internal",
            {"vars": {f"{ROOT}.small___small____small_state.who": "me"}},
        ),
        ("hydrate_and_load", {"vars": {f"{ROOT}.small___small____small_state.who": "me"}}),
        ("reflex___state____frontend_event_exception_state.handle_frontend_exception", {}),
    ],
)
async def test_the_framework_s_own_events_are_refused(
    wired: Wired, address: dict[str, str], handler: str, payload: dict[str, Any]
) -> None:
    async with _wire(wired, address) as wire:
        reply = await wire.send(f"{ROOT}.{handler}", payload)
        assert reply.silent
        assert reply.state[f"{ROOT}.small___small____small_state"]["who_rx_state_"] == ""


async def test_a_visitor_without_cookie_is_led_to_load_the_page_again(
    wired: Wired, address: dict[str, str]
) -> None:
    async with _wire(wired, address, cookies={}, path="/partager/recit") as wire:
        reply = await wire.send(name("visitor"))
        (event,) = reply.events
        assert event["name"] == "_redirect"
        assert event["payload"]["path"] == "/partager/recit" and event["payload"]["external"]
        assert _done(reply.state) == []


# Line 5: arguments


@pytest.mark.parametrize(
    ("handler", "payload"),
    [
        ("anyone", {"text": ["a"]}),
        ("anyone", {"text": 5}),
        ("anyone", {"text": "a", "is_admin": True}),
        ("anyone", {"self": 1}),
        ("anyone", {"text": "x" * 20_001}),
        ("number", {}),
        ("number", {"count": "douze"}),
        ("number", {"count": None}),
        ("number", {"count": 1.5}),
        ("form", {"form_data": "a=1"}),
        ("form", {"form_data": {str(n): "" for n in range(121)}}),
        ("form", {"form_data": {"__reflex_form_data__": [["a", "b", "c"]]}}),
        ("form", {"form_data": {"__reflex_form_data__": [["a", ""]] * 121}}),
        ("form", {"form_data": {"__reflex_form_data__": {"a": 1}}}),
        ("form", {"form_data": {"a" * 101: ""}}),
        ("form", {}),
        ("note", {"title": "a", "stars": "3"}),
        ("note", {"title": "a", "stars": True}),
        ("note", {"title": "a" * 21, "stars": 3}),
        ("note", {"title": "a", "stars": 3, "more": 1}),
    ],
)
async def test_arguments_of_another_shape_never_reach_the_handler(
    wired: Wired, address: dict[str, str], handler: str, payload: dict[str, Any]
) -> None:
    async with _wire(wired, address) as wire:
        reply = await wire.send(name(handler), payload)
        assert reply.silent and _done(reply.state) == []


async def test_arguments_of_the_right_shape_arrive_parsed(
    wired: Wired, address: dict[str, str]
) -> None:
    async with _wire(wired, address) as wire:
        await wire.send(name("number"), {"count": 12})
        pairs = [["a", "1"], ["b", "2"]]
        await wire.send(name("form"), {"form_data": {"__reflex_form_data__": pairs}})
        reply = await wire.send(name("note"), {"title": "a", "stars": 3})
        assert _done(reply.state) == ["number 12", "form [('a', '1'), ('b', '2')]", "note a 3"]


# Line 6: origins


@pytest.mark.parametrize(
    "origin",
    [None, "null", "http://exemple.fr", "http://localhost", "https://localhost:3000", "file://"],
)
async def test_a_socket_of_another_origin_or_of_none_is_refused(
    wired: Wired, address: dict[str, str], origin: str | None
) -> None:
    with pytest.raises(Refused):
        await _wire(wired, address, origin=origin).connect()


# Line 7: identity is in the cookie, never in the token


@pytest.mark.parametrize(
    "token", ["", "x", "../../etc", "1b4e28ba2fa111d2883f0016d3cca427", "a" * 36]
)
async def test_a_token_that_is_no_uuid_is_refused(
    wired: Wired, address: dict[str, str], token: str
) -> None:
    with pytest.raises(Refused):
        await _wire(wired, address, token=token).connect()


async def test_somebody_else_s_token_gives_nothing_of_theirs(
    wired: Wired, address: dict[str, str]
) -> None:
    async with _wire(wired, address, "moderator") as victim:
        reply = await victim.send(name("moderate"))
        assert "moderate" in _done(reply.state)
        for cookies in ({}, wired.cookies(""), wired.cookies("agent")):
            async with _wire(wired, address, cookies=cookies, token=victim.token) as thief:
                stolen = await thief.settle()
                assert _done(stolen.state) == []
                assert "moderate" not in _done((await thief.send(name("moderate"))).state)
        again = await victim.send(name("anyone"))
        assert "moderate" in _done(again.state)


async def test_the_same_browser_finds_its_state_again(
    wired: Wired, address: dict[str, str]
) -> None:
    cookies = wired.cookies("")
    async with _wire(wired, address, cookies=cookies) as wire:
        await wire.send(name("anyone"), {"text": "before"})
    async with _wire(wired, address, cookies=cookies, token=wire.token) as wire:
        assert _done((await wire.settle()).state) == ["anyone before"]


async def test_a_private_header_sent_by_a_client_is_thrown_away(
    wired: Wired, address: dict[str, str]
) -> None:
    session = tokens.hash_token(wired.sessions["moderator"])
    forged = f"spplus session={session};visitor={'a' * 64};address={'b' * 64}"
    wire = _wire(wired, {**address, "Authorization": forged}, cookies={})
    async with wire:
        reply = await wire.send(name("moderate"))
        assert _done(reply.state) == []


# Line 8: nothing of the cookie inside


async def test_neither_cookie_nor_address_reaches_the_state_or_the_browser(
    wired: Wired, address: dict[str, str]
) -> None:
    cookies = wired.cookies("agent")
    async with _wire(wired, address, cookies=cookies) as wire:
        reply = await wire.send(name("whoami"))
        who = reply.state[f"{ROOT}.small___small____small_state"]["who_rx_state_"]
        assert who == "person=Nom agent;visitor=True;address=64;cookie=False;ip=0.0.0.0"
        whole = json.dumps([reply.updates, reply.state])
        for secret in cookies.values():
            assert secret not in whole and tokens.hash_token(secret) not in whole
        assert address["X-Forwarded-For"] not in whole


# A session that ends


async def test_a_session_that_is_revoked_is_over_at_the_next_event(
    wired: Wired, address: dict[str, str]
) -> None:
    async with httpx.AsyncClient(base_url=wired.url, trust_env=False) as browser:
        session = await _sign_in(browser, address, "programme")
        async with _wire(wired, address, cookies={"spplus-session": session}) as wire:
            reply = await wire.send(name("refresh"))
            assert "refresh" in _done(reply.state)
            _revoke(wired, session)
            reply = await wire.send(name("refresh"))
            assert _done(reply.state).count("refresh") == 1


async def test_signing_out_closes_the_sockets_of_that_session_only(
    wired: Wired, address: dict[str, str]
) -> None:
    async with httpx.AsyncClient(base_url=wired.url, trust_env=False) as browser:
        session = await _sign_in(browser, address, "programme")
        gone = await _wire(wired, address, cookies={"spplus-session": session}).connect()
        async with _wire(wired, address, "moderator") as other:
            form = {"content-type": "application/x-www-form-urlencoded", "origin": wired.url}
            await browser.post("/auth/deconnexion", headers={**form, **address})
            await gone.wait_closed()
            assert "moderate" in _done((await other.send(name("moderate"))).state)
        back = _wire(wired, address, cookies={"spplus-session": session}, token=gone.token)
        async with back:
            assert _done((await back.send(name("refresh"))).state) == []


async def test_signing_in_again_closes_the_old_socket_and_the_new_cookie_acts(
    wired: Wired, address: dict[str, str]
) -> None:
    visitor = {"spplus-visitor": tokens.new_token()}
    async with httpx.AsyncClient(base_url=wired.url, trust_env=False, cookies=visitor) as browser:
        before = await _wire(wired, address, cookies=visitor).connect()
        session = await _sign_in(browser, address, "programme")
        await before.wait_closed()
        both = {**visitor, "spplus-session": session}
        async with _wire(wired, address, cookies=both, token=before.token) as after:
            assert "refresh" in _done((await after.send(name("refresh"))).state)


async def _sign_in(browser: httpx.AsyncClient, address: dict[str, str], role: str) -> str:
    form = {"email": email_of(role), "password": PASSWORD}
    headers = {"origin": str(browser.base_url).rstrip("/"), **address}
    answer = await browser.post("/auth/connexion", data=form, headers=headers)
    assert answer.status_code == 303, answer.text
    return answer.headers["set-cookie"].split("=", 1)[1].split(";")[0]


def _revoke(wired: Wired, session: str) -> None:
    with sqlite3.connect(wired.database_url.removeprefix("sqlite:///")) as connection:
        connection.execute(
            "UPDATE person_session SET revoked_at = seen_at WHERE token_hash = ?",
            (tokens.hash_token(session),),
        )


# Line 9: limits and logs


async def test_a_flood_is_cut_and_writes_a_few_lines(wired: Wired, address: dict[str, str]) -> None:
    before = len(wired.served.lines().splitlines())
    async with AsyncExitStack() as stack:
        for _ in range(5):
            wire = _wire(wired, address, cookies={})
            await wire.connect()
            stack.push_async_callback(wire.close)
            for n in range(Limits().burst + 30):
                await wire.emit(f"unknown{n}", {"text": "flood"})
            await wire.wait_closed()
    written = wired.served.lines().splitlines()[before:]
    assert len(written) < 30 and "flood" not in "".join(written)


@pytest.mark.parametrize("frame", ["42/_event,[", b"\x00\x01", "42/_event," + "x" * 70_000, "4"])
async def test_a_frame_that_no_page_sends_closes_the_socket(
    wired: Wired, address: dict[str, str], frame: str | bytes
) -> None:
    wire = await _wire(wired, address).connect()
    await wire.raw(frame)
    await wire.wait_closed()


async def test_sockets_are_counted_per_browser_and_come_back(
    wired: Wired, address: dict[str, str]
) -> None:
    cookies = wired.cookies("")
    limit = Limits().per_cookie
    async with AsyncExitStack() as stack:
        for _ in range(limit):
            wire = await _wire(wired, address, cookies=cookies).connect()
            stack.push_async_callback(wire.close)
        with pytest.raises(Refused):
            await _wire(wired, address, cookies=cookies).connect()
        async with _wire(wired, address) as other:
            assert not (await other.send(name("anyone"))).silent
    async with _wire(wired, address, cookies=cookies) as wire:
        assert not (await wire.send(name("anyone"))).silent


async def test_a_fault_of_a_handler_is_one_line_without_words(
    wired: Wired, address: dict[str, str]
) -> None:
    async with _wire(wired, address, "agent") as wire:
        await wire.send(name("fail"), {"text": "CANARY-FAULT"})
        await wire.send(name("anyone"), {"text": "CANARY-TYPED"})
        await wire.raw('42/_event,["client_error",{"message":"CANARY-BROWSER"}]')
        await wire.send(name("note"), {"title": "CANARY-PAYLOAD" * 9, "stars": 3})
        await wire.send("CANARY-NAME", {"text": "CANARY-UNKNOWN"})
    log = wired.served.lines()
    assert '"what": "event failed", "error": "RuntimeError"' in log
    assert '"what": "browser error"' in log
    assert "CANARY" not in log and "Traceback" not in log
    for line in log.splitlines():
        assert isinstance(json.loads(line), dict), line


async def test_the_log_holds_no_secret_of_all_this(wired: Wired, address: dict[str, str]) -> None:
    cookies = wired.cookies("agent")
    token = tokens.new_token()
    async with httpx.AsyncClient(base_url=wired.url, trust_env=False) as browser:
        await browser.get(f"/suivi/{token}")
        await browser.post(f"/suivi/{token}", headers={"origin": "http://exemple.fr"})
    async with _wire(wired, address, cookies=cookies) as wire:
        await wire.send(name("forgotten"))
    with pytest.raises(Refused):
        await _wire(wired, address, cookies=cookies, origin="null").connect()
    log = wired.served.lines()
    for secret in (*cookies.values(), *map(tokens.hash_token, cookies.values()), token, wire.token):
        assert secret not in log
    assert "/suivi/…" in log
    assert not re.search(r"198\.51\.100\.\d", log)


# The boot event, which rides in the connection packet


async def test_a_hostile_connection_packet_is_refused(
    wired: Wired, address: dict[str, str]
) -> None:
    for auth in (
        {"event": {"name": name("moderate"), "payload": {"x": 1}, "router_data": {"ip": "x"}}},
        {"event": {"name": f"{ROOT}.hydrate_and_load", "payload": {"vars": {"a": "b"}}}},
        {"event": "x"},
        {"unknown": 1},
    ):
        wire = await _wire(wired, address).connect()
        await wire.raw(f"40/_event,{json.dumps(auth)}")
        await wire.wait_closed()


async def test_a_right_is_asked_of_the_connection_packet_too(
    wired: Wired, address: dict[str, str]
) -> None:
    event = {"name": name("moderate"), "payload": {}, "router_data": {"pathname": "/"}}
    wire = await _wire(wired, address, "agent").connect({"event": event})
    assert _done((await wire.settle()).state) == []
    await wire.close()


async def test_only_the_socket_s_path_takes_sockets(wired: Wired, address: dict[str, str]) -> None:
    async with httpx.AsyncClient(base_url=wired.url, trust_env=False) as browser:
        upgrade = {
            "connection": "Upgrade",
            "upgrade": "websocket",
            "sec-websocket-version": "13",
            "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
            "origin": wired.url,
            **address,
        }
        for path in ("/", "/_upload", "/auth/connexion", "/_eventful"):
            answer = await browser.get(
                f"{path}?token={_wire(wired, address).token}", headers=upgrade
            )
            assert answer.status_code == 403


def test_the_wire_speaks_the_version_that_is_pinned() -> None:
    assert constants.Reflex.VERSION == REFLEX and HYDRATE.endswith(".hydrate")
