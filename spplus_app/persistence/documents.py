"""Hard documents: what is written and what is read of them; marks have `annotations`."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple, cast

from sqlalchemy import Table, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from .experiences import known_id
from .tables import (
    DocumentFileRow,
    DocumentHolderRow,
    DocumentLinkRow,
    DocumentPageRow,
    DocumentReadingRow,
    DocumentRow,
    DocumentVersionRow,
    UploadRow,
)

WAITS_SINCE = func.coalesce(DocumentRow.handed_at, DocumentRow.updated_at)
"""Since when moderation has a document: who works on it meanwhile does not put it last."""
_HOLDERS = cast(Table, DocumentHolderRow.__table__)
_HOLD = {
    name: insert(_HOLDERS).on_conflict_do_nothing().returning(_HOLDERS.c.document_id)
    for name, insert in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))
}


def get(session: Session, document_id: int) -> DocumentRow | None:
    """Return one document by its id."""
    return session.get(DocumentRow, document_id) if known_id(document_id) else None


def several(session: Session, ids: Collection[int]) -> dict[int, DocumentRow]:
    """Return these documents by their ids, in one query; unknown ones are absent."""
    if not ids:
        return {}
    query = select(DocumentRow).where(DocumentRow.id.in_(sorted(set(ids))))
    return {row.id: row for row in session.scalars(query)}


def beginnings(session: Session, ids: Collection[int], length: int) -> dict[int, str]:
    """Return the first characters of the text that everyone reads of these documents, by id."""
    if not ids:
        return {}
    row, version = DocumentRow, DocumentVersionRow
    here = (version.document_id == row.id) & (version.number == row.version)
    query = (
        select(row.id, func.substr(version.text, 1, length))
        .join(version, here)
        .where(row.id.in_(sorted(set(ids))))
    )
    return {number: text for number, text in session.execute(query)}


def locked(session: Session, document_id: int) -> DocumentRow | None:
    """Return one document, held until the end of the gesture."""
    if not known_id(document_id):
        return None
    return session.get(DocumentRow, document_id, with_for_update=True, populate_existing=True)


def by_uuid(session: Session, uuid: str) -> DocumentRow | None:
    """Return the document sent with this client-made UUID."""
    return session.scalars(select(DocumentRow).where(DocumentRow.uuid == uuid)).one_or_none()


def version(session: Session, document_id: int, number: int) -> DocumentVersionRow | None:
    """Return one text of a document."""
    query = select(DocumentVersionRow).where(
        DocumentVersionRow.document_id == document_id, DocumentVersionRow.number == number
    )
    return session.scalars(query).one_or_none()


def read(session: Session, document_id: int) -> DocumentReadingRow | None:
    """Return what was read of a document, while it is kept."""
    return session.get(DocumentReadingRow, document_id) if known_id(document_id) else None


def pages(session: Session, document_id: int) -> list[DocumentPageRow]:
    """Return the pages of a document, the first one first."""
    query = select(DocumentPageRow).where(DocumentPageRow.document_id == document_id)
    return list(session.scalars(query.order_by(DocumentPageRow.number)))


def files(session: Session, document_id: int) -> list[DocumentFileRow]:
    """Return the files as they were sent, in their order, while they are kept."""
    query = select(DocumentFileRow).where(DocumentFileRow.document_id == document_id)
    return list(session.scalars(query.order_by(DocumentFileRow.position)))


def hold(session: Session, visitor: str, document_id: int, now: datetime) -> bool:
    """Let this browser see and mask a document; return whether that changed anything."""
    connection = session.connection()
    values = {"visitor": visitor, "document_id": document_id, "created_at": now}
    return connection.execute(_HOLD[connection.dialect.name], values).scalar() is not None


def holds(session: Session, visitor: str, document_id: int) -> bool:
    """Whether this browser may see and mask a document."""
    if not visitor or not known_id(document_id):
        return False
    return session.get(DocumentHolderRow, (visitor, document_id)) is not None


def add_link(
    session: Session, document_id: int, token_hash: str, nonce: str, now: datetime
) -> None:
    """Keep a private link by its hash."""
    session.add(
        DocumentLinkRow(token_hash=token_hash, document_id=document_id, nonce=nonce, created_at=now)
    )


def link_by_hash(session: Session, token_hash: str) -> DocumentLinkRow | None:
    """Return the private link with this hash."""
    return session.get(DocumentLinkRow, token_hash)


def link_of(session: Session, document_id: int) -> DocumentLinkRow | None:
    """Return the private link of a document."""
    query = select(DocumentLinkRow).where(DocumentLinkRow.document_id == document_id)
    return session.scalars(query.limit(1)).one_or_none()


def uploads(session: Session, visitor: str, deposit: str) -> list[UploadRow]:
    """Return the files on their way for a form of this browser, in their order."""
    query = select(UploadRow).where(UploadRow.deposit == deposit, UploadRow.visitor == visitor)
    return list(session.scalars(query.order_by(UploadRow.position, UploadRow.created_at)))


def upload_locked(session: Session, uuid: str) -> UploadRow | None:
    """Return one file on its way, held until the end of the gesture."""
    return session.get(UploadRow, uuid, with_for_update=True, populate_existing=True)


def uploads_before(session: Session, moment: datetime, limit: int = 500) -> list[UploadRow]:
    """Return the files on their way that did not move since this moment."""
    query = select(UploadRow).where(UploadRow.updated_at < moment).limit(limit)
    return list(session.scalars(query))


def stored_names(session: Session) -> set[str]:
    """Return the name of every file of the store that a row names."""
    columns = (
        UploadRow.stored,
        DocumentFileRow.stored,
        DocumentPageRow.stored,
        DocumentPageRow.shown,
    )
    return {name for column in columns for name in session.scalars(select(column)) if name}


class Waiting(NamedTuple):
    """A document handed over: since when, how many pages it has, what is masked in it."""

    id: int
    kind: str
    since: datetime
    pages: int
    masks: list[Any]


def handed(session: Session, limit: int) -> list[Waiting]:
    """Return the documents that moderation decides about, the one that waits longest first."""
    row, kept, page = DocumentRow, DocumentReadingRow, DocumentPageRow
    pages = select(func.count()).where(page.document_id == row.id).correlate(row).scalar_subquery()
    # What was read is not asked for: it is long, and sealed.
    query = (
        select(row.id, row.kind, WAITS_SINCE, pages, kept.masks)
        .outerjoin(kept, kept.document_id == row.id)
        .where(row.stage == "handed")
        .order_by(WAITS_SINCE, row.id)
        .limit(limit)
    )
    return [
        Waiting(number, kind, since, count, masks or [])
        for number, kind, since, count, masks in session.execute(query)
    ]


def count(session: Session, stage: str) -> int:
    """Return how many documents are in this stage."""
    query = select(func.count()).select_from(DocumentRow).where(DocumentRow.stage == stage)
    return session.scalar(query) or 0


def untouched(
    session: Session, stages: Collection[str], before: datetime, limit: int
) -> list[DocumentRow]:
    """Return documents of these stages that nobody touched since this moment, held."""
    row = DocumentRow
    query = select(row).where(row.stage.in_(sorted(stages)), row.updated_at < before)
    return list(session.scalars(query.order_by(row.id).limit(limit).with_for_update()))


def holders_before(session: Session, before: datetime) -> int:
    """Delete what ties browsers to the documents they sent before this moment; return how many."""
    over = DocumentHolderRow.created_at < before
    result = session.execute(delete(DocumentHolderRow).where(over))
    return int(getattr(result, "rowcount", 0))


def of_structures(session: Session, structure_ids: Collection[int]) -> list[DocumentRow]:
    """Return the published documents of these structures."""
    row = DocumentRow
    here = row.structure_id.in_(sorted(structure_ids))
    return list(session.scalars(select(row).where(here, row.stage == "published")))


def free_position(session: Session, wanted: int) -> int:
    """Return the first position from ``wanted`` on that no document has."""
    position = wanted
    row = DocumentRow
    while session.scalar(select(row.id).where(row.position == position)) is not None:
        position += 1
    return position


def forget_originals(session: Session, document_id: int) -> list[str]:
    """Delete what only its owner and moderation saw; return the names of the files to delete."""
    names = forget_files(session, document_id)
    session.execute(delete(DocumentReadingRow).where(DocumentReadingRow.document_id == document_id))
    session.flush()
    return names


def forget_files(session: Session, document_id: int) -> list[str]:
    """Delete the files as they were sent, not what was typed beside; return their names."""
    names = [row.stored for row in files(session, document_id)]
    for row in pages(session, document_id):
        names += [row.stored] if row.stored else []
        row.stored = ""
    session.execute(delete(DocumentFileRow).where(DocumentFileRow.document_id == document_id))
    session.flush()
    return names
