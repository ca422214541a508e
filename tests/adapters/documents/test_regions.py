"""What is no text on a page image: barcodes and drawn ink found, text, rules and frames left."""

from __future__ import annotations

import io
import math
from pathlib import Path

import pytest
import segno
import zxingcpp
from PIL import Image, ImageDraw, ImageFilter

from spplus_app.adapters.documents.reading import regions
from spplus_app.domain.documents.masks import AreaKind
from spplus_app.domain.errors import Invalid

SIZE = (1240, 1754)
Place = tuple[float, float, float, float]


def sheet() -> Image.Image:
    """A letter's page: lines of words, nothing else."""
    image = Image.new("RGB", SIZE, "white")
    pencil = ImageDraw.Draw(image)
    for at in range(12):
        pencil.text(
            (120, 300 + 40 * at), "Vous avez perçu un indu de prestations", "black", font_size=28
        )
    return image


def words(image: Image.Image) -> list[Place]:
    """Where the words of `sheet` stand."""
    return [
        (120 / SIZE[0], (300 + 40 * at) / SIZE[1], 640 / SIZE[0], (332 + 40 * at) / SIZE[1])
        for at in range(12)
    ]


def signed(image: Image.Image, left: int, top: int) -> Place:
    """Sign at a place, in blue ink; return the place."""
    points = [
        (left + 3 * at, top + 50 + 40 * math.sin(at / 5) * math.cos(at / 17)) for at in range(90)
    ]
    ImageDraw.Draw(image).line(points, fill=(30, 50, 160), width=4)
    return left / SIZE[0], (top + 10) / SIZE[1], (left + 267) / SIZE[0], (top + 90) / SIZE[1]


def qr(text: str = "dossier 77-1234") -> Image.Image:
    """A QR code."""
    made = io.BytesIO()
    segno.make(text).save(made, kind="png", scale=5)
    return Image.open(made).convert("RGB")


def found(
    image: Image.Image, folder: Path, kind: str = "PNG", known: list[Place] | None = None
) -> list[tuple[AreaKind, Place]]:
    """What is found on an image."""
    path = folder / "page"
    image.save(path, kind)
    return regions(path, words(image) if known is None else known)


def holds(outer: Place, inner: Place, slack: float = 0.01) -> bool:
    """Whether a rectangle holds another, or nearly."""
    return (
        outer[0] <= inner[0] + slack
        and outer[1] <= inner[1] + slack
        and outer[2] >= inner[2] - slack
        and outer[3] >= inner[3] - slack
    )


def test_a_page_of_text_has_nothing_to_hide(tmp_path: Path) -> None:
    assert found(sheet(), tmp_path) == []


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_signature_is_found_where_it_stands(tmp_path: Path, kind: str) -> None:
    image = sheet()
    place = signed(image, 700, 1100)
    ((what, box),) = found(image, tmp_path, kind)
    assert what is AreaKind.SIGNATURE and holds(box, place)
    assert box[2] - box[0] < 0.3 and box[3] - box[1] < 0.1


def test_a_stamp_over_nothing_is_found(tmp_path: Path) -> None:
    image = sheet()
    ImageDraw.Draw(image).ellipse((800, 1200, 1000, 1400), outline=(170, 20, 40), width=6)
    ((what, box),) = found(image, tmp_path)
    assert what is AreaKind.SIGNATURE
    assert holds(box, (800 / SIZE[0], 1200 / SIZE[1], 1000 / SIZE[0], 1400 / SIZE[1]))


@pytest.mark.parametrize("turned", [0, 90, 17])
def test_a_qr_code_is_found_however_it_is_turned(tmp_path: Path, turned: int) -> None:
    image, code = sheet(), qr()
    code = code.rotate(turned, expand=True, fillcolor="white", resample=Image.Resampling.BICUBIC)
    image.paste(code, (850, 1300))
    found_here = found(image, tmp_path)
    assert [what for what, _ in found_here] == [AreaKind.BARCODE]
    middle = ((850 + code.width / 2) / SIZE[0], (1300 + code.height / 2) / SIZE[1])
    assert holds(found_here[0][1], (*middle, *middle))


def test_a_barcode_is_found_with_its_width(tmp_path: Path) -> None:
    image = sheet()
    made = zxingcpp.create_barcode("7712345-A", zxingcpp.BarcodeFormat.Code128)
    bars = Image.fromarray(made.to_image(scale=2)).convert("RGB")
    image.paste(bars, (150, 100))
    found_here = found(image, tmp_path)
    assert AreaKind.BARCODE in [what for what, _ in found_here]
    inner = (170 / SIZE[0], 140 / SIZE[1], (130 + bars.width) / SIZE[0], 141 / SIZE[1])
    assert any(holds(box, inner, 0.02) for _, box in found_here)


def test_rules_and_the_frames_of_tables_are_left(tmp_path: Path) -> None:
    image = sheet()
    pencil = ImageDraw.Draw(image)
    pencil.line((100, 900, 1140, 900), "black", 4)
    for left in (100, 600):
        pencil.rectangle((left, 1000, left + 500, 1300), outline="black", width=3)
    assert found(image, tmp_path) == []


def test_a_photo_in_uneven_light_is_no_ink(tmp_path: Path) -> None:
    image = sheet()
    place = signed(image, 700, 1100)
    light = Image.linear_gradient("L").resize(SIZE).point(lambda value: 120 + value // 2)
    image = Image.composite(image, Image.new("RGB", SIZE, (60, 60, 60)), light)
    image = image.filter(ImageFilter.GaussianBlur(1))
    found_here = found(image, tmp_path, "JPEG")
    assert len(found_here) == 1 and holds(found_here[0][1], place, 0.02)


def test_what_is_no_image_of_ours_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "page"
    for content in (b"", b"GIF89a", b"\x89PNG\r\n\x1a\nbroken"):
        path.write_bytes(content)
        with pytest.raises(Invalid):
            regions(path, [])
