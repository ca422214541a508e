"""What readers of files without pages share: their text decoded, their blocks counted."""

from __future__ import annotations

import codecs
import re

from spplus_app.domain.documents.not_taken import NotTaken, Refusal
from spplus_app.domain.documents.plain import plain
from spplus_app.domain.documents.reading import Block, BlockKind, Flowing
from spplus_app.domain.documents.telling import to_wire

CHARACTERS_MAX = 400_000
"""Most characters of a text: the pipe takes no more (`wire.READABLE_CHARACTERS`)."""
BLOCKS_MAX = 100_000
"""Most blocks, empty or not: more is no document."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NOT_TEXT = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def decoded(content: bytes, told: str = "") -> str:
    """Return bytes as text: by their mark, as ``told``, as UTF-8, else as Windows wrote them."""
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace")
    for encoding in filter(None, (told, "utf-8")):
        try:
            return content.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return content.decode("cp1252", "replace")


def checked(text: str) -> str:
    """Return ``text``; raise `NotTaken` for one that is too long, or that is no text."""
    if len(text) > CHARACTERS_MAX:
        raise NotTaken(Refusal.LONG)
    if _NOT_TEXT.search(text):
        raise NotTaken(Refusal.MISMATCH)
    return text


def bare(text: str, subject: str = "") -> bytes:
    """Return a bare text as `telling` writes it, under its title when it has one."""
    return blocks(titled(subject) + list(plain(checked(text)).blocks))


def titled(subject: str) -> list[Block]:
    """Return the block of a title, none for an empty one."""
    return [Block(BlockKind.TITLE, subject)] if subject.strip() else []


def blocks(found: list[Block]) -> bytes:
    """Return blocks as `telling` writes them; raise `NotTaken` for too many or too long."""
    if len(found) > BLOCKS_MAX or sum(len(one.text) for one in found) > CHARACTERS_MAX:
        raise NotTaken(Refusal.LONG)
    return to_wire(Flowing(tuple(found)))
