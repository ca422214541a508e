"""Structures: how they are found, and how many are stored at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, insert, or_, select, text, update
from sqlalchemy.orm import Session

from ..domain.directory import Listed
from ..domain.structure_index import Searchable
from ..domain.structures import place_name
from .tables import ExperienceStructureRow, NetworkRow, StructureRow, TypologyRow

_IMPORT_LOCK = 7_330_001
"""Number of PostgreSQL's advisory lock of the imports; SQLite has one writer anyway."""


def get(session: Session, structure_id: int) -> StructureRow | None:
    """Return one structure by its id."""
    return session.get(StructureRow, structure_id)


def by_code(session: Session, code: str) -> StructureRow | None:
    """Return one structure by its code, active or not."""
    return session.scalars(select(StructureRow).where(StructureRow.code == code)).one_or_none()


def by_codes(session: Session, codes: Collection[str]) -> dict[str, StructureRow]:
    """Return the structures with these codes, by code; unknown codes are absent."""
    if not codes:
        return {}
    query = select(StructureRow).where(StructureRow.code.in_(list(codes)))
    return {row.code: row for row in session.scalars(query)}


def by_ids(session: Session, ids: Collection[int]) -> dict[int, StructureRow]:
    """Return the structures with these ids, by id."""
    if not ids:
        return {}
    query = select(StructureRow).where(StructureRow.id.in_(list(ids)))
    return {row.id: row for row in session.scalars(query)}


def place(row: StructureRow) -> str:
    """Where a structure is, in words: « Nîmes (30) »."""
    return place_name(row.town, row.department, row.country)


def ids_of(path: str) -> list[int]:
    """Return the ids of a path, the root first."""
    return [int(part) for part in path.strip("/").split("/") if part]


def chain(session: Session, path: str) -> list[StructureRow]:
    """Return the structures of a path, the root first."""
    ids = ids_of(path)
    found = by_ids(session, ids)
    return [found[structure_id] for structure_id in ids if structure_id in found]


def _under(roots: Collection[str]) -> ColumnElement[bool]:
    """Return the condition « at one of these paths, or below »; no path, no structure."""
    # « 0 » follows « / »: the range holds exactly the paths that begin with the root's.
    ranges = [
        and_(StructureRow.path >= root, StructureRow.path < root.rstrip("/") + "0")
        for root in roots
    ]
    return or_(*ranges) if ranges else StructureRow.id.is_(None)


def at_paths(session: Session, paths: Collection[str]) -> list[StructureRow]:
    """Return the structures that stand at these very paths, by name."""
    if not paths:
        return []
    query = select(StructureRow).where(StructureRow.path.in_(list(paths)))
    return list(session.scalars(query.order_by(StructureRow.name, StructureRow.id)))


def with_open_experiences(session: Session, roots: Collection[str] = ("/",)) -> list[StructureRow]:
    """Return the structures at ``roots`` or below that have an experience to reply to."""
    waiting = select(ExperienceStructureRow.structure_id).where(
        ExperienceStructureRow.replied_at.is_(None),
        ExperienceStructureRow.published_at.is_not(None),
    )
    query = select(StructureRow).where(StructureRow.id.in_(waiting), _under(roots))
    return list(session.scalars(query))


_SEARCHED = (
    StructureRow.code,
    StructureRow.name,
    StructureRow.usual_name,
    TypologyRow.name,
    NetworkRow.name,
    StructureRow.town,
    StructureRow.postal_code,
    StructureRow.department,
    StructureRow.country,
    StructureRow.served_departments,
)


def for_index(session: Session) -> list[Searchable]:
    """Return every structure people may write to, for the search."""
    query = _searched(_SEARCHED).where(StructureRow.joined)
    return [Searchable._make(row) for row in session.execute(query)]


def for_directory(session: Session) -> list[Listed]:
    """Return every active structure, those that have not joined included, for the directory."""
    more = (
        StructureRow.joined,
        StructureRow.network_id,
        StructureRow.typology_id,
        StructureRow.hours,
        StructureRow.latitude,
        StructureRow.longitude,
    )
    width = len(_SEARCHED)
    return [
        Listed.of(Searchable._make(row[:width]), *row[width:])
        for row in session.execute(_searched((*_SEARCHED, *more)))
    ]


def _searched(columns: tuple[Any, ...]) -> Select[Any]:
    return (
        select(*columns)
        .join(TypologyRow, TypologyRow.id == StructureRow.typology_id)
        .join(NetworkRow, NetworkRow.id == StructureRow.network_id)
        .where(StructureRow.active)
        .order_by(StructureRow.id)
    )


def kind_of(session: Session, row: StructureRow) -> tuple[str, str]:
    """Return the names of a structure's network and typology."""
    network = session.get(NetworkRow, row.network_id)
    typology = session.get(TypologyRow, row.typology_id)
    return (network.name if network else "", typology.name if typology else "")


def network_name(session: Session, network_id: int) -> str:
    """Return the name of a network, empty for an unknown one."""
    row = session.get(NetworkRow, network_id) if 0 < network_id < 2**31 else None
    return row.name if row else ""


def networks(session: Session) -> list[tuple[int, str]]:
    """Return the id and name of every network, in the order of their names."""
    query = select(NetworkRow.id, NetworkRow.name).order_by(NetworkRow.name)
    return [(row_id, name) for row_id, name in session.execute(query)]


def lock_for_import(session: Session) -> None:
    """Make imports follow one another, until the end of the transaction."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _IMPORT_LOCK})


def ensure_networks(session: Session, names: Iterable[str]) -> dict[str, int]:
    """Return the id of each network by name, the missing ones added."""
    known = {
        name: row_id for row_id, name in session.execute(select(NetworkRow.id, NetworkRow.name))
    }
    missing = sorted(set(names) - set(known))
    if missing:
        session.execute(insert(NetworkRow), [{"name": name} for name in missing])
        return ensure_networks(session, ())
    return known


def ensure_typologies(session: Session, wanted: Mapping[str, tuple[int, str]]) -> dict[str, int]:
    """Return the id of each typology by code, added or renamed where ``wanted`` says so.

    ``wanted`` maps a code to the network's id and the typology's name.
    """
    known = {row.code: row for row in session.scalars(select(TypologyRow))}
    added = []
    for code, (network_id, name) in sorted(wanted.items()):
        row = known.get(code)
        if row is None:
            added.append({"code": code, "network_id": network_id, "name": name})
        elif (row.network_id, row.name) != (network_id, name):
            row.network_id, row.name = network_id, name
    if added:
        session.execute(insert(TypologyRow), added)
    session.flush()
    return {
        code: row_id for row_id, code in session.execute(select(TypologyRow.id, TypologyRow.code))
    }


def stored(session: Session, columns: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Return the named columns of every structure, by code."""
    attributes = [getattr(StructureRow, name) for name in columns]
    rows = session.execute(select(StructureRow.code, *attributes))
    return {row[0]: dict(zip(columns, row[1:], strict=True)) for row in rows}


def add_many(session: Session, rows: list[dict[str, Any]]) -> None:
    """Add structures, all with the same columns."""
    if rows:
        session.execute(insert(StructureRow), rows)


def change_many(session: Session, rows: list[dict[str, Any]]) -> None:
    """Change structures; each row has ``id`` and the columns to change, the same in all."""
    if rows:
        session.execute(update(StructureRow), rows)
        # Rows already read in this session must not keep their old values.
        session.expire_all()


def codes_by_identifier(session: Session, kind: str) -> dict[str, str]:
    """Return the code of each structure that has an identifier of this kind, by identifier."""
    query = (
        select(StructureRow.identifier, StructureRow.code)
        .where(StructureRow.identifier_kind == kind, StructureRow.identifier != "")
        .order_by(StructureRow.active, StructureRow.id.desc())
    )
    return {identifier: code for identifier, code in session.execute(query)}
