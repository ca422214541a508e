"""Bare text (pasted, TXT, the text of an e-mail) made into a reading.

A blank line parts blocks. Lines cut at one width by a mail program are joined again; lines that
somebody ended on purpose (an address, a signature) stand for themselves.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from .hyphens import joined, vocabulary
from .reading import Block, BlockKind, Reading, clean
from .shapes import is_bullet, is_capitals, is_field, is_numbered_heading, marker

WIDE = (50, 100)
"""Narrowest and widest width, in characters, at which a program cuts lines."""
FILLED = 0.72
"""How full of that width a line is when it was cut there."""
FULL = 0.85
CUT_LINES = 2
"""So many lines so full, each followed by another, say that a program cut them."""

_LINE_ENDS = re.compile("\r\n?|[\u2028\u2029\x0b\x0c\x85]")
_RULE = re.compile(r"[-_=*~•. ]{3,}")
_ENDED = re.compile(r"[.!?…:;][)\u00bb”\"]*$")


def plain(text: str) -> Reading:
    """Return the reading of a bare text; no word is lost."""
    lines = _LINE_ENDS.sub("\n", text).split("\n")
    known = vocabulary(lines)
    blocks: list[Block] = []
    group: list[str] = []
    width = _width(lines)
    for line in [*lines, ""]:
        if cleaned := clean(line):
            group.append(cleaned)
        elif group:
            blocks += _blocks(group, known, width)
            group = []
    return Reading(tuple(blocks))


def _width(lines: Sequence[str]) -> int:
    """Return the width at which a program cut the lines of a text, 0 when none did."""
    sizes = [len(line.strip()) for line in lines]
    width = max((size for size in sizes if size <= WIDE[1]), default=0)
    full = sum(
        FULL * width <= size <= width and following > 0 for size, following in pairwise(sizes)
    )
    return width if width >= WIDE[0] and full >= CUT_LINES else 0


def _blocks(lines: Sequence[str], known: frozenset[str], width: int) -> list[Block]:
    if max(len(line) for line in lines) > WIDE[1]:
        width = 0
    made: list[tuple[str, list[str]]] = []
    last = ""
    for line in lines:
        told = _marker(line, last, made)
        if made and not told and _goes_on(last, line, width):
            made[-1][1].append(line)
        else:
            made.append((told, [line[len(told) :].lstrip()]))
        last = line
    return [_block(told, _joined(texts, known)) for told, texts in made]


def _marker(line: str, last: str, made: Sequence[tuple[str, list[str]]]) -> str:
    told = marker(line)
    if not told or told == line or _RULE.fullmatch(line):
        return ""
    # A figure that begins a line of a paragraph is no number of a list.
    free = is_bullet(told) or not made or made[-1][0] or _ENDED.search(last)
    return told if free else ""


def _goes_on(last: str, line: str, width: int) -> bool:
    """Whether a line was cut by a program, not ended by somebody."""
    if is_field(last) or is_field(line) or is_capitals(last) is not is_capitals(line):
        return False
    if _RULE.fullmatch(last) or _RULE.fullmatch(line) or is_numbered_heading(last):
        return False
    if last.endswith(("-", "\u2010")) and line[:1].islower():
        return True
    if len(last) > WIDE[1] or len(line) > WIDE[1]:
        return False
    if line[:1].islower() and not last.endswith((".", ":", ";", "!", "?")):
        return True
    room = width - len(last) - len(line.split(" ", 1)[0]) - 1
    return len(last) >= FILLED * width > 0 and room < 3


def _joined(lines: Sequence[str], known: frozenset[str]) -> str:
    parts: list[str] = []
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        head, space, word = line.rpartition(" ")
        start = joined(word, following.split(" ", 1)[0], known)
        parts.append(f"{line} " if start is None else f"{head}{space}{start}")
    return "".join(parts).rstrip(" ")


def _block(told: str, text: str) -> Block:
    if told and text:
        return Block(BlockKind.LIST_ITEM, text, marker=told)
    text = text or told
    if is_field(text):
        return Block(BlockKind.FIELD, text)
    if is_capitals(text) or is_numbered_heading(text):
        return Block(BlockKind.HEADING, text, level=1)
    return Block(BlockKind.PARAGRAPH, text)
