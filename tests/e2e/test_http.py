"""HTTP as an attacker speaks it, on the real site: whose data, which method, which body."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import httpx
import pytest

from spplus_app.api import document_form
from spplus_app.api.app import ROUTES
from spplus_app.services import tokens
from tests.e2e.cast import SESSION, VISITOR, Browser, Stage, difference, set_stage
from tests.e2e.site import running
from tests.e2e.test_wire import KINDS

FORM = "application/x-www-form-urlencoded"
BODIES: tuple[tuple[str, bytes, int], ...] = (
    ("multipart/form-data; boundary=x", b"--x--", 415),
    ("text/plain", b"email=a%40b.fr&password=x", 415),
    ("", b"email=a", 415),
    ("application/xml", b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>", 415),
    (FORM, b"x=" + b"a" * 300_000, 413),
    ("application/json", b"[" * 50_000, 422),
    ("application/json", b"{", 422),
    ("application/json", b"[]", 422),
    ("application/json", b"null", 422),
    ("application/json", b'{"email": {"$ne": ""}, "password": ["x"]}', 422),
    ("application/json", b'{"__class__": "x", "email": "a"}', 422),
    ("application/json", b'{"email": "\xff\xfe"}', 422),
    (FORM, b"email=a&email=b&password=x", 422),
    (FORM, b"is_admin=1&email=a%40b.fr&password=x", 422),
    (FORM, b"&".join(b"f%d=1" % n for n in range(500)), 422),
)


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A site of one's own, without the demonstration."""
    with running(tmp_path_factory.mktemp("http"), demo=False) as site:
        yield set_stage(site)


def _client(stage: Stage, browser: Browser, **headers: str) -> httpx.Client:
    # Who refuses a body before its end closes the connection: each request has its own.
    sent = {**browser.http(), "Connection": "close", **headers}
    return httpx.Client(base_url=stage.site.url, trust_env=False, headers=sent, timeout=20)


def _routes(method: str) -> list[str]:
    return [route.path for group in ROUTES for route in group if method in (route.methods or ())]


def _owner(path: str) -> str:
    """The kind of viewer that a private address is for."""
    return {"/api/suivi": "author of another", "/api/moderation": "moderator"}.get(
        path.split("/{")[0], "agent"
    )


@pytest.mark.parametrize("who", KINDS)
def test_other_people_s_data_is_not_found(stage: Stage, who: str) -> None:
    kind = stage.kinds()[who]
    browser = stage.browsers(kind, 1)[0]
    private = [
        path for path in _routes("GET") if path.startswith("/api/") and "{number:int}" in path
    ]
    assert len(private) >= 3
    before = stage.rows([browser])
    with _client(stage, browser) as client:
        for path in private:
            for name in stage.after(kind) if _owner(path) == who else stage.scene.targets:
                number = str(stage.scene.targets[name].id)
                answer = client.get(path.replace("{number:int}", number))
                assert not stage.leaks(kind, answer.text)
                assert answer.headers["cache-control"] == "no-store"
                allowed = (who == "moderator" and "moderation" in path) or (
                    "reponse" in path and who in {"agent", "agent elsewhere", "manager above"}
                )
                assert allowed or answer.status_code in {401, 403, 404}, (path, answer.text)
        if who != "author of another":
            assert client.get("/api/recu").status_code == 404
    assert not difference(before, stage.rows([browser]))


def test_an_agent_s_draft_is_theirs_and_nobody_else_s(stage: Stage) -> None:
    number = stage.scene.targets["published"].id
    found = {}
    for who in ("agent", "agent elsewhere", "manager above"):
        with _client(stage, stage.browsers(stage.kinds()[who], 1)[0]) as client:
            found[who] = client.get(f"/api/brouillon/reponse/{number}").json()["fields"]
    word = stage.scene.words["reply draft"]
    assert found.pop("agent")["text"] == word
    assert found == {"agent elsewhere": {}, "manager above": {}}


def test_numbers_that_are_none_are_not_found(stage: Stage) -> None:
    browser = stage.browsers(stage.kinds()["moderator"], 1)[0]
    with _client(stage, browser) as client:
        for path in (path for path in _routes("GET") if "{number:int}" in path):
            for number in ("0", "9" * 30, "-1", "1e3", "%00", "１", "../1", "1;x", "1%2e0"):
                answer = client.get(path.replace("{number:int}", number))
                assert answer.status_code in {200, 400, 403, 404}, (path, number)
                assert not stage.leaks(stage.kinds()["nobody"], answer.text), (path, number)


@pytest.mark.parametrize("path", _routes("POST"))
def test_a_body_that_no_form_sends_is_refused(stage: Stage, path: str) -> None:
    browser = Browser({VISITOR: tokens.new_token(), SESSION: tokens.new_token()})
    before = stage.rows()
    with _client(stage, browser, Origin=stage.site.url, Accept="application/json") as client:
        for kind, body, status in BODIES:
            headers: dict[str, str] = {"Content-Type": kind} if kind else {}
            answer = client.post(_somewhere(path), content=body, headers=headers)
            assert answer.status_code == _status(path, kind, status), (kind, body[:60], answer.text)
            assert "message" in answer.json() and "Rechargez la page" in answer.json()["message"]
    assert not difference(before, stage.rows())


def _somewhere(path: str) -> str:
    """An address of this route."""
    path = path.replace("{number:int}", "1").replace("{sentence:int}", "1")
    path = path.replace("{one:uuid}", str(uuid4())).replace("{uuid:uuid}", str(uuid4()))
    return path.replace("{token:follow_token}", tokens.new_token())


def _status(path: str, kind: str, status: int) -> int:
    """What a route answers to this kind of body: three take no plain form."""
    if path.endswith("{uuid:uuid}") and kind == FORM:
        return 415
    if path == document_form.PAGE:
        return 422 if kind.startswith("multipart/") else 415
    return 415 if path.endswith("{one:uuid}") else status


def _endless() -> Iterator[bytes]:
    """A body that says nothing of its size: 5 MB, a piece at a time."""
    yield b"email="
    for _ in range(80):
        yield b"a" * 65_536


@pytest.mark.parametrize("path", _routes("POST"))
def test_a_body_is_counted_whatever_it_announces(stage: Stage, path: str) -> None:
    with _client(stage, Browser(), Origin=stage.site.url) as client:
        try:
            answer = client.post(
                _somewhere(path), content=_endless(), headers={"Content-Type": FORM}
            )
            assert answer.status_code in {303, 413, 415}
        except httpx.HTTPError:
            pass  # the site hung up before the end, which is its right
    assert stage.site.answers()


@pytest.mark.parametrize("path", sorted({path for way in ("GET", "POST") for path in _routes(way)}))
def test_another_method_or_another_origin_does_nothing(stage: Stage, path: str) -> None:
    secret = stage.browsers(stage.kinds()["moderator"], 1)[0]
    where = _somewhere(path)
    before = stage.rows([secret])
    with _client(stage, secret) as client:
        for method in ("PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"):
            assert client.request(method, where).status_code == 405
        origins: tuple[dict[str, Any], ...] = (
            {},
            {"Origin": "null"},
            {"Origin": "http://evil.example"},
            {"Origin": f"{stage.site.url}.evil.example"},
            {"Origin": stage.site.url.replace("http:", "https:")},
            {"Sec-Fetch-Site": "same-site"},
            {"Sec-Fetch-Site": "cross-site", "Referer": stage.site.url},
        )
        for headers in origins:
            answer = client.post(where, data={"email": "a@b.fr"}, headers=headers)
            assert answer.status_code == 403, headers
    assert not difference(before, stage.rows([secret]))
