"""Reporting a published text, by anybody; and what a moderator decides of it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from ..domain.abuse import NOTHING, Gesture, Given
from ..domain.errors import Conflict, NotFound, Refused
from ..domain.journal import Entry
from ..domain.privacy import find, masked
from ..domain.reports import (
    CaseStatus,
    Decision,
    Kind,
    ReportReason,
    accepted,
    after,
    again,
    hides,
)
from ..domain.roles import Viewer
from ..persistence import reports
from ..persistence.tables import ReportCaseRow
from . import clock, limits, moderation, record, reported_texts
from .reported.text import GONE, Reported, bounded


def report(
    session: Session,
    viewer: Viewer,
    kind: Kind,
    number: int,
    reason: str,
    words: str,
    given: Given = NOTHING,
) -> None:
    """Keep what a visitor reports of a text, once for each version of it; hide it if it must be.

    The same twice changes nothing, also once the text is hidden. Raises `Refused` without a
    cookie, `Invalid`, `NotFound` for what is not public, `TooQuick`, `TooMany` or `ProofAsked`.
    What a program seems to send, and what one network says again of a text or of many texts, is
    read like any other report, and hides nothing.
    """
    if not viewer.visitor:
        raise Refused("Votre navigateur refuse le cookie qui permet de ne compter qu’une fois.")
    why, words = accepted(reason, words)
    limits.not_too_quick(given.stamp)
    about = [f"{kind.value}:{number}"]
    limits.allow(session, Gesture.REPORT, viewer, about, given)
    text = reported_texts.find(session, kind, number, hold=True)
    if reports.reported(session, kind, number, text.version, viewer.visitor):
        return
    if not text.public:
        raise NotFound(GONE)
    weighs = limits.within(session, Gesture.HIDE, viewer, about) and not given.automatic
    reports.add(
        session,
        kind=kind.value,
        subject_id=number,
        version=text.version,
        visitor=viewer.visitor,
        reason=why.value,
        text=masked(words, find(words)),
        weighs=weighs,
        now=clock.now(),
    )
    case = _counted(session, text)
    said = reports.weighing(session, kind, number, text.version)
    if weighs and hides(CaseStatus(case.status), map(ReportReason, said)):
        text.hide(session, viewer)
        case.hidden = True
    _told(session, viewer, text, Entry.REPORT_MADE, reason=why.value, reports=case.reports)


def _counted(session: Session, text: Reported) -> ReportCaseRow:
    """Count a report in the case of its text, opened or opened again where it must be."""
    now = clock.now()
    case = reports.case(session, text.kind, text.id, hold=True)
    if case is None:
        case = _opened(text, 1)
        session.add(case)
        return case
    was = CaseStatus(case.status)
    status = again(was, same_version=case.version == text.version)
    if was is not CaseStatus.OPEN:
        case.opened_at = now
    if status is CaseStatus.OPEN:
        case.decided_at, case.person_id, case.message = None, None, ""
    case.status, case.version = status.value, text.version
    case.reports += 1
    return case


def read_again(session: Session, kind: Kind, number: int) -> None:
    """Ask moderation to read a text that just left with words a machine has seen as personal.

    Nobody reported it: it is not hidden, and its case counts no report.
    """
    text = reported_texts.find(session, kind, number, hold=True)
    if reports.case(session, kind, number) is None:
        session.add(_opened(text, 0))
    record.changed(session, record.MODERATION)


def _opened(text: Reported, said: int) -> ReportCaseRow:
    return ReportCaseRow(
        kind=text.kind.value,
        subject_id=text.id,
        experience_id=text.experience_id,
        version=text.version,
        status=CaseStatus.OPEN.value,
        reports=said,
        hidden=False,
        opened_at=clock.now(),
    )


def decide(
    session: Session,
    viewer: Viewer,
    kind: Kind,
    number: int,
    version: int,
    decision: Decision,
    reason: str = "",
    message: str = "",
) -> None:
    """Keep a reported text, as it was, or remove it with a reason and words its author reads.

    Raises `Conflict` when the text or its case moved meanwhile, `Invalid`, `NotFound`.
    """
    moderation.check(viewer)
    text = reported_texts.find(session, kind, number, hold=True)
    case = reports.case(session, kind, number, hold=True)
    if case is None:
        raise NotFound("Ce texte n’est pas signalé.")
    if text.version != version:
        raise Conflict("Le texte a changé pendant votre lecture. Relisez-le avant de décider.")
    status = after(CaseStatus(case.status), decision)
    if not text.hidden and not text.published:  # its author took it back meanwhile
        status = CaseStatus.CLOSED
    elif decision is Decision.KEEP:
        message = bounded(message)
        if text.hidden:
            text.restore(session, viewer, message)
    else:
        message = text.remove(session, viewer, reason, message)
    case.status, case.hidden, case.version = status.value, False, text.version
    case.decided_at, case.person_id, case.message = clock.now(), viewer.person_id, message
    entry = Entry.REPORT_KEPT if status is CaseStatus.KEPT else Entry.REPORT_REMOVED
    if status is not CaseStatus.CLOSED:
        _told(session, viewer, text, entry, reason=reason, reports=case.reports)
    record.changed(session, record.MODERATION)


def _told(
    session: Session, viewer: Viewer, text: Reported, entry: Entry, **facts: str | int
) -> None:
    record.journal_entry(
        session,
        viewer,
        entry,
        (text.kind.value, text.id),
        after={"version": text.version, "hidden": text.hidden, **facts},
    )
    record.changed(session, record.MODERATION, text.topic)
