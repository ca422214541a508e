"""A number per topic: what changed, for whoever watches from another process."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import event, select, text
from sqlalchemy.orm import Session

from .tables import RevisionRow

CHANNEL = "spplus_revision"
"""PostgreSQL's notification channel; the payload is the topic."""

_BUMP = text(
    "INSERT INTO revision (topic, number) VALUES (:topic, 1) "
    "ON CONFLICT (topic) DO UPDATE SET number = revision.number + 1"
)
_NOTIFY = text("SELECT pg_notify(:channel, topic) FROM unnest(CAST(:topics AS text[])) AS topic")


_WAITING = "topics"
"""Where a session keeps the topics that its gesture moved."""


def bump(session: Session, topics: Iterable[str]) -> None:
    """Move each topic forward, once, at the end of the gesture's transaction.

    All together and in one order: two gestures never wait for each other in a ring.
    """
    session.info.setdefault(_WAITING, set()).update(topics)
    session.flush()  # what the topics are about is written first


@event.listens_for(Session, "before_commit")
def _at_the_end(session: Session) -> None:
    if not session.in_nested_transaction():
        _write(session)


def _write(session: Session) -> None:
    wanted = sorted(session.info.pop(_WAITING, ()))
    if not wanted:
        return
    connection = session.connection()
    connection.execute(_BUMP, [{"topic": topic} for topic in wanted])
    if connection.dialect.name == "postgresql":
        connection.execute(_NOTIFY, {"channel": CHANNEL, "topics": wanted})


def numbers(session: Session, topics: Collection[str]) -> dict[str, int]:
    """Return the number of each topic ever bumped among ``topics``, by this session too."""
    _write(session)
    if not topics:
        return {}
    query = select(RevisionRow.topic, RevisionRow.number).where(RevisionRow.topic.in_(topics))
    return {topic: number for topic, number in session.execute(query)}
