"""Opening hours: read from files and from what people type, told in words, open or not now."""

from __future__ import annotations

import csv
import gzip
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spplus_app.domain.dates import PARIS
from spplus_app.domain.errors import Invalid
from spplus_app.domain.opening_hours import (
    DAYS,
    OpeningHours,
    of_days,
    of_directory,
    parsed,
    typed,
)

WEEK = of_days(["9:00 - 12:00 / 13:30 - 17:00"] * 4 + ["9h-12h", "-", ""])


def _at(day: int, hour: int, minute: int = 0) -> datetime:
    """A day of the week of Monday 2 November 2026, in Paris."""
    return datetime(2026, 11, 1 + day, hour, minute, tzinfo=PARIS)


def test_days_of_the_same_hours_are_told_together() -> None:
    assert WEEK.words() == [
        ("du lundi au jeudi", "de 9\u00a0h à 12\u00a0h, de 13\u00a0h\u00a030 à 17\u00a0h"),
        ("vendredi", "de 9\u00a0h à 12\u00a0h"),
        ("samedi et dimanche", "fermé"),
    ]


@pytest.mark.parametrize(
    ("moment", "now", "until"),
    [
        (_at(1, 9), True, "12\u00a0h"),
        (_at(1, 11, 59), True, "12\u00a0h"),
        (_at(1, 12), False, "aujourd’hui à 13\u00a0h\u00a030"),
        (_at(1, 7), False, "aujourd’hui à 9\u00a0h"),
        (_at(1, 18), False, "demain à 9\u00a0h"),
        (_at(5, 13), False, "lundi à 9\u00a0h"),
    ],
)
def test_open_now(moment: datetime, now: bool, until: str) -> None:
    told = WEEK.at(moment, PARIS)
    assert told is not None
    assert (told.now, told.until) == (now, until)


def test_open_now_is_on_the_clocks_of_the_place() -> None:
    told = WEEK.at(_at(1, 9), ZoneInfo("Indian/Reunion"))
    assert told is not None and told.until == "aujourd’hui à 13\u00a0h\u00a030"
    assert OpeningHours().at(_at(1, 9), PARIS) is None


@pytest.mark.parametrize(
    "text",
    [
        "9h-12h, 13h30-17h",
        "9:00 - 12:00 / 13:30 - 17:00",
        "9 à 12 et 13h30 à 17h",
        "09:00–12:00 13:30–17:00",
    ],
)
def test_what_people_type(text: str) -> None:
    assert typed({"lundi": text}).days[0] == ((540, 720), (810, 1020))


@pytest.mark.parametrize(
    "text", ["le matin", "12h-9h", "9h", "25h-26h", "9h-12h, 11h-13h", "9h60-12h"]
)
def test_what_is_no_hour_is_refused_on_its_day(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        typed({"mardi": text, "lundi": "9h-12h"})
    assert list(refused.value.errors) == ["mardi"]


def test_the_same_told_twice_is_told_once_and_two_versions_are_none() -> None:
    twice = (
        '[["lundi","mardi",[["09:00:00","12:00:00"]]],["mardi","mardi",[["09:00:00","12:00:00"]]]]'
    )
    assert of_directory(twice).days[1] == ((540, 720),)
    with pytest.raises(ValueError, match="540"):
        of_directory(twice.replace('mardi","mardi",[["09', 'mardi","mardi",[["08'))


def test_the_town_halls_of_the_directory(samples: Path) -> None:
    unread = read = 0
    with gzip.open(samples / "structures/mairies_2026.csv.gz", "rt") as file:
        for row in csv.DictReader(file, delimiter=";"):
            try:
                hours = of_directory(row["horaires_json"])
            except ValueError:
                unread += 1
            else:
                read += 1
                assert parsed(hours.kept) == hours
    assert read > 34_700 and unread < 100


_SPANS = st.lists(st.integers(0, 1440), min_size=2, max_size=8, unique=True).map(
    lambda minutes: tuple(
        (one, two) for one, two in zip(sorted(minutes)[::2], sorted(minutes)[1::2], strict=False)
    )
)


@given(st.lists(_SPANS, min_size=7, max_size=7))
def test_what_is_kept_is_read_back(days: list[tuple[tuple[int, int], ...]]) -> None:
    hours = OpeningHours(tuple(days))
    assert parsed(hours.kept) == hours
    assert len(hours.words()) <= len(DAYS)
