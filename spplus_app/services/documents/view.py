"""A published document as its page shows it: what is told of it, a part of its text, its pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from ...domain.dates import french_date, iso_date
from ...domain.documents import stored
from ...domain.documents.canonical import Canonical, Region
from ...domain.documents.parts import Part, part_of, parts
from ...domain.documents.stages import Stage
from ...domain.documents.values import (
    KIND_NAMES,
    PROBLEM_NAMES,
    STATUS_NAMES,
    Kind,
    Problem,
    Status,
)
from ...domain.errors import NotFound
from ...domain.roles import NOBODY, Viewer
from ...domain.text import french_number
from ...persistence import documents, structures
from ...persistence.tables import DocumentPageRow, DocumentRow
from . import places, texts
from .listing import public_href

_JPEG = b"\xff\xd8"


@dataclass(frozen=True, slots=True)
class PageView:
    """The image of a page, masked: its number from 1, its address, its size in pixels of width 620.

    ``src`` is empty where there is no image: its text is there all the same. ``across`` and
    ``down`` are the size of the page in the unit of what is drawn on it.
    """

    number: int
    src: str
    width: int
    height: int
    across: float
    down: float


@dataclass(frozen=True, slots=True)
class DocumentView:
    """What everyone may know of a published document; ``hidden`` from all but moderation."""

    id: int = 0
    title: str = ""
    href: str = ""
    kind: str = ""
    status: str = ""
    status_name: str = ""
    problems: list[str] = field(default_factory=list)
    service: str = ""
    service_code: str = ""
    hard: str = ""
    wished: str = ""
    form: str = ""
    date: str = ""
    iso: str = ""
    version: int = 0
    readers_told: str = ""
    pages: list[PageView] = field(default_factory=list)
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """One part of the text that everyone reads, and the sentence one is at.

    ``drawn`` says where sentences stand on the images of the pages, by their numbers (from 0).
    """

    text: Canonical
    part: Part
    parts: int
    sentence: int
    drawn: Mapping[int, Sequence[Region]]


def public(session: Session, document_id: int, viewer: Viewer = NOBODY) -> DocumentView:
    """Return what everyone may know of a document; raise `Gone` or `NotFound` for any other.

    Moderation reads so one that a report hides.
    """
    row = texts.shown_to(session, viewer, document_id)
    where = structures.get(session, row.structure_id) if row.structure_id is not None else None
    published_at = row.published_at or row.created_at
    return DocumentView(
        id=row.id,
        title=row.title,
        href=public_href(row),
        kind=KIND_NAMES[Kind(row.kind)],
        status=row.status,
        status_name=STATUS_NAMES[Status(row.status)],
        problems=[PROBLEM_NAMES[Problem(one)] for one in row.problems],
        service=where.label if where else "",
        service_code=where.code if where else "",
        hard=row.hard,
        wished=row.wished,
        form=row.form,
        date=french_date(published_at),
        iso=iso_date(published_at),
        version=row.version,
        readers_told=_readers(row),
        pages=[_page(row, one) for one in documents.pages(session, row.id)],
        hidden=row.stage == Stage.HIDDEN,
    )


def read(
    session: Session,
    document_id: int,
    part: int = 0,
    sentence: int = -1,
    viewer: Viewer = NOBODY,
) -> Reading | None:
    """Return a part of the text: the one asked for, that of a sentence, else the first.

    ``None`` for a document that has no text at all.
    """
    row = texts.shown_to(session, viewer, document_id)
    try:
        version, text = texts.text_of(session, row)
    except NotFound:
        return None
    found = parts(text)
    known = 0 <= sentence < len(text.sentences)
    here = found[part - 1] if 1 <= part <= len(found) and not known else part_of(found, sentence)
    at = sentence if known else here.sentences.start
    return Reading(text, here, len(found), at, stored.regions_of(texts.parts_of(version)))


@dataclass(frozen=True, slots=True)
class Image:
    """The masked image of a page; ``public`` unless a report hides it meanwhile."""

    media_type: str
    content: bytes
    public: bool


def image(session: Session, document_id: int, number: int, viewer: Viewer = NOBODY) -> Image:
    """Return the masked image of a page (from 1); raise `NotFound`."""
    row = texts.shown_to(session, viewer, document_id)
    page = next((one for one in documents.pages(session, row.id) if one.number == number - 1), None)
    if page is None or not page.shown:
        raise NotFound("Cette page n’a pas d’image.")
    found = places.shown(page.shown)
    kind = "image/jpeg" if found.startswith(_JPEG) else "image/png"
    return Image(kind, found, row.stage == Stage.PUBLISHED)


def _readers(row: DocumentRow) -> str:
    """How many sent marks, and how many only looked: never added together."""
    if not row.readers:
        told = "Personne n’a encore envoyé ses marques sur ce document."
    else:
        people = "personnes ont" if row.readers > 1 else "personne a"
        told = f"{french_number(row.readers)} {people} envoyé leurs marques sur ce document."
        told = told if row.readers > 1 else told.replace("leurs", "ses")
    if not row.lookers:
        return told
    people = "autres les ont regardées" if row.lookers > 1 else "autre les a regardées"
    return f"{told} {french_number(row.lookers)} {people} sans marquer."


def _page(row: DocumentRow, page: DocumentPageRow) -> PageView:
    width = 620
    height = round(width * page.height / page.width) if page.width else width
    # The name of the file is in the address: another image of the page has another address.
    src = f"/documents/{row.id}/pages/{page.number + 1}?v={page.shown[:12]}" if page.shown else ""
    return PageView(page.number + 1, src, width, height, page.width, page.height)
