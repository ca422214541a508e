"""The search index on PostgreSQL: one tsvector a row, its lexemes made by us, weights for ranks."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import (
    BigInteger,
    Select,
    Text,
    bindparam,
    cast,
    column,
    delete,
    insert,
    select,
    table,
)
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR
from sqlalchemy.orm import Session

from ..domain.search import Condition, Rank
from ..domain.search_index import Document
from .search_bounds import bounds

_WEIGHTS = {Rank.TITLE: ":A", Rank.STRONG: ":AB", Rank.ANYWHERE: ":ABC"}


def _lexemes(document: Document) -> list[str]:
    weighed = ((document.title, "A"), (document.strong, "B"), (document.body, "C"))
    lexemes = [f"'{term}':1{weight}" for terms, weight in weighed for term in terms]
    return lexemes + [f"'{one}':1" for one in document.facets]


def _words(condition: Condition, rank: Rank) -> list[str]:
    # Terms are letters and digits only (domain.terms): quoted, none is an operator.
    weight = _WEIGHTS[rank]
    groups = [" | ".join(f"'{term}'{weight}" for term in group) for group in condition.words]
    return [f"({group})" for group in groups]


class Index:
    """What is kept of one kind of text: ``{name}_search``."""

    def __init__(self, name: str) -> None:
        terms = column("terms", TSVECTOR)
        self._kept = table(f"{name}_search", column("position", BigInteger), terms)
        self.position = self._kept.c.position

    def stored(self, document: Document) -> object:
        """Return the lexemes of a document with their weights, in no order."""
        return frozenset(_lexemes(document))

    def put(self, session: Session, rows: Sequence[tuple[int, Document]]) -> None:
        """Add documents at positions that are free."""
        values = [
            {"position": position, "lexemes": " ".join(_lexemes(document))}
            for position, document in rows
        ]
        added = insert(self._kept).values(terms=cast(bindparam("lexemes", type_=Text), TSVECTOR))
        session.connection().execute(added, values)

    def remove(self, session: Session, positions: Sequence[int]) -> None:
        """Take documents out."""
        gone = delete(self._kept).where(self.position.in_(positions))
        session.connection().execute(gone)

    def clear(self, session: Session) -> None:
        """Empty the index."""
        session.execute(delete(self._kept))

    def matching(
        self,
        condition: Condition,
        rank: Rank = Rank.ANYWHERE,
        above: Rank | None = None,
        before: int | None = None,
    ) -> Select[int]:
        """Return the query of the positions that match, in no order."""
        asked = [*_words(condition, rank), *(f"'{one}'" for one in condition.facets)]
        if above is not None:
            asked.append(f"!({' & '.join(_words(condition, above))})")
        matches = self._kept.c.terms.bool_op("@@")(cast(" & ".join(asked), TSQUERY))
        return select(self.position).where(matches, *bounds(self.position, condition, before))

    def documents(self, session: Session, positions: Sequence[int]) -> dict[int, object]:
        """Return the lexemes stored at each of these positions, in no order."""
        query = select(self.position, cast(self._kept.c.terms, Text))
        rows = session.execute(query.where(self.position.in_(positions)))
        return {position: frozenset(str(terms).split()) for position, terms in rows}

    def faults(self, session: Session) -> list[str]:
        """Nothing to compare: PostgreSQL keeps its indexes in step by itself."""
        return []
