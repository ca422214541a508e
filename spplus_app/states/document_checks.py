"""The pages on which documents are masked: what moves on them, never what they hold."""

from __future__ import annotations

from typing import Any

import reflex as rx

from ..domain.errors import DomainError
from ..domain.roles import Right
from ..services import record
from ..services.documents import claims, moderation, texts
from ..services.documents.moderation import WaitingView
from .base import Form, act, id_of, look
from .live import watch
from .registry import Who, event

QUEUE = "/espace/moderation/documents"
_DONE = {
    "publie": "Le document est publié. Les images de ses pages suivent dans un instant.",
    "rendu": "Le document est rendu à la personne qui l’a envoyé.",
    "refuse": "Le document est refusé, et ses fichiers sont effacés.",
    "laisse": "Le document est laissé à un autre modérateur.",
}


class CheckingState(rx.State):
    """A page that shows a document to mask: `texts.moved` tells when it must be read again."""

    moved: int = 0

    @event(who=Who.ANYONE)
    async def open(self) -> None:
        """Watch the document of the address; what it holds is fetched by the page itself."""
        await watch(self, [texts.topic(id_of(self))], CheckingState.refresh)
        await self._read()

    @event(who=Who.ANYONE)
    async def refresh(self) -> None:
        """Have the page fetch it again after somebody else changed it."""
        await self._read()

    async def _read(self) -> None:
        document_id = id_of(self)
        self.moved = await look(self, lambda s, _v: texts.moved(s, document_id))


class DocumentQueueState(Form, rx.State):
    """The documents handed over, the one that waits longest first."""

    rows: list[WaitingView] = []  # noqa: RUF012
    loaded: bool = False

    @event(who=Who.ANYONE)
    async def open(self) -> Any:
        """Show the queue, to moderation only, and what was just decided."""
        self._clear()
        self.said = _DONE.get(str(self.router.url.query_parameters.get("fait", "")), "")
        await watch(self, [record.MODERATION], DocumentQueueState.refresh)
        return await self._read()

    @event(who=Right.MODERATE)
    async def refresh(self) -> Any:
        """Read the queue again after somebody changed it."""
        return await self._read()

    async def _read(self) -> Any:
        try:
            self.rows = await look(self, moderation.queue)
        except DomainError:
            self.rows, self.loaded = [], False
            return rx.redirect(f"/connexion?suite={QUEUE}")
        self.loaded = True
        return None

    @event(who=Right.MODERATE)
    async def take_next(self) -> Any:
        """Go to the document that waits longest and that nobody reads."""
        found = await act(self, claims.next_one)
        if found is not None:
            return rx.redirect(f"{QUEUE}/{found}")
        self._clear()
        self.said = "Rien à prendre : tout est relu, ou lu par un autre modérateur."
        return await self._read()
