"""Experiences made for benchmarks: where they may belong, which they are, how they go."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from sqlalchemy import delete, func, select, tuple_
from sqlalchemy.orm import Session

from .structures import ids_of
from .tables import (
    AnswerOriginalRow,
    AnswerRow,
    AppealRow,
    ClaimRow,
    ContactRow,
    ExperienceRow,
    ExperienceStructureRow,
    FingerprintRow,
    ImportedExperienceRow,
    ModerationRow,
    NetworkRow,
    OriginalRow,
    PrivateLinkRow,
    ReplyRow,
    ReplyVoteRow,
    ReportCaseRow,
    ReportRow,
    SecondLookRow,
    SimilarVoteRow,
    StructureRow,
    TypologyRow,
    VersionRow,
    VisitorItemRow,
)

SOURCE = "generated"
_SOME = 500


class TargetRow(NamedTuple):
    """A structure in use, as a generated experience may meet it."""

    id: int
    network_id: int
    path_ids: tuple[int, ...]
    department: str
    town: str
    network: str
    typology: str


def targets(session: Session) -> list[TargetRow]:
    """Return the structures in use, by id."""
    row = StructureRow
    query = (
        select(
            row.id,
            row.network_id,
            row.path,
            row.department,
            row.town,
            NetworkRow.name,
            TypologyRow.name,
        )
        .join(NetworkRow, NetworkRow.id == row.network_id)
        .join(TypologyRow, TypologyRow.id == row.typology_id)
        .where(row.active)
        .order_by(row.id)
    )
    return [
        TargetRow(number, network_id, tuple(ids_of(path)), department, town, network, typology)
        for number, network_id, path, department, town, network, typology in session.execute(query)
    ]


def origin(experience_id: int, serial: int) -> dict[str, Any]:
    """Return the row that tells an experience was generated."""
    return {
        "experience_id": experience_id,
        "source": SOURCE,
        "source_id": str(serial),
        "digest": "",
        "rest": {},
        "repaired": [],
    }


def ids(session: Session) -> list[int]:
    """Return the ids of every generated experience."""
    row = ImportedExperienceRow
    query = select(row.experience_id).where(row.source == SOURCE).order_by(row.experience_id)
    return list(session.scalars(query))


def last(session: Session) -> int:
    """Return the highest number a generated experience bears; 0 when there is none."""
    row = ImportedExperienceRow
    query = (
        select(row.source_id)
        .where(row.source == SOURCE)
        .order_by(func.length(row.source_id).desc(), row.source_id.desc())
        .limit(1)
    )
    return int(session.scalar(query) or 0)


def positions_of(session: Session, some: Sequence[int]) -> list[int]:
    """Return the positions of these experiences."""
    row = ExperienceRow
    query = select(row.position).where(
        row.id.between(some[0], some[-1]),
        row.id.in_(select(_generated())),
        row.position.is_not(None),
    )
    return [int(position) for position in session.scalars(query) if position is not None]


def _generated() -> Any:
    row = ImportedExperienceRow
    return select(row.experience_id).where(row.source == SOURCE).subquery().c.experience_id


def told_by_people(session: Session, demonstration: Collection[str]) -> int:
    """Return how many experiences are neither generated nor of the demonstration (its UUIDs)."""
    origin_row = ImportedExperienceRow
    query = (
        select(func.count())
        .select_from(ExperienceRow)
        .outerjoin(origin_row, origin_row.experience_id == ExperienceRow.id)
        .where(
            func.coalesce(origin_row.source, "") != SOURCE,
            ExperienceRow.uuid.not_in(list(demonstration)),
        )
    )
    return int(session.scalar(query) or 0)


def counted(session: Session, some: Sequence[int]) -> dict[int, tuple[int, int]]:
    """Return what these generated experiences take from the counts of structures, negative."""
    link = ExperienceStructureRow
    query = (
        select(link.structure_id, func.count(), func.count(link.replied_at))
        .where(
            link.experience_id.between(some[0], some[-1]),
            link.experience_id.in_(select(_generated())),
            link.published_at.is_not(None),
        )
        .group_by(link.structure_id)
    )
    return {key: (-published, -replied) for key, published, replied in session.execute(query)}


def remove(session: Session, some: Sequence[int]) -> None:
    """Delete these generated experiences and every row that hangs on them; the journal stays."""
    for start in range(0, len(some), _SOME):
        wanted = list(some[start : start + _SOME])
        replies = select(ReplyRow.id).where(ReplyRow.experience_id.in_(wanted))
        answers = select(AnswerRow.id).where(AnswerRow.experience_id.in_(wanted))
        session.execute(delete(ReplyVoteRow).where(ReplyVoteRow.reply_id.in_(replies)))
        session.execute(delete(AnswerOriginalRow).where(AnswerOriginalRow.answer_id.in_(answers)))
        _reports(session, wanted)
        for table in (
            SecondLookRow,
            FingerprintRow,
            OriginalRow,
            AppealRow,
            ModerationRow,
            AnswerRow,
            ReplyRow,
            SimilarVoteRow,
            VisitorItemRow,
            PrivateLinkRow,
            ContactRow,
            VersionRow,
            ExperienceStructureRow,
            ImportedExperienceRow,
        ):
            session.execute(delete(table).where(table.experience_id.in_(wanted)))
        session.execute(delete(ExperienceRow).where(ExperienceRow.id.in_(wanted)))


def _reports(session: Session, experience_ids: Sequence[int]) -> None:
    """Delete what was reported of these experiences, and who was reading them."""
    case = ReportCaseRow
    query = select(case.kind, case.subject_id).where(case.experience_id.in_(experience_ids))
    subjects = [("experience", one) for one in experience_ids]
    subjects += [(kind, subject) for kind, subject in session.execute(query)]
    for table in (ReportRow, ClaimRow):
        same = tuple_(table.kind, table.subject_id).in_(subjects)
        session.execute(delete(table).where(same))
    session.execute(delete(case).where(case.experience_id.in_(experience_ids)))
