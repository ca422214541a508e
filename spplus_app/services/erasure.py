"""Erasing an author from an experience, with its text or without: one transaction, no way back."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy.orm import Session

from ..domain.errors import Conflict
from ..domain.experiences import STANDING, Act, Status, after
from ..domain.journal import Entry
from ..domain.roles import Viewer
from ..persistence import appeals, erasure, reports
from ..persistence.tables import ExperienceRow
from . import clock, experience_index, publication, record, scrubbing, second_looks


class Choice(StrEnum):
    """What becomes of the text when everything about its author is deleted."""

    REMOVE = "retirer"
    KEEP = "garder"


def erase(session: Session, viewer: Viewer, row: ExperienceRow, choice: Choice) -> None:
    """Delete everything about the author of an experience, whose row is held; twice does no harm.

    With `Choice.KEEP` the text stays as it reads now, without name or place; raises `Conflict`
    where nobody reads it. No right is decided here.
    """
    before = Status(row.status)
    if choice is Choice.KEEP and before not in STANDING:
        raise Conflict("Ce texte n’est pas publié : il n’y a rien à garder. Effacez tout.")
    erasure.author(session, row.id)
    erasure.draft_of(session, row.uuid)
    erasure.said_about(session, row.id)
    appeals.close(session, row.id, clock.now())
    row.pseudonym = row.department = row.country = ""
    row.updated_at = clock.now()
    if choice is Choice.REMOVE:
        _blank(session, row, before)
    else:
        _unsigned(session, row)
    record.journal_entry(
        session,
        viewer,
        Entry.EXPERIENCE_ERASED,
        ("experience", row.id),
        before={"status": before.value},
        after={"status": row.status, "choice": choice.value},
    )
    topics = [record.MODERATION, record.experience_topic(row.id)]
    record.changed(session, *topics, record.EXPERIENCES, record.MASKED)
    scrubbing.ask(session)


def _blank(session: Session, row: ExperienceRow, before: Status) -> None:
    """Take the text away: its number, its dates and the services met stay, without a word."""
    if before is not Status.ERASED:
        row.status = after(before, Act.ERASE).value
    erasure.versions(session, row.id, but=None)
    erasure.answers(session, row.id, clock.now(), published=True)
    erasure.replies(session, row.id)
    erasure.reports(session, row.id, every=True)
    erasure.around(session, row.id)
    row.title = row.narrative = row.slug = ""
    row.tags, row.tags_metier = {}, []
    row.replies = row.similar = row.similar_base = 0
    session.flush()
    publication.take_off(session, row, before)


def _unsigned(session: Session, row: ExperienceRow) -> None:
    """Leave the text as it reads, and nothing that says whose it is."""
    erasure.versions(session, row.id, but=row.version)
    erasure.answers(session, row.id, clock.now(), published=False)
    reports.settle_answers(session, row.id, clock.now())
    erasure.reports(session, row.id, every=False)
    erasure.imported(session, row.id)
    if row.status == Status.PUBLISHED:
        erasure.second_look(session, row.id)
    else:  # what waits to be read is still read with care, for what it says and no more
        second_looks.look(session, row)
    session.flush()
    experience_index.refresh(session, row)


def done(session: Session, experience_id: int) -> bool:
    """Whether an author was already erased from this experience."""
    return erasure.noted(session, experience_id, Entry.EXPERIENCE_ERASED.value)
