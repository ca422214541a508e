"""A long text in parts: whole, in order, cut between blocks and never inside a table."""

from __future__ import annotations

from spplus_app.domain.documents.canonical import canonical
from spplus_app.domain.documents.parts import part_of, parts
from spplus_app.domain.documents.reading import Block, BlockKind, Reading

LINE = "Une phrase du courrier. Une autre qui la suit."


def test_a_text_is_cut_between_blocks_and_nothing_is_lost() -> None:
    text = canonical(Reading(tuple(Block(BlockKind.PARAGRAPH, LINE) for _ in range(50))))
    found = parts(text, 500)
    assert len(found) > 3
    assert [at for one in found for at in one.blocks] == list(range(50))
    assert [at for one in found for at in one.sentences] == list(range(100))
    assert [one.number for one in found] == list(range(1, len(found) + 1))
    for one in found:
        inside = {text.sentences[at].block for at in one.sentences}
        assert inside == set(one.blocks)
        last = text.blocks[one.blocks.stop - 1].end
        assert last - text.blocks[one.blocks.start].start <= 500
    assert part_of(found, 99) == found[-1] and part_of(found, 0) == found[0] == part_of(found, -1)


def test_a_table_is_never_cut() -> None:
    cells = [Block(BlockKind.CELL, LINE, table=1, row=at, column=0) for at in range(30)]
    text = canonical(Reading((Block(BlockKind.PARAGRAPH, LINE), *cells)))
    assert [len(one.blocks) for one in parts(text, 200)] == [31]


def test_a_text_without_a_word_is_one_part() -> None:
    assert len(parts(canonical(Reading(())))) == 1
