"""Reader of photos, in its own process: turned upright, reduced, without what the camera wrote.

``tell(source, [])`` gives what Tesseract reads; ``tell(source, ["image", "0", WIDTH])`` the photo
as it may be stored, in JPEG.
"""

from __future__ import annotations

import io
import json

from PIL import Image, ImageOps

from spplus_app.domain.documents.not_taken import NotTaken, Refusal
from spplus_app.domain.documents.sizes import PHOTO_PIXELS_KEPT, PHOTO_PIXELS_MAX

from . import tesseract

READ_PIXELS = 5_000_000
"""Most pixels that Tesseract is given: an A4 sheet at 230 for an inch."""
BYTES_MAX = 400_000_000
"""Most bytes of a whole photo in memory, where its format cannot be decoded reduced."""
QUALITY = 85

_FORMATS = ("JPEG", "PNG", "WEBP", "HEIF", "MPO")
_BYTES = {"1": 1, "L": 1, "P": 1, "LA": 2, "I;16": 2, "RGB": 3}
# The number of pixels is looked at here, before anything is decoded.
Image.MAX_IMAGE_PIXELS = None


def tell(source: bytes, arguments: list[str]) -> bytes:
    """Return the lines of a photo as `telling` writes them, or the photo itself."""
    if arguments:
        image = _opened(source, PHOTO_PIXELS_KEPT).convert("RGB")
        width = int(arguments[2])
        if 0 < width < image.width:
            image = image.resize((width, max(1, image.height * width // image.width)))
        made = io.BytesIO()
        image.save(made, "JPEG", quality=QUALITY)
        return made.getvalue()
    image = ImageOps.autocontrast(_opened(source, READ_PIXELS).convert("L"))
    told = {
        "pages": [[float(image.width), float(image.height)]],
        "lines": tesseract.lines(image, 0),
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _opened(source: bytes, pixels: int) -> Image.Image:
    """Return a photo upright, opaque, of ``pixels`` at most."""
    if source[4:8] == b"ftyp":
        from pillow_heif import register_heif_opener

        register_heif_opener(thumbnails=False)
    try:
        image: Image.Image = Image.open(io.BytesIO(source))
    except OSError:
        raise NotTaken(Refusal.MISMATCH) from None
    if image.format not in _FORMATS:
        raise NotTaken(Refusal.MISMATCH)
    count = image.width * image.height
    if count > PHOTO_PIXELS_MAX:
        raise NotTaken(Refusal.PIXELS)
    share = min(1.0, (pixels / count) ** 0.5)
    size = max(1, int(image.width * share)), max(1, int(image.height * share))
    # JPEG only: halved as often as leaves it large enough, which is free.
    image.draft(None, size)
    if image.width * image.height * _BYTES.get(image.mode, 4) > BYTES_MAX:
        raise NotTaken(Refusal.PIXELS)
    try:
        image.load()
    except (OSError, SyntaxError, ValueError):
        raise NotTaken(Refusal.UNREADABLE) from None
    except MemoryError:
        raise NotTaken(Refusal.PIXELS) from None
    if size < image.size:
        if image.mode in {"P", "1"}:
            image = image.convert("RGB")
        image.thumbnail(size, Image.Resampling.BOX, reducing_gap=1.0)
    return _opaque(ImageOps.exif_transpose(image))


def _opaque(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I") or image.mode == "F":
        image = image.point(lambda value: value / 256).convert("L")
    if "A" not in image.mode and "transparency" not in image.info:
        return image
    image = image.convert("RGBA")
    paper = Image.new("RGB", image.size, "white")
    paper.paste(image, mask=image.getchannel("A"))
    return paper
