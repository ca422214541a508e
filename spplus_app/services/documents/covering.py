"""The page images that everyone sees: made again with what is masked painted over.

Done by a job once a document is published. When every page is made, or cannot be, what was sent
and what was read of it go.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Engine

from ...adapters import file_store
from ...adapters import places as disk
from ...adapters.documents.reading import covered
from ...domain.documents import masks, stored
from ...domain.documents.canonical import canonical
from ...domain.documents.masks import Area
from ...domain.documents.stages import Stage
from ...domain.errors import DomainError
from ...persistence import documents, reading, unit_of_work
from ...persistence.tables import DocumentPageRow
from ...settings import settings
from .. import record
from . import places, texts
from .reading import SCRATCH


def run(engine: Engine, document_id: int) -> str:
    """Cover the pages of a published document, then forget its originals; return a safe word.

    Run again, it does what is left.
    """
    with reading(engine) as session:
        row = documents.get(session, document_id)
        kept = documents.read(session, document_id)
        if row is None or kept is None or row.stage not in {Stage.PUBLISHED, Stage.HIDDEN}:
            return "nothing to cover"
        document = canonical(places.opened(kept).read())
        chosen = masks.settled(document, stored.masks_of(kept.masks))
        placed = not masks.unplaced(document, chosen)
        areas = masks.covers(document, chosen, stored.areas_of(kept.areas))
        pages = [
            (one.number, one.width, one.height, one.stored)
            for one in documents.pages(session, document_id)
            if one.stored and not one.shown
        ]
    made = 0
    if placed:  # a mask whose place is not known would be read on the image
        for number, width, height, name in pages:
            here = [one for one in areas if one.page == number]
            made += _covered(engine, document_id, (number, width, height, name), here)
    return _ended(engine, document_id, made)


def _covered(
    engine: Engine,
    document_id: int,
    page: tuple[int, float, float, str],
    areas: Sequence[Area],
) -> int:
    """Make the image of a page that everyone sees; return how many were made, none or one."""
    number, width, height, name = page
    boxes = [
        (one.box.left / width, one.box.top / height, one.box.right / width, one.box.bottom / height)
        for one in areas
    ]
    with disk.staging(settings().var_dir / SCRATCH) as folder:
        path = folder / "page"
        path.touch(mode=0o600)
        try:
            # Gone where another run ended first: there is nothing left to do.
            path.write_bytes(places.content(name))
            image = covered(path, boxes)
        except DomainError:
            return 0
    shown = file_store.put(places.store(), image)
    with unit_of_work(engine) as session:
        row = documents.locked(session, document_id)
        kept = session.get(DocumentPageRow, (document_id, number))
        if row is None or kept is None or kept.shown or row.stage == Stage.ERASED:
            places.remove(shown)
            return 0
        kept.shown = shown
        record.changed(session, texts.topic(document_id))
    return 1


def _ended(engine: Engine, document_id: int, made: int) -> str:
    with unit_of_work(engine) as session:
        row = documents.locked(session, document_id)
        if row is not None:
            places.remove_after(session, documents.forget_originals(session, document_id))
        record.changed(session, texts.topic(document_id))
    return f"covered {made} pages"
