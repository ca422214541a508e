"""Tesseract: whether it is there, and what it reads on an image in grey levels."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from shutil import which
from typing import Any

LANGUAGE = "fra"
SEEN_MIN = 25.0
"""Confidence, of 100, under which what is read is dirt (starting value)."""
_PATH = "/usr/local/bin:/usr/bin:/bin"
_WORD_LEVEL = "5"
_COLUMNS = 12


@cache
def installed() -> bool:
    """Whether Tesseract reads French on this machine; looked at once."""
    program = _program()
    if program is None:
        return False
    try:
        told = subprocess.run(  # noqa: S603 - our own command
            [program, "--list-langs"],
            capture_output=True,
            timeout=20,
            env={"PATH": _PATH, "LC_ALL": "C.UTF-8"},
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return LANGUAGE in told.stdout.decode("utf-8", "replace").split()


def _program() -> str | None:
    return which("tesseract", path=_PATH)


def lines(image: Any, page: int, scale: tuple[float, float] = (1.0, 1.0)) -> list[list[Any]]:
    """Return the lines of an image in grey levels (``L``), as they go through the pipe.

    Boxes are those of the image times ``scale``. Nothing is written on the disk.
    """
    head = f"P5 {image.width} {image.height} 255\n".encode()
    told = subprocess.run(  # noqa: S603 - our own command
        [str(_program()), "stdin", "stdout", "-l", LANGUAGE, "--dpi", "300", "tsv"],
        input=head + image.tobytes(),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        check=True,
    ).stdout.decode("utf-8", "replace")
    found = []
    for _, group in groupby(_words(told, scale), key=lambda one: one[0]):
        words = [word for _, *word in group]
        sides = [side for _, box in words for side in box]
        found.append([page, 0.0, False, None, [text for text, _ in words], sides])
    return found


def _words(told: str, scale: tuple[float, float]) -> Iterator[tuple[Any, ...]]:
    across, down = scale
    for row in told.split("\n"):
        cells = row.rstrip("\r").split("\t")
        if len(cells) != _COLUMNS or cells[0] != _WORD_LEVEL or float(cells[10]) < SEEN_MIN:
            continue
        text = "".join(cells[11].split())
        if text:
            left, top, width, height = map(int, cells[6:10])
            box = left * across, top * down, (left + width) * across, (top + height) * down
            yield tuple(cells[1:5]), text, [round(side, 1) for side in box]
