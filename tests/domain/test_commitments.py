"""Commitments: the version that holds on a day, and how the next one is written."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from spplus_app.domain.commitments import (
    Commitment,
    Family,
    Revision,
    checked,
    following,
    holding,
    ordinal,
)
from spplus_app.domain.errors import Conflict, Invalid

FIRST = Commitment(1, 1, Family.CLOSER, "Un", "", date(2023, 1, 1), date(2025, 6, 30), "a")
SECOND = Commitment(1, 2, Family.CLOSER, "Deux", "", date(2025, 7, 1), None, "b")
OTHER = Commitment(4, 1, Family.SIMPLER, "Quatre", "", date(2024, 1, 1), None, "c")
NEXT = Revision(1, Family.CLOSER, "Trois", "", date(2027, 1, 1), "d")


@pytest.mark.parametrize(
    ("day", "wordings"),
    [
        (date(2022, 12, 31), []),
        (date(2023, 1, 1), ["Un"]),
        (date(2025, 6, 30), ["Un", "Quatre"]),
        (date(2025, 7, 1), ["Deux", "Quatre"]),
        (date(2030, 1, 1), ["Deux", "Quatre"]),
    ],
)
def test_one_version_holds_on_a_day(day: date, wordings: list[str]) -> None:
    assert [one.wording for one in holding([OTHER, SECOND, FIRST], day)] == wordings


def test_where_two_overlap_the_newest_counts() -> None:
    endless = replace(FIRST, valid_until=None)
    assert holding([SECOND, endless], date(2026, 1, 1)) == [SECOND]


def test_a_next_version_ends_the_one_before_the_day_before() -> None:
    made, last_day = following([FIRST, SECOND], NEXT)
    assert (made.version, made.wording, made.valid_until) == (3, "Trois", None)
    assert last_day == date(2026, 12, 31)


def test_the_first_version_ends_nothing() -> None:
    made, last_day = following([], NEXT)
    assert (made.version, last_day) == (1, None)


def test_one_that_had_ended_keeps_its_end() -> None:
    ended = replace(SECOND, valid_until=date(2026, 3, 1))
    assert following([FIRST, ended], NEXT)[1] is None


@pytest.mark.parametrize("start", [date(2025, 7, 1), date(2024, 1, 1)])
def test_history_is_not_written_again(start: date) -> None:
    with pytest.raises(Conflict):
        following([FIRST, SECOND], replace(NEXT, valid_from=start))


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"wording": ""}, "wording"),
        ({"source": "  "}, "source"),
        ({"number": 0}, "number"),
        ({"wording": "x" * 401}, "wording"),
        ({"subject": "x" * 121}, "subject"),
    ],
)
def test_a_revision_says_what_is_missing(change: dict[str, str], field: str) -> None:
    with pytest.raises(Invalid) as raised:
        checked(replace(NEXT, **change))  # type: ignore[arg-type]
    assert list(raised.value.errors) == [field]


def test_a_subject_is_enough_where_the_wording_is_not_known() -> None:
    known = checked(replace(NEXT, wording=" ", subject=" l’éco-responsabilité "))
    assert (known.wording, known.subject) == ("", "l’éco-responsabilité")


def test_a_rank_is_said_in_words() -> None:
    assert [ordinal(number) for number in (1, 8, 12, 13)] == [
        *("premier", "huitième", "douzième"),
        "13ᵉ",
    ]
