"""Why a machine asks a person for a second look at a text; it never decides.

``signals_of`` sees what the text alone tells. What needs more comes beside it: ``from_findings``
takes what `domain.privacy` found, ``duplicate`` and ``wave`` what the database knows of the same
fingerprint (`domain.fingerprint`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from .dangers import dangers
from .help import HELP, HELP_ALONE, HELP_CLOSING, HELP_OPENING, Help, help_for
from .insults import insults
from .links import commercial, links
from .reading import read
from .shape import shouting, too_short
from .values import Danger, Part, Seen, Signal

__all__ = [
    "HELP",
    "HELP_ALONE",
    "HELP_CLOSING",
    "HELP_OPENING",
    "Danger",
    "Finding",
    "Help",
    "Part",
    "Seen",
    "Signal",
    "duplicate",
    "from_findings",
    "help_for",
    "in_order",
    "signals_of",
    "urgent",
    "wave",
]

_RANK = {signal: rank for rank, signal in enumerate(Signal)}
_PARTS = {part: rank for rank, part in enumerate(Part)}
_AGENT = "agent"


class Finding(Protocol):
    """What is needed of a finding of `domain.privacy`: its place, and whether it is an agent."""

    @property
    def start(self) -> int:
        """Where it begins in the text that was searched."""

    @property
    def end(self) -> int:
        """Where it ends."""

    @property
    def role(self) -> str | None:
        """Whose data it is: « agent » for somebody met at work."""


def signals_of(title: str, narrative: str) -> list[Seen]:
    """Return what the two texts alone tell, the most urgent first, then in reading order."""
    found: list[Seen] = []
    for part, text in ((Part.TITLE, title), (Part.NARRATIVE, narrative)):
        reading = read(text, part)
        found += dangers(reading)
        found += insults(reading)
        found += links(reading)
        found += commercial(reading)
    found += shouting(narrative)
    found += too_short(narrative)
    return in_order(found)


def from_findings(text: str, part: Part, findings: Iterable[Finding]) -> list[Seen]:
    """Return the personal data found in ``text`` as signals; agents are told apart."""
    return in_order(
        Seen(
            Signal.NAMED_AGENT if one.role == _AGENT else Signal.PERSONAL_DATA,
            text[one.start : one.end],
            one.start,
            one.end,
            part,
        )
        for one in findings
    )


def duplicate(earlier: int) -> Seen:
    """Return that the same author already sent ``earlier`` texts nearly the same (1 or more)."""
    plural = "s" if earlier > 1 else ""
    return Seen(Signal.DUPLICATE, f"{earlier}\u00a0texte{plural} déjà reçu{plural}")


def wave(texts: int, days: int) -> Seen:
    """Return that ``texts`` texts nearly the same came within ``days`` days."""
    plural = "s" if days > 1 else ""
    return Seen(Signal.WAVE, f"{texts}\u00a0textes en {days}\u00a0jour{plural}")


def urgent(seen: Iterable[Seen]) -> bool:
    """Whether a person must be alerted at once."""
    return any(one.signal.urgent for one in seen)


def in_order(found: Iterable[Seen]) -> list[Seen]:
    """Return what was seen once each, the most urgent first, then in reading order."""
    once = dict.fromkeys(found)
    return sorted(once, key=lambda one: (_RANK[one.signal], _PARTS[one.part], one.start))
