"""What a reader says through its pipe: the same comes out, and nothing else is believed."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spplus_app.domain.documents.layout import laid_out
from spplus_app.domain.documents.reading import Block, BlockKind, Flowing, Positioned
from spplus_app.domain.documents.wire import PAGE_WORDS_MAX, UNREADABLE, from_wire, to_wire
from spplus_app.domain.errors import Invalid

from .document_pages import A4, line
from .test_documents_layout import drawn_lines


@given(st.lists(drawn_lines(), max_size=6))
def test_lines_come_out_as_they_went_in(drawn: list) -> None:  # type: ignore[type-arg]
    given_lines = Positioned((A4, A4, A4), tuple(drawn))
    read = from_wire(to_wire(given_lines))
    assert isinstance(read, Positioned)
    assert laid_out(read) == laid_out(given_lines)


def test_blocks_come_out_as_they_went_in() -> None:
    blocks = Flowing((Block(BlockKind.LIST_ITEM, "un", 1, "•"), Block(BlockKind.CELL, "a", row=2)))
    assert from_wire(to_wire(blocks)) == blocks


def test_a_lone_half_of_a_character_does_not_lose_the_document() -> None:
    read = from_wire(to_wire(Flowing((Block(BlockKind.PARAGRAPH, "a\ud800b"),))))
    assert read == Flowing((Block(BlockKind.PARAGRAPH, "a?b"),))


def test_a_box_upside_down_is_turned() -> None:
    told = json.dumps({"pages": [[10, 10]], "lines": [[0, 0, False, None, ["a"], [5, 9, 1, 2]]]})
    read = from_wire(told.encode())
    assert isinstance(read, Positioned)
    box = read.lines[0].box
    assert (box.left, box.top, box.right, box.bottom) == (1, 2, 5, 9)


WORD = (["a"], [0, 0, 1, 1])
HOSTILE = [
    b"",
    b"{}",
    b'{"blocks":[]',
    b'{"blocks":[],"more":1}',
    b"[" * 100_000,
    json.dumps({"pages": [[0, 10]], "lines": []}).encode(),
    json.dumps({"pages": [[10, 10]] * 61, "lines": []}).encode(),
    b'{"pages":[[1e999,1]],"lines":[]}',
    b'{"pages":[[NaN,1]],"lines":[]}',
    json.dumps({"pages": [], "lines": [[60, 0, False, None, *WORD]]}).encode(),
    json.dumps({"pages": [], "lines": [[0, 0, False, None, [], []]]}).encode(),
    json.dumps({"pages": [], "lines": [[0, 0, False, "script", *WORD]]}).encode(),
    json.dumps({"pages": [], "lines": [[0, 0, 1, None, *WORD]]}).encode(),
    json.dumps({"pages": [], "lines": [[0, 0, False, None, ["a"], [0, 0, 1]]]}).encode(),
    json.dumps({"pages": [], "lines": [[0, 0, False, None, ["a"], [0] * 8]]}).encode(),
    json.dumps({"pages": [], "lines": [[0, 0, False, None, [""], [0, 0, 1, 1]]]}).encode(),
    json.dumps({"blocks": [["paragraph", "a", 0, "x" * 21, 0, 0, 0]]}).encode(),
    json.dumps({"blocks": [["paragraph", "a" * 300_000, 0, "", 0, 0, 0]] * 2}).encode(),
]


@pytest.mark.parametrize("payload", HOSTILE)
def test_what_no_reader_says(payload: bytes) -> None:
    with pytest.raises(Invalid):
        from_wire(payload)


def row_of(count: int) -> Positioned:
    """One row of lines of one letter, close enough to be one, on each of two pages."""
    return Positioned(
        (A4, A4),
        tuple(line("x", 9 * at, 100, page=page) for page in (0, 1) for at in range(count)),
    )


def test_a_page_of_too_many_words() -> None:
    assert from_wire(to_wire(row_of(PAGE_WORDS_MAX))) == row_of(PAGE_WORDS_MAX)
    with pytest.raises(Invalid) as refused:
        from_wire(to_wire(row_of(PAGE_WORDS_MAX + 1)))
    assert refused.value.errors == {"document": UNREADABLE}


def test_too_many_characters() -> None:
    many = Positioned((A4,), tuple(line("m" * 1000, 0, 12 * number) for number in range(401)))
    with pytest.raises(Invalid, match="200"):
        from_wire(to_wire(many))
