"""A published document as services find it: its row, its text, who may see it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from ...domain.documents import stored
from ...domain.documents.canonical import Canonical
from ...domain.documents.stages import Stage
from ...domain.errors import Gone, NotFound
from ...domain.roles import Right, Viewer
from ...persistence import documents, revisions
from ...persistence.tables import DocumentRow, DocumentVersionRow
from .. import record


def topic(document_id: int) -> str:
    """The topic of one document: its text, its marks, where it stands."""
    return f"document:{document_id}"


def moved(session: Session, document_id: int) -> int:
    """Return a number that grows each time something of a document changes.

    Read before the rest, it tells a page that what it holds is as new as what it is told of.
    """
    topics = [topic(document_id), record.MASKED]
    return sum(revisions.numbers(session, topics).values())


def published(session: Session, document_id: int) -> DocumentRow:
    """Return a document that everyone reads; raise `Gone` or `NotFound` for any other."""
    row = documents.get(session, document_id)
    if row is not None and row.stage == Stage.ERASED and row.published_at is not None:
        raise Gone("Ce document a été effacé.")
    if row is None or row.stage != Stage.PUBLISHED:
        raise NotFound("Ce document n’existe pas, ou n’est plus publié.")
    return row


def shown_to(session: Session, viewer: Viewer, document_id: int) -> DocumentRow:
    """Return a document that this viewer may read: moderation also reads what a report hides.

    Raises as `published` does.
    """
    row = documents.get(session, document_id)
    if row is not None and row.stage == Stage.HIDDEN and viewer.may(Right.MODERATE):
        return row
    return published(session, document_id)


def text_of(session: Session, row: DocumentRow) -> tuple[DocumentVersionRow, Canonical]:
    """Return the text that everyone reads of a document, as its row and as what it says."""
    version = documents.version(session, row.id, row.version)
    if version is None:
        raise NotFound("Ce document n’a pas de texte : il n’y a rien à marquer.")
    return version, stored.from_parts(parts_of(version))


def sentence_of(session: Session, row: DocumentRow, number: int) -> tuple[int, int]:
    """Return where a sentence (from 0) stands in the text; raise `NotFound` for no sentence."""
    version = documents.version(session, row.id, row.version)
    if version is None or not 0 <= number < len(version.sentences):
        raise NotFound("Cette phrase n’est pas dans le document.")
    start, end, _ = version.sentences[number]
    return start, end


def parts_of(version: DocumentVersionRow) -> stored.VersionParts:
    """Return the columns of a version as the domain reads them."""
    return stored.VersionParts(version.text, version.blocks, version.sentences, version.regions)
