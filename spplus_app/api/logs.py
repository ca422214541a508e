"""What the log holds of HTTP: a line a request, and paths without anything a person wrote."""

from __future__ import annotations

import logging
import re
import secrets
import time
from collections.abc import Iterable
from dataclasses import dataclass

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ..adapters.logs import REQUEST, write
from ..settings import settings

LOGGER = logging.getLogger("spplus.access")
SHOWN = "spplus.path"
"""The key of the scope under which the path, as logs may hold it, travels inwards."""
HIDDEN = "…"
_PRIVATE_TAIL = re.compile("^(/suivi|/mot-de-passe|/documents/suivi)/[^/]{20,}")
_FOLDERS = frozenset({"assets", "fonts", "_event"})
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def safe_path(path: str) -> str:
    """Return a path without the secret of a private link, bounded."""
    return _PRIVATE_TAIL.sub(r"\1/…", path)[:200]


class Paths:
    """Shows the paths of this site, and only their words that are ours.

    An address is free text: whoever asks for ``/jeanne@exemple.fr`` would write it in the log.
    """

    def __init__(self, templates: Iterable[str]) -> None:
        """``templates`` are paths of routes, values between ``[]`` or ``{}``."""
        parts = {tuple(template.strip("/").split("/")) for template in templates}
        self._plain = {one for one in parts if not any(map(_is_value, one))}
        self._others = sorted(parts - self._plain)

    def shown(self, path: str) -> str:
        """Return the path as logs may hold it."""
        asked = tuple(path.strip("/").split("/"))
        if asked in self._plain or asked == ("",):
            return "/" + "/".join(asked)
        for template in self._others:
            if len(template) == len(asked) and all(
                _is_value(ours) or ours == theirs
                for ours, theirs in zip(template, asked, strict=True)
            ):
                return "/" + "/".join(HIDDEN if _is_value(one) else one for one in template)
        return f"/{asked[0]}/{HIDDEN}" if asked[0] in _FOLDERS else f"/{HIDDEN}"


def _is_value(part: str) -> bool:
    return part[:1] in {"[", "{"}


@dataclass(slots=True)
class AccessLog:
    """The outermost ASGI layer: numbers each request, and writes one line when it is over."""

    inner: ASGIApp
    paths: Paths
    quiet: frozenset[str] = frozenset()
    """Paths that machines ask for every few seconds: no line."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request or one socket."""
        if scope["type"] not in {"http", "websocket"}:
            await self.inner(scope, receive, send)
            return
        scope = {**scope, SHOWN: self.paths.shown(scope["path"])}
        number = REQUEST.set(secrets.token_hex(8))
        try:
            if scope["type"] == "http" and settings().log_access and not self._is_quiet(scope):
                await self._told(scope, receive, send)
            else:
                await self.inner(scope, receive, send)
        finally:
            REQUEST.reset(number)

    def _is_quiet(self, scope: Scope) -> bool:
        return scope["path"] in self.quiet

    async def _told(self, scope: Scope, receive: Receive, send: Send) -> None:
        began, status, size = time.perf_counter(), 0, 0

        async def counted(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
            size += len(message.get("body", b""))
            await send(message)

        try:
            await self.inner(scope, receive, counted)
        finally:
            write(
                LOGGER,
                level_of(status),
                "request",
                method=scope["method"] if scope["method"] in _METHODS else HIDDEN,
                path=scope[SHOWN],
                status=status,
                ms=round((time.perf_counter() - began) * 1000, 1),
                bytes=size,
            )


def level_of(status: int) -> int:
    """How grave a status is; 0 when nothing could be answered."""
    if status >= 500 or status == 0:
        return logging.ERROR
    return logging.WARNING if status >= 400 else logging.INFO
