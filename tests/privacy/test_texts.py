"""The generated texts: exact, varied, the same every time, and in two halves that share nothing."""

from __future__ import annotations

import random
import re
from collections import Counter

import pytest
from stdnum import iban
from stdnum.fr import nir

from tests.privacy.contexts import BLOCKS, CONTEXTS, PERSONS
from tests.privacy.scoring import Example
from tests.privacy.sentences import CLEAN
from tests.privacy.texts import COUNT, WITHOUT, Half, generated, mistyped, unaccented
from tests.privacy.values import Values, iban_of, nir_key, rib_key

KINDS = {*CONTEXTS, "person"}


@pytest.fixture(scope="module", params=list(Half))
def texts(request: pytest.FixtureRequest) -> list[Example]:
    return generated(request.param)


def test_as_many_as_promised_and_always_the_same(texts: list[Example]) -> None:
    assert len(texts) == COUNT == 500
    assert texts in (generated(Half.TUNE), generated(Half.REPORT))


def test_a_fifth_has_nothing_personal(texts: list[Example]) -> None:
    share = sum(not one.expected for one in texts) / len(texts)
    assert share == pytest.approx(WITHOUT, abs=0.05)


def test_offsets_hold_values_of_their_kind(texts: list[Example]) -> None:
    shapes = {
        "email": r"\S+ ?(@|arobase|\(at\)|\[at\]) ?\S+( point \w+)?",
        "phone": r"(\+33|0)[\d ./()-]+",
        "nir": r"[12][\dAB ./]+",
        "iban": r"[A-Z]{2}[\dA-Z ]{18,}",
        "tax": r"[0-3][\d ]{12,}",
        "file": r"[\dA-Z -]{7,13}",
        "plate": r"[\dA-Z -]{6,10}",
        "birth": r"\d.*\d",
        "address": r"\d+.*\w",
        "person": r"\w.*\w",
    }
    for example in texts:
        end = 0
        for one in example.expected:
            value = example.text[one.start : one.end]
            assert end <= one.start, "in order, never overlapping"
            assert re.fullmatch(shapes[one.kinds[0]], value, re.IGNORECASE), (one, value)
            end = one.end


def test_every_kind_is_there_often_enough_to_be_measured(texts: list[Example]) -> None:
    seen = Counter(one.kinds[0] for example in texts for one in example.expected)
    assert set(seen) == KINDS
    assert min(seen.values()) >= 40
    assert {one.role for example in texts for one in example.expected} == {"", *PERSONS}


def test_halves_share_no_sentence() -> None:
    for lines in (CLEAN, BLOCKS, *CONTEXTS.values(), *PERSONS.values()):
        assert len(set(lines)) == len(lines)
        assert not set(Half.TUNE.of(lines)) & set(Half.REPORT.of(lines))
    assert len(CLEAN) >= 60


def test_contexts_carry_what_they_say() -> None:
    for kind, lines in CONTEXTS.items():
        assert all(re.findall(r"\{(\w+)\}", one) == [kind] for one in lines)
        assert len(lines) >= 12
    for lines in PERSONS.values():
        assert all(len(re.findall(r"\{(person|title)\}", one)) == 1 for one in lines)


def test_keys_are_valid() -> None:
    values = Values(3)
    whole = [re.sub(r"[ ./]", "", values.nir()) for _ in range(300)]
    assert {len(one) for one in whole} == {13, 15}
    assert all(nir.is_valid(one) for one in whole if len(one) == 15)
    assert all(iban.is_valid(values.iban()) for _ in range(300))
    assert nir_key("2550814168025") == "38"
    assert nir_key("198032A005003") == nir_key("1980319005003")
    assert iban_of("FR", "20041010050500013M02606") == "FR1420041010050500013M02606"
    assert rib_key("20041", "01005", "0500013M026") == "06"


def test_mistakes_spare_the_length_or_change_one_letter() -> None:
    chance = random.Random(5)
    assert unaccented("née à l’été, œuvre") == "nee a l’ete, œuvre"
    for _ in range(200):
        text = "Mon adresse est : "
        assert abs(len(mistyped(text, chance)) - len(text)) <= 1
    assert mistyped(" : ", chance) == " : "
