"""What is shown of a document while it is masked: to its depositor, then to moderation."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from ...domain.documents import stored
from ...domain.documents.canonical import Canonical, canonical
from ...domain.documents.masks import Area, Mask, unplaced
from ...domain.documents.reading import Page
from ...domain.documents.stages import Stage
from ...domain.privacy import find, masked
from ...domain.privacy.choices import Choices, key, to_mask
from ...domain.roles import Viewer
from ...persistence import documents
from ...persistence.tables import DocumentReadingRow, DocumentRow
from . import places


@dataclass(frozen=True, slots=True)
class PieceView:
    """What was found in words that somebody typed, and whether they say that it is no secret."""

    text: str
    word: str
    reason: str
    kept: bool


@dataclass(frozen=True, slots=True)
class WordsView:
    """What the depositor typed in a field, and as everyone will read it."""

    name: str
    typed: str
    shown: str
    found: list[PieceView] = field(default_factory=list)


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
    revision: int = 0
    mine: bool = True

    @property
    def to_check(self) -> list[int]:
        """The pages that nobody has said to have looked at."""
        return [one for one in range(max(1, len(self.pages))) if one not in self.checked]


def lifted(kept: DocumentReadingRow) -> list[Mask]:
    """Return the masks of the machine that somebody took out."""
    return stored.masks_of(kept.choices.get("lifted", []))


def kept_pieces(kept: DocumentReadingRow) -> list[str]:
    """Return the pieces of what was typed that its depositor says are not personal."""
    return [str(one) for one in kept.choices.get("kept", [])]


def view(
    session: Session, viewer: Viewer, row: DocumentRow, kept: DocumentReadingRow
) -> MaskingView:
    """Return a document as its depositor or moderation masks it; no right is decided here."""
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
        lifted=lifted(kept),
        unplaced=list(unplaced(document, masks)) if pages else [],
        checked=[int(one) for one in kept.checked],
        words=[
            WordsView(name, sealed.words[name], shown[name], _pieces(sealed.words[name], kept))
            for name in places.WORDS
            if sealed.words.get(name)
        ],
        told=row.told,
        revision=kept.revision,
        mine=documents.holds(session, viewer.visitor, row.id),
    )


def _pieces(text: str, kept: DocumentReadingRow) -> list[PieceView]:
    """Return what was found in a text, each piece once, in its order."""
    said = set(kept_pieces(kept))
    pieces = {
        key(text[one.start : one.end]): PieceView(
            text[one.start : one.end],
            one.word,
            one.reason,
            key(text[one.start : one.end]) in said,
        )
        for one in find(text)
    }
    return list(pieces.values())


def words(kept: DocumentReadingRow) -> dict[str, str]:
    """Return what the depositor typed as everyone will read it, by field."""
    choices = Choices(frozenset(kept_pieces(kept)))
    typed = places.opened(kept).words
    return {
        name: masked(typed.get(name, ""), to_mask(typed.get(name, ""), choices))
        for name in places.WORDS
    }
