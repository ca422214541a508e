"""What is known of a structure on the ground: where exactly, when it is open, its telephone."""

from __future__ import annotations

from dataclasses import dataclass

from .communes import Position

PHONE_MAX, NOTE_MAX = 30, 300
"""Longest telephone, and words about opening hours, in characters."""


@dataclass(frozen=True, slots=True)
class Details:
    """Details of a structure, each empty when a file says nothing of it.

    ``hours`` is `OpeningHours.kept`; ``hours_note`` what no week of hours can say.
    """

    phone: str = ""
    at: Position | None = None
    hours: str = ""
    hours_note: str = ""
