"""Telling an experience: four steps, each kept in the draft row before it is judged."""

from __future__ import annotations

from typing import Any

import reflex as rx

from ..domain.abuse import given
from ..domain.drafts import Step
from ..domain.errors import DomainError, ProofAsked
from ..services import drafts, experiences
from .base import Form, act, as_dict, look, typed
from .registry import Who, event

_PATHS = {step: f"/partager/{step.value}" for step in Step}
_RECEIPT = "/partager/merci"


class DepositState(Form, rx.State):
    """The steps to tell an experience. What is typed passes through, and is never kept here."""

    services: list[drafts.Chosen] = []  # noqa: RUF012
    sending: bool = False
    proof_gesture: str = ""
    proof_attempt: int = 0

    @event(who=Who.ANYONE)
    async def open_service(self) -> None:
        """Show the structures chosen so far."""
        self._clear()
        self.services = list(await look(self, drafts.chosen))

    @event(who=Who.ANYONE)
    async def open_step(self) -> None:
        """Show a step without the errors of another."""
        self._clear()
        self.sending = False

    @event(who=Who.ANYONE)
    async def open_check(self) -> Any:
        """Lead somebody who arrives too early to the first step that is not right."""
        self._clear()
        self.sending = False
        step = await look(self, drafts.reached)
        if step is Step.CHECK:
            return None
        # Whoever goes back after sending must not wonder whether it left.
        sent = await look(self, experiences.just_sent)
        return rx.redirect(_RECEIPT if sent else _PATHS[step])

    @event(who=Who.ANYONE)
    async def open_plain(self) -> Any:
        """Lead somebody who has scripts to the same place in the steps that use them."""
        step = str(self.router.url.query_parameters.get("etape", ""))
        where = {"verifier": _PATHS[Step.CHECK], "recu": _RECEIPT}.get(step, _PATHS[Step.SERVICE])
        return rx.redirect(where, replace=True)

    @event(who=Who.VISITOR)
    async def choose(self, form_data: dict[str, Any]) -> None:
        """Add the structure picked in the search."""
        fields = as_dict(form_data)
        uuid, code = str(fields.get("uuid", "")), str(fields.get("service", ""))
        await self._change(lambda s, v: drafts.choose(s, v, uuid, code))

    @event(who=Who.VISITOR)
    async def unchoose(self, code: str) -> None:
        """Take a structure out."""
        await self._change(lambda s, v: drafts.unchoose(s, v, str(code)))

    async def _change(self, work: Any) -> None:
        self._clear()
        try:
            await act(self, work)
        except DomainError as error:
            self._failed(error)
        self.services = list(await look(self, drafts.chosen))

    @event(who=Who.VISITOR)
    async def save_service(self, form_data: dict[str, Any]) -> Any:
        """Keep the channels and ressentis, then go on."""
        return await self._save(form_data, Step.STORY, drafts.save_services)

    @event(who=Who.VISITOR)
    async def save_story(self, form_data: dict[str, Any]) -> Any:
        """Keep what happened, then go on."""

        def keep(session: Any, viewer: Any, uuid: str, fields: dict[str, str]) -> dict[str, str]:
            return drafts.save_fields(session, viewer, uuid, Step.STORY, fields)

        return await self._save(form_data, Step.AUTHOR, keep)

    @event(who=Who.VISITOR)
    async def save_author(self, form_data: dict[str, Any]) -> Any:
        """Keep what the author says of themselves, then go on."""

        def keep(session: Any, viewer: Any, uuid: str, fields: dict[str, str]) -> dict[str, str]:
            return drafts.save_fields(session, viewer, uuid, Step.AUTHOR, fields)

        return await self._save(form_data, Step.CHECK, keep)

    async def _save(self, form_data: Any, following: Step, service: Any) -> Any:
        self._clear()
        try:
            fields = typed(form_data)
            errors = await act(self, lambda s, v: service(s, v, fields.get("uuid", ""), fields))
        except DomainError as error:
            self._failed(error)
            return None
        if errors:
            self._show_errors(errors)
            return None
        return rx.redirect(_PATHS[following])

    @event(who=Who.VISITOR)
    async def send(self, form_data: dict[str, Any]) -> Any:
        """Send the draft; a second press, or a second tab, sends nothing more."""
        self._clear()
        try:
            fields = typed(form_data)
            await act(
                self, lambda s, v: experiences.send(s, v, fields.get("uuid", ""), given(fields))
            )
        except ProofAsked as error:
            self.proof_gesture, self.proof_attempt = error.gesture, self.proof_attempt + 1
            return None
        except DomainError as error:
            self._failed(error)
            return None
        return rx.redirect(_RECEIPT)

    @event(who=Who.VISITOR)
    async def erase(self) -> Any:
        """Delete the draft at once."""
        self._clear()
        await act(self, drafts.erase)
        self.services = []
        return rx.redirect(_PATHS[Step.SERVICE])
