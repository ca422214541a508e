"""Importing experiences: added, changed, left as they are; twice changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from ..domain.errors import Refused
from ..domain.experience_import import ReadExperience
from ..domain.imports import Reading, RefusedRow, Repair
from ..domain.journal import Entry
from ..domain.official import digest_of, rest_of
from ..domain.roles import Viewer
from ..domain.search_index import position_of
from ..persistence import bulk, experiences, imports, structures
from ..persistence.imports import Known
from . import clock, experience_index, record
from .imported import OFFICIAL, Held, NewRows, Places, held, places, uuid_of
from .imported_changes import Outcome, change

BATCH = 1000

Progress = Callable[[int], None]
"""Told how many experiences are stored."""


@dataclass(frozen=True, slots=True)
class ExperienceReport:
    """What an import did. ``rows`` counts the rows read; ``doubts`` were left as they are."""

    rows: int = 0
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    repaired: list[Repair] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)
    doubts: list[Repair] = field(default_factory=list)

    @property
    def did_something(self) -> bool:
        """Whether the database changed."""
        return bool(self.created or self.changed)


def run(
    session: Session,
    viewer: Viewer,
    reading: Reading[ReadExperience],
    source: str = OFFICIAL,
    told: Progress | None = None,
) -> ExperienceReport:
    """Store what was read, published at its own dates; an experience is known by its source id.

    A row that is the same as last time changes nothing, whatever happened here since. One that
    changed at its source changes here, but for a text that moderation retouched and an experience
    that is published no more. `Refused` to all but the command line.
    """
    if viewer.signed_in or viewer.visitor:
        raise Refused
    structures.lock_for_import(session)
    where, known = places(session), imports.known(session, source)
    moved = _moved(session, reading, known)
    new: list[ReadExperience] = []
    changed, doubts, topics = 0, list(reading.doubts), set[str]()
    for code, one in reading.records.items():
        doubts += _unplaced(one, where, reading.rows[code])
        if code not in known:
            new.append(one)
        elif code in moved:
            outcome = change(session, moved[code], one, where)
            doubts += _left(outcome, reading.rows[code])
            topics |= outcome.topics
            changed += 1
    free = bulk.Positions(session)
    for start in range(0, len(new), BATCH):
        topics |= _add(session, new[start : start + BATCH], where, free, source)
        if told is not None:
            told(min(start + BATCH, len(new)))
    report = ExperienceReport(
        rows=reading.total,
        created=len(new),
        changed=changed,
        unchanged=len(reading.records) - len(new) - changed,
        repaired=sorted(reading.repaired, key=lambda one: one.row),
        refused=sorted(reading.refused, key=lambda one: one.row),
        doubts=sorted(doubts, key=lambda one: one.row),
    )
    if report.did_something:
        _tell(session, viewer, report, source, topics)
    return report


def _moved(
    session: Session, reading: Reading[ReadExperience], known: Mapping[str, Known]
) -> dict[str, int]:
    """Return the experiences whose row changed, by code, held until the end of the import.

    All first, and in one order: every gesture holds experiences before it counts them.
    """
    moved = {
        code: known[code].experience_id
        for code, one in reading.records.items()
        if code in known and known[code].digest != digest_of(one.columns)
    }
    for number in sorted(moved.values()):
        experiences.locked(session, number)
    return moved


def _unplaced(one: ReadExperience, where: Places, row: int) -> Iterable[Repair]:
    for slot, told in one.record.structures.items():
        if where.find(told) is None:
            name = told.name or told.code
            reason = "structure inconnue du référentiel, gardée à part"
            yield Repair(row, f"intitule_structure_{slot}", name, name, reason)


def _left(outcome: Outcome, row: int) -> Iterable[Repair]:
    for reason in outcome.left:
        yield Repair(row, "ligne", "", "", reason)


def _add(
    session: Session,
    new: Sequence[ReadExperience],
    where: Places,
    free: bulk.Positions,
    source: str,
) -> set[str]:
    """Store new experiences; return the topics of the inboxes they came to."""
    now = clock.now()
    rows, origins = NewRows(), []
    moves: dict[int, tuple[int, int]] = {}
    topics: set[str] = set()
    ids = bulk.new_ids(session, len(new))
    for number, one in zip(ids, new, strict=True):
        kept = held(one.record, where)
        position = free.take(position_of(kept.record.published_at))
        rows.add(number, kept, uuid_of(source, one.record.source_id), position, now)
        origins.append(
            {
                "experience_id": number,
                "source": source,
                "source_id": one.record.source_id,
                "digest": digest_of(one.columns),
                "rest": rest_of(one.columns, kept.record),
                "repaired": list(one.repaired),
            }
        )
        topics |= count(moves, kept)
    bulk.add_experiences(
        session, rows.experiences, rows.versions, rows.structures, rows.replies, origins
    )
    bulk.count_many(session, moves)
    experience_index.add_many(session, ids)
    return topics


def count(moves: dict[int, tuple[int, int]], kept: Held) -> set[str]:
    """Add an experience to the counts of its structures; return the topics of their inboxes."""
    topics: set[str] = set()
    for slot, place in kept.places.items():
        published, replied = moves.get(place.id, (0, 0))
        answered = kept.record.structures[slot].reply is not None
        moves[place.id] = (published + 1, replied + int(answered))
        topics.update(record.inbox_topics(place.path))
    return topics


def _tell(
    session: Session, viewer: Viewer, report: ExperienceReport, source: str, topics: set[str]
) -> None:
    record.journal_entry(
        session,
        viewer,
        Entry.EXPERIENCES_IMPORTED,
        ("experiences", source),
        after={
            "rows": report.rows,
            "created": report.created,
            "changed": report.changed,
            "repaired": len(report.repaired),
            "refused": len(report.refused),
        },
    )
    record.changed(session, record.EXPERIENCES, record.STRUCTURES, *topics)
