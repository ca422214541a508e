"""A small application behind the real outer layer and gate: one event of each kind."""

import logging
from pathlib import Path
from typing import Any

import reflex as rx
from pydantic import BaseModel, ConfigDict, Field

from spplus_app.adapters.logs import configure_logging
from spplus_app.api.outer import outer_layer
from spplus_app.domain.errors import DomainError
from spplus_app.domain.roles import Right
from spplus_app.states import registry
from spplus_app.states.identity import private_header, viewer_of
from spplus_app.states.registry import Who, event


class Note(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")

    title: str = Field(max_length=20)
    stars: int = Field(ge=0, le=5)


class SmallState(rx.State):
    done: list[str] = []  # noqa: RUF012
    who: str = ""
    problem: str = ""

    @event(who=Who.ANYONE)
    async def anyone(self, text: str = "") -> None:
        self.done = [*self.done, f"anyone {text}"]

    @event(who=Who.VISITOR)
    async def visitor(self) -> None:
        self.done = [*self.done, "visitor"]

    @event(who=Right.MODERATE)
    async def moderate(self) -> None:
        self.done = [*self.done, "moderate"]

    @event(who=Right.REPLY)
    async def reply(self) -> None:
        self.done = [*self.done, "reply"]

    @event(who=Right.READ_INBOX)
    async def refresh(self) -> None:
        self.done = [*self.done, "refresh"]

    @event(who=Who.ANYONE)
    async def form(self, form_data: dict[str, Any]) -> None:
        self.done = [*self.done, f"form {sorted(dict(form_data).items())}"]

    @event(who=Who.ANYONE, payload=Note)
    async def note(self, title: str, stars: int) -> None:
        self.done = [*self.done, f"note {title} {stars}"]

    @event(who=Who.ANYONE)
    async def number(self, count: int) -> None:
        self.done = [*self.done, f"number {count}"]

    @event(who=Who.ANYONE)
    async def whoami(self) -> None:
        viewer = await viewer_of(self)
        header = private_header(self)
        shown = str(self.router.headers.raw_headers)
        self.who = (
            f"person={viewer.person_name};visitor={bool(viewer.visitor)};"
            f"address={len(header.address)};cookie={'cookie' in shown.lower()};"
            f"ip={self.router.session.client_ip}"
        )

    @event(who=Who.ANYONE)
    async def fail(self, text: str) -> None:
        raise RuntimeError(f"secret words: {text}")

    def forgotten(self) -> None:
        self.done = [*self.done, "forgotten"]

    def _failed(self, error: DomainError) -> None:
        self.problem = error.message


configure_logging()
logging.getLogger("spplus").info("small site up")

app = rx.App(
    toaster=None,
    backend_exception_handler=registry.backend_exception_handler,
    frontend_exception_handler=registry.frontend_exception_handler,
    api_transformer=outer_layer(
        acting_paths=("/partager", "/suivi"),
        private_paths=("/suivi", "/espace"),
        html_dir=Path("html"),
    ),
)


@app.add_page
def index() -> rx.Component:
    return rx.el.p(SmallState.problem)


registry.guard(app)
