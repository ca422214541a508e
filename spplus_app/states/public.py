"""What everyone reads: the list of experiences, one experience."""

from __future__ import annotations

from datetime import UTC, datetime

import reflex as rx

from ..domain.errors import NotFound
from ..persistence.experiences import Key
from ..services import experiences, record
from ..services.views import CardView, ExperienceView
from .base import id_of, look
from .live import watch
from .registry import Who, event


def key_text(key: Key | None) -> str:
    """Return where a page of a list ends, as a text for an address."""
    if key is None:
        return ""
    # Not « +00:00 »: in a query the sign is a space, and the page would begin at the beginning.
    return f"{key[0].astimezone(UTC).replace(tzinfo=None).isoformat()}Z~{key[1]}"


def key_of(text: str) -> Key | None:
    """Return where a page begins, from an address; anything odd begins at the beginning."""
    moment, _, row_id = text.partition("~")
    try:
        at = datetime.fromisoformat(moment)
    except ValueError:
        return None
    # A year at either end of the calendar has no neighbour in another zone to be compared in.
    if at.tzinfo is None or not 2000 <= at.year < 2200:
        return None
    if not row_id.isdecimal() or not row_id.isascii() or len(row_id) > 15:
        return None
    return at, int(row_id)


class ExperiencesState(rx.State):
    """The public list, the newest first."""

    cards: list[CardView] = []  # noqa: RUF012
    next_href: str = ""
    first_page: bool = True
    loaded: bool = False

    @event(who=Who.ANYONE)
    async def open(self) -> None:
        """Show the page of the list that the address asks for."""
        await watch(self, [record.EXPERIENCES], ExperiencesState.refresh)
        await self._read()

    @event(who=Who.ANYONE)
    async def refresh(self) -> None:
        """Read the list again after somebody changed it."""
        await self._read()

    async def _read(self) -> None:
        text = str(self.router.url.query_parameters.get("apres", ""))
        before = key_of(text)
        page = await look(self, lambda s, _v: experiences.public_list(s, before))
        self.cards = list(page.cards)
        self.next_href = f"/experiences?apres={key_text(page.next_key)}" if page.next_key else ""
        self.first_page = before is None
        self.loaded = True


class ExperienceState(rx.State):
    """One published experience and its replies."""

    view: ExperienceView = ExperienceView()
    found: bool = False
    loaded: bool = False

    @event(who=Who.ANYONE)
    async def open(self) -> None:
        """Show the experience of the address."""
        await watch(self, [record.experience_topic(id_of(self))], ExperienceState.refresh)
        await self._read()

    @event(who=Who.ANYONE)
    async def refresh(self) -> None:
        """Read it again after somebody changed it."""
        await self._read()

    async def _read(self) -> None:
        experience_id = id_of(self)
        try:
            self.view = await look(self, lambda s, _v: experiences.public(s, experience_id))
            self.found = True
        except NotFound:
            self.view, self.found = ExperienceView(), False
        self.loaded = True
