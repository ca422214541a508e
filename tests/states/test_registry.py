"""The registry of events: complete, and refusing by default."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
import reflex as rx
from reflex_base.registry import RegistrationContext

import spplus_app.routes
from spplus_app.domain.roles import Right
from spplus_app.states import registry
from spplus_app.states.registry import Rule, Who, event

assert spplus_app.routes


@pytest.fixture
def apart() -> Iterator[None]:
    """Registrations of this test only."""
    token = RegistrationContext.set(RegistrationContext.ensure_context().fork())
    yield
    RegistrationContext.reset(token)


def test_every_handler_of_the_site_says_who_may_send_it() -> None:
    registry.check_registry()
    assert len(registry.rules()) > 20


def test_every_right_that_a_page_needs_is_asked_by_an_event() -> None:
    asked = {rule.who for rule in registry.rules().values()}
    assert {Right.MODERATE, Right.READ_INBOX, Who.VISITOR, Who.ANYONE} <= asked


def test_every_payload_has_a_model_that_refuses_what_it_does_not_know() -> None:
    for name in registry.rules():
        handler = RegistrationContext.get().event_handlers[name].handler.fn
        model = registry.rule_of(name).payload or registry._model_of(handler)  # type: ignore[union-attr]
        assert model.model_config.get("extra") == "forbid", name


def test_the_framework_s_own_handlers_are_all_known_by_name() -> None:
    names = RegistrationContext.get().event_handlers
    assert names.keys() >= registry.FROM_CLIENT | registry.CHAINED
    for name in names:
        if name.rsplit(".", 1)[-1] in registry.DENIED_NAMES:
            assert registry.rule_of(name) is None
            assert not registry.may_be_sent(name, {})


def test_a_handler_that_nobody_registered_is_named(apart: None) -> None:
    class ForgottenState(rx.State):
        @event(who=Right.REPLY, supersedes=True)
        async def said(self) -> None:
            """Registered."""

        @rx.event
        def decorated(self) -> None:
            """Not registered: the framework's decorator says nothing of who may."""

        def bare(self) -> None:
            """Not registered either."""

        def _helper(self) -> None:
            """Not an event."""

    found = [name.rsplit(".", 1)[-1] for name in registry.unregistered()]
    assert found == ["bare", "decorated"]
    with pytest.raises(AssertionError, match="decorated"):
        registry.check_registry()
    said = next(name for name in registry.rules() if name.endswith("forgotten_state.said"))
    assert registry.rule_of(said) == Rule(Right.REPLY)
    assert RegistrationContext.get().event_handlers[said].handler.supersedes


def test_a_mixin_s_rule_goes_with_each_heir_and_an_override_must_say_its_own(apart: None) -> None:
    class Paged(rx.State, mixin=True):
        @event(who=Who.VISITOR)
        async def turn(self) -> None:
            """Of the mixin."""

    class FirstState(Paged, rx.State):
        pass

    class SecondState(Paged, rx.State):
        async def turn(self) -> None:
            """Of its own, and of nobody's."""

    rules = {name: rule for name, rule in registry.rules().items() if name.endswith(".turn")}
    assert [name.rsplit(".", 2)[-2].split("____")[-1] for name in rules] == ["first_state"]
    assert any("second_state.turn" in name for name in registry.unregistered())


def test_a_fault_of_a_handler_is_one_line_and_nothing_for_the_browser(
    caplog: pytest.LogCaptureFixture,
) -> None:
    assert registry.backend_exception_handler(ValueError("a typed text")) is None  # type: ignore[func-returns-value]
    registry.frontend_exception_handler(Exception("a typed text"))
    ours = [one for one in caplog.records if one.name == "spplus"]
    assert [one.levelno for one in ours] == [logging.ERROR, logging.WARNING]
    assert "typed" not in str([one.__dict__ for one in caplog.records])
