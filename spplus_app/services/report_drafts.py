"""A report that could not leave, kept for the page that follows: a plain form loses nothing."""

from __future__ import annotations

from uuid import uuid4

from sqlalchemy.orm import Session

from ..domain.drafts import DraftKind
from ..domain.reports import WORDS_MAX, Kind
from ..domain.roles import Viewer
from ..persistence import drafts
from . import clock
from .drafts import REFUSAL, TICKET, storable

_FIELDS = ("raison", "mots")


def _subject(kind: Kind, number: int) -> str:
    return f"{kind.value}:{number}"


def keep(
    session: Session,
    viewer: Viewer,
    kind: Kind,
    number: int,
    typed: dict[str, str],
    message: str,
    ticket: str = "",
) -> bool:
    """Keep what was typed and why it did not leave; False for a browser without a cookie."""
    if not viewer.visitor:
        return False
    data = {name: storable(typed.get(name, ""), 4 * WORDS_MAX) for name in _FIELDS}
    drafts.store(
        session,
        owner=viewer.visitor,
        kind=DraftKind.REPORT,
        subject=_subject(kind, number),
        uuid=str(uuid4()),
        data={**data, REFUSAL: message, TICKET: ticket},
        now=clock.now(),
    )
    return True


def find(session: Session, viewer: Viewer, kind: Kind, number: int) -> dict[str, str]:
    """Return what was kept, with `drafts.REFUSAL` and `drafts.TICKET`; empty when nothing was."""
    if not viewer.visitor:
        return {}
    row = drafts.find(session, viewer.visitor, DraftKind.REPORT, _subject(kind, number))
    return {str(name): str(value) for name, value in row.data.items()} if row else {}


def drop(session: Session, viewer: Viewer, kind: Kind, number: int) -> None:
    """Forget what was kept: the report has left."""
    drafts.remove(session, viewer.visitor, DraftKind.REPORT, _subject(kind, number))
