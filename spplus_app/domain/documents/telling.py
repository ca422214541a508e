"""What a reader says, written: apart from `wire`, for the reader's process to begin in no time."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Any

from .reading import Flowing, Positioned, Word


class Refusal(StrEnum):
    """What a file is refused for; the sentences are in `refusals`."""

    EMPTY = "empty"
    LARGE = "large"
    UNKNOWN = "unknown"
    OLD_WORD = "old_word"
    OLD_SHEET = "old_sheet"
    MISMATCH = "mismatch"
    ENCRYPTED = "encrypted"
    MACROS = "macros"
    SCRIPTS = "scripts"
    OBJECTS = "objects"
    OUTSIDE = "outside"
    ATTACHMENTS = "attachments"
    BOMB = "bomb"
    DEEP = "deep"
    PAGES = "pages"
    PHOTOS = "photos"
    PIXELS = "pixels"
    LONG = "long"
    NO_TEXT = "no_text"
    NO_OCR = "no_ocr"
    SLOW = "slow"
    UNREADABLE = "unreadable"


class NotTaken(Exception):
    """Raised by a reader, in its own process; it crosses the pipe as the name of its refusal."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal


def to_wire(given: Positioned | Flowing) -> bytes:
    """Return what a reader found, as it goes through the pipe."""
    told: dict[str, list[Any]]
    if isinstance(given, Flowing):
        told = {
            "blocks": [
                [one.kind, one.text, one.level, one.marker, one.table, one.row, one.column]
                for one in given.blocks
            ]
        }
    else:
        told = {
            "pages": [[page.width, page.height] for page in given.pages],
            "lines": [
                [line.page, line.size, line.bold, line.hint, [_word(one) for one in line.words]]
                for line in given.lines
            ],
        }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _word(word: Word) -> list[Any]:
    box = word.box
    return [word.text, box.left, box.top, box.right, box.bottom]


def refusal_to_wire(refusal: Refusal) -> bytes:
    """Return how a reader says that it does not take a file."""
    return json.dumps({"refused": refusal.value}).encode()


def refusal_from_wire(payload: bytes) -> Refusal | None:
    """Return the refusal that a reader said, ``None`` when it said anything else."""
    if not payload.startswith(b'{"refused"') or len(payload) > 100:
        return None
    for refusal in Refusal:
        if payload == refusal_to_wire(refusal):
            return refusal
    return Refusal.UNREADABLE
