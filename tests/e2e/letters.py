"""Documents of a running site: a letter of every kind of block, with the image of its page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from uuid import uuid4

from PIL import Image, ImageDraw, ImageFont
from sqlalchemy.orm import Session

from spplus_app.adapters import file_store
from spplus_app.domain.documents import stored
from spplus_app.domain.documents.canonical import Canonical, canonical
from spplus_app.domain.documents.reading import Block, BlockKind, Box, Piece, Reading
from spplus_app.persistence import documents as rows
from spplus_app.persistence.tables import DocumentPageRow
from spplus_app.services.documents import marks
from tests import documents, factories
from tests.e2e.site import Site

TITLE = "Notification d’un indu de prestations"
BLOCKS = (
    Block(BlockKind.TITLE, TITLE),
    Block(BlockKind.PARAGRAPH, "Madame, Monsieur,"),
    Block(
        BlockKind.PARAGRAPH,
        "Vous avez perçu un indu de prestations au titre de la période de référence susvisée. Sauf "
        "contestation de votre part dans le délai imparti, nous procéderons à sa récupération par "
        "retenue sur vos prestations à échoir. Vous pouvez saisir la CRA.",
    ),
    Block(BlockKind.HEADING, "Pièces à produire", 1),
    Block(BlockKind.LIST_ITEM, "le formulaire ci-joint, dûment complété", marker="a)"),
    Block(BlockKind.LIST_ITEM, "vos trois derniers bulletins 😀 de salaire", marker="b)"),
    Block(BlockKind.CELL, "Période", table=0, row=0, column=0),
    Block(BlockKind.CELL, "Montant", table=0, row=0, column=1),
    Block(BlockKind.CELL, "Mars 2026", table=0, row=1, column=0),
    Block(BlockKind.CELL, "412,17 €", table=0, row=1, column=1),
    Block(BlockKind.FIELD, "Nom et prénom\u00a0:"),
    Block(BlockKind.PARAGRAPH, "Nous vous prions d’agréer nos salutations distinguées."),
)

WIDTH, HEIGHT, MARGIN, LETTERS, PAGES = 620, 877, 70.0, 17, 3
"""Of a page and of what is written on it, in pixels; how many pages at most."""
POINT = 595 / WIDTH
"""Points of a pixel: places are told in points, as in a PDF."""


@dataclass(frozen=True)
class Letter:
    """A published document: its number, its address, its text."""

    id: int
    href: str
    text: Canonical


def publish(
    session: Session, *blocks: Block, pictures: Sequence[str] = (), title: str = TITLE
) -> Letter:
    """Write a letter that everyone reads; ``pictures`` are the files of the images of its pages."""
    text = canonical(Reading(blocks or BLOCKS))
    row = documents.published(session, None, "Rien.", title=title)
    row.problems, row.hard = ["jargon", "acronyms"], "Je ne comprends pas ce que je dois."
    row.slug = "notification"
    version = rows.version(session, row.id, 1)
    assert version is not None
    parts = stored.version_parts(text)
    version.text, version.blocks = parts.text, parts.blocks
    version.sentences, version.regions = parts.sentences, parts.regions
    for number, picture in enumerate(pictures):
        page = DocumentPageRow(
            document_id=row.id, number=number, width=595, height=842, shown=picture
        )
        session.add(page)
    session.flush()
    return Letter(row.id, f"/documents/{row.id}-{row.slug}", text)


def written(site: Site, *blocks: Block) -> Letter:
    """A letter of a running site, its words on the images of its pages."""
    placed, images = _drawn(blocks or BLOCKS)
    pictures = [file_store.put(site.folder / file_store.FOLDER, one) for one in images]
    return site.act(lambda session: publish(session, *placed, pictures=pictures))


def marked(site: Site, letter: Letter, reader: str, words: str, *more: object, **told: str) -> None:
    """A reader sends one mark on these words."""

    def work(session: Session) -> None:
        viewer = factories.visitor(f"{reader} of {letter.id}")
        given = documents.mark(words, *more, within=letter.text.text, **told)  # type: ignore[arg-type]
        marks.put(session, viewer, letter.id, str(uuid4()), given)
        marks.send(session, viewer, letter.id)

    site.act(work)


def _drawn(blocks: Sequence[Block]) -> tuple[list[Block], list[bytes]]:
    """Write blocks on pages, as a word processor does: where each word is, and the images."""
    font, line = ImageFont.load_default(LETTERS), 1.6 * LETTERS
    sheets: list[Image.Image] = []
    placed: list[Block] = []
    top = float(HEIGHT)
    for block in blocks:
        pieces: list[Piece] = []
        left, top, at = MARGIN, top + 2 * line, 0
        for word in block.text.split(" "):
            if left > MARGIN and left + font.getlength(word) > WIDTH - MARGIN:
                left, top = MARGIN, top + line
            if top > HEIGHT - MARGIN - line:
                if len(sheets) == PAGES:
                    return [*placed, *blocks[len(placed) :]], [_png(one) for one in sheets]
                sheets.append(Image.new("RGB", (WIDTH, HEIGHT), "white"))
                left, top = MARGIN, MARGIN
            ImageDraw.Draw(sheets[-1]).text((left, top), word, "black", font)
            right = left + font.getlength(word)
            sides = (one * POINT for one in (left, top, right, top + 1.2 * LETTERS))
            pieces.append(Piece(at, at + len(word), len(sheets) - 1, Box(*sides)))
            left, at = right + font.getlength(" "), at + len(word) + 1
        placed.append(replace(block, pieces=tuple(pieces)))
    return placed, [_png(one) for one in sheets]


def _png(image: Image.Image) -> bytes:
    made = BytesIO()
    image.save(made, "PNG")
    return made.getvalue()
