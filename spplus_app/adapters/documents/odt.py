"""Reader of ODT, in its own process: the text as it reads, notes where they are called."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from spplus_app.domain.documents.not_taken import NotTaken, Refusal
from spplus_app.domain.documents.reading import BlockKind

from .flowing import blocks
from .packages import Package, collected, parsed
from .written import Paragraph, Written

_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
_STYLE = "urn:oasis:names:tc:opendocument:xmlns:style:1.0"
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_TYPE = "application/vnd.oasis.opendocument.text"
_MACROS = re.compile(r"^(?:Basic|Scripts)/.")
_OBJECTS = re.compile(r"^(?:Object |ObjectReplacements/.)|\.(?:exe|js|vbs|jar)$")
_LEFT = frozenset(
    {
        f"{_OFFICE} annotation",
        f"{_TEXT} tracked-changes",
        f"{_TEXT} note-citation",
        f"{_TEXT} hidden-text",
        f"{_TEXT} hidden-paragraph",
        f"{_TEXT} sequence-decls",
        f"{_TABLE} tracked-changes",
        f"{_OFFICE} forms",
    }
)
"""What is written in a document and not read in it."""
SPACES_MAX = 100
COLUMNS_MAX = 1000


@dataclass(slots=True)
class _Style:
    parent: str = ""
    hidden: bool = False
    ordered: bool = False


def tell(source: bytes, arguments: list[str]) -> bytes:
    """Return the blocks of a document, as `telling` writes them."""
    package = Package(source)
    if package.content("mimetype", 200).strip() != _TYPE.encode():
        raise NotTaken(Refusal.MISMATCH)
    if any(_MACROS.search(name) for name in package.names):
        raise NotTaken(Refusal.MACROS)
    if any(_OBJECTS.search(name) for name in package.names):
        raise NotTaken(Refusal.OBJECTS)
    if b"encryption-data" in package.content("META-INF/manifest.xml"):
        raise NotTaken(Refusal.ENCRYPTED)
    content = package.content("content.xml")
    if not content:
        raise NotTaken(Refusal.MISMATCH)
    known: dict[str, _Style] = {}
    for part in (package.content("styles.xml"), content):
        _learn(part, known)
    written = Written()
    parsed(content, _Body(written, known))
    return blocks(written.blocks)


def _learn(content: bytes, known: dict[str, _Style]) -> None:
    current = _Style()
    for path, attributes in collected(content):
        name = path[-1]
        if name in {f"{_STYLE} style", f"{_TEXT} list-style"}:
            current = _Style(attributes.get(f"{_STYLE} parent-style-name", ""))
            known[attributes.get(f"{_STYLE} name", "")] = current
        elif name == f"{_STYLE} text-properties":
            current.hidden |= attributes.get(f"{_TEXT} display") == "none"
        elif name == f"{_TEXT} list-level-style-number":
            current.ordered |= attributes.get(f"{_TEXT} level") == "1"


class _Body:
    """Goes through the content."""

    def __init__(self, written: Written, known: Mapping[str, _Style]) -> None:
        self._written, self._styles = written, known
        self._skipped = 0
        self._lists: list[tuple[str, int]] = []
        self._inside = False
        self._across = 1
        self._begun = False

    def opened(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take the start of an element."""
        style = self._styles.get(attributes.get(f"{_TEXT} style-name", ""))
        if self._skipped or name in _LEFT or (style is not None and style.hidden):
            self._skipped += 1
            return
        if name == f"{_OFFICE} text":
            self._inside = True
        space, _, tag = name.rpartition(" ")
        if space == _TEXT:
            self._text(tag, attributes)
        elif space == _TABLE:
            self._table(tag, attributes)

    def _text(self, tag: str, attributes: Mapping[str, str]) -> None:
        match tag:
            case "p" | "h":
                self._written.begin(self._paragraph(tag, attributes))
            case "list":
                above = self._lists[-1][0] if self._lists else ""
                self._lists.append((attributes.get(f"{_TEXT} style-name", above), 0))
            case "list-item":
                self._begun = True
                if self._lists:
                    self._lists[-1] = (self._lists[-1][0], self._lists[-1][1] + 1)
            case "s":
                self._written.write(" " * _number(attributes.get(f"{_TEXT} c"), SPACES_MAX))
            case "tab" | "line-break":
                self._written.write(" ")

    def _paragraph(self, tag: str, attributes: Mapping[str, str]) -> Paragraph:
        begun, self._begun = self._begun, False
        if tag == "h":
            level = _number(attributes.get(f"{_TEXT} outline-level"), 10)
            return Paragraph(BlockKind.HEADING, level)
        if self._is_title(attributes.get(f"{_TEXT} style-name", "")):
            return Paragraph(BlockKind.TITLE)
        if self._lists and begun:
            name, count = self._lists[-1]
            style = self._styles.get(name)
            marker = f"{count}." if style is not None and style.ordered else "•"
            return Paragraph(BlockKind.LIST_ITEM, len(self._lists) - 1, marker)
        return Paragraph()

    def _is_title(self, name: str) -> bool:
        for _ in range(10):
            if name == "Title":
                return True
            style = self._styles.get(name)
            if style is None:
                return False
            name = style.parent
        return False

    def _table(self, tag: str, attributes: Mapping[str, str]) -> None:
        match tag:
            case "table":
                self._written.begin_table()
                self._across = 1
            case "table-row":
                self._written.begin_row()
                self._across = 1
            case "table-cell" | "covered-table-cell":
                self._written.begin_cell(self._across)
                repeated = attributes.get(f"{_TABLE} number-columns-repeated")
                self._across = _number(repeated, COLUMNS_MAX)

    def said(self, text: str) -> None:
        """Take text, where it is read."""
        if self._inside and not self._skipped:
            self._written.write(text)

    def closed(self, name: str) -> None:
        """Take the end of an element."""
        if self._skipped:
            self._skipped -= 1
            return
        space, _, tag = name.rpartition(" ")
        if space == _TEXT and tag in {"p", "h"}:
            self._written.end()
        elif space == _TEXT and tag == "list" and self._lists:
            self._lists.pop()
        elif space == _TABLE and tag in {"table-cell", "covered-table-cell"}:
            self._written.end_cell()
        elif space == _TABLE and tag == "table":
            self._written.end_table()
            self._across = 1


def _number(told: str | None, most: int) -> int:
    """Return a number written in an attribute, between 1 and ``most``; 1 for anything else."""
    return min(max(1, int(told)), most) if told and told.isdigit() and len(told) < 9 else 1
