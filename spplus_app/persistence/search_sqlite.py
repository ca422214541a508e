"""The search index on SQLite: FTS5, its rows numbered by position, so that they come by date.

FTS5 keeps no copy: what each row was made from stands in a table beside it, and is told again to
take the row out.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import TextClause, bindparam, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from ..domain.search import Condition, Rank
from ..domain.search_index import Document
from .search_bounds import bounds

_COLUMNS = {
    Rank.TITLE: "{title}",
    Rank.STRONG: "{title strong}",
    Rank.ANYWHERE: "{title strong body}",
}
_NAMES = ("title", "strong", "body", "facets")


def _at(query: str) -> TextClause:
    """A query of positions, any number of them."""
    return text(query).bindparams(bindparam("positions", expanding=True))


def stored(document: Document) -> tuple[str, str, str, str]:
    """Return the four columns of a document."""
    columns = (document.title, document.strong, document.body, document.facets)
    title, strong, body, facets = (" ".join(column) for column in columns)
    return title, strong, body, facets


def _words(condition: Condition, rank: Rank) -> str:
    # Terms are letters and digits only (domain.terms): quoted, none is an operator.
    columns = _COLUMNS[rank]
    groups = [" OR ".join(f'"{term}"' for term in group) for group in condition.words]
    return " AND ".join(f"({columns} : ({group}))" for group in groups)


class Index:
    """What is kept of one kind of text: ``{name}_search`` and ``{name}_fts``, our own names."""

    def __init__(self, name: str) -> None:
        self._fts, self._kept, self._facets = f"{name}_fts", f"{name}_search", f"{name}_facets"
        columns, values = ", ".join(_NAMES), ":title, :strong, :body, :facets"
        self._keep = text(
            f"INSERT INTO {self._kept} (position, {columns}) VALUES (:position, {values})"  # noqa: S608
        )
        self._index = text(
            f"INSERT INTO {self._fts} (rowid, {columns}) VALUES (:position, {values})"  # noqa: S608
        )
        self._forget = _at(
            f"INSERT INTO {self._fts} ({self._fts}, rowid, {columns}) "  # noqa: S608
            f"SELECT 'delete', position, {columns} FROM {self._kept} WHERE position IN :positions"
        )
        self._drop = _at(f"DELETE FROM {self._kept} WHERE position IN :positions")  # noqa: S608
        self._read = _at(
            f"SELECT position, {columns} FROM {self._kept} WHERE position IN :positions"  # noqa: S608
        )

    def stored(self, document: Document) -> object:
        """Return the four columns of a document."""
        return stored(document)

    def put(self, session: Session, rows: Sequence[tuple[int, Document]]) -> None:
        """Add documents at positions that are free."""
        values = [
            {"position": position, **dict(zip(_NAMES, stored(document), strict=True))}
            for position, document in rows
        ]
        connection = session.connection()
        connection.execute(self._keep, values)
        connection.execute(self._index, values)

    def remove(self, session: Session, positions: Sequence[int]) -> None:
        """Take documents out."""
        connection = session.connection()
        connection.execute(self._forget, {"positions": positions})
        connection.execute(self._drop, {"positions": positions})

    def clear(self, session: Session) -> None:
        """Empty the index."""
        session.execute(text(f"DELETE FROM {self._kept}"))  # noqa: S608
        session.execute(text(f"INSERT INTO {self._fts} ({self._fts}) VALUES ('rebuild')"))  # noqa: S608

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
        where, values = self._where(condition, rank, above, before)
        query = f"SELECT rowid FROM {self._fts} WHERE {where} ORDER BY rowid DESC LIMIT :most"  # noqa: S608
        return list(session.scalars(text(query), {**values, "most": limit}))

    def count(self, session: Session, condition: Condition, limit: int) -> int:
        """Return how many match; ``limit`` where more do."""
        where, values = self._where(condition, Rank.ANYWHERE, None, None)
        some = f"SELECT 1 FROM {self._fts} WHERE {where} LIMIT :most"  # noqa: S608
        query = f"SELECT count(*) FROM ({some}) AS found"  # noqa: S608
        return int(session.scalar(text(query), {**values, "most": limit}) or 0)

    def facets(self, session: Session, condition: Condition, limit: int) -> tuple[int, str]:
        """Return how many match, and the facets of the newest in one text."""
        where, values = self._where(condition, Rank.ANYWHERE, None, None)
        newest = f"SELECT rowid FROM {self._fts} WHERE {where} ORDER BY rowid DESC LIMIT :most"  # noqa: S608
        query = (
            "SELECT count(*), coalesce(group_concat(facets, ' '), '') "  # noqa: S608
            f"FROM ({newest}) AS found JOIN {self._facets} AS f ON f.position = found.rowid"
        )
        number, found = session.execute(text(query), {**values, "most": limit}).one()
        return number, found

    def _where(
        self, condition: Condition, rank: Rank, above: Rank | None, before: int | None
    ) -> tuple[str, dict[str, Any]]:
        asked = [_words(condition, rank), *(f'facets : "{one}"' for one in condition.facets)]
        expression = " AND ".join(f"({one})" for one in asked if one)
        if above is not None:
            expression = f"({expression}) NOT ({_words(condition, above)})"
        clauses, values = bounds("rowid", condition, before)
        within = " AND ".join([f"{self._fts} MATCH :expression", *clauses])
        return within, {"expression": expression, **values}

    def documents(self, session: Session, positions: Sequence[int]) -> dict[int, object]:
        """Return the four columns stored at each of these positions."""
        rows = session.execute(self._read, {"positions": positions})
        return {row[0]: tuple(row[1:]) for row in rows}

    def faults(self, session: Session) -> list[str]:
        """Compare the index with what it was made from."""
        check = f"INSERT INTO {self._fts} ({self._fts}, rank) VALUES ('integrity-check', 1)"  # noqa: S608
        try:
            with session.begin_nested():
                session.execute(text(check))
        except DatabaseError:
            return ["l’index FTS5 ne correspond plus à ses textes"]
        return []
