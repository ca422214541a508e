"""A document erased: its words, its pages, whose it was; what readers said stays nobody's."""

from __future__ import annotations

from sqlalchemy import String, cast, delete, select, update
from sqlalchemy.orm import Session

from . import documents, erasure
from .marks import ANONYMOUS, SENT
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

    Marks that everyone read keep what their readers wrote, and no word of the document: what they
    quote goes. What was reported of the document and of its marks goes too.
    """
    names = [page.shown for page in documents.pages(session, row.id) if page.shown]
    row.title = row.slug = row.hard = row.wished = row.form = row.described = row.told = ""
    mark = AnnotationRow
    erasure.reports_of(session, "document", [row.id])
    erasure.reports_of(session, "mark", select(mark.id).where(mark.document_id == row.id))
    session.execute(delete(mark).where(mark.document_id == row.id, mark.status != SENT))
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
