"""Reader of RTF, in its own process: its text, without what it carries."""

from __future__ import annotations

import re

from striprtf.striprtf import rtf_to_text

from spplus_app.domain.documents.not_taken import NotTaken, Refusal

from .flowing import bare

DEPTH_MAX = 200
"""Deepest groups within groups."""
_OBJECT = re.compile(r"\\obj(?:data|emb|link|autlink|ocx|html)\b")
# Long runs of hexadecimal are pictures: nothing to read, much to go through.
_PICTURE = re.compile(r"(?:[0-9a-fA-F]{64,}[\r\n]*)+")
_BRACE = re.compile(r"(?<!\\)[{}]")
_CODE_PAGE = re.compile(r"\\ansicpg(\d{3,5})")


def tell(source: bytes, arguments: list[str]) -> bytes:
    """Return the blocks of the text of an RTF file, as `telling` writes them."""
    text = source.decode("latin-1")
    if _OBJECT.search(text):
        raise NotTaken(Refusal.OBJECTS)
    depth = deepest = 0
    for brace in _BRACE.finditer(text):
        depth += 1 if brace.group() == "{" else -1
        deepest = max(deepest, depth)
    if deepest > DEPTH_MAX:
        raise NotTaken(Refusal.DEEP)
    if depth > 0:
        raise NotTaken(Refusal.MISMATCH)
    page = _CODE_PAGE.search(text)
    encoding = f"cp{page[1]}" if page else "cp1252"
    return bare(rtf_to_text(_PICTURE.sub("", text), encoding=encoding, errors="replace"))
