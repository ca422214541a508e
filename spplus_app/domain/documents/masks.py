"""What is masked in a document before anyone else sees it: words of its text, areas of its pages.

A mask stands on the canonical text; where its words are drawn, the page image is covered too. An
area covers what is no text: a signature, a barcode, a line repeated on each page. What is
published is made again from what is left (`published`): nothing is hidden underneath.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from spplus_app.domain.errors import Invalid
from spplus_app.domain.privacy import WORDS, Kind

from .canonical import Canonical, Placed, canonical
from .reading import Block, Box, Page, Piece, Reading

MASKS_MAX = 2000
"""Most masks, and most areas, of one document (starting value)."""
MARGIN = 0.15
"""How far a cover goes beyond the words, in part of their height: letters reach over their box."""


class AreaKind(StrEnum):
    """What an area of a page covers."""

    BARCODE = "barcode"
    SIGNATURE = "signature"
    RUNNING = "running"
    CHOSEN = "chosen"


AREA_NAMES: dict[AreaKind, str] = {
    AreaKind.BARCODE: "Code-barres ou QR code",
    AreaKind.SIGNATURE: "Signature, tampon ou image",
    AreaKind.RUNNING: "Ligne répétée en haut ou en bas des pages",
    AreaKind.CHOSEN: "Zone choisie",
}


@dataclass(frozen=True, slots=True, order=True)
class Mask:
    """Words of the canonical text to mask, ``text[start:end]``, and what they are."""

    start: int
    end: int
    kind: Kind = Kind.CHOSEN


@dataclass(frozen=True, slots=True, order=True)
class Area:
    """A rectangle of a page to cover, in the page's unit."""

    page: int
    box: Box
    kind: AreaKind = AreaKind.CHOSEN


def settled(document: Canonical, masks: Iterable[Mask]) -> tuple[Mask, ...]:
    """Return masks in order, never overlapping; what overlaps is one, of the kind that has more.

    Raises `Invalid` (« masks ») for what is not in the text, and for too many.
    """
    kept: list[Mask] = []
    for mask in sorted(masks):
        if not 0 <= mask.start < mask.end <= len(document.text):
            raise Invalid({"masks": "Ce passage n’est pas dans le texte. Choisissez-le à nouveau."})
        last = kept[-1] if kept else None
        if last is None or mask.start >= last.end:
            kept.append(mask)
            continue
        longest = max((last, mask), key=lambda one: (one.kind is not Kind.CHOSEN, length(one)))
        kept[-1] = Mask(last.start, max(last.end, mask.end), longest.kind)
    _counted(kept)
    return tuple(kept)


def length(mask: Mask) -> int:
    """Return how many characters a mask covers."""
    return mask.end - mask.start


def framed(pages: Sequence[Page], areas: Iterable[Area]) -> tuple[Area, ...]:
    """Return areas in order, each once, cut at the edges of their page.

    Raises `Invalid` (« areas ») for a page that is not there, an empty area, and too many.
    """
    kept: dict[Area, None] = {}
    for area in sorted(areas):
        if not 0 <= area.page < len(pages):
            raise Invalid({"areas": "Cette page n’existe pas. Choisissez la zone à nouveau."})
        page, box = pages[area.page], area.box
        cut = Box(
            max(0.0, box.left),
            max(0.0, box.top),
            min(page.width, box.right),
            min(page.height, box.bottom),
        )
        if cut.width <= 0 or cut.height <= 0:
            raise Invalid({"areas": "Cette zone est vide. Choisissez-la à nouveau."})
        kept[Area(area.page, cut, area.kind)] = None
    _counted(kept, "areas")
    return tuple(kept)


def _counted(kept: Sequence[Mask] | dict[Area, None], name: str = "masks") -> None:
    if len(kept) > MASKS_MAX:
        raise Invalid({name: "Il y a trop de passages masqués. Masquez des passages plus grands."})


def published(document: Canonical, masks: Sequence[Mask]) -> Canonical:
    """Return the document that everyone reads: a plain word in the place of each mask.

    ``masks`` come from `settled`. A mask that runs over several blocks leaves one word in each;
    one that leaves nothing of a block but its word leaves that word.
    """
    blocks = []
    at = 0
    for placed in document.blocks:
        while at < len(masks) and masks[at].end <= placed.start:
            at += 1
        here: list[Mask] = []
        ahead = at
        while ahead < len(masks) and masks[ahead].start < placed.end:
            here.append(masks[ahead])
            ahead += 1
        blocks.append(_masked(placed, here) if here else placed.block)
    return canonical(Reading(tuple(blocks)))


def _masked(placed: Placed, masks: Sequence[Mask]) -> Block:
    block, base = placed.block, placed.start
    parts: list[str] = []
    pieces: list[Piece] = []
    at = moved = 0
    for mask in masks:
        start = max(0, mask.start - base)
        end = min(len(block.text), mask.end - base)
        word = WORDS[mask.kind]
        parts += [block.text[at:start], word]
        pieces += _kept(block.pieces, at, start, moved)
        moved += len(word) - (end - start)
        at = end
    parts.append(block.text[at:])
    pieces += _kept(block.pieces, at, len(block.text), moved)
    return replace(block, text="".join(parts), pieces=tuple(pieces))


def _kept(pieces: Iterable[Piece], start: int, end: int, moved: int) -> list[Piece]:
    """Return the pieces that stand whole in a stretch that stays, where they stand now."""
    return [
        Piece(one.start + moved, one.end + moved, one.page, one.box)
        for one in pieces
        if start <= one.start and one.end <= end
    ]


def covers(document: Canonical, masks: Sequence[Mask], areas: Sequence[Area]) -> list[Area]:
    """Return what is covered on the page images: each line of each mask, and the areas.

    A word that a mask touches is covered whole: half a name tells the name.
    """
    found = [
        Area(region.page, _wider(region.box))
        for mask in masks
        for region in document.regions(mask.start, mask.end)
    ]
    return [*found, *areas]


def _wider(box: Box) -> Box:
    more = MARGIN * box.height
    return Box(box.left - more, box.top - more, box.right + more, box.bottom + more)


def unplaced(document: Canonical, masks: Sequence[Mask]) -> tuple[Mask, ...]:
    """Return the masks whose words have no known place on the pages, all or part of them.

    Nothing can be covered there: as long as one is left, no page image may be shown to others.
    """
    return tuple(mask for mask in masks if not _is_placed(document, mask))


def _is_placed(document: Canonical, mask: Mask) -> bool:
    covered = bytearray(length(mask))
    at = bisect_right(document.pieces, mask.start, key=lambda one: one.end)
    while at < len(document.pieces) and document.pieces[at].start < mask.end:
        piece = document.pieces[at]
        first, last = max(piece.start, mask.start), min(piece.end, mask.end)
        covered[first - mask.start : last - mask.start] = b"\x01" * (last - first)
        at += 1
    text = document.text[mask.start : mask.end]
    return all(done or char.isspace() for done, char in zip(covered, text, strict=True))
