"""Who reads what: a text is claimed when its page opens, and the next one is given."""

from __future__ import annotations

from typing import Any

import reflex as rx

from ..domain.errors import DomainError
from ..domain.roles import Right
from ..services import claims
from .base import act, id_of
from .moderation import QUEUE, QueueState
from .registry import event


class ClaimState(rx.State):
    """The claim of the text on the screen; ``holder`` is another moderator who has it."""

    holder: str = ""

    @event(who=Right.MODERATE)
    async def hold(self) -> None:
        """Claim the text of the address, or learn who has it."""
        experience_id = id_of(self)
        try:
            self.holder = await act(self, lambda s, v: claims.hold(s, v, experience_id))
        except DomainError:
            self.holder = ""

    @event(who=Right.MODERATE)
    async def take_next(self) -> Any:
        """Go to the oldest text that nobody reads."""
        found = await act(self, claims.next_one)
        if found is not None:
            return rx.redirect(f"{QUEUE}/{found}")
        queue = await self.get_state(QueueState)
        queue._clear()
        queue.said = "Rien à prendre : tout est relu, ou lu par un autre modérateur."
        return await queue._read()

    @event(who=Right.MODERATE)
    async def leave(self) -> Any:
        """Give the text back without deciding, and return to the queue."""
        experience_id = id_of(self)
        await act(self, lambda s, v: claims.release(s, v, experience_id))
        return rx.redirect(QUEUE)
