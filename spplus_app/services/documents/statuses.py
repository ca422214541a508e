"""What becomes of a published document: sent by moderation, rewritten by its administration."""

from __future__ import annotations

from sqlalchemy.orm import Session

from ...domain.documents.stages import Stage
from ...domain.documents.values import ACT_RIGHTS, TRANSITIONS, Act, Status, acts, after
from ...domain.errors import Invalid, NotFound, SignedOut
from ...domain.journal import Entry
from ...domain.roles import Right, Viewer
from ...domain.structures import CODE
from ...persistence import documents, structures
from ...persistence.tables import DocumentRow, StructureRow
from .. import clock, record
from . import index, texts


def move(
    session: Session, viewer: Viewer, document_id: int, act: str, structure: str = ""
) -> Status:
    """Move a document as ``act`` tells (`values.Act`); return where it stands. Twice moves once.

    ``structure`` is the code of the administration a document is sent to: moderation chooses it
    where the depositor did not know, or was wrong. Raises `SignedOut`, `Refused`, `NotFound`,
    `Conflict` when the document moved meanwhile, `Invalid` (« act », « structure »).
    """
    if not viewer.signed_in:
        raise SignedOut
    if act not in set(Act):
        raise Invalid({"act": "Choisissez une des actions proposées."})
    chosen = Act(act)
    row = documents.locked(session, document_id)
    where = _structure_of(session, row)
    if row is None or row.stage != Stage.PUBLISHED:
        raise NotFound("Ce document n’existe pas, ou n’est plus publié.")
    viewer.must(ACT_RIGHTS[chosen], _path(chosen, where))
    before = Status(row.status)
    if (before, chosen) not in TRANSITIONS and before in _leads_to(chosen):
        return before
    status = after(before, chosen)
    if chosen is Act.SEND:
        where = _directed(session, row, where, structure)
    _write(session, viewer, row, before, status, where)
    return status


def allowed(viewer: Viewer, row: DocumentRow, where: StructureRow | None) -> tuple[Act, ...]:
    """Return what this viewer may do with a published document, in the order of the table."""
    return tuple(
        act
        for act in acts(Status(row.status))
        if (ACT_RIGHTS[act] is Right.MODERATE or where is not None)
        and viewer.may(ACT_RIGHTS[act], _path(act, where))
    )


def _leads_to(act: Act) -> set[Status]:
    return {made for (_, known), made in TRANSITIONS.items() if known is act}


def _path(act: Act, where: StructureRow | None) -> str:
    """Return where a right is asked for; nobody holds one on no structure at all."""
    if ACT_RIGHTS[act] is Right.MODERATE:
        return ""
    return where.path if where is not None else "/0/"


def _structure_of(session: Session, row: DocumentRow | None) -> StructureRow | None:
    if row is None or row.structure_id is None:
        return None
    return structures.get(session, row.structure_id)


def _directed(
    session: Session, row: DocumentRow, where: StructureRow | None, code: str
) -> StructureRow:
    """Return the administration a document is sent to, written in the document."""
    if code:
        where = structures.by_code(session, code) if CODE.fullmatch(code) else None
        if where is None or not where.reachable:
            raise Invalid({"structure": "Choisissez une administration dans la liste proposée."})
        row.structure_id = where.id
    if where is None:
        raise Invalid({"structure": "Choisissez l’administration qui a envoyé ce document."})
    return where


def _write(
    session: Session,
    viewer: Viewer,
    row: DocumentRow,
    before: Status,
    status: Status,
    where: StructureRow | None,
) -> None:
    row.status = status.value
    row.status_at = row.updated_at = clock.now()
    index.refresh(session, row)
    record.journal_entry(
        session,
        viewer,
        Entry.DOCUMENT_MOVED,
        ("document", row.id),
        before={"status": before.value},
        after={"status": status.value, "structure": where.code if where is not None else ""},
    )
    topics = record.inbox_topics(where.path) if where is not None else []
    record.changed(session, texts.topic(row.id), record.DOCUMENTS, record.MODERATION, *topics)
