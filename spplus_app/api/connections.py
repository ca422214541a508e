"""The connection log: a line a request in a file apart, where the operator's law asks for it.

Off by default (`CONNECTION_LOG_DAYS`). The only place where an address is ever written down.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ..adapters import connections
from ..services import clock
from ..settings import settings
from ..states.reports import report
from .addresses import client_address, networks
from .logs import safe_path


@dataclass(slots=True)
class ConnectionLog:
    """The ASGI layer that writes who connected, around all that answers."""

    inner: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request or one socket, and write its line once it has its status."""
        if not settings().connection_log_days or scope["type"] not in {"http", "websocket"}:
            await self.inner(scope, receive, send)
            return
        status = 0

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            elif message["type"] == "websocket.accept":
                status = 101
            elif message["type"] == "websocket.close" and not status:
                status = 403
            await send(message)

        try:
            await self.inner(scope, receive, watched)
        finally:
            _write(scope, status)


def _write(scope: Scope, status: int) -> None:
    trusted = networks(settings().trusted_proxies)
    try:
        connections.append(
            settings().var_dir,
            clock.now(),
            method=scope.get("method", "WEBSOCKET"),
            path=safe_path(scope["path"]),
            status=status,
            address=client_address(scope, trusted),
        )
    except OSError as error:
        # A full disk must not close the site: the operator reads it in the log.
        report(logging.ERROR, "connection not written", error=error)
