"""Reader of DOCX, in its own process: the header of its first page, the body, notes, the footer.

Gone through without ever being held whole: three million empty paragraphs take no memory. Words
struck out by a revision, hidden text and field codes are not what is read: they stay out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial

from spplus_app.domain.documents.not_taken import NotTaken, Refusal
from spplus_app.domain.documents.reading import BlockKind

from .docx_margins import WORD, margins
from .docx_styles import Lists, Style, styles
from .flowing import blocks
from .packages import Package, collected, parsed
from .written import Paragraph, Written

_FALLBACK = "http://schemas.openxmlformats.org/markup-compatibility/2006 Fallback"
_TYPES = "[Content_Types].xml"
_OBJECTS = re.compile(
    r"^word/(?:embeddings|activeX|afchunk)/?|oleObject|\.(?:exe|js|vbs|html?)$", re.I
)
_LINKED = re.compile(r"/(?:hyperlink)$")
_MARKED = re.compile(r"macroEnabled|vbaProject", re.IGNORECASE)
_CHUNK = re.compile(r"/(?:aFChunk|oleObject|package|control)$")
_SPACES = {"tab": " ", "br": " ", "cr": " ", "noBreakHyphen": "-", "ptab": " "}


def tell(source: bytes, arguments: list[str]) -> bytes:
    """Return the blocks of a document, as `telling` writes them."""
    package = Package(source)
    main = _checked(package)
    folder = main.rpartition("/")[0]
    known = styles(package.content(f"{folder}/styles.xml"))
    lists = Lists(package.content(f"{folder}/numbering.xml"))
    written = Written()

    def read(part: str) -> None:
        parsed(package.content(part), _Body(written, known, lists))

    body = package.content(main)
    headers, footers = margins(package, main, body)
    written.margin(partial(read, part) for part in headers)
    parsed(body, _Body(written, known, lists))
    for part in (f"{folder}/footnotes.xml", f"{folder}/endnotes.xml"):
        read(part)
    written.margin(partial(read, part) for part in footers)
    return blocks(written.blocks)


def _checked(package: Package) -> str:
    """Return the main member; raise `NotTaken` for a package that holds more than a text."""
    if "word/vbaProject.bin" in package.names or any(
        name.lower().endswith("vbaproject.bin") for name in package.names
    ):
        raise NotTaken(Refusal.MACROS)
    if any(_OBJECTS.search(name) for name in package.names):
        raise NotTaken(Refusal.OBJECTS)
    main = ""
    for _, attributes in collected(package.content(_TYPES)):
        kind = attributes.get("ContentType", "")
        if _MARKED.search(kind):
            raise NotTaken(Refusal.MACROS)
        if kind.endswith("wordprocessingml.document.main+xml"):
            main = attributes.get("PartName", "").lstrip("/")
    if main not in package.names:
        raise NotTaken(Refusal.MISMATCH)
    for name in package.names:
        if name.endswith(".rels"):
            for _, attributes in collected(package.content(name)):
                _relation(attributes)
    return main


def _relation(attributes: Mapping[str, str]) -> None:
    kind = attributes.get("Type", "")
    if _CHUNK.search(kind):
        raise NotTaken(Refusal.OBJECTS)
    # A link that a reader may follow is text; anything else would be fetched by itself.
    if attributes.get("TargetMode") == "External" and not _LINKED.search(kind):
        raise NotTaken(Refusal.OUTSIDE)


class _Body:
    """Goes through a member that holds paragraphs."""

    def __init__(self, written: Written, known: Mapping[str, Style], lists: Lists) -> None:
        self._written, self._styles, self._lists = written, known, lists
        self._skipped = 0
        self._telling = self._hidden = self._in_run = False
        self._numbers: list[tuple[str, int] | None] = []

    def opened(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take the start of an element."""
        if self._skipped or name == _FALLBACK:
            self._skipped += 1
            return
        space, _, tag = name.rpartition(" ")
        if space not in WORD:
            return
        value = attributes.get(f"{space} val", "")
        match tag:
            case "p":
                self._written.begin(Paragraph())
                self._numbers.append(None)
            case "r":
                self._in_run, self._hidden = True, False
            case "t":
                self._telling = True
            case "tbl":
                self._written.begin_table()
            case "tr":
                self._written.begin_row()
            case "tc":
                self._written.begin_cell()
            case "vanish" | "webHidden":
                self._hidden |= self._in_run and value not in {"0", "false", "off"}
            case "sdtPr" | "pPrChange" | "rPrChange" | "del" | "moveFrom":
                self._skipped = 1
            case _:
                self._property(tag, value)

    def _property(self, tag: str, value: str) -> None:
        if tag in _SPACES and self._in_run and not self._hidden:
            self._written.write(_SPACES[tag])
        if not self._numbers:
            return
        numbers = self._numbers[-1]
        if tag == "pStyle":
            self._styled(self._styles.get(value))
        elif tag == "outlineLvl" and value.isdigit() and int(value) < 9:
            self._headed(int(value) + 1)
        elif tag == "ilvl" and value.isdigit():
            self._numbers[-1] = (numbers[0] if numbers else "", min(int(value), 8))
        elif tag == "numId":
            self._numbers[-1] = (value, numbers[1] if numbers else 0)

    def _styled(self, style: Style | None) -> None:
        paragraph = self._written.paragraph
        if style is None or paragraph is None:
            return
        paragraph.kind, paragraph.level = style.kind, style.level
        if style.numbers and self._numbers[-1] is None:
            self._numbers[-1] = (style.numbers, style.depth)

    def _headed(self, level: int) -> None:
        paragraph = self._written.paragraph
        if paragraph is not None and paragraph.kind is BlockKind.PARAGRAPH:
            paragraph.kind, paragraph.level = BlockKind.HEADING, level

    def said(self, text: str) -> None:
        """Take text, where it is read."""
        if self._telling and not self._hidden and not self._skipped:
            self._written.write(text)

    def closed(self, name: str) -> None:
        """Take the end of an element."""
        if self._skipped:
            self._skipped -= 1
            return
        space, _, tag = name.rpartition(" ")
        if space not in WORD:
            return
        match tag:
            case "p":
                self._end()
            case "r":
                self._in_run = self._hidden = False
            case "t":
                self._telling = False
            case "tc":
                self._written.end_cell()
            case "tbl":
                self._written.end_table()

    def _end(self) -> None:
        numbers = self._numbers.pop()
        paragraph = self._written.paragraph
        if paragraph is not None and numbers is not None and "".join(paragraph.parts).strip():
            marker = self._lists.marker(*numbers)
            if marker and paragraph.kind is BlockKind.PARAGRAPH:
                paragraph.kind, paragraph.level = BlockKind.LIST_ITEM, numbers[1]
                paragraph.marker = marker
        self._written.end()
