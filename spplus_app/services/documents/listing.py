"""The list of published documents, and the search in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

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
from ...domain.highlight import passage, runs
from ...domain.search import COUNT_MAX
from ...domain.text import french_number
from ...persistence import document_search as rows
from ...persistence import documents, structures
from ...persistence.tables import DocumentRow, StructureRow
from ..search_page import ChosenView, NumbersView
from ..views import RunView

PAGE = 20
SEARCHED = 20_000
"""Characters of a text in which the words to show on its card are looked for."""
_NONE = "Aucun document"
_PROBLEMS = {one.value: code for code, one in PROBLEM_CODES.items()}
_STATUSES = {one.value: code for code, one in STATUS_CODES.items()}
_KINDS = {one.value: code for code, one in KIND_CODES.items()}
"""What is kept → how an address names it."""
LIST = "/documents"


@dataclass(frozen=True, slots=True)
class DocumentCardView:
    """A published document in a list; ``readers`` says how many marked it, empty for none.

    ``title_runs`` and ``found`` show the words that were looked for, empty for none.
    """

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
    title_runs: list[RunView] = field(default_factory=list)
    found: list[RunView] = field(default_factory=list)


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
    wanted = frozenset(term for group in condition.words for term in group)
    shown = cards(session, listed)
    if wanted:
        texts = documents.beginnings(session, [row.id for row in listed], SEARCHED)
        shown = tuple(
            _marked(one, row, texts.get(row.id, ""), wanted)
            for one, row in zip(shown, listed, strict=True)
        )
    return Results(shown, page[-1] if len(found) > PAGE else None)


def _marked(
    card: DocumentCardView, row: DocumentRow, text: str, wanted: frozenset[str]
) -> DocumentCardView:
    """Show on a card the words that were looked for: in its title, and where they stand."""
    told = (_shown(one, wanted) for one in (text, row.hard, row.described, row.form))
    found = next((shown for shown in told if any(hit for _, hit in shown)), [])
    return replace(
        card,
        title_runs=[RunView(text, hit) for text, hit in runs(row.title, wanted)],
        found=[RunView(text, hit) for text, hit in found],
    )


def _shown(text: str, wanted: frozenset[str]) -> list[tuple[str, bool]]:
    return runs(passage(text, wanted), wanted) if text else []


def total(session: Session, asked: DocumentSearch) -> NumbersView:
    """Count what matches only, and say it in words."""
    found = rows.count(session, asked.condition(_structure_id(session, asked)), COUNT_MAX + 1)
    return _said(found, {})


def numbers(session: Session, asked: DocumentSearch) -> NumbersView:
    """Count what matches and what each filter would leave, and say it in words.

    A filter in use is counted as if it were not. Past `COUNT_MAX` only the newest are counted.
    """
    structure_id = _structure_id(session, asked)
    condition = asked.condition(structure_id)
    tallied = rows.tally(session, condition, COUNT_MAX)
    values = _values(tallied)
    for name in values:
        if getattr(asked, name):
            without = asked.without(name).condition(structure_id)
            values[name] = _values(rows.tally(session, without, COUNT_MAX))[name]
    found = sum(times for *_, times in tallied)
    if found == COUNT_MAX:
        found = rows.count(session, condition, COUNT_MAX + 1)
    return _said(found, values)


def _values(tallied: list[tuple[str, str, list[str], int]]) -> dict[str, Counter[str]]:
    """Return how many bear each value, by filter and value as addresses name them."""
    values: dict[str, Counter[str]] = {name: Counter() for name in ("probleme", "statut", "sorte")}
    for status, kind, problems, times in tallied:
        values["statut"][_STATUSES[status]] += times
        values["sorte"][_KINDS[kind]] += times
        for one in problems:
            values["probleme"][_PROBLEMS[one]] += times
    return values


def _said(found: int, values: Mapping[str, Mapping[str, int]]) -> NumbersView:
    written = {
        f"{name}={value}": french_number(times)
        for name, group in values.items()
        for value, times in group.items()
    }
    if found > COUNT_MAX:
        most = french_number(COUNT_MAX)
        note = f"Les nombres à côté des filtres portent sur les {most} plus récents."
        return NumbersView(f"Plus de {most} documents", note, written)
    if not found:
        return NumbersView(_NONE, "", written)
    return NumbersView(f"{french_number(found)} document{'s' if found > 1 else ''}", "", written)


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
