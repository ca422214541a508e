"""Figures of a structure: the nearest rank, an interval, and silence under ten cases."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spplus_app.domain.measured import Delays, Share, delays


@given(st.lists(st.integers(0, 400), min_size=1, max_size=60))
def test_quantiles_are_days_that_something_took(days: list[int]) -> None:
    found, ordered = delays(Counter(days)), sorted(days)
    assert found.n == len(days)
    for share, value in ((0.5, found.median), (0.9, found.p90)):
        assert value in days
        assert sum(day <= value for day in ordered) >= share * len(days)
        assert sum(day < value for day in ordered) < share * len(days) + 1e-9


def test_few_cases_tell_nothing() -> None:
    assert delays({}) == Delays()
    assert delays({3: 9}).words == "Trop peu de cas pour le dire (9)."
    assert delays({0: 6, 3: 3, 12: 1}).words == (
        "La moitié des réponses le jour même, neuf sur dix en 3\u00a0jours ou moins "
        "(sur 10 réponses)."
    )
    assert Share(3, 9).words == "trop peu de cas (9)"


@pytest.mark.parametrize(
    ("yes", "n", "interval"),
    # Values of Wilson's interval for these counts, from its formula by hand.
    [(5, 10, (24, 76)), (0, 10, (0, 28)), (10, 10, (72, 100)), (81, 100, (72, 87))],
)
def test_what_a_share_may_be(yes: int, n: int, interval: tuple[int, int]) -> None:
    share = Share(yes, n)
    assert share.interval == interval
    assert interval[0] <= share.percent <= interval[1]


@given(st.integers(0, 500), st.integers(1, 500))
def test_the_share_stands_in_its_interval(yes: int, more: int) -> None:
    share = Share(yes, yes + more - 1 if yes else more)
    low, high = share.interval
    assert 0 <= low <= share.percent <= high <= 100
