"""Votes counted again, each night: a counter is its base and the votes kept, or it is put right.

The base is what no vote of here holds: what came with an import, or with the demonstration, and
the votes deleted since. What is put right is written in the journal, before and after.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from ..domain.journal import Entry
from ..domain.roles import NOBODY
from ..persistence import experiences, reading, unit_of_work, votes
from ..persistence.tables import ReplyRow
from . import record


@dataclass(frozen=True, slots=True)
class Miscounted:
    """What seems wrong: experiences, and replies each with its experience."""

    experiences: tuple[int, ...] = ()
    replies: tuple[tuple[int, int], ...] = ()


def find(session: Session) -> Miscounted:
    """Return the counters that are not those of their votes; a read that holds nobody."""
    return Miscounted(
        tuple(votes.miscounted_experiences(session)), tuple(votes.miscounted_replies(session))
    )


def similar(session: Session, experience_id: int) -> bool:
    """Count again who lived the same, the experience held as votes hold it; whether it moved."""
    row = experiences.locked(session, experience_id)
    if row is None:
        return False
    before = row.similar
    row.similar = row.similar_base + votes.similar_votes(session, row.id)
    return _told(
        session, ("experience", row.id), row.id, {"similar": before}, {"similar": row.similar}
    )


def reply(session: Session, reply_id: int, experience_id: int) -> bool:
    """Count again what visitors say of a reply; whether it moved."""
    if experiences.locked(session, experience_id) is None:
        return False
    row = session.get(ReplyRow, reply_id, populate_existing=True)
    if row is None:
        return False
    useful, not_useful = votes.reply_votes(session, reply_id)
    before = {"useful": row.useful, "not_useful": row.not_useful}
    row.useful = row.useful_base + useful
    row.not_useful = row.not_useful_base + not_useful
    after = {"useful": row.useful, "not_useful": row.not_useful}
    return _told(session, ("reply", reply_id), experience_id, before, after)


def _told(
    session: Session,
    subject: tuple[str, int],
    experience_id: int,
    before: dict[str, int],
    after: dict[str, int],
) -> bool:
    if before == after:
        return False
    record.journal_entry(
        session, NOBODY, Entry.VOTES_RECOUNTED, subject, before=before, after=after
    )
    record.changed(session, record.experience_topic(experience_id))
    return True


def run(engine: Engine) -> str:
    """Put right every counter that differs, each in a transaction of its own: nobody waits long."""
    with reading(engine) as session:
        found = find(session)
    moved = [0, 0]
    for number in found.experiences:
        with unit_of_work(engine) as session:
            moved[0] += similar(session, number)
    for one, experience in found.replies:
        with unit_of_work(engine) as session:
            moved[1] += reply(session, one, experience)
    return f"corrected experiences {moved[0]} replies {moved[1]}"
