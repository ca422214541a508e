"""Reader of ODT, in its own process: the text as it reads, notes where they are called.

The header of the first page comes before it, its footer after.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from spplus_app.domain.documents.not_taken import NotTaken, Refusal
from spplus_app.domain.documents.reading import BlockKind

from .flowing import blocks
from .odt_margins import STYLE, Elements, margins, master_pages
from .packages import Package, collected, parsed
from .written import Paragraph, Written

_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
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
_BEGINS = frozenset({f"{_TEXT} p", f"{_TEXT} h", f"{_TABLE} table"})
"""What a text may begin with."""
SPACES_MAX = 100
COLUMNS_MAX = 1000


@dataclass(slots=True)
class _Style:
    parent: str = ""
    master: str = ""
    """The pages that begin with it, by their name in the styles."""
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
    styles = package.content("styles.xml")
    shared: dict[str, _Style] = {}
    pages = master_pages(_learned(styles, shared))
    known = dict(shared)
    first = _first_page(_learned(content, known), known)
    written = Written()

    def margin(kind: str) -> None:
        found = margins(pages, first, kind)
        written.margin(partial(parsed, styles, _Margin(written, shared, *one)) for one in found)

    margin("header")
    parsed(content, _Body(written, known))
    margin("footer")
    return blocks(written.blocks)


def _learned(content: bytes, known: dict[str, _Style]) -> Elements:
    """Add to ``known`` the styles of a member; return its elements."""
    current = _Style()
    elements = collected(content)
    for path, attributes in elements:
        name = path[-1]
        if name in {f"{STYLE} style", f"{_TEXT} list-style"}:
            current = _Style(
                attributes.get(f"{STYLE} parent-style-name", ""),
                attributes.get(f"{STYLE} master-page-name", ""),
            )
            known[attributes.get(f"{STYLE} name", "")] = current
        elif name == f"{STYLE} text-properties":
            current.hidden |= attributes.get(f"{_TEXT} display") == "none"
        elif name == f"{_TEXT} list-level-style-number":
            current.ordered |= attributes.get(f"{_TEXT} level") == "1"
    return elements


def _first_page(elements: Elements, known: Mapping[str, _Style]) -> str:
    """Return the name of the first page: what its first paragraph or table begins with."""
    names = (
        attributes.get(f"{path[-1].partition(' ')[0]} style-name", "")
        for path, attributes in elements
        if path[-1] in _BEGINS and f"{_TEXT} deletion" not in path
    )
    style = known.get(next(names, ""))
    for _ in range(10):
        if style is None or style.master:
            break
        style = known.get(style.parent)
    return style.master if style else ""


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


class _Margin(_Body):
    """Goes through the styles for one header, or one footer, of one kind of page."""

    def __init__(
        self, written: Written, known: Mapping[str, _Style], page: str, element: str
    ) -> None:
        super().__init__(written, known)
        self._wanted = page
        self._root = element
        self._page = ""

    def opened(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take the start of an element: all that is not within is passed over."""
        if name == f"{STYLE} master-page":
            self._page = attributes.get(f"{STYLE} name", "")
        elif name == self._root and self._page == self._wanted:
            self._inside = True
        elif self._inside:
            super().opened(name, attributes)

    def closed(self, name: str) -> None:
        """Take the end of an element."""
        if name == self._root:
            self._inside = False
        elif self._inside:
            super().closed(name)


def _number(told: str | None, most: int) -> int:
    """Return a number written in an attribute, between 1 and ``most``; 1 for anything else."""
    return min(max(1, int(told)), most) if told and told.isdigit() and len(told) < 9 else 1
