"""The programme's commitments: read as they hold today, revised by the operator."""

from __future__ import annotations

from sqlalchemy.orm import Session

from ..domain.commitments import (
    Commitment,
    Family,
    Revision,
    checked,
    following,
    holding,
    ordinal,
)
from ..domain.dates import PARIS
from ..domain.journal import Entry
from ..domain.roles import NOBODY
from ..persistence import commitments
from . import clock, record
from .views import CommitmentsView, CommitmentView, FamilyView


def current(session: Session) -> CommitmentsView:
    """Return the commitments that hold today, by family; a wording not known is said so."""
    today = clock.now().astimezone(PARIS).date()
    found = holding(commitments.every(session), today)
    known = [one for one in found if one.wording]
    families = [
        FamilyView(
            family.value,
            [CommitmentView(one.number, one.wording) for one in known if one.family is family],
        )
        for family in Family
    ]
    return CommitmentsView(
        families=[family for family in families if family.commitments],
        unknown=[_not_known(one) for one in found if not one.wording],
        count=len(found),
        since=_since([one.valid_from.year for one in found]),
        sources=list(dict.fromkeys(one.source for one in found)),
    )


def _since(years: list[int]) -> str:
    # Only the year of the first versions is known: no day is ever shown.
    if not years:
        return ""
    first, last = min(years), max(years)
    revised = f", révisés en {last}" if last != first else ""
    return f"En vigueur depuis {first}{revised}."


def _not_known(one: Commitment) -> str:
    return (
        f"Le {ordinal(one.number)} engagement porte sur {one.subject} ; "
        "sa formulation exacte n’est pas connue de ce site."
    )


def revise(session: Session, revision: Revision) -> Commitment:
    """Write the next version of a commitment (the command line's); return it.

    The version before ends the day before this one begins. Raises `Invalid` or `Conflict`.
    """
    revision = checked(revision)
    known = [one for one in commitments.every(session) if one.number == revision.number]
    made, last_day = following(known, revision)
    if last_day is not None:
        commitments.close(session, made.number, made.version - 1, last_day)
    commitments.add(session, made)
    record.journal_entry(
        session,
        NOBODY,
        Entry.COMMITMENT_REVISED,
        ("commitment", made.number),
        after={"version": made.version, "valid_from": made.valid_from.isoformat()},
    )
    record.changed(session, record.PROGRAMME)
    return made
