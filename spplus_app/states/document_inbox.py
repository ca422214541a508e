"""The documents that a person works on: those to send, or those of their structures."""

from __future__ import annotations

from typing import Any

import reflex as rx

from ..domain.errors import DomainError
from ..services.documents import inbox
from ..services.documents.inbox import DocumentWorkView
from .base import Form, look, number
from .live import watch
from .registry import Who, event

PAGE = "/espace/documents"


class DocumentInboxState(Form, rx.State):
    """One page of the documents to work on."""

    rows: list[DocumentWorkView] = []  # noqa: RUF012
    next_href: str = ""
    loaded: bool = False

    @event(who=Who.ANYONE)
    async def open(self) -> Any:
        """Show the documents of whoever is signed in."""
        self._clear()
        topics = await look(self, lambda _s, v: inbox.topics(v))
        await watch(self, topics, DocumentInboxState.refresh)
        return await self._read()

    @event(who=Who.ANYONE)
    async def refresh(self) -> Any:
        """Read them again after somebody moved one."""
        return await self._read()

    async def _read(self) -> Any:
        after = number(self.router.url.query_parameters.get("apres", "")) or None
        try:
            found = await look(self, lambda s, v: inbox.inbox(s, v, after))
        except DomainError:
            self.rows, self.next_href, self.loaded = [], "", False
            return rx.redirect(f"/connexion?suite={PAGE}")
        self.rows = list(found.rows)
        self.next_href = f"{PAGE}?apres={found.next_key}" if found.next_key else ""
        self.loaded = True
        return None
