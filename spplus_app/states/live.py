"""What one person does, others see: a gesture moves a topic, the pages that show it read again.

The server sends no data: it sends each page the name of its own ``refresh`` event, and the page
asks for it as any other event, with its own identity. Topics move in the gesture's transaction
(`services.record.changed`), so the worker and the command line are seen too.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import reflex as rx
from reflex.state import StateUpdate
from reflex.utils.format import format_event_handler
from reflex_base.event import Event

from ..persistence import reading, revisions
from ..persistence.watch import Watcher

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Subscription:
    """What a page shows, the numbers it was read at, and the event that reads it again."""

    event_name: str
    known: dict[str, int] = field(default_factory=dict)


_pages: dict[str, Subscription] = {}


def topics() -> set[str]:
    """Every topic that an open page shows."""
    return {topic for page in _pages.values() for topic in page.known}


async def watch(state: rx.State, wanted: Iterable[str], refresh: Any) -> None:
    """Note what this page shows, before it reads it: a change in between is not missed."""
    token = state.router.session.client_token
    names = list(wanted)

    def numbers() -> dict[str, int]:
        with reading() as session:
            return revisions.numbers(session, names)

    found = await asyncio.to_thread(numbers)
    _pages[token] = Subscription(
        format_event_handler(refresh), {name: found.get(name, 0) for name in names}
    )


async def _tell(app: rx.App, moved: dict[str, int]) -> None:
    namespace = app.event_namespace
    if namespace is None:
        return
    connected = namespace.token_to_sid
    for token, page in list(_pages.items()):
        if token not in connected:
            # A page that comes back runs its on_load, which subscribes again.
            _pages.pop(token, None)
            continue
        stale = {t: n for t, n in moved.items() if t in page.known and page.known[t] != n}
        if stale:
            page.known.update(stale)
            await namespace.emit_update(StateUpdate(events=[Event(name=page.event_name)]), token)


def lifespan(app: rx.App) -> Any:
    """Return the lifespan task that watches the topics while the process serves."""

    @asynccontextmanager
    async def watching() -> AsyncIterator[None]:
        async def loop() -> None:
            async for moved in Watcher().numbers(topics):
                try:
                    await _tell(app, moved)
                except Exception:
                    logger.exception("live update failed")

        task = asyncio.create_task(loop(), name="spplus-live")
        try:
            yield
        finally:
            task.cancel()

    return watching
