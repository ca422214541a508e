"""The list of published documents, and the search in it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy.orm import Session

from ...domain.dates import french_date, iso_date
from ...domain.documents.search import KIND_CODES, PROBLEM_CODES, STATUS_CODES, DocumentSearch
from ...domain.documents.values import (
    KIND_NAMES,
    PROBLEM_NAMES,
    STATUS_NAMES,
    Kind,
    Problem,
    Status,
)
from ...domain.search import COUNT_MAX
from ...domain.text import french_number
from ...persistence import document_search as rows
from ...persistence import structures
from ...persistence.tables import DocumentRow, StructureRow
from ..search_page import ChosenView

PAGE = 20
_NONE = "Aucun document"
LIST = "/documents"


@dataclass(frozen=True, slots=True)
class DocumentCardView:
    """A published document in a list; ``readers`` says how many marked it, empty for none."""

    id: int = 0
    href: str = ""
    title: str = ""
    kind: str = ""
    structure: str = ""
    problems: str = ""
    status: str = ""
    status_name: str = ""
    date: str = ""
    iso: str = ""
    readers: str = ""


@dataclass(frozen=True, slots=True)
class Results:
    """One page of the list, and where the next begins (``None`` at the end)."""

    cards: tuple[DocumentCardView, ...]
    next_key: int | None


def results(session: Session, asked: DocumentSearch, after: int | None = None) -> Results:
    """Return one page of the documents asked for, the newest first."""
    condition = asked.condition(_structure_id(session, asked))
    found = rows.find(session, condition, after, PAGE + 1)
    page = found[:PAGE]
    kept = rows.at_positions(session, page)
    listed = [kept[position] for position in page if position in kept]
    return Results(cards(session, listed), page[-1] if len(found) > PAGE else None)


def count(session: Session, asked: DocumentSearch) -> str:
    """Return how many documents match, in words."""
    condition = asked.condition(_structure_id(session, asked))
    number = rows.count(session, condition, COUNT_MAX + 1)
    if number > COUNT_MAX:
        return f"Plus de {french_number(COUNT_MAX)} documents"
    return f"{french_number(number)} document{'s' if number > 1 else ''}" if number else _NONE


def labels(session: Session, asked: DocumentSearch) -> dict[str, str]:
    """Return the words of each filter in use, by name; words that are looked for are none."""
    named = {
        "probleme": PROBLEM_NAMES[PROBLEM_CODES[asked.probleme]] if asked.probleme else "",
        "statut": STATUS_NAMES[STATUS_CODES[asked.statut]] if asked.statut else "",
        "sorte": KIND_NAMES[KIND_CODES[asked.sorte]] if asked.sorte else "",
    }
    if asked.service:
        row = structures.by_code(session, asked.service)
        named["service"] = row.label if row is not None else "Service inconnu"
    return {name: words for name, words in named.items() if words}


def chosen(session: Session, asked: DocumentSearch) -> list[ChosenView]:
    """Return the filters in use, each with the way to take it off."""
    return [
        ChosenView(words, LIST + asked.without(name).query())
        for name, words in labels(session, asked).items()
    ]


def cards(session: Session, some: Collection[DocumentRow]) -> tuple[DocumentCardView, ...]:
    """Return documents as a list shows them, in their order."""
    ids = {row.structure_id for row in some if row.structure_id is not None}
    where = structures.by_ids(session, ids)
    return tuple(card(row, where.get(row.structure_id or 0)) for row in some)


def card(row: DocumentRow, where: StructureRow | None, href: str = "") -> DocumentCardView:
    """Return a document as a list shows it; ``href`` leads elsewhere than to its public page."""
    moment = row.status_at or row.published_at or row.created_at
    return DocumentCardView(
        id=row.id,
        href=href or public_href(row),
        title=row.title,
        kind=KIND_NAMES[Kind(row.kind)],
        structure=where.label if where is not None else "Administration inconnue",
        problems=", ".join(PROBLEM_NAMES[Problem(one)] for one in row.problems),
        status=row.status,
        status_name=STATUS_NAMES[Status(row.status)],
        date=french_date(moment),
        iso=iso_date(moment),
        readers=readers(row.readers),
    )


def public_href(row: DocumentRow) -> str:
    """Return the address of the public page of a document."""
    return f"{LIST}/{row.id}-{row.slug}" if row.slug else f"{LIST}/{row.id}"


def readers(number: int) -> str:
    """Say how many people marked a document; nothing for nobody."""
    if number < 2:
        return "1 personne l’a marqué" if number else ""
    return f"{number} personnes l’ont marqué"


def _structure_id(session: Session, asked: DocumentSearch) -> int | None:
    if not asked.service:
        return None
    row = structures.by_code(session, asked.service)
    return row.id if row is not None else None
