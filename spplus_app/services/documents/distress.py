"""Whom somebody may call now, when what they wrote beside a document tells of distress or danger.

What the document itself says tells nothing of them: a summons speaks of death as others of a debt.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from sqlalchemy.orm import Session

from ...domain.errors import NotFound
from ...domain.roles import Viewer
from ...domain.signals import signals_of
from ...persistence import documents
from ...persistence import marks as rows
from .. import second_looks
from . import places

_OWN_WORDS = ("hard", "wished", "described")


def sent(session: Session, viewer: Viewer, document_id: int) -> list[dict[str, Any]]:
    """Return whom who sent a document may call, while their words are kept; nothing to others.

    Each is a `services.views.HelpView`, as a script gets it.
    """
    kept = documents.read(session, document_id)
    if kept is None or not documents.holds(session, viewer.visitor, document_id):
        return []
    try:
        told = places.opened(kept).words
    except NotFound:  # the key of the site has changed: where the document stands is still told
        return []
    return _numbers("\n\n".join(told.get(name, "") for name in _OWN_WORDS))


def marked(session: Session, viewer: Viewer, document_id: int) -> list[dict[str, Any]]:
    """Return whom a reader may call, from the words they wrote last on a document."""
    own = rows.own(session, viewer.visitor, document_id) if viewer.visitor else []
    written = [one for one in own if one.understood or one.rewrite]
    last = max(written, key=lambda one: (one.updated_at, one.id), default=None)
    return _numbers(f"{last.understood}\n\n{last.rewrite}") if last is not None else []


def _numbers(text: str) -> list[dict[str, Any]]:
    seen = second_looks.help_in(signals_of("", text)) if text.strip() else []
    return [asdict(one) for one in seen]
