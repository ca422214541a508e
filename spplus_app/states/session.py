"""Who is signed in, for the top of every page and for the question asked again in place."""

from __future__ import annotations

import reflex as rx

from ..domain.roles import Right, Viewer
from . import left
from .base import put
from .identity import viewer_of
from .registry import Who, event


def home_of(viewer: Viewer) -> str:
    """Return where a signed-in person's work begins."""
    if viewer.may(Right.MODERATE):
        return "/espace/moderation"
    return "/espace/reponses"


class SessionState(rx.State):
    """The signed-in person, if there is one."""

    signed_in: bool = False
    name: str = ""
    home: str = "/espace/reponses"
    fault: bool = False
    _page: str = ""
    edits_reasons: bool = False

    @event(who=Who.ANYONE)
    async def open(self) -> None:
        """Read again who is signed in, and forget what the page before this one showed."""
        await left.forget(self, self._page)
        self._page = left.route(self)
        viewer = await viewer_of(self)
        # Most often nothing has changed, and the frame of the page is not drawn again.
        put(
            self,
            signed_in=viewer.signed_in,
            name=viewer.person_name,
            home=home_of(viewer),
            edits_reasons=viewer.may(Right.EDIT_REASONS),
            fault=False,
        )

    @event(who=Who.ANYONE)
    async def tell_fault(self) -> None:
        """Say that something failed on our side, above whatever the page shows."""
        self.fault = True
