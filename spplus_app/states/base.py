"""What every state does the same way: who acts, one transaction, how a refusal is shown."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, TypeVar

import reflex as rx
from sqlalchemy.orm import Session

from ..domain.errors import DomainError, Invalid, SignedOut
from ..domain.roles import Viewer
from ..persistence import reading, unit_of_work
from .identity import private_header, resolve

T = TypeVar("T")
Work = Callable[[Session, Viewer], T]

WHOLE_FORM = "form"
"""The name under which a rule says what is wrong with no field in particular."""
_AS_NAMED: Mapping[str, str] = MappingProxyType({})
FIELDS_MAX = 120
VALUE_MAX = 20_000


def typed(form_data: object) -> dict[str, str]:
    """Return a form's fields, hostile until here: only short names, only texts.

    Raises `Invalid` for anything a browser would not send.
    """
    if not isinstance(form_data, dict) or len(form_data) > FIELDS_MAX:
        raise Invalid({"form": "Ce formulaire est incomplet. Rechargez la page."})
    fields: dict[str, str] = {}
    for name, value in form_data.items():
        if not isinstance(name, str) or len(name) > 100:
            raise Invalid({"form": "Ce formulaire est incomplet. Rechargez la page."})
        if isinstance(value, str):
            fields[name] = value[:VALUE_MAX]
    return fields


def number(value: object) -> int:
    """Return an id that came from outside, or 0 for anything that is none."""
    text = str(value) if isinstance(value, (int, str)) and not isinstance(value, bool) else ""
    return int(text) if re.fullmatch(r"[0-9]{1,15}", text) else 0


def id_of(state: rx.State) -> int:
    """Return the id in the last part of the page's address, like 12 in ``/suivi/12-titre``."""
    last = str(state.router.url.path).rstrip("/").rsplit("/", 1)[-1]
    return number(last.split("-", 1)[0])


def put(state: rx.State, **values: object) -> None:
    """Set what differs: what is set is sent, and drawn again, even when it is the same."""
    for name, value in values.items():
        if getattr(state, name) != value:
            setattr(state, name, value)


async def act(state: rx.State, work: Work[T]) -> T:
    """Run one gesture in one transaction, as the viewer of this socket, off the event loop."""
    header = private_header(state)

    def gesture() -> T:
        with unit_of_work() as session:
            return work(session, resolve(session, header))

    return await asyncio.to_thread(gesture)


async def look(state: rx.State, work: Work[T]) -> T:
    """Run one read, as the viewer of this socket, off the event loop."""
    header = private_header(state)

    def glance() -> T:
        with reading() as session:
            return work(session, resolve(session, header))

    return await asyncio.to_thread(glance)


class Form(rx.State, mixin=True):
    """What a page with a form shows after a try: words beside fields, or one alert above."""

    errors: dict[str, str] = {}  # noqa: RUF012 -- the framework copies defaults
    error_rows: list[tuple[str, str]] = []  # noqa: RUF012
    problem: str = ""
    said: str = ""
    attempt: int = 0
    lapsed: bool = False

    def _clear(self) -> None:
        self.errors, self.error_rows = {}, []
        self.problem, self.said, self.lapsed = "", "", False

    def _show_errors(self, errors: dict[str, str], idents: Mapping[str, str] = _AS_NAMED) -> None:
        """Show what is wrong, by identifier of field; what is wrong in none goes above the form."""
        self.problem = errors.get(WHOLE_FORM, "")
        self.errors = {
            idents.get(name, name): text for name, text in errors.items() if name != WHOLE_FORM
        }
        self.error_rows = list(self.errors.items())
        self.attempt += 1

    def _failed(self, error: DomainError, idents: Mapping[str, str] = _AS_NAMED) -> None:
        """Show a refusal: beside its field when there is one, otherwise above the form.

        ``idents`` gives the identifier of each field that has another than its name: the list of
        errors leads to it.
        """
        if isinstance(error, Invalid):
            self._show_errors(error.errors, idents)
            return
        self.attempt += 1
        self.lapsed = isinstance(error, SignedOut)
        self.problem = error.message


def as_dict(value: Any) -> dict[str, Any]:
    """Return a form's data as a mapping, whatever came."""
    return value if isinstance(value, dict) else {}
