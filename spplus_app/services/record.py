"""What every gesture leaves behind: a line in the journal, topics that moved, jobs to do."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from ..domain.journal import Entry
from ..domain.roles import Viewer
from ..persistence import journal, revisions
from . import clock

MODERATION = "moderation"
EXPERIENCES = "experiences"
DOCUMENTS = "documents"
MASKED = "masked"
"""Words were masked or erased somewhere: no state of a page that nobody looks at keeps them."""
STRUCTURES = "structures"
PROGRAMME = "programme"
"""The commitments and the figures."""


def experience_topic(experience_id: int) -> str:
    """The topic of one experience: its text, its replies, its state."""
    return f"experience:{experience_id}"


def inbox_topics(path: str) -> list[str]:
    """The topics of every inbox that shows the structure at ``path``: its own and those above."""
    return [f"inbox:{structure_id}" for structure_id in path.strip("/").split("/") if structure_id]


def actor(viewer: Viewer) -> str:
    """How the journal names who acts: a person's number, or a visitor (never which one)."""
    if viewer.person_id is not None:
        return f"person:{viewer.person_id}"
    return "visitor" if viewer.visitor else "system"


def journal_entry(
    session: Session,
    viewer: Viewer,
    entry: Entry,
    subject: tuple[str, object],
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    """Write one line in the journal, in the gesture's transaction."""
    journal.append(
        session,
        at=clock.now(),
        actor=actor(viewer),
        entry=entry.value,
        subject=(subject[0], str(subject[1])),
        before=before or {},
        after=after or {},
    )


def changed(session: Session, *topics: str) -> None:
    """Tell the pages that show these topics, once the transaction is committed."""
    revisions.bump(session, topics)
