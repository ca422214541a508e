"""Documents that are an archive of XML (DOCX, ODT): counted before anything is opened."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from typing import Protocol
from xml.parsers import expat

from spplus_app.domain.documents.not_taken import NotTaken, Refusal

MEMBERS_MAX = 500
INFLATED_MAX = 50 * 1024 * 1024
"""Most members of an archive, and most bytes of all of them once inflated (reference: security)."""
XML_MAX = 5 * 1024 * 1024
"""Most bytes of one XML member, once inflated (reference: security)."""
DEPTH_MAX = 200
"""Deepest elements within elements."""

_ENTRY = b"PK\x01\x02"


class Package:
    """An archive whose members are read one by one, never extracted."""

    def __init__(self, source: bytes) -> None:
        """Raise `NotTaken` for what is no archive, is sealed, or holds far too much."""
        # Counted in the bytes: listing what an attacker wrote takes memory for each.
        if source.count(_ENTRY) > MEMBERS_MAX:
            raise NotTaken(Refusal.BOMB)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(source))
        except (zipfile.BadZipFile, ValueError, NotImplementedError):
            raise NotTaken(Refusal.MISMATCH) from None
        infos = self._zip.infolist()
        if len(infos) > MEMBERS_MAX or sum(one.file_size for one in infos) > INFLATED_MAX:
            raise NotTaken(Refusal.BOMB)
        if any(one.flag_bits & 1 for one in infos):
            raise NotTaken(Refusal.ENCRYPTED)
        self.names = {one.filename: one for one in infos}
        self._room = INFLATED_MAX

    def content(self, name: str, most: int = XML_MAX) -> bytes:
        """Return a member, inflated, nothing when it is not there; raise `NotTaken` past ``most``.

        What is really inflated is counted: what the archive says of itself may be false.
        """
        if name not in self.names:
            return b""
        most = min(most, self._room)
        try:
            with self._zip.open(name) as member:
                content = member.read(most + 1)
        except (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, EOFError):
            raise NotTaken(Refusal.MISMATCH) from None
        if len(content) > most:
            raise NotTaken(Refusal.BOMB)
        self._room -= len(content)
        return content


class Handler(Protocol):
    """What is told of an XML member as it is read; names are ``namespace name``."""

    def opened(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""

    def closed(self, name: str) -> None:
        """An element ends."""

    def said(self, text: str) -> None:
        """Some text."""


def parsed(content: bytes, handler: Handler) -> None:
    """Tell ``handler`` what an XML member holds.

    Raises `NotTaken` for a member that is no XML, that is too deep, or that declares a document
    type: those written by word processors never do, entities need one.
    """
    if not content:
        return
    depth = 0

    def opened(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEPTH_MAX:
            raise NotTaken(Refusal.DEEP)
        handler.opened(name, attributes)

    def closed(name: str) -> None:
        nonlocal depth
        depth -= 1
        handler.closed(name)

    def declared(*_: object) -> None:
        raise NotTaken(Refusal.BOMB)

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    parser.CharacterDataHandler = handler.said
    parser.StartDoctypeDeclHandler = declared
    try:
        parser.Parse(content, True)
    except expat.ExpatError:
        raise NotTaken(Refusal.MISMATCH) from None


class Collected:
    """A `Handler` that keeps the elements of a small member, with where each stands."""

    def __init__(self) -> None:
        self.elements: list[tuple[tuple[str, ...], Mapping[str, str]]] = []
        self._path: list[str] = []

    def opened(self, name: str, attributes: Mapping[str, str]) -> None:
        """Keep an element: the names from the root to it, its attributes."""
        self._path.append(name)
        self.elements.append((tuple(self._path[-3:]), attributes))

    def closed(self, name: str) -> None:
        """Leave an element."""
        self._path.pop()

    def said(self, text: str) -> None:
        """Leave text alone."""


def collected(content: bytes) -> list[tuple[tuple[str, ...], Mapping[str, str]]]:
    """Return the elements of a member in order: the last three names of their path, attributes."""
    handler = Collected()
    parsed(content, handler)
    return handler.elements
