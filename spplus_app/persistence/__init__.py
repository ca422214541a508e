"""The only folder that knows SQL: tables, queries, search, `unit_of_work` and `reading`."""

from .engine import reading, unit_of_work

__all__ = ["reading", "unit_of_work"]
