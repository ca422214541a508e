"""The list of published documents, and its search index: the twin of that of experiences."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from typing import cast

from sqlalchemy import Select, Text, func, select
from sqlalchemy import cast as cast_sql
from sqlalchemy.orm import Session

from ..domain.documents.stages import Stage
from ..domain.search import Condition
from ..domain.search_index import Document
from . import search_postgresql, search_sqlite
from .search import Index
from .search_bounds import Position, bounds
from .tables import DocumentRow

_INDEXES: dict[str, Index] = {
    "sqlite": search_sqlite.Index("document"),
    "postgresql": search_postgresql.Index("document"),
}


def _of(session: Session) -> Index:
    return _INDEXES[session.get_bind().dialect.name]


def put(session: Session, indexed: Sequence[tuple[int, Document]]) -> None:
    """Add documents whose position is not in the index."""
    if indexed:
        _of(session).put(session, indexed)


def remove(session: Session, positions: Collection[int]) -> None:
    """Take documents out; positions that are not in the index change nothing."""
    if positions:
        _of(session).remove(session, sorted(set(positions)))


def clear(session: Session) -> None:
    """Empty the index."""
    _of(session).clear(session)


def find(session: Session, condition: Condition, before: int | None, limit: int) -> list[int]:
    """Return the positions that meet the condition, the newest first."""
    query, position = _matching(session, condition, before)
    return list(session.scalars(query.order_by(position.desc()).limit(limit)))


def _matching(
    session: Session, condition: Condition, before: int | None = None
) -> tuple[Select[int], Position]:
    """Return the query of the positions that match, and the position in it."""
    if condition.words or condition.facets:
        index = _of(session)
        return index.matching(condition, before=before), index.position
    position = cast(Position, DocumentRow.position)
    listed = select(position).where(DocumentRow.stage == Stage.PUBLISHED.value, position > 0)
    return listed.where(*bounds(position, condition, before)), position


def count(session: Session, condition: Condition, limit: int) -> int:
    """Return how many match; ``limit`` where more do."""
    some = _matching(session, condition)[0].limit(limit).subquery()
    return int(session.scalar(select(func.count()).select_from(some)) or 0)


def tally(
    session: Session, condition: Condition, limit: int
) -> list[tuple[str, str, list[str], int]]:
    """Return what the newest that match are, ``limit`` at most: status, kind, problems, how many.

    Counted by the database: a few dozen rows, however many documents there are.
    """
    query, position = _matching(session, condition)
    newest = query.order_by(position.desc()).limit(limit).subquery("found")
    problems = cast_sql(DocumentRow.problems, Text)
    same = (DocumentRow.status, DocumentRow.kind, problems)
    counted = (
        select(*same, func.count())
        .join(newest, newest.c[0] == DocumentRow.position)
        .group_by(*same)
    )
    return [
        (status, kind, json.loads(told), int(times))
        for status, kind, told, times in session.execute(counted)
    ]


def at_positions(session: Session, positions: Sequence[int]) -> dict[int, DocumentRow]:
    """Return the published documents at these positions, by position."""
    row = DocumentRow
    query = select(row).where(row.position.in_(positions), row.stage == Stage.PUBLISHED.value)
    return {one.position: one for one in session.scalars(query) if one.position is not None}


def published(session: Session, after: int, limit: int) -> list[DocumentRow]:
    """Return published documents in the order of their positions, from one on, that one left out.

    The way to go through all of them.
    """
    row = DocumentRow
    query = select(row).where(row.stage == Stage.PUBLISHED.value, row.position > after)
    return list(session.scalars(query.order_by(row.position).limit(limit)))


def held(session: Session, positions: Collection[int]) -> dict[int, object]:
    """Return what the index stores of these positions, in a form that compares with `stored`."""
    return _of(session).documents(session, sorted(positions))


def stored(session: Session, document: Document) -> object:
    """Return what the index would store of a document, to compare with `held`."""
    return _of(session).stored(document)


def faults(session: Session) -> list[str]:
    """Return what the index itself finds wrong in what it holds."""
    return _of(session).faults(session)
