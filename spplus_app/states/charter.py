"""The ledger of moderation, as everyone reads it."""

from __future__ import annotations

import reflex as rx

from ..services import ledger, record
from ..services.views import LedgerView
from .base import look
from .live import watch
from .registry import Who, event


class LedgerState(rx.State):
    """The ledger last counted."""

    ledger: LedgerView = LedgerView()
    loaded: bool = False

    @event(who=Who.ANYONE)
    async def open(self) -> None:
        """Show it, and follow what changes."""
        await watch(self, [record.PROGRAMME], LedgerState.refresh)
        await self._read()

    @event(who=Who.ANYONE)
    async def refresh(self) -> None:
        """Read it again after it was counted again."""
        await self._read()

    async def _read(self) -> None:
        self.ledger = await look(self, lambda s, _v: ledger.shown(s))
        self.loaded = True
