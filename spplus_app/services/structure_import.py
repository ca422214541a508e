"""Importing structures: added, changed, closed; never deleted, and twice changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from ..domain.errors import Conflict, Refused
from ..domain.imports import Reading, RefusedRow, Repair
from ..domain.journal import Entry
from ..domain.roles import Viewer
from ..domain.structure_tree import Tree, tree
from ..domain.structures import Origin, StructureRecord
from ..persistence import experiences, structures
from . import clock, experience_index, record, structure_planting
from . import structures as structure_service
from .documents import index as document_index

Records = Reading[StructureRecord]

CLOSINGS_MAX = 0.2
"""Share of the structures in use that one import may close without being told to."""
_CLOSINGS_FREE = 20
_STORED = (
    "network_id",
    "typology_id",
    "name",
    "usual_name",
    "description",
    "identifier",
    "identifier_kind",
    "address",
    "postal_code",
    "town",
    "country",
    "department",
    "region",
    "insee_town",
    "website",
    "email",
    "served_postal_codes",
    "served_departments",
    "active",
    "invented",
    "origin",
)
"""The columns an import writes, ``parent_id`` and ``path`` apart."""
_FACETS = ("network_id", "department")
"""The columns that experiences are filtered by, the tree apart."""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did. ``rows`` counts the rows read; ``doubts`` were left as they are.

    ``replaced`` counts the real names lent by the demonstration that the referential closed.
    """

    rows: int = 0
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    closed: int = 0
    replaced: int = 0
    repaired: list[Repair] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)
    doubts: list[Repair] = field(default_factory=list)

    @property
    def did_something(self) -> bool:
        """Whether the database changed."""
        return bool(self.created or self.changed or self.closed or self.replaced)


def run(
    session: Session,
    viewer: Viewer,
    reading: Records,
    origin: Origin = Origin.REFERENTIAL,
    *,
    many_closings: bool = False,
) -> ImportReport:
    """Store what was read; structures of ``origin`` that are absent are closed.

    A code of another origin is refused; the referential closes the real names that the
    demonstration lends. `Conflict`, and nothing changed, when over a fifth of the structures in
    use would close, unless ``many_closings``. `Refused` to all but the command line.
    """
    if viewer.signed_in or viewer.visitor:
        raise Refused
    structures.lock_for_import(session)
    known = structures.stored(session, (*_STORED, *structure_planting.TREE))
    _refuse_others(reading, known, origin)
    made = tree(reading.records)
    _tell_attached(reading, made)
    closing = _closing(reading, known, origin, many=many_closings)
    wanted = _wanted(session, reading.records, origin)
    lent = _lent(known, wanted, origin)
    created, touched = _store(session, wanted, known, reading.records)
    _close(session, closing + lent)
    moved = structure_planting.plant(session, made)
    _index_again(session, known, wanted, moved - created)
    changed = len((touched | (moved & wanted.keys())) - created)
    report = ImportReport(
        rows=reading.total,
        created=len(created),
        changed=changed,
        unchanged=len(wanted) - len(created) - changed,
        closed=len(closing),
        replaced=len(lent),
        repaired=sorted(reading.repaired, key=lambda repair: repair.row),
        refused=sorted(reading.refused, key=lambda refused: refused.row),
        doubts=reading.doubts,
    )
    if report.did_something:
        _tell(session, viewer, report, origin, moved - created)
    return report


def _index_again(
    session: Session,
    known: Mapping[str, Mapping[str, Any]],
    wanted: Mapping[str, Mapping[str, Any]],
    moved: set[str],
) -> None:
    """Let experiences and documents be found by the network and tree of their structures."""
    changed = moved | {
        code
        for code, row in wanted.items()
        if code in known and any(known[code][name] != row[name] for name in _FACETS)
    }
    ids = [known[code]["id"] for code in changed]
    experience_index.add_many(session, experiences.published_at(session, ids))
    document_index.moved(session, ids)


def _lent(
    known: Mapping[str, dict[str, Any]], wanted: Mapping[str, dict[str, Any]], origin: Origin
) -> list[dict[str, Any]]:
    """Return the lent names to close; once the referential is there, none is opened again."""
    if origin is Origin.REFERENTIAL:
        return [row for row in known.values() if row["active"] and _stands_in(row)]
    if any(row["origin"] == Origin.REFERENTIAL for row in known.values()):
        for row in wanted.values():
            row["active"] = row["active"] and not _stands_in(row)
    return []


def _stands_in(row: Mapping[str, Any]) -> bool:
    """Whether a row is a real name lent by the demonstration: the referential replaces it."""
    return row["origin"] == Origin.DEMO and not row["invented"]


def _refuse_others(
    reading: Records, known: Mapping[str, Mapping[str, Any]], origin: Origin
) -> None:
    for code in list(reading.records):
        if code in known and known[code]["origin"] != origin:
            del reading.records[code]
            reason = f"le code {code} est celui d’une structure d’une autre origine"
            reading.refused.append(RefusedRow(reading.rows[code], reason))


def _tell_attached(reading: Records, made: Tree) -> None:
    for one in made.attached:
        where = f"rattachée à {one.after}" if one.after else "laissée sans structure parente"
        reading.repaired.append(
            Repair(
                reading.rows[one.code],
                "parent_code",
                one.before,
                one.after,
                f"{one.reason} : {where}",
            )
        )


def _closing(
    reading: Records, known: Mapping[str, dict[str, Any]], origin: Origin, *, many: bool
) -> list[dict[str, Any]]:
    used = {code: row for code, row in known.items() if row["origin"] == origin and row["active"]}
    closing = [row for code, row in used.items() if code not in reading.records]
    if not many and len(closing) > max(_CLOSINGS_FREE, CLOSINGS_MAX * len(used)):
        raise Conflict(
            f"Ce fichier fermerait {len(closing)} structures sur {len(used)} : est-il entier ? "
            "Rien n’est changé."
        )
    return closing


def _wanted(
    session: Session, records: Mapping[str, StructureRecord], origin: Origin
) -> dict[str, dict[str, Any]]:
    """Return the columns each record asks for, by code; networks and typologies are added."""
    networks = structures.ensure_networks(session, {one.network for one in records.values()})
    typologies = structures.ensure_typologies(
        session,
        {one.typology_code: (networks[one.network], one.typology) for one in records.values()},
    )
    wanted: dict[str, dict[str, Any]] = {}
    for code, one in records.items():
        values = asdict(one) | {
            "network_id": networks[one.network],
            "typology_id": typologies[one.typology_code],
            "origin": origin.value,
        }
        wanted[code] = {name: values[name] for name in _STORED}
    return wanted


def _store(
    session: Session,
    wanted: Mapping[str, dict[str, Any]],
    known: Mapping[str, Mapping[str, Any]],
    records: Mapping[str, StructureRecord],
) -> tuple[set[str], set[str]]:
    """Add and change rows; return the codes added, and those whose columns changed."""
    now = clock.now()
    added = [
        # Whether it has joined is the team's to say, once it is there.
        {"code": code, "joined": records[code].joined, **row}
        for code, row in wanted.items()
        if code not in known
    ]
    # The path is known once the id is: `_plant` writes it.
    structures.add_many(session, [row | {"path": "", "updated_at": now} for row in added])
    touched = {
        code
        for code, row in wanted.items()
        if code in known and any(known[code][name] != row[name] for name in _STORED)
    }
    structures.change_many(
        session,
        [{"id": known[code]["id"], "updated_at": now, **wanted[code]} for code in sorted(touched)],
    )
    return {row["code"] for row in added}, touched


def _close(session: Session, closing: list[dict[str, Any]]) -> None:
    now = clock.now()
    structures.change_many(
        session, [{"id": row["id"], "active": False, "updated_at": now} for row in closing]
    )


def _tell(
    session: Session, viewer: Viewer, report: ImportReport, origin: Origin, moved: set[str]
) -> None:
    if moved:
        waiting = structures.with_open_experiences(session)
        structure_service.renew_due(session, [row for row in waiting if row.code in moved])
    record.journal_entry(
        session,
        viewer,
        Entry.STRUCTURES_IMPORTED,
        ("structures", origin.value),
        after={
            "rows": report.rows,
            "created": report.created,
            "changed": report.changed,
            "closed": report.closed,
            "repaired": len(report.repaired),
            "refused": len(report.refused),
        },
    )
    record.changed(session, record.STRUCTURES)
