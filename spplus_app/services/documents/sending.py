"""A document being sent: what is typed beside its files is kept as typed, and judged once sent.

The same draft as an experience's, of another kind; pasted text becomes a file as the form is sent,
sealed as any other, and is in no draft.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import uuid4

from sqlalchemy.orm import Session

from ...domain.documents.deposits import PART_BYTES_MAX, PROBLEM_FIELDS
from ...domain.documents.sizes import CHARACTERS_MAX
from ...domain.documents.stages import Stage
from ...domain.documents.values import Problem
from ...domain.drafts import DraftKind
from ...domain.errors import Conflict, Invalid, Refused
from ...domain.roles import Viewer
from ...domain.structures import CODE
from ...domain.text import french_number
from ...persistence import documents, drafts, structures
from ...persistence.tables import DraftRow, StructureRow
from .. import clock
from ..drafts import Chosen, storable
from . import deposit, places, uploads

FIELDS = ("kind", "structure", *PROBLEM_FIELDS.values(), "hard", "wished", "form", "described")
"""What a draft keeps of the form."""
_KEPT_MAX = 5000
"""Characters kept of a field: more than any may hold, less than a draft is bounded to."""
TOO_LONG = (
    f"Ce texte dépasse {french_number(CHARACTERS_MAX)} caractères. Collez seulement les passages "
    "difficiles à comprendre."
)


@dataclass(frozen=True, slots=True)
class Typed:
    """What this browser typed so far: the UUID it sends under, and its fields."""

    uuid: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)


def typed(session: Session, viewer: Viewer) -> Typed:
    """Return what this browser typed; nothing when it began nothing."""
    row = drafts.find(session, viewer.visitor, DraftKind.DOCUMENT) if viewer.visitor else None
    return Typed(row.uuid, {n: str(v) for n, v in row.data.items()}) if row else Typed()


def again(session: Session, viewer: Viewer, document_id: int) -> Typed:
    """Return what was told of a document that could not be read, to send it otherwise.

    Nothing to a browser that does not hold it.
    """
    row = documents.get(session, document_id)
    if row is None or not documents.holds(session, viewer.visitor, row.id):
        return Typed()
    if row.stage != Stage.UNREADABLE:
        return Typed()
    where = session.get(StructureRow, row.structure_id) if row.structure_id else None
    ticked = {PROBLEM_FIELDS[Problem(one)]: "oui" for one in row.problems}
    kept = documents.read(session, row.id)
    told = places.opened(kept).words if kept else {}
    fields = {"kind": row.kind, "structure": where.code if where else "", **ticked, **told}
    return Typed("", fields)


def is_sent(session: Session, viewer: Viewer, uuid: str) -> bool:
    """Whether this browser has sent what it holds under this UUID."""
    try:
        return deposit.sent(session, viewer, deposit.parsed_uuid(uuid))[1] is not None
    except Invalid:
        return False


def begun(session: Session, viewer: Viewer, uuid: str) -> str:
    """Return the UUID under which this browser sends, which is that of its first tab.

    Raises `Conflict` once it is sent, `Refused` without a cookie.
    """
    return _begun(session, viewer, uuid).uuid


def _begun(session: Session, viewer: Viewer, uuid: str) -> DraftRow:
    if not viewer.visitor:
        raise Refused("Votre navigateur refuse les cookies nécessaires. Acceptez-les pour envoyer.")
    uuid = deposit.parsed_uuid(uuid)
    row = drafts.begun(
        session,
        owner=viewer.visitor,
        kind=DraftKind.DOCUMENT,
        subject="",
        uuid=uuid,
        now=clock.now(),
    )
    # Looked at once the draft is held: what was waited for may have been its sending.
    if is_sent(session, viewer, uuid):
        raise Conflict("Ce document est déjà envoyé. Rechargez la page pour en signaler un autre.")
    return row


def keep(session: Session, viewer: Viewer, uuid: str, fields: Mapping[str, str]) -> str:
    """Keep the fields of the form as typed; return the UUID they are kept under."""
    row = _begun(session, viewer, uuid)
    row.data = {name: storable(fields.get(name, ""), _KEPT_MAX) for name in FIELDS}
    row.updated_at = clock.now()
    session.flush()
    return row.uuid


def erase(session: Session, viewer: Viewer) -> None:
    """Forget what this browser typed, and its files; there may be nothing."""
    known = typed(session, viewer)
    if known.uuid:
        for one in uploads.of_form(session, viewer, known.uuid):
            uploads.drop(session, viewer, one.uuid)
        drafts.remove(session, viewer.visitor, DraftKind.DOCUMENT)


def chosen(session: Session, code: str) -> Chosen | None:
    """Return the administration of this code as it is shown; none where there is none."""
    row = structures.by_code(session, code) if CODE.fullmatch(code) else None
    return Chosen(row.code, row.label, structures.place(row)) if row else None


def paste(session: Session, viewer: Viewer, uuid: str, text: str) -> None:
    """Let pasted text be one of the form's files; raise `Invalid` (« texte ») for one too long."""
    if len(text) > CHARACTERS_MAX:
        raise Invalid({"texte": TOO_LONG})
    # What no text holds would be taken for a file that is not what its name says.
    content, one = text.replace("\x00", "").encode("utf-8", "ignore"), str(uuid4())
    uploads.begin(session, viewer, uuid, one, "texte.txt", len(content))
    for at in range(0, len(content), PART_BYTES_MAX):
        uploads.receive(session, viewer, one, at, content[at : at + PART_BYTES_MAX])


def send(session: Session, viewer: Viewer, uuid: str, fields: Mapping[str, str]) -> int:
    """Send the document with its files and its pasted text; return its id.

    Sent twice it is sent once. Raises as `deposit.send` and `paste` do.
    """
    text = fields.get("texte", "")
    if text.strip() and not is_sent(session, viewer, uuid):
        paste(session, viewer, uuid, text)
    number = deposit.send(session, viewer, uuid, fields)
    known = typed(session, viewer)
    if known.uuid == deposit.parsed_uuid(uuid):
        drafts.remove(session, viewer.visitor, DraftKind.DOCUMENT)
    return number
