"""A raw client of the socket, as an attacker would write it; a client of HTTP beside it."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import socketio
from socketio.exceptions import ConnectionError as Refused

ROOT = "reflex___state____state"
HYDRATE = f"{ROOT}.hydrate"
NAMESPACE = "/_event"
REFLEX = "0.10.1"
WAIT = 10.0
"""Seconds that a condition may take before the test fails; nothing sleeps."""

__all__ = ["HYDRATE", "ROOT", "Refused", "Reply", "Wire", "event_name"]


def event_name(module: str, state: str, handler: str) -> str:
    """The full name of a handler, from its module, its state in snake case and its own name."""
    return f"{ROOT}.{module.replace('.', '___')}____{state}.{handler}"


@dataclass
class Reply:
    """What came back for an event: the updates it caused, then the whole state as hydrated."""

    updates: list[dict[str, Any]]
    state: dict[str, dict[str, Any]]

    @property
    def silent(self) -> bool:
        """Whether the event changed nothing and asked the browser for nothing."""
        return not any(self.meaningful())

    def meaningful(self) -> list[dict[str, Any]]:
        """The updates, without what any event brings back of the address of the page."""
        return [one for one in map(_without_router, self.updates) if one]

    @property
    def events(self) -> list[dict[str, Any]]:
        """The events that the browser was asked to run."""
        return [event for update in self.updates for event in update.get("events") or []]


def _without_router(update: dict[str, Any]) -> dict[str, Any]:
    # The root state is the framework's own: the address of the page, and whether it is ready.
    delta = {state: one for state, one in (update.get("delta") or {}).items() if state != ROOT}
    events = update.get("events") or []
    return {"delta": delta, "events": events} if delta or events else {}


@dataclass
class Wire:
    """One socket to a site at ``url``; the origin is the site's own unless said otherwise."""

    url: str
    cookies: Mapping[str, str] = field(default_factory=dict)
    origin: str | None = ""
    token: str = field(default_factory=lambda: str(uuid.uuid4()))
    path: str = "/"
    headers: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._updates: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.closed = asyncio.Event()

    async def _on_update(self, update: dict[str, Any]) -> None:
        await self._updates.put(update)

    async def _on_disconnect(self, *_reason: Any) -> None:
        self.closed.set()

    async def connect(self, auth: Any = None) -> Wire:
        """Open the socket; raises `Refused` when the site does not want it."""
        # A session of our own: the library forgets to close its own when it is refused.
        self._http = aiohttp.ClientSession()
        self._client = socketio.AsyncClient(
            reconnection=False, handle_sigint=False, http_session=self._http
        )
        self._client.on("event", self._on_update, namespace=NAMESPACE)
        self._client.on("disconnect", self._on_disconnect, namespace=NAMESPACE)
        try:
            await self._open(auth)
        except BaseException:
            await self.close()
            raise
        return self

    async def _open(self, auth: Any) -> None:
        headers = {"Sec-WebSocket-Protocol": REFLEX, **self.headers}
        origin = self.url if self.origin == "" else self.origin
        if origin is not None:
            headers["Origin"] = origin
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        await self._client.connect(
            f"{self.url}?token={self.token}",
            headers=headers,
            transports=["websocket"],
            namespaces=[NAMESPACE],
            socketio_path="_event",
            auth=auth,
            wait_timeout=WAIT,
        )

    async def emit(self, name: str, payload: Any = None, **more: Any) -> None:
        """Send an event without waiting for anything."""
        place = {"pathname": self.path, "asPath": self.path, "query": {}}
        event = {"name": name, "payload": {} if payload is None else payload, "router_data": place}
        await self._client.emit("event", {**event, **more}, namespace=NAMESPACE)

    async def raw(self, frame: str | bytes) -> None:
        """Send a frame as it stands, below socket.io."""
        await self._client.eio._send_packet(_Raw(frame))

    async def send(self, name: str, payload: Any = None, **more: Any) -> Reply:
        """Send an event and return all that it caused.

        Events of one tab are handled in order: a hydration sent behind it marks the end.
        """
        await self.emit(name, payload, **more)
        return await self.settle()

    async def settle(self) -> Reply:
        """Wait until all that was sent has been handled."""
        await self.emit(HYDRATE)
        updates: list[dict[str, Any]] = []
        while True:
            update = await self.next_update()
            delta = update.get("delta") or {}
            if any(key.startswith("rx_router_headers") for key in delta.get(ROOT, {})) and any(
                key.startswith("is_hydrated") for key in delta.get(ROOT, {})
            ):
                return Reply(updates, delta)
            updates.append(update)

    async def next_update(self) -> dict[str, Any]:
        """The next update; fails when the socket closes instead."""
        got = asyncio.ensure_future(self._updates.get())
        gone = asyncio.ensure_future(self.closed.wait())
        done, _ = await asyncio.wait({got, gone}, timeout=WAIT, return_when=asyncio.FIRST_COMPLETED)
        for task in (got, gone):
            if task not in done:
                task.cancel()
        if got in done:
            return got.result()
        raise AssertionError("the socket was closed" if gone in done else "no answer in time")

    async def wait_closed(self) -> None:
        """Wait until the site closes the socket."""
        try:
            await asyncio.wait_for(self.closed.wait(), WAIT)
        finally:
            await self.close()

    async def close(self) -> None:
        """Close the socket from this side."""
        try:
            await self._client.disconnect()
        finally:
            await self._http.close()

    async def __aenter__(self) -> Wire:
        return await self.connect()

    async def __aexit__(self, *_: object) -> None:
        await self.close()


class _Raw:
    """A packet that encodes as the frame it was made of."""

    def __init__(self, frame: str | bytes) -> None:
        self.packet_type = 4
        self.data = frame
        self.binary = isinstance(frame, bytes)

    def encode(self, b64: bool = False) -> str | bytes:
        return self.data
