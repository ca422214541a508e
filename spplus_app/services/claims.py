"""Who reads which experience; the oldest that waits comes first, the urgent before."""

from __future__ import annotations

from sqlalchemy.orm import Session

from ..domain.claims import ClaimKind
from ..domain.errors import NotFound
from ..domain.experiences import STANDING
from ..domain.roles import Right, Viewer
from ..persistence import appeals, claims, experiences
from ..persistence.tables import ExperienceRow
from .claiming import Claims

_TEXTS = Claims(ClaimKind.EXPERIENCE, "ce texte", claims.next_free)
renew, next_one, release = _TEXTS.renew, _TEXTS.next_one, _TEXTS.release
decided, holders = _TEXTS.decided, _TEXTS.holders


def hold(session: Session, viewer: Viewer, experience_id: int) -> str:
    """Claim a text that was opened; return who holds it meanwhile, empty when it is the viewer.

    Nothing is claimed that nobody can decide about. Raises `NotFound`.
    """
    person = viewer.must(Right.MODERATE)
    row = experiences.get(session, experience_id)
    if row is None:
        raise NotFound("Cette expérience n’existe pas.")
    return _TEXTS.hold(session, viewer, row.id) if _to_decide(session, person, row) else ""


def _to_decide(session: Session, person: int, row: ExperienceRow) -> bool:
    """Whether this person has anything to decide: not an appeal against what they decided."""
    waits, by = appeals.contested(session, row.id)
    if waits:
        return by != person
    return row.status in STANDING
