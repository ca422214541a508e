"""An experience: every pair of the table, every bound."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spplus_app.domain.errors import Conflict, Invalid
from spplus_app.domain.experiences import (
    NARRATIVE_MAX,
    NARRATIVE_MIN,
    STATUS_NAMES,
    TITLE_MAX,
    TRANSITIONS,
    Act,
    Status,
    after,
    bounded_line,
    bounded_text,
    raise_if,
    title_and_narrative,
)
from spplus_app.domain.moderation import REASONS, reason
from spplus_app.domain.values import CHANNEL_FIELDS, TAG_FIELDS, Channel, GeneralTag


@pytest.mark.parametrize(("status", "act"), list(product(Status, Act)))
def test_every_pair_is_allowed_or_a_conflict(status: Status, act: Act) -> None:
    if (status, act) in TRANSITIONS:
        assert after(status, act) is TRANSITIONS[status, act]
        assert after(status, act) is not status
    else:
        with pytest.raises(Conflict):
            after(status, act)


def test_the_table_has_no_dead_end_but_two() -> None:
    left = {status for status, _ in TRANSITIONS}
    assert set(Status) - left == {Status.ERASED}
    # What an author took back may only be erased.
    assert {act for status, act in TRANSITIONS if status is Status.WITHDRAWN} == {Act.ERASE}
    assert set(TRANSITIONS.values()) == set(Status)
    assert set(STATUS_NAMES) == set(Status)
    # Only moderation publishes: at first, after a report, or after a second opinion.
    published_by = {act for (_, act), to in TRANSITIONS.items() if to is Status.PUBLISHED}
    assert published_by == {Act.PUBLISH, Act.RESTORE, Act.UPHOLD}


@pytest.mark.parametrize(
    "length", [0, 1, NARRATIVE_MIN - 1, NARRATIVE_MIN, NARRATIVE_MAX, NARRATIVE_MAX + 1]
)
def test_the_narrative_has_two_bounds(length: int) -> None:
    errors: dict[str, str] = {}
    title_and_narrative(errors, "Un titre", "é" * length)
    assert (errors == {}) is (NARRATIVE_MIN <= length <= NARRATIVE_MAX)


@given(st.text(max_size=TITLE_MAX + 30), st.text(max_size=60))
def test_what_is_accepted_holds_its_bounds(title: str, narrative: str) -> None:
    errors: dict[str, str] = {}
    kept, told = title_and_narrative(errors, title, narrative)
    if not errors:
        assert 1 <= len(kept) <= TITLE_MAX
        assert NARRATIVE_MIN <= len(told) <= NARRATIVE_MAX
    assert set(errors) <= {"title", "narrative"}
    assert all(text.endswith(".") for text in errors.values())


def test_the_message_counts_what_is_over() -> None:
    errors: dict[str, str] = {}
    bounded_line(errors, "a", "x" * 12, 10)
    bounded_text(errors, "b", "x" * 8001, 8000)
    assert "trop long de 2\u00a0caractères. Gardez 10\u00a0caractères" in errors["a"]
    assert "trop long de 1\u00a0caractère. Gardez 8\u202f000\u00a0caractères" in errors["b"]


def test_a_prefix_names_the_fields() -> None:
    errors: dict[str, str] = {}
    title_and_narrative(errors, "", "", prefix="x-")
    assert set(errors) == {"x-title", "x-narrative"}
    with pytest.raises(Invalid) as refused:
        raise_if(errors)
    assert refused.value.errors == errors
    raise_if({})


def test_every_tag_and_channel_has_its_field() -> None:
    assert list(TAG_FIELDS) == list(GeneralTag)
    assert list(CHANNEL_FIELDS) == list(Channel)
    # A field is « use-CODE-suffix »: a dash in a suffix would make two of them look alike.
    assert all(suffix.isalpha() for suffix in CHANNEL_FIELDS.values())
    assert len(set(CHANNEL_FIELDS.values())) == len(Channel)


def test_every_reason_is_found_by_its_code() -> None:
    assert len({one.code for one in REASONS}) == len(REASONS)
    for one in REASONS:
        assert reason(one.code) is one
        assert one.author_text.endswith(".")
        assert len(one.code) <= 40
    assert reason("") is reason("other") is None
