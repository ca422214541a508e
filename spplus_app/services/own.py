"""Whose experience it is: a browser that opened its private link may act on it, and no other."""

from __future__ import annotations

from sqlalchemy.orm import Session

from ..domain.errors import NotFound
from ..domain.roles import Viewer
from ..persistence import experiences, links
from ..persistence.tables import ExperienceRow

CLOSED = "Ouvrez votre lien de suivi pour revoir cette expérience."


def own(session: Session, viewer: Viewer, experience_id: int) -> ExperienceRow:
    """Return the author's experience, held until the end of the gesture; raise `NotFound`."""
    row = experiences.locked(session, experience_id)
    if row is None or links.binding(session, viewer.visitor, experience_id) is None:
        raise NotFound(CLOSED)
    return row
