"""French sentences with their offsets: rules for the letters of the administration.

Written here because it is measured better on them than the libraries that do this (pysbd, syntok,
sentencex, spaCy's French model), which also drop or move characters. No character is lost or in
two sentences: only spaces stand between two.
"""

from __future__ import annotations

import re

from spplus_app.domain.text import fold

from .abbreviations import LABELLED, NEVER_LAST, SOMETIMES_LAST, STARTERS

LONGEST = 2000
"""Longest sentence, in characters: what has no stop for so long is cut at a comma or a space."""

_BULLETS = "-–—•·▪◦*"
_CLOSING = frozenset("),;:.!?…]»”")
_OPENING = frozenset("«“\"([–—-•·▪◦*‘'\u00a0\u202f ")
# Each run of stops or spaces is looked at once: a text of dots costs no more than another.
_END = re.compile(
    r"(?<![.!?…])(?P<stop>[.!?…]++)(?P<close>(?:[\u00a0\u202f ]?[»”]|[)\]\"’'])*+)(?P<space>\s++)"
    rf"|(?P<list>[;:])\s++(?=(?:[{_BULLETS}]|[a-z]\)|\(?\d{{1,2}}[°)]|\d{{1,2}}\.(?!\d))\s)"
    r"|\n\s*+"
)
_WORD_BEFORE = re.compile(r"[^\s(«“\"\[]{1,40}$")
_WITHIN = re.compile(r"[’',;/]")
_NEXT_WORD = re.compile(r"[^\W\d_]+")
_INITIALS = re.compile(r"(?:[^\W\d_]\.-?)*[^\W\d_]")
_LABEL = re.compile(r"([^\W\d_]{3,20})\s$")
_ORDINAL = re.compile(r"\d{1,2}|[IVX]{1,4}|[A-Z]")


def split(text: str) -> list[tuple[int, int]]:
    """Return the sentences of a text as ``(start, end)``, in order; only spaces are between them.

    Linear in the length of the text. A text of spaces has none.
    """
    spans: list[tuple[int, int]] = []
    start = _skip(text, 0, len(text))
    for found in _END.finditer(text):
        if found.end() <= start:
            continue
        end = _end(text, start, found)
        if end is not None:
            spans += _bounded(text, start, end)
            start = found.end()
    if start < len(text):
        spans += _bounded(text, start, _trimmed(text, start, len(text)))
    return spans


def _skip(text: str, at: int, end: int) -> int:
    while at < end and text[at].isspace():
        at += 1
    return at


def _trimmed(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end


def _end(text: str, start: int, found: re.Match[str]) -> int | None:
    """Return where the sentence ends if this is a boundary, else ``None``."""
    if found["list"] is not None:
        return found.start("list") + 1
    if found["stop"] is None or "\n" in found["space"]:
        return _trimmed(text, start, found.end())
    after = found.end()
    if after >= len(text) or not _begins(text, after) or _goes_on(text, start, found):
        return None
    return found.start("space")


def _begins(text: str, at: int) -> bool:
    """Whether a sentence may begin there: a capital or a figure, after quotes; a list item."""
    if text[at] in _BULLETS and text[at + 1 : at + 2].isspace():
        return True
    limit = min(len(text) - 1, at + 6)
    while at < limit and text[at] in _OPENING:
        at += 1
    return not text[at].islower() and text[at] not in _CLOSING


def _goes_on(text: str, start: int, found: re.Match[str]) -> bool:
    """Whether a stop before what could begin a sentence ends none: « M. Durand », « art. 12 »."""
    if found["stop"] != "." or found["close"]:
        return False
    before = _WORD_BEFORE.search(text, max(start, found.start() - 40), found.start())
    if before is None:
        return False
    word = before.group()
    if before.start() == start and _ORDINAL.fullmatch(word):
        # « 1. Vos droits »: a number stands before its sentence.
        return True
    word = _WITHIN.split(word)[-1]
    key = fold(word).replace(".", "")
    if key == "etc":
        return text[found.end()] == "("
    if key in NEVER_LAST:
        return True
    following = _NEXT_WORD.match(text, found.end())
    starts = following is not None and fold(following.group()) in STARTERS
    if _INITIALS.fullmatch(word) and word.isupper():
        # « J. Martin », « L. 123-1 »; but « catégorie B. Vous », « cadre B. Signez ».
        label = _LABEL.search(text, max(start, before.start() - 22), before.start())
        if label is not None and fold(label.group(1)) in LABELLED:
            return False
        return not (starts and following is not None and len(following.group()) > 1)
    return key in SOMETIMES_LAST and not starts


def _bounded(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return a sentence, cut where it is longer than any reader can mark."""
    spans = []
    while end - start > LONGEST:
        half, most = start + LONGEST // 2, start + LONGEST
        cut = max(text.rfind(";", half, most), text.rfind(",", half, most)) + 1
        cut = cut or text.rfind(" ", half, most) + 1 or most
        spans.append((start, _trimmed(text, start, cut)))
        start = _skip(text, cut, end)
    spans.append((start, end))
    return [(one, other) for one, other in spans if one < other]
