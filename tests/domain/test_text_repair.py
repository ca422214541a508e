"""Spoilt texts: each repair by its name, names left whole, twice is once."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spplus_app.domain.fixes import FIX_NAMES, Fix
from spplus_app.domain.text_repair import repair_line, repair_text, restore_lines


@pytest.mark.parametrize(
    ("before", "after", "fixes"),
    [
        ("l\x92accueil \x96 \x93fermé\x94", "l’accueil – “fermé”", [Fix.CP1252]),
        ("rÃ©ponse lâ€™Ã©tÃ©, Ã\xa0 Nice", "réponse l’été, à Nice", [Fix.MOJIBAKE]),
        ("lâ\x80\x99Å“uvre Ã  10 â‚¬", "l’œuvre Ã  10 €".replace("  ", " "), [Fix.MOJIBAKE]),
        ("usagers&nbsp; et lui", "usagers et lui", [Fix.ENTITIES]),
        ("le site&nbsp;: ici", "le site\u00a0: ici", [Fix.ENTITIES]),
        ("«&nbsp;Mon compte&nbsp;»", "«\u00a0Mon compte\u00a0»", [Fix.ENTITIES]),
        ("a &gt; b &amp;nbsp; c", "a > b c", [Fix.ENTITIES]),
        ("un\x07 mot\x00", "un mot", [Fix.CONTROLS]),
        ("CONGÉ» à l’ÂGE, PARTÉ…", "CONGÉ» à l’ÂGE, PARTÉ…", []),
        ("R&D ; a&b; AT&T", "R&D ; a&b; AT&T", []),
    ],
)
def test_a_line_is_repaired(before: str, after: str, fixes: list[Fix]) -> None:
    assert repair_line(before) == (after, fixes)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("BonjourIl y a un an", "Bonjour\nIl y a un an"),
        ("Bonjour Sam,Nous avons lu", "Bonjour Sam,\nNous avons lu"),
        ("sans réponseJ’attends encore", "sans réponse\nJ’attends encore"),
        ("le dossier.Vous pouvez", "le dossier.\nVous pouvez"),
        ("sur impots.gouv.frNous verrons", "sur impots.gouv.fr\nNous verrons"),
        ("à agent@exemple.frPour la suite", "à agent@exemple.fr\nPour la suite"),
        ("par l’ANTS.Merci", "par l’ANTS.\nMerci"),
        ("d’avanceCordialement", "d’avance\nCordialement"),
    ],
)
def test_lost_lines_are_given_back(before: str, after: str) -> None:
    assert repair_text(before) == (after, [Fix.LINES])


@pytest.mark.parametrize(
    "text",
    [
        "MaPrimeRénov’, FranceConnect, YouTube, DansMaRue et LaPoste",
        "MesDroitsSociaux, VoxUsagers, DGFiP, PayFiP, iPhone, ameliBot, ParcourSup",
        "Une ligne\net unDeuxième que son auteur a colléIl",
        "Impots.Gouv.Fr, S.A.R.L. et M.Dupont, version 2.Alpha",
        "voir https://exemple.fr/pageJe?x=monA et www.exemple.fr/unDe",
        "Rien à dire. Tout va bien, merci !",
    ],
)
def test_what_may_be_meant_is_left(text: str) -> None:
    assert repair_text(text) == (text, [])


def test_every_repair_has_a_name() -> None:
    assert set(FIX_NAMES) == set(Fix)


SPOILT = st.text(
    st.sampled_from(list("éàÃÂâ€™\x92\x80\xa9\xa0&;nbspamp#16 JeIl.,!BonjourA\n\r\x00«»’")),
    max_size=60,
) | st.text(max_size=40)


@given(SPOILT)
def test_repairing_twice_is_repairing_once(text: str) -> None:
    for repair in (repair_line, repair_text):
        once, _ = repair(text)
        assert repair(once)[0] == once
    assert restore_lines(restore_lines(text)) == restore_lines(text)


@pytest.mark.samples
def test_real_texts_lose_nothing_and_whole_ones_are_left(samples: Path) -> None:
    with (samples / "experiences/experiences-400.jsonl").open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    texts = [row[name] for row in rows for name in ("description", "reponse_1") if row.get(name)]
    titles = [row["titre"] for row in rows]
    path = samples / "experiences/export-experiences-60.csv"
    with path.open(encoding="utf-8", newline="") as handle:
        official = list(csv.DictReader(handle, delimiter=";"))
    names = [f"reponse_structure_{n}" for n in (1, 2)] + ["description"]
    texts += [row[name] for row in official for name in names if row[name]]
    titles += [row["titre"] for row in official]
    restored = 0
    for text in texts:
        after, fixes = repair_text(text)
        assert repair_text(after) == (after, [])
        restored += Fix.LINES in fixes
        if Fix.ENTITIES not in fixes:
            assert "".join(after.split()) == "".join(text.split())
    assert (len(texts), restored) == (611, 156)
    assert [title for title in titles if restore_lines(title) != title] == []
