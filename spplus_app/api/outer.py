"""The outer layer: everything that enters or leaves the site passes here first.

It knows the real address, judges the origin, takes the cookies away and puts hashes in their
place, gives the visitor cookie, bounds the sockets, adds the headers of every answer, and turns a
fault into one line and one sentence. Nothing inside ever sees a cookie.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from reflex.utils.prerequisites import get_web_dir
from reflex_base import constants
from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ..services import tokens
from ..settings import settings
from ..states.identity import HEADER, PrivateHeader
from ..states.reports import report
from . import addresses, cookies, health, marks, policy, reports, votes
from .app import ROUTES, routed
from .connections import ConnectionLog
from .first_paint import first_paint
from .logs import HIDDEN, SHOWN, AccessLog, Paths
from .presence import Presence
from .sockets import POLICY, SOCKETS, Sockets
from .state_tokens import bound_query

SOCKET_PATH = "/_event"
_BLOCKED = ("/_upload", "/_all_routes", "/_health", "/auth-codespace", SOCKET_PATH)
_ALWAYS_PRIVATE = ("/auth", "/api", "/mot-de-passe", *health.PATHS)
_METHODS = frozenset({"GET", "HEAD", "POST"})
_HIDDEN = frozenset({b"cookie", b"forwarded", b"x-forwarded-for", b"x-real-ip"})
_TOKEN = re.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Browser:
    """Who sent a request: the secrets in clear (never passed on), and what is passed on."""

    secrets: cookies.Secrets
    header: PrivateHeader
    new_visitor: bool = False


@dataclass(slots=True)
class Outer:
    """The ASGI layer around the whole application."""

    inner: ASGIApp
    acting_paths: Sequence[str]
    private_paths: Sequence[str]
    public_paths: Sequence[str]
    pages: policy.BuiltPages
    sockets: Sockets
    presence: Presence = field(default_factory=Presence)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request or one socket."""
        if scope["type"] == "http":
            await self._http(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._websocket(scope, receive, send)
        else:
            await self.inner(scope, receive, send)

    # HTTP

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"]
        browser = self._browser(scope)
        given = browser
        if self._gives_cookie(scope):
            browser = given = _with_visitor(browser)
        elif _is_vote(scope):
            # Lent by the refusal, and only believed when it comes back: one visitor, one vote.
            given = _with_visitor(browser)
        started = False

        async def dressed(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                self._dress(scope, given, message)
            await send(message)

        refusal = _refusal(scope)
        if refusal is not None:
            await refusal(scope, receive, dressed)
            return
        if browser.header.session and _by_navigation(scope):
            await self.presence.seen(browser.header.session)
        inside = _inside(scope, browser.header)
        inside["spplus.public"] = self.public_paths
        inside["spplus.reset"] = browser.secrets.reset if path == "/auth/mot-de-passe" else ""
        try:
            await self.inner(inside, receive, dressed)
        except Exception as error:
            report(
                logging.ERROR,
                "request failed",
                error=error,
                method=scope["method"],
                path=scope.get(SHOWN, HIDDEN),
            )
            if not started:
                sorry = "Une erreur est survenue de notre côté. Réessayez dans un instant."
                await PlainTextResponse(sorry, 500)(scope, receive, dressed)

    def _browser(self, scope: Scope) -> Browser:
        https = settings().https
        secrets = cookies.read(scope["headers"], https=https)
        trusted = addresses.networks(settings().trusted_proxies)
        header = PrivateHeader(
            tokens.hash_token(secrets.session) if secrets.session else "",
            tokens.hash_token(secrets.visitor) if secrets.visitor else "",
            *addresses.daily_hashes(addresses.client_address(scope, trusted)),
        )
        return Browser(secrets, header)

    def _gives_cookie(self, scope: Scope) -> bool:
        """Whether this asks for a page that offers an act: what a script fetches does not."""
        destination = _header(scope, b"sec-fetch-dest")
        return (
            scope["method"] in {"GET", "HEAD"}
            and destination in {"", "document"}
            and _under(scope["path"], self.acting_paths)
        )

    def _dress(self, scope: Scope, browser: Browser, message: Message) -> None:
        """Add to an answer the headers that all have, and those its place asks for."""
        headers = MutableHeaders(raw=message.setdefault("headers", []))
        message["headers"] = headers.raw
        path, https = scope["path"], settings().https
        is_page = headers.get("content-type", "").startswith("text/html")
        private = _under(path, (*self.private_paths, *_ALWAYS_PRIVATE))
        for name, value in policy.STATIC:
            headers[name] = value
        if https:
            headers[policy.HSTS[0]] = policy.HSTS[1]
        if message["status"] != 304:  # what a 304 says would replace the policy of the kept page
            headers["content-security-policy"] = self.pages.policy() if is_page else policy.NOTHING
        headers["referrer-policy"] = policy.referrer(path, private=private)
        if private or settings().demo:
            headers["x-robots-tag"] = "noindex, nofollow"
        moves = 300 <= message["status"] < 400
        lent = message["status"] == 403 and browser.new_visitor and _is_vote(scope)
        if lent or ((is_page or moves) and self._gives_cookie(scope)):
            headers.append("set-cookie", cookies.visitor(browser.secrets.visitor, https=https))
        headers["cache-control"] = policy.caching(
            path,
            message["status"],
            headers,
            private=private,
            query=scope["query_string"].decode("latin-1"),
        )

    # Sockets

    async def _websocket(self, scope: Scope, receive: Receive, send: Send) -> None:
        browser = self._browser(scope)
        token = dict(parse_qsl(scope["query_string"].decode("latin-1"))).get("token", "")
        why = _socket_refusal(scope, token)
        socket = None
        if not why:
            socket = self.sockets.admit(browser.header, receive, send, self.presence.seen)
            why = "" if socket else "too many sockets"
        if socket is None:
            report(logging.WARNING, "socket refused", why=why)
            await receive()
            await send({"type": "websocket.close", "code": POLICY})
            return
        inside = _inside(scope, browser.header)
        inside["query_string"] = bound_query(scope["query_string"], browser.header)
        try:
            await self.inner(inside, socket.incoming, socket.outgoing)
        except Exception as error:
            report(logging.ERROR, "socket failed", error=error)
            await socket.outgoing({"type": "websocket.close", "code": 1011})
        finally:
            self.sockets.forget(socket)


def outer_layer(
    *,
    acting_paths: Sequence[str] = (),
    private_paths: Sequence[str] = (),
    page_paths: Sequence[str] = (),
    public_paths: Sequence[str] = (),
    html_dir: Path | None = None,
    sockets: Sockets = SOCKETS,
) -> Callable[[ASGIApp], ASGIApp]:
    """Return the transformer for `rx.App(api_transformer=…)`.

    ``acting_paths`` are the beginnings of the paths whose page gives a visitor cookie,
    ``private_paths`` those that no robot reads and no cache keeps, ``public_paths`` the paths of
    the pages that everyone may find; ``page_paths`` are the paths of all pages, the only ones
    that logs spell out; ``html_dir`` is where the built pages are.
    """
    folder = html_dir or (get_web_dir() / constants.Dirs.STATIC)

    def around(inner: ASGIApp) -> ASGIApp:
        outer = Outer(
            routed(first_paint(inner, public_paths, folder)),
            tuple(acting_paths),
            tuple(private_paths),
            tuple(public_paths),
            policy.BuiltPages(folder),
            sockets,
        )
        ours = [route.path for group in ROUTES for route in group]
        paths = Paths([*ours, *page_paths])
        return AccessLog(ConnectionLog(outer), paths, frozenset(health.PATHS))

    return around


def own_origin(origin: str) -> bool:
    """Whether this is the site's own origin, exactly."""
    return origin == settings().public_url


def _under(path: str, beginnings: Sequence[str]) -> bool:
    return any(path == one or path.startswith(f"{one.rstrip('/')}/") for one in beginnings)


def _header(scope: Scope, name: bytes) -> str:
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == name), "")


def _by_navigation(scope: Scope) -> bool:
    """Whether a person asked for this: a page, or a form."""
    return scope["method"] == "POST" or _header(scope, b"sec-fetch-dest") == "document"


def _is_vote(scope: Scope) -> bool:
    """Whether a visitor says a word from this very site: no other site makes one a visitor."""
    heard = _under(scope["path"], (*votes.PATHS, reports.PATH, marks.PATH))
    return scope["method"] == "POST" and heard and _same_site(scope)


def _with_visitor(browser: Browser) -> Browser:
    if browser.secrets.visitor:
        return browser
    secret = tokens.new_token()
    return Browser(
        replace(browser.secrets, visitor=secret),
        replace(browser.header, visitor=tokens.hash_token(secret)),
        new_visitor=True,
    )


def _inside(scope: Scope, header: PrivateHeader) -> dict[str, Any]:
    """The scope that what lies inside sees: hashes for cookies, and nobody's address."""
    name = HEADER.encode()
    kept = [(key, value) for key, value in scope["headers"] if key not in _HIDDEN and key != name]
    kept.append((name, header.format().encode()))
    return {**scope, "headers": kept, "client": ("0.0.0.0", 0)}  # noqa: S104 - shown, not bound


def _refusal(scope: Scope) -> PlainTextResponse | None:
    """The answer to a request that goes no further, if this is one."""
    method, path = scope["method"], scope["path"]
    if method not in _METHODS:
        allowed = {"allow": ", ".join(sorted(_METHODS))}
        return PlainTextResponse("Cette méthode n’est pas acceptée.", 405, allowed)
    if _under(path, _BLOCKED) or "\\" in path or "\x00" in path:
        return PlainTextResponse("Cette page n’existe pas.", 404)
    if method == "POST" and not _same_site(scope):
        report(logging.WARNING, "request refused", why="origin", path=scope.get(SHOWN, HIDDEN))
        return PlainTextResponse(
            "Cette demande ne vient pas de ce site. Rechargez la page, puis recommencez.", 403
        )
    return None


def _same_site(scope: Scope) -> bool:
    origin = _header(scope, b"origin")
    # A page that sends no referrer posts its forms with the origin « null », its own included:
    # then what the browser says of the request decides, which no page can write.
    if origin and origin != "null":
        return own_origin(origin)
    return _header(scope, b"sec-fetch-site") == "same-origin"


def _socket_refusal(scope: Scope, token: str) -> str:
    """Why this socket may not open; empty when it may."""
    if not _under(scope["path"], (SOCKET_PATH,)):
        return "path"
    if not own_origin(_header(scope, b"origin")):
        return "origin"
    return "" if _TOKEN.fullmatch(token) else "token"
