"""The layer that answers a public page already readable, with its own status and validator.

It reads the built files itself: what lies inside serves them compressed, by `pathsend`, and moves
`/experiences` to `/experiences/`; none of that can be painted.
"""

from __future__ import annotations

import gzip
import hashlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ...persistence import reading
from ...states.identity import HEADER, parse_private_header, resolve
from ...states.reports import report
from .paint import NOTHING_TRIED, TRIED, Ask, Paint, Painter, query_of
from .registry import NOT_FOUND, Pages
from .template import Template, Templates

_GZIP_LEVEL = 5


@dataclass(slots=True)
class FirstPaint:
    """The ASGI layer around the pages."""

    inner: ASGIApp
    pages: Pages
    templates: Templates

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a painted page, or let what lies inside answer."""
        if scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"}:
            await self.inner(scope, receive, send)
            return
        path = scope["path"]
        found = self.pages.find(path.rstrip("/") or "/")
        template = self.templates.page(found[0]) if found else None
        if found is None or template is None:
            await self._inside(scope, receive, send)
            return
        if path != "/" and path.endswith("/"):
            query = scope["query_string"].decode("latin-1")
            where = "/" + path.strip("/") + (f"?{query}" if query else "")
            await RedirectResponse(where, 301)(scope, receive, send)
            return
        answer = await run_in_threadpool(self._painted, scope, found, template)
        await answer(scope, receive, send)

    def _painted(self, scope: Scope, found: tuple[str, Painter], template: Template) -> Response:
        """The page with what its painter gives; as it was built when that fails."""
        name, painter = found
        headers = Headers(scope=scope)
        query = query_of(scope["query_string"])
        try:
            with reading() as session:
                viewer = resolve(session, parse_private_header(headers.get(HEADER, "")))
                tried = scope.get(TRIED, NOTHING_TRIED)
                paint = painter(session, Ask(scope["path"], query, viewer, tried))
                # Painted within the session, whatever is read late.
                body = self._filled(template, paint, "[" in name)
        except Exception as error:
            report(logging.ERROR, "first paint failed", error=error, page=name)
            paint = Paint()
            body = template.fill(paint)
        if paint.location:
            return RedirectResponse(paint.location, paint.status)
        return _answer(headers, body, paint)

    def _filled(self, template: Template, paint: Paint, alone: bool) -> bytes:
        if paint.location:
            return b""
        frame = self.templates.frame() if alone and paint.body is not None else None
        return template.fill(paint, whole=frame.around(paint) if frame else "")

    async def _inside(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let what lies inside answer; what is no page of the site says so in words."""
        template = None if PurePosixPath(scope["path"]).suffix else self.templates.fallback()
        if template is None:
            await self.inner(scope, receive, send)
            return
        swallowed = False

        async def watched(message: Message) -> None:
            nonlocal swallowed
            if message["type"] == "http.response.start":
                kind = Headers(raw=message.get("headers", [])).get("content-type", "")
                swallowed = message["status"] == 404 and kind.startswith("text/html")
            if not swallowed:
                await send(message)

        await self.inner(scope, receive, watched)
        if swallowed:
            body = self._filled(template, NOT_FOUND, True)
            await _answer(Headers(scope=scope), body, NOT_FOUND)(scope, receive, send)


def first_paint(inner: ASGIApp, public: Sequence[str], folder: Path) -> FirstPaint:
    """Return the layer around ``inner``: ``public`` paths, pages built in ``folder``."""
    return FirstPaint(inner, Pages.of(public), Templates(folder))


def _answer(asked: Headers, body: bytes, paint: Paint) -> Response:
    """The answer: its validator, compressed where the browser takes it; 304 when it has it."""
    if paint.secret:
        return Response(body, paint.status, media_type="text/html")
    packed = _takes_gzip(asked.get("accept-encoding", ""))
    digest = hashlib.sha256(body).hexdigest()[:32]
    etag = f'"{digest}-gzip"' if packed else f'"{digest}"'
    headers = {"etag": etag, "vary": "accept-encoding"}
    if paint.robots:
        headers["x-robots-tag"] = paint.robots
    if paint.status == 200 and _has(asked.get("if-none-match", ""), etag):
        return Response(status_code=304, headers=headers)
    if packed:
        headers["content-encoding"] = "gzip"
        # No time in it: the same page is the same bytes.
        body = gzip.compress(body, _GZIP_LEVEL, mtime=0)
    return Response(body, paint.status, headers, media_type="text/html")


def _takes_gzip(accepted: str) -> bool:
    for one in accepted.lower().split(","):
        name, _, quality = one.partition(";")
        if name.strip() == "gzip":
            return quality.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return False


def _has(known: str, etag: str) -> bool:
    """Whether ``If-None-Match`` names this validator (weakly: proxies weaken them)."""
    return known.strip() == "*" or etag in {
        one.strip().removeprefix("W/") for one in known.split(",")
    }
