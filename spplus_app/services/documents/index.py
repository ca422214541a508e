"""The search index of documents kept in step with what is published, in the gesture that moves it.

Whatever changes what everyone reads of a document, or whether they do, calls `refresh`.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy.orm import Session

from ...domain.documents.search import Listed, indexed
from ...domain.documents.stages import Stage
from ...domain.search_index import Document, position_of
from ...persistence import document_search as rows
from ...persistence import documents, structures
from ...persistence.tables import DocumentRow

BATCH = 200


def refresh(session: Session, row: DocumentRow) -> None:
    """Put a document in the index as it reads now, or take it out when it is not published.

    One that comes back is at the place of its publication.
    """
    if row.position is not None:
        rows.remove(session, [row.position])
    if row.stage != Stage.PUBLISHED:
        row.position = None
        return
    if row.position is None:
        assert row.published_at is not None
        with session.no_autoflush:
            row.position = documents.free_position(session, position_of(row.published_at))
    rows.put(session, [(row.position, of(session, row))])


def of(session: Session, row: DocumentRow) -> Document:
    """Return what the index keeps of a published document."""
    version = documents.version(session, row.id, row.version)
    where = structures.get(session, row.structure_id) if row.structure_id is not None else None
    return indexed(
        Listed(
            title=row.title,
            words=(row.form, row.described, row.hard, version.text if version else ""),
            problems=tuple(str(one) for one in row.problems),
            status=row.status,
            kind=row.kind,
            path_ids=tuple(structures.ids_of(where.path)) if where is not None else (),
        )
    )


def moved(session: Session, structure_ids: Collection[int]) -> None:
    """Make again what the index keeps of the documents of structures whose place changed."""
    for row in documents.of_structures(session, structure_ids):
        refresh(session, row)


def rebuild(session: Session) -> int:
    """Make the whole index again from what is published; return how many documents it holds."""
    rows.clear(session)
    return _through(session, set())


def fill(session: Session) -> int:
    """Put in the index what is published and not there; return how many were added."""
    return _through(session, None)


def _through(session: Session, there: set[int] | None) -> int:
    added, last = 0, 0
    while some := rows.published(session, last, BATCH):
        positions = [row.position for row in some if row.position is not None]
        last = positions[-1]
        known = set(rows.held(session, positions)) if there is None else there
        new = [
            (at, of(session, row))
            for at, row in zip(positions, some, strict=True)
            if at not in known
        ]
        rows.put(session, new)
        added += len(new)
    return added


def differing(session: Session) -> list[int]:
    """Return the published documents that the index does not hold as they read now."""
    wrong, last = [], 0
    while some := rows.published(session, last, BATCH):
        positions = [row.position for row in some if row.position is not None]
        last = positions[-1]
        held = rows.held(session, positions)
        wrong += [
            row.id
            for at, row in zip(positions, some, strict=True)
            if held.get(at) != rows.stored(session, of(session, row))
        ]
    return wrong


def faults(session: Session) -> list[str]:
    """Return what the index itself finds wrong in what it holds."""
    return rows.faults(session)
