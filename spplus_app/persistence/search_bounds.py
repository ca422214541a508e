"""Where a search is held within: from a day on, until another, before the end of a page."""

from __future__ import annotations

from sqlalchemy import ColumnElement
from sqlalchemy.sql.expression import SQLColumnExpression

from ..domain.search import Condition

Position = SQLColumnExpression[int]
"""A column of positions: of a class of rows, or of a table."""


def bounds(
    position: Position, condition: Condition, before: int | None
) -> list[ColumnElement[bool]]:
    """Return the clauses that hold a position within the condition and before a page's end."""
    clauses = [position < one for one in (before, condition.until) if one is not None]
    return clauses if condition.since is None else [*clauses, position >= condition.since]
