"""A form with files, read as it comes: nothing of it stands on a disk, and no file has a name.

The framework's own reader writes files in clear to a temporary folder: this one hands each piece
over and forgets it.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from enum import Enum
from pathlib import PurePath

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.requests import ClientDisconnect, Request

from .answers import FIELDS_MAX, BadBody


class What(Enum):
    """What a piece of a form is."""

    FIELD = "field"
    FILE = "file"
    DATA = "data"
    END = "end"


@dataclass(frozen=True, slots=True)
class Piece:
    """A field with its text; or a file that begins (its text is « .pdf »), its bytes, its end."""

    what: What
    name: str = ""
    text: str = ""
    data: bytes = b""


class _Reader:
    """Turns bytes into pieces; what is no form of ours raises `BadBody`."""

    def __init__(self, boundary: bytes, names: re.Pattern[str], field_max: int) -> None:
        self.pieces: list[Piece] = []
        self.whole = False
        self._names, self._field_max = names, field_max
        self._parts, self._seen = 0, set[str]()
        self._header, self._value, self._told = b"", b"", b""
        self._name, self._file = "", False
        self._text = bytearray()
        self._parser = MultipartParser(
            boundary,
            {
                "on_part_begin": self._begin,
                "on_header_field": self._header_field,
                "on_header_value": self._header_value,
                "on_header_end": self._header_end,
                "on_headers_finished": self._headers,
                "on_part_data": self._data,
                "on_part_end": self._end,
                "on_end": self._over,
            },
        )

    def read(self, chunk: bytes) -> list[Piece]:
        """Return the pieces that these bytes bring."""
        self.pieces = []
        try:
            self._parser.write(chunk)
        except FormParserError:
            raise BadBody(422) from None
        return self.pieces

    def _begin(self) -> None:
        self._parts += 1
        if self._parts > FIELDS_MAX:
            raise BadBody(422)
        self._told, self._name, self._file = b"", "", False
        self._text.clear()

    def _header_field(self, data: bytes, start: int, end: int) -> None:
        self._header += data[start:end]

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _header_end(self) -> None:
        if self._header.lower() == b"content-disposition":
            self._told = self._value
        self._header, self._value = b"", b""

    def _headers(self) -> None:
        _, options = parse_options_header(self._told)
        self._name = options.get(b"name", b"").decode("utf-8", "replace")
        if not self._names.fullmatch(self._name):
            raise BadBody(422)
        self._file = b"filename" in options
        if self._file:
            named = options[b"filename"].decode("utf-8", "replace")
            # A field left empty names no file; a file whose name has no end is told from it.
            ending = PurePath(named).suffix.lower() or "." if named else ""
            self.pieces.append(Piece(What.FILE, self._name, ending))
        elif self._name in self._seen:
            raise BadBody(422)
        else:
            self._seen.add(self._name)

    def _data(self, data: bytes, start: int, end: int) -> None:
        if self._file:
            self.pieces.append(Piece(What.DATA, data=data[start:end]))
            return
        self._text += data[start:end]
        if len(self._text) > self._field_max:
            raise BadBody(413)

    def _end(self) -> None:
        if self._file:
            self.pieces.append(Piece(What.END))
            return
        try:
            text = self._text.decode("utf-8")
        except ValueError:
            raise BadBody(422) from None
        self.pieces.append(Piece(What.FIELD, self._name, text))

    def _over(self) -> None:
        self.whole = True


async def pieces_of(
    request: Request, names: re.Pattern[str], *, longest: int, field_max: int
) -> AsyncIterator[Piece]:
    """Give the pieces of a form one by one; a file's bytes as they come, in any size.

    Raises `BadBody`: 415 for another kind of body, 400 for one whose sender left, 413 past
    ``longest`` bytes (counted, whatever is announced) or past ``field_max`` in a field, 422 for a
    name that is none of ``names``, a field that comes twice, or a body that is cut.
    """
    kind, options = parse_options_header(request.headers.get("content-type", ""))
    if kind != b"multipart/form-data" or not options.get(b"boundary"):
        raise BadBody(415)
    try:
        reader = _Reader(options[b"boundary"], names, field_max)
    except FormParserError:
        raise BadBody(422) from None
    size = 0
    try:
        async for chunk in request.stream():
            size += len(chunk)
            if size > longest:
                raise BadBody(413)
            for piece in reader.read(chunk):
                yield piece
    except ClientDisconnect:  # nobody is left to hear of it, and nothing is wrong here
        raise BadBody(400) from None
    if not reader.whole:
        raise BadBody(422)
