"""What an author may touch: the experience whose private link their browser has opened."""

from __future__ import annotations

from sqlalchemy.orm import Session

from ..domain.errors import NotFound
from ..domain.roles import Viewer
from ..persistence import experiences, links
from ..persistence.tables import ExperienceRow, VisitorItemRow

CLOSED = "Ouvrez votre lien de suivi pour revoir cette expérience."


def opened(
    session: Session, viewer: Viewer, experience_id: int
) -> tuple[ExperienceRow, VisitorItemRow]:
    """Return an experience for its author to read, and what ties their browser to it.

    Raises `NotFound` to anyone else.
    """
    return _own(session, viewer, experiences.get(session, experience_id))


def seen(session: Session, viewer: Viewer, experience_id: int) -> ExperienceRow:
    """Return an experience for its author to read; raise `NotFound` to anyone else."""
    return opened(session, viewer, experience_id)[0]


def held(session: Session, viewer: Viewer, experience_id: int) -> ExperienceRow:
    """Return the same, held until the end of the gesture; raise `NotFound` to anyone else.

    The experience is held before anything that hangs on it, by every gesture: two of them never
    wait for each other in a ring.
    """
    return _own(session, viewer, experiences.locked(session, experience_id))[0]


def _own(
    session: Session, viewer: Viewer, row: ExperienceRow | None
) -> tuple[ExperienceRow, VisitorItemRow]:
    binding = links.binding(session, viewer.visitor, row.id) if row is not None else None
    if row is None or binding is None:
        raise NotFound(CLOSED)
    return row, binding
