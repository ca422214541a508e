"""Coverer of page images, in its own process: what is masked is painted over, pixels and all.

``tell(source, [BOXES])`` gives the image of ``source`` (PNG or JPEG, as our own readers made it)
with each box of BOXES, a JSON list of ``[left, top, right, bottom]`` in parts of the width and of
the height, painted over. Nothing but pixels goes from one to the other.
"""

from __future__ import annotations

import io
import json
import math

from PIL import Image, ImageDraw

from spplus_app.domain.documents.not_taken import NotTaken, Refusal
from spplus_app.domain.documents.sizes import PHOTO_PIXELS_KEPT

COLOUR = (22, 22, 22)
"""The cover: nearly black on any theme."""
QUALITY = 85

Image.MAX_IMAGE_PIXELS = None


def tell(source: bytes, arguments: list[str]) -> bytes:
    """Return the image covered, in the format it came in."""
    try:
        image: Image.Image = Image.open(io.BytesIO(source))
        kind = image.format
        if kind not in {"PNG", "JPEG"} or image.width * image.height > 2 * PHOTO_PIXELS_KEPT:
            raise NotTaken(Refusal.UNREADABLE)
        painted = image.convert("RGB")
    except (OSError, SyntaxError, ValueError):
        raise NotTaken(Refusal.UNREADABLE) from None
    pencil = ImageDraw.Draw(painted)
    for left, top, right, bottom in json.loads(arguments[0]):
        # Outwards to whole pixels: half a pixel of a letter is a letter.
        box = (
            math.floor(left * painted.width),
            math.floor(top * painted.height),
            math.ceil(right * painted.width),
            math.ceil(bottom * painted.height),
        )
        pencil.rectangle(box, fill=COLOUR)
    made = io.BytesIO()
    if kind == "PNG":
        painted.save(made, "PNG", compress_level=6)
    else:
        painted.save(made, "JPEG", quality=QUALITY)
    return made.getvalue()
