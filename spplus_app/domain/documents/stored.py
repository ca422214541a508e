"""A document as it is kept: lists of plain values, read again exactly as they were."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from spplus_app.domain.privacy import Kind

from .canonical import Canonical, Placed, Region, Sentence
from .masks import Area, AreaKind, Mask
from .reading import Block, BlockKind, Box, Line, Page, Piece, Reading, Word

Row = list[Any]


@dataclass(frozen=True, slots=True)
class VersionParts:
    """A text that everyone reads, as its columns hold it (`tables.DocumentVersionRow`)."""

    text: str
    blocks: list[Row]
    sentences: list[Row]
    regions: list[Row]


def version_parts(document: Canonical) -> VersionParts:
    """Return the columns of a text, with where each of its sentences is drawn."""
    return VersionParts(
        document.text,
        [_placed(one) for one in document.blocks],
        [[one.start, one.end, one.block] for one in document.sentences],
        [
            [number, region.page, *_box(region.box)]
            for number, one in enumerate(document.sentences)
            for region in document.regions(one.start, one.end)
        ],
    )


def _placed(placed: Placed) -> Row:
    block = placed.block
    return [
        *(block.kind.value, placed.start, placed.end, block.level, block.marker),
        *(block.table, block.row, block.column),
    ]


def from_parts(parts: VersionParts) -> Canonical:
    """Return the text that these columns hold; where words are drawn is in `regions_of`."""
    blocks = tuple(
        Placed(
            Block(BlockKind(kind), parts.text[start:end], level, marker, table, row, column),
            start,
            end,
        )
        for kind, start, end, level, marker, table, row, column in parts.blocks
    )
    return Canonical(parts.text, blocks, tuple(Sentence(*one) for one in parts.sentences))


def regions_of(parts: VersionParts) -> dict[int, list[Region]]:
    """Return where each sentence is drawn on the page images, by its number."""
    found: dict[int, list[Region]] = {}
    for number, page, *box in parts.regions:
        found.setdefault(number, []).append(Region(page, Box(*box)))
    return found


def _box(box: Box) -> list[float]:
    # A tenth of a point is less than a pixel of any screen.
    return [round(side, 1) for side in (box.left, box.top, box.right, box.bottom)]


# ---- What was read, before anything is masked -------------------------------------------------


def reading_text(reading: Reading) -> str:
    """Return a reading as JSON, to be sealed."""
    return json.dumps(
        {
            "pages": [[page.width, page.height] for page in reading.pages],
            "blocks": [_block(block) for block in reading.blocks],
            "running": [
                [line.page, [[word.text, *_sides(word.box)] for word in line.words]]
                for line in reading.running
            ],
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


def _block(block: Block) -> Row:
    return [
        *(block.kind.value, block.text, block.level, block.marker),
        *(block.table, block.row, block.column),
        [[one.start, one.end, one.page, *_sides(one.box)] for one in block.pieces],
    ]


def _sides(box: Box) -> list[float]:
    return [box.left, box.top, box.right, box.bottom]


def reading_of(text: str) -> Reading:
    """Return the reading that `reading_text` wrote."""
    told = json.loads(text)
    return Reading(
        tuple(
            Block(
                BlockKind(kind),
                words,
                level,
                marker,
                table,
                row,
                column,
                tuple(Piece(start, end, page, Box(*box)) for start, end, page, *box in pieces),
            )
            for kind, words, level, marker, table, row, column, pieces in told["blocks"]
        ),
        tuple(Page(*page) for page in told["pages"]),
        tuple(
            Line(page, tuple(Word(text, Box(*box)) for text, *box in words))
            for page, words in told["running"]
        ),
    )


def mask_rows(masks: Iterable[Mask]) -> list[Row]:
    """Return masks as they are kept."""
    return [[one.start, one.end, one.kind.value] for one in masks]


def masks_of(rows: Sequence[Row]) -> list[Mask]:
    """Return the masks that `mask_rows` wrote."""
    return [Mask(start, end, Kind(kind)) for start, end, kind in rows]


def area_rows(areas: Iterable[Area]) -> list[Row]:
    """Return areas as they are kept."""
    return [[one.page, *_sides(one.box), one.kind.value] for one in areas]


def areas_of(rows: Sequence[Row]) -> list[Area]:
    """Return the areas that `area_rows` wrote."""
    return [Area(page, Box(*box), AreaKind(kind)) for page, *box, kind in rows]
