"""The search index of published experiences: what is put in, taken out, and found.

The same questions on both databases, in the terms of `domain.search_index`; only
`search_sqlite` (FTS5) and `search_postgresql` (tsvector) know how each is asked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple, TypeVar, cast

from sqlalchemy import Select, Table, bindparam, delete, func, insert, select
from sqlalchemy.orm import Session

from ..domain.search import Condition, Rank
from ..domain.search_index import Document
from . import search_postgresql, search_sqlite
from .tables import ExperienceFacetsRow, ExperienceRow

T = TypeVar("T")
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
    if not condition.words and not condition.facets:
        return _listed(session, condition, before, limit)
    return _of(session).find(session, condition, rank, above, before, limit)


def _listed(session: Session, condition: Condition, before: int | None, limit: int) -> list[int]:
    position = ExperienceFacetsRow.position
    query = _between(select(position), condition, before)
    return list(session.scalars(query.order_by(position.desc()).limit(limit)))


def _between(query: Select[T], condition: Condition, before: int | None = None) -> Select[T]:
    position = ExperienceFacetsRow.position
    for bound in (before, condition.until):
        if bound is not None:
            query = query.where(position < bound)
    return query.where(position >= condition.since) if condition.since is not None else query


def count(session: Session, condition: Condition, limit: int) -> int:
    """Return how many match; ``limit`` where more do."""
    if condition.words or condition.facets:
        return _of(session).count(session, condition, limit)
    some = _between(select(ExperienceFacetsRow.position), condition).limit(limit).subquery()
    return int(session.scalar(select(func.count()).select_from(some)) or 0)


def facets(session: Session, condition: Condition, limit: int) -> tuple[int, str]:
    """Return how many match, ``limit`` at most, and the facets of the newest in one text.

    In one text: ten thousand rows would take longer to fetch than to find.
    """
    if not condition.words and not condition.facets:
        row = ExperienceFacetsRow
        query = _between(select(row.facets), condition).order_by(row.position.desc())
        found = query.limit(limit).subquery()
        joined = func.coalesce(func.aggregate_strings(found.c.facets, " "), "")
        number, text = session.execute(select(func.count(), joined)).one()
        return number, text
    return _of(session).facets(session, condition, limit)


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
