"""Which events exist and who may send them: everything else is refused.

Every public method of a State can be called by any client with any payload. `event` names who
may, `Gate` refuses the rest before the handler runs, and `unregistered` lets a test prove that
no handler was forgotten. The right is checked again in the service: this is the first door.
"""

from __future__ import annotations

import inspect
import logging
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Annotated, Any, TypeVar

import reflex as rx
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    create_model,
)
from reflex.middleware import Middleware
from reflex.state import StateUpdate
from reflex_base.event import Event
from reflex_base.registry import RegistrationContext
from reflex_base.utils.form import FORM_DATA_ENTRIES_KEY, form_data_as_dict

from ..domain.errors import DomainError, Refused, SignedOut
from ..domain.roles import Right
from .identity import private_header, viewer_behind
from .reports import report

F = TypeVar("F", bound=Callable[..., Any])

TEXT_MAX = 20_000
FIELDS_MAX = 120
_MARK = "_spplus_rule"
_ROOT = "reflex___state____state"
_ON_LOAD = f"{_ROOT}.reflex___state____on_load_internal_state"

BOOT = f"{_ROOT}.hydrate_and_load"
FROM_CLIENT = frozenset({BOOT, f"{_ROOT}.hydrate", f"{_ON_LOAD}.on_load_internal"})
"""The framework's own events a browser sends: at connection and at each navigation."""
CHAINED = frozenset({f"{_ROOT}.set_is_hydrated", f"{_ON_LOAD}.set_is_hydrated"})
"""The framework's own events that only the server chains."""
DENIED_NAMES = frozenset({"setvar", "update_vars_internal", "handle_frontend_exception"})
"""Handlers that Reflex adds by itself and that nobody may call."""
BY_ITSELF = frozenset({"refresh"})
"""Last names of the events a page sends by itself: they do not keep a session alive."""
_BOOT_ARGUMENTS = frozenset({"hashes", "vars"})


class Who(Enum):
    """Who may send an event that asks for no right."""

    ANYONE = "anyone"
    VISITOR = "visitor"


@dataclass(frozen=True, slots=True)
class Rule:
    """What an event asks for: who sends it, and what its payload must be."""

    who: Who | Right
    payload: type[BaseModel] | None = None


class _Strict(BaseModel):
    # Strict: `true` or "1" is no number that a page of ours sends.
    model_config = ConfigDict(extra="forbid", strict=True)


def event(
    *, who: Who | Right, payload: type[BaseModel] | None = None, **actions: Any
) -> Callable[[F], F]:
    """Make a method an event, and say who may send it.

    ``payload`` is a pydantic model of the arguments; without it one is made from the method's
    annotations. Either way an unknown argument is refused. ``actions`` go to `rx.event`
    (``background``, ``supersedes``, ``debounce``…).
    """

    def register(function: F) -> F:
        setattr(function, _MARK, Rule(who, payload))
        return typing.cast("F", rx.event(function, **actions))

    return register


def rule_of(name: str) -> Rule | None:
    """The rule of the event with this full name; none for one that nobody may send."""
    registered = RegistrationContext.get().event_handlers.get(name)
    return getattr(registered.handler.fn, _MARK, None) if registered else None


def rules() -> dict[str, Rule]:
    """Every registered event and its rule, by full name."""
    names = RegistrationContext.get().event_handlers
    return {name: rule for name in names if (rule := rule_of(name)) is not None}


def unregistered() -> list[str]:
    """The handlers that are neither in the registry nor known of the framework: none."""
    known = FROM_CLIENT | CHAINED
    return sorted(
        name
        for name in RegistrationContext.get().event_handlers
        if name not in known
        and rule_of(name) is None
        and name.rsplit(".", 1)[-1] not in DENIED_NAMES
    )


def check_registry(_app: rx.App | None = None) -> None:
    """Raise `AssertionError` naming the handlers that nobody registered."""
    forgotten = unregistered()
    if forgotten:
        raise AssertionError(f"say who may send: {', '.join(forgotten)}")


def guard(app: rx.App) -> None:
    """Put the gate before everything else that Reflex does with an event."""
    app.add_middleware(Gate(), index=0)


def may_be_sent(name: object, payload: object) -> bool:
    """Whether a browser may send an event of this name at all, before any right is looked at."""
    if not isinstance(name, str) or not isinstance(payload, dict):
        return False
    if name in FROM_CLIENT:
        return _harmless(payload)
    return rule_of(name) is not None


def by_a_person(name: str) -> bool:
    """Whether this event is what a person did, rather than what a page does by itself."""
    return name not in FROM_CLIENT and name.rsplit(".", 1)[-1] not in BY_ITSELF


def _harmless(payload: Mapping[str, Any]) -> bool:
    # No var of ours lives in the browser's storage: values sent to be put in a state are an attack.
    return payload.keys() <= _BOOT_ARGUMENTS and not payload.get("vars")


class Gate(Middleware):
    """Refuses every event that is not registered, not allowed, or not of the right shape."""

    async def preprocess(self, app: rx.App, state: rx.State, event: Event) -> StateUpdate | None:
        """Let an event through (``None``), or answer in place of its handler."""
        if event.name in CHAINED or (event.name in FROM_CLIENT and _harmless(event.payload)):
            return None
        rule = rule_of(event.name)
        if rule is None:
            return _refuse(event, "unregistered")
        if not _shaped(event, rule):
            return _refuse(event, "payload")
        header = private_header(state)
        if rule.who is Who.ANYONE:
            return None
        if rule.who is Who.VISITOR:
            if header.visitor:
                return None
            _refuse(event, "no visitor")
            return _load_page_again(state)
        viewer = await viewer_behind(header)
        if viewer.may(rule.who):
            return None
        _refuse(event, "no right" if viewer.signed_in else "signed out")
        return await _show(state, event, Refused() if viewer.signed_in else SignedOut())


def _refuse(event: Event, why: str) -> StateUpdate:
    known = event.name in RegistrationContext.get().event_handlers
    report(logging.WARNING, "event refused", name=event.name if known else "?", why=why)
    return StateUpdate()


def _load_page_again(state: rx.State) -> StateUpdate:
    """Fetch the page over HTTP: its answer brings the cookie without which nothing is kept."""
    path = str(state.router.url.path)
    if not path.startswith("/") or path.startswith(("//", "/\\")):
        return StateUpdate()
    return StateUpdate(events=Event.from_event_type(rx.redirect(path, is_external=True)))


async def _show(state: rx.State, event: Event, error: DomainError) -> StateUpdate:
    """Say the refusal where the page can: a state with ``_failed`` shows it above its form."""
    owner = RegistrationContext.get().event_handlers[event.name].states[0]
    if not hasattr(owner, "_failed"):
        return StateUpdate()
    substate = await state.get_state(owner)
    substate._failed(error)
    root = state._get_root_state()
    try:
        return StateUpdate(delta=await root._get_resolved_delta())
    finally:
        root._clean()


def _shaped(event: Event, rule: Rule) -> bool:
    """Whether the payload is what the handler expects; it then holds parsed values."""
    handler = RegistrationContext.get().event_handlers[event.name].handler.fn
    model = rule.payload or _model_of(handler)
    given = event.payload
    try:
        if rule.payload is not None:
            given = {name: form_data_as_dict(value) for name, value in given.items()}
        parsed = model.model_validate(given)
    except (ValidationError, TypeError, ValueError):
        return False
    values = {name: getattr(parsed, name) for name in parsed.model_fields_set}
    event.payload.clear()
    event.payload.update(values)
    return True


def _bounded_form(fields: dict[str, Any]) -> dict[str, Any]:
    """Bound a form as the browser sends it: one key that holds pairs of name and value."""
    pairs = fields.get(FORM_DATA_ENTRIES_KEY, [])
    if not isinstance(pairs, list) or len(pairs) > FIELDS_MAX:
        raise ValueError("not the pairs of a form")
    for pair in pairs:
        if not isinstance(pair, list) or len(pair) != 2 or not isinstance(pair[0], str):
            raise ValueError("not a pair of a form")
    return fields


_Text = Annotated[str, StringConstraints(max_length=TEXT_MAX)]
_Fields = Annotated[
    dict[Annotated[str, StringConstraints(max_length=100)], Any],
    Field(max_length=FIELDS_MAX),
    AfterValidator(_bounded_form),
]
_models: dict[Any, type[BaseModel]] = {}


def _model_of(handler: Callable[..., Any]) -> type[BaseModel]:
    """The model of a handler's arguments, made once from its annotations."""
    if (made := _models.get(handler)) is not None:
        return made
    hints = typing.get_type_hints(handler)
    fields: dict[str, Any] = {}
    for parameter in list(inspect.signature(handler).parameters.values())[1:]:
        hint = hints.get(parameter.name, Any)
        if hint is str:
            hint = _Text
        elif hint is dict or typing.get_origin(hint) is dict:
            hint = _Fields
        default = ... if parameter.default is parameter.empty else parameter.default
        fields[parameter.name] = (hint, default)
    model = create_model("Arguments", __base__=_Strict, **fields)
    _models[handler] = model
    return model


def backend_exception_handler(exception: Exception) -> None:
    """Say a fault of a handler in one line: its kind and its place, never its words."""
    report(logging.ERROR, "event failed", error=exception)


def frontend_exception_handler(exception: Exception) -> None:
    """Say that a browser met a fault, in one line and without its words."""
    report(logging.WARNING, "browser error", words=len(str(exception)))
