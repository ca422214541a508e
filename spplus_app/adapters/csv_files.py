"""Tables as people hand them over: CSV separated by « ; », gzipped or not."""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..domain.imports import BrokenFile

BYTES_MAX = 1_000_000_000
"""Beyond, once inflated, this is no table of ours: every official experience holds 300 MB."""
_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Table:
    """The headings of a file and its rows, as text; ``encoding`` is how its bytes were read."""

    headings: list[str]
    rows: list[list[str]]
    encoding: str = "utf-8"


def read_table(path: Path) -> Table:
    """Return the table in ``path``, whole; raise `BrokenFile` with a sentence that says why."""
    content = _bytes(path)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _not_utf8(error) from None
    return Table(*_rows(csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True)))


def read_loose(path: Path) -> Table:
    """Return the table in ``path`` as its defects leave it, for a reader that repairs them.

    Records cut by a line end stay cut, blank lines are empty rows, Windows-1252 is understood.
    """
    text, encoding = _decoded(_bytes(path))
    lines = _Lines(text)
    headings, rows = _rows(csv.reader(lines, delimiter=";"), lines)
    return Table(headings, rows, encoding)


class _Lines:
    """The lines of a text, and those of the record being read."""

    def __init__(self, text: str) -> None:
        self._lines = io.StringIO(text, newline="")
        self.record: list[str] = []

    def __iter__(self) -> Iterator[str]:
        for line in self._lines:
            self.record.append(line)
            yield line

    def check_end(self) -> None:
        """Raise `csv.Error` when the last record ends within quotes: a loose reader does not."""
        try:
            list(csv.reader(self.record, delimiter=";", strict=True))
        except csv.Error as error:
            if "unexpected end" in str(error):
                raise


def _rows(reader: Any, lines: _Lines | None = None) -> tuple[list[str], list[list[str]]]:
    rows: list[list[str]] = []
    try:
        for row in reader:
            rows.append(row)
            if lines is not None:
                last, lines.record = lines.record, []
        if lines is not None and rows:
            lines.record = last
            lines.check_end()
    except csv.Error as error:
        where = f"Ligne {reader.line_num} du fichier"
        if "field larger" in str(error):
            many = csv.field_size_limit()
            raise BrokenFile(f"{where} : une case dépasse {many} caractères.") from None
        raise BrokenFile(f"{where} : guillemets mal fermés ({error}).") from None
    if not rows or len(rows[0]) < 2:
        raise BrokenFile("Ce fichier n’a pas de colonnes séparées par des points-virgules.")
    return rows[0], rows[1:]


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as plain:
            packed = plain.read(2) == _GZIP
        with gzip.open(path) if packed else path.open("rb") as handle:
            content = handle.read(BYTES_MAX + 1)
    except FileNotFoundError:
        raise BrokenFile(f"Le fichier {path} n’existe pas.") from None
    except (EOFError, gzip.BadGzipFile, zlib.error):
        raise BrokenFile("Le fichier compressé est abîmé ou incomplet.") from None
    except OSError as error:
        raise BrokenFile(f"Le fichier {path} ne peut pas être lu ({error.strerror}).") from None
    if len(content) > BYTES_MAX:
        raise BrokenFile(f"Le fichier dépasse {BYTES_MAX // 1_000_000} Mo.")
    return content


def _decoded(content: bytes) -> tuple[str, str]:
    if b"\0" in content:
        raise BrokenFile("Ce fichier n’est pas un texte : exportez-le en « CSV UTF-8 ».")
    try:
        return content.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError as error:
        try:
            return content.decode("cp1252"), "cp1252"
        except UnicodeDecodeError:
            raise _not_utf8(error) from None


def _not_utf8(error: UnicodeDecodeError) -> BrokenFile:
    return BrokenFile(
        f"Le fichier n’est pas en UTF-8 (octet {error.start}). Enregistrez-le en « CSV UTF-8 »."
    )
