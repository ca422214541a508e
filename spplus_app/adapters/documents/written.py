"""What is being written while a word processor's document is gone through: paragraphs, cells."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from spplus_app.domain.documents.not_taken import NotTaken, Refusal
from spplus_app.domain.documents.reading import Block, BlockKind
from spplus_app.domain.documents.running import is_page_number

from .flowing import BLOCKS_MAX, CHARACTERS_MAX


@dataclass(slots=True)
class Paragraph:
    """A paragraph that is not ended."""

    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    marker: str = ""
    parts: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Table:
    """A table that is not ended, and the cell where it stands; columns begin at 0."""

    number: int
    row: int = -1
    column: int = -1
    parts: list[str] = field(default_factory=list)


class Written:
    """Blocks in order; a table within a cell is text of that cell."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.tables: list[Table] = []
        self._opened: list[Paragraph] = []
        self._count = self._characters = self._tables = 0
        self._titled = False

    @property
    def paragraph(self) -> Paragraph | None:
        """The innermost paragraph that is not ended."""
        return self._opened[-1] if self._opened else None

    def begin(self, paragraph: Paragraph) -> None:
        """Begin a paragraph; it may stand in a text box of another."""
        self._count += 1
        if self._count > BLOCKS_MAX:
            raise NotTaken(Refusal.BOMB)
        self._opened.append(paragraph)

    def write(self, text: str) -> None:
        """Add text to the paragraph, if there is one."""
        if not self._opened:
            return
        self._characters += len(text)
        if self._characters > CHARACTERS_MAX:
            raise NotTaken(Refusal.LONG)
        self._opened[-1].parts.append(text)

    def end(self) -> None:
        """End the paragraph: it becomes a block, or text of its cell."""
        if not self._opened:
            return
        ended = self._opened.pop()
        text = "".join(ended.parts)
        if not text.strip():
            return
        if self.tables:
            marker = f"{ended.marker} " if ended.marker else ""
            self.tables[-1].parts.append(marker + text)
            return
        kind, level = ended.kind, ended.level
        if kind is BlockKind.TITLE and self._titled:
            kind, level = BlockKind.HEADING, 1
        self._titled |= kind is BlockKind.TITLE
        self.blocks.append(Block(kind, text, level, ended.marker))

    def begin_table(self) -> None:
        """Begin a table."""
        self.tables.append(Table(self._tables))
        self._tables += len(self.tables) == 1

    def begin_row(self) -> None:
        """Begin a row of the table."""
        if self.tables:
            self.tables[-1].row += 1
            self.tables[-1].column = -1

    def begin_cell(self, across: int = 1) -> None:
        """Begin a cell that stands ``across`` columns after the last one began."""
        if self.tables:
            self.tables[-1].column += across

    def end_cell(self) -> None:
        """End a cell: its paragraphs are one block."""
        if not self.tables:
            return
        table = self.tables[-1]
        text = " ".join(table.parts)
        table.parts.clear()
        if text.strip() and len(self.tables) == 1:
            at = max(0, table.row), max(0, table.column)
            self.blocks.append(
                Block(BlockKind.CELL, text, table=table.number, row=at[0], column=at[1])
            )
        elif text.strip():
            self.tables[-2].parts.append(text)

    def margin(self, readings: Iterable[Callable[[], None]]) -> None:
        """Write the first of several headers, or footers, that says more than a page number."""
        for read in readings:
            start = len(self.blocks)
            read()
            self.blocks[start:] = [
                one for one in self.blocks[start:] if not is_page_number(one.text.strip())
            ]
            if len(self.blocks) > start:
                return

    def end_table(self) -> None:
        """End the table."""
        if self.tables:
            self.tables.pop()
