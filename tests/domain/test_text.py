"""Typed text: what is cleaned, what is refused, what is left as it is."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spplus_app.domain.text import (
    ForbiddenCharacter,
    clean_line,
    clean_text,
    excerpt,
    fold,
    is_blank,
    slug,
    words,
)

TYPED = st.text(max_size=200)
CONTROLS = [chr(code) for code in [*range(32), 127, *range(128, 160)] if chr(code) not in "\t\n\r"]


def cleaned(clean, text: str) -> str | None:  # type: ignore[no-untyped-def]
    """The text cleaned, ``None`` when it is refused."""
    try:
        return str(clean(text))
    except ForbiddenCharacter:
        return None


@pytest.mark.parametrize("char", [*CONTROLS, "\ufffe", "\uffff", "\ud800", "\udfff"])
def test_control_characters_are_refused(char: str) -> None:
    for clean in (clean_line, clean_text):
        with pytest.raises(ForbiddenCharacter):
            clean(f"avant{char}après")


@pytest.mark.parametrize(
    "char", "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
)
def test_direction_marks_go_and_letters_stay(char: str) -> None:
    assert clean_line(f"{char}שלום{char} مرحبا{char}") == "שלום مرحبا"


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "👨‍👩‍👧‍👦 🇫🇷 👍🏽", "« Bien », dit-il\u202f!", "œuf"]
)
def test_everything_else_is_text(text: str) -> None:
    assert clean_line(text) == clean_text(text) == text


def test_lines() -> None:
    assert clean_line("  un\tdeux \r\n trois\u2028quatre ") == "un deux trois quatre"
    assert clean_text("a  \r\nb\rc\n\n\n\n\nd\u2029e\n") == "a\nb\nc\n\nd\n\ne"


@given(TYPED)
def test_cleaning_again_changes_nothing(text: str) -> None:
    for clean in (clean_line, clean_text):
        once = cleaned(clean, text)
        if once is not None:
            assert cleaned(clean, once) == once == unicodedata.normalize("NFC", once)
            assert once == once.strip()
    once = cleaned(clean_line, text)
    assert once is None or "\n" not in once


@given(TYPED)
def test_folding_leaves_nothing_of_case_and_accents(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert all(word.isascii() and word.isalnum() for word in words(text))


def test_folding_french() -> None:
    assert fold("Œuvre À la Forêt, ÇA ! Æther") == "oeuvre a la foret, ca ! aether"
    assert words("L’Haÿ-les-Roses (94)") == ["l", "hay", "les", "roses", "94"]


@given(TYPED, st.integers(min_value=10, max_value=120))
def test_a_slug_is_short_plain_and_never_empty(text: str, longest: int) -> None:
    made = slug(text, longest)
    assert 1 <= len(made) <= longest
    assert made == made.strip("-")
    assert "--" not in made
    assert all(part.isascii() and part.isalnum() for part in made.split("-"))


def test_slugs() -> None:
    assert (
        slug("Deux heures d’attente à l’Hôtel de Ville !")
        == "deux-heures-d-attente-a-l-hotel-de-ville"
    )
    assert slug("???") == slug("") == slug("👍") == slug("مرحبا") == "sans-titre"
    assert slug("a" * 300) == "a" * 80


@given(TYPED, st.integers(min_value=20, max_value=60))
def test_an_excerpt_is_the_beginning(text: str, longest: int) -> None:
    made = excerpt(text, longest)
    flat = re.sub(r"[ \t\n]+", " ", text).strip()
    assert len(made) <= longest + 1
    assert made == flat or flat.startswith(made.removesuffix("…"))


@pytest.mark.parametrize(
    "text", ["", " ", "\u200b", "\u00a0\u202f", "\u200d\ufe0f", "\u3164", "\u2800", "\u0301"]
)
def test_what_shows_nothing_is_blank(text: str) -> None:
    assert is_blank(text)


@pytest.mark.parametrize("text", ["a", "é", "👍", ".", "1", "م", "e\u0301", " \u200ba"])
def test_what_shows_something_is_not_blank(text: str) -> None:
    assert not is_blank(text)
