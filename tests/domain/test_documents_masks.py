"""What is masked in a document: proposed, put in order, taken out of the text and of the pages."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spplus_app.domain.documents import personal, stored
from spplus_app.domain.documents.canonical import Canonical, canonical
from spplus_app.domain.documents.layout import laid_out
from spplus_app.domain.documents.masks import (
    Area,
    AreaKind,
    Mask,
    covers,
    framed,
    published,
    settled,
    unplaced,
)
from spplus_app.domain.documents.reading import Block, BlockKind, Box, Piece, Reading
from spplus_app.domain.documents.stages import TRANSITIONS, Stage, Step, after
from spplus_app.domain.errors import Conflict, Invalid
from spplus_app.domain.privacy import WORDS, Kind

from .document_pages import A4, lines, sheet

LETTER = sheet(
    lines("Caisse d’allocations familiales\n1 place de la Mairie\n95000 CERGY", 50, 40),
    lines("MADAME ZORAH BELKACEMI\n14 RUE DES LILAS\n95100 ARGENTEUIL", 330, 120),
    lines("Nos réf. : 7654321 K / 22", 50, 220),
    lines("Objet : votre dossier", 50, 250),
    lines(
        "Madame, vous avez perçu à tort la somme de 412 euros au mois de mai.\n"
        "Votre numéro d’allocataire est le 1234567.",
        50,
        290,
    ),
)


def _document(*texts: str, kind: BlockKind = BlockKind.PARAGRAPH) -> Canonical:
    return canonical(Reading(tuple(Block(kind, text) for text in texts)))


def _masked(document: Canonical) -> str:
    return published(document, settled(document, personal.proposed(document))).text


def test_a_letter_keeps_what_it_says_and_loses_whom_it_is_sent_to() -> None:
    reading = laid_out(LETTER)
    document = canonical(reading)
    text = _masked(document)
    for gone in ("BELKACEMI", "LILAS", "ARGENTEUIL", "7654321", "1234567"):
        assert gone not in text
    for kept in ("Caisse d’allocations familiales", "95000 CERGY", "412 euros", "votre dossier"):
        assert kept in text


def test_the_fields_of_a_form_are_masked_by_their_label() -> None:
    document = canonical(
        Reading(
            (
                Block(BlockKind.FIELD, "Nom de naissance : Zorbakov"),
                Block(BlockKind.FIELD, "Motif de la demande : logement trop petit"),
                Block(BlockKind.CELL, "Prénom", table=0, row=0, column=0),
                Block(BlockKind.CELL, "Ylang", table=0, row=0, column=1),
                Block(BlockKind.CELL, "Montant", table=0, row=1, column=0),
                Block(BlockKind.CELL, "412", table=0, row=1, column=1),
            )
        )
    )
    assert _masked(document) == (
        "Nom de naissance : [nom]\nMotif de la demande : logement trop petit\n\n"
        "Prénom\n[nom]\nMontant\n412"
    )


@pytest.mark.parametrize(
    "line",
    ["Nos réf. : AB-12/55", "V/Réf : 2024 0017", "Dossier suivi par : Mme Ygrec", "Réf : X77"],
)
def test_references_and_who_follows_the_matter_are_masked(line: str) -> None:
    label, _, value = line.partition(" : ")
    text = _masked(_document(line))
    assert text.startswith(f"{label} : [")
    assert value not in text


def test_an_office_keeps_its_address() -> None:
    document = _document("Service des impôts", "4 rue Neuve", "TSA 10020", "75900 PARIS CEDEX")
    assert [one for one in personal.proposed(document) if one.start < 18 or one.end > 31] == []


@pytest.mark.parametrize("name", ["Madame Ygrec ZORBAKOV", "M. et Mme Zorbakov", "Zorah BELKACEMI"])
def test_an_address_just_below_the_office_that_writes_is_masked_and_the_office_is_not(
    name: str,
) -> None:
    document = _document(
        "Caisse d’allocations de Clairbrume",
        "12 rue du Pont",
        name,
        "14 rue Ygrec",
        "95100 Argenteuil",
    )
    text = _masked(document)
    assert "Ygrec" not in text and "Argenteuil" not in text and "elkacemi" not in text.lower()
    assert text.startswith("Caisse d’allocations de Clairbrume\n\n")


def test_masks_that_overlap_are_one_and_those_out_of_the_text_are_refused() -> None:
    document = _document("Monsieur Jean Ravel habite ici.")
    masks = [Mask(14, 19, Kind.PERSON), Mask(9, 16), Mask(9, 16), Mask(27, 30)]
    assert settled(document, masks) == (Mask(9, 19, Kind.PERSON), Mask(27, 30))
    for wrong in (Mask(-1, 3), Mask(3, 3), Mask(0, 99), Mask(5, 2)):
        with pytest.raises(Invalid):
            settled(document, [wrong])


def test_areas_are_cut_at_the_edges_and_empty_ones_refused() -> None:
    area = Area(0, Box(-5, 10, 9000, 20), AreaKind.SIGNATURE)
    assert framed((A4,), [area, area]) == (Area(0, Box(0, 10, 595, 20), AreaKind.SIGNATURE),)
    for wrong in (Area(1, area.box), Area(-1, area.box), Area(0, Box(600, 0, 700, 10))):
        with pytest.raises(Invalid):
            framed((A4,), [wrong])


def test_each_line_of_a_mask_is_covered_on_its_page_and_a_word_touched_is_covered_whole() -> None:
    document = canonical(laid_out(LETTER))
    start = document.text.index("ZORAH") + 2
    mask = Mask(start, document.text.index("LILAS") + 3)
    boxes = [one.box for one in covers(document, [mask], [])]
    assert len(boxes) == 2
    assert boxes[0].left < 330 + 7 * 5 + 5
    assert boxes[0].right > 330 + 22 * 5
    assert all(box.top < 120 + 12 * at < box.bottom for at, box in enumerate(boxes))


def test_a_mask_whose_place_is_not_known_is_told() -> None:
    here = Piece(0, 4, 0, Box(0, 0, 10, 10))
    there = Piece(5, 10, 0, Box(12, 0, 30, 10))
    told = Block(BlockKind.PARAGRAPH, "Jean Ravel", pieces=(here, there))
    half = Block(BlockKind.PARAGRAPH, "Jean Ravel", pieces=(here,))
    document = canonical(Reading((told, half), (A4,)))
    assert unplaced(document, [Mask(0, 10), Mask(12, 16), Mask(12, 22)]) == (Mask(12, 22),)


def test_what_is_left_stands_where_it_did() -> None:
    document = canonical(laid_out(LETTER))
    made = published(document, settled(document, personal.proposed(document)))
    where = document.text.index("somme")
    here = made.text.index("somme")
    assert made.regions(here, here + 5) == document.regions(where, where + 5)
    assert all(made.text[one.start : one.end].strip() for one in made.sentences)


def test_a_line_repeated_on_each_page_is_covered_when_it_tells_somebody() -> None:
    heads = [
        lines("Mme Zorah BELKACEMI - n° allocataire 1234567", 50, 20, page=at) for at in (0, 1, 2)
    ]
    feet = [lines("République française, liberté", 50, 810, page=at) for at in (0, 1, 2)]
    bodies = [
        lines(f"Le paragraphe numéro {at} de ce document dit autre chose encore.", 50, 300, page=at)
        for at in (0, 1, 2)
    ]
    reading = laid_out(sheet(*heads, *feet, *bodies, pages=3))
    areas = personal.running_areas(reading)
    assert [(one.page, one.kind) for one in areas] == [(at, AreaKind.RUNNING) for at in (1, 2)]
    # The first one is read as a line of the text, and masked there.
    assert "BELKACEMI" not in _masked(canonical(reading))
    assert all(one.box.top == 20 for one in areas)


@given(
    st.lists(st.text("abc d.é", min_size=1, max_size=30), min_size=1, max_size=6),
    st.lists(st.tuples(st.integers(0, 120), st.integers(1, 40)), max_size=8),
)
def test_nothing_of_what_is_masked_stays(texts: list[str], spans: list[tuple[int, int]]) -> None:
    document = _document(*texts)
    size = len(document.text)
    masks = settled(document, [Mask(at, min(size, at + more)) for at, more in spans if at < size])
    made = published(document, masks)
    kept = [char for at, char in enumerate(document.text) if not _in(masks, at)]
    told = made.text
    for word in WORDS.values():
        told = told.replace(word, "")
    assert sorted(told.replace(" ", "").replace("\n", "")) == sorted(
        char for char in kept if not char.isspace()
    )


def _in(masks: tuple[Mask, ...], at: int) -> bool:
    return any(mask.start <= at < mask.end for mask in masks)


def test_a_document_is_published_by_moderation_only() -> None:
    assert after(Stage.HANDED, Step.PUBLISH) is Stage.PUBLISHED
    into = {stage for (stage, _), new in TRANSITIONS.items() if new is Stage.PUBLISHED}
    assert into == {Stage.HANDED, Stage.HIDDEN}
    with pytest.raises(Conflict):
        after(Stage.MASKING, Step.PUBLISH)


def test_what_is_kept_is_read_again_as_it_was() -> None:
    reading = laid_out(LETTER)
    assert stored.reading_of(stored.reading_text(reading)) == Reading(
        reading.blocks,
        reading.pages,
        tuple(replace(one, size=0, bold=False) for one in reading.running),
    )
    document = canonical(reading)
    masks = settled(document, personal.proposed(document))
    assert stored.masks_of(stored.mask_rows(masks)) == list(masks)
    area = Area(0, Box(1, 2, 3, 4), AreaKind.BARCODE)
    assert stored.areas_of(stored.area_rows([area])) == [area]
    made = published(document, masks)
    parts = stored.version_parts(made)
    again = stored.from_parts(parts)
    assert (again.text, again.sentences) == (made.text, made.sentences)
    assert [(one.block.kind, one.start, one.end) for one in again.blocks] == [
        (one.block.kind, one.start, one.end) for one in made.blocks
    ]
    drawn = stored.regions_of(parts)
    first = made.sentences[0]
    assert [one.page for one in drawn[0]] == [
        one.page for one in made.regions(first.start, first.end)
    ]
