"""Reporting a published text: which one, and what moderation does with those reported."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import reflex as rx

from ..domain.errors import DomainError, NotFound
from ..domain.reports import BY_ADDRESS, IN_DOCUMENT, Decision
from ..domain.roles import Right
from ..services import limits, report_queue, reported_texts, reports
from ..services.views import CaseView, ReportedView
from .base import Form, act, look, number, typed
from .registry import Who, event

_DECIDED = {
    Decision.KEEP: "Le texte est gardé. Il ne sera plus masqué tant qu’il ne change pas.",
    Decision.REMOVE: "Le texte est retiré. Son auteur lira pourquoi.",
}


class ReportState(rx.State):
    """The text that the address asks to report."""

    view: ReportedView = ReportedView()
    found: bool = False
    loaded: bool = False
    stamp: str = ""

    @event(who=Who.ANYONE)
    async def open(self) -> AsyncIterator[None]:
        """Show what is reported; meanwhile, nothing of what another address named."""
        last = str(self.router.url.path).rstrip("/").rsplit("/", 1)[-1]
        word, _, ident = last.partition("-")
        if self.loaded and (word, number(ident)) != (self.view.kind, self.view.id):
            self.loaded = False
            yield
        try:
            self.view = await look(self, lambda s, _v: report_queue.asked(s, word, number(ident)))
            self.found = True
        except NotFound:
            inside = BY_ADDRESS.get(word) in IN_DOCUMENT
            self.view, self.found = ReportedView(in_document=inside), False
        self.loaded, self.stamp = True, limits.stamp()


class ReportedState(Form, rx.State):
    """What is reported, in the queue of moderation; `QueueState` reads it again."""

    waiting: list[CaseView] = []  # noqa: RUF012
    kept: list[CaseView] = []  # noqa: RUF012
    total: int = 0

    async def _read(self) -> None:
        try:
            found = await look(self, report_queue.cases)
        except DomainError:
            self.waiting, self.kept, self.total = [], [], 0
            return
        self.waiting, self.kept, self.total = list(found.waiting), list(found.kept), found.total

    @event(who=Right.MODERATE)
    async def keep(self, form_data: dict[str, Any]) -> None:
        """Keep the text that was on the screen, as it was."""
        await self._decide(form_data, Decision.KEEP)

    @event(who=Right.MODERATE)
    async def remove(self, form_data: dict[str, Any]) -> None:
        """Remove the text that was on the screen, with a reason."""
        await self._decide(form_data, Decision.REMOVE)

    async def _decide(self, form_data: dict[str, Any], decision: Decision) -> None:
        self._clear()
        of = f"{form_data.get('kind')}-{number(form_data.get('id'))}"[:40]

        def gesture(session: Any, viewer: Any) -> None:
            fields = typed(form_data)
            reports.decide(
                session,
                viewer,
                reported_texts.kind_of(fields.get("kind", "")),
                number(fields.get("id")),
                number(fields.get("version")),
                decision,
                fields.get("reason", ""),
                fields.get("message", ""),
            )

        try:
            await act(self, gesture)
        except DomainError as error:
            self._failed(error, {name: f"{name}-{of}" for name in ("reason", "message")})
        else:
            self.said = _DECIDED[decision]
        await self._read()
