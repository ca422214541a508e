"""Experiences that come from elsewhere: what is known of each, and where they may belong."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from .tables import (
    ExperienceRow,
    ExperienceStructureRow,
    ImportedExperienceRow,
    ReplyRow,
    StructureRow,
    TypologyRow,
    VersionRow,
)


class Known(NamedTuple):
    """An experience of a source that is here already, and the print of the row it came from."""

    experience_id: int
    digest: str


class PlaceRow(NamedTuple):
    """What tells a structure apart in the files of others."""

    id: int
    code: str
    path: str
    name: str
    usual_name: str
    typology: str
    postal_code: str


def known(session: Session, source: str) -> dict[str, Known]:
    """Return the experiences of a source, by their id there."""
    row = ImportedExperienceRow
    query = select(row.source_id, row.experience_id, row.digest).where(row.source == source)
    return {code: Known(number, digest) for code, number, digest in session.execute(query)}


def places(session: Session) -> list[PlaceRow]:
    """Return every structure, those in use first."""
    row = StructureRow
    query = (
        select(
            row.id, row.code, row.path, row.name, row.usual_name, TypologyRow.name, row.postal_code
        )
        .join(TypologyRow, TypologyRow.id == row.typology_id)
        .order_by(row.active.desc(), row.id)
    )
    return [PlaceRow._make(found) for found in session.execute(query)]


def of_experience(session: Session, experience_id: int) -> ImportedExperienceRow | None:
    """Return where an experience comes from, ``None`` for one that was told here."""
    return session.get(ImportedExperienceRow, experience_id)


def links(session: Session, experience_id: int) -> dict[int, ExperienceStructureRow]:
    """Return the structures met in an experience, by position."""
    query = select(ExperienceStructureRow).where(
        ExperienceStructureRow.experience_id == experience_id
    )
    return {row.position: row for row in session.scalars(query)}


def unlink(session: Session, experience_id: int) -> None:
    """Forget the structures met in an experience, before others are written."""
    session.flush()
    session.execute(
        delete(ExperienceStructureRow).where(ExperienceStructureRow.experience_id == experience_id)
    )
    for row in [one for one in session.identity_map.values() if _is_link(one, experience_id)]:
        session.expunge(row)


def _is_link(row: object, experience_id: int) -> bool:
    return isinstance(row, ExperienceStructureRow) and row.experience_id == experience_id


def replies(session: Session, experience_id: int) -> list[ReplyRow]:
    """Return every reply to an experience, published or not, the oldest first."""
    query = select(ReplyRow).where(ReplyRow.experience_id == experience_id)
    return list(session.scalars(query.order_by(ReplyRow.published_at, ReplyRow.id)))


def moderated(session: Session, experience_id: int) -> bool:
    """Whether moderation changed the text of an experience here."""
    query = select(VersionRow.id).where(
        VersionRow.experience_id == experience_id, VersionRow.by_moderation
    )
    return session.scalar(query.limit(1)) is not None


def published_of(session: Session, source: str) -> list[int]:
    """Return the ids of the published experiences of a source."""
    query = (
        select(ImportedExperienceRow.experience_id)
        .join(ExperienceRow, ExperienceRow.id == ImportedExperienceRow.experience_id)
        .where(ImportedExperienceRow.source == source, ExperienceRow.status == "published")
    )
    return list(session.scalars(query.order_by(ImportedExperienceRow.experience_id)))
