"""Masking words of a text on the review page, rather than refusing it."""

from __future__ import annotations

from typing import Any

import reflex as rx

from ..domain.errors import DomainError
from ..domain.roles import Right
from ..services import moderation_masking
from .base import Form, act, id_of, number, typed
from .moderation import ReviewState
from .registry import Who, event


class MaskState(Form, rx.State):
    """The form that masks words; ``done`` grows each time some were masked."""

    done: int = 0

    @event(who=Who.ANYONE)
    async def open(self) -> None:
        """Forget what another text was told."""
        self._clear()

    @event(who=Right.MODERATE)
    async def mask(self, form_data: dict[str, Any]) -> None:
        """Mask the words that were copied, in the text that was on the screen."""
        experience_id = id_of(self)
        self._clear()
        review = await self.get_state(ReviewState)
        review._clear()

        def gesture(session: Any, viewer: Any) -> None:
            fields = typed(form_data)
            version = number(fields.get("version"))
            moderation_masking.mask(session, viewer, experience_id, version, fields)

        try:
            await act(self, gesture)
        except DomainError as error:
            self._failed(error)
            return
        await review._read()
        review.stale = False
        self.done += 1
        review.said = "Les mots sont masqués. Relisez le texte, puis publiez-le."
