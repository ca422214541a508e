"""Marks on a published document: saved at once, one's own until sent, then everyone's.

Whoever reads others' marks has sent their own, or said that they look without marking: what
others found hard does not tell a reader what to find hard.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from ...domain.documents import heat
from ...domain.documents.anchoring import confirmed
from ...domain.documents.annotations import Annotation, Mark, Tone, Why
from ...domain.documents.canonical import Canonical
from ...domain.documents.selectors import Target
from ...domain.documents.spans import merged
from ...domain.documents.stages import Stage
from ...domain.errors import Conflict, Invalid, Refused
from ...domain.journal import Entry
from ...domain.privacy import find, masked
from ...domain.roles import Right, Viewer
from ...persistence import documents, structures
from ...persistence import marks as rows
from ...persistence.marks import PRIVATE, SENT
from ...persistence.tables import (
    AnnotationRow,
    DocumentReaderRow,
    DocumentRow,
)
from .. import clock, once, record
from . import cases, texts

OWN_MAX = 1000
"""Most marks of one reader on one document (starting value)."""


@dataclass(frozen=True, slots=True)
class MarkView:
    """A mark as a page shows it; ``mine`` and ``sent`` say whose it is and who reads it.

    ``told`` is what its reader is told of one that moderation holds or took off.
    """

    id: int
    uuid: str
    start: int
    end: int
    exact: str
    tone: str
    reasons: list[str]
    understood: str
    rewrite: str
    mine: bool
    sent: bool
    told: str = ""


def own(session: Session, viewer: Viewer, document_id: int) -> list[MarkView]:
    """Return this browser's marks on a document, in the order of the text."""
    texts.published(session, document_id)
    mine = rows.own(session, viewer.visitor, document_id)
    told = cases.told(session, mine)
    return [view(one, mine=True, told=told.get(one.id, "")) for one in mine]


def put(
    session: Session,
    viewer: Viewer,
    document_id: int,
    uuid: str,
    given: Annotation,
) -> MarkView:
    """Keep a mark as it is made, or what changed in it; return it as it is kept.

    ``uuid`` is made by the page: sent again, it changes the same mark. A second mark of a reader
    on the very same passage takes the place of the first. What is personal in what they write is
    masked. Once marks are sent, each change is public at once, but in a mark that moderation holds
    or took off: it stays so. Raises `Invalid` (« passage »,
    « uuid », « mark »), `NotFound`, `Refused`.
    """
    row = _open_to(session, viewer, document_id)
    _, text = texts.text_of(session, row)
    target = confirmed(text.text, given.target)
    mark = _safe(given.mark)
    uuid = once.parsed_uuid(uuid, "uuid", "Cette page est incomplète. Rechargez-la.")
    known = _known(session, viewer, row, uuid, target)
    touched = [(target.position.start, target.position.end)]
    if known is None:
        known = _added(session, viewer, row, uuid, target, mark)
    else:
        touched += [(known.start, known.end)] if known.version == row.version else []
        _write(known, row.version, target, mark)
        session.flush()
    if known.status == SENT:
        warm(session, row, text, touched)
    elif known.status != PRIVATE:  # whoever judges it reads what it says now
        record.changed(session, record.MODERATION)
    return view(known, mine=True, told=cases.told(session, [known]).get(known.id, ""))


def remove(session: Session, viewer: Viewer, document_id: int, uuid: str) -> None:
    """Take back a mark of one's own; twice changes nothing."""
    row = _open_to(session, viewer, document_id)
    known = rows.by_uuid(session, uuid)
    if known is None or known.document_id != row.id or known.visitor != viewer.visitor:
        return
    public, touched = known.status == SENT, [(known.start, known.end)]
    cases.forget_mark(session, known)
    rows.remove(session, known)
    if public:
        rows.move(session, row.id, marks=-1)
        warm(session, row, texts.text_of(session, row)[1], touched)


def send(session: Session, viewer: Viewer, document_id: int) -> int:
    """Make one's marks public, all together; return how many were sent now.

    Twice sends once. Raises `Invalid` (« marks ») when there is none to send.
    """
    row = _open_to(session, viewer, document_id)
    reader = rows.reader(session, viewer.visitor, row.id)
    sent = rows.send(session, viewer.visitor, row.id, clock.now())
    if not sent:
        if reader is not None and reader.sent_at is not None:
            return 0
        raise Invalid({"marks": "Marquez au moins un passage avant d’envoyer."})
    first = reader is None or reader.sent_at is None
    reader = reader_of(session, viewer, row)
    reader.sent_at = reader.sent_at or clock.now()
    rows.move(session, row.id, marks=sent, readers=1 if first else 0)
    record.journal_entry(
        session, viewer, Entry.MARKS_SENT, ("document", row.id), after={"marks": sent}
    )
    mine = rows.own(session, viewer.visitor, row.id)
    touched = [(one.start, one.end) for one in mine if one.version == row.version]
    warm(session, row, texts.text_of(session, row)[1], touched)
    return sent


# ---- What the gestures share -----------------------------------------------------------------


def _open_to(session: Session, viewer: Viewer, document_id: int) -> DocumentRow:
    """Return a published document that this viewer may mark, held until the end of the gesture."""
    row = texts.published(session, document_id)
    with_cookie(viewer)
    if viewer.grants and row.structure_id is not None:
        structure = structures.get(session, row.structure_id)
        if structure is not None and viewer.may(Right.REPLY, structure.path):
            raise Refused(
                "Vous êtes connecté comme agent de ce service : vos marques compteraient comme "
                "celles du public. Déconnectez-vous pour marquer en votre nom."
            )
    # Held: marks that are sent, and the counts that follow, come one after the other.
    held = documents.locked(session, row.id)
    if held is None or held.stage != Stage.PUBLISHED:
        raise Conflict("Ce document a changé entre-temps. Rechargez la page.")
    return held


def with_cookie(viewer: Viewer) -> None:
    """Refuse a browser without the cookie that tells it from another."""
    if not viewer.visitor:
        raise Refused("Votre navigateur refuse les cookies nécessaires. Acceptez-les pour marquer.")


def _known(
    session: Session, viewer: Viewer, row: DocumentRow, uuid: str, target: Target
) -> AnnotationRow | None:
    """Return the mark of this reader that is changed, if it is one."""
    known = rows.by_uuid(session, uuid)
    if known is not None and (known.visitor, known.document_id) == (viewer.visitor, row.id):
        return known
    here = (target.position.start, target.position.end)
    for one in rows.own(session, viewer.visitor, row.id):
        if one.version == row.version and (one.start, one.end) == here:
            return one
    return None


def _added(
    session: Session, viewer: Viewer, row: DocumentRow, uuid: str, target: Target, mark: Mark
) -> AnnotationRow:
    held = rows.own(session, viewer.visitor, row.id)
    if len(held) >= OWN_MAX:
        raise Invalid({"mark": "Vous avez marqué trop de passages. Effacez-en, puis recommencez."})
    reader = rows.reader(session, viewer.visitor, row.id)
    public = reader is not None and reader.sent_at is not None
    now = clock.now()
    made = AnnotationRow(
        uuid=uuid,
        document_id=row.id,
        visitor=viewer.visitor,
        status=SENT if public else PRIVATE,
        created_at=now,
        sent_at=now if public else None,
    )
    _write(made, row.version, target, mark)
    once.add(session, made, viewer.visitor)
    if public:
        rows.move(session, row.id, marks=1)
    return made


def _write(row: AnnotationRow, version: int, target: Target, mark: Mark) -> None:
    row.version = version
    row.tone = mark.tone.value
    row.reasons = [why.value for why in mark.reasons]
    row.understood, row.rewrite = mark.understood, mark.rewrite
    row.start, row.end = target.position.start, target.position.end
    row.exact, row.prefix, row.suffix = (
        target.quote.exact,
        target.quote.prefix,
        target.quote.suffix,
    )
    row.updated_at = clock.now()


def _safe(mark: Mark) -> Mark:
    def told(text: str) -> str:
        return masked(text, find(text))

    return Mark(mark.tone, mark.reasons, told(mark.understood), told(mark.rewrite))


def reader_of(session: Session, viewer: Viewer, row: DocumentRow) -> DocumentReaderRow:
    """Return the line of this browser among the readers of a document, begun if needed."""
    known = rows.reader(session, viewer.visitor, row.id)
    if known is not None:
        return known
    reader = DocumentReaderRow(document_id=row.id, visitor=viewer.visitor, created_at=clock.now())
    session.add(reader)
    session.flush()
    return reader


def warm(
    session: Session, row: DocumentRow, text: Canonical, touched: Iterable[tuple[int, int]]
) -> None:
    """Count again the heat of the sentences that public marks touched, and tell who reads.

    Only those: what a gesture costs does not grow with the document nor with its marks.
    """
    numbers = (text.sentences_of(start, end) for start, end in touched)
    for first, stop in merged((one.start, one.stop) for one in numbers if one):
        within = range(first, stop)
        stretch = (text.sentences[first].start, text.sentences[stop - 1].end)
        sent = [
            heat.Sent(visitor, start, end, Tone(tone), tuple(Why(one) for one in reasons))
            for visitor, start, end, tone, reasons in rows.told(
                session, row.id, row.version, stretch
            )
        ]
        found = [
            (one.sentence, one.readers, {kind.value: n for kind, n in (*one.tones, *one.reasons)})
            for one in heat.heat(text, sent)
            if one.sentence in within
        ]
        rows.keep_heat(session, row.id, row.version, found, within)
    record.changed(session, texts.topic(row.id))


def view(row: AnnotationRow, *, mine: bool, told: str = "") -> MarkView:
    """Return a mark as a page shows it."""
    return MarkView(
        row.id,
        row.uuid,
        row.start,
        row.end,
        row.exact,
        row.tone,
        [str(one) for one in row.reasons],
        row.understood,
        row.rewrite,
        mine,
        row.status == SENT,
        told,
    )
