"""Details of structures on the ground, written by imports: what changed is told, and journaled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from ..domain.errors import Refused
from ..domain.france_services import IDENTIFIER_KIND
from ..domain.journal import Entry
from ..domain.roles import Viewer
from ..domain.structure_details import Details
from ..persistence import structures
from . import clock, record

_COLUMNS = ("phone", "latitude", "longitude", "hours", "hours_note")


@dataclass(frozen=True, slots=True)
class DetailsReport:
    """How many structures were told about, changed, and which keys nobody knows."""

    told: int = 0
    changed: int = 0
    unknown: list[str] = field(default_factory=list)


def by_code(
    session: Session, viewer: Viewer, details: Mapping[str, Details], source: str
) -> DetailsReport:
    """Write the details of structures, by their code. `Refused` to all but the command line."""
    return _write(session, viewer, details, {code: code for code in details}, source)


def of_france_services(
    session: Session, viewer: Viewer, details: Mapping[str, Details]
) -> DetailsReport:
    """Write the details of France services, by the number the referential gives them.

    `Refused` to all but the command line.
    """
    codes = structures.codes_by_identifier(session, IDENTIFIER_KIND)
    return _write(session, viewer, details, codes, "france_services")


def _write(
    session: Session,
    viewer: Viewer,
    details: Mapping[str, Details],
    codes: Mapping[str, str],
    source: str,
) -> DetailsReport:
    if viewer.signed_in or viewer.visitor:
        raise Refused
    structures.lock_for_import(session)
    known = structures.stored(session, ("id", *_COLUMNS))
    now, changes, unknown = clock.now(), [], []
    for key, told in details.items():
        row = known.get(codes.get(key, ""))
        if row is None:
            unknown.append(key)
            continue
        values = {
            "phone": told.phone,
            "latitude": told.at.latitude if told.at else None,
            "longitude": told.at.longitude if told.at else None,
            "hours": told.hours,
            "hours_note": told.hours_note,
        }
        if any(row[name] != values[name] for name in _COLUMNS):
            changes.append({"id": row["id"], "updated_at": now, **values})
    structures.change_many(session, changes)
    report = DetailsReport(len(details) - len(unknown), len(changes), sorted(unknown))
    if changes:
        after = {"rows": len(details), "changed": len(changes), "unknown": len(unknown)}
        record.journal_entry(
            session, viewer, Entry.STRUCTURES_IMPORTED, ("structures", source), after=after
        )
        record.changed(session, record.STRUCTURES)
    return report
