"""Figures: ranks that are true to the letter, and the moves of the clocks of Paris."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from spplus_app.domain.dates import PARIS
from spplus_app.domain.figures import CASES_MIN, Figure, FigureName, paris_offsets, rank

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def test_nothing_has_no_rank() -> None:
    assert rank({}, 50) is None
    assert rank({4: 0}, 50) is None


@given(st.lists(st.integers(0, 400), min_size=1, max_size=80), st.sampled_from([1, 50, 90, 100]))
def test_a_rank_was_seen_and_is_the_smallest_that_is_true(days: list[int], percent: int) -> None:
    found = rank(Counter(days), percent)
    assert found in days
    below = sum(1 for one in days if one <= found)  # type: ignore[operator]
    assert below * 100 >= percent * len(days)
    smaller = [one for one in days if one < found]  # type: ignore[operator]
    assert len(smaller) * 100 < percent * len(days)


def test_a_figure_needs_ten_cases() -> None:
    def figure(n: int, value: int | None) -> Figure:
        return Figure(FigureName.DELAY_MEDIAN, n, value, NOW, NOW)

    assert figure(CASES_MIN, 4).enough
    assert not figure(CASES_MIN - 1, 4).enough
    assert not figure(CASES_MIN, None).enough


def test_the_clocks_of_paris_move_twice_a_year() -> None:
    since = datetime(2024, 1, 1, 12, tzinfo=UTC)
    assert paris_offsets(since, datetime(2025, 12, 31, tzinfo=UTC)) == [
        (since, 3600),
        (datetime(2024, 3, 31, 1, tzinfo=UTC), 7200),
        (datetime(2024, 10, 27, 1, tzinfo=UTC), 3600),
        (datetime(2025, 3, 30, 1, tzinfo=UTC), 7200),
        (datetime(2025, 10, 26, 1, tzinfo=UTC), 3600),
    ]
    assert paris_offsets(since, since) == [(since, 3600)]


@given(st.datetimes(datetime(2020, 1, 1), datetime(2029, 1, 1)), st.integers(0, 4 * 365 * 86_400))
def test_the_last_move_before_a_moment_gives_its_offset(start: datetime, seconds: int) -> None:
    since = start.replace(tzinfo=UTC)
    moment = since + timedelta(seconds=seconds)
    offset = paris_offsets(since, moment)[-1][1]
    told = moment.astimezone(PARIS).utcoffset()
    assert told is not None and offset == told.total_seconds()
