"""Topics that moved, seen from another process: a poll on SQLite, LISTEN on PostgreSQL.

A page uses it so, and loses nothing that happens between its read and its first look::

    known = await asyncio.to_thread(watcher.snapshot, topics)   # first the numbers…
    rows = await asyncio.to_thread(read_what_the_page_shows)    # …then the rows
    with watcher.subscribe(known) as moves:
        async for moved in moves:                               # {"experience:12"}
            ...                                                 # read the rows again

The numbers may also be read first thing in the page's own `reading`, with `revisions.numbers`.
Read after the rows, they would hide a change made in between.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable, Collection, Iterable, Mapping
from types import TracebackType

from sqlalchemy import Engine

from . import revisions
from .engine import reading
from .listen import Caller

INTERVAL = 0.4
"""Seconds between two looks where the database cannot call."""
LISTENING_INTERVAL = 3.0
"""Seconds between two looks while PostgreSQL calls: only in case a call was missed."""
LONGEST_WAIT = 5.0
"""Seconds between two tries while the database does not answer, at most."""
_GATHER = 0.03
_AT_ONCE = 500
_log = logging.getLogger("spplus.watch")


class Subscription:
    """What one page watches: iterate it to get, each time, the set of topics that moved.

    A topic that moves several times between two turns of the loop is told once. Leave it by
    `close` (or the end of its ``with``): the loop then ends.
    """

    def __init__(self, watcher: Watcher, known: Mapping[str, int]) -> None:
        self._watcher = watcher
        self._known: dict[str, int | None] = dict(known)
        self._moved: set[str] = set()
        self._wake = asyncio.Event()
        self.closed = False

    @property
    def topics(self) -> Collection[str]:
        """The topics watched now."""
        return self._known.keys()

    def show(self, known: Mapping[str, int] | Iterable[str]) -> None:
        """Watch these topics from now on, instead of those before.

        Give the numbers read before what the page shows. Names alone begin at the next look, and
        cannot see what moved before it. A topic already watched keeps its place.
        """
        given: dict[str, int | None] = (
            dict(known) if isinstance(known, Mapping) else dict.fromkeys(known)
        )
        fresh = given.keys() - self._known.keys()
        self._known = {topic: self._known.get(topic, given[topic]) for topic in given}
        self._moved &= given.keys()
        if fresh:
            self._watcher.look_soon()

    def look(self, numbers: Mapping[str, int]) -> None:
        """Compare with the numbers just read (the watcher calls this)."""
        for topic, before in self._known.items():
            number = numbers.get(topic)
            if number is None or number == before:
                continue
            # Any other number, not only a greater one: a restored backup goes back.
            self._known[topic] = number
            if before is not None:
                self._moved.add(topic)
        if self._moved:
            self._wake.set()

    async def next(self, timeout: float | None = None) -> set[str]:
        """Wait for topics to move and return them; empty when closed, or after ``timeout`` s."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(timeout):
                await self._wake.wait()
        self._wake.clear()
        moved, self._moved = self._moved, set()
        return moved

    def close(self) -> None:
        """Stop watching, and end the loop over this subscription."""
        self.closed = True
        self._watcher.forget(self)
        self._wake.set()

    def __enter__(self) -> Subscription:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.close()

    def __aiter__(self) -> AsyncIterator[set[str]]:
        return self

    async def __anext__(self) -> set[str]:
        while not self.closed:
            if moved := await self.next():
                return moved
        raise StopAsyncIteration


class Watcher:
    """Watches the revisions of a database for every page of one event loop.

    One look serves every subscription; nothing is read while there is none. A database that
    does not answer is tried again, and what moved meanwhile is seen when it is back.
    """

    def __init__(self, engine: Engine, interval: float = INTERVAL) -> None:
        """``interval`` is the longest time, in seconds, between two looks on SQLite."""
        self._engine = engine
        self._interval = interval
        self._subscriptions: set[Subscription] = set()
        self._soon = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def snapshot(self, topics: Iterable[str]) -> dict[str, int]:
        """Return the number of each topic now, 0 where none ever moved; blocks on the database."""
        wanted = sorted(set(topics))
        found = dict.fromkeys(wanted, 0)
        with reading(self._engine) as session:
            for start in range(0, len(wanted), _AT_ONCE):
                found |= revisions.numbers(session, wanted[start : start + _AT_ONCE])
        return found

    def subscribe(self, known: Mapping[str, int]) -> Subscription:
        """Watch these topics from the given numbers (`snapshot`); call it in the event loop.

        A topic whose number has already left the given one is told at once.
        """
        made = Subscription(self, known)
        self._subscriptions.add(made)
        self._soon.set()
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._watch())
        return made

    async def changes(
        self,
        topics: Callable[[], Mapping[str, int] | Collection[str]],
        interval: float = INTERVAL,
    ) -> AsyncIterator[set[str]]:
        """Yield the topics that moved, among those that ``topics`` returns at each ``interval``.

        For one reader whose topics change with time; several pages take a subscription each.
        The first sight of a topic is a change only when ``topics`` gives a number it has left.
        """
        with self.subscribe({}) as moves:
            while True:
                moves.show(topics())
                if moved := await moves.next(interval):
                    yield moved

    def look_soon(self) -> None:
        """Look again without waiting for the next time."""
        self._soon.set()

    def forget(self, subscription: Subscription) -> None:
        """Drop a subscription; without any left, nothing is read any more."""
        self._subscriptions.discard(subscription)
        if not self._subscriptions:
            self._soon.set()

    async def aclose(self) -> None:
        """Close every subscription and wait for the last look to end."""
        for subscription in list(self._subscriptions):
            subscription.close()
        if self._task is not None:
            await self._task

    async def _watch(self) -> None:
        loop = asyncio.get_running_loop()

        def call() -> None:
            loop.call_soon_threadsafe(self._soon.set)

        # A page may subscribe while the line is being closed: then it all begins again.
        while self._subscriptions:
            caller = Caller(self._engine, revisions.CHANNEL, call)
            try:
                await self._watch_with(caller)
            finally:
                await asyncio.to_thread(caller.stop)

    async def _watch_with(self, caller: Caller) -> None:
        failures = 0
        while self._subscriptions:
            self._soon.clear()
            failures = 0 if await self._look() else failures + 1
            wait = LISTENING_INTERVAL if caller.listening else self._interval
            if failures:
                wait = min(LONGEST_WAIT, self._interval * 2**failures)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(wait):
                    await self._soon.wait()
                    # Gestures come in bursts: one look sees them all.
                    await asyncio.sleep(_GATHER)

    async def _look(self) -> bool:
        watching = list(self._subscriptions)
        wanted = {topic for subscription in watching for topic in subscription.topics}
        if not wanted:
            return True
        try:
            numbers = await asyncio.to_thread(self.snapshot, wanted)
        except Exception as error:
            _log.warning("the database did not answer the watch: %s", type(error).__name__)
            return False
        for subscription in watching:
            subscription.look(numbers)
        return True
