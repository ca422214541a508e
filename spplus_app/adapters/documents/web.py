"""Reader of HTML, in its own process: what a page shows, as blocks; nothing else of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import nh3
from selectolax.lexbor import LexborHTMLParser, LexborNode

from spplus_app.domain.documents.abbreviations import words
from spplus_app.domain.documents.not_taken import NotTaken, Refusal
from spplus_app.domain.documents.reading import Block, BlockKind

from .flowing import blocks, decoded, titled

DEPTH_MAX = 250
"""Deepest elements within elements."""
NODES_MAX = 300_000
UNCLOSED_MAX = 2000
"""Most elements opened and not closed, before anything is parsed."""
_OPENED = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_LEFT_OPEN = words(
    "area base br col embed hr img input link meta source track wbr p li td th tr dd dt option "
    "tbody thead tfoot colgroup optgroup html head body rp rt"
)
"""What a page may open without ever closing it."""
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w-]{1,40})", re.IGNORECASE)
_HIDDEN = (
    "script, style, head, template, noscript, svg, math, iframe, object, embed, select, "
    '[hidden], [style*="display:none" i], [style*="display: none" i], '
    '[style*="visibility:hidden" i], [style*="visibility: hidden" i]'
)
_BLOCKS = words(
    "address article aside blockquote center dd details div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody td "
    "tfoot th thead tr ul caption label legend body html"
)
_INLINE = words(
    "a abbr b bdi bdo br cite code del dfn em font i ins kbd mark q s samp small span strong sub "
    "sup time u var wbr tt"
)
_INSIDE_CELLS = "p, h1, h2, h3, h4, h5, h6, ul, ol, table, blockquote"


def tell(source: bytes, arguments: list[str]) -> bytes:
    """Return the blocks of a page, as `telling` writes them."""
    told = _CHARSET.search(source[:4096])
    return blocks(blocks_of(decoded(source, told[1].decode() if told else "")))


def blocks_of(page: str, subject: str = "") -> list[Block]:
    """Return the blocks of a page, under ``subject`` when it has one.

    Raises `NotTaken` for a page built too deep, or too long.
    """
    _shallow(page)
    shown = LexborHTMLParser(page)
    for node in shown.css(_HIDDEN):
        node.decompose()
    html = nh3.clean(shown.html or "", tags=set(_BLOCKS | _INLINE), attributes={}, link_rel=None)
    root = LexborHTMLParser(html).body
    found = titled(subject)
    if root is not None:
        found += _Walk().walked(root)
    return found


class _Walk:
    """One way through a page, from its first element to its last."""

    def __init__(self) -> None:
        self.found: list[Block] = []
        self.text: list[str] = []
        self.lists: list[list[int]] = []
        self.kind, self.level, self.marker = BlockKind.PARAGRAPH, 0, ""
        self.tables = 0
        self.seen = 0

    def walked(self, root: LexborNode) -> list[Block]:
        """Return what was found below ``root``."""
        opened: list[tuple[LexborNode, Iterator[LexborNode]]] = [(root, _children(root))]
        while opened:
            node = next(opened[-1][1], None)
            if node is None:
                self._leave(opened.pop()[0])
                continue
            self.seen += 1
            if len(opened) > DEPTH_MAX or self.seen > NODES_MAX:
                raise NotTaken(Refusal.DEEP)
            if self._enter(node):
                opened.append((node, _children(node)))
        self._end()
        return self.found

    def _enter(self, node: LexborNode) -> bool:
        """Take a node; say whether what is in it is to be walked."""
        tag = node.tag or ""
        if tag == "-text":
            self.text.append(node.text_content or "")
            return False
        if tag in {"br", "hr"}:
            self._end(same=tag == "br")
            return False
        if tag == "table" and _is_data(node):
            self._end()
            self._table(node)
            return False
        if tag in _BLOCKS:
            self._end(same=tag in {"p", "div", "label"} and bool(self.lists))
        if tag in {"ul", "ol"}:
            self.lists.append([0 if tag == "ol" else -1])
        elif tag == "li":
            self._item()
        elif len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.kind, self.level = BlockKind.HEADING, int(tag[1])
        return True

    def _leave(self, node: LexborNode) -> None:
        tag = node.tag or ""
        if tag in _BLOCKS:
            self._end()
        if tag in {"ul", "ol"} and self.lists:
            self.lists.pop()

    def _item(self) -> None:
        self.kind, self.level = BlockKind.LIST_ITEM, max(0, len(self.lists) - 1)
        self.marker = "•"
        if self.lists and self.lists[-1][0] >= 0:
            self.lists[-1][0] += 1
            self.marker = f"{self.lists[-1][0]}."

    def _end(self, same: bool = False) -> None:
        """End a block; ``same``: what follows is of the same kind, an empty one goes on."""
        text = "".join(self.text)
        self.text.clear()
        if text.strip():
            self.found.append(Block(self.kind, text, self.level, self.marker))
        elif same:
            return
        if not same or self.kind is BlockKind.LIST_ITEM:
            self.kind, self.level, self.marker = BlockKind.PARAGRAPH, 0, ""

    def _table(self, table: LexborNode) -> None:
        for at, row in enumerate(table.css("tr")):
            for column, cell in enumerate(_cells(row)):
                text = cell.text(separator=" ")
                self.found.append(
                    Block(BlockKind.CELL, text, table=self.tables, row=at, column=column)
                )
        self.tables += 1


def _children(node: LexborNode) -> Iterator[LexborNode]:
    child = node.child
    while child is not None:
        yield child
        child = child.next


def _shallow(page: str) -> None:
    """Raise `NotTaken` for elements opened and not closed by the thousand.

    Parsers take a time that grows with the square of that depth: looked at before they begin.
    """
    depth = 0
    for found in _OPENED.finditer(page):
        if found[2].lower() not in _LEFT_OPEN:
            depth = max(0, depth - 1) if found[1] else depth + 1
            if depth > UNCLOSED_MAX:
                raise NotTaken(Refusal.DEEP)


def _cells(row: LexborNode) -> Iterator[LexborNode]:
    return (one for one in _children(row) if one.tag in {"td", "th"})


def _is_data(table: LexborNode) -> bool:
    """Whether a table is one, not a way to lay a page out: letters by mail are made of those."""
    inner = [one for one in table.css(_INSIDE_CELLS) if one.mem_id != table.mem_id]
    if any(one.tag != "p" for one in inner) or (inner and not table.css_first("th")):
        return False
    rows = table.css("tr")
    return len(rows) > 1 and any(sum(1 for _ in _cells(row)) > 1 for row in rows)
