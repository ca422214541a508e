"""What a reader says, written: apart from `wire`, for the reader's process to begin in no time."""

from __future__ import annotations

import json
from typing import Any

from .reading import Flowing, Positioned


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
                [
                    *(line.page, line.size, line.bold, line.hint),
                    [word.text for word in line.words],
                    [side for word in line.words for side in word.box],
                ]
                for line in given.lines
            ],
        }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
