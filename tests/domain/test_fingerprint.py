"""Fingerprints: the same for the same text, near for a text nearly the same, far for others."""

from __future__ import annotations

import random
import re
import subprocess
import sys
import unicodedata
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spplus_app.domain.fingerprint import CLOSE, bands, close, distance, fingerprint, probes
from tests.domain.test_signals import published

TEXT = (
    "J’ai déposé ma demande de carte grise en mars sur le site de l’ANTS. Six mois plus tard, le "
    "dossier est toujours en cours d’instruction et le téléphone sonne dans le vide. Je ne peux "
    "pas vendre mon véhicule, ni circuler. Un conseiller m’avait pourtant promis une réponse."
)
SIGNED = st.integers(min_value=-(2**63), max_value=2**63 - 1)
WORDS = st.lists(st.sampled_from(TEXT.split()), min_size=1, max_size=40)


def test_case_accents_spaces_punctuation_greetings_and_figures_do_not_count() -> None:
    plain = unicodedata.normalize("NFD", TEXT).encode("ascii", "ignore").decode()
    for same in (
        TEXT.upper(),
        re.sub("[̀-ͯ]", "", unicodedata.normalize("NFD", TEXT)),
        unicodedata.normalize("NFD", TEXT),
        TEXT.replace(" ", "\n\n  "),
        re.sub(r"[.,]", " !", TEXT),
        "Bonjour Madame, Monsieur,\n" + TEXT + "\nMerci d’avance. Cordialement",
        TEXT + " 12345 2024",
    ):
        assert fingerprint(same) == fingerprint(TEXT)
    assert close(fingerprint(plain), fingerprint(TEXT))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("mars", "février"),
        ("l’ANTS", "la préfecture"),
        ("Six mois plus tard", "Depuis"),
        ("conseiller", "agent"),
        ("déposé", "dépsoé"),
        ("Un conseiller m’avait pourtant promis une réponse.", ""),
    ],
)
def test_a_small_edit_stays_close(old: str, new: str) -> None:
    assert old in TEXT
    assert close(fingerprint(TEXT), fingerprint(TEXT.replace(old, new)))


def test_another_story_is_far() -> None:
    other = (
        "La conseillère de la Caf m’a rappelée le jour même, elle a recalculé mon allocation "
        "logement et tout expliqué avec patience. Bravo pour cet accueil et ce suivi."
    )
    assert distance(fingerprint(TEXT), fingerprint(other)) > 2 * CLOSE


def test_a_text_without_a_telling_word_is_close_to_nothing() -> None:
    for empty in ("", " … ", "Bonjour, merci !", "12 34"):
        assert fingerprint(empty) == 0
    assert not close(0, 0) and not close(0, fingerprint(TEXT))


def test_it_is_the_same_in_every_process() -> None:
    code = (
        "from spplus_app.domain.fingerprint import fingerprint as f; print(f('Dossier perdu, Caf'))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert int(ran.stdout) == fingerprint("dossier PERDU : caf") == KNOWN


KNOWN = 4463698566710552216
"""What databases hold must not change from one version to the next without a word."""


@given(st.text(max_size=400))
def test_any_text_has_a_fingerprint_databases_can_hold(text: str) -> None:
    value = fingerprint(text)
    assert -(2**63) <= value < 2**63
    assert value == fingerprint(text) == fingerprint(text + " . \n ;")
    assert value == 0 or close(value, value)


@given(WORDS)
def test_letters_and_spaces_never_count(picked: list[str]) -> None:
    assert fingerprint(" ".join(picked)) == fingerprint("\n - ".join(picked).upper())


@given(SIGNED, st.sets(st.integers(0, 63), max_size=CLOSE))
def test_what_is_close_shares_a_probe_and_three_bits_share_a_band(
    value: int, flipped: set[int]
) -> None:
    raw = value & (2**64 - 1)
    for bit in flipped:
        raw ^= 1 << bit
    other = raw - 2**64 if raw >> 63 else raw
    assert distance(value, other) == len(flipped)
    looked_for = probes(value)
    assert any(band in wanted for band, wanted in zip(bands(other), looked_for, strict=True))
    if len(flipped) <= 3:
        assert set(zip(range(4), bands(value), strict=True)) & set(enumerate(bands(other)))


@given(SIGNED)
def test_bands_are_small_numbers_that_make_the_whole(value: int) -> None:
    found = bands(value)
    assert len(found) == 4 and all(0 <= band < 2**16 for band in found)
    whole = sum(band << (16 * at) for at, band in enumerate(found))
    assert whole == value & (2**64 - 1)
    assert all(len(set(wanted)) == 17 for wanted in probes(value))


@pytest.mark.samples
def test_no_two_real_narratives_are_close_the_nearest_differ_by_11_bits(samples: Path) -> None:
    values = [fingerprint(text) for text in sorted({text for _, text in published(samples)})]
    assert len(values) == 447
    nearest = min(distance(one, other) for one, other in combinations(values, 2))
    assert nearest == 11 > CLOSE


@pytest.mark.samples
def test_real_narratives_stay_close_when_edited_a_word_92_three_words_77_percent(
    samples: Path,
) -> None:
    texts = sorted({text for _, text in published(samples)})
    drawn = random.Random(7)
    words = [word for text in texts for word in text.split()]

    def edited(text: str, times: int) -> str:
        parts = text.split()
        for _ in range(times):
            parts[drawn.randrange(len(parts))] = drawn.choice(words)
        return " ".join(parts)

    for times, least in ((1, 0.9), (3, 0.75)):
        kept = sum(close(fingerprint(text), fingerprint(edited(text, times))) for text in texts)
        print(f"{times} word(s) changed: {kept} of {len(texts)} close")
        assert kept >= least * len(texts)
