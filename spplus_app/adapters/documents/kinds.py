"""What a file is: by its first bytes and by the end of its name, which must agree."""

from __future__ import annotations

import os
import re
from enum import StrEnum
from pathlib import Path, PurePath

from spplus_app.domain.documents.not_taken import Refusal
from spplus_app.domain.documents.refusals import refused
from spplus_app.domain.documents.sizes import BYTES_MAX

HEAD = 4096
"""Bytes looked at, from the first."""


class Format(StrEnum):
    """What is read; the value is the reader's module."""

    PDF = "pdf"
    DOCX = "docx"
    ODT = "odt"
    EML = "eml"
    MSG = "msg"
    HTML = "web"
    RTF = "rtf"
    TXT = "text"
    PHOTO = "photo"


_FORMATS: dict[str, Format] = {
    ".pdf": Format.PDF,
    ".docx": Format.DOCX,
    ".odt": Format.ODT,
    ".eml": Format.EML,
    ".msg": Format.MSG,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".xhtml": Format.HTML,
    ".rtf": Format.RTF,
    ".txt": Format.TXT,
    ".text": Format.TXT,
    ".jpg": Format.PHOTO,
    ".jpeg": Format.PHOTO,
    ".jpe": Format.PHOTO,
    ".jfif": Format.PHOTO,
    ".png": Format.PHOTO,
    ".webp": Format.PHOTO,
    ".heic": Format.PHOTO,
    ".heif": Format.PHOTO,
}
"""The end of a name → what it promises."""
_REFUSED: dict[str, Refusal] = {
    **dict.fromkeys((".docm", ".dotm", ".xlsm", ".pptm"), Refusal.MACROS),
    **dict.fromkeys((".doc", ".dot"), Refusal.OLD_WORD),
    **dict.fromkeys((".xls", ".xlsx", ".ods", ".ppt", ".pptx", ".odp"), Refusal.OLD_SHEET),
}
_JPEG, _PNG, _WEBP, _HEIC = (
    frozenset({".jpg", ".jpeg", ".jpe", ".jfif"}),
    frozenset({".png"}),
    frozenset({".webp"}),
    frozenset({".heic", ".heif"}),
)
_HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
_CFB = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TAG = re.compile(rb"<(?:!doctype|!--|\?xml|/?[a-z][a-z0-9]*[\s/>])", re.IGNORECASE)
_HEADER = re.compile(rb"(?:From [^\n]*\n)?[!-9;-~]+[ \t]*:", re.IGNORECASE)
_BOMS = (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")
# What no text holds; escape and form feed stand in some old ones.
_NOT_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def format_of(path: Path, name: str) -> Format:
    """Return what the file at ``path`` is, sent under ``name``.

    Raises `Invalid` (« document ») for a file that is empty, too large, of another kind, or that
    is not what the end of its name says. Only the first bytes are looked at: each reader looks at
    the rest, in its own process.
    """
    ending = PurePath(name).suffix.lower()
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        head = file.read(HEAD)
    if not size:
        raise refused(Refusal.EMPTY)
    if size > BYTES_MAX:
        raise refused(Refusal.LARGE)
    promised = taken(ending)
    if head.startswith(_CFB) and promised is Format.DOCX:
        # A word processor seals a file with a password in a container of this kind.
        raise refused(Refusal.ENCRYPTED)
    if not _agrees(promised, ending, head):
        raise refused(Refusal.MISMATCH)
    return promised


def taken(ending: str) -> Format:
    """Return what the end of a name promises (« .pdf »); raise `Invalid` for what is not taken."""
    if ending in _REFUSED:
        raise refused(_REFUSED[ending])
    promised = _FORMATS.get(ending)
    if promised is None:
        raise refused(Refusal.UNKNOWN)
    return promised


def _agrees(promised: Format, ending: str, head: bytes) -> bool:
    match promised:
        case Format.PDF:
            return b"%PDF-" in head[:1024]
        case Format.DOCX | Format.ODT:
            return head.startswith(b"PK\x03\x04")
        case Format.MSG:
            return head.startswith(_CFB)
        case Format.RTF:
            return head.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"{\\rtf")
        case Format.PHOTO:
            return ending in _endings_of(head)
        case _:
            return _is_text(head) and _looks(promised, head)


def _endings_of(head: bytes) -> frozenset[str]:
    """Return the ends of names of the photo that begins so; none for anything else."""
    if head.startswith(b"\xff\xd8\xff"):
        # Telephones send photos in JPEG under any name of a photo.
        return _JPEG | _HEIC
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return _PNG
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return _WEBP
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC_BRANDS:
        return _HEIC
    return frozenset()


def _is_text(head: bytes) -> bool:
    if head.startswith(_BOMS[:2]):
        return True
    return not _NOT_TEXT.search(head) and not head.startswith((b"%PDF-", b"{\\rtf"))


def _looks(promised: Format, head: bytes) -> bool:
    if promised is Format.TXT:
        return True
    if promised is Format.EML:
        return _HEADER.match(head.lstrip(b"\xef\xbb\xbf\r\n ")) is not None
    return _TAG.search(head.replace(b"\0", b"")) is not None
