"""What search engines are told of: published experiences, in files of bounded size.

A file holds a fixed range of ids, so that it costs the same however many there are, and no longer
changes once its range is behind.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from ..domain.dates import iso_date
from ..persistence import experiences, sitemap

PER_FILE = 5_000
"""Addresses in one file, at most."""


@dataclass(frozen=True, slots=True)
class Address:
    """A public address, and the day it last changed."""

    path: str
    day: str = ""


def files(session: Session, per_file: int = PER_FILE) -> list[int]:
    """Return the numbers of the files that hold something, the newest first."""
    found: list[int] = []
    newest = sitemap.newest(session)
    while newest:
        number = (newest - 1) // per_file
        found.append(number)
        newest = sitemap.newest(session, number * per_file) if number else 0
    return found


def addresses(session: Session, number: int, per_file: int = PER_FILE) -> list[Address]:
    """Return the experiences of a file, the newest first; none for a file that does not exist."""
    if not experiences.known_id((number + 1) * per_file):
        return []
    rows = sitemap.between(session, number * per_file, (number + 1) * per_file)
    return [Address(f"/experiences/{row.id}-{row.slug}", iso_date(row.changed_at)) for row in rows]
