"""A hard document sent: its files are no more on their way, and a job reads them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from ...adapters.documents.kinds import Format, taken
from ...adapters.sealing import seal
from ...domain.abuse import Gesture
from ...domain.documents import stored
from ...domain.documents.deposits import Deposit, deposit
from ...domain.documents.not_taken import Refusal
from ...domain.documents.reading import Reading
from ...domain.documents.refusals import refused
from ...domain.documents.sizes import PHOTOS_MAX
from ...domain.documents.stages import Stage
from ...domain.documents.values import Status
from ...domain.errors import Invalid, NotFound, Refused
from ...domain.jobs import JobKind
from ...domain.journal import Entry
from ...domain.retention import RECEIPT_SHOWN_FOR
from ...domain.roles import Right, Viewer
from ...domain.structures import CODE
from ...persistence import documents, structures
from ...persistence.tables import (
    DocumentFileRow,
    DocumentReadingRow,
    DocumentRow,
    StructureRow,
    UploadRow,
)
from ...settings import settings
from .. import clock, jobs, limits, once, record, tokens
from . import places, texts

LINK = "document"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the depositor gets at once: ``token`` opens the private page and is stored nowhere."""

    document_id: int
    sent_at: datetime
    token: str


def parsed_uuid(value: str) -> str:
    """Return the UUID of a form in its one form; raise `Invalid` for anything else."""
    return once.parsed_uuid(
        value, "document", "Cette page est incomplète. Rechargez-la : ce qui est envoyé est gardé."
    )


def sent(session: Session, viewer: Viewer, uuid: str) -> tuple[str, DocumentRow | None]:
    """Return the UUID under which this browser sends, and what it sent under it."""

    def mine(row: DocumentRow) -> bool:
        return documents.holds(session, viewer.visitor, row.id)

    return once.find(lambda u: documents.by_uuid(session, u), mine, uuid, viewer.visitor)


def send(session: Session, viewer: Viewer, uuid: str, typed: Mapping[str, str]) -> int:
    """Send a hard document with the files that came for it; return its id.

    The second call with the same ``uuid`` returns the first result. Raises `Invalid` with all that
    is wrong, `Refused` to an agent of the administration it comes from, or without a cookie.
    """
    if not viewer.visitor:
        raise Refused("Votre navigateur refuse les cookies nécessaires. Acceptez-les pour envoyer.")
    uuid = parsed_uuid(uuid)
    own, known = sent(session, viewer, uuid)
    if known is not None:
        return known.id
    limits.allow(session, Gesture.DOCUMENT, viewer)
    files = _whole(documents.uploads(session, viewer.visitor, uuid))
    content = deposit(typed, files=len(files))
    where = _structure(session, viewer, typed.get("structure", ""))
    row = _store(session, viewer, own, content, where, files)
    documents.hold(session, viewer.visitor, row.id, row.created_at)
    _link(session, row)
    record.journal_entry(
        session, viewer, Entry.DOCUMENT_SENT, ("document", row.id), after={"files": len(files)}
    )
    record.changed(session, texts.topic(row.id))
    return row.id


def _whole(files: list[UploadRow]) -> list[UploadRow]:
    """Return the files of a form, all of them whole and fit to be one document."""
    if any(one.received != one.size for one in files):
        raise Invalid(
            {"document": "L’envoi du fichier n’est pas terminé. Attendez sa fin, ou reprenez-le."}
        )
    photos = [one for one in files if taken(one.suffix) is Format.PHOTO]
    if len(photos) > PHOTOS_MAX:
        raise refused(Refusal.PHOTOS)
    if len(files) > 1 and len(photos) != len(files):
        raise Invalid(
            {
                "document": "Envoyez un seul fichier, ou plusieurs photos d’un même document. "
                "Retirez ce qui est en trop."
            }
        )
    return files


def _structure(session: Session, viewer: Viewer, code: str) -> StructureRow | None:
    """Return the administration a document comes from; one may not know it."""
    if not code:
        return None
    row = structures.by_code(session, code) if CODE.fullmatch(code) else None
    if row is None or not row.reachable:
        raise Invalid({"structure": "Choisissez une administration dans la liste proposée."})
    if viewer.grants and viewer.may(Right.REPLY, row.path):
        raise Refused(
            "Vous êtes connecté comme agent de cette administration : vous ne pouvez pas signaler "
            "un de ses documents ici. Déconnectez-vous pour écrire en votre nom."
        )
    return row


def _store(
    session: Session,
    viewer: Viewer,
    uuid: str,
    content: Deposit,
    where: StructureRow | None,
    files: list[UploadRow],
) -> DocumentRow:
    now = clock.now()
    row = DocumentRow(
        uuid=uuid,
        stage=(Stage.READING if files else Stage.MASKING).value,
        status=Status.RECEIVED.value,
        kind=content.kind.value,
        problems=[one.value for one in content.problems],
        structure_id=where.id if where else None,
        created_at=now,
        updated_at=now,
    )
    once.add(session, row, viewer.visitor)
    session.add(_words(row, content, now))
    _take(session, row, files)
    if files:
        jobs.later(
            session, JobKind.READ_DOCUMENT, {"document_id": row.id}, key=f"document:{row.id}"
        )
    session.flush()
    return row


def _words(row: DocumentRow, content: Deposit, now: datetime) -> DocumentReadingRow:
    """Keep what was typed with what will be read: sealed until it is masked too."""
    told = places.Sealed(
        {
            "hard": content.hard,
            "wished": content.wished,
            "form": content.form,
            "described": content.described,
        },
        stored.reading_text(Reading(())),
    )
    return DocumentReadingRow(
        document_id=row.id,
        sealed=seal(told.text(), settings().originals_key),
        masks=[],
        areas=[],
        checked=[],
        choices={},
        created_at=now,
    )


def _take(session: Session, row: DocumentRow, files: list[UploadRow]) -> None:
    """Let the files, sealed where they are, be this document's."""
    for position, one in enumerate(files):
        session.add(
            DocumentFileRow(
                document_id=row.id,
                position=position,
                suffix=one.suffix,
                size=one.size,
                stored=one.stored,
                created_at=row.created_at,
            )
        )
        session.delete(one)


def _link(session: Session, row: DocumentRow) -> None:
    nonce = tokens.new_token()
    hashed = tokens.hash_token(tokens.derive(LINK, nonce))
    documents.add_link(session, row.id, hashed, nonce, row.created_at)


def receipt(session: Session, viewer: Viewer, document_id: int) -> Receipt:
    """Return the receipt, to a browser that holds the document and for a day; else `NotFound`."""
    row = documents.get(session, document_id)
    if row is None or not documents.holds(session, viewer.visitor, document_id):
        raise NotFound
    link = documents.link_of(session, row.id)
    over = clock.now() - row.created_at > RECEIPT_SHOWN_FOR
    if link is None or not link.nonce or over:
        raise NotFound("Ce reçu n’est plus affiché. Utilisez le lien que vous avez gardé.")
    return Receipt(row.id, row.created_at, tokens.derive(LINK, link.nonce))


def open_link(session: Session, viewer: Viewer, token: str) -> int:
    """Let this browser see the document of a private link; return its id.

    Opening again changes nothing. Raises `NotFound` for a wrong link, `Refused` without a cookie.
    """
    if not viewer.visitor:
        raise Refused("Votre navigateur refuse les cookies nécessaires au suivi.")
    link = documents.link_by_hash(session, tokens.hash_token(token))
    if link is None:
        raise NotFound("Ce lien n’ouvre aucun document. Vérifiez qu’il est complet.")
    if documents.hold(session, viewer.visitor, link.document_id, clock.now()):
        record.journal_entry(session, viewer, Entry.LINK_OPENED, ("document", link.document_id))
    return link.document_id
