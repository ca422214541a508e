"""What every import of a file shares: what was read, repaired, refused, left in doubt."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Generic, TypeVar

from .errors import DomainError
from .structures import FIELD_NAMES

R = TypeVar("R")


class BrokenFile(DomainError):
    """The file as a whole cannot be read; nothing of it is kept."""


class Unusable(Exception):
    """A row that cannot be repaired; its message is the reason."""


@dataclass(frozen=True, slots=True)
class Repair:
    """A value changed on its way in. ``row`` is the row of the spreadsheet, headings being 1."""

    row: int
    field: str
    before: str
    after: str
    reason: str

    @property
    def field_name(self) -> str:
        """The field in French words."""
        return FIELD_NAMES.get(self.field, self.field)


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row left out, alone."""

    row: int
    reason: str


@dataclass(slots=True)
class Reading(Generic[R]):
    """What was read of a file: records with their row, repairs, refusals, doubts.

    Records are known by their code. A doubt is a repair that was not made.
    """

    records: dict[str, R] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    total: int = 0
    repaired: list[Repair] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)
    doubts: list[Repair] = field(default_factory=list)
