"""Documents made for the tests: published as the services leave them, in one gesture."""

from __future__ import annotations

from uuid import uuid4

from sqlalchemy.orm import Session

from spplus_app.domain.documents import stored
from spplus_app.domain.documents.annotations import Annotation, Mark, Tone, Why
from spplus_app.domain.documents.canonical import Canonical, canonical
from spplus_app.domain.documents.reading import Block, BlockKind, Reading
from spplus_app.domain.documents.selectors import select
from spplus_app.domain.documents.stages import Stage
from spplus_app.domain.documents.values import Kind, Status
from spplus_app.persistence.tables import DocumentRow, DocumentVersionRow, StructureRow
from spplus_app.services import clock
from spplus_app.services.documents import index

LETTER = (
    "Madame, Monsieur,",
    "Vous avez perçu un indu de prestations au titre de la période de référence susvisée. "
    "Sauf contestation de votre part dans le délai imparti, nous procéderons à sa récupération.",
    "Nous vous prions d’agréer nos salutations distinguées.",
)


def text(*paragraphs: str) -> Canonical:
    """The canonical text of these paragraphs."""
    return canonical(Reading(tuple(Block(BlockKind.PARAGRAPH, one) for one in paragraphs)))


def published(
    session: Session, where: StructureRow | None = None, *paragraphs: str, title: str = "Indu"
) -> DocumentRow:
    """A document that everyone reads, `LETTER` by default."""
    now = clock.now()
    row = DocumentRow(
        uuid=str(uuid4()),
        stage=Stage.PUBLISHED.value,
        status=Status.RECEIVED.value,
        kind=Kind.LETTER.value,
        title=title,
        slug=title.lower(),
        problems=["jargon"],
        structure_id=where.id if where else None,
        version=1,
        position=int(now.timestamp() * 1_000_000),
        created_at=now,
        updated_at=now,
        published_at=now,
    )
    session.add(row)
    session.flush()
    parts = stored.version_parts(text(*(paragraphs or LETTER)))
    session.add(
        DocumentVersionRow(
            document_id=row.id,
            number=1,
            text=parts.text,
            blocks=parts.blocks,
            sentences=parts.sentences,
            regions=parts.regions,
            created_at=now,
        )
    )
    session.flush()
    index.refresh(session, row)
    return row


def mark(
    words: str,
    tone: Tone = Tone.UNCLEAR,
    *reasons: Why,
    understood: str = "",
    rewrite: str = "",
    within: str = text(*LETTER).text,
) -> Annotation:
    """A mark on these words of a text, `LETTER` by default."""
    start = within.index(words)
    return Annotation(
        select(within, start, start + len(words)), Mark(tone, reasons, understood, rewrite)
    )
