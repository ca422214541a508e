"""What is masked in a document, page by page: by its depositor first, then by moderation.

Everybody else waits. Each gesture adds or takes out one mask: two tabs, or two people one after
the other, undo nothing of each other.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from ...domain.documents import stored
from ...domain.documents.canonical import Canonical, canonical
from ...domain.documents.masks import Area, AreaKind, Mask, framed, settled
from ...domain.documents.reading import Box, Page
from ...domain.documents.stages import Stage, Step, after
from ...domain.errors import Conflict, Invalid, NotFound, Refused
from ...domain.journal import Entry
from ...domain.privacy import Kind
from ...domain.privacy.choices import PIECES_MAX, key
from ...domain.roles import Right, Viewer
from ...persistence import documents
from ...persistence.tables import DocumentReadingRow, DocumentRow
from .. import clock, record
from . import masked_views as views
from . import places, texts


def opened(session: Session, viewer: Viewer, document_id: int) -> views.MaskingView:
    """Return a document to mask, to its depositor or to moderation; each reading leaves a trace.

    Raises `NotFound` for anyone else, and once nothing is left to mask.
    """
    row = _seen_by(session, viewer, document_id)
    kept = documents.read(session, row.id)
    if kept is None or row.stage not in {Stage.MASKING, Stage.HANDED}:
        raise NotFound("Il n’y a rien à masquer dans ce document.")
    return views.view(session, viewer, row, kept)


def add_mask(
    session: Session, viewer: Viewer, document_id: int, start: int, end: int, kind: str
) -> None:
    """Mask ``text[start:end]``; what overlaps becomes one mask. Twice changes nothing."""
    if kind not in set(Kind):
        raise Invalid({"kind": "Choisissez ce qui remplacera ces mots."})
    row, kept, document = to_change(session, viewer, document_id)
    masks = [*stored.masks_of(kept.masks), Mask(start, end, Kind(kind))]
    keep_masks(session, row, kept, settled(document, masks))


def remove_mask(session: Session, viewer: Viewer, document_id: int, start: int, end: int) -> None:
    """Take a mask out: its words will be read. Twice changes nothing."""
    row, kept, _ = to_change(session, viewer, document_id)
    masks = stored.masks_of(kept.masks)
    gone = [one for one in masks if (one.start, one.end) == (start, end)]
    if gone:
        lifted = [*views.lifted(kept), *(one for one in gone if one.kind is not Kind.CHOSEN)]
        kept.choices = {**kept.choices, "lifted": stored.mask_rows(dict.fromkeys(lifted))}
        keep_masks(session, row, kept, [one for one in masks if one not in gone])


def add_area(session: Session, viewer: Viewer, document_id: int, page: int, box: Box) -> None:
    """Cover a rectangle of a page image; twice changes nothing."""
    row, kept, _ = to_change(session, viewer, document_id)
    pages = _pages(session, row)
    areas = [*stored.areas_of(kept.areas), Area(page, box, AreaKind.CHOSEN)]
    _keep_areas(session, row, kept, framed(pages, areas))


def remove_area(session: Session, viewer: Viewer, document_id: int, page: int, box: Box) -> None:
    """Uncover a rectangle; twice changes nothing."""
    row, kept, _ = to_change(session, viewer, document_id)
    areas = stored.areas_of(kept.areas)
    _keep_areas(session, row, kept, [one for one in areas if (one.page, one.box) != (page, box)])


def check_page(session: Session, viewer: Viewer, document_id: int, page: int) -> None:
    """Say that a page was looked at: all that is personal in it is masked."""
    row, kept, _ = to_change(session, viewer, document_id)
    if not 0 <= page < max(1, len(_pages(session, row))):
        raise Invalid({"page": "Cette page n’existe pas."})
    kept.checked = sorted({*kept.checked, page})
    _touched(session, row)


def keep_words(session: Session, viewer: Viewer, document_id: int, piece: str, kept: bool) -> None:
    """Say that a piece of what one typed is not personal, or that it is after all."""
    row, reading, _ = to_change(session, viewer, document_id)
    pieces = [one for one in views.kept_pieces(reading) if one != key(piece)]
    if kept:
        pieces.append(key(piece))
    reading.choices = {**reading.choices, "kept": pieces[-PIECES_MAX:]}
    # What moderation publishes is what it looked at: these words too.
    reading.revision += 1
    _touched(session, row)


def hand_over(session: Session, viewer: Viewer, document_id: int) -> None:
    """Hand a document over to moderation, once every page was looked at; twice changes nothing."""
    row = _seen_by(session, viewer, document_id)
    if not documents.holds(session, viewer.visitor, row.id):
        raise Refused
    row = _locked(session, row.id)
    if row.stage == Stage.HANDED:
        return
    kept = documents.read(session, row.id)
    if kept is None:
        raise Conflict("Ce document n’est plus à vérifier.")
    left = views.view(session, viewer, row, kept).to_check
    if left:
        raise Invalid(
            {"page": f"Vérifiez d’abord la page {left[0] + 1}, puis remettez le document."}
        )
    row.stage = after(Stage(row.stage), Step.HAND_OVER).value
    row.handed_at = row.updated_at = clock.now()
    row.told = ""
    record.journal_entry(session, viewer, Entry.DOCUMENT_HANDED, ("document", row.id))
    record.changed(session, texts.topic(row.id), record.MODERATION)


def page_picture(session: Session, viewer: Viewer, document_id: int, number: int) -> bytes:
    """Return the image of a page as it was sent, to its depositor or to moderation only."""
    row = _seen_by(session, viewer, document_id)
    page = next((one for one in documents.pages(session, row.id) if one.number == number), None)
    if page is None or not page.stored:
        raise NotFound("Cette page n’a pas d’image.")
    return places.content(page.stored)


_NOT_HANDED = frozenset({Stage.READING, Stage.UNREADABLE, Stage.MASKING})


# ---- What the gestures share -----------------------------------------------------------------


def _seen_by(session: Session, viewer: Viewer, document_id: int) -> DocumentRow:
    """Return a document to its depositor or, once it is handed over, to moderation."""
    row = documents.get(session, document_id)
    if row is None:
        raise NotFound("Ce document n’existe pas.")
    if documents.holds(session, viewer.visitor, row.id):
        return row
    if viewer.may(Right.MODERATE) and row.stage not in _NOT_HANDED:
        return row
    raise NotFound("Ce document n’existe pas.")


def _locked(session: Session, document_id: int) -> DocumentRow:
    row = documents.locked(session, document_id)
    if row is None:
        raise NotFound("Ce document n’existe pas.")
    return row


def to_change(
    session: Session, viewer: Viewer, document_id: int
) -> tuple[DocumentRow, DocumentReadingRow, Canonical]:
    """Return a document held, whose masks this viewer may change at this stage."""
    seen = _seen_by(session, viewer, document_id)
    row = _locked(session, seen.id)
    holder = documents.holds(session, viewer.visitor, row.id)
    allowed = (row.stage == Stage.MASKING and holder) or (
        row.stage == Stage.HANDED and viewer.may(Right.MODERATE)
    )
    kept = documents.read(session, row.id)
    if not allowed or kept is None:
        raise Conflict("Ce document n’est plus à vérifier : il a été remis, ou publié.")
    return row, kept, canonical(places.opened(kept).read())


def keep_masks(
    session: Session, row: DocumentRow, kept: DocumentReadingRow, masks: Iterable[Mask]
) -> None:
    """Write the masks of a document, and tell the pages that show them."""
    kept.masks = stored.mask_rows(masks)
    kept.revision += 1
    _touched(session, row)


def _keep_areas(
    session: Session, row: DocumentRow, kept: DocumentReadingRow, areas: Iterable[Area]
) -> None:
    kept.areas = stored.area_rows(areas)
    kept.revision += 1
    _touched(session, row)


def _touched(session: Session, row: DocumentRow) -> None:
    row.updated_at = clock.now()
    record.changed(session, texts.topic(row.id))


def _pages(session: Session, row: DocumentRow) -> list[Page]:
    return [Page(one.width, one.height) for one in documents.pages(session, row.id)]
