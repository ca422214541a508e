"""What follows when a text becomes public, or is public no more: inboxes, counts, search."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.orm import Session

from ..domain.experiences import Status
from ..persistence import experiences
from ..persistence.experiences import Met
from ..persistence.tables import ExperienceRow
from . import experience_index, record, report_notices, structures


def show(session: Session, row: ExperienceRow) -> None:
    """Put an experience whose status has just become published where readers and agents find it.

    Its delays run from its publication; once replied to, the moment it would have been late
    stays as it was.
    """
    assert row.published_at is not None
    topics = [record.EXPERIENCES]
    with session.no_autoflush:  # one flush, at the end
        met = experiences.met(session, [row.id]).get(row.id, [])
        for item in _in_one_order(met):
            item.link.published_at = row.published_at
            if item.link.replied_at is None or item.link.due_at is None:
                waits(session, item)
            replied = 1 if item.link.replied_at is not None else 0
            experiences.count(session, [item.structure.id], 1, replied)
            topics += record.inbox_topics(item.structure.path)
    report_notices.reopen(session, row)
    experience_index.refresh(session, row, met)
    record.changed(session, *topics)


def waits(session: Session, item: Met) -> None:
    """Say when a published experience that waits for a reply becomes late, by today's delay."""
    assert item.link.published_at is not None
    delay = structures.chain_delay(session, item.structure)
    item.link.due_at = item.link.published_at + timedelta(days=delay.days)


def take_off(session: Session, row: ExperienceRow, before: Status) -> None:
    """Take an experience that is published no more out of the inboxes, the counts, the search.

    One that is only hidden keeps when it would be late: it comes back as it was. ``before`` is
    where it stood.
    """
    leaves = row.status != Status.HIDDEN
    if leaves:
        report_notices.settle(session, row)
    if before not in {Status.PUBLISHED, Status.HIDDEN}:
        return
    met = experiences.met(session, [row.id]).get(row.id, [])
    for item in _in_one_order(met):
        if leaves:
            item.link.due_at = None
        if before is Status.HIDDEN:  # all the rest went when it was hidden
            continue
        replied = 1 if item.link.replied_at is not None else 0
        experiences.count(session, [item.structure.id], -1, -replied)
        item.link.published_at = None
        record.changed(session, *record.inbox_topics(item.structure.path))
    experience_index.refresh(session, row)
    record.changed(session, record.EXPERIENCES)


def _in_one_order(met: list[Met]) -> list[Met]:
    """Return what was met in one order: gestures that count never wait for each other in a ring."""
    return sorted(met, key=lambda item: item.structure.id)
