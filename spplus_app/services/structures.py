"""Structures: found as one types, their place in the tree, the delay each announces.

The search index is kept per process and database, and made again when the topic
`record.STRUCTURES` has moved.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from ..domain.errors import Invalid, NotFound, Refused, SignedOut
from ..domain.journal import Entry
from ..domain.replies import DELAY_DAYS_MAX, Delay, delay_from
from ..domain.roles import Right, Viewer
from ..domain.structure_index import Searchable
from ..domain.structure_search import StructureIndex
from ..domain.structures import CODE
from ..domain.text import fold
from ..persistence import experiences, structures
from ..persistence.tables import StructureCountRow, StructureRow
from . import record
from .remade import Remade

SUGGESTIONS = 8


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A structure proposed to who types: its name, and what tells it from its namesakes."""

    code: str
    label: str
    detail: str


@dataclass(frozen=True, slots=True)
class StructureView:
    """A structure as everyone may see it; ``path`` names what stands above, the root first."""

    code: str = ""
    label: str = ""
    name: str = ""
    network: str = ""
    typology: str = ""
    place: str = ""
    active: bool = True
    delay: str = ""
    published: int = 0
    replied: int = 0
    path: list[str] = field(default_factory=list)


def _made(session: Session) -> StructureIndex:
    return StructureIndex.build(structures.for_index(session))


_index = Remade(record.STRUCTURES, _made)


def suggest(session: Session, query: str, limit: int = SUGGESTIONS) -> list[Suggestion]:
    """Return the structures that what is typed may mean, the likeliest first.

    To be called in `reading()`: the index must only hold what is committed.
    """
    return [
        Suggestion(hit.code, hit.structure.label, _detail(hit.structure))
        for hit in index(session).search(query, limit)
    ]


def warm(session: Session) -> int:
    """Make the index before anyone waits for it; return how many structures it holds."""
    return len(index(session))


def index(session: Session) -> StructureIndex:
    """Return the index of this session's database, as of the last committed import."""
    return _index.of(session)


def _detail(structure: Searchable) -> str:
    parts = [structure.typology, structure.place]
    if fold(structure.typology) in fold(structure.label):
        parts = [structure.place]
    return " · ".join(part for part in parts if part)


def find(session: Session, code: str) -> StructureRow:
    """Return the row of a structure by its code, active or not; `NotFound` otherwise."""
    row = structures.by_code(session, code) if CODE.fullmatch(code) else None
    if row is None:
        raise NotFound("Cette structure n’existe pas.")
    return row


def by_code(session: Session, code: str) -> StructureView:
    """Return a structure as everyone may see it; `NotFound` when there is none."""
    row = find(session, code)
    network, typology = structures.kind_of(session, row)
    counts = session.get(StructureCountRow, row.id)
    return StructureView(
        code=row.code,
        label=row.label,
        name=row.name,
        network=network,
        typology=typology,
        place=structures.place(row),
        active=row.active,
        delay=chain_delay(session, row).words,
        published=counts.published if counts else 0,
        replied=counts.replied if counts else 0,
        path=[above.label for above in tree_path(session, row)],
    )


def tree_path(session: Session, structure: StructureRow) -> list[StructureRow]:
    """Return the structures from the root down to ``structure``, itself included."""
    return structures.chain(session, structure.path)


def path_of(session: Session, structure_id: int) -> str:
    """Return the path of a structure in the tree; ``""`` when it is unknown."""
    row = structures.get(session, structure_id)
    return row.path if row else ""


def chain_delay(session: Session, structure: StructureRow) -> Delay:
    """Return the delay of a structure: its own, else the nearest announced above it."""
    above = tree_path(session, structure)
    return delay_from([row.announced_delay_days for row in reversed(above)])


def granted(session: Session, viewer: Viewer, right: Right) -> list[StructureRow]:
    """Return the structures the viewer was granted ``right`` on: the tops, not what is below."""
    return structures.at_paths(session, viewer.roots(right) or ())


def announce_delay(session: Session, viewer: Viewer, code: str, days: int | None) -> None:
    """Announce the delay in which a structure replies, in days; ``None``: that of above holds.

    Holds at once for what waits in the structure and below. Raises `Invalid`, `NotFound`,
    `Refused`.
    """
    if not viewer.signed_in:
        raise SignedOut
    row = find(session, code)
    if not viewer.may(Right.ANNOUNCE_DELAY, row.path):
        raise Refused
    if days is not None and (isinstance(days, bool) or not 1 <= days <= DELAY_DAYS_MAX):
        raise Invalid({"days": f"Annoncez un délai de 1 à {DELAY_DAYS_MAX}\u00a0jours."})
    before = row.announced_delay_days
    if before == days:
        return
    row.announced_delay_days = days
    session.flush()
    waiting = structures.with_open_experiences(session, [row.path])
    renew_due(session, waiting)
    record.journal_entry(
        session,
        viewer,
        Entry.DELAY_ANNOUNCED,
        ("structure", row.code),
        before={"days": before},
        after={"days": days},
    )
    topics = {topic for one in [row, *waiting] for topic in record.inbox_topics(one.path)}
    record.changed(session, *topics)


def renew_due(session: Session, rows: list[StructureRow]) -> None:
    """Give what waits in these structures the moment their delay now makes it late."""
    by_days: dict[int, list[int]] = {}
    for row in rows:
        by_days.setdefault(chain_delay(session, row).days, []).append(row.id)
    for days, ids in by_days.items():
        experiences.reset_due(session, ids, days)
