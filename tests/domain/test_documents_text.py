"""One text for a document: sentences, offsets that give back the words, regions of the page."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spplus_app.domain.documents.canonical import (
    BETWEEN,
    WITHIN,
    Canonical,
    Region,
    Sentence,
    canonical,
)
from spplus_app.domain.documents.layout import laid_out
from spplus_app.domain.documents.plain import plain
from spplus_app.domain.documents.reading import (
    Block,
    BlockKind,
    Box,
    Flowing,
    Piece,
    Positioned,
    Reading,
    clean,
    flowed,
)
from spplus_app.domain.documents.sentences import LONGEST, split
from spplus_app.domain.documents.sizes import CHARACTERS_MAX
from spplus_app.domain.documents.values import (
    KIND_NAMES,
    PROBLEM_NAMES,
    STATUS_NAMES,
    TRANSITIONS,
    Act,
    Kind,
    Problem,
    Status,
    acts,
    after,
)
from spplus_app.domain.errors import Conflict, Invalid

from .document_pages import A4, lines, sheet
from .document_sentences import MARKED
from .test_documents_layout import drawn_lines

TEXTS = st.text(alphabet="abÉé.!?…;:,«»()’-•1 \u00a0\n", max_size=120) | st.text(max_size=60)


def marked(text: str) -> list[str]:
    """The sentences of a text where « ¦ » parts them."""
    return [one.strip() for one in text.split("¦")]


@pytest.mark.parametrize("text", MARKED)
def test_sentences(text: str) -> None:
    whole = re.sub(r" ?¦", "", text)
    assert [whole[start:end] for start, end in split(whole)] == marked(text)


@given(TEXTS)
def test_no_character_is_lost_nor_in_two_sentences(text: str) -> None:
    at = 0
    for start, end in split(text):
        assert at <= start < end <= len(text)
        assert text[at:start].strip() == ""
        assert text[start:end] == text[start:end].strip()
        at = end
    assert text[at:].strip() == ""


@given(TEXTS, TEXTS)
def test_a_line_end_always_parts(one: str, other: str) -> None:
    both = f"{one}\n{other}"
    assert all("\n" not in both[start:end] for start, end in split(both))


def test_what_never_stops_is_cut_where_it_breathes() -> None:
    text = "un mot, puis un autre " * 1000
    spans = split(text)
    assert all(end - start <= LONGEST for start, end in spans)
    assert all(text[end - 1] == "," for _, end in spans[:-1])
    assert all(end - start <= LONGEST for start, end in split("x" * 10_000))


@pytest.mark.parametrize(
    "text", ["." * CHARACTERS_MAX, ". " * 100_000, "; " * 100_000, "M. A" * 50_000]
)
def test_a_hostile_text_costs_no_more(text: str) -> None:
    begun = time.process_time()
    split(text)
    assert time.process_time() - begun < 5


LETTER = Reading(
    (
        Block(BlockKind.TITLE, "Trop-perçu. Que faire ?"),
        Block(BlockKind.PARAGRAPH, "Vous devez 12 €. Payez avant le 1er mars."),
        Block(BlockKind.LIST_ITEM, "en ligne ;", marker="•"),
        Block(BlockKind.LIST_ITEM, "par chèque.", marker="•"),
        Block(BlockKind.CELL, "Mois", table=0),
        Block(BlockKind.CELL, "Reste", table=0, column=1),
        Block(BlockKind.CELL, "Autre", table=1),
        Block(BlockKind.FIELD, "Nom : …………"),
    )
)


def test_the_canonical_text_and_its_separators() -> None:
    made = canonical(LETTER)
    assert made.text == (
        "Trop-perçu. Que faire ?\n\nVous devez 12 €. Payez avant le 1er mars.\n\n"
        "en ligne ;\npar chèque.\n\nMois\nReste\n\nAutre\n\nNom : …………"
    )
    assert [made.text[one.start : one.end] for one in made.sentences] == [
        "Trop-perçu. Que faire ?",
        "Vous devez 12 €.",
        "Payez avant le 1er mars.",
        "en ligne ;",
        "par chèque.",
        "Mois",
        "Reste",
        "Autre",
        "Nom : …………",
    ]


def test_a_text_too_long_is_refused() -> None:
    block = Block(BlockKind.PARAGRAPH, "a" * CHARACTERS_MAX)
    assert len(canonical(Reading((block,))).text) == CHARACTERS_MAX
    with pytest.raises(Invalid, match="200\u202f000"):
        canonical(Reading((block, Block(BlockKind.PARAGRAPH, "b"))))


BLOCKS = st.builds(
    Block,
    st.sampled_from(BlockKind),
    TEXTS,
    marker=st.sampled_from(["", "•"]),
    table=st.integers(0, 2),
)


def offsets_hold(made: Canonical) -> None:
    """Every offset gives back its text; sentences tile their blocks, blocks the text."""
    at = 0
    for placed in made.blocks:
        assert made.text[placed.start : placed.end] == placed.block.text != ""
        assert made.text[at : placed.start] in ({""} if at == 0 else {BETWEEN, WITHIN})
        at = placed.end
    assert at == len(made.text)
    last: Sentence | None = None
    for one in made.sentences:
        block = made.blocks[one.block]
        assert block.start <= one.start < one.end <= block.end
        before = max(block.start, last.end if last else 0)
        assert made.text[before : one.start].strip() == ""
        last = one
    for number, placed in enumerate(made.blocks):
        within = "".join(
            made.text[one.start : one.end] for one in made.sentences if one.block == number
        )
        assert within.split() == placed.block.text.split() or (
            "".join(within.split()) == "".join(placed.block.text.split())
        )


@given(st.lists(BLOCKS, max_size=8))
def test_offsets_give_back_the_exact_text(blocks: list[Block]) -> None:
    offsets_hold(canonical(Reading(tuple(blocks))))


@given(st.lists(BLOCKS, max_size=8))
def test_doing_it_again_changes_nothing(blocks: list[Block]) -> None:
    once = canonical(Reading(tuple(blocks)))
    again = canonical(Reading(tuple(placed.block for placed in once.blocks)))
    assert again == once
    assert canonical(flowed(Flowing(tuple(blocks)))).text == once.text


@given(st.lists(drawn_lines(), max_size=12))
def test_offsets_of_a_page(drawn: list) -> None:  # type: ignore[type-arg]
    made = canonical(laid_out(Positioned((A4, A4, A4), tuple(drawn))))
    offsets_hold(made)
    assert list(made.pieces) == sorted(made.pieces, key=lambda one: (one.start, one.end))
    for piece in made.pieces:
        assert 0 <= piece.start <= piece.end <= len(made.text)
        assert "\n" not in made.text[piece.start : piece.end]


def test_a_sentence_has_a_region_for_each_of_its_lines() -> None:
    drawn = [
        *lines("Votre demande est refusée. Vous disposez d’un délai de deux", 60, 780),
        *lines("mois pour saisir le tribunal. Un courrier suffit.", 60, 60, page=1),
    ]
    made = canonical(laid_out(sheet(drawn, pages=2)))
    told = [made.text[one.start : one.end] for one in made.sentences]
    assert told == [
        "Votre demande est refusée.",
        "Vous disposez d’un délai de deux mois pour saisir le tribunal.",
        "Un courrier suffit.",
    ]
    second = made.sentences[1]
    first_page, next_page = made.regions(second.start, second.end)
    assert (first_page.page, next_page.page) == (0, 1)
    assert first_page.box == Box(60 + 5 * 27, 780, 60 + 5 * 59, 790)
    assert next_page.box == Box(60, 60, 60 + 5 * 29, 70)
    assert made.regions(0, 0) == ()


def test_pieces_of_a_text_that_had_to_be_cleaned_are_dropped() -> None:
    piece = Piece(0, 3, 0, Box(0, 0, 1, 1))
    made = canonical(Reading((Block(BlockKind.PARAGRAPH, "a\tb", pieces=(piece,)),)))
    assert (made.text, made.pieces) == ("a b", ())


def test_which_sentences_a_passage_touches() -> None:
    made = canonical(LETTER)
    at = made.text.index("Payez")
    assert made.sentences_of(at - 1, at) == range(2, 2)
    assert made.sentences_of(at, at + 1) == range(2, 3)
    assert made.sentences_of(0, len(made.text)) == range(len(made.sentences))
    assert made.sentences_of(5, 5) == range(1)


# ---- Bare text -----------------------------------------------------------------------------

EMAIL = """\
Bonjour,\r
\r
Nous avons bien reçu votre message du 3 mars et nous vous en remer-\r
cions. Votre demande est en cours de traitement par nos services, qui\r
vous répondront sous quinze jours.\r
\r
Pensez à joindre :\r
- une copie de votre titre, recto\r
et verso ;\r
- un RIB.\r
\r
VOS RECOURS\r
Nom : ………………\r
\r
Caisse des exemples\r
3 rue du Test\r
69000 Exempleville\r
"""


def test_bare_text() -> None:
    assert [(one.kind.value, one.marker, one.text) for one in plain(EMAIL).blocks] == [
        ("paragraph", "", "Bonjour,"),
        (
            "paragraph",
            "",
            "Nous avons bien reçu votre message du 3 mars et nous vous en remercions. Votre "
            "demande est en cours de traitement par nos services, qui vous répondront sous quinze "
            "jours.",
        ),
        ("paragraph", "", "Pensez à joindre :"),
        ("list_item", "-", "une copie de votre titre, recto et verso ;"),
        ("list_item", "-", "un RIB."),
        ("heading", "", "VOS RECOURS"),
        ("field", "", "Nom : ………………"),
        ("paragraph", "", "Caisse des exemples"),
        ("paragraph", "", "3 rue du Test"),
        ("paragraph", "", "69000 Exempleville"),
    ]


def test_lines_that_nobody_cut_stand_for_themselves() -> None:
    typed = "Prénom et nom de la personne qui demande cette aide\nDate de naissance et commune"
    assert [block.text for block in plain(typed).blocks] == typed.split("\n")


@given(st.text(alphabet="abÉé.-•1)\n\r: …_", max_size=150) | st.text(max_size=80))
def test_bare_text_loses_no_word(text: str) -> None:
    found = "".join(block.marker + block.text for block in plain(text).blocks)
    kept = re.sub(r"[\s\-\u2010]", "", found)
    assert kept == re.sub(r"[\s\-\u2010]", "", clean(text))


@pytest.mark.parametrize("run", ["a-", "-a-", "«a»", "\u00ad", ")", "…"])
def test_a_hostile_bare_text_costs_no_more(run: str) -> None:
    begun = time.process_time()
    plain(f"{run[:-1]}{run[-1] * (CHARACTERS_MAX - 9)}a")
    assert time.process_time() - begun < 5


def test_the_same_letter_typed_or_drawn_gives_the_same_text() -> None:
    body = "Vous devez fournir :\n• un titre ;\n• un relevé d’identité bancaire.\n\nMerci."
    drawn = laid_out(sheet(lines(body, 60, 100)))
    assert canonical(plain(body)).text == canonical(drawn).text


# ---- Titles and values ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("blocks", "title"),
    [
        ([Block(BlockKind.HEADING, "Un"), Block(BlockKind.TITLE, "Deux")], "Deux"),
        ([Block(BlockKind.PARAGRAPH, "Objet\u00a0: votre aide")], "votre aide"),
        ([Block(BlockKind.HEADING, "Un")], "Un"),
        ([Block(BlockKind.PARAGRAPH, "Rien")], ""),
    ],
)
def test_the_title(blocks: list[Block], title: str) -> None:
    assert Reading(tuple(blocks)).title == title


def test_a_word_far_on_the_same_line_has_its_own_region() -> None:
    near, far = Box(60, 100, 120, 110), Box(320, 100, 360, 110)
    pieces = (Piece(0, 2, 0, near), Piece(3, 5, 0, far))
    made = canonical(Reading((Block(BlockKind.PARAGRAPH, "Lu le", pieces=pieces),)))
    assert made.regions(0, 5) == (Region(0, near), Region(0, far))
    close = pieces[1]._replace(box=Box(130, 100, 160, 110))
    made = canonical(Reading((Block(BlockKind.PARAGRAPH, "Lu le", pieces=(pieces[0], close)),)))
    assert made.regions(0, 5) == (Region(0, Box(60, 100, 160, 110)),)


def test_every_value_has_its_name() -> None:
    assert (set(KIND_NAMES), set(PROBLEM_NAMES)) == (set(Kind), set(Problem))
    assert set(STATUS_NAMES) == set(Status)
    assert list(PROBLEM_NAMES.values()) == [
        "contenus trop denses",
        "formulations compliquées",
        "jargon incompréhensible",
        "refus sans motif clair",
        "termes négatifs et anxiogènes",
        "sigles obscurs",
    ]


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("act", Act)
def test_only_the_table_moves_a_document(status: Status, act: Act) -> None:
    if (status, act) in TRANSITIONS:
        assert after(status, act) is not status
        assert act in acts(status)
    else:
        assert act not in acts(status)
        with pytest.raises(Conflict):
            after(status, act)


def test_every_status_is_reached() -> None:
    assert {Status.RECEIVED, *TRANSITIONS.values()} == set(Status)
