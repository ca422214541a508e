"""Lines of one flow gathered into drafts of blocks: where one ends and the next begins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from .hyphens import is_cut
from .reading import BlockKind, Box
from .rows import Segment, bounds
from .shapes import is_bullet, is_capitals, is_field, is_numbered_heading, marker

SAME_SIZE = 1.12
"""How much larger letters may be in one block; measured heights of a scan vary more."""
SAME_HEIGHT = 1.4
SHORT_LINES = 9
SHORT_WORDS = 5.0
"""An address: at most so many lines, of so many words on average."""
SHORT_WIDTH = 0.45
"""Widest address, in part of the page."""
ASIDE = 0.25
"""How far to the side a line begins, in part of the page, when it is no more the same block."""

_QUOTED = "\u00bb"
_CLOSING = ')"”' + _QUOTED
_STOPS = tuple(".!?…:;")
_BEGINS = re.compile(r"[(\[\u00ab“\"]*\s*[^\W_a-zà-öø-ÿœ]")


@dataclass(slots=True)
class Draft:
    """Segments that make one block, in order."""

    segments: list[Segment]
    marker: str = ""
    address: bool = False
    item: bool = False
    """Whether it stands as an item does, whose bullet was drawn and not written."""
    cells: tuple[int, int, int] | None = None
    """Table, row and column, of a cell."""

    @property
    def last(self) -> Segment:
        """Its last line so far."""
        return self.segments[-1]

    @property
    def hint(self) -> BlockKind | None:
        """What the file itself says it is."""
        return self.segments[0].line.hint

    @property
    def size(self) -> float:
        """The size of its letters, as the reader says."""
        return median(one.letters for one in self.segments)

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(one.line.bold for one in self.segments)

    @property
    def measured(self) -> bool:
        """Whether the size is only the height of what is drawn."""
        return self.segments[0].line.size <= 0


def gathered(segments: tuple[Segment, ...], page_width: float) -> list[Draft]:
    """Return the drafts of a flow, in order; every segment is in exactly one."""
    flow = bounds(segments)
    usual = _usual_white(segments)
    drafts: list[Draft] = []
    for segment, address in _with_addresses(segments, usual, page_width):
        last = drafts[-1] if drafts else None
        told = _marker_here(segment, last, usual)
        if last is None or told or address or _begins_new(last, segment, flow, usual):
            item = last is not None and not address and _is_item(last, segment)
            drafts.append(Draft([segment], told, address, item))
        else:
            last.segments.append(segment)
    return drafts


def _with_addresses(
    segments: tuple[Segment, ...], usual: float, page_width: float
) -> Iterator[tuple[Segment, bool]]:
    """Give each segment with whether it is a line of an address."""
    clusters = [[segments[0]]]
    for one, other in pairwise(segments):
        far = abs(other.box.left - one.box.left) > ASIDE * page_width
        if far or _is_apart(one, other, usual):
            clusters.append([])
        clusters[-1].append(other)
    for cluster in clusters:
        address = _is_address(cluster, page_width)
        yield from ((segment, address) for segment in cluster)


def goes_on(draft: Draft, following: Draft) -> bool:
    """Whether a block cut by a column or a page goes on in the first block of the next."""
    text = following.segments[0].text
    return (
        not (draft.address or following.address or following.marker)
        and draft.cells is following.cells is None
        and draft.hint is following.hint
        and _same_size(draft, following.segments[0])
        and not is_field(draft.last.text)
        and not _is_ended(draft.last.text)
        and text[:1].islower()
    )


def _is_ended(text: str) -> bool:
    """Whether a line ends as sentences do: a stop, or a quotation that closes."""
    head = text.rstrip(_CLOSING)
    return head.endswith(_STOPS) or _QUOTED in text[len(head) :]


def _is_address(segments: Sequence[Segment], page_width: float) -> bool:
    """Whether each line of a small block stands for itself: an address, a signature."""
    words = [len(one.line.words) for one in segments]
    return (
        2 <= len(segments) <= SHORT_LINES
        and sum(words) / len(words) <= SHORT_WORDS
        and bounds(segments).width <= SHORT_WIDTH * page_width
        and not any(one.text.endswith((".", ";", ":")) or is_cut(one.text) for one in segments)
        and not any(marker(one.text) for one in segments)
        and sum(one.text[:1].islower() for one in segments) <= 1
    )


def _usual_white(segments: tuple[Segment, ...]) -> float:
    whites = sorted(max(0.0, _white(one, other)) for one, other in pairwise(segments))
    return whites[len(whites) // 3] if whites else 0.0


def _white(one: Segment, other: Segment) -> float:
    return other.box.top - one.box.bottom


def _same_size(draft: Draft, segment: Segment) -> bool:
    allowed = SAME_HEIGHT if draft.measured or segment.line.size <= 0 else SAME_SIZE
    one, other = sorted((draft.last.letters, segment.letters))
    return other <= allowed * one


def _marker_here(segment: Segment, last: Draft | None, usual: float) -> str:
    """Return the list marker of a line, unless it only looks like one within a paragraph."""
    told = marker(segment.text)
    if not told or last is None or is_bullet(told):
        return told
    free = (
        last.marker
        or _is_ended(last.last.text)
        or _is_apart(last.last, segment, usual)
        or not _same_size(last, segment)
    )
    return told if free else ""


def _is_apart(one: Segment, other: Segment, usual: float) -> bool:
    size = min(one.size, other.size)
    white = _white(one, other)
    return white > max(0.6 * size, 1.4 * usual + 0.1 * size) or white < -2 * size


def _begins_new(draft: Draft, segment: Segment, flow: Box, usual: float) -> bool:
    text, last = segment.text, draft.last
    begins = _BEGINS.match(text) is not None
    if draft.hint is not segment.line.hint or segment.line.hint is BlockKind.FIELD:
        return True
    if not _same_size(draft, segment) or _is_apart(last, segment, usual):
        return True
    if is_field(text) or is_field(last.text) or is_numbered_heading(last.text):
        return True
    if is_cut(last.text):
        return False
    if draft.item and last.text.endswith(";"):
        return True
    if begins and (
        last.line.bold is not segment.line.bold or is_capitals(last.text) is not is_capitals(text)
    ):
        return True
    room = flow.right - last.box.right - segment.line.words[0].box.width - 0.8 * segment.size
    if _is_ended(last.text) and (room > 0 or _is_indented(draft, segment)):
        return True
    return begins and room > 0


def _is_item(before: Draft, segment: Segment) -> bool:
    """Whether a line begins an item without bullet: further in after « : », or after « ; »."""
    shift = segment.box.left - before.segments[0].box.left
    if before.item:
        return before.last.text.endswith((";", ",")) and abs(shift) < segment.size
    return before.last.text.endswith(":") and segment.size < shift < 6 * segment.size


def _is_indented(draft: Draft, segment: Segment) -> bool:
    """Whether a line begins further in than the paragraph above, or left of its list item."""
    shift = segment.box.left - draft.last.box.left
    if draft.marker:
        return segment.box.left < draft.segments[0].box.left + 0.5 * segment.size
    return shift > 0.8 * segment.size
