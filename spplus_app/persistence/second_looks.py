"""Second looks, and the fingerprints by which texts nearly the same are found."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple, cast

from sqlalchemy import Table, bindparam, delete, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from ..domain.fingerprint import bands, probes
from .tables import ExperienceRow, FingerprintRow, SecondLookRow, VisitorItemRow

_LOOKS, _PRINTS, _ITEMS, _EXPERIENCES = (
    cast(Table, table.__table__)
    for table in (SecondLookRow, FingerprintRow, VisitorItemRow, ExperienceRow)
)
_BANDS = ("band_0", "band_1", "band_2", "band_3")


def _put(table: Table, dialect: str) -> Any:
    insert: Any = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}[dialect](table)
    changed = {one.name: insert.excluded[one.name] for one in table.columns if not one.primary_key}
    return insert.on_conflict_do_update(index_elements=["experience_id"], set_=changed)


# Prepared once, and run past the ORM: a deposit waits for them.
_KEEP = {name: _put(_LOOKS, name) for name in ("sqlite", "postgresql")}
_RECEIVE = {name: _put(_PRINTS, name) for name in ("sqlite", "postgresql")}
_CHANGE = (
    update(_PRINTS)
    .where(_PRINTS.c.experience_id == bindparam("number"))
    .values({name: bindparam(name) for name in ("value", *_BANDS)})
)
_OWN, _OTHER = _ITEMS.alias("own"), _ITEMS.alias("other")
_BESIDE = (
    select(_PRINTS.c.experience_id, _PRINTS.c.value)
    .join(_EXPERIENCES, _EXPERIENCES.c.id == _PRINTS.c.experience_id)
    .join(_OTHER, _OTHER.c.experience_id == _PRINTS.c.experience_id)
    .join(_OWN, _OWN.c.visitor == _OTHER.c.visitor)
    .where(
        _OWN.c.experience_id == bindparam("number"),
        _OTHER.c.experience_id != bindparam("number"),
        _EXPERIENCES.c.status != "withdrawn",
    )
    .distinct()
)
_NEAR = select(_PRINTS.c.experience_id, _PRINTS.c.value, _PRINTS.c.created_at).where(
    or_(*(_PRINTS.c[name].in_(bindparam(name, expanding=True)) for name in _BANDS)),
    _PRINTS.c.created_at >= bindparam("since"),
)


class Near(NamedTuple):
    """An experience whose fingerprint may be close to another, and when it was received."""

    experience_id: int
    value: int
    created_at: datetime


def of(session: Session, experience_id: int) -> list[Any] | None:
    """Return what was seen in an experience, as it was kept; ``None`` when nobody looked."""
    query = select(SecondLookRow.seen).where(SecondLookRow.experience_id == experience_id)
    found: list[Any] | None = session.scalar(query)
    return found


def several(session: Session, ids: Collection[int]) -> dict[int, list[Any]]:
    """Return what was seen in each of these experiences, in one query."""
    if not ids:
        return {}
    row = SecondLookRow
    query = select(row.experience_id, row.seen).where(row.experience_id.in_(sorted(set(ids))))
    return {number: seen for number, seen in session.execute(query)}


def keep(session: Session, experience_id: int, seen: list[Any], *, urgent: bool) -> None:
    """Keep what was seen in an experience as it reads now, in the place of what was before."""
    values = {"experience_id": experience_id, "urgent": urgent, "seen": seen}
    connection = session.connection()
    connection.execute(_KEEP[connection.dialect.name], values)


def receive(session: Session, experience_id: int, value: int, now: datetime) -> None:
    """Keep the fingerprint of a narrative received now; 0 is kept nowhere."""
    connection = session.connection()
    if value == 0:
        connection.execute(delete(_PRINTS).where(_PRINTS.c.experience_id == experience_id))
        return
    values = {"experience_id": experience_id, "created_at": now, **_values(value)}
    connection.execute(_RECEIVE[connection.dialect.name], values)


def change(session: Session, experience_id: int, value: int) -> None:
    """Change the fingerprint of an experience whose text changed, if it is still kept."""
    connection = session.connection()
    if value == 0:
        connection.execute(delete(_PRINTS).where(_PRINTS.c.experience_id == experience_id))
    else:
        connection.execute(_CHANGE, {"number": experience_id, **_values(value)})


def _values(value: int) -> dict[str, int]:
    return {"value": value, **dict(zip(_BANDS, bands(value), strict=True))}


def beside(session: Session, experience_id: int) -> list[int]:
    """Return the fingerprints of what the visitors who follow this experience follow as well.

    What its author took back is not among them.
    """
    found = session.connection().execute(_BESIDE, {"number": experience_id})
    return [value for _, value in found]


def near(session: Session, value: int, since: datetime) -> list[Near]:
    """Return all that was received since then and may be close: none that is close is missed."""
    asked: dict[str, Any] = dict(zip(_BANDS, probes(value), strict=True)) | {"since": since}
    return [Near(*found) for found in session.connection().execute(_NEAR, asked)]


def pending(session: Session, own: int, ids: Collection[int]) -> list[SecondLookRow]:
    """Return, held and in one order, the second looks of these that wait for moderation.

    That of ``own`` is among them, whatever its state.
    """
    row = SecondLookRow
    query = (
        select(row)
        .join(ExperienceRow, ExperienceRow.id == row.experience_id)
        .where(
            row.experience_id.in_(sorted({own, *ids})),
            or_(ExperienceRow.status == "pending", row.experience_id == own),
        )
        .order_by(row.experience_id)
        .with_for_update(of=row)
        .execution_options(populate_existing=True)
    )
    return list(session.scalars(query))
