"""Text as terms: the same for a word however it is written, and each at its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spplus_app.domain.terms import LONGEST, STOP_WORDS, query_words, terms, tokens


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Préfecture", "prefectures"),
        ("déposée", "deposee"),
        ("œuvre", "OEUVRE"),
        ("allocataire", "Allocataires"),
        ("rendez-vous", "rendez vous"),
        ("l’administration", "administration"),
        ("ＣＡＦ", "caf"),
        ("réponse", "re\u0301ponse"),
    ],
)
def test_a_word_is_found_however_it_is_written(one: str, other: str) -> None:
    assert set(terms(other)) & set(terms(one)), (terms(one), terms(other))


def test_words_of_grammar_say_nothing() -> None:
    assert terms("Je ne sais pas où est mon dossier") == ["sais", "dossi"]
    assert not set(terms(" ".join(sorted(STOP_WORDS))))


def test_each_word_stands_where_it_is_in_the_text() -> None:
    text = "L’œuvre d’un agent, à Nîmes (30)."
    assert [text[one.start : one.end] for one in tokens(text)] == ["œuvre", "agent", "Nîmes", "30"]


def test_what_is_typed_is_bounded_and_each_word_counts_once() -> None:
    assert query_words("dossier Dossiers DOSSIER perdu") == (("dossi",), ("perdu",))
    assert len(query_words(" ".join(f"mot{n}" for n in range(40)))) == 10


@given(st.text(max_size=300))
def test_any_text_gives_plain_terms(text: str) -> None:
    for token in tokens(text):
        assert 0 <= token.start < token.end <= len(text)
        for term in token.terms:
            assert term.isascii() and term.isalnum() and term == term.lower()
            assert len(term) <= LONGEST
    assert terms(text) == [term for token in tokens(text) for term in token.terms]
