"""Sent once: the UUID a page makes names what somebody sends, and each sender's only.

The page makes it, so anyone can send somebody else's, seen or guessed. Whoever comes second loses
nothing and is told nothing of the first: their text goes under another UUID, always the same for
the same sender, so that sending it twice still sends it once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID, uuid5

from sqlalchemy.orm import Session

from ..domain.errors import Invalid
from ..persistence import experiences
from ..persistence.tables import AnnotationRow, AnswerRow, DocumentRow, ExperienceRow, ReplyRow

Sent = TypeVar("Sent", ExperienceRow, ReplyRow, AnswerRow, DocumentRow, AnnotationRow)


def parsed_uuid(value: str, field: str, words: str) -> str:
    """Return a client-made UUID in its one form; raise `Invalid` for anything else."""
    try:
        return str(UUID(value))
    except (ValueError, TypeError, AttributeError):
        raise Invalid({field: words}) from None


def _apart(uuid: str, sender: str) -> str:
    return str(uuid5(UUID(uuid), sender))


def find(
    by_uuid: Callable[[str], Sent | None], mine: Callable[[Sent], bool], uuid: str, sender: str
) -> tuple[str, Sent | None]:
    """Return the UUID under which ``sender`` sends, and what they already sent under it."""
    row = by_uuid(uuid)
    while row is not None and not mine(row):
        uuid = _apart(uuid, sender)
        row = by_uuid(uuid)
    return uuid, row


def add(session: Session, row: Sent, sender: str) -> None:
    """Write what is sent, also when somebody else sends the same UUID at this very instant."""
    while not experiences.added(session, row):
        row.uuid = _apart(row.uuid, sender)
