"""Reports of published texts, and the case of each reported text."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from .experiences import known_id
from .tables import (
    AnnotationRow,
    AnswerRow,
    ReplyRow,
    ReportCaseRow,
    ReportRow,
    StructureRow,
)


def add(
    session: Session,
    *,
    kind: str,
    subject_id: int,
    version: int,
    visitor: str,
    reason: str,
    text: str,
    weighs: bool,
    now: datetime,
) -> bool:
    """Keep what a visitor reports; False, and nothing kept, when they had reported this version."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    added = session.execute(
        insert(ReportRow)
        .values(
            kind=kind,
            subject_id=subject_id,
            version=version,
            visitor=visitor,
            reason=reason,
            text=text,
            weighs=weighs,
            created_at=now,
        )
        .on_conflict_do_nothing()
        .returning(ReportRow.id)
    ).first()
    return added is not None


def reported(session: Session, kind: str, subject_id: int, version: int, visitor: str) -> bool:
    """Whether a visitor has reported this version of a text."""
    row = ReportRow
    query = select(row.id).where(
        row.kind == kind,
        row.subject_id == subject_id,
        row.version == version,
        row.visitor == visitor,
    )
    return session.scalar(query) is not None


def case(
    session: Session, kind: str, subject_id: int, *, hold: bool = False
) -> ReportCaseRow | None:
    """Return the case of a text, held until the end of the gesture where asked."""
    if not known_id(subject_id):
        return None
    return session.get(
        ReportCaseRow,
        (kind, subject_id),
        with_for_update=True if hold else None,
        populate_existing=hold,
    )


def weighing(session: Session, kind: str, subject_id: int, version: int) -> list[str]:
    """Return the reasons of the reports of this version of a text that may hide it."""
    row = ReportRow
    query = select(row.reason).where(
        row.kind == kind, row.subject_id == subject_id, row.version == version, row.weighs
    )
    return list(session.scalars(query))


def counts(session: Session, cases: Collection[ReportCaseRow]) -> dict[tuple[str, int, str], int]:
    """Return how many reports each of these texts received, by kind, id and reason."""
    row = ReportRow
    if not cases:
        return {}
    query = (
        select(row.kind, row.subject_id, row.reason, func.count())
        .where(_of(cases))
        .group_by(row.kind, row.subject_id, row.reason)
    )
    return {(kind, key, reason): int(n) for kind, key, reason, n in session.execute(query)}


def words(session: Session, cases: Collection[ReportCaseRow], limit: int) -> list[ReportRow]:
    """Return the last reports of these texts that say something in words, the newest first."""
    row = ReportRow
    if not cases:
        return []
    query = select(row).where(_of(cases), row.text != "").order_by(row.id.desc()).limit(limit)
    return list(session.scalars(query))


def _of(cases: Collection[ReportCaseRow]) -> ColumnElement[bool]:
    row = ReportRow
    ids: dict[str, list[int]] = {}
    for one in cases:
        ids.setdefault(one.kind, []).append(one.subject_id)
    return or_(
        *((row.kind == kind) & row.subject_id.in_(sorted(some)) for kind, some in ids.items())
    )


def waiting(session: Session, limit: int) -> list[ReportCaseRow]:
    """Return the open cases: those whose text is hidden first, then the longest waiting."""
    row = ReportCaseRow
    query = (
        select(row)
        .where(row.status == "open")
        .order_by(row.hidden.desc(), row.opened_at, row.kind, row.subject_id)
        .limit(limit)
    )
    return list(session.scalars(query))


def waiting_count(session: Session) -> int:
    """Return how many cases are open."""
    query = select(func.count()).select_from(ReportCaseRow).where(ReportCaseRow.status == "open")
    return int(session.scalar(query) or 0)


def kept_and_reported(session: Session, since: datetime, limit: int) -> list[ReportCaseRow]:
    """Return the cases decided « kept » that were reported again since then, the newest first."""
    row = ReportCaseRow
    query = (
        select(row)
        .where(row.status == "kept", row.opened_at > since, row.opened_at > row.decided_at)
        .order_by(row.opened_at.desc(), row.kind, row.subject_id)
        .limit(limit)
    )
    return list(session.scalars(query))


def of_experience(session: Session, experience_id: int) -> list[ReportCaseRow]:
    """Return the cases of an experience, of its replies and of its author's answers."""
    row = ReportCaseRow
    query = select(row).where(row.experience_id == experience_id)
    return list(session.scalars(query.order_by(row.opened_at, row.kind, row.subject_id)))


def settle(session: Session, kind: str, subject_id: int, status: str, now: datetime) -> None:
    """Close the open case of a text that is no longer public, if it has one."""
    row = ReportCaseRow
    session.execute(
        update(row)
        .where(row.kind == kind, row.subject_id == subject_id, row.status == "open")
        .values(status=status, hidden=False, decided_at=now)
    )


def close(session: Session, experience_id: int, now: datetime) -> None:
    """Close every open case of an experience, of its replies and of its answers.

    That of a reply or an answer still says whether it is hidden: it would come back so.
    """
    row = ReportCaseRow
    session.execute(
        update(row)
        .where(row.experience_id == experience_id, row.status == "open")
        .values(status="closed", hidden=and_(row.hidden, row.kind != "experience"), decided_at=now)
    )


def reopen(session: Session, experience_id: int, now: datetime) -> None:
    """Open again the closed cases of what is still hidden about an experience."""
    row = ReportCaseRow
    session.execute(
        update(row)
        .where(row.experience_id == experience_id, row.status == "closed", row.hidden)
        .values(status="open", decided_at=None, opened_at=now)
    )


def close_marks(session: Session, document_id: int, now: datetime) -> None:
    """Close the open cases of the marks on a document that nobody reads any more."""
    row = ReportCaseRow
    here = select(AnnotationRow.id).where(AnnotationRow.document_id == document_id)
    session.execute(
        update(row)
        .where(row.kind == "mark", row.subject_id.in_(here), row.status == "open")
        .values(status="closed", hidden=False, decided_at=now)
    )


def of_texts(session: Session, kind: str, ids: Collection[int]) -> dict[int, ReportCaseRow]:
    """Return the cases of these texts of one kind, by id."""
    if not ids:
        return {}
    row = ReportCaseRow
    query = select(row).where(row.kind == kind, row.subject_id.in_(sorted(set(ids))))
    return {case.subject_id: case for case in session.scalars(query)}


def settle_answers(session: Session, experience_id: int, now: datetime) -> None:
    """Close the open cases of the answers to replies that are published no more."""
    row = ReportCaseRow
    gone = select(AnswerRow.id).where(
        AnswerRow.experience_id == experience_id, AnswerRow.status != "published"
    )
    session.execute(
        update(row)
        .where(row.kind == "answer", row.subject_id.in_(gone), row.status == "open")
        .values(status="closed", hidden=False, decided_at=now)
    )


def replies(session: Session, ids: Collection[int]) -> dict[int, tuple[ReplyRow, StructureRow]]:
    """Return these replies, whatever their state, with who replied."""
    if not ids:
        return {}
    query = (
        select(ReplyRow, StructureRow)
        .join(StructureRow, StructureRow.id == ReplyRow.structure_id)
        .where(ReplyRow.id.in_(sorted(set(ids))))
    )
    return {reply.id: (reply, structure) for reply, structure in session.execute(query)}


def answers(session: Session, ids: Collection[int]) -> dict[int, AnswerRow]:
    """Return these answers, whatever their state."""
    if not ids:
        return {}
    query = select(AnswerRow).where(AnswerRow.id.in_(sorted(set(ids))))
    return {row.id: row for row in session.scalars(query)}


def published_replies(session: Session, experience_id: int) -> list[tuple[int, datetime]]:
    """Return the structure and the moment of each published reply of an experience."""
    row = ReplyRow
    query = select(row.structure_id, row.published_at).where(
        row.experience_id == experience_id, row.status == "published"
    )
    return [(structure, moment) for structure, moment in session.execute(query)]
