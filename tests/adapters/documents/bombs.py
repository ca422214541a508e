"""What an attacker sends: little on the wire, very much once opened."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from . import makers
from .pdf_maker import letter, pdf, stream


def blown(megabytes: int) -> bytes:
    """So many megabytes of spaces, deflated, without ever having them in memory."""
    chunk = b" " * 2**20
    made = zlib.compressobj(9)
    first, again = (made.compress(chunk) + made.flush(zlib.Z_FULL_FLUSH) for _ in range(2))
    check = 1
    for _ in range(megabytes):
        check = zlib.adler32(chunk, check)
    return first + again * (megabytes - 1) + b"\x03\x00" + struct.pack(">I", check)


def nested_flate() -> bytes:
    """A PDF of a kilobyte or two whose page is compressed three times over."""
    inner = zlib.compress(zlib.compress(blown(800), 9), 9)
    filters = b"/Filter[/FlateDecode/FlateDecode/FlateDecode]"
    return pdf([stream(inner, filters)])


def cyclic_outline() -> bytes:
    """A PDF whose outline never ends, and whose pages are their own parents."""
    outline = [b"<</First 5 0 R/Last 5 0 R>>", b"<</Title(a)/Next 5 0 R/Prev 5 0 R/First 4 0 R>>"]
    return pdf([stream(b"")], b"/Outlines 4 0 R", more=outline)


def cyclic_pages() -> bytes:
    """A PDF whose tree of pages holds itself."""
    return letter(2).replace(b"/Kids[4 0 R 6 0 R]", b"/Kids[2 0 R 2 0 R]")


def huge_page() -> bytes:
    """A PDF whose sheet is a thousand kilometres wide."""
    return pdf([stream(b"BT /F1 9 Tf 9 9 Td (Bonjour) Tj ET")], box=(3e9, 3e9))


def many_forms() -> bytes:
    """A PDF whose page draws a drawing ten times, which draws another ten times, and so on."""
    forms = []
    for number in range(4, 16):
        forms.append(
            stream(
                b"/X Do " * 10,
                b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>"
                % (number + 1),
            )
        )
    forms.append(stream(b"0 0 9 9 re f", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]"))
    content = pdf([stream(b"/X Do")], more=forms)
    return content.replace(b"/Resources<</Font", b"/Resources<</XObject<</X 4 0 R>>/Font")


def many_paragraphs() -> bytes:
    """A DOCX of 300 KB with three million paragraphs."""
    return makers.body("<w:p/>" * 3_000_000)


def many_members() -> bytes:
    """A DOCX of three thousand members."""
    return makers.with_members(makers.word(), {f"word/{at}.xml": b"a" for at in range(3000)})


def much_inflated(name: str = "word/media/a.bin") -> bytes:
    """A DOCX with a member of 60 MB of nothing."""
    return makers.with_members(makers.word(), {name: bytes(60 * 2**20)})


def lying_archive() -> bytes:
    """A DOCX whose main member says that it is small."""
    content = makers.body("<w:p/>" * 3_000_000)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        size = package.getinfo("word/document.xml").file_size
    return content.replace(struct.pack("<I", size), struct.pack("<I", 1000))


def laughs() -> bytes:
    """A DOCX of entities of entities."""
    told = "<!DOCTYPE a [<!ENTITY l0 'ha'>"
    for at in range(1, 30):
        told += f"<!ENTITY l{at} '&l{at - 1};&l{at - 1};'>"
    return makers.with_members(
        makers.word(), {"word/document.xml": f"{told}]><a>&l29;</a>".encode()}
    )


def nested_message() -> bytes:
    """An e-mail of 288 KB: a message within a message, thousands of times."""
    return b"Content-Type: message/rfc822\n\n" * 9600 + b"Subject: a\n\nb"


def nested_parts() -> bytes:
    """An e-mail whose parts are within parts."""
    told = b"Subject: a\n"
    for at in range(3000):
        told += b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (at, at)
    return told


def deep_page() -> bytes:
    """A page of a hundred thousand elements within each other."""
    return b"<p>a" + b"<div>" * 100_000 + b"b"


def wide_page() -> bytes:
    """A page of a million elements."""
    return b"<p>a" + b"<b>" * 1_000_000


def white_image() -> bytes:
    """A PNG of a few kilobytes and ten thousand million points."""
    return _png(100_000, 100_000)


def heavy_image() -> bytes:
    """A PNG as large as is allowed, of four bytes a point."""
    return _png(11_000, 10_900)


def _png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        told = struct.pack(">I", len(content)) + kind + content
        return told + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", width, height, 16, 6, 0, 0, 0)
    rows = zlib.compress(bytes(8 * 2**20), 9)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def deep_rtf() -> bytes:
    """An RTF of a million groups."""
    return rb"{\rtf1 " + b"{" * 1_000_000


BOMBS = {
    "nested_flate.pdf": nested_flate,
    "cyclic_outline.pdf": cyclic_outline,
    "cyclic_pages.pdf": cyclic_pages,
    "huge_page.pdf": huge_page,
    "many_forms.pdf": many_forms,
    "many_paragraphs.docx": many_paragraphs,
    "many_members.docx": many_members,
    "much_inflated.docx": much_inflated,
    "lying_archive.docx": lying_archive,
    "laughs.docx": laughs,
    "nested_message.eml": nested_message,
    "nested_parts.eml": nested_parts,
    "deep_page.html": deep_page,
    "wide_page.html": wide_page,
    "white_image.png": white_image,
    "heavy_image.png": heavy_image,
    "deep.rtf": deep_rtf,
}
"""The name that a bomb is sent under, and what makes it."""
