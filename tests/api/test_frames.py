"""Frames of the socket, judged one by one."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import spplus_app.states.deposit
import spplus_app.states.moderation
from spplus_app.api.frames import FRAME_MAX, Fate, judge
from spplus_app.api.sockets import Bucket
from spplus_app.states.registry import BOOT, CHAINED, FROM_CLIENT, rules
from tests.api.wire import ROOT, event_name

assert spplus_app.states.deposit and spplus_app.states.moderation
SEND = event_name("spplus_app.states.deposit", "deposit_state", "send")
REFRESH = event_name("spplus_app.states.moderation", "queue_state", "refresh")
PLACE = {"pathname": "/partager/recit", "asPath": "/partager/recit?a=b", "query": {"a": "b"}}


def _event(name: Any = SEND, payload: Any = None, router: Any = PLACE, **more: Any) -> str:
    event = {"name": name, "payload": payload or {}, "router_data": router, **more}
    return f"42/_event,{json.dumps(['event', event])}"


def _boot(event: Any) -> str:
    return f"40/_event,{json.dumps({'event': event, 'state_schema': 'x'})}"


@pytest.mark.parametrize(
    "frame",
    [
        "2",
        "3",
        "2probe",
        "1",
        "40/_event,",
        "40/_event",
        "41/_event,",
        _event(),
        _event(router={}),
        _event(router=None),
        _event(event_actions={"debounce": 1}),
        '42/_event,["ping"]',
        '42/_event,["client_error",{"message":"x"}]',
        _boot({"name": BOOT, "payload": {"hashes": ["a"]}, "router_data": PLACE}),
        _boot(None),
    ],
)
def test_what_a_page_says_is_kept(frame: str) -> None:
    assert judge(frame).fate is Fate.KEEP


@pytest.mark.parametrize(
    "frame",
    [
        _event(f"{ROOT}.setvar", {"var_name": "x", "value": 1}),
        _event(f"{ROOT}.set_is_hydrated", {"value": True}),
        _event(f"{ROOT}.reflex___state____update_vars_internal_state.update_vars_internal"),
        _event("unknown"),
        _event(""),
        _event(None),
        _event([SEND]),
        _event(payload=["x"]),
        _event(BOOT, {"vars": {f"{ROOT}.x": 1}}),
        _event(BOOT, {"hashes": [], "extra": 1}),
        _event(extra=1),
        _event(router={"headers": {"authorization": "x"}}),
        _event(router={"ip": "6.6.6.6"}),
        _event(router={"pathname": "//exemple.fr"}),
        _event(router={"asPath": "https://exemple.fr"}),
        _event(router={"pathname": "/" * 4001}),
        _event(router={"query": {"a": {"b": 1}}}),
        _event(router={"query": {str(n): "" for n in range(51)}}),
        _event(router=[1]),
        '42/_event,["event",5]',
        '42/_event,["event","{}"]',
        '42/_event,["event",null]',
    ],
)
def test_an_event_of_another_shape_is_dropped(frame: str) -> None:
    assert judge(frame).fate is Fate.DROP


@pytest.mark.parametrize(
    "frame",
    [
        None,
        "",
        "b4AAAA",
        "9",
        "4",
        "44/_event,{}",
        '451-/_event,["event",{"_placeholder":true,"num":0}]',
        "43/_event,1[]",
        "42/_event,",
        "42/_event,[",
        "42/_event,{}",
        "42/_event,[]",
        "42/_event,[5]",
        '42/_event,["connect",{}]',
        '42/_event,["event",{},{}]',
        '42/other,["event",{}]',
        "42/_event," + "[" * 30_000,
        "40/_event,[]",
        '40/_event,{"token":"x"}',
        _boot({"name": "unknown", "payload": {}}),
        _boot({"name": BOOT, "payload": {"vars": {"a": 1}}}),
        _event(payload={"text": "x" * FRAME_MAX}),
    ],
)
def test_a_frame_of_another_shape_closes_the_socket(frame: str | None) -> None:
    assert judge(frame).fate is Fate.CLOSE


@given(st.text(max_size=200) | st.from_regex(r"4[0-6]/_event,?\[?.{0,80}", fullmatch=True))
def test_no_frame_makes_the_judge_fail(frame: str) -> None:
    assert judge(frame).fate in Fate


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)


@given(json_values, json_values, json_values)
def test_no_event_makes_the_judge_fail(name: Any, payload: Any, router: Any) -> None:
    event = {"name": name, "payload": payload, "router_data": router}
    fate = judge(f"42/_event,{json.dumps(['event', event])}").fate
    assert fate is Fate.DROP


def test_what_a_page_does_by_itself_keeps_no_session_alive() -> None:
    assert judge(_event()).by_a_person
    assert not judge(_event(REFRESH)).by_a_person
    for name in FROM_CLIENT:
        assert not judge(_event(name)).by_a_person


def test_every_registered_event_may_be_sent_and_nothing_else() -> None:
    for name in rules():
        assert judge(_event(name)).fate is Fate.KEEP
    for name in CHAINED:
        assert judge(_event(name)).fate is Fate.DROP


def test_a_bucket_gives_its_burst_then_its_rate() -> None:
    now = [0.0]
    bucket = Bucket(2, 3, lambda: now[0])
    assert [bucket.take() for _ in range(4)] == [True, True, True, False]
    now[0] = 0.5
    assert [bucket.take() for _ in range(2)] == [True, False]
    now[0] = 100.0
    assert [bucket.take() for _ in range(4)] == [True, True, True, False]
