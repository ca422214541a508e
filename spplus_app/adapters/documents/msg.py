"""Reader of Outlook messages (MSG), in its own process: their subject and their body."""

from __future__ import annotations

import io

import olefile

from spplus_app.domain.documents.not_taken import NotTaken, Refusal

from .flowing import bare, blocks, decoded
from .web import blocks_of

_SUBJECT, _BODY, _HTML, _RTF = "0037", "1000", "1013", "1009"
"""Properties of a message (MS-OXPROPS)."""
_NAME = ("3707", "3704")
_IMAGES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp")
_STREAM_MAX = 5 * 1024 * 1024
STREAMS_MAX = 5000


def tell(source: bytes, arguments: list[str]) -> bytes:
    """Return the blocks of a message, as `telling` writes them."""
    try:
        held = olefile.OleFileIO(io.BytesIO(source))
        names = held.listdir()
    except (OSError, RecursionError):
        raise NotTaken(Refusal.MISMATCH) from None
    if len(names) > STREAMS_MAX:
        raise NotTaken(Refusal.DEEP)
    for entry in {one[0] for one in names if one[0].startswith("__attach_")}:
        name = next(filter(None, (_text(held, f"{entry}/", what) for what in _NAME)), "")
        if not name.lower().endswith(_IMAGES):
            raise NotTaken(Refusal.ATTACHMENTS)
    subject = _text(held, "", _SUBJECT)
    html = _bytes(held, f"__substg1.0_{_HTML}0102")
    page = decoded(html) if html else _text(held, "", _HTML)
    if page:
        return blocks(blocks_of(page, subject))
    body = _text(held, "", _BODY)
    if not (body or subject) or (not body and held.exists(f"__substg1.0_{_RTF}0102")):
        raise NotTaken(Refusal.UNREADABLE)
    return bare(body, subject)


def _text(held: olefile.OleFileIO, within: str, what: str) -> str:
    """Return a property in text, in either way that it may be written."""
    wide = _bytes(held, f"{within}__substg1.0_{what}001F")
    if wide:
        return wide.decode("utf-16-le", "replace").rstrip("\0")
    return _bytes(held, f"{within}__substg1.0_{what}001E").decode("cp1252", "replace").rstrip("\0")


def _bytes(held: olefile.OleFileIO, name: str) -> bytes:
    if not held.exists(name):
        return b""
    if held.get_size(name) > _STREAM_MAX:
        raise NotTaken(Refusal.LONG)
    with held.openstream(name) as stream:
        content: bytes = stream.read()
    return content
