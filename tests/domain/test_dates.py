"""Moments in French words, on the clocks of Paris, across the changes of hour."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spplus_app.domain.dates import (
    days_between,
    french_date,
    french_days,
    french_length,
    french_moment,
    iso_date,
)

MOMENTS = st.datetimes(
    min_value=datetime(2000, 1, 2), max_value=datetime(2199, 1, 1), timezones=st.just(UTC)
)


def test_words() -> None:
    assert french_date(datetime(2026, 11, 1, 12, tzinfo=UTC)) == "1er\u00a0novembre\u00a02026"
    assert french_date(datetime(2026, 8, 12, 12, tzinfo=UTC)) == "12\u00a0août\u00a02026"
    moment = french_moment(datetime(2026, 11, 12, 13, 5, tzinfo=UTC))
    assert moment == "12\u00a0novembre\u00a02026 à 14\u00a0h\u00a005"
    assert [french_days(days) for days in (0, 1, 12)] == [
        "le jour même",
        "1\u00a0jour",
        "12\u00a0jours",
    ]


def test_the_day_is_that_of_paris_for_people_and_for_machines() -> None:
    late = datetime(2026, 7, 13, 22, 30, tzinfo=UTC)
    assert french_date(late) == "14\u00a0juillet\u00a02026"
    assert iso_date(late) == "2026-07-14"


@given(MOMENTS)
def test_both_ways_of_writing_name_one_day(moment: datetime) -> None:
    day = int(iso_date(moment)[-2:])
    assert french_date(moment).startswith("1er" if day == 1 else f"{day}\u00a0")
    elsewhere = moment.astimezone(timezone(timedelta(hours=-9)))
    assert (french_moment(elsewhere), iso_date(elsewhere)) == (
        french_moment(moment),
        iso_date(moment),
    )


@pytest.mark.parametrize("month", [3, 10])
def test_days_are_counted_by_the_calendar(month: int) -> None:
    # The last Sunday of March has 23 hours, that of October 25.
    noon = datetime(2026, month, 20, 11, tzinfo=UTC)
    assert days_between(noon, noon + timedelta(days=10)) == 10


@given(MOMENTS, MOMENTS)
def test_days_are_never_negative(start: datetime, end: datetime) -> None:
    assert days_between(start, end) == 0 or days_between(end, start) == 0
    assert days_between(start, end) >= 0


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(days=365), "12\u00a0mois"),
        (timedelta(days=730), "24\u00a0mois"),
        (timedelta(days=90), "90\u00a0jours"),
        (timedelta(hours=24), "1\u00a0jour"),
        (timedelta(hours=12), "12\u00a0heures"),
        (timedelta(minutes=30), "30\u00a0minutes"),
    ],
)
def test_how_long_in_words(length: timedelta, words: str) -> None:
    assert french_length(length) == words
