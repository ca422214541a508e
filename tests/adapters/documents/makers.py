"""Small good files of each kind, and the archives that an attacker would write."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

import docx
import odfdo
from PIL import Image, ImageDraw, ImageFont

WORDS = (
    "Madame, Monsieur,\n"
    "Nous avons votre demande de bourse\n"
    "du 3 mars pour votre enfant.\n"
    "Il manque votre avis de situation."
)


def saved(document: object) -> bytes:
    """What a library of documents writes."""
    made = io.BytesIO()
    document.save(made)  # type: ignore[attr-defined]
    return made.getvalue()


def word() -> bytes:
    """A letter as a word processor makes it: title, heading, lists, table."""
    made = docx.Document()
    made.add_heading("Votre demande d’aide", 0)
    made.add_heading("Ce qui manque", 1)
    paragraph = made.add_paragraph("Il manque ")
    paragraph.add_run("deux pièces").bold = True
    paragraph.add_run(" à votre dossier.")
    made.add_paragraph("Votre avis d’impôt", style="List Bullet")
    made.add_paragraph("Envoyez-les", style="List Number")
    made.add_paragraph("Attendez", style="List Number")
    table = made.add_table(2, 2)
    for at, text in enumerate(("Mois", "Montant", "mars", "120 €")):
        table.cell(at // 2, at % 2).text = text
    made.add_paragraph("Cordialement")
    return saved(made)


def open_document() -> bytes:
    """The same letter, as another word processor makes it."""
    made = odfdo.Document("text")
    body = made.body
    body.clear()
    body.append(odfdo.Paragraph("Votre demande d’aide", style="Title"))
    body.append(odfdo.Header(1, "Ce qui manque"))
    paragraph = odfdo.Paragraph("Il manque ")
    paragraph.append(odfdo.Span("deux pièces"))
    paragraph.append(" à votre dossier.")
    body.append(paragraph)
    body.append(odfdo.List(["Votre avis d’impôt", "Votre bail"]))
    table = odfdo.Table("a", width=2, height=2)
    table.set_values([["Mois", "Montant"], ["mars", "120 €"]])
    body.append(table)
    body.append(odfdo.Paragraph("Cordialement"))
    return saved(made)


def with_members(package: bytes, members: Mapping[str, bytes]) -> bytes:
    """An archive with some members more, or in place of its own."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as before,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for info in before.infolist():
            if info.filename not in members:
                after.writestr(info, before.read(info.filename))
        for name, content in members.items():
            after.writestr(name, content)
    return made.getvalue()


def body(content: str) -> bytes:
    """A word processor's document with this body."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    main = f'<w:document xmlns:w="{space}"><w:body>{content}</w:body></w:document>'
    return with_members(word(), {"word/document.xml": main.encode()})


def photo(
    text: str = WORDS, form: str = "JPEG", size: tuple[int, int] = (1600, 900), **more: object
) -> bytes:
    """A photo of a printed letter; the font that comes with Pillow has no accents."""
    image = Image.new("RGB", size, "white")
    drawn = ImageDraw.Draw(image)
    drawn.multiline_text((100, 100), text, "black", ImageFont.load_default(48), spacing=30)
    made = io.BytesIO()
    image.save(made, form, **more)
    return made.getvalue()


def compound(streams: Mapping[str, bytes]) -> bytes:
    """A compound file (MS-CFB), as Outlook writes messages; « a/b » stands in a storage « a ».

    Sectors of 512 bytes; small streams are padded, so that none needs the small sectors.
    """
    entries: list[tuple[str, int, list[int], bytes]] = [("Root Entry", 5, [], b"")]
    for path, content in streams.items():
        at = 0
        *storages, name = path.split("/")
        for storage in storages:
            found = [one for one in entries[at][2] if entries[one][0] == storage]
            if not found:
                entries.append((storage, 1, [], b""))
                entries[at][2].append(len(entries) - 1)
            at = found[0] if found else len(entries) - 1
        entries.append((name, 2, [], content.ljust(4096, b"\0")))
        entries[at][2].append(len(entries) - 1)
    chained: list[int] = []
    sectors = b""

    def stored(content: bytes) -> int:
        nonlocal sectors
        first, count = len(chained), -(-len(content) // 512)
        chained.extend([*range(first + 1, first + count), -2])
        sectors += content.ljust(512 * count, b"\0")
        return first

    right = dict.fromkeys(range(len(entries)), -1)
    for _, _, children, _ in entries:
        right.update(pairwise(children))
    folder = b""
    for at, (name, kind, children, content) in enumerate(entries):
        told = f"{name}\0".encode("utf-16-le")
        start = stored(content) if kind == 2 else -2 if kind == 5 else 0
        folder += told.ljust(64, b"\0") + struct.pack("<HBB", len(told), kind, 1)
        folder += struct.pack("<iii", -1, right[at], children[0] if children else -1)
        folder += bytes(36) + struct.pack("<iQ", start, len(content))
    folder += bytes(-len(folder) % 512)
    first = stored(folder)
    tables = (len(chained) + 127) // 127
    places = list(range(len(chained), len(chained) + tables))
    chained += [-3] * tables
    chained += [-1] * (128 * tables - len(chained))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<HHHHH6xiiiiiiiii", 62, 3, 0xFFFE, 9, 6, 0, tables, first, 0, 4096,
                        -2, 0, -2, 0)  # fmt: skip
    head += struct.pack("<109i", *places, *[-1] * (109 - tables))
    return head + sectors + struct.pack(f"<{len(chained)}i", *chained)


def outlook(more: Mapping[str, bytes] | None = None, **texts: str) -> bytes:
    """A message as Outlook keeps it: ``subject``, ``body``."""
    codes = {"subject": "0037", "body": "1000"}
    # Padded with what stands for nothing at the end of a text.
    streams = {
        f"__substg1.0_{codes[name]}001F": text.encode("utf-16-le") for name, text in texts.items()
    }
    return compound({"__properties_version1.0": b"", **streams, **(more or {})})


def written(folder: Path, content: bytes) -> Path:
    """A file that holds this."""
    path = folder / "file"
    path.write_bytes(content)
    return path
