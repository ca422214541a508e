"""Dates of the official exports: several forms in, one out."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time

from .dates import PARIS

_NOON = time(12)
_ISO = re.compile(r"([0-9]{4})[-/]([0-9]{2})[-/]([0-9]{2})(?:[T ](.*))?")
_FRENCH = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})(?:(?: à)?[T ]+(.*))?")
_HOUR = re.compile(
    r"([0-9]{1,2})[:hH]([0-9]{2})(?::([0-9]{2})(?:[.,][0-9]+)?)?"
    r"(Z|[+-][0-9]{2}:?[0-9]{2})?"
)
_FIRST_YEAR = 2000


def parsed_date(text: str) -> datetime | None:
    """Return the moment a date tells, ``None`` when it tells none; a bare day is noon in Paris.

    Forms met: « 2023-03-25 », « 2021-05-01T10:33:00+00:00 », « 06/07/2019 10:58 »,
    « 06/07/2019 ». A moment without a zone is one of Paris.
    """
    text = text.strip()
    iso, french = _ISO.fullmatch(text), _FRENCH.fullmatch(text)
    if iso:
        year, month, day, hour = iso.groups()
    elif french:
        day, month, year, hour = french.groups()
    else:
        return None
    try:
        moment = datetime(int(year), int(month), int(day), tzinfo=PARIS)
        if int(year) < _FIRST_YEAR:
            return None
        if not (hour or "").strip():
            return datetime.combine(moment.date(), _NOON, PARIS).astimezone(UTC)
        return _at(moment, hour.strip())
    except ValueError:
        return None


def _at(day: datetime, hour: str) -> datetime | None:
    found = _HOUR.fullmatch(hour)
    if found is None:
        return None
    hours, minutes, seconds, zone = found.groups()
    if zone:
        zone = "+0000" if zone == "Z" else zone.replace(":", "")
        told = f"{day:%Y-%m-%d} {hours}:{minutes}:{seconds or '00'} {zone}"
        return datetime.strptime(told, "%Y-%m-%d %H:%M:%S %z").astimezone(UTC)
    return day.replace(hour=int(hours), minute=int(minutes), second=int(seconds or 0)).astimezone(
        UTC
    )


def official_date(moment: datetime) -> str:
    """Return a moment as the official export writes it: the day, and the hour unless noon."""
    local = moment.astimezone(PARIS)
    if local.time() == _NOON:
        return local.date().isoformat()
    return local.isoformat(timespec="seconds")


def moment_of(text: str) -> datetime:
    """Return the moment of a date that `official_date` wrote."""
    moment = parsed_date(text)
    if moment is None:
        raise ValueError(text)
    return moment
