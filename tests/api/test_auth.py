"""The forms of sign-in over HTTP, on both databases."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from spplus_app.api import answers
from spplus_app.api.answers import HEARD_MAX
from spplus_app.api.outer import outer_layer
from spplus_app.api.sockets import RENEW, SOCKETS
from spplus_app.domain.errors import (
    Conflict,
    DomainError,
    Invalid,
    NotFound,
    Refused,
    SignedOut,
    TooMany,
)
from spplus_app.domain.roles import Grant, Role
from spplus_app.persistence import reading, unit_of_work
from spplus_app.persistence.tables import PasswordResetRow, SessionRow
from spplus_app.services import identity, password_reset, tokens
from spplus_app.states.identity import PrivateHeader

EMAIL = "awa.martin@exemple.fr"
PASSWORD = "un petit vélo dans la cour"
ANOTHER = "trois hiboux sur un mur gris"
ORIGIN = {"origin": "http://localhost:3000"}
FETCH = {**ORIGIN, "accept": "application/json"}


async def _nothing(scope: Any, receive: Any, send: Any) -> None:
    raise AssertionError(f"not one of our routes: {scope['path']}")


@pytest.fixture
async def browser(house: pytest.MonkeyPatch, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    with unit_of_work() as session:
        identity.add_person(session, None, EMAIL, "Awa", PASSWORD, [Grant(Role.MODERATOR)])
    layer = outer_layer(private_paths=("/espace",), html_dir=tmp_path)(_nothing)
    transport = httpx.ASGITransport(layer, client=("203.0.113.9", 5000))
    async with httpx.AsyncClient(
        transport=transport, base_url="http://localhost:3000", trust_env=False
    ) as client:
        yield client


async def _sign_in(
    browser: httpx.AsyncClient, password: str = PASSWORD, *, fetch: bool = True, **more: str
) -> httpx.Response:
    form = {"email": EMAIL, "password": password, **more}
    return await browser.post("/auth/connexion", data=form, headers=FETCH if fetch else ORIGIN)


def _sessions() -> list[SessionRow]:
    with reading() as session:
        rows = list(session.scalars(select(SessionRow).order_by(SessionRow.id)))
        session.expunge_all()
        return rows


async def test_signing_in_sets_a_cookie_that_scripts_cannot_read(
    browser: httpx.AsyncClient,
) -> None:
    answer = await _sign_in(browser)
    assert answer.status_code == 200
    assert answer.json() == {"ok": True, "next": "/espace/moderation"}
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and "Max-Age" not in cookie
    assert answer.headers["cache-control"] == "no-store"
    secret = cookie.split("=", 1)[1].split(";")[0]
    assert _sessions()[0].token_hash == tokens.hash_token(secret)
    assert secret not in answer.text


async def test_a_plain_form_is_led_on(browser: httpx.AsyncClient) -> None:
    answer = await _sign_in(browser, fetch=False, next="/espace/moderation/12")
    assert (answer.status_code, answer.headers["location"]) == (303, "/espace/moderation/12")
    assert "spplus-session" in answer.headers["set-cookie"]


@pytest.mark.parametrize(
    "target",
    [
        "//exemple.fr",
        "https://exemple.fr",
        "/\\exemple.fr",
        "javascript:x",
        "/a\r\nx: y",
        "/ a",
        "",
    ],
)
async def test_only_paths_of_this_site_are_led_to(browser: httpx.AsyncClient, target: str) -> None:
    answer = await _sign_in(browser, fetch=False, next=target)
    assert answer.headers["location"] == "/espace/moderation"


async def test_a_wrong_password_says_no_more_than_an_unknown_account(
    browser: httpx.AsyncClient,
) -> None:
    wrong = await _sign_in(browser, "faux")
    unknown = await _sign_in(browser, "faux", email="personne@exemple.fr")
    assert wrong.status_code == unknown.status_code == 403
    assert wrong.content == unknown.content
    assert wrong.json() == {"message": identity.WRONG, "errors": {}}
    assert "set-cookie" not in wrong.headers
    form = await _sign_in(browser, "faux", fetch=False, next="/espace/reponses")
    assert form.headers["location"] == "/connexion?suite=/espace/reponses&erreur=identifiants"


async def test_failures_are_counted_though_nothing_else_is_kept(
    browser: httpx.AsyncClient,
) -> None:
    for _ in range(5):
        assert (await _sign_in(browser, "faux")).status_code == 403
    slowed = await _sign_in(browser)
    assert slowed.status_code == 429 and "Attendez" in slowed.json()["message"]
    form = await _sign_in(browser, fetch=False)
    assert form.headers["location"] == "/connexion?erreur=attente"


async def test_the_session_before_is_over_and_its_sockets_close(
    browser: httpx.AsyncClient,
) -> None:
    await _sign_in(browser)
    first = _sessions()[0].token_hash
    sent: list[dict[str, Any]] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def silent(*_: Any) -> Any:
        await asyncio.Event().wait()

    opened = SOCKETS.admit(PrivateHeader(first, "", "x"), silent, send, silent)
    assert opened is not None
    inside = asyncio.ensure_future(opened.incoming())
    try:
        await _sign_in(browser)
        assert (await asyncio.wait_for(inside, 10))["type"] == "websocket.disconnect"
    finally:
        SOCKETS.forget(opened)
    before, after = _sessions()
    assert before.revoked_at is not None and after.revoked_at is None
    assert sent == [{"type": "websocket.close", "code": RENEW}]


async def test_signing_out_takes_the_session_and_the_cookie_away(
    browser: httpx.AsyncClient,
) -> None:
    await _sign_in(browser)
    answer = await browser.post("/auth/deconnexion", data={}, headers=_empty_form())
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert answer.headers["clear-site-data"] == '"cache"'
    assert "Max-Age=0" in answer.headers["set-cookie"]
    assert _sessions()[0].revoked_at is not None
    again = await browser.post("/auth/deconnexion", data={}, headers=_empty_form())
    assert again.status_code == 303


def _empty_form() -> dict[str, str]:
    return {**ORIGIN, "content-type": "application/x-www-form-urlencoded"}


# Another password


def _links() -> list[str]:
    with reading() as session:
        rows = session.scalars(select(PasswordResetRow).order_by(PasswordResetRow.id))
        return [tokens.derive(password_reset.PURPOSE, row.nonce) for row in rows]


async def test_asking_for_a_link_says_nothing_of_the_account(browser: httpx.AsyncClient) -> None:
    known, unknown = [
        await browser.post("/auth/mot-de-passe-oublie", data={"email": email}, headers=FETCH)
        for email in (EMAIL, "personne@exemple.fr")
    ]
    assert known.status_code == unknown.status_code == 200
    assert known.content == unknown.content
    assert len(_links()) == 1


async def test_the_link_leaves_the_address_and_opens_once(browser: httpx.AsyncClient) -> None:
    await _sign_in(browser)
    await browser.post("/auth/mot-de-passe-oublie", data={"email": EMAIL}, headers=ORIGIN)
    (token,) = _links()
    for _ in range(2):  # a mail scanner opens it before its reader does
        opened = await browser.get(f"/mot-de-passe/{token}")
        assert opened.status_code == 303
        assert opened.headers["location"] == "/nouveau-mot-de-passe"
        assert opened.headers["referrer-policy"] == "no-referrer"
        assert opened.headers["cache-control"] == "no-store"
        assert "HttpOnly" in opened.headers["set-cookie"]
    weak = await browser.post("/auth/mot-de-passe", data={"password": "court"}, headers=FETCH)
    assert weak.status_code == 422 and "password" in weak.json()["errors"]
    done = await browser.post("/auth/mot-de-passe", data={"password": ANOTHER}, headers=FETCH)
    assert done.json() == {"ok": True, "next": "/connexion"}
    assert all(row.revoked_at is not None for row in _sessions())
    over = await browser.post("/auth/mot-de-passe", data={"password": PASSWORD}, headers=ORIGIN)
    assert over.headers["location"] == "/nouveau-mot-de-passe?erreur=lien"
    assert (await _sign_in(browser, ANOTHER)).status_code == 200
    assert (await browser.get(f"/mot-de-passe/{token}")).headers["location"].endswith("erreur=lien")


async def test_without_a_link_no_password_changes(browser: httpx.AsyncClient) -> None:
    answer = await browser.post("/auth/mot-de-passe", data={"password": ANOTHER}, headers=FETCH)
    assert answer.status_code == 404
    assert (await _sign_in(browser)).status_code == 200


# Hostile bodies


FORM = "application/x-www-form-urlencoded"
GOOD = {"email": EMAIL, "password": PASSWORD}


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"", FORM, 422),
        (b"email=a&password=b&admin=1", FORM, 422),
        (b"email=a&email=b&password=c", FORM, 422),
        (b"email=a", FORM, 422),
        (b"email=%ff%fe&password=b", FORM, 403),
        (b"email=\xff&password=b", FORM, 422),
        (b"email=" + b"a" * 300 + b"&password=b", FORM, 422),
        (b"email=a&password=" + b"b" * 257, FORM, 422),
        (b"a" * (64 * 1024 + 1), FORM, 413),
        (b"email=a&password=b", "text/plain", 415),
        (b"email=a&password=b", "", 415),
        (b"--x\r\n", "multipart/form-data; boundary=x", 415),
        (b"[]", "application/json", 422),
        (b"{", "application/json", 422),
        (b"[" * 60_000, "application/json", 422),
        (json.dumps({**GOOD, "email": [EMAIL]}).encode(), "application/json", 422),
        (json.dumps({**GOOD, "email": None}).encode(), "application/json", 422),
        (json.dumps({**GOOD, "next": "\ud800"}).encode(), "application/json", 422),
        (json.dumps({**GOOD, "email": "\x00"}).encode(), "application/json", 403),
        (json.dumps({**GOOD, "é": "x"}).encode(), "application/json", 422),
    ],
)
async def test_a_body_is_hostile_until_it_is_parsed(
    browser: httpx.AsyncClient, body: bytes, kind: str, status: int
) -> None:
    answer = await browser.post(
        "/auth/connexion", content=body, headers={**FETCH, "content-type": kind}
    )
    assert answer.status_code == status
    assert "message" in answer.json() and not _sessions()


async def test_a_body_is_counted_whatever_it_announces(browser: httpx.AsyncClient) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(HEARD_MAX // 1024 + 2):
            yield b"a" * 1024
        raise AssertionError("read past the bound")

    answer = await browser.post(
        "/auth/connexion", content=endless(), headers={**FETCH, "content-type": FORM}
    )
    assert answer.status_code == 413


@pytest.mark.parametrize("method", ["GET", "HEAD"])
async def test_forms_answer_to_post_only(browser: httpx.AsyncClient, method: str) -> None:
    assert (await browser.request(method, "/auth/connexion")).status_code == 405


# One place for refusals


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (Invalid({"title": "Trop long."}), 422),
        (Refused(), 403),
        (SignedOut(), 401),
        (NotFound(), 404),
        (Conflict(), 409),
        (TooMany(), 429),
        (DomainError("Autre."), 400),
    ],
)
def test_each_refusal_has_its_status(error: DomainError, status: int) -> None:
    answer = answers.json_error(error)
    assert answer.status_code == status
    shown = json.loads(bytes(answer.body))
    assert shown["message"] == error.message
    assert shown["errors"] == (error.errors if isinstance(error, Invalid) else {})


def test_every_refusal_of_the_domain_has_a_status_of_its_own() -> None:
    for kind in DomainError.__subclasses__():
        if kind.__module__ == DomainError.__module__:
            assert any(issubclass(kind, known) for known, _ in answers._STATUSES), kind
