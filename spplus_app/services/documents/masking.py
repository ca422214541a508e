"""What is masked in a document, page by page: by its depositor first, then by moderation.

Everybody else waits. Each gesture adds or takes out one mask: two tabs, or two people one after
the other, undo nothing of each other.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from ...domain.documents import stored
from ...domain.documents.canonical import Canonical, canonical
from ...domain.documents.masks import Area, AreaKind, Mask, framed, settled, unplaced
from ...domain.documents.reading import Box, Page
from ...domain.documents.stages import Stage, Step, after
from ...domain.errors import Conflict, Invalid, NotFound, Refused
from ...domain.journal import Entry
from ...domain.privacy import Kind, masked
from ...domain.privacy.choices import PIECES_MAX, Choices, key, to_mask
from ...domain.roles import Right, Viewer
from ...persistence import documents
from ...persistence.tables import DocumentReadingRow, DocumentRow
from .. import clock, record
from . import places, texts


@dataclass(frozen=True, slots=True)
class WordsView:
    """What the depositor typed in a field, and as everyone will read it."""

    name: str
    typed: str
    shown: str


@dataclass(frozen=True, slots=True)
class MaskingView:
    """A document to mask: its text, its pages, what is masked and what is left to look at.

    ``lifted`` are masks proposed by the machine that somebody took out: moderation looks twice.
    ``unplaced`` are masks that cannot be covered on the page images.
    """

    id: int
    stage: Stage
    document: Canonical
    pages: list[Page]
    pictures: list[bool]
    masks: list[Mask]
    areas: list[Area]
    lifted: list[Mask]
    unplaced: list[Mask]
    checked: list[int]
    words: list[WordsView]
    told: str
    mine: bool = field(default=True)

    @property
    def to_check(self) -> list[int]:
        """The pages that nobody has said to have looked at."""
        return [one for one in range(max(1, len(self.pages))) if one not in self.checked]


def opened(session: Session, viewer: Viewer, document_id: int) -> MaskingView:
    """Return a document to mask, to its depositor or to moderation; each reading leaves a trace.

    Raises `NotFound` for anyone else, and once nothing is left to mask.
    """
    row = _seen_by(session, viewer, document_id)
    kept = documents.read(session, row.id)
    if kept is None or row.stage not in {Stage.MASKING, Stage.HANDED}:
        raise NotFound("Il n’y a rien à masquer dans ce document.")
    return _view(session, viewer, row, kept)


def note_reading(session: Session, viewer: Viewer, document_id: int) -> None:
    """Write down that moderation reads what is not masked yet; a depositor reads their own."""
    row = _seen_by(session, viewer, document_id)
    if not documents.holds(session, viewer.visitor, row.id):
        record.journal_entry(session, viewer, Entry.ORIGINAL_READ, ("document", row.id))


def add_mask(
    session: Session, viewer: Viewer, document_id: int, start: int, end: int, kind: str
) -> None:
    """Mask ``text[start:end]``; what overlaps becomes one mask. Twice changes nothing."""
    if kind not in set(Kind):
        raise Invalid({"kind": "Choisissez ce qui remplacera ces mots."})
    row, kept, document = _to_change(session, viewer, document_id)
    masks = [*stored.masks_of(kept.masks), Mask(start, end, Kind(kind))]
    _keep_masks(row, kept, settled(document, masks))


def remove_mask(session: Session, viewer: Viewer, document_id: int, start: int, end: int) -> None:
    """Take a mask out: its words will be read. Twice changes nothing."""
    row, kept, _ = _to_change(session, viewer, document_id)
    masks = stored.masks_of(kept.masks)
    gone = [one for one in masks if (one.start, one.end) == (start, end)]
    if gone:
        lifted = [*_lifted(kept), *(one for one in gone if one.kind is not Kind.CHOSEN)]
        kept.choices = {**kept.choices, "lifted": stored.mask_rows(dict.fromkeys(lifted))}
        _keep_masks(row, kept, [one for one in masks if one not in gone])


def add_area(session: Session, viewer: Viewer, document_id: int, page: int, box: Box) -> None:
    """Cover a rectangle of a page image; twice changes nothing."""
    row, kept, _ = _to_change(session, viewer, document_id)
    pages = _pages(session, row)
    areas = [*stored.areas_of(kept.areas), Area(page, box, AreaKind.CHOSEN)]
    _keep_areas(row, kept, framed(pages, areas))


def remove_area(session: Session, viewer: Viewer, document_id: int, page: int, box: Box) -> None:
    """Uncover a rectangle; twice changes nothing."""
    row, kept, _ = _to_change(session, viewer, document_id)
    areas = stored.areas_of(kept.areas)
    _keep_areas(row, kept, [one for one in areas if (one.page, one.box) != (page, box)])


def check_page(session: Session, viewer: Viewer, document_id: int, page: int) -> None:
    """Say that a page was looked at: all that is personal in it is masked."""
    row, kept, _ = _to_change(session, viewer, document_id)
    if not 0 <= page < max(1, len(_pages(session, row))):
        raise Invalid({"page": "Cette page n’existe pas."})
    kept.checked = sorted({*kept.checked, page})
    row.updated_at = clock.now()


def keep_words(session: Session, viewer: Viewer, document_id: int, piece: str, kept: bool) -> None:
    """Say that a piece of what one typed is not personal, or that it is after all."""
    row, reading, _ = _to_change(session, viewer, document_id)
    pieces = [one for one in _kept_pieces(reading) if one != key(piece)]
    if kept:
        pieces.append(key(piece))
    reading.choices = {**reading.choices, "kept": pieces[-PIECES_MAX:]}
    row.updated_at = clock.now()


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
    left = _view(session, viewer, row, kept).to_check
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


# ---- What the gestures share -----------------------------------------------------------------


def _seen_by(session: Session, viewer: Viewer, document_id: int) -> DocumentRow:
    """Return a document to its depositor or, once it is handed over, to moderation."""
    row = documents.get(session, document_id)
    if row is None:
        raise NotFound("Ce document n’existe pas.")
    if documents.holds(session, viewer.visitor, row.id):
        return row
    if viewer.may(Right.MODERATE) and row.stage != Stage.MASKING:
        return row
    raise NotFound("Ce document n’existe pas.")


def _locked(session: Session, document_id: int) -> DocumentRow:
    row = documents.locked(session, document_id)
    if row is None:
        raise NotFound("Ce document n’existe pas.")
    return row


def _to_change(
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


def _keep_masks(row: DocumentRow, kept: DocumentReadingRow, masks: Iterable[Mask]) -> None:
    kept.masks = stored.mask_rows(masks)
    kept.revision += 1
    row.updated_at = clock.now()


def _keep_areas(row: DocumentRow, kept: DocumentReadingRow, areas: Iterable[Area]) -> None:
    kept.areas = stored.area_rows(areas)
    kept.revision += 1
    row.updated_at = clock.now()


def _lifted(kept: DocumentReadingRow) -> list[Mask]:
    return stored.masks_of(kept.choices.get("lifted", []))


def _kept_pieces(kept: DocumentReadingRow) -> list[str]:
    return [str(one) for one in kept.choices.get("kept", [])]


def _pages(session: Session, row: DocumentRow) -> list[Page]:
    return [Page(one.width, one.height) for one in documents.pages(session, row.id)]


def _view(
    session: Session, viewer: Viewer, row: DocumentRow, kept: DocumentReadingRow
) -> MaskingView:
    sealed = places.opened(kept)
    document = canonical(sealed.read())
    pages = documents.pages(session, row.id)
    masks = stored.masks_of(kept.masks)
    shown = words(kept)
    return MaskingView(
        id=row.id,
        stage=Stage(row.stage),
        document=document,
        pages=[Page(one.width, one.height) for one in pages],
        pictures=[bool(one.stored) for one in pages],
        masks=masks,
        areas=stored.areas_of(kept.areas),
        lifted=_lifted(kept),
        unplaced=list(unplaced(document, masks)) if pages else [],
        checked=[int(one) for one in kept.checked],
        words=[
            WordsView(name, sealed.words[name], shown[name])
            for name in places.WORDS
            if sealed.words.get(name)
        ],
        told=row.told,
        mine=documents.holds(session, viewer.visitor, row.id),
    )


def words(kept: DocumentReadingRow) -> dict[str, str]:
    """Return what the depositor typed as everyone will read it, by field."""
    choices = Choices(frozenset(_kept_pieces(kept)))
    typed = places.opened(kept).words
    return {
        name: masked(typed.get(name, ""), to_mask(typed.get(name, ""), choices))
        for name in places.WORDS
    }
