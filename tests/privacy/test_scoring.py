"""The scoring itself, against finders whose faults are known."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from tests.privacy.scoring import (
    TYPES,
    Count,
    Example,
    Expected,
    Span,
    likeness,
    match,
    roles_told,
    score,
    trimmed,
)

TEXT = "Je suis Anne Petit, née le 3 mars 1978, tél. 06 12 34 56 78."


def at(words: str, *kinds: str, role: str = "") -> Expected:
    start = TEXT.index(words)
    return Expected(start, start + len(words), kinds, role)


def span(words: str, kind: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words), kind)


EXAMPLE = Example(
    TEXT, (at("Anne Petit", "person"), at("3 mars 1978", "birth"), at("06 12 34 56 78", "phone"))
)
RIGHT = [
    span("Anne Petit", "person"),
    span("3 mars 1978", "birth"),
    span("06 12 34 56 78", "phone"),
]


def test_all_found_is_one_everywhere() -> None:
    seen = score([EXAMPLE], [RIGHT])
    assert seen.all() == seen.all_exact() == Count(right=3)
    assert seen.all().precision == seen.all().recall == seen.all().f1 == 1


def test_nothing_found_is_all_missed() -> None:
    seen = score([EXAMPLE], [[]]).all()
    assert (seen.recall, seen.f1, seen.missed) == (0, 0, 3)


def test_each_kind_has_its_own_row() -> None:
    seen = score([EXAMPLE], [[*RIGHT[:2], span("née", "plate")]])
    assert seen.row("person") == Count(right=1)
    assert seen.row("phone") == Count(missed=1)
    assert seen.row("plate") == Count(invented=1)
    assert seen.row("iban") == Count()
    assert seen.all() == Count(right=2, missed=1, invented=1)
    assert seen.all().precision == pytest.approx(2 / 3)
    assert seen.all().recall == pytest.approx(2 / 3)
    assert seen.all().f1 == pytest.approx(2 / 3)


def test_precision_and_recall_are_not_the_same() -> None:
    one = Count(right=3, missed=1, invented=2)
    assert (one.precision, one.recall) == (0.6, 0.75)
    assert one.f1 == pytest.approx(2 * 0.6 * 0.75 / (0.6 + 0.75))


def test_the_right_place_under_another_kind_is_missed_and_invented() -> None:
    seen = score([EXAMPLE], [[RIGHT[0], RIGHT[1], span("06 12 34 56 78", "file")]])
    assert seen.row("phone").missed == 1
    assert seen.row("file").invented == 1


def test_edges_are_forgiven_by_overlap_only() -> None:
    wide = [RIGHT[0], span("née le 3 mars 1978", "birth"), span("06 12 34 56 78.", "phone")]
    seen = score([EXAMPLE], [wide])
    assert seen.all().f1 == 1
    assert seen.all_exact() == Count(right=1, missed=2, invented=2)


@pytest.mark.parametrize("words", [TEXT, "78", "Petit, née le 3 mars 1978, tél. 06"])
def test_too_wide_or_too_narrow_is_refused(words: str) -> None:
    seen = score([EXAMPLE], [[span(words, "phone"), span(words, "person")]])
    assert seen.all() == Count(missed=3, invented=2)


def test_half_of_the_union_is_the_limit() -> None:
    whole = Example("x" * 20, (Expected(0, 10, ("file",)),))
    assert score([whole], [[Span(0, 5, "file")]]).all() == Count(right=1)
    assert score([whole], [[Span(0, 4, "file")]]).all() == Count(missed=1, invented=1)


def test_one_finding_serves_once() -> None:
    twice = Example(TEXT, (at("Anne Petit", "person"),))
    seen = score([twice], [[span("Anne Petit", "person"), span("Anne Petit,", "person")]])
    assert seen.all() == Count(right=1, invented=1)


def test_the_closest_is_paired_first() -> None:
    near = Example("x" * 30, (Expected(0, 10, ("file",)), Expected(8, 20, ("file",))))
    matching = match(near, [Span(4, 18, "file"), Span(0, 10, "file")])
    assert {(one.start, wanted.start) for one, wanted in matching.pairs} == {(4, 8), (0, 0)}


def test_a_file_of_the_data_set_may_be_a_tax_number() -> None:
    both = Example(TEXT, (at("06 12 34 56 78", *TYPES["DOSSIER"]),))
    for kind in ("file", "tax"):
        seen = score([both], [[span("06 12 34 56 78", kind)]])
        assert seen.row("file") == Count(right=1)
    assert score([both], [[span("06 12 34 56 78", "nir")]]).all() == Count(missed=1, invented=1)


def test_a_courtesy_title_is_not_held_against_a_name() -> None:
    text = "Merci à Monsieur Roy !"
    wanted = Example(text, (Expected(17, 20, ("person",)),))
    assert text[17:20] == "Roy"
    seen = score([wanted], [[Span(8, 20, "person")]])
    assert seen.all() == Count(right=1)
    assert seen.all_exact() == Count(missed=1, invented=1)
    assert trimmed(text, 8, 20) == (8, 20)
    assert trimmed("Marie", 0, 5, person=True) == (0, 5)
    assert trimmed("M. ", 0, 3, person=True) == (0, 1)


def test_likeness_of_spans_that_touch_is_nothing() -> None:
    assert likeness((0, 5), (5, 9)) == 0
    assert likeness((0, 5), (0, 5)) == 1


def test_as_many_findings_as_texts() -> None:
    with pytest.raises(ValueError, match="shorter"):
        score([EXAMPLE, EXAMPLE], [RIGHT])


@dataclass(frozen=True, slots=True)
class Roled:
    start: int
    end: int
    kind: str
    role: str


def test_roles_are_counted_where_known() -> None:
    wanted = at("Anne Petit", "person", role="author")
    example = Example(TEXT, (wanted, at("3 mars 1978", "birth")))
    for role, right in (("author", 1), ("agent", 0)):
        found = [Roled(wanted.start, wanted.end, "person", role), RIGHT[1]]
        assert roles_told([example], [found]) == (right, 1)
