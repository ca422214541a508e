"""The search index on PostgreSQL: one tsvector a row, its lexemes made by us, weights for ranks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import TextClause, bindparam, text
from sqlalchemy.orm import Session

from ..domain.search import Condition, Rank
from ..domain.search_index import Document
from .search_bounds import bounds

_WEIGHTS = {Rank.TITLE: ":A", Rank.STRONG: ":AB", Rank.ANYWHERE: ":ABC"}


def _at(query: str) -> TextClause:
    """A query of positions, any number of them."""
    return text(query).bindparams(bindparam("positions", expanding=True))


def stored(document: Document) -> object:
    """Return the lexemes of a document with their weights, in no order."""
    return frozenset(_lexemes(document))


def _lexemes(document: Document) -> list[str]:
    weighed = ((document.title, "A"), (document.strong, "B"), (document.body, "C"))
    lexemes = [f"'{term}':1{weight}" for terms, weight in weighed for term in terms]
    return lexemes + [f"'{one}':1" for one in document.facets]


def _words(condition: Condition, rank: Rank) -> list[str]:
    # Terms are letters and digits only (domain.terms): quoted, none is an operator.
    weight = _WEIGHTS[rank]
    groups = [" | ".join(f"'{term}'{weight}" for term in group) for group in condition.words]
    return [f"({group})" for group in groups]


def _where(
    condition: Condition, rank: Rank, above: Rank | None, before: int | None
) -> tuple[str, dict[str, Any]]:
    asked = [*_words(condition, rank), *(f"'{one}'" for one in condition.facets)]
    if above is not None:
        asked.append(f"!({' & '.join(_words(condition, above))})")
    clauses, values = bounds("s.position", condition, before)
    within = " AND ".join(["s.terms @@ CAST(:expression AS tsquery)", *clauses])
    return within, {"expression": " & ".join(asked), **values}


class Index:
    """What is kept of one kind of text: ``{name}_search``, our own name."""

    def __init__(self, name: str) -> None:
        self._kept, self._facets = f"{name}_search", f"{name}_facets"
        self._put = text(
            f"INSERT INTO {self._kept} (position, terms) "  # noqa: S608
            "VALUES (:position, CAST(:terms AS tsvector))"
        )
        self._remove = _at(f"DELETE FROM {self._kept} WHERE position IN :positions")  # noqa: S608
        self._read = _at(
            f"SELECT position, CAST(terms AS text) FROM {self._kept} "  # noqa: S608
            "WHERE position IN :positions"
        )

    def stored(self, document: Document) -> object:
        """Return the lexemes of a document with their weights, in no order."""
        return stored(document)

    def put(self, session: Session, rows: Sequence[tuple[int, Document]]) -> None:
        """Add documents at positions that are free."""
        values = [
            {"position": position, "terms": " ".join(_lexemes(document))}
            for position, document in rows
        ]
        session.connection().execute(self._put, values)

    def remove(self, session: Session, positions: Sequence[int]) -> None:
        """Take documents out."""
        session.connection().execute(self._remove, {"positions": positions})

    def clear(self, session: Session) -> None:
        """Empty the index."""
        session.execute(text(f"DELETE FROM {self._kept}"))  # noqa: S608

    def find(
        self,
        session: Session,
        condition: Condition,
        rank: Rank,
        above: Rank | None,
        before: int | None,
        limit: int,
    ) -> list[int]:
        """Return the matching positions, the newest first."""
        where, values = _where(condition, rank, above, before)
        query = (
            f"SELECT s.position FROM {self._kept} AS s "  # noqa: S608
            f"WHERE {where} ORDER BY s.position DESC LIMIT :most"
        )
        return list(session.scalars(text(query), {**values, "most": limit}))

    def count(self, session: Session, condition: Condition, limit: int) -> int:
        """Return how many match; ``limit`` where more do."""
        where, values = _where(condition, Rank.ANYWHERE, None, None)
        some = f"SELECT 1 FROM {self._kept} AS s WHERE {where} LIMIT :most"  # noqa: S608
        query = f"SELECT count(*) FROM ({some}) AS found"  # noqa: S608
        return int(session.scalar(text(query), {**values, "most": limit}) or 0)

    def facets(self, session: Session, condition: Condition, limit: int) -> tuple[int, str]:
        """Return how many match, and the facets of the newest in one text."""
        where, values = _where(condition, Rank.ANYWHERE, None, None)
        newest = (
            f"SELECT s.position FROM {self._kept} AS s "  # noqa: S608
            f"WHERE {where} ORDER BY s.position DESC LIMIT :most"
        )
        query = (
            "SELECT count(*), coalesce(string_agg(f.facets, ' '), '') "  # noqa: S608
            f"FROM ({newest}) AS found JOIN {self._facets} AS f ON f.position = found.position"
        )
        number, found = session.execute(text(query), {**values, "most": limit}).one()
        return number, found

    def documents(self, session: Session, positions: Sequence[int]) -> dict[int, object]:
        """Return the lexemes stored at each of these positions, in no order."""
        rows = session.execute(self._read, {"positions": positions})
        return {position: frozenset(str(terms).split()) for position, terms in rows}

    def faults(self, session: Session) -> list[str]:
        """Nothing to compare: PostgreSQL keeps its indexes in step by itself."""
        return []
