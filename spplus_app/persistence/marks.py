"""Marks on documents, who sent theirs, and the heat of each sentence."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select, tuple_, update
from sqlalchemy.orm import Session

from ..domain.documents.marks import Standing
from ..domain.documents.selectors import PASSAGE_MAX
from . import erasure
from .experiences import known_id
from .tables import AnnotationRow, DocumentReaderRow, DocumentRow, SentenceHeatRow

PRIVATE, SENT, REMOVED = (one.value for one in (Standing.PRIVATE, Standing.SENT, Standing.REMOVED))
ANONYMOUS = "~"
"""What the mark of a reader begins with once their browser is forgotten; no hash does."""


def by_uuid(session: Session, uuid: str) -> AnnotationRow | None:
    """Return the mark made with this client-made UUID."""
    return session.scalars(select(AnnotationRow).where(AnnotationRow.uuid == uuid)).one_or_none()


def several(session: Session, ids: Collection[int]) -> dict[int, tuple[AnnotationRow, DocumentRow]]:
    """Return these marks, wherever they stand, each with its document."""
    if not ids:
        return {}
    mark = AnnotationRow
    query = (
        select(mark, DocumentRow)
        .join(DocumentRow, DocumentRow.id == mark.document_id)
        .where(mark.id.in_(sorted(set(ids))))
    )
    return {row.id: (row, document) for row, document in session.execute(query)}


def read_again(session: Session, number: int) -> AnnotationRow | None:
    """Return a mark as it is now; none where its reader took it back meanwhile."""
    return session.get(AnnotationRow, number, populate_existing=True)


def own(session: Session, visitor: str, document_id: int) -> list[AnnotationRow]:
    """Return the marks of one browser on a document, in the order of the text."""
    if not visitor or not known_id(document_id):
        return []
    query = select(AnnotationRow).where(
        AnnotationRow.document_id == document_id, AnnotationRow.visitor == visitor
    )
    return list(session.scalars(query.order_by(AnnotationRow.start, AnnotationRow.id)))


def public(
    session: Session,
    document_id: int,
    *,
    touching: tuple[int, int] | None = None,
    after: tuple[int, int] | None = None,
    limit: int = 50,
) -> list[AnnotationRow]:
    """Return public marks in the order of the text, from the key ``after`` on (start, id).

    ``touching`` keeps those that touch a stretch of the text.
    """
    row = AnnotationRow
    query = select(row).where(row.document_id == document_id, row.status == SENT)
    if touching is not None:
        near = row.start > touching[0] - PASSAGE_MAX
        query = query.where(near, row.start < touching[1], row.end > touching[0])
    if after is not None:
        query = query.where(tuple_(row.start, row.id) > after)
    return list(session.scalars(query.order_by(row.start, row.id).limit(limit)))


def public_page(session: Session, document_id: int, start: int, limit: int) -> list[AnnotationRow]:
    """Return public marks in the order they were made, from the ``start``-th one on.

    By rank: the pages of a collection are told by their number, and robots read them in order.
    """
    row = AnnotationRow
    query = select(row).where(row.document_id == document_id, row.status == SENT)
    return list(session.scalars(query.order_by(row.id).offset(start).limit(limit)))


def public_one(session: Session, document_id: int, number: int) -> AnnotationRow | None:
    """Return one public mark of a document by its id."""
    row = session.get(AnnotationRow, number) if known_id(number) else None
    return row if row is not None and (row.document_id, row.status) == (document_id, SENT) else None


def counted(session: Session, document_id: int) -> int:
    """Return how many public marks a document has, as its collection says it."""
    query = select(func.count()).where(
        AnnotationRow.document_id == document_id, AnnotationRow.status == SENT
    )
    return int(session.scalar(query) or 0)


def told(
    session: Session, document_id: int, version: int, touching: tuple[int, int]
) -> list[tuple[Any, ...]]:
    """Return (visitor, start, end, tone, reasons) of the public marks that touch a stretch."""
    row = AnnotationRow
    query = select(row.visitor, row.start, row.end, row.tone, row.reasons).where(
        row.document_id == document_id,
        row.status == SENT,
        row.version == version,
        # Nothing that touches it begins further before: the index is read from there.
        row.start > touching[0] - PASSAGE_MAX,
        row.start < touching[1],
        row.end > touching[0],
    )
    return [tuple(one) for one in session.execute(query)]


def remove(session: Session, row: AnnotationRow) -> None:
    """Delete a mark."""
    session.delete(row)
    session.flush()


def send(session: Session, visitor: str, document_id: int, now: datetime) -> int:
    """Make the private marks of a browser public; return how many."""
    result = session.execute(
        update(AnnotationRow)
        .where(
            AnnotationRow.document_id == document_id,
            AnnotationRow.visitor == visitor,
            AnnotationRow.status == PRIVATE,
        )
        .values(status=SENT, sent_at=now, updated_at=now)
    )
    return int(getattr(result, "rowcount", 0))


def reader(session: Session, visitor: str, document_id: int) -> DocumentReaderRow | None:
    """Return what a browser did with a document, if it sent marks or looked."""
    if not visitor or not known_id(document_id):
        return None
    return session.get(DocumentReaderRow, (document_id, visitor))


def move(
    session: Session, document_id: int, *, marks: int = 0, readers: int = 0, lookers: int = 0
) -> None:
    """Move the kept counts of a document, in the gesture's transaction."""
    row = DocumentRow
    session.execute(
        update(row)
        .where(row.id == document_id)
        .values(
            marks=row.marks + marks, readers=row.readers + readers, lookers=row.lookers + lookers
        )
        .execution_options(synchronize_session="fetch")
    )


def heat(
    session: Session, document_id: int, version: int, within: range | None = None
) -> list[SentenceHeatRow]:
    """Return the heat of the sentences that somebody marked, in order; ``within`` these only."""
    row = SentenceHeatRow
    query = select(row).where(row.document_id == document_id, row.version == version)
    if within is not None:
        query = query.where(row.sentence >= within.start, row.sentence < within.stop)
    return list(session.scalars(query.order_by(row.sentence)))


def keep_heat(
    session: Session,
    document_id: int,
    version: int,
    found: Iterable[tuple[int, int, dict[str, int]]],
    within: range,
) -> None:
    """Write the heat of these sentences, (sentence, readers, counts), in the place of the last."""
    row = SentenceHeatRow
    kept = {one.sentence: one for one in heat(session, document_id, version, within)}
    for sentence, readers, counts in found:
        known = kept.pop(sentence, None)
        if known is None:
            session.add(
                row(
                    document_id=document_id,
                    version=version,
                    sentence=sentence,
                    readers=readers,
                    counts=counts,
                )
            )
        elif (known.readers, known.counts) != (readers, counts):
            known.readers, known.counts = readers, counts
    if kept:
        session.execute(
            delete(row).where(
                row.document_id == document_id,
                row.version == version,
                row.sentence.in_(sorted(kept)),
            )
        )
    session.flush()


def private_before(session: Session, before: datetime) -> int:
    """Delete the marks that were not sent and did not change since this moment; return how many."""
    row = AnnotationRow
    over = (row.status == PRIVATE) & (row.updated_at < before)
    return int(getattr(session.execute(delete(row).where(over)), "rowcount", 0))


def removed_before(session: Session, before: datetime, limit: int) -> int:
    """Delete marks that moderation took off before this moment; return how many.

    What was reported of them goes too; the decision stays, dated.
    """
    row = AnnotationRow
    over = select(row.id).where(row.status == REMOVED, row.updated_at < before).limit(limit)
    found = list(session.scalars(over))
    erasure.reports_of(session, "mark", found)
    session.execute(delete(row).where(row.id.in_(found)))
    return len(found)


def anonymised(session: Session, before: datetime) -> int:
    """Take the browser of the marks sent before this moment, and of who looked; return how many.

    Marks of one reader stay told from those of another: heat counts readers.
    """
    mark, reader = AnnotationRow, DocumentReaderRow
    # Its first mark on the document stands for the browser: « 000…17 ».
    first = (
        select(func.min(mark.id))
        .where(mark.document_id == reader.document_id, mark.visitor == reader.visitor)
        .scalar_subquery()
    )
    over = select(reader.document_id, reader.visitor, first).where(reader.created_at < before)
    found = list(session.execute(over))
    for document_id, visitor, number in found:
        here = (mark.document_id == document_id) & (mark.visitor == visitor)
        session.execute(update(mark).where(here).values(visitor=f"{ANONYMOUS}{number or 0}"))
        known = (reader.document_id == document_id) & (reader.visitor == visitor)
        session.execute(delete(reader).where(known))
    return len(found)
