"""Positioned lines put in reading order: columns, running lines, words, paragraphs, lists."""

from __future__ import annotations

import random
import time
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spplus_app.domain.documents.hyphens import joined, vocabulary
from spplus_app.domain.documents.layout import laid_out
from spplus_app.domain.documents.reading import (
    BlockKind,
    Box,
    Flowing,
    Line,
    Page,
    Positioned,
    Reading,
    Word,
    clean,
    flowed,
)
from spplus_app.domain.documents.shapes import is_field, marker
from spplus_app.domain.documents.wire import PAGE_WORDS_MAX

from .document_pages import A4, SIZE, line, lines, sheet

BODY = """
Madame, nous avons bien reçu votre demande du 3 mars et nous
l’avons étudiée avec attention. Votre dossier est incomplet, il
manque deux pièces que nous vous demandons de nous envoyer.

Sans réponse de votre part avant le 15 avril, votre demande sera
classée sans suite et vous devrez en faire une nouvelle.
"""


def texts(reading: Reading) -> list[str]:
    return [block.text for block in reading.blocks]


def shape(reading: Reading) -> list[tuple[str, str]]:
    return [(block.kind.value, block.text) for block in reading.blocks]


def test_lines_make_paragraphs() -> None:
    assert texts(laid_out(sheet(lines(BODY, 70, 300)))) == [
        "Madame, nous avons bien reçu votre demande du 3 mars et nous l’avons étudiée avec "
        "attention. Votre dossier est incomplet, il manque deux pièces que nous vous demandons "
        "de nous envoyer.",
        "Sans réponse de votre part avant le 15 avril, votre demande sera classée sans suite et "
        "vous devrez en faire une nouvelle.",
    ]


def test_a_letter_as_the_administration_lays_it_out() -> None:
    letter = sheet(
        lines("Caisse des exemples\nService des aides\nBP 12\n69000 Exempleville", 60, 60),
        lines("Madame Alix Modèle\n3 rue du Test\n69001 Exempleville", 350, 130),
        lines("Exempleville, le 3 mars 2024", 350, 200),
        lines("Objet : votre demande d’aide au logement", 60, 250, bold=True),
        lines(BODY, 60, 290),
        lines("La directrice", 350, 420),
    )
    assert shape(laid_out(letter)) == [
        ("paragraph", "Caisse des exemples"),
        ("paragraph", "Service des aides"),
        ("paragraph", "BP 12"),
        ("paragraph", "69000 Exempleville"),
        ("paragraph", "Madame Alix Modèle"),
        ("paragraph", "3 rue du Test"),
        ("paragraph", "69001 Exempleville"),
        ("paragraph", "Exempleville, le 3 mars 2024"),
        ("heading", "Objet : votre demande d’aide au logement"),
        *(("paragraph", text) for text in texts(laid_out(sheet(lines(BODY, 60, 290))))),
        ("paragraph", "La directrice"),
    ]
    assert laid_out(letter).title == "votre demande d’aide au logement"


def test_addresses_side_by_side_are_read_one_after_the_other() -> None:
    for shift in (0, 4, 7):
        found = texts(
            laid_out(
                sheet(
                    lines("Caisse des exemples\nService des aides\nBP 12 CEDEX 9", 60, 60),
                    lines("Madame Alix Modèle\n3 rue du Test\n69001 Exempleville", 350, 60 + shift),
                )
            )
        )
        assert found == [
            "Caisse des exemples",
            "Service des aides",
            "BP 12 CEDEX 9",
            "Madame Alix Modèle",
            "3 rue du Test",
            "69001 Exempleville",
        ]


LEFT = """
La commission examine chaque demande
dans l’ordre où elle arrive et rend
son avis dans un délai de deux mois
à compter du jour où le dossier est
complet, sauf si une pièce manque ou
si un contrôle est nécessaire avant
"""
RIGHT = """
la décision. Le silence gardé après
ce délai vaut rejet de la demande et
ouvre le droit de saisir le tribunal.
Ce recours doit être formé dans les
deux mois par une lettre simple que
vous adressez au greffe du tribunal.
"""


def in_one(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("gutter", [12, 25, 60])
@pytest.mark.parametrize("shift", [0, 5])
def test_two_columns(gutter: float, shift: float) -> None:
    right = 60 + 5 * 37 + gutter
    drawn = sheet(
        line("Vos droits et vos recours", 60, 60, size=16),
        lines(LEFT, 60, 100),
        lines(RIGHT, right, 100 + shift),
        line("Un texte qui va d’un bord à l’autre de la page, sous les deux colonnes.", 60, 200),
    )
    assert shape(laid_out(drawn)) == [
        ("title", "Vos droits et vos recours"),
        ("paragraph", f"{in_one(LEFT)} {in_one(RIGHT)}"),
        (
            "paragraph",
            "Un texte qui va d’un bord à l’autre de la page, sous les deux colonnes.",
        ),
    ]


def test_a_line_that_a_reader_gave_across_two_columns_is_cut() -> None:
    across = [
        Line(0, one.words + other.words, 10.0)
        for one, other in zip(lines(LEFT, 60, 100), lines(RIGHT, 330, 100), strict=True)
    ]
    assert texts(laid_out(sheet(across))) == [f"{in_one(LEFT)} {in_one(RIGHT)}"]


def test_a_table_is_read_row_by_row() -> None:
    rows = [("Mois", "Droit", "Versé"), ("Janvier", "120,50 €", "100 €"), ("Mars", "90 €", "0 €")]
    drawn = [
        line(cell, 60 + 120 * column, 100 + 14 * row)
        for row, cells in enumerate(rows)
        for column, cell in enumerate(cells)
    ]
    found = laid_out(sheet(drawn)).blocks
    assert [(one.text, one.row, one.column) for one in found] == [
        (cell, row, column) for row, cells in enumerate(rows) for column, cell in enumerate(cells)
    ]
    assert {one.kind for one in found} == {BlockKind.CELL}


def test_two_columns_of_names_and_amounts_are_a_table() -> None:
    drawn = [
        *lines("Loyer de base\nCharges locatives\nAide au logement", 60, 100),
        *lines("420,00 €\n35,10 €\n-210,00 €", 320, 100),
    ]
    assert texts(laid_out(sheet(drawn))) == [
        "Loyer de base",
        "420,00 €",
        "Charges locatives",
        "35,10 €",
        "Aide au logement",
        "-210,00 €",
    ]


def test_running_lines_are_set_apart() -> None:
    pages = [
        [
            line("Caisse des exemples – Dossier 12", 60, 30, page=number),
            *lines(f"Voici le texte de la page {number} et rien d’autre.", 60, 300, page=number),
            line("Siège : 1 rue du Test", 60, 790, page=number),
            line(f"Page {number + 1}/3", 280, 810, page=number),
        ]
        for number in range(3)
    ]
    reading = laid_out(sheet(*pages, pages=3))
    assert texts(reading) == [
        "Caisse des exemples – Dossier 12",
        *(f"Voici le texte de la page {number} et rien d’autre." for number in range(3)),
    ]
    assert len(reading.running) == 3 + 3 + 2


def test_page_numbers_count_the_pages_and_other_numbers_do_not() -> None:
    numbered = [line(f"- {number + 4} -", 280, 700, page=number) for number in range(3)]
    same = [line("7", 80, 700, page=number) for number in range(3)]
    reading = laid_out(sheet(numbered, same, pages=3))
    assert texts(reading) == ["7", "7", "7"]


def test_a_paragraph_goes_on_over_the_page() -> None:
    drawn = [
        *lines("Vous devez rembourser cette somme avant la fin du mois, sauf si", 60, 700),
        line("1", 300, 810),
        *lines("vous demandez un délai par écrit.", 60, 60, page=1),
        line("2", 300, 810, page=1),
    ]
    reading = laid_out(sheet(drawn, pages=2))
    assert texts(reading) == [
        "Vous devez rembourser cette somme avant la fin du mois, sauf si vous demandez un délai "
        "par écrit."
    ]
    assert {piece.page for piece in reading.blocks[0].pieces} == {0, 1}


CUT = {
    ("adminis-", "tration"): "adminis",
    ("rem-", "boursement."): "rem",
    ("mer-", "ci"): "mer",
    ("ADMINIS-", "TRATION"): "ADMINIS",
    ("(obli-", "gatoire)"): "(obli",
    ("souscrip\u2010", "tion"): "souscrip",
}
KEPT = [
    ("rendez-", "vous"),
    ("Rendez-", "vous,"),
    ("c’est-à-", "dire"),
    ("peut-", "être"),
    ("celui-", "ci"),
    ("vous-", "mêmes"),
    ("sous-", "préfecture"),
    ("vingt-", "deux"),
    ("quatre-", "vingt"),
    ("non-", "présentation"),
    ("Seine-", "Saint-Denis"),
    ("Saint-", "Étienne"),
    ("Adressez-", "nous"),
    ("est-", "ce"),
    ("demi-", "traitement"),
]


@pytest.mark.parametrize(("cut", "start"), CUT.items())
def test_a_cut_word_is_made_whole(cut: tuple[str, str], start: str) -> None:
    assert joined(*cut) == start


@pytest.mark.parametrize("cut", KEPT)
def test_a_compound_keeps_its_hyphen(cut: tuple[str, str]) -> None:
    assert joined(*cut) == cut[0]


def test_the_document_itself_tells_how_it_writes_a_word() -> None:
    known = vocabulary(["le porte-bagages est un portemanteau utile"])
    assert joined("porte-", "bagages", known) == "porte-"
    assert joined("porte-", "manteau", known) == "porte"


@pytest.mark.parametrize(
    "cut",
    [("fin.", "La"), ("-", "tiret"), ("12-", "3"), ("2023-", "2024"), ("mot-", "(suite)")],
)
def test_what_is_no_cut_word(cut: tuple[str, str]) -> None:
    assert joined(*cut) is None


def test_a_cut_word_keeps_its_two_boxes() -> None:
    drawn = lines("Nous vous prions de vous rapprocher de notre adminis-\ntration locale.", 60, 100)
    block = laid_out(sheet(drawn)).blocks[0]
    assert block.text.endswith("notre administration locale.")
    pieces = [block.text[one.start : one.end] for one in block.pieces]
    assert pieces[-3:] == ["adminis", "tration", "locale."]


def test_lists() -> None:
    drawn = lines(
        """
Pour compléter votre dossier, envoyez-nous les pièces que voici :
• une copie de votre pièce d’identité ou de votre titre de séjour
  en cours de validité ;
• un relevé d’identité bancaire ;
1. L’original n’est pas demandé.
2) Une photo suffit.
a) lisible ;
- complète.
""",
        60,
        100,
    )
    found = laid_out(sheet(drawn)).blocks
    assert [(one.marker, one.text) for one in found] == [
        ("", "Pour compléter votre dossier, envoyez-nous les pièces que voici :"),
        (
            "•",
            "une copie de votre pièce d’identité ou de votre titre de séjour en cours de "
            "validité ;",
        ),
        ("•", "un relevé d’identité bancaire ;"),
        ("1.", "L’original n’est pas demandé."),
        ("2)", "Une photo suffit."),
        ("a)", "lisible ;"),
        ("-", "complète."),
    ]


def test_items_further_in_are_deeper() -> None:
    drawn = [line("• un", 60, 100), line("- deux", 80, 112), line("• trois", 60, 124)]
    assert [one.level for one in laid_out(sheet(drawn)).blocks] == [0, 1, 0]


def test_a_marker_and_its_text_given_apart() -> None:
    drawn = [line("•", 60, 100), line("un relevé d’identité bancaire", 90, 100)]
    block = laid_out(sheet(drawn)).blocks[0]
    assert (block.kind, block.marker, block.text) == (
        BlockKind.LIST_ITEM,
        "•",
        "un relevé d’identité bancaire",
    )


@pytest.mark.parametrize("told", ["•", "1 °"])
def test_markers_given_apart_are_no_column(told: str) -> None:
    drawn = [
        (line(told, 60, 100 + 14 * at), line(text, 95, 100 + 14 * at))
        for at, text in enumerate(["une copie de votre titre ;", "un relevé ;", "une photo."])
    ]
    blocks = laid_out(sheet(*map(list, drawn))).blocks
    assert [(one.marker, one.text) for one in blocks] == [
        (told, "une copie de votre titre ;"),
        (told, "un relevé ;"),
        (told, "une photo."),
    ]


@pytest.mark.parametrize(
    ("end", "ended"), [("payez\u00a0»", 2), ("payez.)", 2), ("(payez)", 1), ("payez", 1)]
)
def test_a_short_line_that_ends_as_sentences_do_ends_its_block(end: str, ended: int) -> None:
    drawn = lines(f"Le courrier dit {end}\nsans dire avant quelle date ni à quel guichet", 60, 100)
    assert len(laid_out(sheet(drawn)).blocks) == ended


def test_a_figure_that_begins_a_line_is_no_marker() -> None:
    drawn = lines(
        "Votre dossier doit nous parvenir par la poste avant le lundi\n"
        "15. Il sera étudié dans la semaine qui suit par un conseiller.",
        60,
        100,
    )
    assert len(laid_out(sheet(drawn)).blocks) == 1


def test_headings() -> None:
    drawn = [
        line("Notification de trop-perçu", 60, 60, size=16),
        line("Vos droits", 60, 100, size=13),
        *lines(BODY, 60, 130),
        line("Comment payer", 60, 220, bold=True),
        *lines(BODY, 60, 240),
        line("VOIES DE RECOURS", 60, 330),
        *lines(BODY, 60, 350),
    ]
    reading = laid_out(sheet(drawn))
    assert [(one.kind.value, one.text, one.level) for one in reading.blocks if one.level] == [
        ("heading", "Vos droits", 2),
        ("heading", "Comment payer", 3),
        ("heading", "VOIES DE RECOURS", 3),
    ]
    assert reading.title == "Notification de trop-perçu"


def test_fields() -> None:
    drawn = lines("Nom : ………………………\nPrénom : ______________\nMarié(e) ☐", 60, 100)
    assert {one.kind for one in laid_out(sheet(drawn)).blocks} == {BlockKind.FIELD}
    assert not is_field("Vous devez attendre…")
    assert not is_field("....................")


@pytest.mark.parametrize("text", ["1.5 million", "M. Durand", "-12 °C", "a-t-il", "1er mars", "le"])
def test_no_marker(text: str) -> None:
    assert marker(text) == ""


def test_a_size_that_the_boxes_belie_is_not_believed() -> None:
    drawn = [Line(one.page, one.words, 1.0) for one in lines(BODY, 60, 100)]
    assert texts(laid_out(sheet(drawn))) == texts(laid_out(sheet(lines(BODY, 60, 100))))


# ---- What the file itself tells ------------------------------------------------------------


def told(kind: BlockKind, *drawn: Line) -> list[Line]:
    """The same lines, of which the file itself says the kind."""
    return [replace(one, hint=kind) for one in drawn]


def test_what_the_file_says_of_a_block_is_believed() -> None:
    drawn = [
        *told(BlockKind.PARAGRAPH, line("VOS DROITS", 60, 60, size=16, bold=True)),
        *told(BlockKind.TITLE, *lines("une lettre sans titre apparent.", 60, 100)),
    ]
    assert shape(laid_out(sheet(drawn))) == [
        ("paragraph", "VOS DROITS"),
        ("title", "une lettre sans titre apparent."),
    ]


def test_a_block_ends_where_the_file_says_another_kind() -> None:
    first, second = lines("Votre demande d’aide au logement du\n3 mars est refusée.", 60, 100)
    assert len(laid_out(sheet(first, second)).blocks) == 1
    drawn = sheet(first, told(BlockKind.LIST_ITEM, second))
    assert shape(laid_out(drawn)) == [
        ("paragraph", "Votre demande d’aide au logement du"),
        ("list_item", "3 mars est refusée."),
    ]


def test_each_line_that_the_file_says_a_field_is_one() -> None:
    drawn = lines("Le nom et le prénom du demandeur, sans\noublier son adresse", 60, 100)
    assert len(laid_out(sheet(drawn)).blocks) == 1
    assert shape(laid_out(sheet(told(BlockKind.FIELD, *drawn)))) == [
        ("field", "Le nom et le prénom du demandeur, sans"),
        ("field", "oublier son adresse"),
    ]


def test_no_block_goes_on_over_the_page_in_another_kind() -> None:
    before = line("Vous devez rembourser cette somme avant la fin du mois, sauf si", 60, 700)
    after = line("vous demandez un délai par écrit.", 60, 60, page=1)
    assert len(laid_out(sheet(before, after, pages=2)).blocks) == 1
    found = laid_out(sheet(before, told(BlockKind.LIST_ITEM, after), pages=2))
    assert [one.kind.value for one in found.blocks] == ["paragraph", "list_item"]


def test_what_stands_close_on_a_row_is_apart_where_the_file_says_so() -> None:
    asked, written = line("Nom :", 60, 100), line("Alix Modèle", 90, 100)
    assert texts(laid_out(sheet(asked, written))) == ["Nom : Alix Modèle"]
    assert shape(laid_out(sheet(asked, told(BlockKind.FIELD, written)))) == [
        ("paragraph", "Nom :"),
        ("field", "Alix Modèle"),
    ]


# ---- Lines left out or set apart ------------------------------------------------------------


def test_a_line_that_draws_nothing_is_left_out() -> None:
    nothing = Line(0, (Word("\u200b", Box(60, 112, 65, 122)), Word(" ", Box(70, 112, 75, 122))))
    drawn = [line("Votre demande est", 60, 100), nothing, line("refusée.", 60, 124)]
    assert laid_out(sheet(drawn)) == laid_out(sheet(drawn[::2]))
    assert laid_out(sheet(nothing)).blocks == ()


@pytest.mark.parametrize(("shown", "apart"), [(3, 0), (4, 4), (10, 10)])
def test_a_line_runs_from_a_share_of_the_pages(shown: int, apart: int) -> None:
    drawn = [line("Siège : 1 rue du Test", 60, 790, page=number) for number in range(shown)]
    assert len(laid_out(sheet(drawn, pages=10)).running) == apart


@pytest.mark.parametrize(("drift", "apart"), [(0, 2), (16, 2), (18, 0)])
def test_a_running_line_moves_little(drift: float, apart: int) -> None:
    drawn = [line("Siège : 1 rue du Test", 60, 780 + drift * page, page=page) for page in (0, 1)]
    assert len(laid_out(sheet(drawn, pages=2)).running) == apart


def test_a_line_of_no_page_is_left_out() -> None:
    assert laid_out(Positioned((A4,), (line("Ailleurs", 60, 100, page=3),))).blocks == ()
    assert laid_out(Positioned((), ())).blocks == ()


def test_flowing_blocks_are_cleaned() -> None:
    given_blocks = laid_out(sheet(lines(BODY, 60, 100))).blocks
    reading = flowed(Flowing(given_blocks))
    assert texts(reading) == [block.text for block in given_blocks]
    assert all(block.pieces == () for block in reading.blocks)


def askew(drawn: Positioned, slope: float) -> Positioned:
    """The same sheet as a scan gives it: laid askew, sizes not told, boxes tight around letters."""

    def moved(word: Word) -> Word:
        box, down = word.box, slope * word.box.left
        top = box.top + (1 if any(char in "bdfhklt" or char.isupper() for char in word.text) else 4)
        bottom = box.bottom - (0 if any(char in "gjpqy,;" for char in word.text) else 2)
        return Word(word.text, Box(box.left, top + down, box.right, bottom + down))

    return Positioned(
        drawn.pages,
        tuple(Line(one.page, tuple(map(moved, one.words))) for one in drawn.lines),
    )


@pytest.mark.parametrize("slope", [0, 0.01, -0.02, 0.04])
def test_a_scan_laid_askew_reads_as_the_sheet(slope: float) -> None:
    drawn = sheet(
        lines("Caisse des exemples\nService des aides\nBP 12 CEDEX 9", 60, 60),
        lines("Madame Alix Modèle\n3 rue du Test\n69001 Exempleville", 350, 60),
        lines(BODY, 60, 150),
        lines("Loyer de base\nCharges locatives\nAide au logement", 60, 260),
        lines("420,00 €\n35,10 €\n-210,00 €", 320, 260),
        lines(LEFT, 60, 330),
        lines(RIGHT, 300, 330),
    )
    straight, scanned = laid_out(drawn), laid_out(askew(drawn, slope))
    assert shape(scanned) == shape(straight)
    assert scanned.blocks[0].pieces[0].box.left == 60


def test_a_heading_above_the_first_column_only() -> None:
    drawn = sheet(
        line("Le titre au milieu de la page", 200, 60, size=16),
        line("Résumé", 60, 98, size=12),
        lines(LEFT, 60, 124),
        lines(RIGHT, 300, 100),
    )
    assert shape(laid_out(drawn)) == [
        ("title", "Le titre au milieu de la page"),
        ("heading", "Résumé"),
        ("paragraph", f"{in_one(LEFT)} {in_one(RIGHT)}"),
    ]


def test_a_justified_line_of_a_narrow_column_is_one_line() -> None:
    words = [Word("mot", Box(left, 100, left + 15, 110)) for left in (60, 95, 130, 165, 200)]
    assert texts(laid_out(sheet(Line(0, tuple(words), 10.0)))) == ["mot mot mot mot mot"]


def test_what_stands_alone_around_a_table_is_no_cell() -> None:
    rows = [("Mois", "Droit", "Versé"), ("Janvier", "120,50 €", "100 €"), ("Mars", "90 €", "0 €")]
    drawn = [
        line(cell, 60 + 120 * column, 114 + 14 * row)
        for row, cells in enumerate(rows)
        for column, cell in enumerate(cells)
    ]
    around = [line("Détail", 60, 100), line("En euros", 60, 156)]
    kinds = [one.kind for one in laid_out(sheet(drawn, around)).blocks]
    assert kinds == [BlockKind.PARAGRAPH, *[BlockKind.CELL] * 9, BlockKind.PARAGRAPH]


def test_items_whose_bullets_are_drawn() -> None:
    drawn = [
        line("Vous pouvez :", 60, 100),
        *lines("payer en ligne ;\ndemander un délai ;\ncontester la décision.", 84, 112),
        line("Merci.", 60, 160),
    ]
    kinds = [one.kind.value for one in laid_out(sheet(drawn)).blocks]
    assert kinds == ["paragraph", "list_item", "list_item", "list_item", "paragraph"]


def test_no_title_comes_after_prose() -> None:
    drawn = [*lines(BODY, 60, 60), line("Détail de votre dette", 60, 160, size=16)]
    assert laid_out(sheet(drawn)).blocks[-1].kind is BlockKind.HEADING


@pytest.mark.parametrize("text", ["69000 EXEMPLEVILLE", "BP 1234 EXEMPLE", "EXEMPLEVILLE CEDEX 9"])
def test_an_address_is_no_heading(text: str) -> None:
    assert laid_out(sheet(line(text, 60, 60))).blocks[0].kind is BlockKind.PARAGRAPH


def test_numbered_headings_keep_their_number() -> None:
    drawn = [line("1. Votre identité", 60, 60, size=14), *lines(BODY, 60, 100)]
    block = laid_out(sheet(drawn)).blocks[0]
    assert (block.text, block.marker) == ("1. Votre identité", "")


# ---- Whatever comes ------------------------------------------------------------------------

PLACES = st.integers(0, 900)
ODD = ["•", "1.", "a)", "adminis-", "rendez-", "vous", "fin.", "Objet", ":", "☐", "…", "….", "-"]
ODD += [
    "1/3",
    "12",
    "\u00ad",
    "mot\u00ad",
    "e\u0301te\u0301",
    "\x02",
    "a\u00a0b",
    "PAGE",
    "\ufffe",
    "é",
]
WORDS = st.sampled_from(ODD) | st.text(alphabet="abé-.1•:A,’\u00adœ ☐…", min_size=1, max_size=6)


@st.composite
def drawn_lines(draw: st.DrawFn) -> Line:
    left, top, size = draw(PLACES), draw(PLACES), draw(st.sampled_from([8, 10, 14]))
    white = draw(st.sampled_from([2, 5, 40]))
    words = []
    for text in draw(st.lists(WORDS, min_size=1, max_size=4)):
        words.append(Word(text, Box(left, top, left + 5 * len(text), top + size)))
        left += 5 * len(text) + white
    hint = draw(st.none() | st.sampled_from(BlockKind))
    told = draw(st.sampled_from([0, size]))
    return Line(draw(st.integers(0, 2)), tuple(words), told, draw(st.booleans()), hint)


def _inner(box: Box) -> tuple[float, float, float, float]:
    return box.left, box.top + 1, box.right, box.bottom - 1


def lower(one: Line, by: float, page: int) -> Line:
    """The same line, further down and on another page."""
    words = (
        Word(word.text, word.box._replace(top=word.box.top + by, bottom=word.box.bottom + by))
        for word in one.words
    )
    return replace(one, page=page, words=tuple(words))


def letters(some: list[str]) -> Counter[str]:
    """Every character that draws something; hyphens may go where a word is made whole."""
    return Counter(char for text in some for char in clean(text) if not char.isspace())


@given(st.lists(drawn_lines(), max_size=12))
def test_no_word_is_lost(drawn: list[Line]) -> None:
    reading = laid_out(Positioned((A4, A4, Page(400, 300)), tuple(drawn)))
    given_letters = letters([word.text for one in drawn for word in one.words])
    kept = letters([block.marker + block.text for block in reading.blocks])
    kept += letters([word.text for one in reading.running for word in one.words])
    for char in "-\u2010":
        del kept[char], given_letters[char]
    assert kept == given_letters


@given(st.lists(drawn_lines(), max_size=12), st.randoms(use_true_random=False))
def test_the_order_given_does_not_matter(drawn: list[Line], shuffler: random.Random) -> None:
    pages = (A4, A4, A4)
    mixed = list(drawn)
    shuffler.shuffle(mixed)
    assert laid_out(Positioned(pages, tuple(drawn))) == laid_out(Positioned(pages, tuple(mixed)))


TWICE = line("Votre demande", 60, 100)


@pytest.mark.parametrize(
    "other",
    [
        replace(TWICE, size=9.0),
        replace(TWICE, bold=True),
        replace(TWICE, hint=BlockKind.FIELD),
        Line(0, tuple(Word(one.text, Box(*_inner(one.box))) for one in TWICE.words), SIZE),
    ],
)
@pytest.mark.parametrize("top", [0, 690])
def test_what_is_drawn_twice_at_one_place_comes_in_one_order(other: Line, top: float) -> None:
    def laid(*drawn: Line) -> Reading:
        again = [lower(one, top, page) for one in drawn for page in (0, 1)]
        return laid_out(sheet(again, pages=2))

    assert laid(TWICE, other) == laid(other, TWICE)


def test_running_lines_at_one_place_come_in_one_order() -> None:
    sizes = [7.0, 8.0, 9.0, 10.0, 11.0, 12.0, 13.0, 14.0]
    drawn = [replace(lower(TWICE, 690, page), size=size) for page in (0, 1) for size in sizes]
    found = laid_out(sheet(drawn, pages=2)).running
    assert [one.size for one in found] == sizes * 2


@given(st.lists(drawn_lines(), max_size=12))
def test_pieces_point_to_what_they_draw(drawn: list[Line]) -> None:
    for block in laid_out(Positioned((A4, A4, A4), tuple(drawn))).blocks:
        assert clean(block.text) == block.text
        ends = [0]
        for piece in block.pieces:
            assert ends[-1] <= piece.start <= piece.end <= len(block.text)
            assert " " not in block.text[ends[-1] : piece.start].strip(" ")
            ends.append(piece.end)


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize(
    "hostile",
    [
        [line("x", index % 7 * 80, 0.1 * index) for index in range(6000)],
        [line("." * 50_000 + "x", 10, 10), line("1 " * 20_000, 10, 30)],
        [line("a-", 10, 12 * index) for index in range(5000)],
        [line("x", 500 * (index % 2), 5.0 * index) for index in range(5000)],
        [line("a" + "-" * 190_000 + "a", 10, 10), line("coupé-", 10, 22), line("x", 10, 34)],
        [line("\u00ad" * 190_000 + "x", 10, 10)],
        [line("x", 9 * index, 100) for index in range(3 * PAGE_WORDS_MAX)],
        [
            *(line("1", 40 * index, 100) for index in range(PAGE_WORDS_MAX)),
            *(line("1", 40 * (at % 50), 112 + 12 * (at // 50)) for at in range(PAGE_WORDS_MAX)),
        ],
        [line("»" * 190_000 + "x", 10, 10), line("suite", 10, 22)],
    ],
)
def test_a_hostile_page_does_not_stall(hostile: list[Line]) -> None:
    begun = time.process_time()
    laid_out(sheet(hostile))
    assert time.process_time() - begun < 10
