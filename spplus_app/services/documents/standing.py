"""Where a document stands, for the person who sent it: what it means, what comes next."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from ...domain.documents.stages import Stage
from ...domain.errors import NotFound
from ...domain.roles import Viewer
from ...persistence import documents
from .listing import public_href


@dataclass(frozen=True, slots=True)
class StandingView:
    """Where a document stands; ``told`` is what its depositor was told last."""

    id: int
    stage: Stage
    told: str
    href: str
    """Where everyone reads it; empty while nobody does."""


def standing(session: Session, viewer: Viewer, document_id: int) -> StandingView:
    """Return where a document stands, to a browser that holds it; `NotFound` for anyone else."""
    row = documents.get(session, document_id)
    if row is None or not documents.holds(session, viewer.visitor, row.id):
        raise NotFound("Ce document n’existe pas, ou n’est pas suivi sur cet appareil.")
    stage = Stage(row.stage)
    href = public_href(row) if stage is Stage.PUBLISHED else ""
    return StandingView(row.id, stage, row.told, href)
