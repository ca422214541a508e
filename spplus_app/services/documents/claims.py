"""Which moderator reads which document, and the trace of each reading of an original."""

from __future__ import annotations

from sqlalchemy.orm import Session

from ...domain.claims import CLAIM_FOR, ClaimKind
from ...domain.documents.stages import Stage
from ...domain.errors import NotFound
from ...domain.journal import Entry
from ...domain.roles import Right, Viewer
from ...persistence import claims, documents, journal
from ...persistence.tables import DocumentRow
from .. import clock, record
from ..claiming import Claims

_DOCUMENTS = Claims(ClaimKind.DOCUMENT, "ce document", claims.next_free_document)
next_one, release = _DOCUMENTS.next_one, _DOCUMENTS.release
decided, holders = _DOCUMENTS.decided, _DOCUMENTS.holders


def open_one(session: Session, viewer: Viewer, document_id: int, *, again: bool) -> str:
    """Claim a document that is opened; return who holds it meanwhile, empty when it is the viewer.

    Each opening is written in the journal; one that only reads ``again`` what is already open is
    not, unless nothing was written for a while. Raises `NotFound`.
    """
    viewer.must(Right.MODERATE)
    row = _handed(session, document_id)
    _note(session, viewer, row.id, again=again)
    return _DOCUMENTS.hold(session, viewer, row.id)


def _handed(session: Session, document_id: int) -> DocumentRow:
    row = documents.get(session, document_id)
    if row is None or row.stage != Stage.HANDED:
        raise NotFound("Ce document n’est plus à relire.")
    return row


def note_again(session: Session, viewer: Viewer, document_id: int) -> None:
    """Write that moderation looks at a page, unless its opening was just written.

    A depositor who looks at their own leaves no trace.
    """
    if viewer.may(Right.MODERATE) and not documents.holds(session, viewer.visitor, document_id):
        _note(session, viewer, document_id, again=True)


def _note(session: Session, viewer: Viewer, document_id: int, *, again: bool) -> None:
    subject = ("document", str(document_id))
    entry, since = Entry.ORIGINAL_READ, clock.now() - CLAIM_FOR
    actor = record.actor(viewer)
    if not (again and journal.wrote_since(session, actor, entry.value, subject, since)):
        record.journal_entry(session, viewer, entry, subject)


def renew(session: Session, viewer: Viewer, document_id: int) -> None:
    """Keep a document while deciding about it; `Conflict` when another moderator holds it.

    Raises `NotFound` for a document that is not, or no longer, to be decided about.
    """
    viewer.must(Right.MODERATE)
    _handed(session, document_id)
    _DOCUMENTS.renew(session, viewer, document_id)
