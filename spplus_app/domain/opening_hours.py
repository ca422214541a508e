"""When a structure is open in a week: read from what files and people write, told in words.

Kept as one line of text, days from Monday: ``1 0900-1200 1330-1700;5 0900-1200``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from .errors import Invalid

DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
SPANS_MAX = 4
"""Most openings of one day (starting value)."""
_MIDNIGHT = 24 * 60
_SPAN = re.compile(
    r"(?P<from>\d{1,2})\s*[:hH.]?\s*(?P<from_m>\d{2})?\s*(?:-|–|—|à|a)\s*"
    r"(?P<to>\d{1,2})\s*[:hH.]?\s*(?P<to_m>\d{2})?"
)
_BETWEEN = re.compile(r"\s*(?:/|,|;|\bet\b|\s)\s*")

Span = tuple[int, int]
"""From and to, in minutes since midnight, the second after the first."""


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """Seven days from Monday, each with its openings in order; all empty when nothing is known."""

    days: tuple[tuple[Span, ...], ...] = ((),) * 7

    def __bool__(self) -> bool:
        """Whether anything is known."""
        return any(self.days)

    @property
    def kept(self) -> str:
        """The line that is stored; `parsed` reads it back."""
        return ";".join(
            f"{number} " + " ".join(f"{_digits(one)}-{_digits(two)}" for one, two in spans)
            for number, spans in enumerate(self.days, 1)
            if spans
        )

    def words(self) -> list[tuple[str, str]]:
        """Return the days that have the same hours together: « du lundi au jeudi », the hours."""
        lines: list[tuple[str, str]] = []
        first = 0
        while first < 7:
            last = first
            while last < 6 and self.days[last + 1] == self.days[first]:
                last += 1
            lines.append((_named(first, last), _told(self.days[first])))
            first = last + 1
        return lines

    def at(self, moment: datetime, zone: ZoneInfo) -> Open | None:
        """Return whether it is open at this moment on these clocks, and until or from when.

        ``None`` when nothing is known. Public holidays are not: who says it says so too.
        """
        if not self:
            return None
        local = moment.astimezone(zone)
        minute = local.hour * 60 + local.minute
        for start, end in self.days[local.weekday()]:
            if start <= minute < end:
                return Open(True, _clock(end))
            if minute < start:
                return Open(False, f"aujourd’hui à {_clock(start)}")
        for ahead in range(1, 8):
            day = (local + timedelta(days=ahead)).weekday()
            if self.days[day]:
                when = "demain" if ahead == 1 else DAYS[day]
                return Open(False, f"{when} à {_clock(self.days[day][0][0])}")
        return None


@dataclass(frozen=True, slots=True)
class Open:
    """Whether it is open now; ``until`` is when that ends: « 17 h », « demain à 9 h »."""

    now: bool
    until: str


def parsed(kept: str) -> OpeningHours:
    """Return what a stored line says; raise ``ValueError`` for any other text."""
    days: list[tuple[Span, ...]] = [()] * 7
    for part in filter(None, kept.split(";")):
        number, *spans = part.split(" ")
        days[int(number) - 1] = _ordered(
            (_minutes(one[:2], one[2:4]), _minutes(one[5:7], one[7:9])) for one in spans
        )
    return OpeningHours(tuple(days))


def typed(days: Mapping[str, str]) -> OpeningHours:
    """Return the hours a person typed, by day; raise `Invalid` (the day) for what is none.

    « 9h-12h, 13h30-17h », « 9:00 - 12:00 / 13:30 - 17:00 », « fermé » or nothing.
    """
    errors, found = {}, []
    for day in DAYS:
        try:
            found.append(_day(days.get(day, "")))
        except ValueError:
            errors[day] = "Écrivez les heures ainsi\u00a0: 9h-12h, 13h30-17h. Ou laissez vide."
    if errors:
        raise Invalid(errors)
    return OpeningHours(tuple(found))


def of_directory(text: str) -> OpeningHours:
    """Return the hours of the directory of town halls; raise ``ValueError`` for what is none.

    A list of ``[first day, last day, [[from, to], …]]`` in JSON (DILA, « plage_ouverture »).
    """
    days: list[list[Span]] = [[] for _ in DAYS]
    for first, last, spans in json.loads(text or "[]"):
        told = tuple((_hour(one), _hour(two)) for one, two in spans)
        for day in range(DAYS.index(first), DAYS.index(last) + 1):
            days[day] += told
    return OpeningHours(tuple(_ordered(spans) for spans in days))


def of_days(texts: Sequence[str]) -> OpeningHours:
    """Return the hours of seven texts, Monday first; raise ``ValueError`` for what is none."""
    return OpeningHours(tuple(_day(text) for text in texts))


def _day(text: str) -> tuple[Span, ...]:
    text = text.strip().casefold()
    if text in {"", "-", "fermé", "ferme"}:
        return ()
    spans, rest = [], text
    while True:
        found = _SPAN.match(rest)
        if found is None:
            raise ValueError(text)
        start = _minutes(found["from"], found["from_m"] or "0")
        spans.append((start, _minutes(found["to"], found["to_m"] or "0")))
        rest = rest[found.end() :]
        if not rest:
            break
        between = _BETWEEN.match(rest)
        if between is None:
            raise ValueError(text)
        rest = rest[between.end() :]
    return _ordered(spans)


def _ordered(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the openings of a day in order, the same told twice once, touching ones joined.

    Raises ``ValueError`` where others overlap: nobody knows which is true.
    """
    joined: list[Span] = []
    for start, end in sorted(set(spans)):
        if not 0 <= start < end <= _MIDNIGHT or (joined and start < joined[-1][1]):
            raise ValueError(f"{start}-{end}")
        if joined and start == joined[-1][1]:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    if len(joined) > SPANS_MAX:
        raise ValueError(f"{len(joined)} openings")
    return tuple(joined)


def _hour(text: str) -> int:
    hours, minutes, *_ = text.split(":")
    return _minutes(hours, minutes)


def _minutes(hours: str, minutes: str) -> int:
    if int(minutes) > 59:
        raise ValueError(minutes)
    return int(hours) * 60 + int(minutes)


def _digits(minute: int) -> str:
    return f"{minute // 60:02d}{minute % 60:02d}"


def _clock(minute: int) -> str:
    hours, minutes = divmod(minute, 60)
    return f"{hours}\u00a0h\u00a0{minutes:02d}" if minutes else f"{hours}\u00a0h"


def _told(spans: tuple[Span, ...]) -> str:
    if not spans:
        return "fermé"
    return ", ".join(f"de {_clock(one)} à {_clock(two)}" for one, two in spans)


def _named(first: int, last: int) -> str:
    if first == last:
        return DAYS[first]
    if last == first + 1:
        return f"{DAYS[first]} et {DAYS[last]}"
    return f"du {DAYS[first]} au {DAYS[last]}"
