"""What is read of reports: the text somebody is about to report, and moderation's open cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.orm import Session

from ..domain.dates import french_moment
from ..domain.errors import NotFound
from ..domain.privacy import find
from ..domain.reports import (
    ADDRESSES,
    IN_DOCUMENT,
    KIND_NAMES,
    REASON_NAMES,
    CaseStatus,
    ReportReason,
)
from ..domain.roles import Viewer
from ..domain.text import excerpt, french_number
from ..persistence import reports
from ..persistence.tables import ReportCaseRow
from . import clock, moderation, reported_texts
from .reported.text import GONE, Reported
from .views import CaseView, ReportedView

PAGE = 20
WORDS = 200
"""Explanations read for the cases of a page, the newest first."""
KEPT = "Aucun signalement. Qui répond garde des mots qu’un programme croit personnels."
WATCHED = timedelta(days=30)
"""How long a kept text that is reported again stays listed."""


@dataclass(frozen=True, slots=True)
class Cases:
    """What waits for moderation, and what it kept that is reported again."""

    waiting: tuple[CaseView, ...]
    total: int
    kept: tuple[CaseView, ...]


def asked(session: Session, word: str, number: int) -> ReportedView:
    """Return the public text that an address names; raise `NotFound` for any other."""
    kind = reported_texts.kind_of(word)
    text = reported_texts.find(session, kind, number)
    if not text.public:
        raise NotFound(GONE)
    return ReportedView(
        kind=ADDRESSES[kind],
        id=number,
        kind_name=KIND_NAMES[kind],
        title=text.title,
        excerpt=excerpt(" ".join(text.paragraphs), 300),
        back=text.href,
        in_document=kind in IN_DOCUMENT,
    )


def cases(session: Session, viewer: Viewer) -> Cases:
    """Return what is reported: hidden texts first, then the longest waiting; for moderation."""
    moderation.check(viewer)
    waiting = reports.waiting(session, PAGE)
    kept = reports.kept_and_reported(session, clock.now() - WATCHED, PAGE)
    texts = reported_texts.several(session, map(_key, [*waiting, *kept]))
    views = _views(session, [*waiting, *kept], texts)
    return Cases(
        waiting=tuple(views[_key(one)] for one in waiting if _key(one) in views),
        total=reports.waiting_count(session),
        # One that its author took back since is not to be read again.
        kept=tuple(
            views[_key(one)] for one in kept if _key(one) in views and texts[_key(one)].published
        ),
    )


def _key(case: ReportCaseRow) -> tuple[str, int]:
    return case.kind, case.subject_id


def _views(
    session: Session,
    rows: Sequence[ReportCaseRow],
    texts: Mapping[tuple[str, int], Reported],
) -> dict[tuple[str, int], CaseView]:
    counts = reports.counts(session, rows)
    words: dict[tuple[str, int], list[str]] = {}
    for said in reports.words(session, rows, WORDS):
        line = f"{REASON_NAMES[ReportReason(said.reason)]}\u00a0: {said.text}"
        words.setdefault((said.kind, said.subject_id), []).append(line)
    found = {}
    for case in rows:
        key = _key(case)
        if key in texts:
            told = [
                f"{name}\u00a0: {french_number(n)}"
                for reason, name in REASON_NAMES.items()
                if (n := counts.get((*key, reason.value), 0))
            ]
            found[key] = _view(case, texts[key], told, words.get(key, []))
    return found


def _view(case: ReportCaseRow, text: Reported, reasons: list[str], words: list[str]) -> CaseView:
    states = {
        CaseStatus.OPEN: "Masqué le temps d’une vérification" if case.hidden else "Encore publié",
        CaseStatus.KEPT: "Signalé, gardé",
    }
    plural = "s" if case.reports > 1 else ""
    return CaseView(
        kind=case.kind,
        id=case.subject_id,
        version=text.version,
        kind_name=KIND_NAMES[text.kind],
        title=text.title,
        about=text.about,
        href=text.desk,
        paragraphs=text.paragraphs,
        hidden=case.hidden,
        state=states.get(CaseStatus(case.status), ""),
        date=french_moment(case.opened_at),
        iso=case.opened_at.isoformat(),
        told=f"{french_number(case.reports)}\u00a0signalement{plural}" if case.reports else KEPT,
        reasons=reasons,
        words=[*words, *_kept(text)],
        ident=f"{case.kind}-{case.subject_id}",
    )


def _kept(text: Reported) -> list[str]:
    """Return the words that a machine sees as personal: who wrote them kept them."""
    said = text.unmasked
    return [f"Mots gardés\u00a0: {said[one.start : one.end]}" for one in find(said)]
