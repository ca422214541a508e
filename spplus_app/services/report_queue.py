"""What is read of reports: the text somebody is about to report, and moderation's open cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.orm import Session

from ..domain.dates import french_moment
from ..domain.errors import NotFound
from ..domain.experiences import Status
from ..domain.privacy import find
from ..domain.reports import ADDRESSES, KIND_NAMES, REASON_NAMES, CaseStatus, Kind, ReportReason
from ..domain.roles import Viewer
from ..domain.text import excerpt, french_number
from ..persistence import experiences, reports
from ..persistence.tables import ReportCaseRow
from . import clock, moderation, reading, reported_texts
from .reported_texts import GONE, Reported
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
        back=reading.href(text.experience),
    )


def cases(session: Session, viewer: Viewer) -> Cases:
    """Return what is reported: hidden texts first, then the longest waiting; for moderation."""
    moderation.check(viewer)
    waiting = reports.waiting(session, PAGE)
    kept = reports.kept_and_reported(session, clock.now() - WATCHED, PAGE)
    views = _views(session, [*waiting, *kept])
    return Cases(
        waiting=tuple(views[_key(one)] for one in waiting if _key(one) in views),
        total=reports.waiting_count(session),
        kept=tuple(views[_key(one)] for one in kept if _key(one) in views),
    )


def _key(case: ReportCaseRow) -> tuple[str, int]:
    return case.kind, case.subject_id


def _views(session: Session, rows: Sequence[ReportCaseRow]) -> dict[tuple[str, int], CaseView]:
    texts = _texts(session, rows)
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


def _texts(session: Session, rows: Sequence[ReportCaseRow]) -> dict[tuple[str, int], Reported]:
    """Return the texts of these cases, read together."""
    by_kind: dict[str, list[int]] = {}
    for case in rows:
        by_kind.setdefault(case.kind, []).append(case.subject_id)
    answers = reports.answers(session, by_kind.get(Kind.ANSWER, []))
    asked = [*by_kind.get(Kind.REPLY, []), *(one.reply_id for one in answers.values())]
    replies = reports.replies(session, asked)
    about = experiences.several(
        session, [case.experience_id for case in rows if case.experience_id is not None]
    )
    found: dict[tuple[str, int], Reported] = {}
    for case in rows:
        number, row = case.subject_id, about.get(case.experience_id or 0)
        if row is None:
            continue
        answer = answers.get(number) if case.kind == Kind.ANSWER else None
        reply_id = answer.reply_id if answer is not None else number
        reply, structure = (
            replies.get(reply_id, (None, None)) if case.kind != Kind.EXPERIENCE else (None, None)
        )
        found[_key(case)] = Reported(Kind(case.kind), number, row, reply, structure, answer)
    return found


def _view(case: ReportCaseRow, text: Reported, reasons: list[str], words: list[str]) -> CaseView:
    states = {
        CaseStatus.OPEN: "Masqué le temps d’une vérification" if case.hidden else "Encore publié",
        CaseStatus.KEPT: "Signalé, gardé",
    }
    plural = "s" if case.reports > 1 else ""
    published = text.experience.status == Status.PUBLISHED
    return CaseView(
        kind=case.kind,
        id=case.subject_id,
        version=text.version,
        kind_name=KIND_NAMES[text.kind],
        title=text.title,
        about="" if text.kind is Kind.EXPERIENCE else text.experience.title,
        href=reading.href(text.experience)
        if published
        else f"/espace/moderation/{text.experience.id}",
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
    """Return the words of a reply that a machine sees as personal: who wrote it kept them."""
    if text.kind is Kind.EXPERIENCE:
        return []
    said = "\n\n".join(text.paragraphs)
    return [f"Mots gardés\u00a0: {said[one.start : one.end]}" for one in find(said)]
