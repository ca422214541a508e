"""Positioned lines made into a reading: order, running lines apart, words and paragraphs whole.

The same lines give the same reading, in whatever order they come. No word is lost: each is in a
block, in the marker of a list item, or in `Reading.running`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import replace
from itertools import groupby
from typing import Any

from .columns import Stretch, Table, in_order
from .drafts import Draft, gathered, goes_on
from .hyphens import is_cut, joined, vocabulary
from .reading import Block, BlockKind, Line, Page, Piece, Positioned, Reading, Word, clean, is_clean
from .rows import height_of, size_of
from .running import running
from .shapes import is_bullet, is_capitals, is_field, is_numbered_heading, may_be_heading

LARGER = 1.15
"""From how much larger than the body a line is a heading; more where heights are measured."""
LARGER_MEASURED = 1.3
TITLE_LARGER = 1.3
"""From how much larger than the body the first heading is the title."""
TITLE_BEFORE = 25
"""Words of a block that is prose: no title comes after it."""
TALLER = 2.0
"""From how many times the size of its letters, or the reverse, a line has no such size."""
LEVELS = 4
"""Deepest level of heading."""

_LINE_END_HYPHENS = re.compile("(?<![\u00ad\u0002\ufffe])[\u00ad\u0002\ufffe]++$")
"""What readers of PDF give for a hyphen at the end of a line; each run is looked at once."""


def laid_out(given: Positioned) -> Reading:
    """Return the reading of positioned lines; lines of pages that are not there are left out."""
    lines = [one for line in given.lines if (one := _cleaned(line, given.pages)) is not None]
    apart = running(given.pages, lines)
    kept = [line for line in lines if line not in apart]
    cut = any(is_cut(line.words[-1].text) for line in kept)
    known = vocabulary(line.text for line in kept) if cut else frozenset()
    drafts: list[Draft] = []
    tables = 0
    by_page: dict[int, list[Line]] = defaultdict(list)
    for line in kept:
        by_page[line.page].append(line)
    for number, page in enumerate(given.pages):
        for part in in_order(by_page[number]):
            if isinstance(part, Table):
                drafts += _cells(part, tables)
                tables += 1
            else:
                _extend(drafts, part, page)
    blocks = _blocks(drafts, _body_size(kept), known)
    return Reading(tuple(blocks), given.pages, tuple(sorted(apart, key=_place)))


def _cleaned(line: Line, pages: tuple[Page, ...]) -> Line | None:
    if not 0 <= line.page < len(pages):
        return None
    made = line
    if not line.words or not is_clean(line.text):
        told = [word.text for word in line.words]
        told[-1:] = [_LINE_END_HYPHENS.sub("-", text) for text in told[-1:]]
        words = tuple(
            Word(text, word.box)
            for raw, word in zip(told, line.words, strict=True)
            if (text := clean(raw))
        )
        if not words:
            return None
        made = replace(line, words=words)
    # A font drawn through a scale says any size: one that the boxes belie is not believed.
    height = height_of(made)
    believed = line.size * TALLER > height and line.size < height * TALLER
    return made if believed else replace(made, size=0.0)


def _place(line: Line) -> tuple[Any, ...]:
    box = line.box
    return line.page, box.top, box.left, line.text, line.told


def _extend(drafts: list[Draft], part: Stretch, page: Page) -> None:
    more = gathered(part.segments, page.width)
    if drafts and goes_on(drafts[-1], more[0]):
        drafts[-1].segments += more[0].segments
        more = more[1:]
    drafts += more


def _cells(table: Table, number: int) -> list[Draft]:
    widest = max(table.rows, key=len)
    lefts = [one.box.left for one in widest]
    drafts = []
    for at, row in enumerate(table.rows):
        for index, cell in enumerate(row):
            column = index
            if len(row) != len(widest):
                column = _nearest(lefts, cell.box.left)
            drafts.append(Draft([cell], cells=(number, at, column)))
    return drafts


def _nearest(lefts: list[float], left: float) -> int:
    """Return which of some places, in order, is nearest; of two alike the first."""
    at = bisect_left(lefts, left)
    nearest = min(lefts[max(0, at - 1) : at + 1], key=lambda one: abs(one - left))
    return bisect_left(lefts, nearest)


def _body_size(lines: list[Line]) -> float:
    """Return the size of most letters."""
    counted: Counter[float] = Counter()
    for line in lines:
        counted[round(size_of(line) * 2) / 2] += len(line.text)
    return max(counted, key=lambda size: (counted[size], -size), default=1.0)


def _blocks(drafts: list[Draft], body: float, known: frozenset[str]) -> list[Block]:
    bold_body = 2 * sum(draft.bold for draft in drafts) > len(drafts)
    kinds = [_kind(draft, body, bold_body) for draft in drafts]
    _items(drafts, kinds)
    headings = [index for index, kind in enumerate(kinds) if kind is BlockKind.HEADING]
    if BlockKind.TITLE not in kinds and (title := _title(drafts, headings, body)) is not None:
        kinds[title] = BlockKind.TITLE
    sizes = sorted({round(drafts[at].size * 2) for at in headings}, reverse=True)
    depths = _depths(drafts, kinds)
    blocks = []
    for index, (draft, kind) in enumerate(zip(drafts, kinds, strict=True)):
        level = depths.get(index, 0)
        if kind is BlockKind.HEADING:
            level = min(LEVELS, sizes.index(round(draft.size * 2)) + 1)
        blocks.append(_block(draft, kind, level, known))
    return blocks


def _kind(draft: Draft, body: float, bold_body: bool) -> BlockKind:
    if draft.cells is not None:
        return BlockKind.CELL
    if draft.hint is not None:
        return draft.hint
    text = " ".join(one.text for one in draft.segments)
    larger = draft.size >= (LARGER_MEASURED if draft.measured else LARGER) * body
    looks = larger or (draft.bold and not bold_body and not draft.address)
    if larger and may_be_heading(text) and not (is_bullet(draft.marker) or is_field(text)):
        return BlockKind.HEADING
    if draft.marker and text != draft.marker:
        return BlockKind.LIST_ITEM
    if is_field(text):
        return BlockKind.FIELD
    shouted = not draft.address and is_capitals(text)
    if (looks and may_be_heading(text)) or shouted or is_numbered_heading(text):
        return BlockKind.HEADING
    return BlockKind.PARAGRAPH


def _title(drafts: list[Draft], headings: list[int], body: float) -> int | None:
    """Return which heading is the title: the largest before any prose, if large enough."""
    prose = next(
        (at for at, draft in enumerate(drafts) if _words(draft) > TITLE_BEFORE), len(drafts)
    )
    first = [at for at in headings if at < prose and drafts[at].segments[0].line.page == 0]
    best = max(first, key=lambda at: (round(drafts[at].size, 1), -at), default=None)
    return best if best is not None and drafts[best].size >= TITLE_LARGER * body else None


def _words(draft: Draft) -> int:
    return sum(len(one.line.words) for one in draft.segments)


def _items(drafts: list[Draft], kinds: list[BlockKind]) -> None:
    """Make items of two paragraphs or more that stand as items: bullets are often drawn."""
    alike = [
        draft.item and kind is BlockKind.PARAGRAPH
        for draft, kind in zip(drafts, kinds, strict=True)
    ]
    for at, (before, here, after) in enumerate(
        zip([False, *alike], alike, [*alike[1:], False], strict=False)
    ):
        if here and (before or after):
            kinds[at] = BlockKind.LIST_ITEM


def _depths(drafts: list[Draft], kinds: list[BlockKind]) -> dict[int, int]:
    """Return how deep each item of a list stands, by where it begins."""
    depths: dict[int, int] = {}
    for is_list, group in groupby(range(len(drafts)), lambda at: kinds[at] is BlockKind.LIST_ITEM):
        if not is_list:
            continue
        open_at: list[float] = []
        for at in group:
            first = drafts[at].segments[0]
            while open_at and first.box.left < open_at[-1] - 0.5 * first.size:
                open_at.pop()
            if not open_at or first.box.left > open_at[-1] + 0.5 * first.size:
                open_at.append(first.box.left)
            depths[at] = len(open_at) - 1
    return depths


def _block(draft: Draft, kind: BlockKind, level: int, known: frozenset[str]) -> Block:
    text, pieces = _written(draft, known)
    marker = draft.marker if kind is BlockKind.LIST_ITEM else ""
    if marker:
        cut = len(text) - len(text[len(marker) :].lstrip())
        text = text[cut:]
        pieces = [
            Piece(max(0, one.start - cut), one.end - cut, one.page, one.box)
            for one in pieces
            if one.end > cut
        ]
    table, row, column = draft.cells or (0, 0, 0)
    return Block(kind, text, level, marker, table, row, column, tuple(pieces))


def _written(draft: Draft, known: frozenset[str]) -> tuple[str, list[Piece]]:
    """Return the text of a draft, words cut by a line made whole, and where each is drawn."""
    parts: list[str] = []
    pieces: list[Piece] = []
    at = 0
    lines = [segment.line for segment in draft.segments]
    for line, following in zip(lines, [*lines[1:], None], strict=True):
        *words, (last, last_box) = line.words
        for text, box in words:
            end = at + len(text)
            pieces.append(Piece(at, end, line.page, box))
            at = end + 1
        start = joined(last, following.words[0].text, known) if following else None
        text, after = (last, " ") if start is None else (start, "")
        pieces.append(Piece(at, at + len(text), line.page, last_box))
        parts += (line.text[: len(line.text) - len(last)], text, after)
        at += len(text) + len(after)
    return "".join(parts).rstrip(" "), pieces
