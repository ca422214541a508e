"""Finder of what is no text on a page image, in its own process: barcodes, and drawn ink.

``tell(source, [BOXES])`` looks at an image of ours (PNG or JPEG); BOXES are where words stand, four
numbers of three digits each, in thousandths of the width and of the height. It gives a JSON list
of ``[kind, left, top, right, bottom]``, in parts of the width and of the height.

Ink that no word covers and that is large enough is a signature, a stamp, a drawing: it is only
proposed. Rules and the frames of tables are not.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from spplus_app.domain.documents.masks import AreaKind
from spplus_app.domain.documents.not_taken import NotTaken, Refusal
from spplus_app.domain.documents.sizes import PHOTO_PIXELS_KEPT

WIDTH = 310
"""Pixels across the image on which ink is looked for."""
DARKER = 28
"""How much darker than the paper around it ink is, of 255 (starting value)."""
WIDE, HIGH = 0.05, 0.015
"""Least width and height of what is proposed, in parts of the page (starting values)."""
WHOLE = 0.5
"""Largest part of a page: beyond, it is the paper, not what is drawn on it."""
STRAIGHT = 0.6
"""Part of the ink in long straight lines from which it is a rule or a frame (starting value)."""
BARCODE_MARGIN = 0.01
FOUND_MAX = 12

Found = tuple[float, float, float, float]

Image.MAX_IMAGE_PIXELS = None


@dataclass(frozen=True, slots=True)
class _Blob:
    """Pixels that touch each other: the corners of the rectangle that holds them."""

    left: int
    top: int
    right: int
    bottom: int


def tell(source: bytes, arguments: list[str]) -> bytes:
    """Return what was found, barcodes first."""
    try:
        image: Image.Image = Image.open(io.BytesIO(source))
        if image.format not in {"PNG", "JPEG"}:
            raise NotTaken(Refusal.UNREADABLE)
        if image.width * image.height > 2 * PHOTO_PIXELS_KEPT:
            raise NotTaken(Refusal.UNREADABLE)
        grey = image.convert("L")
    except (OSError, SyntaxError, ValueError):
        raise NotTaken(Refusal.UNREADABLE) from None
    codes = list(_barcodes(grey))
    told = [(AreaKind.BARCODE, box) for box in codes]
    told += [(AreaKind.SIGNATURE, box) for box in _ink(grey, _boxes(arguments[0]) + codes)]
    rows = [[kind.value, *(round(side, 4) for side in box)] for kind, box in told]
    return json.dumps(rows).encode()


def _boxes(told: str) -> list[Found]:
    numbers = [int(told[at : at + 3]) / 1000 for at in range(0, len(told) - 2, 3)]
    return [
        (numbers[at], numbers[at + 1], numbers[at + 2], numbers[at + 3])
        for at in range(0, len(numbers) - 3, 4)
    ]


def _barcodes(grey: Image.Image) -> Iterator[Found]:
    import zxingcpp

    # One whose digits do not add up still tells them to a better eye.
    for one in zxingcpp.read_barcodes(grey, return_errors=True)[:FOUND_MAX]:
        place = one.position
        corners = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
        across = [corner.x / grey.width for corner in corners]
        down = [corner.y / grey.height for corner in corners]
        if max(across) > min(across):
            yield (
                max(0.0, min(across) - BARCODE_MARGIN),
                max(0.0, min(down) - BARCODE_MARGIN),
                min(1.0, max(across) + BARCODE_MARGIN),
                min(1.0, max(down) + BARCODE_MARGIN),
            )


def _ink(grey: Image.Image, covered: list[Found]) -> Iterator[Found]:
    """Give the rectangles of what is drawn and that ``covered`` does not hold, largest first."""
    small = grey.resize(
        (WIDTH, max(1, round(grey.height * WIDTH / grey.width))), Image.Resampling.BOX
    )
    paper = small.filter(ImageFilter.MaxFilter(9)).filter(ImageFilter.GaussianBlur(8))
    ink = ImageChops.subtract(paper, small).point(lambda value: 255 if value > DARKER else 0)
    pencil = ImageDraw.Draw(ink)
    for left, top, right, bottom in covered:
        more = 0.35 * (bottom - top)
        pencil.rectangle(
            (
                int((left - more) * ink.width),
                int((top - more) * ink.height),
                int((right + more) * ink.width) + 1,
                int((bottom + more) * ink.height) + 1,
            ),
            fill=0,
        )
    # Not the shadow of a sheet, nor the border of a photo.
    edge = max(1, ink.width // 100)
    inside = (edge, edge, max(edge, ink.width - edge), max(edge, ink.height - edge))
    framed = Image.new("L", ink.size, 0)
    framed.paste(ink.crop(inside), (edge, edge))
    joined = framed.filter(ImageFilter.MaxFilter(5))
    kept = [
        one
        for one in _blobs(joined)
        if _large(one, ink.size) and not _straight(framed.crop(_corners(one)))
    ]
    kept.sort(key=lambda one: (one.left - one.right) * (one.bottom - one.top))
    for one in kept[:FOUND_MAX]:
        yield (
            one.left / ink.width,
            one.top / ink.height,
            one.right / ink.width,
            one.bottom / ink.height,
        )


def _corners(one: _Blob) -> tuple[int, int, int, int]:
    return one.left, one.top, one.right, one.bottom


def _large(one: _Blob, size: tuple[int, int]) -> bool:
    width, height = one.right - one.left, one.bottom - one.top
    across, down = width / size[0], height / size[1]
    return across >= WIDE and down >= HIGH and across * down <= WHOLE


def _straight(ink: Image.Image) -> bool:
    """Whether most of this ink stands in lines that run along its rectangle."""
    width, height = ink.size
    pixels = ink.tobytes()
    total = len(pixels) - pixels.count(0)
    if not total:
        return True
    rows = [width - pixels[at : at + width].count(0) for at in range(0, len(pixels), width)]
    columns = [height - pixels[at::width].count(0) for at in range(width)]
    lines = sum(row for row in rows if row > STRAIGHT * width)
    lines += sum(column for column in columns if column > STRAIGHT * height)
    # A filled rectangle is all lines, one way and the other: it is a picture.
    return lines > STRAIGHT * total and total < 0.5 * width * height


def _blobs(image: Image.Image) -> Iterator[_Blob]:
    """Give each group of pixels that touch each other, by their sides or their corners."""
    width, height = image.size
    left = bytearray(image.tobytes())
    start = left.find(255)
    while start >= 0:
        waiting = [start]
        left[start] = 0
        xs, ys = [start % width], [start // width]
        while waiting:
            x, y = waiting[-1] % width, waiting.pop() // width
            for down in range(max(0, y - 1), min(height, y + 2)):
                for at in range(down * width + max(0, x - 1), down * width + min(width, x + 2)):
                    if left[at]:
                        left[at] = 0
                        waiting.append(at)
                        xs.append(at % width)
                        ys.append(down)
        yield _Blob(min(xs), min(ys), max(xs) + 1, max(ys) + 1)
        start = left.find(255, start)
