"""The search index on SQLite: FTS5, its rows numbered by position, so that they come by date.

FTS5 keeps no copy: what each row was made from stands in a table beside it, and is told again to
take the row out.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import (
    BigInteger,
    ColumnClause,
    Connection,
    Insert,
    Select,
    Text,
    column,
    delete,
    insert,
    literal,
    select,
    table,
    text,
)
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
_MADE_BY_FTS5 = text(
    "SELECT name FROM sqlite_master WHERE type = 'table' "
    "AND sql LIKE 'CREATE VIRTUAL TABLE%' AND lower(sql) LIKE '%using fts5%' ORDER BY name"
)


def names(connection: Connection) -> list[str]:
    """Return every FTS5 index of a database."""
    return [str(name) for (name,) in connection.execute(_MADE_BY_FTS5)]


def order(name: str, word: str, rank: int | None = None) -> Insert:
    """Return an order to an FTS5 index, as FTS5 takes them: `merge`, `rebuild`… (§6)."""
    index = table(name, column(name), column("rank"))
    return insert(index).values({name: word} if rank is None else {name: word, "rank": rank})


def _number(name: str) -> ColumnClause[int]:
    return column(name, BigInteger)


def _texts() -> list[ColumnClause[str]]:
    return [column(name, Text) for name in _NAMES]


def _stored(document: Document) -> tuple[str, str, str, str]:
    columns = (document.title, document.strong, document.body, document.facets)
    title, strong, body, facets = (" ".join(terms) for terms in columns)
    return title, strong, body, facets


def _words(condition: Condition, rank: Rank) -> str:
    # Terms are letters and digits only (domain.terms): quoted, none is an operator.
    columns = _COLUMNS[rank]
    groups = [" OR ".join(f'"{term}"' for term in group) for group in condition.words]
    return " AND ".join(f"({columns} : ({group}))" for group in groups)


class Index:
    """What is kept of one kind of text: ``{name}_search`` and ``{name}_fts``."""

    def __init__(self, name: str) -> None:
        self._name = f"{name}_fts"
        self._fts = table(self._name, column(self._name), _number("rowid"), *_texts())
        self._kept = table(f"{name}_search", _number("position"), *_texts())
        self.position = self._fts.c.rowid

    def stored(self, document: Document) -> object:
        """Return the four columns of a document."""
        return _stored(document)

    def put(self, session: Session, rows: Sequence[tuple[int, Document]]) -> None:
        """Add documents at positions that are free."""
        told = [(at, dict(zip(_NAMES, _stored(document), strict=True))) for at, document in rows]
        connection = session.connection()
        connection.execute(insert(self._kept), [{"position": at, **one} for at, one in told])
        connection.execute(insert(self._fts), [{"rowid": at, **one} for at, one in told])

    def remove(self, session: Session, positions: Sequence[int]) -> None:
        """Take documents out."""
        kept, connection = self._kept.c, session.connection()
        stood = select(literal("delete"), kept.position, *(kept[one] for one in _NAMES))
        gone = stood.where(kept.position.in_(positions))
        connection.execute(insert(self._fts).from_select([self._name, "rowid", *_NAMES], gone))
        connection.execute(delete(self._kept).where(kept.position.in_(positions)))

    def clear(self, session: Session) -> None:
        """Empty the index."""
        session.execute(delete(self._kept))
        session.execute(order(self._name, "rebuild"))

    def matching(
        self,
        condition: Condition,
        rank: Rank = Rank.ANYWHERE,
        above: Rank | None = None,
        before: int | None = None,
    ) -> Select[int]:
        """Return the query of the positions that match, in no order."""
        asked = [_words(condition, rank), *(f'facets : "{one}"' for one in condition.facets)]
        expression = " AND ".join(f"({one})" for one in asked if one)
        if above is not None:
            expression = f"({expression}) NOT ({_words(condition, above)})"
        matches = self._fts.c[self._name].bool_op("MATCH")(expression)
        return select(self.position).where(matches, *bounds(self.position, condition, before))

    def documents(self, session: Session, positions: Sequence[int]) -> dict[int, object]:
        """Return the four columns stored at each of these positions."""
        kept = self._kept.c
        query = select(kept.position, *(kept[one] for one in _NAMES))
        rows = session.execute(query.where(kept.position.in_(positions)))
        return {row[0]: tuple(row[1:]) for row in rows}

    def faults(self, session: Session) -> list[str]:
        """Compare the index with what it was made from."""
        try:
            with session.begin_nested():
                session.execute(order(self._name, "integrity-check", 1))
        except DatabaseError:
            return ["l’index FTS5 ne correspond plus à ses textes"]
        return []
