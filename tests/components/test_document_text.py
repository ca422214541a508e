"""The text of a document as HTML: where its sentences stand on the images of its pages."""

from __future__ import annotations

from spplus_app.components import document_text
from spplus_app.domain.documents.canonical import Region, canonical
from spplus_app.domain.documents.parts import parts
from spplus_app.domain.documents.reading import Block, BlockKind, Box, Piece, Reading


def test_a_sentence_bears_a_path_for_each_page_it_is_on() -> None:
    words = (("Vous", 0, 500.2), ("devez", 0, 540.4), ("412", 1, 72.0), ("euros.", 2, 72.0))
    at, pieces = 0, []
    for word, page, left in words:
        box = Box(left, 90.3, left + 30, 102.6)
        pieces.append(Piece(at, at + len(word), page, box))
        at += len(word) + 1
    told = " ".join(word for word, _, _ in words) + " Payez."
    text = canonical(Reading((Block(BlockKind.PARAGRAPH, told, pieces=tuple(pieces)),)))
    drawn = {0: text.regions(0, at)}
    html = str(document_text.text(text, parts(text)[0], drawn))
    # Two words of one line are one rectangle; the last sentence is on no image.
    assert (
        'data-at="0" data-drawn="1:M500 90H570V103H500z;2:M72 90H102V103H72z;'
        '3:M72 90H102V103H72z">Vous' in html
    )
    assert f'data-at="{at}">Payez.' in html


def test_lines_of_one_page_are_one_path() -> None:
    lines = [Region(4, Box(10, top, 90, top + 8)) for top in (20, 30)]
    assert document_text.outlines(lines) == {5: "M10 20H90V28H10zM10 30H90V38H10z"}
    assert document_text.outlines(()) == {}
