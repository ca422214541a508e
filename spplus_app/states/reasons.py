"""The reasons of moderation, as the programme team revises them."""

from __future__ import annotations

from typing import Any

import reflex as rx

from ..domain.errors import DomainError
from ..domain.roles import Right
from ..services import reasons
from ..services.reasons import ReasonView
from .base import Form, act, look, typed
from .registry import Who, event

_PAGE = "/espace/moderation/motifs"


class ReasonsState(Form, rx.State):
    """Every reason; ``edited`` is the code of the one whose form was sent last."""

    rows: list[ReasonView] = []  # noqa: RUF012
    edited: str = ""
    added: int = 0
    loaded: bool = False

    @event(who=Who.ANYONE)
    async def open(self) -> Any:
        """Show the reasons, to the programme team only."""
        self._clear()
        self.edited = ""
        return await self._read()

    async def _read(self) -> Any:
        try:
            self.rows = await look(self, reasons.every)
        except DomainError as error:
            self.rows, self.loaded = [], False
            self._failed(error)
            signed_in = await look(self, lambda _s, v: v.signed_in)
            return None if signed_in else rx.redirect(f"/connexion?suite={_PAGE}")
        self.loaded = True
        return None

    @event(who=Right.EDIT_REASONS)
    async def add(self, form_data: dict[str, Any]) -> None:
        """Offer one more reason."""
        self.edited = ""
        if await self._do(lambda s, v: reasons.add(s, v, typed(form_data)), "Le motif est ajouté."):
            self.added += 1

    @event(who=Right.EDIT_REASONS)
    async def save(self, form_data: dict[str, Any]) -> None:
        """Change a reason."""
        fields = {}
        try:
            fields = typed(form_data)
        except DomainError as error:
            self._failed(error)
            return
        self.edited = fields.get("code", "")[:40]
        await self._do(
            lambda s, v: reasons.edit(s, v, fields.get("code", ""), fields),
            "Le motif est changé. Ce que des auteurs ont déjà lu reste tel quel.",
        )
        # Each reason has its form: the list of errors leads to the fields of this one.
        self.error_rows = [(f"{name}-{self.edited}", text) for name, text in self.errors.items()]

    @event(who=Right.EDIT_REASONS)
    async def withdraw(self, code: str) -> None:
        """Stop offering a reason; it is kept for the decisions that gave it."""
        await self._do(
            lambda s, v: reasons.offer(s, v, str(code), active=False),
            "Le motif n’est plus proposé. Les décisions qui l’ont donné le gardent.",
        )

    @event(who=Right.EDIT_REASONS)
    async def offer(self, code: str) -> None:
        """Offer a reason again."""
        await self._do(
            lambda s, v: reasons.offer(s, v, str(code), active=True),
            "Le motif est proposé de nouveau.",
        )

    async def _do(self, work: Any, said: str) -> bool:
        self._clear()
        try:
            await act(self, work)
        except DomainError as error:
            self._failed(error)
            return False
        await self._read()
        self.said = said
        return True
