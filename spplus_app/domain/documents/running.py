"""Headers, footers and page numbers: what comes again on every page is read once, or not at all."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from .reading import Line, Page

BAND = 0.12
"""Part of a page, at its top and at its bottom, where running lines stand (starting value)."""
NUMBER_BAND = 0.2
"""The same for a number alone that counts the pages: margins differ, and it says what it is."""
PAGES_SHARE = 0.4
"""Part of the pages that must show a line for it to be a running one; two at least."""
DRIFT = 0.02
"""How far, in part of the page, a running line moves from page to page."""

_PAGE_NUMBER = re.compile(
    r"[-–—\s(]*(?:pages?\s*:?\s*)?\d{1,3}(?:\s*(?:/|sur|de)\s*\d{1,3})?[-–—\s)]*", re.IGNORECASE
)
_TOLD_NUMBER = re.compile(r"pages?\s*:?\s*\d{1,3}\s*(?:/|sur|de)\s*\d{1,3}", re.IGNORECASE)
_WITHIN = re.compile(r"\bpages?\s*:?\s*\d|\b\d{1,3}\s*(?:/|sur)\s*\d{1,3}\s*$", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")


def running(pages: tuple[Page, ...], lines: Iterable[Line]) -> frozenset[Line]:
    """Return the lines that repeat from page to page, and the page numbers.

    A line repeats when the same words stand at the same height, in the band at the top or at the
    bottom, on two pages at least and on `PAGES_SHARE` of them. The first page keeps what repeats
    at the top: there it is the head of the letter. « Page 1 sur 3 » is a number by itself.
    """
    seen: dict[tuple[bool, str], list[tuple[float, Line]]] = defaultdict(list)
    gone: set[Line] = set()
    for line in lines:
        height = pages[line.page].height or 1.0
        box = line.box
        at = (box.top + box.bottom) / 2 / height
        if NUMBER_BAND < at < 1 - NUMBER_BAND:
            continue
        number = is_page_number(line.text)
        band = NUMBER_BAND if number else BAND
        if band < at < 1 - band:
            continue
        if _TOLD_NUMBER.fullmatch(line.text.strip(" -–—()")):
            gone.add(line)
            continue
        key = f"# {_counted(line)}" if number else _key(line.text)
        seen[at > 0.5, key].append((at, line))
    needed = max(2, round(PAGES_SHARE * len(pages)))
    for (low, key), found in seen.items():
        for group in _same_height(found):
            at_pages = sorted({line.page for line in group})
            if len(at_pages) >= needed:
                kept = -1 if low or key.startswith("#") else at_pages[0]
                gone.update(line for line in group if line.page != kept)
    return frozenset(gone)


def is_page_number(text: str) -> bool:
    """Whether a text is a page number and nothing else."""
    return _PAGE_NUMBER.fullmatch(text) is not None


def _counted(line: Line) -> int:
    """Return what a number is ahead of its page: the same on each, where it counts them."""
    return int(_DIGITS.findall(line.text)[0]) - line.page


def _key(text: str) -> str:
    # Figures change from page to page in a page number only: elsewhere they tell things apart.
    if _WITHIN.search(text):
        return _DIGITS.sub("#", text.casefold())
    return text.casefold()


def _same_height(found: list[tuple[float, Line]]) -> list[list[Line]]:
    groups: list[list[Line]] = []
    last = -1.0
    for at, line in sorted(found, key=lambda one: (one[0], one[1].page)):
        if not groups or at - last > DRIFT:
            groups.append([])
        groups[-1].append(line)
        last = at
    return groups
