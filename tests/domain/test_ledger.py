"""The ledger: small numbers are told together, so that no difference gives one of them back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from spplus_app.domain.ledger import CODE_MAX, NAME_MAX, SMALL, apart, reason_name


def test_a_small_count_takes_the_next_one_with_it() -> None:
    assert apart({"a": 12, "b": 7, "c": 2}) == ({"a": 12}, 9)
    assert apart({"a": 12, "b": 3, "c": 2}) == ({"a": 12}, 5)
    assert apart({"a": 12, "b": 5}) == ({"a": 12, "b": 5}, 0)
    assert apart({"a": 2, "b": 1, "c": 0}) == ({}, 3)


@given(st.dictionaries(st.text(max_size=3), st.integers(0, 40)))
def test_nothing_told_and_no_difference_is_small(counts: dict[str, int]) -> None:
    told, together = apart(counts)
    assert sum(told.values()) + together == sum(counts.values())
    assert all(count >= SMALL for count in told.values())
    assert together == 0 or together >= SMALL or not told


def test_a_name_holds_the_longest_code_whole() -> None:
    code = "a" * CODE_MAX
    assert reason_name(code).endswith(code) and len(reason_name(code)) == NAME_MAX
