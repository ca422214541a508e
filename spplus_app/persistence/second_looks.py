"""Second looks, and the fingerprints by which texts nearly the same are found."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session, aliased

from ..domain.fingerprint import bands, probes
from .tables import ExperienceRow, FingerprintRow, SecondLookRow, VisitorItemRow

_BANDS = (
    FingerprintRow.band_0,
    FingerprintRow.band_1,
    FingerprintRow.band_2,
    FingerprintRow.band_3,
)


class Near(NamedTuple):
    """An experience whose fingerprint may be close to another, and when it was received."""

    experience_id: int
    value: int
    created_at: datetime


def of(session: Session, experience_id: int) -> list[Any] | None:
    """Return what was seen in an experience, as it was kept; ``None`` when nobody looked."""
    row = session.get(SecondLookRow, experience_id)
    return None if row is None else row.seen


def several(session: Session, ids: Collection[int]) -> dict[int, list[Any]]:
    """Return what was seen in each of these experiences, in one query."""
    if not ids:
        return {}
    query = select(SecondLookRow).where(SecondLookRow.experience_id.in_(sorted(set(ids))))
    return {row.experience_id: row.seen for row in session.scalars(query)}


def keep(session: Session, experience_id: int, seen: list[Any], *, urgent: bool) -> None:
    """Keep what was seen in an experience as it reads now, in the place of what was before."""
    row = session.get(SecondLookRow, experience_id)
    if row is None:
        session.add(SecondLookRow(experience_id=experience_id, urgent=urgent, seen=seen))
    else:
        row.urgent, row.seen = urgent, seen


def keep_fingerprint(
    session: Session, experience_id: int, value: int, received: datetime | None = None
) -> None:
    """Keep the fingerprint of a narrative as it reads now; 0 is kept nowhere.

    Without ``received`` only a fingerprint that is still kept is changed.
    """
    row = session.get(FingerprintRow, experience_id)
    if value == 0:
        if row is not None:
            session.delete(row)
        return
    if row is None:
        if received is None:
            return
        row = FingerprintRow(experience_id=experience_id)
        session.add(row)
    row.value = value
    row.band_0, row.band_1, row.band_2, row.band_3 = bands(value)
    row.created_at = received or row.created_at


def beside(session: Session, experience_id: int) -> list[int]:
    """Return the fingerprints of what the visitors who follow this experience follow as well.

    What its author took back is not among them.
    """
    own, other = aliased(VisitorItemRow), aliased(VisitorItemRow)
    query = (
        select(FingerprintRow.experience_id, FingerprintRow.value)
        .join(ExperienceRow, ExperienceRow.id == FingerprintRow.experience_id)
        .join(other, other.experience_id == FingerprintRow.experience_id)
        .join(own, own.visitor == other.visitor)
        .where(
            own.experience_id == experience_id,
            other.experience_id != experience_id,
            ExperienceRow.status != "withdrawn",
        )
        .distinct()
    )
    return [value for _, value in session.execute(query)]


def near(session: Session, value: int) -> list[Near]:
    """Return all that may be close to a fingerprint: none that is close is missed."""
    row = FingerprintRow
    shared = [band.in_(values) for band, values in zip(_BANDS, probes(value), strict=True)]
    query = select(row.experience_id, row.value, row.created_at).where(or_(*shared))
    return [Near(*found) for found in session.execute(query)]


def pending(session: Session, ids: Collection[int], limit: int) -> list[SecondLookRow]:
    """Return, held and in one order, the second looks of these that wait for moderation."""
    row = SecondLookRow
    query = (
        select(row)
        .join(ExperienceRow, ExperienceRow.id == row.experience_id)
        .where(row.experience_id.in_(sorted(ids)[:limit]), ExperienceRow.status == "pending")
        .order_by(row.experience_id)
        .with_for_update(of=row)
    )
    return list(session.scalars(query))


def remove_older(session: Session, before: datetime) -> int:
    """Delete the fingerprints of what was received before this moment; return how many."""
    result = session.execute(delete(FingerprintRow).where(FingerprintRow.created_at < before))
    return int(getattr(result, "rowcount", 0))
