"""PDF files written by hand for the tests: letters, fields, and what an attacker would write."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

LETTER = (
    "Madame, Monsieur, vous avez déposé le 3 mars une demande d’aide au logement auprès de nos "
    "services. Après examen de votre dossier, nous constatons qu’il manque une pièce : votre avis "
    "d’impôt de l’an dernier. Sans réponse de votre part avant le 15 avril, votre demande sera "
    "classée sans suite, conformément à l’article R. 823-12 du code de la construction. "
)
A4 = (595, 842)


def wrapped(text: str, width: int = 88) -> list[str]:
    """Lines of at most ``width`` characters."""
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) >= width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def drawn(lines: Sequence[str], size: int = 10, top: int = 790, left: int = 50) -> bytes:
    """A content stream that draws lines from the top of an A4 sheet."""
    parts = [f"BT /F1 {size} Tf {left} {top} Td {size + 2} TL".encode()]
    for line in lines:
        told = line.encode("cp1252").replace(b"\\", b"\\\\")
        parts.append(b"(" + told.replace(b"(", b"\\(").replace(b")", b"\\)") + b") Tj T*")
    return b"\n".join([*parts, b"ET"])


def stream(content: bytes, more: bytes = b"") -> bytes:
    """A stream object, as it is."""
    return b"<<" + more + b"/Length %d>>stream\n" % len(content) + content + b"\nendstream"


def deflated(content: bytes, times: int = 1, more: bytes = b"") -> bytes:
    """A stream object, compressed as many times as said."""
    for _ in range(times):
        content = zlib.compress(content, 9)
    filters = b"/FlateDecode " * times
    return stream(content, more + b"/Filter[" + filters + b"]")


def written(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """A whole file: ``objects[0]`` is number 1, the catalogue."""
    made, places = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return (
        made
        + b"xref\n0 %d\n0000000000 65535 f \n" % size
        + table
        + b"trailer\n<</Size %d/Root 1 0 R" % size
        + trailer
        + b">>\nstartxref\n%d\n%%%%EOF\n" % len(made)
    )


def pdf(
    contents: Sequence[bytes],
    catalogue: bytes = b"",
    page: bytes = b"",
    box: tuple[float, float] = A4,
    more: Sequence[bytes] = (),
) -> bytes:
    """A file of one page for each stream object; ``more`` objects begin at number 4."""
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
    first = 4 + len(more)
    kids = b" ".join(b"%d 0 R" % (first + 2 * at) for at in range(len(contents)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R" + catalogue + b">>",
        b"<</Type/Pages/Count %d/Kids[" % len(contents) + kids + b"]>>",
        font,
        *more,
    ]
    for at, content in enumerate(contents):
        sheet = f"/MediaBox[0 0 {box[0]} {box[1]}]".encode()
        objects += [
            b"<</Type/Page/Parent 2 0 R/Resources<</Font<</F1 3 0 R/Helv 3 0 R>>>>"
            + sheet
            + b"/Contents %d 0 R" % (first + 2 * at + 1)
            + page
            + b">>",
            content,
        ]
    return written(objects)


def letter(pages: int = 1, lines: int = 36) -> bytes:
    """A letter in text of so many pages, each numbered in its first line."""
    body = wrapped(LETTER * 12)[:lines]
    return pdf(
        [
            stream(drawn([f"Page numéro {at}, dossier {at * 7}", *body]))
            for at in range(1, pages + 1)
        ]
    )
