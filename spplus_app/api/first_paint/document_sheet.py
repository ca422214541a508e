"""A page of a document to mask: its image under its covers, and its text with its masks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import htpy as h

from ...components import checking_words as words
from ...domain.documents.canonical import Canonical, Placed
from ...domain.documents.masks import AREA_NAMES, Area, Mask, covers
from ...domain.documents.paging import Run, blocks_by_page, runs
from ...domain.documents.reading import BlockKind
from ...domain.privacy import WORDS
from ...services.documents.masked_views import MaskingView

SAID = words.CHECKING
REMOVE, UNCOVER = "retirer", "decouvrir"
"""The identifiers of the forms that the buttons standing in the text belong to."""
_TAGS = {BlockKind.TITLE: h.h3, BlockKind.HEADING: h.h4}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page that is looked at; ``may`` tells whether this viewer may change what is masked."""

    view: MaskingView
    page: int
    may: bool


def image(sheet: Sheet) -> h.Element | None:
    """The image of the page with what is masked drawn over it; nothing where there are no pages."""
    view, number = sheet.view, sheet.page
    if not view.pages:
        return None
    if not view.pictures[number]:
        return h.p(class_="fr-hint-text", id="image")[SAID["no_picture"]]
    page = view.pages[number]
    size = (f"{page.width:g}", f"{page.height:g}")
    whole = covers(view.document, view.masks, ())
    boxes = [one for one in whole if one.page == number]
    areas = [one for one in view.areas if one.page == number]
    return h.figure(class_="sheet", id="image", data_width=size[0], data_height=size[1])[
        h.img(
            src=f"/api/documents/{view.id}/pages/{number}",
            alt=f"{SAID['picture']} {number + 1}",
            width=size[0],
            height=size[1],
        ),
        h.svg(viewBox=f"0 0 {size[0]} {size[1]}", preserveAspectRatio="none", aria_hidden="true")[
            (_cover(one, "cover") for one in boxes),
            (_cover(one, "cover cover--area") for one in areas),
        ],
    ]


def _cover(area: Area, look: str) -> h.Element:
    box = area.box
    return h.rect(
        class_=look,
        x=f"{box.left:g}",
        y=f"{box.top:g}",
        width=f"{box.width:g}",
        height=f"{box.height:g}",
    )


def areas(sheet: Sheet) -> h.Element | None:
    """What is covered on the image and is no text, each to take out."""
    here = [one for one in sheet.view.areas if one.page == sheet.page]
    if not here:
        return None
    return h.section(class_="stack--tight", aria_labelledby="zones")[
        h.h3(id="zones", tabindex="-1")[SAID["areas"]],
        h.ul(class_="plain-list stack--tight")[
            (_area(sheet, rank, one) for rank, one in enumerate(here, 1))
        ],
    ]


def _area(sheet: Sheet, rank: int, area: Area) -> h.Element:
    box = area.box
    page = sheet.view.pages[area.page]
    across = round(100 * (box.left + box.right) / 2 / page.width)
    down = round(100 * (box.top + box.bottom) / 2 / page.height)
    place = f"à {across}\u00a0% de la gauche, {down}\u00a0% du haut"
    told = f"{rank}. {AREA_NAMES[area.kind]}, {place}"
    button = h.button(
        type="submit",
        form=UNCOVER,
        name="boite",
        value=",".join(map(repr, (box.left, box.top, box.right, box.bottom))),
        id=f"zone-{rank}",
        class_="fr-btn fr-btn--tertiary fr-btn--sm",
    )[SAID["uncover"], h.span(class_="fr-sr-only")[f" {told}"]]
    return h.li(class_="cluster")[h.span[told], button if sheet.may else None]


def text(sheet: Sheet) -> h.Element:
    """The text of the page, in its blocks."""
    document = sheet.view.document
    numbers = blocks_by_page(document, len(sheet.view.pages))[sheet.page]
    rows = [document.blocks[number] for number in numbers]
    if not rows:
        return h.p(class_="fr-hint-text")[SAID["no_text"]]
    return h.div(class_="paper stack", id="texte")[_blocks(sheet, document, rows)]


def _blocks(sheet: Sheet, document: Canonical, rows: Sequence[Placed]) -> list[h.Node]:
    shown: list[h.Node] = []
    for kind, group in groupby(rows, key=lambda one: one.block.kind):
        cells = list(group)
        if kind is BlockKind.LIST_ITEM:
            shown.append(h.ul[(h.li[_words(sheet, document, one)] for one in cells)])
        elif kind is BlockKind.CELL:
            lines = groupby(cells, key=lambda one: (one.block.table, one.block.row))
            shown += [_line(sheet, document, list(line)) for _, line in lines]
        else:
            tag = _TAGS.get(kind, h.p)
            shown += [tag[_words(sheet, document, one)] for one in cells]
    return shown


def _line(sheet: Sheet, document: Canonical, cells: list[Placed]) -> h.Element:
    return h.p(class_="cells")[
        ([" · " if rank else None, _words(sheet, document, one)] for rank, one in enumerate(cells))
    ]


def _words(sheet: Sheet, document: Canonical, placed: Placed) -> list[h.Node]:
    cut = runs(placed.start, placed.end, sheet.view.masks)
    return [_masked(sheet, document, one, one.mask) if one.mask else _plain(document, one)
            for one in cut]  # fmt: skip


def _plain(document: Canonical, run: Run) -> h.Element:
    return h.span(class_="run", data_at=str(run.start))[document.text[run.start : run.end]]


def _masked(sheet: Sheet, document: Canonical, run: Run, mask: Mask) -> h.Element:
    hidden = document.text[run.start : run.end]
    first = run.start == mask.start
    button = h.button(
        type="submit",
        form=REMOVE,
        name="masque",
        value=f"{mask.start}-{mask.end}",
        id=f"masque-{mask.start}",
        class_="unmask",
    )[SAID["unmask"], h.span(class_="fr-sr-only")[f" « {hidden} »".replace(" ", "\u00a0")]]
    return h.span(class_="masked")[
        h.mark(class_="mask")[WORDS[mask.kind]],
        h.s(class_="masked__words")[f" {hidden} "],
        button if sheet.may and first else None,
    ]
