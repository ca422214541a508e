"""A document erased: its words, its pages, whose it was; what readers said stays nobody's."""

from __future__ import annotations

from sqlalchemy import String, cast, delete, update
from sqlalchemy.orm import Session

from . import documents
from .marks import ANONYMOUS, PRIVATE
from .tables import (
    AnnotationRow,
    DocumentHolderRow,
    DocumentLinkRow,
    DocumentPageRow,
    DocumentReaderRow,
    DocumentRow,
    DocumentVersionRow,
)


def words(session: Session, row: DocumentRow) -> list[str]:
    """Delete every word of a document and every tie to its depositor; return its files' names.

    Marks keep what their readers wrote, and no word of the document: what they quote goes.
    """
    names = [page.shown for page in documents.pages(session, row.id) if page.shown]
    row.title = row.slug = row.hard = row.wished = row.form = row.described = row.told = ""
    mark = AnnotationRow
    session.execute(delete(mark).where(mark.document_id == row.id, mark.status == PRIVATE))
    session.execute(
        update(mark)
        .where(mark.document_id == row.id)
        # Of one reader each: who wrote two of them is not told any more either.
        .values(visitor=ANONYMOUS + cast(mark.id, String), exact="", prefix="", suffix="")
    )
    for table in (
        DocumentVersionRow,
        DocumentPageRow,
        DocumentReaderRow,
        DocumentLinkRow,
        DocumentHolderRow,
    ):
        session.execute(delete(table).where(table.document_id == row.id))
    session.flush()
    return names
