"""Words masked in all that stands around a text: nothing shown of it holds them any more."""

from __future__ import annotations

from sqlalchemy.orm import Session

from ..domain.privacy import Kind
from ..domain.privacy.masks import replaced
from ..persistence import experiences, held, reports
from ..persistence.tables import AnswerOriginalRow, AnswerRow, JobRow
from . import jobs, originals

Pieces = list[tuple[str, Kind]]

REPORTS_MAX = 1000
"""Reports of a text, and of what answers it, whose words are looked at: the newest."""


def mask(session: Session, experience_id: int, pieces: Pieces) -> list[int]:
    """Mask words in answers, replies, notes, appeals, reports and mails; return replies changed.

    What the author answered is sealed first, as their text is. No right is decided here.
    """
    for answer in experiences.answers(session, experience_id):
        _answer(session, answer, pieces)
    changed = [
        reply.id
        for reply, _ in experiences.replies(session, experience_id)
        if _change(reply, ("text", "signature"), pieces)
    ]
    for version in experiences.versions(session, experience_id):
        _change(version, ("note",), pieces)
    for decision in experiences.decisions(session, experience_id):
        _change(decision, ("message",), pieces)
    for appeal in held.appeals(session, experience_id):
        _change(appeal, ("text", "message"), pieces)
    cases = reports.of_experience(session, experience_id)
    for case in cases:
        _change(case, ("message",), pieces)
    for said in reports.words(session, cases, REPORTS_MAX):
        _change(said, ("text",), pieces)
    for job in held.mails(session, experience_id):
        _mail(job, pieces)
    return changed


def _change(row: object, names: tuple[str, ...], pieces: Pieces) -> bool:
    """Mask words in columns of a row; whether it held some."""
    changed = False
    for name in names:
        before = str(getattr(row, name))
        after = replaced(before, pieces)
        if after != before:
            setattr(row, name, after)
            changed = True
    return changed


def _answer(session: Session, answer: AnswerRow, pieces: Pieces) -> None:
    before = answer.text
    if _change(answer, ("text",), pieces) and session.get(AnswerOriginalRow, answer.id) is None:
        originals.keep_answer(session, answer, before)


def _mail(job: JobRow, pieces: Pieces) -> None:
    words = {name: str(text) for name, text in job.payload.get(jobs.WORDS, {}).items()}
    told = {name: replaced(text, pieces) for name, text in words.items()}
    if told != words:
        job.payload = {**job.payload, jobs.WORDS: told}
