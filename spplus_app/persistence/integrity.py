"""What `spplus check` compares: kept values beside what they are kept from."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import and_, case, delete, func, insert, or_, select, text, update
from sqlalchemy.orm import Session

from .tables import (
    ExperienceRow,
    ExperienceStructureRow,
    GrantRow,
    ReplyRow,
    StructureCountRow,
    StructureRow,
    VersionRow,
)


def database_faults(session: Session) -> list[str]:
    """Return what the database itself finds wrong in its file; PostgreSQL checks as it writes."""
    if session.get_bind().dialect.name != "sqlite":
        return []
    found = [row[0] for row in session.execute(text("PRAGMA integrity_check"))]
    return [] if found == ["ok"] else found


def orphans(session: Session) -> list[str]:
    """Return the rows that name a row that is not there; PostgreSQL refuses them at writing."""
    if session.get_bind().dialect.name != "sqlite":
        return []
    rows = session.execute(text("PRAGMA foreign_key_check"))
    return [f"{table} {row_id} → {parent}" for table, row_id, parent, _ in rows]


class Counts(NamedTuple):
    """The counts kept of a structure."""

    published: int
    replied: int


def kept_counts(session: Session) -> dict[int, Counts]:
    """Return the counts kept, by structure; those at zero left out."""
    rows = session.scalars(select(StructureCountRow))
    found = {row.structure_id: Counts(row.published, row.replied) for row in rows}
    return {key: counts for key, counts in found.items() if counts != Counts(0, 0)}


def true_counts(session: Session) -> dict[int, Counts]:
    """Return the counts made again from the published experiences, by structure."""
    link = ExperienceStructureRow
    replied = func.sum(case((link.replied_at.is_not(None), 1), else_=0))
    query = (
        select(link.structure_id, func.count(), replied)
        .join(ExperienceRow, ExperienceRow.id == link.experience_id)
        .where(ExperienceRow.status == "published")
        .group_by(link.structure_id)
    )
    return {key: Counts(int(all_), int(some)) for key, all_, some in session.execute(query)}


def write_counts(session: Session, counts: dict[int, Counts]) -> None:
    """Replace the counts of every structure."""
    session.execute(delete(StructureCountRow))
    if counts:
        session.execute(
            insert(StructureCountRow),
            [{"structure_id": key, **value._asdict()} for key, value in sorted(counts.items())],
        )


def wrong_replies(session: Session) -> dict[int, tuple[int, int]]:
    """Return the experiences whose number of replies is wrong: kept and true number, by id."""
    true = (
        select(func.count())
        .where(ReplyRow.experience_id == ExperienceRow.id, ReplyRow.status == "published")
        .correlate(ExperienceRow)
        .scalar_subquery()
    )
    query = select(ExperienceRow.id, ExperienceRow.replies, true).where(
        ExperienceRow.replies != true
    )
    return {row_id: (int(kept), int(found)) for row_id, kept, found in session.execute(query)}


def write_replies(session: Session, wrong: dict[int, tuple[int, int]]) -> None:
    """Write the true number of replies of these experiences."""
    for row_id, (_, true) in wrong.items():
        session.execute(
            update(ExperienceRow).where(ExperienceRow.id == row_id).values(replies=true)
        )


def wrong_versions(session: Session) -> list[int]:
    """Return the experiences whose version is not the last of their versions."""
    last = (
        select(func.max(VersionRow.number))
        .where(VersionRow.experience_id == ExperienceRow.id)
        .correlate(ExperienceRow)
        .scalar_subquery()
    )
    query = select(ExperienceRow.id).where(func.coalesce(last, 0) != ExperienceRow.version)
    return list(session.scalars(query.order_by(ExperienceRow.id)))


class Opened(NamedTuple):
    """A structure met in an experience, and when it came to its inbox."""

    experience_id: int
    position: int
    structure_id: int
    path: str
    status: str
    experience_published_at: datetime | None
    published_at: datetime | None
    due_at: datetime | None
    replied_at: datetime | None


def opened(session: Session) -> list[Opened]:
    """Return every structure met that is in an inbox, or should be."""
    link = ExperienceStructureRow
    query = (
        select(
            link.experience_id,
            link.position,
            link.structure_id,
            StructureRow.path,
            ExperienceRow.status,
            ExperienceRow.published_at,
            link.published_at,
            link.due_at,
            link.replied_at,
        )
        .join(ExperienceRow, ExperienceRow.id == link.experience_id)
        .join(StructureRow, StructureRow.id == link.structure_id)
        .where(or_(ExperienceRow.status == "published", link.published_at.is_not(None)))
    )
    return [Opened._make(row) for row in session.execute(query)]


def write_opened(
    session: Session, row: Opened, published_at: datetime | None, due_at: datetime | None
) -> None:
    """Write when a structure met came to its inbox and becomes late."""
    link = ExperienceStructureRow
    session.execute(
        update(link)
        .where(link.experience_id == row.experience_id, link.position == row.position)
        .values(published_at=published_at, due_at=due_at)
    )


def lost_grants(session: Session, scoped: frozenset[str]) -> list[int]:
    """Return the grants of a role of ``scoped`` without structure, or of another with one."""
    query = select(GrantRow.id).where(
        GrantRow.revoked_at.is_(None),
        or_(
            and_(GrantRow.role.in_(scoped), GrantRow.structure_id.is_(None)),
            and_(GrantRow.role.not_in(scoped), GrantRow.structure_id.is_not(None)),
        ),
    )
    return list(session.scalars(query.order_by(GrantRow.id)))


def announced(session: Session) -> dict[int, int]:
    """Return the delays announced, in days, by structure."""
    query = select(StructureRow.id, StructureRow.announced_delay_days).where(
        StructureRow.announced_delay_days.is_not(None)
    )
    return {row_id: int(days) for row_id, days in session.execute(query) if days is not None}
