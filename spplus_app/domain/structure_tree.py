"""The tree of structures made whole: every structure reaches a root, in few enough steps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .structures import DEPTH_MAX, StructureRecord


@dataclass(frozen=True, slots=True)
class Attached:
    """A structure whose parent was changed: ``after`` is its new parent, ``""`` for a root."""

    code: str
    before: str
    after: str
    reason: str


@dataclass(slots=True)
class Tree:
    """The parent and the depth (1 for a root) of each code, and what was changed."""

    above: dict[str, str]
    depth: dict[str, int] = field(default_factory=lambda: {"": 0})
    attached: list[Attached] = field(default_factory=list)

    def top_down(self) -> list[str]:
        """Return the codes, every parent before its children."""
        return sorted(self.above, key=self.depth.__getitem__)


def tree(records: Mapping[str, StructureRecord]) -> Tree:
    """Return the tree of ``records`` (by code), mended.

    A structure whose parent is unknown, that belongs to a loop or stands deeper than
    `DEPTH_MAX` is attached to the root of its network (its first structure without parent), or
    becomes a root when there is none. Linear in the number of records.
    """
    roots: dict[str, str] = {}
    for record in records.values():
        if not record.parent_code:
            roots.setdefault(record.network, record.code)
    made = Tree({record.code: record.parent_code for record in records.values()})

    def attach(code: str, reason: str) -> None:
        after = roots.get(records[code].network, "")
        made.above[code] = after
        made.attached.append(Attached(code, records[code].parent_code, after, reason))

    for code, parent in made.above.items():
        if parent and parent not in records:
            attach(code, "structure parente absente")
    for code in records:
        trail = _trail(code, made)
        while trail and made.above[trail[-1]] in trail:
            attach(made.above[trail[-1]], "boucle dans l’arbre")
            trail = _trail(code, made)
        for step in reversed(trail):
            if made.depth[made.above[step]] >= DEPTH_MAX:
                attach(step, "arbre trop profond")
            made.depth[step] = _depth_below(made, step)
    return made


def _depth_below(made: Tree, code: str) -> int:
    # A root just attached to may not have been walked yet: its depth is known all the same.
    parent = made.above[code]
    return made.depth.get(parent, 1) + 1


def _trail(code: str, made: Tree) -> list[str]:
    """Return the codes from ``code`` upwards whose depth is unknown; a loop stops it."""
    trail: list[str] = []
    seen: set[str] = set()
    while code not in made.depth and code not in seen:
        trail.append(code)
        seen.add(code)
        code = made.above[code]
    return trail
