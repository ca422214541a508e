"""Documents for those who work on them: moderation directs them, their administration rewrites."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from ...domain.documents.annotations import Tone
from ...domain.documents.values import ACT_NAMES, Status
from ...domain.errors import Refused, SignedOut
from ...domain.roles import Right, Viewer
from ...domain.text import excerpt
from ...persistence import document_inboxes as rows
from ...persistence import structures
from ...persistence.tables import DocumentRow, StructureRow
from .. import record
from . import listing, statuses
from .listing import DocumentCardView

PAGE = 10
HOTTEST = 3
"""Sentences told of each document: those that most readers did not find clear."""
SENTENCE = 240
"""Characters of a sentence that are shown."""


@dataclass(frozen=True, slots=True)
class HotView:
    """A sentence that readers did not find clear, and how many of them."""

    text: str
    told: str


@dataclass(frozen=True, slots=True)
class ActView:
    """What one may do with a document."""

    act: str
    label: str


@dataclass(frozen=True, slots=True)
class DocumentWorkView:
    """A document to work on; ``unknown`` when moderation must say whose it is."""

    card: DocumentCardView
    marks: str = ""
    hot: list[HotView] = field(default_factory=list)
    acts: list[ActView] = field(default_factory=list)
    unknown: bool = False


@dataclass(frozen=True, slots=True)
class Inbox:
    """One page of documents, and where the next begins (``None`` at the end)."""

    rows: tuple[DocumentWorkView, ...]
    next_key: int | None


def topics(viewer: Viewer) -> list[str]:
    """The topics that tell that something moved in this inbox."""
    return [record.DOCUMENTS] if viewer.signed_in else []


def inbox(session: Session, viewer: Viewer, after: int | None = None) -> Inbox:
    """Return a page of the documents this viewer works on, the newest first.

    Moderation sees those that are to be sent to their administration; agents, those that were
    sent to their structures and to all below. Raises `SignedOut`, `Refused`.
    """
    if not viewer.signed_in:
        raise SignedOut
    if viewer.may(Right.MODERATE):
        found = rows.to_direct(session, after, PAGE + 1)
    elif viewer.may(Right.READ_INBOX):
        found = rows.under(session, viewer.roots(Right.READ_INBOX), after, PAGE + 1)
    else:
        raise Refused
    page = found[:PAGE]
    ids = {row.structure_id for row in page if row.structure_id is not None}
    where = structures.by_ids(session, ids)
    hot = _hottest(session, page)
    shown = tuple(
        _work(viewer, row, where.get(row.structure_id or 0), hot.get(row.id, [])) for row in page
    )
    return Inbox(shown, page[-1].position if len(found) > PAGE else None)


def _work(
    viewer: Viewer, row: DocumentRow, where: StructureRow | None, hot: list[HotView]
) -> DocumentWorkView:
    return DocumentWorkView(
        card=listing.card(row, where),
        marks=_marks(row),
        hot=hot,
        acts=[ActView(act.value, ACT_NAMES[act]) for act in statuses.allowed(viewer, row, where)],
        unknown=where is None and row.status == Status.RECEIVED,
    )


def _marks(row: DocumentRow) -> str:
    if not row.marks:
        return "Personne ne l’a encore marqué."
    plural = "s" if row.marks > 1 else ""
    people = "d’une personne" if row.readers == 1 else f"de {row.readers} personnes"
    return f"{row.marks} marque{plural}, {people}"


def _hottest(session: Session, page: list[DocumentRow]) -> dict[int, list[HotView]]:
    """Return the sentences of each document that most readers did not find clear."""
    kept = rows.heat(session, {row.id: row.version for row in page})
    hot: dict[int, list[tuple[int, int]]] = {}
    for one in kept:
        counts = dict(one.counts)
        hard = int(counts.get(Tone.UNCLEAR.value, 0)) + int(counts.get(Tone.WORRYING.value, 0))
        if hard:
            hot.setdefault(one.document_id, []).append((-hard, one.sentence))
    versions = rows.versions(session, [row.id for row in page if row.id in hot])
    found: dict[int, list[HotView]] = {}
    for row in page:
        version = versions.get((row.id, row.version))
        if version is None:
            continue
        for hard, sentence in sorted(hot[row.id])[:HOTTEST]:
            start, end, _ = version.sentences[sentence]
            text = excerpt(version.text[start:end], SENTENCE)
            found.setdefault(row.id, []).append(HotView(text, _people(-hard)))
    return found


def _people(number: int) -> str:
    return "1 personne" if number == 1 else f"{number} personnes"
