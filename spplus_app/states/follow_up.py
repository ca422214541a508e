"""The author's private pages: what this browser follows, and one experience."""

from __future__ import annotations

from typing import Any

import reflex as rx

from ..domain.errors import DomainError, NotFound
from ..services import answers_back, follow_up, moderation_masking, record
from ..services.appeals_read import Asked
from ..services.views import CardView, ExperienceView, NoticeView, StepView
from .base import Form, act, id_of, look, number, typed
from .live import watch
from .registry import Who, event


class FollowListState(rx.State):
    """The experiences this browser follows."""

    cards: list[CardView] = []  # noqa: RUF012
    loaded: bool = False

    @event(who=Who.ANYONE)
    async def open(self) -> None:
        """Show what this browser follows."""
        await watch(self, await look(self, follow_up.topics), FollowListState.refresh)
        await self._read()

    @event(who=Who.ANYONE)
    async def refresh(self) -> None:
        """Read it again after somebody changed one: its title may hold masked words no more."""
        await self._read()

    async def _read(self) -> None:
        self.cards = list(await look(self, follow_up.mine))
        self.loaded = True

    @event(who=Who.VISITOR)
    async def forget(self) -> None:
        """Forget them on this browser: the private links still open."""
        await act(self, follow_up.forget)
        self.cards = []


class FollowState(Form, rx.State):
    """One experience, as its author follows it."""

    view: ExperienceView = ExperienceView()
    status: str = ""
    status_name: str = ""
    steps: list[StepView] = []  # noqa: RUF012
    refusal: list[str] = []  # noqa: RUF012
    kind: str = ""
    appeal: Asked = Asked()
    may_correct: bool = False
    may_withdraw: bool = False
    may_mask: bool = False
    version: int = 0
    email_hint: str = ""
    email_confirmed: bool = False
    may_confirm: bool = False
    notices: list[NoticeView] = []  # noqa: RUF012
    answered: int = 0
    found: bool = False
    loaded: bool = False

    @event(who=Who.ANYONE)
    async def open(self) -> None:
        """Show the experience of the address, to a browser that opened its private link."""
        self._clear()
        await watch(self, [record.experience_topic(id_of(self))], FollowState.refresh)
        await self._read()

    @event(who=Who.ANYONE)
    async def refresh(self) -> None:
        """Read it again after somebody changed it."""
        await self._read()

    async def _read(self) -> None:
        experience_id = id_of(self)
        try:
            seen = await look(self, lambda s, v: follow_up.follow(s, v, experience_id))
        except NotFound:
            self.found, self.loaded = False, True
            return
        self.view, self.status, self.status_name = seen.experience, seen.status, seen.status_name
        self.steps = seen.steps
        self.refusal = [part for part in seen.refusal.split("\n\n") if part]
        self.kind, self.appeal = seen.kind, seen.appeal
        self.may_correct, self.may_withdraw = seen.may_correct, seen.may_withdraw
        self.may_mask, self.version = seen.may_mask, seen.version
        self.email_hint, self.email_confirmed = seen.email_hint, seen.email_confirmed
        self.may_confirm, self.notices = seen.may_confirm, seen.notices
        self.found = self.loaded = True

    async def _do(self, said: str, work: Any) -> bool:
        self._clear()
        try:
            await act(self, work)
        except DomainError as error:
            self._failed(error)
            return False
        await self._read()
        self.said = said
        return True

    @event(who=Who.VISITOR)
    async def resend(self, form_data: dict[str, Any]) -> None:
        """Send the corrected text to moderation."""
        experience_id = id_of(self)
        await self._do(
            "Votre texte corrigé est envoyé. Nous le relisons.",
            lambda s, v: follow_up.resend(s, v, experience_id, typed(form_data)),
        )

    @event(who=Who.VISITOR)
    async def withdraw(self) -> None:
        """Take the experience back."""
        experience_id = id_of(self)
        await self._do(
            "Votre expérience est retirée. Plus personne ne la voit.",
            lambda s, v: follow_up.withdraw(s, v, experience_id),
        )

    @event(who=Who.VISITOR)
    async def mask(self, form_data: dict[str, Any]) -> None:
        """Mask more words of a text that waits or is published."""
        experience_id = id_of(self)

        def gesture(session: Any, viewer: Any) -> None:
            fields = typed(form_data)
            version = number(fields.get("version"))
            moderation_masking.mask_own(session, viewer, experience_id, version, fields)

        await self._do("C’est fait. Ces mots ne se lisent plus sur le site.", gesture)

    @event(who=Who.VISITOR)
    async def confirm_email(self) -> None:
        """Confirm the address the private link was sent to."""
        experience_id = id_of(self)
        await self._do(
            "Votre adresse est confirmée. Nous vous écrirons à chaque étape.",
            lambda s, v: follow_up.confirm_email(s, v, experience_id),
        )

    @event(who=Who.VISITOR)
    async def rate(self, reply: int, rating: str) -> None:
        """Say whether a reply is useful."""
        await self._do(
            "Merci, votre avis sur la réponse est enregistré.",
            lambda s, v: answers_back.rate(s, v, number(reply), str(rating)),
        )

    @event(who=Who.VISITOR)
    async def answer_back(self, form_data: dict[str, Any]) -> None:
        """Answer a reply; read by moderation first."""

        def gesture(session: Any, viewer: Any) -> None:
            fields = typed(form_data)
            reply, uuid, text = (fields.get(name, "") for name in ("reply", "uuid", "answer"))
            answers_back.answer_back(session, viewer, number(reply), uuid, text, fields)

        sent = await self._do("Votre réponse est envoyée. Elle sera relue, puis publiée.", gesture)
        self.answered += int(sent)
