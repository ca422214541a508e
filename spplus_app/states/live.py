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
from dataclasses import dataclass
from typing import Any

import reflex as rx
from reflex.istate.manager.token import BaseStateToken
from reflex.state import StateUpdate
from reflex.utils.format import format_event_handler
from reflex_base.event import Event

from ..persistence.engine import engine
from ..persistence.watch import Subscription, Watcher
from ..services import record

logger = logging.getLogger("spplus.live")


@dataclass(slots=True)
class Page:
    """An open page: what it watches, and the event that makes it read again."""

    moves: Subscription
    refresh: str
    task: asyncio.Task[None] | None = None


class Live:
    """The open pages of this process and the one watcher that serves them."""

    def __init__(self, app: rx.App, watcher: Watcher) -> None:
        self.app = app
        self.watcher = watcher
        self.pages: dict[str, Page] = {}

    def connected(self, token: str) -> bool:
        """Whether a browser is listening for this page."""
        namespace = self.app.event_namespace
        return namespace is not None and token in namespace.token_to_sid

    def show(self, token: str, known: dict[str, int], refresh: str) -> None:
        """Note what a page shows now, and the numbers it was read at."""
        page = self.pages.get(token)
        if page is not None:
            page.refresh = refresh
            page.moves.show(known)
            return
        self._sweep()
        page = Page(self.watcher.subscribe(known), refresh)
        self.pages[token] = page
        page.task = asyncio.create_task(self._follow(token, page))

    def _sweep(self) -> None:
        # A page that comes back runs its on_load, which subscribes again. Until then its state
        # waits for it: what is masked meanwhile must not come back with it.
        kept = self.app.state_manager.states
        gone = [one for one in self.pages if not self.connected(one) and one not in kept]
        for token in gone:
            self.pages.pop(token).moves.close()

    async def _follow(self, token: str, page: Page) -> None:
        async for moved in page.moves:
            if not self.connected(token):
                if record.MASKED not in moved:
                    continue
                self.pages.pop(token, None)
                page.moves.close()
                await self._empty(token)
                return
            try:
                update = StateUpdate(events=[Event(name=page.refresh)])
                await self.app.event_namespace.emit_update(update, token)
            except Exception:
                logger.exception("a page could not be woken")

    async def _empty(self, token: str) -> None:
        """Forget what a page showed that nobody looks at; it reads again when it comes back."""
        async with self.app.state_manager.modify_state(
            BaseStateToken(ident=token, cls=rx.State)
        ) as state:
            state.reset()
            state._clean()


_live: Live | None = None


async def watch(state: rx.State, wanted: Iterable[str], refresh: Any) -> None:
    """Note what this page shows, before it reads it: a change in between is not missed."""
    if _live is None:
        return
    topics = [*wanted, record.MASKED]
    known = await asyncio.to_thread(_live.watcher.snapshot, topics)
    _live.show(state.router.session.client_token, known, format_event_handler(refresh))


def lifespan(app: rx.App) -> Any:
    """Return the lifespan task that watches the topics while the process serves."""

    @asynccontextmanager
    async def watching() -> AsyncIterator[None]:
        global _live
        _live = Live(app, Watcher(engine()))
        try:
            yield
        finally:
            watcher = _live.watcher
            _live = None
            await watcher.aclose()

    return watching
