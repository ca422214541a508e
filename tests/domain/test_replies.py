"""Replies: the inherited delay, what is late, the table of the author's words back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spplus_app.domain.replies import (
    ANSWER_TRANSITIONS,
    DEFAULT_DELAY_DAYS,
    POLITENESS,
    AnswerStatus,
    Delay,
    delay_from,
    due_at,
    is_late,
)

START = datetime(2026, 3, 28, 12, tzinfo=UTC)
DAYS = st.integers(min_value=1, max_value=365)


@given(st.lists(st.none() | DAYS, max_size=8))
def test_the_nearest_announced_delay_holds(chain: list[int | None]) -> None:
    announced = [days for days in chain if days is not None]
    delay = delay_from(chain)
    assert delay.announced is bool(announced)
    assert delay.days == (announced[0] if announced else DEFAULT_DELAY_DAYS)


@given(DAYS, st.integers(min_value=-(10**6), max_value=10**8))
def test_late_begins_after_the_delay(days: int, seconds: int) -> None:
    delay, now = Delay(days, announced=True), START + timedelta(seconds=seconds)
    assert is_late(START, delay, now) is (seconds > days * 86400)
    assert due_at(START, delay) == START + timedelta(days=days)


def test_the_delay_in_words() -> None:
    assert Delay(1, announced=True).words == "1\u00a0jour"
    assert Delay(15, announced=True).words == "15\u00a0jours"
    assert delay_from([]).words == "30\u00a0jours (réglage de départ)"


@pytest.mark.parametrize("status", AnswerStatus)
def test_an_answer_once_decided_stays(status: AnswerStatus) -> None:
    acts = {act for one, act in ANSWER_TRANSITIONS if one is status}
    expected = {
        AnswerStatus.PENDING: {"publish", "refuse", "withdraw"},
        AnswerStatus.PUBLISHED: {"withdraw", "hide", "refuse"},
        AnswerStatus.HIDDEN: {"restore", "refuse", "withdraw"},
    }
    assert acts == expected.get(status, set())


def test_formulas_are_told_apart() -> None:
    assert len(set(POLITENESS)) == len(POLITENESS)
    assert all(one.endswith(",") and len(one) <= 120 for one in POLITENESS)
