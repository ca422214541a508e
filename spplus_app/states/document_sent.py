"""What becomes of a document that was sent, as its depositor sees it happen."""

from __future__ import annotations

import reflex as rx

from ..components import helping
from ..domain.errors import NotFound
from ..services.documents import distress, following, texts
from ..services.documents.following import SentView
from .base import id_of, look
from .live import watch
from .registry import Who, event


class SentDocumentState(rx.State):
    """The document of the address; its reading ends on the page by itself."""

    view: SentView = SentView()
    help: str = ""
    """Whom they may call now, as HTML."""
    found: bool = False
    loaded: bool = False

    @event(who=Who.ANYONE)
    async def open(self) -> None:
        """Show where the document stands, to a browser that holds it."""
        await watch(self, [texts.topic(id_of(self))], SentDocumentState.refresh)
        await self._read()

    @event(who=Who.ANYONE)
    async def refresh(self) -> None:
        """Read it again after it was read, or changed."""
        await self._read()

    async def _read(self) -> None:
        number = id_of(self)
        try:
            self.view, numbers = await look(
                self, lambda s, v: (following.follow(s, v, number), distress.sent(s, v, number))
            )
            self.help = str(helping.helped(numbers) or "")
            self.found = True
        except NotFound:
            self.view, self.help, self.found = SentView(), "", False
        self.loaded = True
