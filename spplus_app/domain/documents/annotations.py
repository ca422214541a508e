"""A mark on a passage: how clear it is, why, what the reader understood, what they would write."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from spplus_app.domain.experiences import bounded_text, raise_if

from .selectors import Target

UNDERSTOOD_MAX = 500
"""Longest « ce que j’ai compris », in characters (starting value)."""
REWRITE_MAX = 1000
"""Longest « ce que j’écrirais », in characters (starting value)."""


class Tone(StrEnum):
    """What a passage does to its reader; shown as a shape, a word and a colour."""

    CLEAR = "clear"
    UNCLEAR = "unclear"
    WORRYING = "worrying"


TONE_NAMES: dict[Tone, str] = {
    Tone.CLEAR: "Clair",
    Tone.UNCLEAR: "Pas clair",
    Tone.WORRYING: "M’inquiète",
}


class Why(StrEnum):
    """What makes a passage hard."""

    VOCABULARY = "vocabulary"
    LENGTH = "length"
    TONE = "tone"
    MISSING = "missing"
    ORDER = "order"
    ACRONYM = "acronym"
    LAYOUT = "layout"
    LOST = "lost"


WHY_NAMES: dict[Why, str] = {
    Why.VOCABULARY: "vocabulaire",
    Why.LENGTH: "phrase trop longue",
    Why.TONE: "ton",
    Why.MISSING: "information manquante",
    Why.ORDER: "ordre",
    Why.ACRONYM: "sigle",
    Why.LAYOUT: "mise en page",
    Why.LOST: "je ne sais pas quoi faire",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """What a reader says of a passage; every field already accepted."""

    tone: Tone
    reasons: tuple[Why, ...] = ()
    understood: str = ""
    rewrite: str = ""


@dataclass(frozen=True, slots=True)
class Annotation:
    """A mark and the passage it is on."""

    target: Target
    mark: Mark


def mark(tone: str, reasons: Sequence[str] = (), understood: str = "", rewrite: str = "") -> Mark:
    """Return a mark from what somebody sent; raise `Invalid` for what cannot be accepted.

    Reasons come out once each, in the order of `Why`. A clear passage has none: those chosen
    before the tone changed are dropped.
    """
    errors: dict[str, str] = {}
    kept = _tone(errors, tone)
    why = _reasons(errors, reasons)
    understood = bounded_text(errors, "understood", understood, UNDERSTOOD_MAX)
    rewrite = bounded_text(errors, "rewrite", rewrite, REWRITE_MAX)
    raise_if(errors)
    return Mark(kept, () if kept is Tone.CLEAR else why, understood, rewrite)


def _tone(errors: dict[str, str], tone: str) -> Tone:
    try:
        return Tone(tone)
    except ValueError:
        errors["tone"] = "Dites si ce passage est clair, pas clair, ou s’il vous inquiète."
        return Tone.UNCLEAR


def _reasons(errors: dict[str, str], reasons: Sequence[str]) -> tuple[Why, ...]:
    known = {why.value for why in Why}
    if len(reasons) > len(known) or not known.issuperset(reasons):
        errors["reasons"] = "Choisissez les motifs dans la liste."
        return ()
    return tuple(why for why in Why if why.value in reasons)
