"""What everyone reads: the list of experiences and its search, one experience."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import reflex as rx

from ..components.words import LIST
from ..domain.errors import Gone, NotFound
from ..domain.search import Search, parse, parse_key
from ..services import experiences, record, search, search_page
from ..services.search_page import ChosenView, OptionView, OrderView
from ..services.views import CardView, ExperienceView
from .base import id_of, look, put, typed
from .live import watch
from .registry import Who, event


class FiltersState(rx.State):
    """What is asked of the list, and what each filter would leave.

    Apart from the rows: a page of rows that follows does not draw the filters again.
    """

    query: str = ""
    order: str = ""
    service: str = ""
    orders: list[OrderView] = []  # noqa: RUF012
    chosen: list[ChosenView] = []  # noqa: RUF012
    networks: list[OptionView] = []  # noqa: RUF012
    numbers: dict[str, str] = {}  # noqa: RUF012
    told: str = ""
    note: str = ""


class ExperiencesState(rx.State):
    """The public list: rows first, then how many there are and what each filter would leave."""

    cards: list[CardView] = []  # noqa: RUF012
    next_href: str = ""
    first_href: str = ""
    loaded: bool = False

    @event(who=Who.ANYONE)
    async def open(self) -> AsyncIterator[None]:
        """Show the page of the list that the address asks for, then count."""
        await watch(self, [record.EXPERIENCES], ExperiencesState.refresh)
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
        return rx.redirect(LIST + parse(typed(form_data)).query())

    def _asked(self) -> Search:
        return parse(self.router.url.query_parameters)

    async def _read(self) -> None:
        asked, after = self._asked(), parse_key(self.router.url.query_parameters)
        page, chosen = await look(
            self, lambda s, _v: (search.results(s, asked, after), search_page.chosen(s, asked))
        )
        self.cards = list(page.cards)
        self.next_href = LIST + asked.query(page.next_key) if page.next_key else ""
        self.first_href = LIST + asked.query() if after else ""
        filters = await self.get_state(FiltersState)
        if filters.query != asked.query():
            put(filters, told="", note="", numbers={})
        put(
            filters,
            query=asked.query(),
            order=asked.tri,
            service=asked.service,
            orders=search_page.orders(asked),
            chosen=chosen,
        )
        self.loaded = True

    async def _count(self) -> None:
        asked = self._asked()
        found, networks = await look(
            self, lambda s, _v: (search_page.numbers(s, asked), search_page.networks(s))
        )
        filters = await self.get_state(FiltersState)
        put(filters, told=found.told, note=found.note, numbers=found.values, networks=networks)


class ExperienceState(rx.State):
    """One published experience and its replies."""

    view: ExperienceView = ExperienceView()
    similar: list[CardView] = []  # noqa: RUF012
    found: bool = False
    gone: bool = False
    loaded: bool = False

    @event(who=Who.ANYONE)
    async def open(self) -> None:
        """Show the experience of the address, and those that look like it."""
        await watch(self, [record.experience_topic(id_of(self))], ExperienceState.refresh)
        experience_id = id_of(self)
        self.similar = await look(self, lambda s, _v: search.similar(s, experience_id))
        await self._read()

    @event(who=Who.ANYONE)
    async def refresh(self) -> None:
        """Read it again after somebody changed it."""
        await self._read()

    async def _read(self) -> None:
        experience_id = id_of(self)
        try:
            self.view = await look(self, lambda s, v: experiences.public(s, experience_id, v))
            self.found = True
        except NotFound as refusal:
            self.view, self.found = ExperienceView(), False
            self.gone = isinstance(refusal, Gone)
        self.loaded = True
