"""What is kept of documents and of their readers for a time only."""

from __future__ import annotations

from sqlalchemy.orm import Session

from ...domain.documents.stages import BEFORE_PUBLICATION, Stage, Step, after
from ...domain.retention import (
    DOCUMENT_KEPT_FOR,
    HOLDER_KEPT_FOR,
    MARK_KEPT_FOR,
    READER_KEPT_FOR,
    REFUSED_KEPT_FOR,
    UPLOAD_KEPT_FOR,
)
from ...persistence import documents, marks
from .. import clock
from . import places

AT_ONCE = 200
"""Documents, and marks taken off, forgotten by one run: what is left waits for the next one."""


def forget(session: Session) -> dict[str, int]:
    """Delete what is over; return how many, by kind of data.

    Files follow their rows, once this is written; those that no row names are swept, a day late.
    """
    now = clock.now()
    # First: what this gesture forgets is still named, and stays should it be undone.
    places.sweep(session)
    uploads = documents.uploads_before(session, now - UPLOAD_KEPT_FOR)
    for upload in uploads:
        session.delete(upload)
    places.remove_after(session, [upload.stored for upload in uploads])
    over = documents.untouched(
        session, [stage.value for stage in BEFORE_PUBLICATION], now - DOCUMENT_KEPT_FOR, AT_ONCE
    )
    for row in over:
        row.stage = after(Stage(row.stage), Step.WITHDRAW).value
        row.updated_at = now
        places.remove_after(session, documents.forget_originals(session, row.id))
    session.flush()
    return {
        "documents": len(over),
        "uploads": len(uploads),
        "holders": documents.holders_before(session, now - HOLDER_KEPT_FOR),
        "marks": marks.private_before(session, now - MARK_KEPT_FOR),
        "removed_marks": marks.removed_before(session, now - REFUSED_KEPT_FOR, AT_ONCE),
        "readers": marks.anonymised(session, now - READER_KEPT_FOR),
    }
