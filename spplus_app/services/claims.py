"""Who reads what: a text opened by a moderator is given to nobody else for a while."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy.orm import Session

from ..domain.claims import CLAIM_FOR, ClaimKind, first_name
from ..domain.errors import Conflict, NotFound
from ..domain.experiences import STANDING
from ..domain.roles import Right, Viewer
from ..persistence import appeals, claims, experiences
from ..persistence.tables import ExperienceRow
from . import clock, record

_KIND = ClaimKind.EXPERIENCE.value


def hold(session: Session, viewer: Viewer, experience_id: int) -> str:
    """Claim a text that was opened; return who holds it meanwhile, empty when it is the viewer.

    Nothing is claimed that nobody can decide about. Raises `NotFound`.
    """
    person = viewer.must(Right.MODERATE)
    row = experiences.get(session, experience_id)
    if row is None:
        raise NotFound("Cette expérience n’existe pas.")
    if not _to_decide(session, person, row):
        return ""
    before = holders(session, viewer, [row.id])
    if _take(session, person, row.id):
        if row.id not in before:
            record.changed(session, record.MODERATION)
        return ""
    return holders(session, viewer, [row.id]).get(row.id, "un autre modérateur")


def _to_decide(session: Session, person: int, row: ExperienceRow) -> bool:
    """Whether this person has anything to decide: not an appeal against what they decided."""
    waits, by = appeals.contested(session, row.id)
    if waits:
        return by != person
    return row.status in STANDING


def _take(session: Session, person: int, experience_id: int) -> bool:
    now = clock.now()
    return claims.take(session, _KIND, experience_id, person, now, now + CLAIM_FOR)


def renew(session: Session, viewer: Viewer, experience_id: int) -> None:
    """Keep a text while deciding about it; `Conflict` when another moderator holds it."""
    if _take(session, viewer.must(Right.MODERATE), experience_id):
        return
    who = holders(session, viewer, [experience_id]).get(experience_id, "Un autre modérateur")
    raise Conflict(
        f"{who} lit ce texte en ce moment : laissez-lui la décision, ou revenez plus tard."
    )


def next_one(session: Session, viewer: Viewer) -> int | None:
    """Claim the oldest text that waits and that nobody holds; ``None`` when there is none.

    What a machine finds urgent comes before. No two moderators are ever given the same.
    """
    person = viewer.must(Right.MODERATE)
    while (found := claims.next_free(session, _KIND, clock.now())) is not None:
        if _take(session, person, found):
            record.changed(session, record.MODERATION)
            return found
    return None


def release(session: Session, viewer: Viewer, experience_id: int) -> None:
    """Give back a text one will not decide about; what another holds stays theirs."""
    if claims.release(session, _KIND, experience_id, viewer.must(Right.MODERATE)):
        record.changed(session, record.MODERATION)


def decided(session: Session, experience_id: int) -> None:
    """Free a text that has been decided; no right is decided here."""
    claims.release(session, _KIND, experience_id)


def holders(session: Session, viewer: Viewer, experience_ids: Collection[int]) -> dict[int, str]:
    """Return the first name of who holds each of these texts, but the viewer."""
    found = claims.holders(session, _KIND, experience_ids, clock.now())
    return {
        number: first_name(name)
        for number, (person, name) in found.items()
        if person != viewer.person_id
    }
