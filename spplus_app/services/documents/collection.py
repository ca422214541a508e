"""Public marks as other tools read them: one by one, and as a collection of pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from ...domain.documents.json_ld import (
    CONTEXT_IRI,
    PAGE_SIZE,
    Published,
    annotation_json,
    collection_json,
    page_json,
)
from ...domain.errors import NotFound
from ...persistence import marks as rows
from ...persistence.tables import AnnotationRow
from . import texts
from .others import annotation_of


@dataclass(frozen=True, slots=True)
class Site:
    """The beginning of the site's addresses, without a final slash."""

    base: str

    def collection(self, document_id: int) -> str:
        """The address of the marks of a document."""
        return f"{self.base}/documents/{document_id}/annotations.jsonld"

    def annotation(self, row: AnnotationRow) -> str:
        """The address of one mark."""
        return f"{self.base}/documents/{row.document_id}/annotations/{row.id}"

    def text(self, document_id: int, version: int) -> str:
        """The address of a text that marks are on."""
        return f"{self.base}/documents/{document_id}?version={version}"


def collection(
    session: Session, document_id: int, base: str, page: int | None = None
) -> dict[str, Any]:
    """Return the public marks of a document: the collection, or one of its pages (from 0).

    Raises `NotFound` for a page there is not, or a document that is not published.
    """
    row = texts.published(session, document_id)
    site = Site(base)
    total = rows.counted(session, row.id)
    start = (page or 0) * PAGE_SIZE
    if page is not None and page > 0 and start >= total:
        raise NotFound("Cette page n’existe pas.")
    found = rows.public_page(session, row.id, start, PAGE_SIZE)
    published = [_published(site, one) for one in found]
    address, source = site.collection(row.id), site.text(row.id, row.version)
    if page is None:
        return collection_json(address, source, f"Marques sur « {row.title} »", published, total)
    return page_json(address, source, published, start, total)


def annotation(session: Session, document_id: int, number: int, base: str) -> dict[str, Any]:
    """Return one public mark; raise `NotFound` for any other."""
    row = texts.published(session, document_id)
    one = rows.public_one(session, row.id, number)
    if one is None:
        raise NotFound("Cette marque n’existe pas, ou n’est pas publique.")
    site = Site(base)
    source = site.text(row.id, one.version)
    return {"@context": CONTEXT_IRI} | annotation_json(_published(site, one), source)


def _published(site: Site, row: AnnotationRow) -> Published:
    return Published(site.annotation(row), annotation_of(row), row.sent_at or row.created_at)
