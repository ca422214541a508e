"""Files of structures as people hand them over: CSV separated by « ; », gzipped or not."""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from dataclasses import dataclass
from pathlib import Path

from ..domain.structure_import import BrokenFile

BYTES_MAX = 200_000_000
"""Beyond, once inflated, this is not a referential: the official one holds 4 MB."""
_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Table:
    """The headings of a file and its rows, as text."""

    headings: list[str]
    rows: list[list[str]]


def read_table(path: Path) -> Table:
    """Return the table in ``path``, whole; raise `BrokenFile` with a sentence that says why."""
    text = _decoded(_bytes(path))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True)
    try:
        headings = next(reader, None)
        rows = list(reader)
    except csv.Error as error:
        line = reader.line_num
        raise BrokenFile(f"Ligne {line} du fichier : guillemets mal fermés ({error}).") from None
    if not headings or len(headings) < 2:
        raise BrokenFile("Ce fichier n’a pas de colonnes séparées par des points-virgules.")
    return Table(headings, rows)


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


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BrokenFile(
            f"Le fichier n’est pas en UTF-8 (octet {error.start}). Enregistrez-le en « CSV UTF-8 »."
        ) from None
