"""Documents of a running site: a letter of every kind of block, with the image of its page."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from uuid import uuid4

from PIL import Image, ImageDraw
from sqlalchemy.orm import Session

from spplus_app.adapters import file_store
from spplus_app.domain.documents import stored
from spplus_app.domain.documents.canonical import Canonical, canonical
from spplus_app.domain.documents.reading import Block, BlockKind, Reading
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


@dataclass(frozen=True)
class Letter:
    """A published document: its number, its address, its text."""

    id: int
    href: str
    text: Canonical


def publish(session: Session, *blocks: Block, picture: str = "", title: str = TITLE) -> Letter:
    """Write a letter that everyone reads; ``picture`` is the file of the image of its page."""
    text = canonical(Reading(blocks or BLOCKS))
    row = documents.published(session, None, "Rien.", title=title)
    row.problems, row.hard = ["jargon", "acronyms"], "Je ne comprends pas ce que je dois."
    row.slug = "notification"
    version = rows.version(session, row.id, 1)
    assert version is not None
    parts = stored.version_parts(text)
    version.text, version.blocks = parts.text, parts.blocks
    version.sentences, version.regions = parts.sentences, parts.regions
    if picture:
        page = DocumentPageRow(document_id=row.id, number=0, width=595, height=842, shown=picture)
        session.add(page)
    session.flush()
    return Letter(row.id, f"/documents/{row.id}-{row.slug}", text)


def written(site: Site, *blocks: Block) -> Letter:
    """A letter of a running site, with the image of its page."""
    picture = file_store.put(site.folder / file_store.FOLDER, _picture())
    return site.act(lambda session: publish(session, *blocks, picture=picture))


def marked(site: Site, letter: Letter, reader: str, words: str, *more: object, **told: str) -> None:
    """A reader sends one mark on these words."""

    def work(session: Session) -> None:
        viewer = factories.visitor(f"{reader} of {letter.id}")
        given = documents.mark(words, *more, within=letter.text.text, **told)  # type: ignore[arg-type]
        marks.put(session, viewer, letter.id, str(uuid4()), given)
        marks.send(session, viewer, letter.id)

    site.act(work)


def _picture() -> bytes:
    image = Image.new("RGB", (620, 877), "white")
    pen = ImageDraw.Draw(image)
    for line in range(18):
        pen.rectangle((60, 90 + line * 40, 560 - (line % 4) * 60, 102 + line * 40), fill="#444")
    pen.rectangle((60, 40, 220, 70), fill="black")
    made = BytesIO()
    image.save(made, "PNG")
    return made.getvalue()
