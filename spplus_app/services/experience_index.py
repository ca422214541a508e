"""The search index kept in step with what is published, in the transaction that changes it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from sqlalchemy.orm import Session

from ..domain.experiences import Status
from ..domain.search_index import Document, Place, document, position_of
from ..persistence import experiences, search, structures
from ..persistence.experiences import Met
from ..persistence.search import Indexed
from ..persistence.tables import ExperienceRow

BATCH = 500


def refresh(session: Session, row: ExperienceRow, met: Sequence[Met] | None = None) -> None:
    """Put an experience in the index as it reads now, or take it out when it is not published.

    ``met`` are the structures it met, where the gesture has read them already.
    """
    if row.position is not None:
        search.remove(session, [row.position])
    if row.status != Status.PUBLISHED:
        row.position = None
        return
    if row.position is None:
        with session.no_autoflush:
            _place(session, row)
    if met is None:
        met = experiences.met(session, [row.id]).get(row.id, [])
    _put(session, [(row, met)])


def _place(session: Session, row: ExperienceRow) -> None:
    assert row.published_at is not None
    row.position = search.free_position(session, position_of(row.published_at))


def _put(session: Session, rows: Sequence[tuple[ExperienceRow, Sequence[Met]]]) -> None:
    indexed = []
    for row, met in rows:
        assert row.position is not None
        indexed.append(Indexed(row.position, row.id, of(row, met)))
    search.put(session, indexed)


def of(row: ExperienceRow, met: Sequence[Met]) -> Document:
    """Return what the index keeps of a published experience."""
    return document(
        title=row.title,
        narrative=row.narrative,
        ressenti=row.ressenti,
        department=row.department,
        tags=row.tags,
        places=[
            Place(
                network_id=item.structure.network_id,
                path_ids=tuple(structures.ids_of(item.structure.path)),
                department=item.structure.department,
                channels=tuple(str(channel) for channel, _ in item.link.channels),
            )
            for item in met
        ],
        replied=row.replies > 0,
    )


def add_many(session: Session, ids: Collection[int]) -> None:
    """Put many published experiences in the index; those that are there are made again."""
    ordered = sorted(ids)
    for start in range(0, len(ordered), BATCH):
        some = ordered[start : start + BATCH]
        rows = experiences.several(session, some)
        published = [row for row in rows.values() if row.status == Status.PUBLISHED]
        search.remove(session, [row.position for row in published if row.position is not None])
        for row in published:
            if row.position is None:
                _place(session, row)
        met = experiences.met(session, rows)
        _put(session, [(row, met.get(row.id, [])) for row in published])


def rebuild(session: Session, told: Callable[[int], None] | None = None) -> int:
    """Make the whole index again from what is published; return how many experiences it holds."""
    search.clear(session)
    return _add_all(session, experiences.published_ids(session), told)


def fill(session: Session, told: Callable[[int], None] | None = None) -> int:
    """Put in the index what is published and not there; return how many were added."""
    return _add_all(session, experiences.unplaced_ids(session), told)


def _add_all(session: Session, ids: Sequence[int], told: Callable[[int], None] | None) -> int:
    for done in range(0, len(ids), BATCH):
        add_many(session, ids[done : done + BATCH])
        if told is not None:
            told(min(done + BATCH, len(ids)))
    return len(ids)


def differing(session: Session) -> list[int]:
    """Return the experiences that the index does not hold as they read now, or holds in excess."""
    wrong: list[int] = []
    ids = experiences.published_ids(session)
    for start in range(0, len(ids), BATCH):
        rows = experiences.several(session, ids[start : start + BATCH])
        met = experiences.met(session, rows)
        stored = search.documents(session, [row.position or 0 for row in rows.values()])
        kept = search.counted(session, [row.position or 0 for row in rows.values()])
        for row in rows.values():
            true = of(row, met.get(row.id, []))
            held = stored.get(row.position or 0), kept.get(row.position or 0)
            if held != (search.stored(session, true), (row.id, " ".join(true.counted))):
                wrong.append(row.id)
    return wrong + search.strangers(session)


def faults(session: Session) -> list[str]:
    """Return what the index itself finds wrong in what it holds."""
    return search.faults(session)
