"""Which blocks stand on which page, and how a block is cut by its masks."""

from __future__ import annotations

from spplus_app.domain.documents.canonical import canonical
from spplus_app.domain.documents.masks import Mask
from spplus_app.domain.documents.paging import Run, blocks_by_page, runs
from spplus_app.domain.documents.reading import Block, BlockKind, Box, Piece, Reading

BOX = Box(0, 0, 9, 9)


def block(text: str, *pages: int) -> Block:
    """A paragraph whose words stand on these pages."""
    half = len(text) // 2
    places = ((0, half), (half, len(text)))
    pieces = [Piece(*place, page, BOX) for place, page in zip(places, pages, strict=False)]
    return Block(BlockKind.PARAGRAPH, text, pieces=tuple(pieces))


def test_a_block_is_on_every_page_it_is_drawn_on() -> None:
    document = canonical(
        Reading((block("un deux", 0, 0), block("trois quatre", 0, 1), block("cinq six", 1, 1)))
    )
    assert blocks_by_page(document, 2) == [[0, 1], [1, 2]]


def test_a_block_of_no_known_place_stands_with_the_one_before() -> None:
    document = canonical(Reading((block("un"), block("deux trois", 1, 1), block("quatre"))))
    assert blocks_by_page(document, 3) == [[0], [1, 2], []]


def test_without_pages_there_is_one() -> None:
    document = canonical(Reading((block("un"), block("deux"))))
    assert blocks_by_page(document, 0) == [[0, 1]]


def test_runs_follow_each_other_and_miss_nothing() -> None:
    masks = [Mask(0, 12), Mask(15, 18), Mask(28, 40)]
    found = runs(10, 30, masks)
    assert found == [
        Run(10, 12, masks[0]),
        Run(12, 15),
        Run(15, 18, masks[1]),
        Run(18, 28),
        Run(28, 30, masks[2]),
    ]
    assert runs(0, 3, []) == [Run(0, 3)] and runs(12, 14, [Mask(0, 12)]) == [Run(12, 14)]
