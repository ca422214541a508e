"""Moderation of hard documents: what was handed over, published, given back or refused."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from ...domain.dates import french_moment
from ...domain.documents import masks, stored
from ...domain.documents.canonical import Canonical, canonical
from ...domain.documents.reading import Block, BlockKind, Reading
from ...domain.documents.stages import Stage, Step, after
from ...domain.documents.values import KIND_NAMES, TITLE_MAX, Kind
from ...domain.errors import Conflict, Invalid, NotFound, Refused, SignedOut
from ...domain.experiences import bounded_text, raise_if
from ...domain.jobs import JobKind
from ...domain.journal import Entry
from ...domain.moderation import MESSAGE_MAX
from ...domain.privacy import find, masked
from ...domain.roles import Right, Viewer
from ...domain.text import excerpt, slug
from ...persistence import documents
from ...persistence.tables import DocumentReadingRow, DocumentRow, DocumentVersionRow
from .. import clock, jobs, record
from . import cases, claims, index, masked_views, places, texts

QUEUE = 50


@dataclass(frozen=True, slots=True)
class WaitingView:
    """A document that waits for moderation, the one that waits longest first."""

    id: int
    kind: str
    since: str
    pages: int
    masks: int
    holder: str = ""


def check(viewer: Viewer) -> None:
    """Raise `SignedOut` or `Refused` to anyone but moderation."""
    if not viewer.signed_in:
        raise SignedOut
    if not viewer.may(Right.MODERATE):
        raise Refused


def queue(session: Session, viewer: Viewer) -> list[WaitingView]:
    """Return the documents handed over, the one that waits longest first."""
    check(viewer)
    waiting = documents.handed(session, QUEUE)
    held = claims.holders(session, viewer, [one.id for one in waiting])
    return [
        WaitingView(
            one.id,
            KIND_NAMES[Kind(one.kind)],
            french_moment(one.since),
            one.pages,
            len(one.masks),
            held.get(one.id, ""),
        )
        for one in waiting
    ]


def count(session: Session, viewer: Viewer) -> int:
    """Return how many documents wait for moderation."""
    check(viewer)
    return documents.count(session, Stage.HANDED.value)


def publish(session: Session, viewer: Viewer, document_id: int, revision: int) -> None:
    """Publish what is left of a document once masked; its pages follow as soon as covered.

    ``revision`` is that of the masks that were looked at: `Conflict` when they changed since. The
    page images of a document one of whose masks has no place stay unpublished, and go.
    """
    row, kept = _handed(session, viewer, document_id)
    if kept.revision != revision:
        raise Conflict("Ce qui est masqué a changé. Regardez à nouveau avant de publier.")
    claims.renew(session, viewer, document_id)
    sealed = places.opened(kept)
    told = masked_views.words(kept)
    source = canonical(sealed.read())
    chosen = masks.settled(source, stored.masks_of(kept.masks))
    made = masks.published(source, chosen)
    if not made.text:
        made = _described(told)
    now = clock.now()
    row.stage = after(Stage(row.stage), Step.PUBLISH).value
    row.hard, row.wished = told["hard"], told["wished"]
    row.form, row.described = told["form"], told["described"]
    row.title = _title(row, made, told)
    row.slug = slug(row.title)
    row.version = 1
    row.published_at = row.updated_at = now
    row.told = ""
    _keep_version(session, row, made)
    claims.decided(session, row.id)
    index.refresh(session, row)
    jobs.later(session, JobKind.COVER_DOCUMENT, {"document_id": row.id}, key=f"cover:{row.id}")
    record.journal_entry(
        session, viewer, Entry.DOCUMENT_PUBLISHED, ("document", row.id), after={"version": 1}
    )
    record.changed(session, texts.topic(row.id), record.MODERATION, record.DOCUMENTS)


def give_back(session: Session, viewer: Viewer, document_id: int, message: str) -> None:
    """Ask the depositor to look again, with what to look at."""
    row, kept = _handed(session, viewer, document_id)
    claims.renew(session, viewer, document_id)
    row.told = _message(message, "Dites à la personne ce qu’elle doit revoir.")
    row.stage = after(Stage(row.stage), Step.GIVE_BACK).value
    row.updated_at = clock.now()
    kept.checked = []
    claims.decided(session, row.id)
    record.journal_entry(session, viewer, Entry.DOCUMENT_GIVEN_BACK, ("document", row.id))
    record.changed(session, texts.topic(row.id), record.MODERATION)


def refuse(session: Session, viewer: Viewer, document_id: int, message: str) -> None:
    """Refuse a document, with the reason its depositor reads: what was sent goes with it."""
    check(viewer)
    row = documents.locked(session, document_id)
    if row is None:
        raise NotFound("Ce document n’existe pas.")
    if row.stage == Stage.HANDED:
        claims.renew(session, viewer, document_id)
    put_aside(
        session,
        viewer,
        row,
        _message(message, "Dites à la personne pourquoi ce document est refusé."),
    )


def put_aside(session: Session, viewer: Viewer, row: DocumentRow, told: str) -> None:
    """Refuse a document that is held, published or not; ``told`` is what its depositor reads.

    No right is decided here. Raises `Conflict` where its stage does not allow it.
    """
    row.stage = after(Stage(row.stage), Step.REFUSE).value
    row.told = told
    row.updated_at = clock.now()
    index.refresh(session, row)
    places.remove_after(session, documents.forget_originals(session, row.id))
    claims.decided(session, row.id)
    cases.settle(session, row)
    record.journal_entry(session, viewer, Entry.DOCUMENT_REFUSED, ("document", row.id))
    record.changed(session, texts.topic(row.id), record.MODERATION, record.DOCUMENTS)


def _message(message: str, empty: str) -> str:
    errors: dict[str, str] = {}
    message = bounded_text(errors, "message", message, MESSAGE_MAX)
    raise_if(errors)
    if not message:
        raise Invalid({"message": empty})
    return message


def _handed(
    session: Session, viewer: Viewer, document_id: int
) -> tuple[DocumentRow, DocumentReadingRow]:
    check(viewer)
    row = documents.locked(session, document_id)
    kept = documents.read(session, document_id)
    if row is None:
        raise NotFound("Ce document n’existe pas.")
    if row.stage != Stage.HANDED or kept is None:
        raise Conflict("Ce document n’est plus à relire.")
    return row, kept


def _described(told: dict[str, str]) -> Canonical:
    """Return the text of a document that nobody sent: what its depositor says of it."""
    return canonical(
        Reading(
            tuple(
                Block(BlockKind.PARAGRAPH, line)
                for line in told["described"].splitlines()
                if line.strip()
            )
        )
    )


def _title(row: DocumentRow, made: Canonical, told: dict[str, str]) -> str:
    reading = Reading(tuple(placed.block for placed in made.blocks))
    title = told["form"] or reading.title or excerpt(made.text, 80)
    title = masked(title, find(title)) or KIND_NAMES[Kind(row.kind)]
    # What follows « Objet : » often begins without a capital; a title does not.
    return excerpt(title[:1].upper() + title[1:], TITLE_MAX - 1)


def _keep_version(session: Session, row: DocumentRow, made: Canonical) -> None:
    parts = stored.version_parts(made)
    session.add(
        DocumentVersionRow(
            document_id=row.id,
            number=row.version,
            text=parts.text,
            blocks=parts.blocks,
            sentences=parts.sentences,
            regions=parts.regions,
            created_at=clock.now(),
        )
    )
    session.flush()
