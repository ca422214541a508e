"""Found words in their text: nothing lost, nothing added, the right words marked."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from spplus_app.domain.highlight import passage, runs
from spplus_app.domain.terms import terms

TEXT = (
    "Le guichet était fermé. " * 20
    + "Mon dossier est perdu, mon dossier est parti. "
    + "Fin. " * 30
)


def test_found_words_are_marked_as_they_are_written() -> None:
    cut = runs("Mes Dossiers, mon dossier.", set(terms("dossier")))
    assert cut == [
        ("Mes ", False),
        ("Dossiers", True),
        (", mon ", False),
        ("dossier", True),
        (".", False),
    ]


def test_a_passage_shows_the_words_and_begins_where_it_must() -> None:
    shown = passage(TEXT, set(terms("dossier")))
    assert shown.startswith("… ") and shown.count("dossier") == 2 and len(shown) <= 224
    assert passage(TEXT, set(terms("guichet"))).startswith("Le guichet")
    assert passage(TEXT, set(terms("absent"))).startswith("Le guichet")
    assert passage("Court.", {"court"}) == "Court."


@given(st.text(max_size=400), st.text(max_size=40))
def test_runs_joined_are_the_text(text: str, typed: str) -> None:
    wanted = set(terms(typed))
    assert "".join(part for part, _ in runs(text, wanted)) == text
    for part, hit in runs(text, wanted):
        assert hit == bool(hit and set(terms(part)) & wanted)


@given(st.text(max_size=2000), st.text(max_size=40))
def test_a_passage_is_a_part_of_its_text(text: str, typed: str) -> None:
    shown = passage(text, set(terms(typed)))
    assert len(shown) <= 224
