"""Documents of word processors: what they show, in order, and what makes them refused."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest

from spplus_app.domain.documents.not_taken import Refusal

from . import makers, reads

TYPES = "[Content_Types].xml"
RELATIONS = "word/_rels/document.xml.rels"


def relation(kind: str, target: str, mode: str = "External") -> bytes:
    """The relations of a document, one more: to something of this kind."""
    with zipfile.ZipFile(io.BytesIO(makers.word())) as package:
        told = package.read(RELATIONS).decode()
    where = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    one = f'<Relationship Id="rX" Type="{where}/{kind}" Target="{target}" TargetMode="{mode}"/>'
    return told.replace("</Relationships>", f"{one}</Relationships>").encode()


def test_a_docx_gives_what_it_shows(tmp_path: Path) -> None:
    text = reads.of(tmp_path, "a.docx", makers.word())
    assert reads.outline(text) == [
        ("title", "Votre demande d’aide"),
        ("heading", "Ce qui manque"),
        ("paragraph", "Il manque deux pièces à votre dossier."),
        ("list_item", "Votre avis d’impôt"),
        ("list_item", "Envoyez-les"),
        ("list_item", "Attendez"),
        ("cell", "Mois"),
        ("cell", "Montant"),
        ("cell", "mars"),
        ("cell", "120 €"),
        ("paragraph", "Cordialement"),
    ]
    blocks = [one.block for one in text.blocks]
    assert [one.marker for one in blocks[3:6]] == ["•", "1.", "2."]
    assert [(one.row, one.column) for one in blocks[6:10]] == [(0, 0), (0, 1), (1, 0), (1, 1)]
    assert blocks[1].level == 1


def test_an_odt_gives_what_it_shows(tmp_path: Path) -> None:
    text = reads.of(tmp_path, "a.odt", makers.open_document())
    assert reads.outline(text) == [
        ("title", "Votre demande d’aide"),
        ("heading", "Ce qui manque"),
        ("paragraph", "Il manque deux pièces à votre dossier."),
        ("list_item", "Votre avis d’impôt"),
        ("list_item", "Votre bail"),
        ("cell", "Mois"),
        ("cell", "Montant"),
        ("cell", "mars"),
        ("cell", "120 €"),
        ("paragraph", "Cordialement"),
    ]
    blocks = [one.block for one in text.blocks]
    assert [(one.row, one.column) for one in blocks[5:9]] == [(0, 0), (0, 1), (1, 0), (1, 1)]


def test_what_nobody_reads_in_a_docx_stays_out(tmp_path: Path) -> None:
    content = makers.body(
        "<w:p><w:r><w:t>Lu</w:t></w:r>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>caché</w:t></w:r>"
        "<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t xml:space='preserve'> aussi</w:t></w:r>"
        "<w:del><w:r><w:delText>rayé</w:delText></w:r></w:del>"
        "<w:r><w:instrText>HYPERLINK</w:instrText></w:r></w:p>"
    )
    assert reads.of(tmp_path, "a.docx", content).text == "Lu aussi"


def test_a_table_within_a_cell_is_text_of_the_cell(tmp_path: Path) -> None:
    inner = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>dedans</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    content = makers.body(
        f"<w:tbl><w:tr><w:tc><w:p><w:r><w:t>avant</w:t></w:r></w:p>{inner}</w:tc></w:tr></w:tbl>"
    )
    assert reads.outline(reads.of(tmp_path, "a.docx", content)) == [("cell", "avant dedans")]


def test_a_link_is_read_as_text(tmp_path: Path) -> None:
    content = makers.with_members(
        makers.word(), {RELATIONS: relation("hyperlink", "javascript:alert(1)")}
    )
    text = reads.of(tmp_path, "a.docx", content).text
    assert "Cordialement" in text and "javascript" not in text


@pytest.mark.parametrize(
    ("members", "why"),
    [
        ({"word/vbaProject.bin": b"x"}, Refusal.MACROS),
        ({"word/embeddings/oleObject1.bin": b"x"}, Refusal.OBJECTS),
        ({"word/activeX/activeX1.xml": b"x"}, Refusal.OBJECTS),
        ({RELATIONS: relation("attachedTemplate", "https://a.example/a.dotm")}, Refusal.OUTSIDE),
        ({RELATIONS: relation("image", "https://a.example/a.png")}, Refusal.OUTSIDE),
        ({RELATIONS: relation("aFChunk", "a.html", "Internal")}, Refusal.OBJECTS),
        ({TYPES: b"<Types/>"}, Refusal.MISMATCH),
        ({"word/document.xml": b"<a"}, Refusal.MISMATCH),
        ({"word/document.xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}, Refusal.BOMB),
        ({"word/document.xml": b"<a>" * 300 + b"</a>" * 300}, Refusal.DEEP),
    ],
)
def test_a_docx_that_holds_more_than_a_text_is_refused(
    tmp_path: Path, members: dict[str, bytes], why: Refusal
) -> None:
    content = makers.with_members(makers.word(), members)
    assert reads.refusal(tmp_path, "a.docx", content) is why


def test_a_docx_with_macros_under_another_name_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(makers.word())) as package:
        types = package.read(TYPES).decode()
    marked = types.replace(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        "application/vnd.ms-word.document.macroEnabled.main+xml",
    )
    assert marked != types
    content = makers.with_members(makers.word(), {TYPES: marked.encode()})
    assert reads.refusal(tmp_path, "a.docx", content) is Refusal.MACROS


@pytest.mark.parametrize(
    ("members", "why"),
    [
        ({"Basic/Standard/Module1.xml": b"x"}, Refusal.MACROS),
        ({"Scripts/python/a.py": b"x"}, Refusal.MACROS),
        ({"Object 1/content.xml": b"x"}, Refusal.OBJECTS),
        ({"META-INF/manifest.xml": b"<m:encryption-data/>"}, Refusal.ENCRYPTED),
        ({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}, Refusal.MISMATCH),
    ],
)
def test_an_odt_that_holds_more_than_a_text_is_refused(
    tmp_path: Path, members: dict[str, bytes], why: Refusal
) -> None:
    content = makers.with_members(makers.open_document(), members)
    assert reads.refusal(tmp_path, "a.odt", content) is why


def test_an_archive_sealed_by_a_password_is_explained(tmp_path: Path) -> None:
    content = bytearray(makers.word())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + at] |= 1
    assert reads.refusal(tmp_path, "a.docx", bytes(content)) is Refusal.ENCRYPTED
    # What a word processor makes of a document with a password is no archive at all.
    sealed = makers.compound({"EncryptedPackage": b"x"})
    assert reads.refusal(tmp_path, "a.docx", sealed) is Refusal.ENCRYPTED


def test_an_empty_document_has_no_text(tmp_path: Path) -> None:
    assert reads.refusal(tmp_path, "a.docx", makers.saved(docx.Document())) is Refusal.NO_TEXT
