"""What a PDF may not hold: scripts, programs to start, other files.

Nothing of the kind is ever run here, nor shown to anybody: a file that holds some is refused
because it is not what a citizen received, or not only. The scripts that come with every form made
by Adobe's own tool, as the Cerfa forms are, ask for the version of the program that shows them;
they are let through.
"""

from __future__ import annotations

import ctypes
import re

from spplus_app.domain.documents.not_taken import NotTaken, Refusal

from . import pdfium

TYPE_CHECKING = False  # `typing` takes longer to import than a letter to read.
if TYPE_CHECKING:
    from typing import Any

INFLATED_MAX = 20 * 1024 * 1024
"""Most bytes of objects that are looked at, once inflated."""
OF_THE_MAKER = "!ADBE::"
"""How the names of those scripts begin."""

_STREAM = re.compile(rb"stream\r?\n")
_ESCAPED = re.compile(rb"#([0-9a-fA-F]{2})")
_SCRIPT = re.compile(rb"/S\s*/JavaScript(?![A-Za-z0-9])")
_LAUNCH = re.compile(rb"/S\s*/(?:Launch|ImportData|Rendition|Movie)(?![A-Za-z0-9])")


def check(source: bytes, document: Any) -> None:
    """Raise `NotTaken` for a document, open, of which ``source`` is the file."""
    if pdfium.attachment_count(document) > 0:
        raise NotTaken(Refusal.ATTACHMENTS)
    objects = _objects(source)
    if _LAUNCH.search(objects):
        raise NotTaken(Refusal.SCRIPTS)
    names = _names(document)
    if not all(name.startswith(OF_THE_MAKER) for name in names):
        raise NotTaken(Refusal.SCRIPTS)
    if len(_SCRIPT.findall(objects)) > len(names):
        raise NotTaken(Refusal.SCRIPTS)


def _names(document: Any) -> list[str]:
    names = []
    for index in range(min(pdfium.script_count(document), 100)):
        action = pdfium.script_at(document, index)
        if not action:
            continue
        buffer = (ctypes.c_ushort * 128)()
        size = pdfium.script_name(action, buffer, ctypes.sizeof(buffer))
        pdfium.close_script(action)
        told = bytes(memoryview(buffer).cast("B"))[: max(0, min(size, 256) - 2)]
        names.append(told.decode("utf-16-le", "replace"))
    return names


def _objects(source: bytes) -> bytes:
    """Return the objects of a file without its streams, and those that streams of objects hold."""
    parts: list[bytes] = []
    room = INFLATED_MAX
    at = 0
    while (found := _STREAM.search(source, at)) is not None:
        head = source[at : found.start()]
        parts.append(head)
        end = source.find(b"endstream", found.end())
        end = len(source) if end < 0 else end
        if b"/ObjStm" in head[-1000:]:
            held = _inflated(source[found.end() : end], room)
            room -= len(held)
            parts.append(held)
        at = end
    parts.append(source[at:])
    return _ESCAPED.sub(lambda one: bytes([int(one[1], 16)]), b"\n".join(parts))


def _inflated(content: bytes, most: int) -> bytes:
    import zlib

    try:
        return zlib.decompressobj().decompress(content, max(1, most))
    except zlib.error:
        return b""
