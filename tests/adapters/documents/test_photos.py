"""Photos: upright, reduced, without what the camera wrote, read word for word."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pillow_heif
import pytest
from PIL import Image

from spplus_app.adapters.documents import reading, tesseract
from spplus_app.adapters.documents.reading import page_image, read_photos
from spplus_app.domain.documents.not_taken import Refusal
from spplus_app.domain.documents.refusals import SENTENCES
from spplus_app.domain.documents.sizes import PHOTO_PIXELS_KEPT
from spplus_app.domain.errors import Invalid

from . import makers, pdf_maker, reads

READ = " ".join(makers.WORDS.split())
WHERE = b"48.8566"


def heic(photo: bytes) -> bytes:
    """A photo as a telephone takes it."""
    made = io.BytesIO()
    with Image.open(io.BytesIO(photo)) as image:
        pillow_heif.from_pillow(image).save(made, quality=90)
    return made.getvalue()


def turned(orientation: int) -> bytes:
    """A photo whose camera says that it was held otherwise."""
    with Image.open(io.BytesIO(makers.photo())) as image:
        exif = image.getexif()
        exif[0x0112] = orientation
        exif[0x010E] = WHERE.decode()
        made = io.BytesIO()
        back = {3: 180, 6: 90, 8: 270}[orientation]
        image.rotate(back, expand=True).save(made, "JPEG", quality=90, exif=exif)
    return made.getvalue()


def words(text: str) -> str:
    """The words of a text, on one line."""
    return " ".join(text.split())


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_photo_is_read_word_for_word(tmp_path: Path, form: str) -> None:
    ending = {"JPEG": "jpg"}.get(form, form.lower())
    text = reads.of(tmp_path, f"a.{ending}", makers.photo(form=form))
    assert words(text.text) == READ


def test_a_photo_of_a_telephone_is_read_word_for_word(tmp_path: Path) -> None:
    assert words(reads.of(tmp_path, "a.heic", heic(makers.photo())).text) == READ


@pytest.mark.parametrize("orientation", [3, 6, 8])
def test_a_photo_is_put_upright(tmp_path: Path, orientation: int) -> None:
    path = makers.written(tmp_path, turned(orientation))
    assert WHERE in path.read_bytes()
    assert words(reads.told(reading.read(path, "a.jpg")).text) == READ
    kept = page_image(path, "a.jpg", width=0)
    shown = Image.open(io.BytesIO(kept))
    assert shown.size == (1600, 900)
    assert WHERE not in kept and not shown.getexif()


def test_photos_are_pages_of_one_document(tmp_path: Path) -> None:
    files = []
    for number, text in enumerate(("Un texte court.", "Une autre page.")):
        path = tmp_path / str(number)
        path.write_bytes(makers.photo(text))
        files.append((path, "a.jpg"))
    given = read_photos(files)
    assert len(given.pages) == 2
    assert [(line.page, line.text) for line in given.lines] == [
        (0, "Un texte court."),
        (1, "Une autre page."),
    ]
    with pytest.raises(Invalid) as refused:
        read_photos(files * 6)
    assert refused.value.message == SENTENCES[Refusal.PHOTOS]
    path.write_bytes(pdf_maker.letter())
    with pytest.raises(Invalid) as refused:
        read_photos([(path, "a.pdf")])
    assert refused.value.message == SENTENCES[Refusal.MISMATCH]


def test_a_photo_of_120_million_points_is_kept_reduced(tmp_path: Path) -> None:
    made = io.BytesIO()
    Image.new("L", (12_000, 10_000), "white").save(made, "JPEG", quality=50)
    path = makers.written(tmp_path, made.getvalue())
    shown = Image.open(io.BytesIO(page_image(path, "a.jpg", width=0)))
    assert 0.9 * PHOTO_PIXELS_KEPT < shown.width * shown.height <= PHOTO_PIXELS_KEPT
    assert reads.refusal_at(path, "a.jpg") is Refusal.NO_TEXT


def test_more_points_than_that_are_refused(tmp_path: Path) -> None:
    made = io.BytesIO()
    Image.new("1", (12_000, 10_001)).save(made, "PNG")
    assert reads.refusal(tmp_path, "a.png", made.getvalue()) is Refusal.PIXELS


def test_what_shows_through_is_on_white(tmp_path: Path) -> None:
    made = io.BytesIO()
    Image.new("RGBA", (40, 40), (0, 0, 0, 0)).save(made, "PNG")
    shown = Image.open(io.BytesIO(page_image(makers.written(tmp_path, made.getvalue()), "a.png")))
    assert shown.convert("L").getextrema() == (255, 255)


def test_half_a_photo_is_refused_in_a_sentence(tmp_path: Path) -> None:
    content = makers.photo()
    half = content[: len(content) // 2]
    assert reads.refusal(tmp_path, "a.jpg", half) is Refusal.UNREADABLE


def test_without_tesseract_the_text_may_be_pasted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tesseract, "_PATH", os.fspath(tmp_path))
    tesseract.installed.cache_clear()
    try:
        assert reads.refusal(tmp_path, "a.jpg", makers.photo()) is Refusal.NO_OCR
        # The photo itself can still be kept, and its text typed beside it.
        assert page_image(makers.written(tmp_path, makers.photo()), "a.jpg")
    finally:
        tesseract.installed.cache_clear()


@pytest.mark.samples
def test_a_filled_form_in_a_photo_is_read(samples: Path) -> None:
    path = samples / "documents/cerfa_12485_03_rempli_synthetique.jpg"
    text = reads.told(reading.read(path, path.name)).text
    assert "Code de la sécurité sociale" in text
