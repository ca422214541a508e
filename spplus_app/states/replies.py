"""The agents' side: the inbox, and one experience to reply to."""

from __future__ import annotations

from typing import Any

import reflex as rx

from ..domain.errors import DomainError, SignedOut
from ..domain.roles import Right
from ..services import record, replies
from ..services.views import CardView, ExperienceView, NoticeView, ServiceView
from .base import Form, act, id_of, look, typed
from .keys import key_of, key_text
from .live import watch
from .registry import Who, event

_INBOX = "/espace/reponses"
_BOXES = {"a-traiter": "todo", "en-retard": "late", "repondues": "replied"}


class InboxState(Form, rx.State):
    """The inbox of the viewer's structures and of all below."""

    cards: list[CardView] = []  # noqa: RUF012
    delays: list[tuple[str, str]] = []  # noqa: RUF012
    todo: int = 0
    late: int = 0
    box: str = "a-traiter"
    next_href: str = ""
    loaded: bool = False

    @event(who=Who.ANYONE)
    async def open(self) -> Any:
        """Show the box the address asks for."""
        self._clear()
        topics = await look(self, lambda _s, v: replies.topics(v))
        await watch(self, topics, InboxState.refresh)
        return await self._read()

    @event(who=Right.READ_INBOX)
    async def refresh(self) -> Any:
        """Read the inbox again after somebody changed it."""
        return await self._read()

    async def _read(self) -> Any:
        query = self.router.url.query_parameters
        name = str(query.get("boite", "a-traiter"))
        self.box = name if name in _BOXES else "a-traiter"
        after = key_of(str(query.get("apres", "")))
        try:
            inbox = await look(self, lambda s, v: replies.inbox(s, v, _BOXES[self.box], after))
            self.delays = await look(self, replies.announced)
        except DomainError:
            self.cards, self.delays, self.todo, self.late, self.loaded = [], [], 0, 0, False
            return rx.redirect(f"/connexion?suite={_INBOX}")
        self.cards, self.todo, self.late = list(inbox.cards), inbox.todo, inbox.late
        more = f"{_INBOX}?boite={self.box}&apres={key_text(inbox.next_key)}"
        self.next_href = more if inbox.next_key else ""
        self.loaded = True
        return None


class ReplyState(Form, rx.State):
    """One experience to reply to. What the agent types passes through, and rests in the draft."""

    view: ExperienceView = ExperienceView()
    targets: list[ServiceView] = []  # noqa: RUF012
    may_reply: bool = False
    draft_kept: str = ""
    notices: list[NoticeView] = []  # noqa: RUF012
    sent: bool = False
    found: bool = False
    loaded: bool = False

    @event(who=Who.ANYONE)
    async def open(self) -> Any:
        """Show the experience of the address."""
        self.sent = False
        await watch(self, [record.experience_topic(id_of(self))], ReplyState.refresh)
        return await self._read()

    @event(who=Right.READ_INBOX)
    async def refresh(self) -> Any:
        """Read it again after somebody changed it; what is being typed stays."""
        return await self._read()

    async def _read(self) -> Any:
        experience_id = id_of(self)
        try:
            opened = await look(self, lambda s, v: replies.opened(s, v, experience_id))
        except SignedOut as error:
            # The page stays as it is, with what was typed: only the account is asked again.
            self._failed(error)
            if self.loaded:
                return None
            return rx.redirect(f"/connexion?suite={_INBOX}/{experience_id}")
        except DomainError as error:
            self._failed(error)
            self.found, self.loaded = False, True
            return None
        if self.lapsed:
            self._clear()
        self.view, self.targets, self.may_reply = (
            opened.experience,
            opened.targets,
            opened.may_reply,
        )
        self.notices = opened.notices
        self.found = self.loaded = True
        return None

    @event(who=Who.ANYONE)
    async def submit(self, form_data: dict[str, Any]) -> None:
        """Keep the draft or send the reply, as the form intends."""
        experience_id = id_of(self)
        try:
            fields = typed(form_data)
            uuid = fields.get("uuid", "")
            if fields.get("intent") == "save":
                await act(self, lambda s, v: replies.save_draft(s, v, experience_id, uuid, fields))
                self.draft_kept = "Brouillon enregistré."
                return
            self._clear()
            await act(self, lambda s, v: replies.send(s, v, experience_id, uuid, fields))
        except DomainError as error:
            self._failed(error)
            return
        self.draft_kept = ""
        self.sent = True
        await self._read()
