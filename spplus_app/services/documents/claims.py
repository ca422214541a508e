"""Which moderator reads which document: one that is opened is given to nobody else for a while."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy.orm import Session

from ...domain.claims import CLAIM_FOR, ClaimKind, first_name
from ...domain.documents.stages import Stage
from ...domain.errors import Conflict, NotFound
from ...domain.journal import Entry
from ...domain.roles import Right, Viewer
from ...persistence import claims, documents, journal
from ...persistence.tables import DocumentRow
from .. import clock, record

_KIND = ClaimKind.DOCUMENT.value


def open_one(session: Session, viewer: Viewer, document_id: int, *, again: bool) -> str:
    """Claim a document that is opened; return who holds it meanwhile, empty when it is the viewer.

    Each opening is written in the journal; one that only reads ``again`` what is already open is
    not, unless nothing was written for a while. Raises `NotFound`.
    """
    person = viewer.must(Right.MODERATE)
    row = _handed(session, document_id)
    _note(session, viewer, row.id, again=again)
    now = clock.now()
    before = claims.holders(session, _KIND, [row.id], now)
    if claims.take(session, _KIND, row.id, person, now, now + CLAIM_FOR):
        if row.id not in before:
            record.changed(session, record.MODERATION)
        return ""
    return holders(session, viewer, [row.id]).get(row.id, "un autre modérateur")


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
    now = clock.now()
    person = viewer.must(Right.MODERATE)
    _handed(session, document_id)
    if claims.take(session, _KIND, document_id, person, now, now + CLAIM_FOR):
        return
    who = holders(session, viewer, [document_id]).get(document_id, "Un autre modérateur")
    raise Conflict(
        f"{who} lit ce document en ce moment : laissez-lui la décision, ou revenez plus tard."
    )


def next_one(session: Session, viewer: Viewer) -> int | None:
    """Claim the document that waits longest and that nobody holds; ``None`` when there is none."""
    person = viewer.must(Right.MODERATE)
    now = clock.now()
    while (found := claims.next_free_document(session, _KIND, now)) is not None:
        if claims.take(session, _KIND, found, person, now, now + CLAIM_FOR):
            record.changed(session, record.MODERATION)
            return found
    return None


def release(session: Session, viewer: Viewer, document_id: int) -> None:
    """Give back a document one will not decide about; what another holds stays theirs."""
    if claims.release(session, _KIND, document_id, viewer.must(Right.MODERATE)):
        record.changed(session, record.MODERATION)


def decided(session: Session, document_id: int) -> None:
    """Free a document that has been decided; no right is decided here."""
    claims.release(session, _KIND, document_id)


def holders(session: Session, viewer: Viewer, document_ids: Collection[int]) -> dict[int, str]:
    """Return the first name of who holds each of these documents, but the viewer."""
    found = claims.holders(session, _KIND, document_ids, clock.now())
    return {
        number: first_name(name)
        for number, (person, name) in found.items()
        if person != viewer.person_id
    }
