"""Nothing hidden remains: values planted in a PDF and in a photo, looked for once published.

In every answer that anyone may ask for, on the images of the pages (read by Tesseract), in the
bytes of the database and of its log, in every file of the site, in its log.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
from PIL import Image, ImageDraw
from sqlalchemy import func, select

from spplus_app.adapters import file_store
from spplus_app.adapters.documents import tesseract
from spplus_app.domain.documents.reading import Box
from spplus_app.domain.errors import Invalid
from spplus_app.domain.privacy import Kind
from spplus_app.domain.roles import Viewer
from spplus_app.persistence import documents as rows
from spplus_app.persistence import reading, unit_of_work
from spplus_app.persistence.engine import engine
from spplus_app.persistence.tables import DocumentReadingRow
from spplus_app.services import tokens
from spplus_app.services.documents import (
    covering,
    deposit,
    masking,
    moderation,
    places,
    texts,
    typed_masks,
)
from spplus_app.services.documents import reading as reader
from spplus_app.settings import settings
from tests import factories
from tests.adapters.documents import pdf_maker
from tests.api import painting
from tests.services.test_documents import TYPED, upload

IN_TEXT = ("Zorah Belkacemi", "06 12 34 56 78", "QX77-4411-ZEB", "Wenceslas")
IN_FIELD, IN_NOTE, IN_HEADER = "Quitterie", "Bertrande", "Fargeau"
IN_METADATA = ("Wilhelmina", "Radegonde")
PLANTED = (*IN_TEXT, IN_FIELD, IN_NOTE, IN_HEADER, *IN_METADATA)
LEFT = "prestations"
"""A word that is nobody's, and that everyone must read: the proof looks at what it says it does."""


def _look(text: str) -> bytes:
    """What a field or a note looks like."""
    return pdf_maker.stream(
        b"/Tx BMC q BT /Helv 16 Tf 2 4 Td (" + text.encode("cp1252") + b") Tj ET Q EMC",
        b"/Type/XObject/Subtype/Form/BBox[0 0 260 24]/Resources<</Font<</Helv 3 0 R>>>>",
    )


def letter() -> bytes:
    """A letter of three pages under one header, with a field, a note, and who made it."""
    header = "Affaire suivie par : Odile " + IN_HEADER
    bodies = (
        [f"Madame {IN_TEXT[0]}", "14 rue des Lilas", "95100 Argenteuil"],
        [f"Nos réf. : {IN_TEXT[2]}", f"Appelez le {IN_TEXT[1]}.", f"Demandez {IN_TEXT[3]}."],
        ["Vous avez perçu un indu de prestations.", "Sauf contestation de votre part."],
    )
    pages = [
        pdf_maker.stream(
            pdf_maker.drawn([header], 12, top=815) + b"\n" + pdf_maker.drawn(body, 16, top=700)
        )
        for body in bodies
    ]
    field = (
        b"<</Type/Annot/Subtype/Widget/FT/Tx/T(nom)/V(" + IN_FIELD.encode() + b")/F 4"
        b"/Rect[50 500 310 524]/AP<</N 4 0 R>>/DA(/Helv 16 Tf)>>"
    )
    note = (
        b"<</Type/Annot/Subtype/FreeText/Contents(" + IN_NOTE.encode() + b")/T("
        b"" + IN_METADATA[1].encode() + b")/F 4/Rect[50 400 310 424]/AP<</N 6 0 R>>"
        b"/DA(/Helv 16 Tf)>>"
    )
    told = b"<</Author(" + IN_METADATA[0].encode() + b")/Title(" + IN_METADATA[1].encode() + b")>>"
    made = pdf_maker.pdf(
        pages,
        catalogue=b"/AcroForm<</Fields[5 0 R]>>",
        page=b"/Annots[5 0 R 7 0 R]",
        more=[_look(IN_FIELD), field, _look(IN_NOTE), note, told],
    )
    return made.replace(b"/Root 1 0 R", b"/Root 1 0 R/Info 8 0 R")


def photo() -> bytes:
    """A photo of a letter, signed, with what a camera writes in it."""
    image = Image.new("RGB", (1400, 900), "white")
    pencil = ImageDraw.Draw(image)
    lines = (
        f"Madame {IN_TEXT[0]}",
        f"Nos réf. : {IN_TEXT[2]}",
        f"Tél. {IN_TEXT[1]}",
        f"Demandez {IN_TEXT[3]} et {IN_FIELD}",
        "Vous avez perçu un indu de prestations.",
    )
    for rank, line in enumerate(lines):
        pencil.text((80, 80 + 110 * rank), line, fill="black", font_size=52)
    exif = Image.Exif()
    exif[0x010E], exif[0x013B] = IN_METADATA
    made = io.BytesIO()
    image.save(made, "JPEG", quality=92, exif=exif.tobytes())
    return made.getvalue()


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]", "", plain.lower())


def _told(text: str) -> list[str]:
    """Which planted values stand in a text, however it is spaced or accented."""
    folded = _folded(text)
    return [one for one in PLANTED for part in (_folded(one),) if part in folded]


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    with caplog.at_level("DEBUG"):
        yield caplog


def _published(name: str, content: bytes) -> int:
    """Send, read, mask as a person does, hand over, publish, cover; return the id."""
    me = Viewer(visitor=tokens.hash_token(tokens.new_token()))
    form = str(uuid4())
    typed = {**TYPED, "hard": f"Je ne comprends pas, appelez le {IN_TEXT[1]}."}
    with unit_of_work() as session:
        upload(session, form, name, content, me)
        number = deposit.send(session, me, form, typed)
    assert reader.run(engine(), number).startswith("read ")
    with unit_of_work() as session:
        document = masking.opened(session, me, number).document
        # What was drawn was read: what the machine did not propose, the person masks.
        assert {IN_TEXT[0], IN_TEXT[3], IN_FIELD} <= set(_told(document.text))
        for value in (*PLANTED, *(one for name in PLANTED for one in name.split()[:2])):
            if len(value) > 2:
                with suppress(Invalid):  # not there, or masked whole already
                    typed_masks.mask_words(session, me, number, value, Kind.CHOSEN.value)
        view = masking.opened(session, me, number)
        for page, one in enumerate(view.pages):
            # The header, whatever was made of it, as somebody draws over it.
            box = Box(0, 0, one.width, one.height * 0.05)
            masking.add_area(session, me, number, page, box)
            masking.check_page(session, me, number, page)
        masking.hand_over(session, me, number)
    with unit_of_work() as session:
        revision = session.get_one(DocumentReadingRow, number).revision
        moderation.publish(session, factories.moderator(session), number, revision)
    covering.run(engine(), number)
    return number


@pytest.mark.parametrize(("name", "made"), [("lettre.pdf", letter), ("photo.jpg", photo)])
async def test_nothing_hidden_remains_anywhere(
    house: pytest.MonkeyPatch,
    tmp_path: Path,
    log: pytest.LogCaptureFixture,
    name: str,
    made: object,
) -> None:
    content: bytes = made()  # type: ignore[operator]
    assert _told(content.decode("latin-1"))
    number = _published(name, content)
    with reading() as session:
        row = texts.published(session, number)
        address = f"/documents/{number}-{row.slug}"
        version, text = texts.text_of(session, row)
        assert LEFT in text.text and _told(text.text) == []
        everything = [row.title, row.slug, row.hard, row.wished, version.blocks, version.regions]
        assert _told(repr(everything)) == []
        assert session.scalar(select(func.count()).select_from(DocumentReadingRow)) == 0
        shown = [one.shown for one in rows.pages(session, number)]
        assert all(shown) and not any(one.stored for one in rows.pages(session, number))
    _on_images(shown)
    await _in_answers(tmp_path, number, address)
    _on_the_disk(tmp_path)
    # What makes the photo and what asks for the pages are this test's own.
    ours = [
        one for one in log.records if one.name.split(".")[0] not in {"PIL", "httpx", "httpcore"}
    ]
    assert ours and _told(" ".join(str(vars(one)) for one in ours)) == []


def _on_images(names: list[str]) -> None:
    told = []
    for name in names:
        image = Image.open(io.BytesIO(file_store.get(places.store(), name)))
        assert not image.getexif() and not (set(image.info) & {"exif", "comment", "xmp", "Author"})
        read = tesseract.lines(image.convert("L"), 0)
        told.append(" ".join(word for line in read for word in line[4]))
    assert _folded(LEFT) in _folded(" ".join(told))
    assert _told(" ".join(told)) == []
    for word in (part for value in PLANTED for part in value.split() if len(part) > 4):
        assert _folded(word) not in _folded(" ".join(told)), word


async def _in_answers(folder: Path, number: int, address: str) -> None:
    async with painting.reader(painting.build(folder / "html")) as browser:
        for path in (
            *("/", "/experiences", "/documents", address, f"{address}?page=2"),
            *(f"/documents/{number}/annotations.jsonld", f"/api/documents/{number}/pages/0"),
            *(f"/documents/verifier/{number}", f"/espace/moderation/documents/{number}"),
            *(f"/documents?q={IN_TEXT[3]}", "/sitemap.xml"),
        ):
            for accept in ("text/html", "application/json", "application/ld+json"):
                answer: httpx.Response = await browser.get(path, headers={"accept": accept})
                body = answer.text.replace(path, "")
                assert answer.status_code < 500 and _told(body) == [], (path, accept)


def _on_the_disk(folder: Path) -> None:
    """Every byte that the site keeps: its database, what it has not folded in it yet, its files."""
    files = [one for one in folder.rglob("*") if one.is_file()]
    assert [one for one in files if one.is_relative_to(settings().var_dir)]
    for path in files:
        raw = path.read_bytes()
        for value in PLANTED:
            for coding in ("utf-8", "utf-16-le", "cp1252"):
                assert value.encode(coding) not in raw, (path.name, value)
    with reading() as session:
        names = rows.stored_names(session)
    kept = {one.name for one in places.store().rglob("*") if one.is_file()}
    assert len(kept) == len(names)
