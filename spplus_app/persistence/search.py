"""The search index of published experiences: what is put in, taken out, and found.

The same questions on both databases, in the terms of `domain.search_index`; only
`search_sqlite` (FTS5) and `search_postgresql` (tsvector) know how each is asked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple, cast

from sqlalchemy import Select, Table, bindparam, delete, func, insert, select
from sqlalchemy.orm import Session

from ..domain.search import Condition, Rank
from ..domain.search_index import Document
from . import search_postgresql, search_sqlite
from .search_bounds import Position, bounds
from .tables import ExperienceFacetsRow, ExperienceRow

# Straight to the connection, here and below: what a gesture adds is flushed once, at its end.
_FACETS = insert(cast(Table, ExperienceFacetsRow.__table__))
_UNCOUNT = delete(cast(Table, ExperienceFacetsRow.__table__)).where(
    ExperienceFacetsRow.position.in_(bindparam("positions", expanding=True))
)


class Indexed(NamedTuple):
    """A published experience and what the index keeps of it."""

    position: int
    experience_id: int
    document: Document


Index = search_sqlite.Index | search_postgresql.Index
"""An index on one of the two databases."""
_INDEXES: dict[str, Index] = {
    "sqlite": search_sqlite.Index("experience"),
    "postgresql": search_postgresql.Index("experience"),
}


def _of(session: Session) -> Index:
    return _INDEXES[session.get_bind().dialect.name]


def free_position(session: Session, wanted: int) -> int:
    """Return the first position from ``wanted`` on that no experience has."""
    row = ExperienceRow
    position = wanted
    while session.scalar(select(row.id).where(row.position == position)) is not None:
        position += 1
    return position


def put(session: Session, indexed: Sequence[Indexed]) -> None:
    """Add experiences whose position is not in the index."""
    if not indexed:
        return
    session.connection().execute(
        _FACETS,
        [
            {
                "position": one.position,
                "experience_id": one.experience_id,
                "facets": " ".join(one.document.counted),
            }
            for one in indexed
        ],
    )
    _of(session).put(session, [(one.position, one.document) for one in indexed])


def remove(session: Session, positions: Collection[int]) -> None:
    """Take experiences out; positions that are not in the index change nothing."""
    if not positions:
        return
    wanted = sorted(set(positions))
    _of(session).remove(session, wanted)
    session.connection().execute(_UNCOUNT, {"positions": wanted})


def clear(session: Session) -> None:
    """Empty the index."""
    _of(session).clear(session)
    session.execute(delete(ExperienceFacetsRow))


def find(
    session: Session,
    condition: Condition,
    *,
    rank: Rank = Rank.ANYWHERE,
    above: Rank | None = None,
    before: int | None = None,
    limit: int,
) -> list[int]:
    """Return the positions that meet the condition, the newest first.

    ``rank`` is where all the words must stand; ``above`` leaves out what stands that well
    already; ``before`` is where the page before ended.
    """
    query, position = _matching(session, condition, rank, above, before)
    return list(session.scalars(query.order_by(position.desc()).limit(limit)))


def _matching(
    session: Session,
    condition: Condition,
    rank: Rank = Rank.ANYWHERE,
    above: Rank | None = None,
    before: int | None = None,
) -> tuple[Select[int], Position]:
    """Return the query of the positions that match, and the position in it."""
    if condition.words or condition.facets:
        index = _of(session)
        return index.matching(condition, rank, above, before), index.position
    position = ExperienceFacetsRow.position
    return select(position).where(*bounds(position, condition, before)), position


def count(session: Session, condition: Condition, limit: int) -> int:
    """Return how many match; ``limit`` where more do."""
    some = _matching(session, condition)[0].limit(limit).subquery()
    return int(session.scalar(select(func.count()).select_from(some)) or 0)


def facets(session: Session, condition: Condition, limit: int) -> tuple[int, str]:
    """Return how many match, ``limit`` at most, and the facets of the newest in one text.

    In one text: ten thousand rows would take longer to fetch than to find.
    """
    row = ExperienceFacetsRow
    if condition.words or condition.facets:
        query, position = _matching(session, condition)
        newest = query.order_by(position.desc()).limit(limit).subquery("found")
        kept = select(row.facets).select_from(newest).join(row, row.position == newest.c[0])
    else:
        kept = select(row.facets).where(*bounds(row.position, condition, None))
        kept = kept.order_by(row.position.desc()).limit(limit)
    found = kept.subquery()
    joined = func.coalesce(func.aggregate_strings(found.c.facets, " "), "")
    number, text = session.execute(select(func.count(), joined)).one()
    return number, text


def faults(session: Session) -> list[str]:
    """Return what the index itself finds wrong in what it holds."""
    return _of(session).faults(session)


def documents(session: Session, positions: Iterable[int]) -> dict[int, object]:
    """Return what the index stores of these positions, in a form that compares with `stored`."""
    return _of(session).documents(session, sorted(positions))


def stored(session: Session, document: Document) -> object:
    """Return what the index would store of a document, to compare with `documents`."""
    return _of(session).stored(document)


def counted(session: Session, positions: Iterable[int]) -> dict[int, tuple[int, str]]:
    """Return the experience and the facets kept at each of these positions."""
    row = ExperienceFacetsRow
    query = select(row.position, row.experience_id, row.facets).where(
        row.position.in_(sorted(positions))
    )
    return {position: (number, facets) for position, number, facets in session.execute(query)}


def strangers(session: Session) -> list[int]:
    """Return the experiences that the index holds and that are not published."""
    query = (
        select(ExperienceFacetsRow.experience_id)
        .join(ExperienceRow, ExperienceRow.id == ExperienceFacetsRow.experience_id)
        .where(ExperienceRow.status != "published")
    )
    return list(session.scalars(query))
