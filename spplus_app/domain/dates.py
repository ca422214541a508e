"""Moments and durations in French words, on the clocks of Paris."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
_MONTHS = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]


def french_date(moment: datetime) -> str:
    """Return the day in words: « 1er novembre 2026 »."""
    return french_day(moment.astimezone(PARIS).date())


def french_day(day: date) -> str:
    """Return a day of the calendar in words: « 1er novembre 2026 »."""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number}\u00a0{_MONTHS[day.month - 1]}\u00a0{day.year}"


def iso_date(moment: datetime) -> str:
    """Return the same day as `french_date`, for machines: « 2026-11-01 »."""
    return moment.astimezone(PARIS).date().isoformat()


def french_moment(moment: datetime) -> str:
    """Return the day and the hour: « 12 novembre 2026 à 14 h 05 »."""
    local = moment.astimezone(PARIS)
    return f"{french_date(moment)} à {local.hour}\u00a0h\u00a0{local.minute:02d}"


def days_between(start: datetime, end: datetime) -> int:
    """Whole calendar days in Paris from ``start`` to ``end``, never negative."""
    days = (end.astimezone(PARIS).date() - start.astimezone(PARIS).date()).days
    return max(0, days)


def french_days(days: int) -> str:
    """Return a number of days in words: « le jour même », « 1 jour », « 12 jours »."""
    if days == 0:
        return "le jour même"
    return f"{days}\u00a0jour{'s' if days > 1 else ''}"


def french_length(length: timedelta) -> str:
    """Return how long something lasts, in words: « 12 mois », « 90 jours », « 30 minutes »."""
    if length.days and length.days % 365 == 0:
        return f"{length.days // 365 * 12}\u00a0mois"
    if length.days:
        return french_days(length.days)
    hours, minutes = divmod(int(length.total_seconds()) // 60, 60)
    if hours:
        return f"{hours}\u00a0heure{'s' if hours > 1 else ''}"
    return f"{minutes}\u00a0minute{'s' if minutes > 1 else ''}"
