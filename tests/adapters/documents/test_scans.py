"""Pages of PDF that are images: read by Tesseract, with what is written over them, once."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from spplus_app.adapters.documents import reading
from spplus_app.adapters.documents.apart import Bounds

from . import reads
from .pdf_maker import LETTER, drawn, pdf, stream, wrapped
from .test_pdf import SHORT


def scan(text: str, over: Sequence[bytes] = (), place: bytes = b"595 0 0 842 0 0") -> bytes:
    """A page of text, then one that is an image of some text, with something drawn over it."""
    image = Image.new("L", (1240, 1754), "white")
    ImageDraw.Draw(image).text((80, 80), text, fill="black", font=ImageFont.load_default(40))
    made = io.BytesIO()
    image.save(made, "JPEG", quality=90)
    picture = stream(
        made.getvalue(),
        b"/Type/XObject/Subtype/Image/Width 1240/Height 1754/ColorSpace/DeviceGray"
        b"/BitsPerComponent 8/Filter/DCTDecode",
    )
    shown = b"\n".join([b"q " + place + b" cm /Im Do Q", *over])
    content = [stream(drawn(SHORT)), stream(shown)]
    return pdf(content, page=b"", more=[picture]).replace(
        b"/Resources<<", b"/Resources<</XObject<</Im 4 0 R>>"
    )


def test_a_page_that_is_an_image_is_read_too(tmp_path: Path) -> None:
    # The places in its table are wrong by what was added: they are found again.
    text = reads.of(tmp_path, "a.pdf", scan("Votre dossier est complet."))
    assert text.text.endswith("Votre dossier est complet.")
    assert text.text.startswith("Madame, Monsieur,")
    (region,) = text.regions(len(text.text) - 5, len(text.text))
    assert region.page == 1


FAX = drawn(["Télécopie du 3 mars, page 1 sur 1"], top=400)


def test_a_scan_with_a_few_words_over_it_is_read_with_them_once(tmp_path: Path) -> None:
    text = reads.of(tmp_path, "a.pdf", scan("Votre dossier est complet.", [FAX])).text
    second = text.removeprefix("Madame, Monsieur,\n\nVotre demande d’aide est à compléter.\n\n")
    assert sorted(second.split("\n\n")) == [
        "Télécopie du 3 mars, page 1 sur 1",
        "Votre dossier est complet.",
    ]


def test_a_scan_that_carries_its_own_text_is_not_doubled(tmp_path: Path) -> None:
    # As scanners that read write it: invisible, each word where it stands on the image.
    own = b"3 Tr " + drawn(["Votre dossier est complet."], size=19, top=788, left=38)
    text = reads.of(tmp_path, "a.pdf", scan("Votre dossier est complet.", [own])).text
    assert text.endswith("\n\nVotre dossier est complet.") and text.count("dossier") == 1


@pytest.mark.parametrize(
    ("over", "place"),
    [
        # A logo, and a background under a page of text: what the page says of itself is enough.
        ([FAX], b"100 0 0 141 50 700"),
        ([drawn(wrapped(LETTER * 2), top=400)], b"595 0 0 842 0 0"),
    ],
)
def test_the_images_of_a_page_of_text_are_not_read(
    tmp_path: Path, over: list[bytes], place: bytes
) -> None:
    text = reads.of(tmp_path, "a.pdf", scan("Illustration", over, place)).text
    assert "Illustration" not in text


def test_a_page_with_text_does_without_what_its_scan_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "_OCR", Bounds(wall=0.0))
    content = scan("Votre dossier est complet.", [FAX])
    assert reads.of(tmp_path, "a.pdf", content).text.endswith("page 1 sur 1")
