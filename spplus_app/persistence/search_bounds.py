"""Where a search is held within: from a day on, until another, before the end of a page."""

from __future__ import annotations

from ..domain.search import Condition


def bounds(
    column: str, condition: Condition, before: int | None
) -> tuple[list[str], dict[str, int]]:
    """Return the clauses that hold ``column``, our own name, within positions, and their values."""
    clauses: list[str] = []
    values: dict[str, int] = {}
    for name, operator, bound in (
        ("before", "<", before),
        ("until", "<", condition.until),
        ("since", ">=", condition.since),
    ):
        if bound is not None:
            clauses.append(f"{column} {operator} :{name}")
            values[name] = bound
    return clauses, values
