"""What search engines are told of: published experiences and documents, in bounded files.

A file holds a fixed range of ids, so that it costs the same however many there are, and no longer
changes once its range is behind.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from ..domain.dates import iso_date
from ..persistence import experiences, sitemap
from ..persistence.tables import DocumentRow, ExperienceRow

PER_FILE = 5_000
"""Addresses in one file, at most."""
TABLES: dict[str, sitemap.Table] = {"experiences": ExperienceRow, "documents": DocumentRow}
"""What is listed, by the beginning of its addresses."""


@dataclass(frozen=True, slots=True)
class Address:
    """A public address, and the day it last changed."""

    path: str
    day: str = ""


def files(session: Session, what: str, per_file: int = PER_FILE) -> list[int]:
    """Return the numbers of the files that hold something of `TABLES`, the newest first."""
    table = TABLES[what]
    found: list[int] = []
    newest = sitemap.newest(session, table)
    while newest:
        number = (newest - 1) // per_file
        found.append(number)
        newest = sitemap.newest(session, table, number * per_file) if number else 0
    return found


def addresses(session: Session, what: str, number: int, per_file: int = PER_FILE) -> list[Address]:
    """Return what a file lists, the newest first; nothing for a file that does not exist."""
    if not experiences.known_id((number + 1) * per_file):
        return []
    rows = sitemap.between(session, TABLES[what], number * per_file, (number + 1) * per_file)
    return [Address(f"/{what}/{row.id}-{row.slug}", iso_date(row.changed_at)) for row in rows]
