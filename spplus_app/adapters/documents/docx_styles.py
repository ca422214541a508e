"""What the styles of a DOCX say: which paragraphs are headings, which are items of a list."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from spplus_app.domain.documents.reading import BlockKind

from .packages import collected

_HEADING = re.compile(r"(?:heading|titre) ?([1-9])$", re.IGNORECASE)
_ORDERED = {
    "decimal": lambda number: str(number),
    "decimalZero": lambda number: f"{number:02}",
    "lowerLetter": lambda number: _letter(number),
    "upperLetter": lambda number: _letter(number).upper(),
    "lowerRoman": lambda number: _roman(number),
    "upperRoman": lambda number: _roman(number).upper(),
}
_BULLET = "•"
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
MARKER_MAX = 12
"""Longest marker: a list says it with a text of its own."""


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph of a style is; ``numbers`` is its list, at ``depth``, else empty."""

    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    numbers: str = ""
    depth: int = 0


def styles(content: bytes) -> dict[str, Style]:
    """Return the paragraph styles of a document, by the name that paragraphs call them."""
    found: dict[str, Style] = {}
    parents: dict[str, str] = {}
    current = ""
    for path, attributes in collected(content):
        tag, value = _tag(path[-1]), _value(attributes)
        if tag == "style":
            current = _value(attributes, "styleId")
            found[current] = Style()
        elif tag == "basedOn":
            parents[current] = value
        elif tag in {"name", "outlineLvl", "numId", "ilvl"} and current in found:
            found[current] = _told(found[current], tag, value)
    return {name: _inherited(name, found, parents) for name in found}


def _told(style: Style, tag: str, value: str) -> Style:
    heading = _HEADING.match(value) if tag == "name" else None
    if heading is not None:
        return replace(style, kind=BlockKind.HEADING, level=int(heading[1]))
    if tag == "name" and value.lower() in {"title", "titre"}:
        return replace(style, kind=BlockKind.TITLE)
    if tag == "outlineLvl" and value.isdigit() and int(value) < 9:
        if style.kind is BlockKind.PARAGRAPH:
            return replace(style, kind=BlockKind.HEADING, level=int(value) + 1)
    if tag == "numId":
        return replace(style, numbers=value)
    if tag == "ilvl" and value.isdigit():
        return replace(style, depth=min(int(value), 8))
    return style


def _inherited(name: str, found: Mapping[str, Style], parents: Mapping[str, str]) -> Style:
    own = found[name]
    at = name
    for _ in range(10):
        at = parents.get(at, "")
        if at not in found:
            break
        above = found[at]
        if own.kind is BlockKind.PARAGRAPH:
            own = replace(own, kind=above.kind, level=above.level)
        if not own.numbers:
            own = replace(own, numbers=above.numbers, depth=above.depth)
    return own


class Lists:
    """The lists of a document, and how far each has counted."""

    def __init__(self, content: bytes) -> None:
        self._formats: dict[tuple[str, int], tuple[str, str]] = {}
        self._abstract: dict[str, str] = {}
        self._counts: dict[tuple[str, int], int] = {}
        within, level, number = "", 0, ""
        for path, attributes in collected(content):
            tag, value = _tag(path[-1]), _value(attributes)
            if tag == "abstractNum":
                within = _value(attributes, "abstractNumId")
            elif tag == "lvl" and _value(attributes, "ilvl").isdigit():
                level = int(_value(attributes, "ilvl"))
            elif tag == "numFmt":
                self._formats[within, level] = (value, "%1.")
            elif tag == "lvlText" and (within, level) in self._formats:
                self._formats[within, level] = (self._formats[within, level][0], value)
            elif tag == "num":
                number, within = _value(attributes, "numId"), ""
            elif tag == "abstractNumId":
                self._abstract[number] = value

    def marker(self, number: str, depth: int) -> str:
        """Return what stands before the next item of a list; nothing for a list switched off."""
        if number in {"", "0"}:
            return ""
        kept = self._abstract.get(number, "")
        form, text = self._formats.get((kept, depth), ("bullet", ""))
        if form == "none":
            return ""
        if form not in _ORDERED:
            return _BULLET
        self._counts[number, depth] = self._counts.get((number, depth), 0) + 1
        for deeper in range(depth + 1, 9):
            self._counts.pop((number, deeper), None)
        for at in range(depth + 1):
            count = max(1, self._counts.get((number, at), 1))
            told = self._formats.get((kept, at), ("decimal", ""))[0]
            text = text.replace(f"%{at + 1}", _ORDERED.get(told, str)(count))
        return text.strip()[:MARKER_MAX]


def _tag(name: str) -> str:
    return name.rpartition(" ")[2]


def _value(attributes: Mapping[str, str], wanted: str = "val") -> str:
    for name, value in attributes.items():
        if _tag(name) == wanted:
            return value
    return ""


def _letter(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _roman(number: int) -> str:
    told = ""
    for value, letters in _ROMAN:
        told += letters * (number // value)
        number %= value
    return told
