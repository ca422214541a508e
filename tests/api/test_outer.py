"""Every answer of the outer layer, in this process: headers, cookies, origins, addresses."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from spplus_app.api import addresses, assets, cookies, policy
from spplus_app.api.outer import outer_layer
from spplus_app.api.state_tokens import bound_token
from spplus_app.services import clock, tokens
from spplus_app.settings import settings
from spplus_app.states.identity import NOTHING, PrivateHeader, parse_private_header

OWN = {"origin": "http://localhost:3000"}
SCRIPT = "self.__x = {\"a\": '&lt;'};"
PAGE = f"<!doctype html><script>{SCRIPT}</script><script src=/a.js></script>"


class Inside:
    """What lies inside the layer: it answers a page, and keeps the headers it was given."""

    def __init__(self) -> None:
        self.seen: list[dict[str, Any]] = []
        self.kind = b"text/html; charset=utf-8"
        self.status = 200

    async def __call__(
        self, scope: Any, receive: Callable[[], Awaitable[Any]], send: Callable[..., Awaitable[Any]]
    ) -> None:
        self.seen.append(dict(scope))
        if scope["path"] == "/casse":
            raise RuntimeError("secret words")
        headers = [(b"content-type", self.kind)]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": PAGE.encode()})

    def header(self, name: bytes) -> str:
        return next((v.decode() for k, v in self.seen[-1]["headers"] if k == name), "")

    @property
    def private(self) -> PrivateHeader:
        return parse_private_header(self.header(b"authorization"))


@pytest.fixture
def inside() -> Inside:
    return Inside()


@pytest.fixture
def built(tmp_path: Path) -> Path:
    folder = tmp_path / "html"
    folder.mkdir()
    (folder / "index.html").write_text(PAGE)
    return folder


@asynccontextmanager
async def _browser(
    inside: Inside, built: Path, peer: str = "203.0.113.9", **more: Any
) -> AsyncIterator[httpx.AsyncClient]:
    layer = outer_layer(
        acting_paths=("/partager", "/suivi"),
        private_paths=("/suivi", "/espace"),
        html_dir=built,
    )(inside)
    transport = httpx.ASGITransport(layer, client=(peer, 5000))
    async with httpx.AsyncClient(
        transport=transport, base_url="http://localhost:3000", trust_env=False, **more
    ) as client:
        yield client


@pytest.fixture
async def browser(
    house: pytest.MonkeyPatch, inside: Inside, built: Path
) -> AsyncIterator[httpx.AsyncClient]:
    async with _browser(inside, built) as client:
        yield client


def _public(house: pytest.MonkeyPatch, url: str, **more: str) -> None:
    house.setenv("PUBLIC_URL", url)
    for name, value in more.items():
        house.setenv(name, value)
    settings.cache_clear()


# Headers


async def test_every_answer_has_the_headers_of_the_site(browser: httpx.AsyncClient) -> None:
    refused = await browser.post("/auth/connexion")
    for answer in (
        await browser.get("/"),
        await browser.get("/_upload"),
        await browser.put("/"),
        await browser.get("/casse"),
        await browser.get("/api/structures?q=x"),
        refused,
    ):
        for name, value in policy.STATIC:
            assert answer.headers[name] == value
        assert answer.headers["content-security-policy"].startswith("default-src 'none'")
        assert answer.headers["referrer-policy"]
        assert answer.headers["cache-control"]
        assert "strict-transport-security" not in answer.headers
    assert refused.status_code == 403


async def test_https_adds_hsts(house: pytest.MonkeyPatch, inside: Inside, built: Path) -> None:
    _public(house, "https://exemple.fr")
    async with _browser(inside, built) as client:
        assert (await client.get("/")).headers[policy.HSTS[0]] == policy.HSTS[1]


async def test_the_policy_allows_the_inline_scripts_of_the_built_pages_by_hash(
    browser: httpx.AsyncClient, built: Path
) -> None:
    allowed = (await browser.get("/")).headers["content-security-policy"]
    digest = base64.b64encode(hashlib.sha256(SCRIPT.encode()).digest()).decode()
    assert f"script-src 'self' 'sha256-{digest}';" in allowed
    assert "unsafe" not in allowed and "style-src 'self';" in allowed
    for rule in ("base-uri 'none'", "object-src 'none'", "frame-ancestors 'none'"):
        assert rule in allowed


def test_the_policy_follows_the_pages_when_they_change(built: Path) -> None:
    now = [0.0]
    pages = policy.BuiltPages(built, lambda: now[0])
    before = pages.policy()
    (built / "index.html").write_text("<script>other()</script>")
    assert pages.policy() == before
    now[0] = 2.0
    assert pages.policy() != before
    assert policy.script_hashes("<script>other()</script>")[0] in pages.policy()


def test_only_scripts_that_run_from_within_the_page_are_hashed() -> None:
    html = (
        '<script src="/a.js"></script><script type="application/ld+json">{"a": 1}</script>'
        '<script type="module">a && b</script><SCRIPT>c</SCRIPT><p onclick="x">text</p>'
    )
    assert len(policy.script_hashes(html)) == 2


async def test_a_page_that_did_not_change_keeps_its_policy(
    browser: httpx.AsyncClient, inside: Inside
) -> None:
    inside.status = 304
    assert "content-security-policy" not in (await browser.get("/")).headers


@pytest.mark.parametrize(
    ("path", "kind", "cache"),
    [
        ("/", b"text/html", "private, no-cache"),
        ("/partager/recit", b"text/html", "private, no-cache"),
        ("/suivi/12", b"text/html", "no-store"),
        ("/espace/reponses", b"text/html", "no-store"),
        ("/assets/root-B3x_1aZ9.js", b"text/javascript", "public, max-age=31536000, immutable"),
        ("/assets/plain.js", b"text/javascript", "no-cache"),
        ("/spplus.css", b"text/css", "no-cache"),
        ("/spplus.css?v=000000000000", b"text/css", "no-cache"),
        (assets.address("spplus.css"), b"text/css", "public, max-age=31536000, immutable"),
        (assets.FONT, b"font/woff2", "public, max-age=31536000, immutable"),
        ("/fonts/plain.woff2", b"font/woff2", "no-cache"),
        ("/suivijournal", b"text/html", "private, no-cache"),
    ],
)
async def test_what_is_kept_and_by_whom(
    browser: httpx.AsyncClient, inside: Inside, path: str, kind: bytes, cache: str
) -> None:
    inside.kind = kind
    answer = await browser.get(path)
    assert answer.headers["cache-control"] == cache
    assert ("x-robots-tag" in answer.headers) == (cache == "no-store")
    assert (answer.headers["referrer-policy"] == "same-origin") == (cache == "no-store")


@pytest.mark.parametrize("place", ["suivi", "mot-de-passe"])
async def test_an_address_that_holds_a_secret_is_told_to_nobody(
    browser: httpx.AsyncClient, place: str
) -> None:
    answer = await browser.get(f"/{place}/{tokens.new_token()}")
    assert answer.status_code == 303
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cache-control"] == "no-store"


async def test_robots_keep_out_of_the_demonstration(
    house: pytest.MonkeyPatch, inside: Inside, built: Path
) -> None:
    _public(house, "http://localhost:3000", SPPLUS_DEMO="1")
    async with _browser(inside, built) as client:
        assert (await client.get("/")).headers["x-robots-tag"] == "noindex, nofollow"


# Cookies and the private header


async def test_what_lies_inside_sees_hashes_and_never_a_cookie_or_an_address(
    browser: httpx.AsyncClient, inside: Inside
) -> None:
    session, visitor = tokens.new_token(), tokens.new_token()
    forged = PrivateHeader("a" * 64, "b" * 64, "c" * 64).format()
    await browser.get(
        "/",
        headers={
            "cookie": f"x=1; spplus-session={session}; spplus-visitor={visitor}",
            "authorization": forged,
            "x-forwarded-for": "198.51.100.7",
            "forwarded": "for=198.51.100.7",
        },
    )
    assert inside.private == PrivateHeader(
        tokens.hash_token(session),
        tokens.hash_token(visitor),
        addresses.daily_hash("203.0.113.9"),
        addresses.daily_block_hash("203.0.113.9"),
    )
    whole = str(inside.seen)
    for private in (session, visitor, "cookie", "203.0.113.9", "198.51.100.7", forged):
        assert private not in whole


@pytest.mark.parametrize(
    "value", ["", "a", "a" * 42, "a" * 44, "a" * 42 + "é", '"' + "a" * 41 + '"']
)
async def test_a_malformed_cookie_is_no_cookie(
    browser: httpx.AsyncClient, inside: Inside, value: str
) -> None:
    sent = f"spplus-session={value}; spplus-visitor={value}".encode("latin-1")
    await browser.get("/", headers=[(b"cookie", sent)])
    assert (inside.private.session, inside.private.visitor) == ("", "")


@pytest.mark.parametrize(
    "header", ["", "Bearer x", "spplus session=;visitor=", "spplus " + "a" * 99]
)
def test_a_private_header_of_another_shape_is_nobody(header: str) -> None:
    assert parse_private_header(header) == NOTHING


async def test_a_page_that_offers_an_act_gives_the_visitor_cookie(
    browser: httpx.AsyncClient, inside: Inside
) -> None:
    answer = await browser.get("/partager/service")
    given = answer.headers["set-cookie"]
    for part in ("spplus-visitor=", "HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=7776000"):
        assert part in given
    assert "Secure" not in given and "Domain" not in given
    # The very request that is given a cookie already acts with it: a private link binds at once.
    secret = given.split("=", 1)[1].split(";")[0]
    assert inside.private.visitor == tokens.hash_token(secret)
    again = await browser.get("/partager/service")
    assert secret in again.headers["set-cookie"]
    assert inside.private.visitor == tokens.hash_token(secret)


@pytest.mark.parametrize(
    ("path", "kind", "destination"),
    [
        ("/", b"text/html", "document"),
        ("/partagerait", b"text/html", "document"),
        ("/partager/service", b"application/json", ""),
        ("/partager/service", b"text/html", "empty"),
    ],
)
async def test_nothing_else_gives_a_cookie(
    browser: httpx.AsyncClient, inside: Inside, path: str, kind: bytes, destination: str
) -> None:
    inside.kind = kind
    sent = {"sec-fetch-dest": destination} if destination else {}
    assert "set-cookie" not in (await browser.get(path, headers=sent)).headers


SAID = {**OWN, "accept": "application/json"}


async def test_a_vote_without_a_cookie_is_lent_one_and_believed_when_it_comes_back(
    browser: httpx.AsyncClient,
) -> None:
    path = "/api/experiences/1/similaire"
    refused = await browser.post(path, headers=SAID, data={"mot": "oui"})
    assert refused.status_code == 403 and refused.headers["x-again"] == "1"
    assert "spplus-visitor=" in refused.headers["set-cookie"]
    again = await browser.post(path, headers=SAID, data={"mot": "oui"})
    assert again.status_code == 404 and "x-again" not in again.headers
    assert "set-cookie" not in again.headers


@pytest.mark.parametrize(
    ("path", "origin", "sent", "status"),
    [
        ("/api/experiences/1/similaire", "https://ailleurs.example", {"mot": "oui"}, 403),
        ("/api/experiences/1/similaire", OWN["origin"], {}, 415),
        ("/ailleurs", OWN["origin"], {"mot": "oui"}, 403),
    ],
)
async def test_no_other_refusal_lends_a_cookie(
    browser: httpx.AsyncClient,
    inside: Inside,
    path: str,
    origin: str,
    sent: dict[str, str],
    status: int,
) -> None:
    inside.kind, inside.status = b"application/json", 403
    answer = await browser.post(path, headers={"origin": origin}, data=sent)
    assert answer.status_code == status and "set-cookie" not in answer.headers


async def test_https_cookies_are_bound_to_the_host(
    house: pytest.MonkeyPatch, inside: Inside, built: Path
) -> None:
    _public(house, "https://exemple.fr")
    async with _browser(inside, built) as client:
        given = (await client.get("/partager/service")).headers["set-cookie"]
        assert given.startswith("__Host-spplus-visitor=") and given.endswith("; Secure")
        assert "Domain" not in given
        plain = {"cookie": f"spplus-visitor={tokens.new_token()}"}
        await client.get("/", headers=plain)
        assert inside.private.visitor == ""
    dropped = cookies.dropped(cookies.SESSION, https=True)
    assert "Max-Age=0" in dropped and dropped.startswith("__Host-spplus-session=;")


# Origins, methods, paths


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (OWN, 200),
        ({"sec-fetch-site": "same-origin"}, 200),
        ({**OWN, "sec-fetch-site": "cross-site"}, 200),
        ({}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "null", "sec-fetch-site": "same-origin"}, 200),
        ({"origin": "null", "sec-fetch-site": "cross-site"}, 403),
        ({"origin": "http://localhost:3001"}, 403),
        ({"origin": "http://localhost:3000.exemple.fr"}, 403),
        ({"origin": "https://localhost:3000"}, 403),
        ({"origin": "http://exemple.fr", "sec-fetch-site": "same-origin"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"referer": "http://localhost:3000/"}, 403),
    ],
)
async def test_a_post_comes_from_the_site_itself(
    browser: httpx.AsyncClient, inside: Inside, sent: dict[str, str], status: int
) -> None:
    answer = await browser.post("/n-importe", headers=sent)
    assert answer.status_code == status
    assert bool(inside.seen) == (status == 200)


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "X"])
async def test_other_methods_are_refused(
    browser: httpx.AsyncClient, inside: Inside, method: str
) -> None:
    answer = await browser.request(method, "/", headers=OWN)
    assert answer.status_code == 405 and not inside.seen


@pytest.mark.parametrize(
    "path",
    [
        "/_upload",
        "/_upload/x",
        "/_all_routes",
        "/_health",
        "/auth-codespace",
        "/_event",
        "/_event/",
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_the_framework_s_own_doors_are_closed(
    browser: httpx.AsyncClient, inside: Inside, method: str, path: str
) -> None:
    answer = await browser.request(method, path, headers=OWN)
    assert answer.status_code == 404 and not inside.seen


async def test_a_fault_is_one_sentence_and_one_line(
    browser: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    answer = await browser.get("/casse?token=abc")
    assert answer.status_code == 500 and "Réessayez" in answer.text
    assert "secret" not in answer.text
    (line,) = [one for one in caplog.records if one.message == "request failed"]
    assert line.__dict__["facts"]["path"] == "/…"
    assert "secret" not in str(line.__dict__["facts"]) and "abc" not in str(line.__dict__)


# Addresses


TRUSTED = addresses.networks(["10.0.0.0/8", "2001:db8::/32"])


@pytest.mark.parametrize(
    ("peer", "forwarded", "found"),
    [
        ("203.0.113.9", ["198.51.100.7"], "203.0.113.9"),
        ("10.0.0.1", ["198.51.100.7"], "198.51.100.7"),
        ("10.0.0.1", ["6.6.6.6, 198.51.100.7"], "198.51.100.7"),
        ("10.0.0.1", ["6.6.6.6", "198.51.100.7, 10.2.2.2"], "198.51.100.7"),
        ("10.0.0.1", ["198.51.100.7, not an address"], "10.0.0.1"),
        ("10.0.0.1", [], "10.0.0.1"),
        ("::ffff:10.0.0.1", ["198.51.100.7"], "198.51.100.7"),
        ("2001:db8::1", ["2001:470::5"], "2001:470::5"),
        ("10.0.0.1", ["10.0.0.2, 10.0.0.3"], "10.0.0.2"),
    ],
)
def test_the_address_is_believed_as_far_as_the_proxies_are_ours(
    peer: str, forwarded: list[str], found: str
) -> None:
    headers = [(b"x-forwarded-for", value.encode()) for value in forwarded]
    scope = {"client": (peer, 1), "headers": headers}
    assert addresses.client_address(scope, TRUSTED) == found


def test_a_local_socket_has_no_address() -> None:
    assert addresses.client_address({"client": None, "headers": []}, TRUSTED) == ""
    assert addresses.daily_hash("") == ""


def test_an_address_is_kept_as_a_hash_of_its_block_for_a_day() -> None:
    with clock.at(datetime(2026, 3, 29, 23, 59, tzinfo=UTC)):
        today = addresses.daily_hash("2001:470::5")
        assert (
            today == addresses.daily_hash("2001:470::ffff") != addresses.daily_hash("203.0.113.9")
        )
        assert len(today) == 64
    with clock.at(datetime(2026, 3, 30, 0, 0, tzinfo=UTC)):
        assert addresses.daily_hash("2001:470::5") != today


# The state's token


def test_a_token_leads_to_another_state_with_other_cookies() -> None:
    token = "1b4e28ba-2fa1-11d2-883f-0016d3cca427"
    mine = PrivateHeader("a" * 64, "b" * 64, "c" * 64)
    assert bound_token(token, mine) == bound_token(token.upper(), mine)
    others = [NOTHING, PrivateHeader("", "b" * 64), PrivateHeader("d" * 64, "b" * 64)]
    assert len({bound_token(token, one) for one in [mine, *others]}) == 4
    assert bound_token(token, PrivateHeader("a" * 64, "b" * 64, "other day")) == bound_token(
        token, mine
    )
