"""The rights of a depositor over their document: take it away, erase it, see what is kept.

Everything is for a browser that holds the document, like masking it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from ...domain.documents.canonical import canonical
from ...domain.documents.stages import STAGE_NAMES, Stage, Step, after
from ...domain.documents.values import (
    KIND_NAMES,
    PROBLEM_NAMES,
    STATUS_NAMES,
    Kind,
    Problem,
    Status,
)
from ...domain.errors import Invalid, NotFound
from ...domain.journal import Entry
from ...domain.roles import Viewer
from ...persistence import document_erasure as rows
from ...persistence import documents, structures
from ...persistence import marks as mark_rows
from ...persistence.tables import DocumentRow
from .. import clock, record, scrubbing, tokens
from . import cases, index, places, texts

WORD = "EFFACER"
"""What the depositor types before everything is erased."""
_ERASING = "erasing document"


def withdraw(session: Session, viewer: Viewer, document_id: int) -> None:
    """Take a document away from everyone. Twice changes nothing.

    What was sent goes; its masked text and its pages stay until they are erased. Raises
    `NotFound`, `Conflict`.
    """
    row = _held(session, viewer, document_id)
    if row.stage == Stage.WITHDRAWN:
        return
    row.stage = after(Stage(row.stage), Step.WITHDRAW).value
    row.updated_at = clock.now()
    places.remove_after(session, documents.forget_originals(session, row.id))
    index.refresh(session, row)
    cases.settle(session, row)
    record.journal_entry(session, viewer, Entry.DOCUMENT_WITHDRAWN, ("document", row.id))
    _tell(session, row)


def erase(session: Session, viewer: Viewer, document_id: int, typed: Mapping[str, str]) -> None:
    """Erase a document once its depositor has typed `WORD`.

    Its number, its dates and its administration stay, without a word; what readers wrote of it
    stays too, and is nobody's. ``typed`` holds ``mot`` and ``preuve`` (`proof`). The same twice
    changes nothing. Raises `Invalid`, `NotFound`.
    """
    if typed.get("mot", "").strip().upper() != WORD:
        raise Invalid({"mot": f"Écrivez {WORD} pour confirmer."})
    known = documents.get(session, document_id)
    if (
        known is not None
        and known.stage == Stage.ERASED
        and tokens.same(typed.get("preuve", ""), proof(viewer, document_id))
    ):
        return  # pressed twice: the right went with the rest
    row = _held(session, viewer, document_id)
    before = Stage(row.stage)
    row.stage = after(before, Step.ERASE).value
    row.updated_at = clock.now()
    places.remove_after(session, documents.forget_originals(session, row.id))
    index.refresh(session, row)
    places.remove_after(session, rows.words(session, row))
    record.journal_entry(
        session,
        viewer,
        Entry.DOCUMENT_ERASED,
        ("document", row.id),
        before={"stage": before.value},
    )
    _tell(session, row)
    record.changed(session, record.MASKED)
    scrubbing.ask(session)


def proof(viewer: Viewer, document_id: int) -> str:
    """Return what shows later that this browser had the right to erase this document."""
    return tokens.keyed_hash(_ERASING, f"{viewer.visitor}:{document_id}")


def export(session: Session, viewer: Viewer, document_id: int) -> dict[str, Any]:
    """Return all that is kept of a document and of its depositor; the journal says that it was."""
    row = _held(session, viewer, document_id)
    found = _told(session, row) | {
        "vos marques": [
            {"passage": one.exact, "ton": one.tone, "motifs": one.reasons}
            | {"compris": one.understood, "proposition": one.rewrite}
            for one in mark_rows.own(session, viewer.visitor, row.id)
        ],
        "navigateur": "une empreinte du cookie, qui dit que ce document est à vous",
        "lien de suivi": "une empreinte du lien, jamais le lien",
    }
    record.journal_entry(session, viewer, Entry.DOCUMENT_EXPORTED, ("document", row.id))
    return found


def _held(session: Session, viewer: Viewer, document_id: int) -> DocumentRow:
    """Return a document to a browser that holds it, held until the end of the gesture."""
    row = None
    if documents.holds(session, viewer.visitor, document_id):
        row = documents.locked(session, document_id)
    if row is None:
        raise NotFound("Ce document n’existe pas, ou n’est pas suivi sur cet appareil.")
    return row


def _tell(session: Session, row: DocumentRow) -> None:
    where = structures.get(session, row.structure_id) if row.structure_id is not None else None
    inboxes = record.inbox_topics(where.path) if where is not None else []
    topics = [texts.topic(row.id), record.DOCUMENTS, record.MODERATION, *inboxes]
    record.changed(session, *topics)


def _told(session: Session, row: DocumentRow) -> dict[str, Any]:
    where = structures.get(session, row.structure_id) if row.structure_id is not None else None
    kept = documents.read(session, row.id)
    version = documents.version(session, row.id, row.version)
    text = version.text if version is not None else ""
    words = {name: str(getattr(row, name)) for name in places.WORDS}
    if kept is not None:
        sealed = places.opened(kept)
        text, words = canonical(sealed.read()).text, {**words, **sealed.words}
    return {
        "document": row.id,
        "sorte": KIND_NAMES[Kind(row.kind)],
        "étape": STAGE_NAMES[Stage(row.stage)],
        "état": STATUS_NAMES[Status(row.status)],
        "administration": where.label if where is not None else "",
        "ce qui est difficile": [PROBLEM_NAMES[Problem(one)] for one in row.problems],
        "vos mots": {
            "difficile": words["hard"],
            "souhaité": words["wished"],
            "formulaire": words["form"],
            "description": words["described"],
        },
        "texte": text,
        "fichiers gardés": [
            {"position": one.position, "type": one.suffix, "octets": one.size}
            for one in documents.files(session, row.id)
        ],
        "pages": len(documents.pages(session, row.id)),
        "envoyé": row.created_at.isoformat(),
        "publié": row.published_at.isoformat() if row.published_at else "",
        "message de la modération": row.told,
    }
