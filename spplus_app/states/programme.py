"""The programme: its commitments and the figures of the site, as everyone reads them."""

from __future__ import annotations

import reflex as rx

from ..services import commitments, figures, record
from ..services.views import CommitmentsView, FiguresView
from .base import look
from .live import watch
from .registry import Who, event


class ProgrammeState(rx.State):
    """The commitments that hold today, and the figures last counted."""

    commitments: CommitmentsView = CommitmentsView()
    figures: FiguresView = FiguresView()
    loaded: bool = False

    @event(who=Who.ANYONE)
    async def open(self) -> None:
        """Show them, and follow what changes."""
        await watch(self, [record.PROGRAMME], ProgrammeState.refresh)
        await self._read()

    @event(who=Who.ANYONE)
    async def glance(self) -> None:
        """Show them on a page that follows something else."""
        await self._read()

    @event(who=Who.ANYONE)
    async def refresh(self) -> None:
        """Read again after they were revised or counted again."""
        await self._read()

    async def _read(self) -> None:
        self.commitments, self.figures = await look(
            self, lambda s, _v: (commitments.current(s), figures.shown(s))
        )
        self.loaded = True
