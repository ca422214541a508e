"""A document read by the machine: its text first, then the image of each page.

What is read is hostile: readers run apart (`adapters.documents`), and what they say is only ever
lines, blocks and images that are made again. Nothing is held while they work.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from ...adapters import places as disk
from ...adapters.documents.kinds import Format, taken
from ...adapters.documents.reading import page_image, read, read_photos
from ...adapters.sealing import seal
from ...domain.documents import personal, stored
from ...domain.documents.canonical import canonical
from ...domain.documents.layout import laid_out
from ...domain.documents.masks import Area, Mask, framed, settled
from ...domain.documents.reading import Positioned, Reading, flowed
from ...domain.documents.stages import Stage, Step, after
from ...domain.errors import DomainError, Invalid
from ...domain.journal import Entry
from ...domain.roles import NOBODY
from ...persistence import documents, reading, unit_of_work
from ...persistence.tables import DocumentPageRow
from ...settings import settings
from .. import clock, record
from . import drawn, places, texts

SCRATCH = "scratch"
"""Where a file stands as it was sent, while its reader works."""
IMAGE_WIDTH = 1240
"""Widest page image, in pixels: A4 at 150 for an inch, read with ease on a large screen."""


@dataclass(frozen=True, slots=True)
class _Found:
    """What was read: as it is kept, and what is to be masked in it."""

    reading: Reading
    masks: tuple[Mask, ...]
    areas: tuple[Area, ...]


def run(engine: Engine, document_id: int) -> str:
    """Read a document and keep what it says; return a safe word about it.

    Run again, it does what is left. A file that cannot be read leaves its sentence to the
    depositor, and nothing of itself.
    """
    with reading(engine) as session:
        row = documents.get(session, document_id)
        stage = Stage(row.stage) if row else None
        files = [
            (one.stored, one.suffix, one.size) for one in documents.files(session, document_id)
        ]
    if stage not in {Stage.READING, Stage.MASKING} or not files:
        return "nothing to read"
    with disk.staging(settings().var_dir / SCRATCH) as folder:
        try:
            paths = [_laid(folder, at, *one) for at, one in enumerate(files)]
            found = _found(paths) if stage is Stage.READING else None
        except DomainError as error:
            return _failed(engine, document_id, error.message)
        if found is not None:
            with unit_of_work(engine) as session:
                if not _kept(session, document_id, found):
                    return "changed meanwhile"
        return _pictured(engine, document_id, paths)


def _laid(folder: Path, at: int, name: str, suffix: str, size: int) -> Path:
    path = folder / f"{at}{suffix}"
    path.touch(mode=0o600)
    path.write_bytes(places.content(name, size))
    return path


def _found(paths: Sequence[Path]) -> _Found:
    photos = all(taken(path.suffix) is Format.PHOTO for path in paths)
    given = (
        read_photos([(path, path.name) for path in paths])
        if photos
        else read(paths[0], paths[0].name)
    )
    return _proposed(laid_out(given) if isinstance(given, Positioned) else flowed(given))


def _proposed(found: Reading) -> _Found:
    document = canonical(found)
    if not document.text:
        raise Invalid({"document": "Aucun texte n’a été trouvé dans ce fichier."})
    masks = settled(document, personal.proposed(document))
    return _Found(found, masks, framed(found.pages, personal.running_areas(found)))


def tell(session: Session, document_id: int, known: Reading) -> bool:
    """Keep what a document says where no reader is needed for it: a text of our own."""
    return _kept(session, document_id, _proposed(known))


def _kept(session: Session, document_id: int, found: _Found) -> bool:
    """Write what was read, unless the document moved on meanwhile."""
    row = documents.locked(session, document_id)
    kept = documents.read(session, document_id)
    if row is None or kept is None or row.stage != Stage.READING:
        return False
    words = places.opened(kept).words
    told = places.Sealed(words, stored.reading_text(found.reading))
    kept.sealed = seal(told.text(), settings().originals_key)
    kept.masks = stored.mask_rows(found.masks)
    kept.areas = stored.area_rows(found.areas)
    for number, page in enumerate(found.reading.pages):
        session.add(
            DocumentPageRow(
                document_id=document_id, number=number, width=page.width, height=page.height
            )
        )
    row.stage = after(Stage(row.stage), Step.READ).value
    row.updated_at = clock.now()
    record.journal_entry(
        session,
        NOBODY,
        Entry.DOCUMENT_READ,
        ("document", document_id),
        after={"pages": len(found.reading.pages), "masks": len(found.masks)},
    )
    record.changed(session, texts.topic(document_id))
    return True


def _failed(engine: Engine, document_id: int, sentence: str) -> str:
    with unit_of_work(engine) as session:
        row = documents.locked(session, document_id)
        if row is None or row.stage != Stage.READING:
            return "changed meanwhile"
        row.stage = after(Stage(row.stage), Step.FAIL).value
        row.told, row.updated_at = sentence, clock.now()
        places.remove_after(session, documents.forget_files(session, document_id))
        record.journal_entry(session, NOBODY, Entry.DOCUMENT_UNREADABLE, ("document", document_id))
        record.changed(session, texts.topic(document_id))
    return "unreadable"


def _pictured(engine: Engine, document_id: int, paths: Sequence[Path]) -> str:
    """Keep the image of each page that has none yet, one by one: the text is there already."""
    with reading(engine) as session:
        pages = documents.pages(session, document_id)
        missing = [one.number for one in pages if not one.stored]
        kept = documents.read(session, document_id)
        found = places.opened(kept).read() if kept and missing else Reading(())
    for number in missing:
        photo = len(paths) > 1 or taken(paths[0].suffix) is Format.PHOTO
        path, page = (paths[number], 0) if photo else (paths[0], number)
        try:
            image = page_image(path, path.name, page, IMAGE_WIDTH)
        except DomainError:
            continue  # its text is there: the page says that it has no image
        areas = drawn.areas(image, found, number, paths[0].parent)
        name = places.put(image)
        with unit_of_work(engine) as session:
            if not _picture_kept(session, document_id, number, name, areas):
                places.remove(name)
                return "changed meanwhile"
    return f"read {len(missing)} images"


def _picture_kept(
    session: Session, document_id: int, number: int, name: str, areas: Sequence[Area]
) -> bool:
    row = documents.locked(session, document_id)
    kept = documents.read(session, document_id)
    if row is None or kept is None or row.stage not in {Stage.MASKING, Stage.HANDED}:
        return False
    page = session.get(DocumentPageRow, (document_id, number))
    if page is None or page.stored:
        return False
    page.stored = name
    kept.areas = stored.area_rows([*stored.areas_of(kept.areas), *areas])
    # Even where nothing is drawn on it: nobody publishes an image that they did not look at.
    kept.revision += 1
    session.flush()
    record.changed(session, texts.topic(document_id))
    return True
