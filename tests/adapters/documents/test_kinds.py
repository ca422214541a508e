"""What a file is: its content and its name agree, or a sentence says what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from spplus_app.adapters.documents.kinds import Format, format_of
from spplus_app.domain.documents.not_taken import Refusal
from spplus_app.domain.documents.refusals import SENTENCES
from spplus_app.domain.documents.sizes import BYTES_MAX
from spplus_app.domain.errors import Invalid

from . import makers, pdf_maker

PDF, WORD, PHOTO = pdf_maker.letter(), makers.word(), makers.photo()
GOOD: list[tuple[str, bytes, Format]] = [
    ("a.pdf", PDF, Format.PDF),
    ("LETTRE.PDF", b"\xef\xbb\xbf\n" + PDF, Format.PDF),
    ("a.docx", WORD, Format.DOCX),
    ("a.odt", makers.open_document(), Format.ODT),
    ("a.eml", b"Received: from a\n\nb", Format.EML),
    ("a.eml", b"From - Mon Nov 30\nSubject: a\n\nb", Format.EML),
    ("a.htm", b"<p>a", Format.HTML),
    ("a.html", "\ufeff<!doctype html>a".encode("utf-16-le"), Format.HTML),
    ("a.rtf", b"{\\rtf1 a}", Format.RTF),
    ("a.txt", b"a", Format.TXT),
    ("a.txt", "à".encode("utf-16"), Format.TXT),
    ("a.msg", makers.outlook(subject="a"), Format.MSG),
    ("a.jpg", PHOTO, Format.PHOTO),
    ("a.jpeg", PHOTO, Format.PHOTO),
    ("a.heic", PHOTO, Format.PHOTO),
    ("a.png", makers.photo(form="PNG"), Format.PHOTO),
    ("a.webp", makers.photo(form="WEBP"), Format.PHOTO),
]
BAD: list[tuple[str, bytes, Refusal]] = [
    ("a.pdf", b"", Refusal.EMPTY),
    ("a.pdf", bytes(BYTES_MAX + 1), Refusal.LARGE),
    ("a.exe", b"MZ", Refusal.UNKNOWN),
    ("a", PDF, Refusal.UNKNOWN),
    ("a.zip", WORD, Refusal.UNKNOWN),
    ("a.svg", b"<svg>", Refusal.UNKNOWN),
    ("a.docm", WORD, Refusal.MACROS),
    ("a.doc", makers.outlook(subject="a"), Refusal.OLD_WORD),
    ("a.xlsx", WORD, Refusal.OLD_SHEET),
    ("a.docx", makers.outlook(subject="a"), Refusal.ENCRYPTED),
    ("a.pdf", WORD, Refusal.MISMATCH),
    ("a.docx", PDF, Refusal.MISMATCH),
    ("a.jpg", PDF, Refusal.MISMATCH),
    ("a.png", PHOTO, Refusal.MISMATCH),
    ("a.txt", PDF, Refusal.MISMATCH),
    ("a.txt", PHOTO, Refusal.MISMATCH),
    ("a.html", b"bonjour", Refusal.MISMATCH),
    ("a.eml", b"bonjour tout le monde", Refusal.MISMATCH),
    ("a.rtf", b"bonjour", Refusal.MISMATCH),
    ("a.msg", b"bonjour", Refusal.MISMATCH),
]


@pytest.mark.parametrize(("name", "content", "kind"), GOOD, ids=lambda one: str(one)[:12])
def test_a_file_that_is_what_its_name_says_is_taken(
    tmp_path: Path, name: str, content: bytes, kind: Format
) -> None:
    assert format_of(makers.written(tmp_path, content), name) is kind


@pytest.mark.parametrize(("name", "content", "why"), BAD, ids=lambda one: str(one)[:12])
def test_a_file_that_is_not_is_refused_in_a_sentence(
    tmp_path: Path, name: str, content: bytes, why: Refusal
) -> None:
    with pytest.raises(Invalid) as refused:
        format_of(makers.written(tmp_path, content), name)
    assert refused.value.errors == {"document": SENTENCES[why]}


def test_every_refusal_has_its_sentence() -> None:
    assert set(SENTENCES) == set(Refusal)
    assert len(set(SENTENCES.values())) == len(SENTENCES)
