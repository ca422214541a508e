"""What a file is refused for, and how a reader says so; alone, for a reader to begin in no time."""

from __future__ import annotations

import json
from enum import StrEnum


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
