"""Personal data in a text: found with exact offsets and a reason, masked by plain words.

It never decides: the author sees each finding and may say that it is not personal; a moderator
sees what they said. Measured in `docs/performance.md`, section « Personal data found ».
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

from .addresses import addresses
from .agents import named
from .contacts import emails, phones
from .identifiers import accounts, births, plates
from .kinds import AGENT_WORD, WORDS, Finding, Kind, Role
from .names import persons
from .numbers import told_numbers
from .reading import Reading

__all__ = ["AGENT_WORD", "WORDS", "Finding", "Kind", "Role", "find", "masked"]

# What says most of a piece comes first: a tax number is also thirteen digits.
_FINDERS = (emails, accounts, told_numbers, phones, births, plates, addresses, persons)


def find(text: str, *, praise: bool = False) -> list[Finding]:
    """Return the personal data of a text, in its order, never overlapping.

    Of two that overlap, the one whose kind is told most surely stays (`_FINDERS`). What stands
    out once the rest is masked is found too, so that a masked text holds nothing more. In a
    ``praise`` the first name of an agent is no such data: only the rest of the name is.
    """
    kept = _once(text, praise)
    while kept:
        found = _once(masked(text, kept), praise)
        more = _with_places(text, kept, found) if found else kept
        if more == kept:
            break
        kept = more
    return kept


def _once(text: str, praise: bool) -> list[Finding]:
    kept: list[Finding | None] = []
    taken = bytearray(len(text))
    reading = Reading(text)
    for finder in _FINDERS:
        for one in finder(reading):
            if not any(taken[one.start : one.end]):
                taken[one.start : one.end] = b"\x01" * (one.end - one.start)
                told = named(reading, one, praise)
                # « Madame » before a name may be the end of what was found before.
                cut = told is not None and any(taken[told.start : one.start])
                kept.append(one if cut else told)
    return sorted(filter(None, kept), key=lambda one: one.start)


def _with_places(text: str, kept: Sequence[Finding], found: Sequence[Finding]) -> list[Finding]:
    """Return ``kept`` and what was found in the masked text, at its places in the text itself."""
    starts, ends = _places(text, kept)
    more = [
        # A first name found once more is one that the words around tell: it stays no longer.
        replace(
            one,
            start=starts[one.start],
            end=ends[one.end - 1],
            instead="" if one.shows else one.instead,
        )
        for one in found
    ]
    begun = [two.start for two in more]
    rest = []
    for one in kept:
        at = bisect_right(begun, one.start) - 1
        if at < 0 or one.start >= more[at].end:
            rest.append(one)
    return sorted([*rest, *more], key=lambda one: one.start)


def _places(text: str, kept: Sequence[Finding]) -> tuple[list[int], list[int]]:
    """Return where each character of the masked text begins and ends in the text itself."""
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for one in kept:
        length = len(one.word)
        starts += [*range(at, one.start), *[one.start] * length]
        ends += [*range(at + 1, one.start + 1), *[one.end] * length]
        at = one.end
    return [*starts, *range(at, len(text))], [*ends, *range(at + 1, len(text) + 1)]


def masked(text: str, findings: Iterable[Finding]) -> str:
    """Return the text with a plain word in the place of each finding, from `find`."""
    pieces: list[str] = []
    at = 0
    for one in findings:
        pieces += [text[at : one.start], one.word]
        at = one.end
    return "".join([*pieces, text[at:]])
