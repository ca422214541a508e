"""Floors of the finder on the halves it may be tuned on; the bench reads the others."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from spplus_app.domain.privacy import find, masked
from tests.privacy.samples import data_set
from tests.privacy.scoring import Example, score
from tests.privacy.sentences import CLEAN
from tests.privacy.texts import Half, generated, written
from tests.privacy.wordings import PEOPLE, UNTOUCHED, WORDINGS

ALL = 0.95
NAMES = 0.90
FALSE_ALARMS = 0.05


@pytest.fixture(scope="module")
def drawn() -> list[Example]:
    """A seeded sample of the generated texts."""
    return random.Random(7).sample(generated(Half.TUNE), 200)


@pytest.mark.samples
def test_all_kinds_on_the_data_set(samples: Path) -> None:
    examples = data_set(samples, Half.TUNE)
    seen = score(examples, [find(one.text) for one in examples])
    assert len(examples) == 40
    assert seen.all().f1 >= ALL, seen.overlap


def test_all_kinds_on_generated_texts(drawn: list[Example]) -> None:
    seen = score(drawn, [find(one.text) for one in drawn])
    assert seen.all().f1 >= ALL, seen.overlap


def test_names_on_generated_texts(drawn: list[Example]) -> None:
    seen = score(drawn, [find(one.text) for one in drawn])
    assert seen.row("person").f1 >= NAMES, seen.row("person")


@pytest.mark.parametrize("kind", sorted(WORDINGS))
def test_each_kind_in_more_wordings(kind: str) -> None:
    examples = written({kind: WORDINGS[kind]}, {}, 5, 3)
    seen = score(examples, [find(one.text) for one in examples])
    assert seen.row(kind).f1 >= ALL, seen.overlap


@pytest.mark.parametrize("role", sorted(PEOPLE))
def test_names_in_more_wordings(role: str) -> None:
    examples = written({}, {role: PEOPLE[role]}, 5, 3)
    seen = score(examples, [find(one.text) for one in examples])
    assert seen.row("person").f1 >= NAMES, seen.row("person")


@pytest.mark.parametrize("line", UNTOUCHED)
def test_laws_amounts_offices_and_people_known_of_all_are_left(line: str) -> None:
    assert find(line) == []


def test_what_only_looks_personal_is_left() -> None:
    lines = Half.TUNE.of(CLEAN)
    alarms = {line: found for line in lines if (found := find(line))}
    assert len(alarms) / len(lines) <= FALSE_ALARMS, alarms


def test_findings_are_sorted_apart_and_inside(drawn: list[Example]) -> None:
    for example in drawn:
        end = 0
        for one in find(example.text):
            assert end <= one.start < one.end <= len(example.text)
            end = one.end


def test_what_is_found_is_masked(drawn: list[Example]) -> None:
    for example in drawn:
        found = find(example.text)
        hidden = masked(example.text, found)
        for one in found:
            value = example.text[one.start : one.end]
            assert example.text.count(value) > 1 or value not in hidden
        assert find(hidden) == []
