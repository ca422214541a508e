"""The difference between two texts: exact, readable, and quick on hostile ones."""

from __future__ import annotations

import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spplus_app.domain.diffs import Part, word_diff

TEXTS = st.text(alphabet="ab é,.’\n!", max_size=60) | st.text(max_size=40)


@given(TEXTS, TEXTS)
def test_the_parts_rebuild_both_texts(before: str, after: str) -> None:
    parts = word_diff(before, after)
    assert "".join(part.text for part in parts if part.kind != "added") == before
    assert "".join(part.text for part in parts if part.kind != "removed") == after
    assert all(part.text for part in parts)
    kinds = [part.kind for part in parts]
    assert all(one != other for one, other in itertools.pairwise(kinds))


@given(TEXTS)
def test_the_same_text_has_no_difference(text: str) -> None:
    assert word_diff(text, text) == ((Part("same", text),) if text else ())


def test_words_not_letters() -> None:
    assert word_diff("Madame Dupont m’a dit non.", "L’agente m’a dit oui.") == (
        Part("removed", "Madame Dupont "),
        Part("added", "L’agente "),
        Part("same", "m’a dit "),
        Part("removed", "non"),
        Part("added", "oui"),
        Part("same", "."),
    )


HOSTILE = {
    "one sign": ("!" * 8000, "!" * 7990),
    "alternating": ("! " * 4000, "? ! " * 2000),
    "reversed": ("a b c d " * 1000, "d c b a " * 1000),
    "nothing alike": ("a " * 4000, "b " * 4000),
    "lines": ("\n\n" * 4000, "a\n" * 4000),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_text_holds_the_server(name: str) -> None:
    started = time.process_time()
    word_diff(*HOSTILE[name])
    # A tenth of a second here; a quadratic search in Python took more than a quarter of a minute.
    assert time.process_time() - started < 3
