"""The open sockets: how many, how fast, and closed when their session is."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field
from typing import Any

from ..states.identity import PrivateHeader
from ..states.reports import report
from .frames import Fate, judge

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

POLICY = 1008
"""The closing code for a socket that does what it may not (RFC 6455, 7.4.1)."""
RENEW = 4001
"""The closing code for a socket whose session changed: the page comes back with its new cookie."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one browser, and one address, may ask for."""

    per_address: int = 200
    per_cookie: int = 40
    frames_per_second: float = 20.0
    burst: int = 60
    cookie_frames_per_second: float = 60.0
    cookie_burst: int = 240


class Bucket:
    """A token bucket: ``rate`` a second, ``burst`` at once."""

    __slots__ = ("_at", "_burst", "_clock", "_left", "_rate")

    def __init__(self, rate: float, burst: float, clock: Callable[[], float]) -> None:
        self._rate, self._burst, self._clock = rate, burst, clock
        self._left, self._at = burst, clock()

    def take(self) -> bool:
        """Take one; whether there was one left."""
        now = self._clock()
        self._left = min(self._burst, self._left + (now - self._at) * self._rate)
        self._at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True


@dataclass(eq=False, slots=True)
class Socket:
    """One open socket: who is behind it, and how to close it."""

    header: PrivateHeader
    receive: Receive
    send: Send
    bucket: Bucket
    shared: Bucket | None
    touched: Callable[[str], Awaitable[None]]
    over: bool = False
    asked: asyncio.Event = field(default_factory=asyncio.Event)

    def leave(self) -> None:
        """Ask for it to be closed, from anywhere: `incoming` does it."""
        self.asked.set()

    async def _close(self, code: int) -> Message:
        """Close it; what lies inside then sees a client that left."""
        if not self.over:
            self.over = True
            await self.send({"type": "websocket.close", "code": code})
        return {"type": "websocket.disconnect", "code": code}

    async def _next(self) -> Message | None:
        """The next message; nothing when the socket was asked to close first.

        granian closes nothing while somebody waits for a message: the wait is given up before.
        """
        if self.asked.is_set():
            return None
        message = asyncio.ensure_future(self.receive())
        asked = asyncio.ensure_future(self.asked.wait())
        try:
            await asyncio.wait({message, asked}, return_when=asyncio.FIRST_COMPLETED)
            return message.result() if message.done() else None
        finally:
            for task in (message, asked):
                task.cancel()

    async def incoming(self) -> Message:
        """The next message that what lies inside may see."""
        while True:
            message = await self._next()
            if message is None:
                return await self._close(RENEW)
            if message["type"] != "websocket.receive":
                return message
            text = message.get("text")
            if text == "3":  # the answer to our own heartbeat
                return message
            if not self.bucket.take() or (self.shared is not None and not self.shared.take()):
                report(logging.WARNING, "socket closed", why="too many messages")
                return await self._close(POLICY)
            judged = judge(text)
            if judged.fate is Fate.KEEP:
                if judged.by_a_person and self.header.session:
                    await self.touched(self.header.session)
                return message
            report(logging.WARNING, "frame refused", why=judged.why)
            if judged.fate is Fate.CLOSE:
                return await self._close(POLICY)

    async def outgoing(self, message: Message) -> None:
        """Send what lies inside has to say, unless the socket is already over."""
        if self.over:
            return
        if message["type"] == "websocket.close":
            self.over = True
        await self.send(message)


class Sockets:
    """Every open socket of this process."""

    def __init__(
        self, limits: Limits | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.limits = limits or Limits()
        self._clock = clock
        self._open: set[Socket] = set()
        self._addresses: Counter[str] = Counter()
        self._cookies: Counter[str] = Counter()
        self._buckets: dict[str, Bucket] = {}

    def __len__(self) -> int:
        return len(self._open)

    def admit(
        self,
        header: PrivateHeader,
        receive: Receive,
        send: Send,
        touched: Callable[[str], Awaitable[None]],
    ) -> Socket | None:
        """Count a socket in; ``None`` when its address or its browser has too many."""
        cookie = header.session or header.visitor
        if self._addresses[header.address] >= self.limits.per_address or (
            cookie and self._cookies[cookie] >= self.limits.per_cookie
        ):
            return None
        self._addresses[header.address] += 1
        if cookie:
            self._cookies[cookie] += 1
        bucket = Bucket(self.limits.frames_per_second, self.limits.burst, self._clock)
        opened = Socket(header, receive, send, bucket, self._shared(cookie), touched)
        self._open.add(opened)
        return opened

    def forget(self, socket: Socket) -> None:
        """Count a socket out."""
        self._open.discard(socket)
        cookie = socket.header.session or socket.header.visitor
        for counts, key in ((self._addresses, socket.header.address), (self._cookies, cookie)):
            if key or counts is self._addresses:
                counts[key] -= 1
                if counts[key] <= 0:
                    del counts[key]
        if cookie and cookie not in self._cookies:
            self._buckets.pop(cookie, None)

    def close(self, *hashes: str) -> int:
        """Close the sockets of these sessions (or visitors); return how many."""
        wanted = {one for one in hashes if one}
        found = [
            socket
            for socket in self._open
            if socket.header.session in wanted or socket.header.visitor in wanted
        ]
        for socket in found:
            socket.leave()
        return len(found)

    def _shared(self, cookie: str) -> Bucket | None:
        if not cookie:
            return None
        limits = self.limits
        fresh = Bucket(limits.cookie_frames_per_second, limits.cookie_burst, self._clock)
        return self._buckets.setdefault(cookie, fresh)


SOCKETS = Sockets()
"""The sockets of this process."""


async def close_sockets(*hashes: str) -> int:
    """Close the sockets of these sessions or visitors; their pages come back by themselves."""
    return SOCKETS.close(*hashes)
