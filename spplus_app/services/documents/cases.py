"""What becomes of the reports of a document and of its marks, as these move by themselves."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy.orm import Session

from ...domain.documents.marks import Standing
from ...domain.documents.stages import Stage
from ...domain.reports import CaseStatus, Kind
from ...persistence import erasure, reports
from ...persistence.tables import AnnotationRow, DocumentRow
from .. import clock, record

_HIDDEN = (
    "Cette marque est signalée. Elle est masquée le temps qu’une personne de la modération la "
    "relise\u00a0: vous seul la voyez."
)
_REMOVED = (
    "La modération a relu cette marque, et l’a retirée\u00a0: vous seul la voyez encore. Vous "
    "pouvez l’effacer."
)


def settle(session: Session, row: DocumentRow) -> None:
    """Close the cases of a document that is no longer public, for good, and of its marks."""
    refused = row.stage == Stage.REFUSED
    status = CaseStatus.REMOVED if refused else CaseStatus.CLOSED
    reports.settle(session, Kind.DOCUMENT, row.id, status.value, clock.now())
    reports.close_marks(session, row.id, clock.now())


def forget_mark(session: Session, row: AnnotationRow) -> None:
    """Delete what was reported of a mark that its reader takes back; a decision stays, dated."""
    if row.status == Standing.PRIVATE or reports.case(session, Kind.MARK, row.id) is None:
        return
    erasure.reports_of(session, Kind.MARK.value, [row.id])
    record.changed(session, record.MODERATION)


def told(session: Session, marks: Collection[AnnotationRow]) -> dict[int, str]:
    """Return what their reader is told of those that moderation holds or took off, by id."""
    hidden = {one.id: _HIDDEN for one in marks if one.status == Standing.HIDDEN}
    removed = [one.id for one in marks if one.status == Standing.REMOVED]
    cases = reports.of_texts(session, Kind.MARK.value, removed)
    why = {number: cases[number].message.replace("\n\n", ". ") for number in cases}
    return hidden | {
        number: f"{_REMOVED} Motif\u00a0: {why[number]}" if why.get(number) else _REMOVED
        for number in removed
    }
