"""The search index on SQLite: FTS5, its rows numbered by position, so that they come by date.

FTS5 keeps no copy: what each row was made from stands in ``experience_search``, and is told again
to take the row out.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, text
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
_KEEP = text(
    "INSERT INTO experience_search (position, title, strong, body, facets) "
    "VALUES (:position, :title, :strong, :body, :facets)"
)
_INDEX = text(
    "INSERT INTO experience_fts (rowid, title, strong, body, facets) "
    "VALUES (:position, :title, :strong, :body, :facets)"
)
_FORGET = text(
    "INSERT INTO experience_fts (experience_fts, rowid, title, strong, body, facets) "
    "SELECT 'delete', position, title, strong, body, facets FROM experience_search "
    "WHERE position IN :positions"
).bindparams(bindparam("positions", expanding=True))
_DROP = text("DELETE FROM experience_search WHERE position IN :positions").bindparams(
    bindparam("positions", expanding=True)
)
_READ = text(
    "SELECT position, title, strong, body, facets FROM experience_search "
    "WHERE position IN :positions"
).bindparams(bindparam("positions", expanding=True))


def stored(document: Document) -> tuple[str, str, str, str]:
    """Return the four columns of a document."""
    columns = (document.title, document.strong, document.body, document.facets)
    title, strong, body, facets = (" ".join(column) for column in columns)
    return title, strong, body, facets


def put(session: Session, rows: Sequence[tuple[int, Document]]) -> None:
    """Add documents at positions that are free."""
    names = ("title", "strong", "body", "facets")
    values = [
        {"position": position, **dict(zip(names, stored(document), strict=True))}
        for position, document in rows
    ]
    connection = session.connection()
    connection.execute(_KEEP, values)
    connection.execute(_INDEX, values)


def remove(session: Session, positions: Sequence[int]) -> None:
    """Take documents out."""
    connection = session.connection()
    connection.execute(_FORGET, {"positions": positions})
    connection.execute(_DROP, {"positions": positions})


def clear(session: Session) -> None:
    """Empty the index."""
    session.execute(text("DELETE FROM experience_search"))
    session.execute(text("INSERT INTO experience_fts (experience_fts) VALUES ('rebuild')"))


def find(
    session: Session,
    condition: Condition,
    rank: Rank,
    above: Rank | None,
    before: int | None,
    limit: int,
) -> list[int]:
    """Return the matching positions, the newest first."""
    where, values = _where(condition, rank, above, before)
    query = f"SELECT rowid FROM experience_fts WHERE {where} ORDER BY rowid DESC LIMIT :most"  # noqa: S608
    return list(session.scalars(text(query), {**values, "most": limit}))


def count(session: Session, condition: Condition, limit: int) -> int:
    """Return how many match; ``limit`` where more do."""
    where, values = _where(condition, Rank.ANYWHERE, None, None)
    some = f"SELECT 1 FROM experience_fts WHERE {where} LIMIT :most"  # noqa: S608
    query = f"SELECT count(*) FROM ({some}) AS found"  # noqa: S608
    return int(session.scalar(text(query), {**values, "most": limit}) or 0)


def facets(session: Session, condition: Condition, limit: int) -> tuple[int, str]:
    """Return how many match, and the facets of the newest in one text."""
    where, values = _where(condition, Rank.ANYWHERE, None, None)
    newest = f"SELECT rowid FROM experience_fts WHERE {where} ORDER BY rowid DESC LIMIT :most"  # noqa: S608
    query = (
        "SELECT count(*), coalesce(group_concat(facets, ' '), '') "  # noqa: S608
        f"FROM ({newest}) AS found JOIN experience_facets AS f ON f.position = found.rowid"
    )
    number, found = session.execute(text(query), {**values, "most": limit}).one()
    return number, found


def _where(
    condition: Condition, rank: Rank, above: Rank | None, before: int | None
) -> tuple[str, dict[str, Any]]:
    asked = [_words(condition, rank), *(f'facets : "{one}"' for one in condition.facets)]
    expression = " AND ".join(f"({one})" for one in asked if one)
    if above is not None:
        expression = f"({expression}) NOT ({_words(condition, above)})"
    clauses, values = bounds("rowid", condition, before)
    within = " AND ".join(["experience_fts MATCH :expression", *clauses])
    return within, {"expression": expression, **values}


def _words(condition: Condition, rank: Rank) -> str:
    # Terms are letters and digits only (domain.terms): quoted, none is an operator.
    columns = _COLUMNS[rank]
    groups = [" OR ".join(f'"{term}"' for term in group) for group in condition.words]
    return " AND ".join(f"({columns} : ({group}))" for group in groups)


def documents(session: Session, positions: Sequence[int]) -> dict[int, object]:
    """Return the four columns stored at each of these positions."""
    rows = session.execute(_READ, {"positions": positions})
    return {row[0]: tuple(row[1:]) for row in rows}


def faults(session: Session) -> list[str]:
    """Compare the index with what it was made from."""
    check = "INSERT INTO experience_fts (experience_fts, rank) VALUES ('integrity-check', 1)"
    try:
        with session.begin_nested():
            session.execute(text(check))
    except DatabaseError:
        return ["l’index FTS5 ne correspond plus à ses textes"]
    return []
