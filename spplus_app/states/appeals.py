"""Deciding an author's appeal on the review page."""

from __future__ import annotations

from typing import Any

import reflex as rx

from ..domain.errors import DomainError
from ..domain.roles import Right
from ..services import appeals
from .base import Form, act, number, typed
from .moderation import QUEUE, QueueState
from .registry import Who, event


class AppealState(Form, rx.State):
    """The two answers to an appeal; what it asks is read with the text."""

    @event(who=Who.ANYONE)
    async def open(self) -> None:
        """Forget what another appeal was told."""
        self._clear()

    @event(who=Right.MODERATE)
    async def uphold(self, form_data: dict[str, Any]) -> Any:
        """Decide for the author."""
        return await self._decide(
            form_data,
            appeals.uphold,
            "L’auteur a raison. Son texte est public, et il le saura.",
        )

    @event(who=Right.MODERATE)
    async def reject(self, form_data: dict[str, Any]) -> Any:
        """Keep the decision, and say why."""
        return await self._decide(
            form_data, appeals.reject, "La décision est maintenue. L’auteur lira pourquoi."
        )

    async def _decide(self, form_data: Any, gesture: Any, said: str) -> Any:
        self._clear()

        def work(session: Any, viewer: Any) -> None:
            fields = typed(form_data)
            gesture(session, viewer, number(fields.get("appeal")), fields.get("message", ""))

        try:
            await act(self, work)
        except DomainError as error:
            self._failed(error, {"message": "appeal-message"})
            return None
        queue = await self.get_state(QueueState)
        queue._decided = said
        return rx.redirect(QUEUE)
