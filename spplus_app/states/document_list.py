"""The list of hard documents and the search in it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import reflex as rx

from ..components.words import DOCUMENTS
from ..domain.documents.search import parse, parse_key
from ..services import record
from ..services.documents import listing
from ..services.documents.listing import DocumentCardView
from ..services.search_page import ChosenView, OrderView
from .base import look, typed
from .live import watch
from .registry import Who, event


class DocumentListState(rx.State):
    """A page of the list, as its address asks for it."""

    cards: list[DocumentCardView] = []  # noqa: RUF012
    next_href: str = ""
    first_href: str = ""
    query: str = ""
    service: str = ""
    chosen: list[ChosenView] = []  # noqa: RUF012
    orders: list[OrderView] = []  # noqa: RUF012
    """None: documents come by date only. The frame of a search asks for them."""
    told: str = ""
    note: str = ""
    numbers: dict[str, str] = {}  # noqa: RUF012
    loaded: bool = False

    @event(who=Who.ANYONE)
    async def open(self) -> AsyncIterator[None]:
        """Show the page of the list that the address asks for, then count."""
        await watch(self, [record.DOCUMENTS], DocumentListState.refresh)
        # The first paint is already counted: it is only replaced by what is counted too.
        first = not self.loaded
        await self._read()
        if not first:
            yield
        await self._count()

    @event(who=Who.ANYONE)
    async def refresh(self) -> AsyncIterator[None]:
        """Read the list again after somebody changed it."""
        await self._read()
        yield
        await self._count()

    @event(who=Who.ANYONE)
    async def ask(self, form_data: dict[str, Any]) -> Any:
        """Lead to the address of the search that a form asks for."""
        return rx.redirect(DOCUMENTS + parse(typed(form_data)).query())

    async def _read(self) -> None:
        query = self.router.url.query_parameters
        asked, after = parse(query), parse_key(query)
        page, chosen = await look(
            self, lambda s, _v: (listing.results(s, asked, after), listing.chosen(s, asked))
        )
        self.cards = list(page.cards)
        self.next_href = DOCUMENTS + asked.query(page.next_key) if page.next_key else ""
        self.first_href = DOCUMENTS + asked.query() if after is not None else ""
        if self.query != asked.query():
            self.told, self.note, self.numbers = "", "", {}
        self.query, self.service, self.chosen = asked.query(), asked.service, chosen
        self.loaded = True

    async def _count(self) -> None:
        asked = parse(self.router.url.query_parameters)
        found = await look(self, lambda s, _v: listing.numbers(s, asked))
        self.told, self.note, self.numbers = found.told, found.note, found.values
