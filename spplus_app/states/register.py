"""The register of treatments, as everyone reads it."""

from __future__ import annotations

import reflex as rx

from ..services import register
from ..services.register import TreatmentView
from .base import look
from .registry import Who, event


class RegisterState(rx.State):
    """What is kept, why, how long, and what was last deleted."""

    treatments: list[TreatmentView] = []  # noqa: RUF012
    loaded: bool = False

    @event(who=Who.ANYONE)
    async def open(self) -> None:
        """Show it."""
        self.treatments = await look(self, lambda s, _v: register.shown(s))
        self.loaded = True
