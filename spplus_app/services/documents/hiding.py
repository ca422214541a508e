"""Hiding a document or a mark while a report is looked at, and putting it back as it was.

Neither exists meanwhile for its readers: lists, search, counts, heat and linked data follow.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from ...domain.documents import marks as standings
from ...domain.documents.marks import Standing
from ...domain.documents.stages import Stage, Step, after
from ...domain.journal import Entry
from ...domain.roles import Viewer
from ...persistence import marks as rows
from ...persistence import structures
from ...persistence.tables import AnnotationRow, DocumentRow
from .. import clock, record
from . import index, marks, texts

_STAGE_ENTRIES = {Step.HIDE: Entry.DOCUMENT_HIDDEN, Step.RESTORE: Entry.DOCUMENT_RESTORED}
_MARK_ENTRIES = {
    standings.Step.HIDE: Entry.MARK_HIDDEN,
    standings.Step.RESTORE: Entry.MARK_RESTORED,
    standings.Step.REMOVE: Entry.MARK_REMOVED,
}


def move_document(session: Session, viewer: Viewer, row: DocumentRow, step: Step) -> None:
    """Hide a published document, or put it back where it was; its row is held.

    No right is decided here. Raises `Conflict` when it moved meanwhile.
    """
    before = Stage(row.stage)
    row.stage = after(before, step).value
    index.refresh(session, row)
    record.journal_entry(
        session,
        viewer,
        _STAGE_ENTRIES[step],
        ("document", row.id),
        before={"stage": before.value},
        after={"stage": row.stage},
    )
    where = structures.get(session, row.structure_id) if row.structure_id is not None else None
    inboxes = record.inbox_topics(where.path) if where is not None else []
    record.changed(session, texts.topic(row.id), record.DOCUMENTS, *inboxes)


def move_mark(
    session: Session, viewer: Viewer, row: DocumentRow, mark: AnnotationRow, step: standings.Step
) -> None:
    """Hide a mark, put it back as it was, or take it off; the document's row is held.

    No right is decided here. Raises `Conflict` when it moved meanwhile.
    """
    before = Standing(mark.status)
    standing = standings.after(before, step)
    mark.status = standing.value
    if step is standings.Step.REMOVE:
        mark.updated_at = clock.now()
    session.flush()
    gained = (standing is Standing.SENT) - (before is Standing.SENT)
    if gained:
        rows.move(session, row.id, marks=gained)
        touched = [(mark.start, mark.end)] if mark.version == row.version else []
        marks.warm(session, row, texts.text_of(session, row)[1], touched)
    record.journal_entry(
        session,
        viewer,
        _MARK_ENTRIES[step],
        ("mark", mark.id),
        before={"status": before.value},
        after={"status": standing.value, "document": row.id},
    )
    record.changed(session, texts.topic(row.id))
