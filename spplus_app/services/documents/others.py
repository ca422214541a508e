"""What others made of a document: told to whoever sent their own marks, or only looks."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from ...domain.documents.annotations import Annotation, Mark, Tone, Why
from ...domain.documents.heat import Heat
from ...domain.documents.selectors import Target, TextPosition, TextQuote
from ...domain.errors import Refused
from ...domain.roles import Viewer
from ...persistence import documents
from ...persistence import marks as rows
from ...persistence.tables import AnnotationRow, DocumentReaderRow, SentenceHeatRow
from .. import clock
from . import texts
from .marks import MarkView, reader_of, view, with_cookie

PAGE = 50
"""Marks of others shown at once."""


@dataclass(frozen=True, slots=True)
class OthersView:
    """What others found: ``heat`` is told only to whoever sent their marks, or looks."""

    open: bool
    sent: bool
    readers: int
    lookers: int
    marks: int
    heat: list[Heat]


@dataclass(frozen=True, slots=True)
class OthersPage:
    """Some marks on a sentence, and the key from which the next ones are asked for."""

    marks: list[MarkView]
    next_key: tuple[int, int] | None = None


def look(session: Session, viewer: Viewer, document_id: int) -> None:
    """Choose to see others' marks without marking; counted once, apart from readers."""
    row = texts.published(session, document_id)
    with_cookie(viewer)
    documents.locked(session, row.id)
    reader = reader_of(session, viewer, row)
    if reader.sent_at is None and reader.looked_at is None:
        reader.looked_at = clock.now()
        rows.move(session, row.id, lookers=1)
        session.flush()


def others(
    session: Session, viewer: Viewer, document_id: int, within: range | None = None
) -> OthersView:
    """Return what others found, told only to whoever sent their marks or looks.

    ``within`` keeps the heat of these sentences only: one part of a long text.
    """
    row = texts.published(session, document_id)
    reader = rows.reader(session, viewer.visitor, row.id)
    sent = reader is not None and reader.sent_at is not None
    is_open = _opened(reader)
    kept = rows.heat(session, row.id, row.version, within) if is_open else []
    return OthersView(
        is_open, sent, row.readers, row.lookers, row.marks, [_heat(one) for one in kept]
    )


def on_sentence(
    session: Session,
    viewer: Viewer,
    document_id: int,
    sentence: int,
    after: tuple[int, int] | None = None,
) -> OthersPage:
    """Return others' marks on a sentence, in the order of the text; `Refused` to who may not yet.

    At most `PAGE`, from the key ``after`` on.
    """
    row = texts.published(session, document_id)
    if not _opened(rows.reader(session, viewer.visitor, row.id)):
        raise Refused("Envoyez vos marques, ou choisissez « Voir sans marquer », pour les lire.")
    start, end = texts.sentence_of(session, row, sentence)
    found = rows.public(session, row.id, touching=(start, end), after=after, limit=PAGE)
    last = found[-1] if len(found) == PAGE else None
    return OthersPage(
        [view(mark, mine=mark.visitor == viewer.visitor) for mark in found],
        (last.start, last.id) if last is not None else None,
    )


def _opened(reader: DocumentReaderRow | None) -> bool:
    """Whether others' marks are told to whoever this is."""
    return reader is not None and (reader.sent_at is not None or reader.looked_at is not None)


def _heat(row: SentenceHeatRow) -> Heat:
    counts = dict(row.counts)
    return Heat(
        row.sentence,
        row.readers,
        tuple((tone, int(counts[tone.value])) for tone in Tone if tone.value in counts),
        tuple((why, int(counts[why.value])) for why in Why if why.value in counts),
    )


def annotation_of(row: AnnotationRow) -> Annotation:
    """Return a mark as other tools read it."""
    return Annotation(
        Target(TextQuote(row.exact, row.prefix, row.suffix), TextPosition(row.start, row.end)),
        Mark(Tone(row.tone), tuple(Why(one) for one in row.reasons), row.understood, row.rewrite),
    )
