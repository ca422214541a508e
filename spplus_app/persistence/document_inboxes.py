"""Documents that somebody works on: those to send, those of structures, and their heat."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from ..domain.documents.stages import Stage
from ..domain.documents.values import Status
from .inboxes import under as under_roots
from .tables import DocumentRow, DocumentVersionRow, SentenceHeatRow, StructureRow


def _published(after: int | None, limit: int) -> Select[DocumentRow]:
    row = DocumentRow
    query = select(row).where(row.stage == Stage.PUBLISHED.value)
    if after is not None:
        query = query.where(row.position < after)
    return query.order_by(row.position.desc()).limit(limit)


def to_direct(session: Session, after: int | None, limit: int) -> list[DocumentRow]:
    """Return the published documents that were sent to no administration, the newest first."""
    query = _published(after, limit).where(DocumentRow.status == Status.RECEIVED.value)
    return list(session.scalars(query))


def under(
    session: Session, roots: Sequence[str] | None, after: int | None, limit: int
) -> list[DocumentRow]:
    """Return the documents sent to structures under ``roots`` (``None``: all), newest first."""
    if roots is not None and not roots:
        return []
    query = (
        _published(after, limit)
        .join(StructureRow, StructureRow.id == DocumentRow.structure_id)
        .where(DocumentRow.status != Status.RECEIVED.value, *under_roots(roots))
    )
    return list(session.scalars(query))


def heat(session: Session, versions: Mapping[int, int]) -> list[SentenceHeatRow]:
    """Return the heat of these documents, each in its version."""
    row = SentenceHeatRow
    if not versions:
        return []
    query = select(row).where(row.document_id.in_(sorted(versions)))
    return [one for one in session.scalars(query) if one.version == versions[one.document_id]]


def versions(
    session: Session, document_ids: Collection[int]
) -> dict[tuple[int, int], DocumentVersionRow]:
    """Return the texts of these documents, by document and number."""
    row = DocumentVersionRow
    if not document_ids:
        return {}
    query = select(row).where(row.document_id.in_(sorted(document_ids)))
    return {(one.document_id, one.number): one for one in session.scalars(query)}
