"""How well personal data is found: matching, precision, recall, F1, a kind at a time and in all.

Two ways to match a finding with what was expected, both one to one and within one kind:

* **overlap**: what both cover is at least half of what either covers. Where an address or a name
  ends is debatable (the full stop, « né le », the town after the street), and masking is as good
  either way; but a finding that swallows the sentence, or hides the first name and leaves the
  family name, is refused. « Mme » or a space at an edge is not counted: see ``trimmed``.
* **exact**: the very offsets, nothing forgiven.

Kinds are compared by value, so that expectations need not know the finder's own type.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

OVERLAP = 0.5
ROW_OF_ALL = "all"

TYPES: Mapping[str, tuple[str, ...]] = {
    "EMAIL": ("email",),
    "TELEPHONE": ("phone",),
    "NIR": ("nir",),
    "IBAN": ("iban",),
    "DOSSIER": ("file", "tax"),
    "PLAQUE": ("plate",),
    "NAISSANCE": ("birth",),
    "ADRESSE": ("address",),
    "PERSONNE": ("person",),
}
"""Types of the data set → kinds accepted, the first being the row they are told in.

A DOSSIER is a « dossier n° » or a « Numéro fiscal » there: either kind is right.
"""

_EDGE = " \t\n\r\u00a0\u202f.,;:()«»\"'’"
_TITLE = re.compile(
    r"(?:m(?:onsieur|r)?|mme|madame|mlle|mademoiselle|dr|docteur|ma[iî]tre|me)\b\.?\s+",
    re.IGNORECASE,
)


class Found(Protocol):
    """What a finder returns, of which only this is read."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def kind(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Span:
    """A finding of our own making: of a peer, or of a test."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Expected:
    """Personal data at known offsets; ``kinds`` are all right, ``role`` may be untold."""

    start: int
    end: int
    kinds: tuple[str, ...]
    role: str = ""


@dataclass(frozen=True, slots=True)
class Example:
    """A text and all the personal data in it, in order."""

    text: str
    expected: tuple[Expected, ...] = ()


@dataclass(slots=True)
class Count:
    """What was found, missed and invented, of one kind."""

    right: int = 0
    missed: int = 0
    invented: int = 0

    @property
    def expected(self) -> int:
        """How many there were to find."""
        return self.right + self.missed

    @property
    def precision(self) -> float:
        """The share of findings that are right; 1 when nothing was found."""
        found = self.right + self.invented
        return self.right / found if found else 1.0

    @property
    def recall(self) -> float:
        """The share of what was there that was found; 1 when there was nothing."""
        return self.right / self.expected if self.expected else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both; 1 when there was nothing and nothing was found."""
        every = 2 * self.right + self.missed + self.invented
        return 2 * self.right / every if every else 1.0


@dataclass(slots=True)
class Score:
    """Counts of every kind seen, by overlap and exact."""

    overlap: dict[str, Count] = field(default_factory=dict)
    exact: dict[str, Count] = field(default_factory=dict)

    def row(self, kind: str) -> Count:
        """By overlap, of one kind."""
        return self.overlap.get(kind, Count())

    def all(self) -> Count:
        """By overlap, of all kinds together: every datum weighs the same."""
        return total(self.overlap.values())

    def all_exact(self) -> Count:
        """Exact, of all kinds together."""
        return total(self.exact.values())


@dataclass(frozen=True, slots=True)
class Matching:
    """Pairs (finding, expected) of one text, and what stayed alone."""

    pairs: tuple[tuple[Found, Expected], ...]
    missed: tuple[Expected, ...]
    invented: tuple[Found, ...]


def total(counts: Iterable[Count]) -> Count:
    """The sum of counts."""
    summed = Count()
    for one in counts:
        summed.right += one.right
        summed.missed += one.missed
        summed.invented += one.invented
    return summed


def trimmed(text: str, start: int, end: int, person: bool = False) -> tuple[int, int]:
    """A span without spaces and punctuation at its edges, nor the courtesy title of a person."""
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    title = _TITLE.match(text, start, end) if person else None
    return (title.end() if title and title.end() < end else start), end


def likeness(one: tuple[int, int], other: tuple[int, int]) -> float:
    """What two spans share over what either covers, from 0 to 1."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    if shared <= 0:
        return 0.0
    return shared / (max(one[1], other[1]) - min(one[0], other[0]))


def _how_alike(text: str, found: Found, wanted: Expected, exact: bool) -> float:
    if found.kind not in wanted.kinds:
        return 0.0
    if exact:
        return float((found.start, found.end) == (wanted.start, wanted.end))
    person = found.kind == "person"
    return likeness(
        trimmed(text, found.start, found.end, person),
        trimmed(text, wanted.start, wanted.end, person),
    )


def match(example: Example, findings: Sequence[Found], exact: bool = False) -> Matching:
    """Pair findings with what was expected, the closest first, each once."""
    close = sorted(
        (-_how_alike(example.text, found, wanted, exact), here, there)
        for here, found in enumerate(findings)
        for there, wanted in enumerate(example.expected)
    )
    taken: dict[int, int] = {}
    for unlike, here, there in close:
        if -unlike >= OVERLAP and here not in taken and there not in taken.values():
            taken[here] = there
    return Matching(
        tuple((findings[here], example.expected[there]) for here, there in sorted(taken.items())),
        tuple(one for at, one in enumerate(example.expected) if at not in taken.values()),
        tuple(one for at, one in enumerate(findings) if at not in taken),
    )


def _add(counts: dict[str, Count], matching: Matching) -> None:
    for _, wanted in matching.pairs:
        counts.setdefault(wanted.kinds[0], Count()).right += 1
    for wanted in matching.missed:
        counts.setdefault(wanted.kinds[0], Count()).missed += 1
    for found in matching.invented:
        counts.setdefault(str(found.kind), Count()).invented += 1


def score(examples: Iterable[Example], findings: Iterable[Sequence[Found]]) -> Score:
    """Count over texts; ``findings`` are those of each text, in the same order.

    A right finding counts in the row of what was expected, an invented one in its own.
    """
    made = Score()
    for example, found in zip(examples, findings, strict=True):
        _add(made.overlap, match(example, found))
        _add(made.exact, match(example, found, exact=True))
    return made


def roles_told(examples: Iterable[Example], findings: Iterable[Sequence[Found]]) -> tuple[int, int]:
    """Of persons found whose role is known: how many were given that role, and how many."""
    right = told = 0
    for example, found in zip(examples, findings, strict=True):
        for one, wanted in match(example, found).pairs:
            if wanted.role:
                told += 1
                right += str(getattr(one, "role", "")) == wanted.role
    return right, told
