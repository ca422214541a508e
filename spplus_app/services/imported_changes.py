"""An imported experience that changed at its source: what follows here, and what does not."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from ..domain.experience_import import ReadExperience
from ..domain.experiences import Status
from ..domain.journal import Entry
from ..domain.official import digest_of, record_of, rest_of
from ..domain.replies import ReplyStatus
from ..domain.reports import CaseStatus, Kind
from ..persistence import bulk, erasure, experiences, imports, reports, search, votes
from ..persistence.tables import (
    ExperienceRow,
    ExperienceStructureRow,
    ReplyRow,
)
from . import clock, experience_index, record, texts
from .imported import (
    Held,
    Places,
    held,
    link_of,
    official_columns,
    reply_of,
    reply_uuid,
    values_of,
)

_NOTE = "Changé dans l’export officiel"


@dataclass(slots=True)
class Outcome:
    """The topics of the pages that show what changed, and why something was left as it is."""

    topics: set[str] = field(default_factory=set)
    left: list[str] = field(default_factory=list)


def change(session: Session, number: int, one: ReadExperience, where: Places) -> Outcome:
    """Make an experience follow its row; columns that the file does not have stay as they are."""
    row = experiences.locked(session, number)
    origin = imports.of_experience(session, number)
    assert row is not None and origin is not None
    outcome = Outcome()
    origin.digest = digest_of(one.columns)
    if row.status != Status.PUBLISHED:
        outcome.left.append("cette expérience n’est plus publiée ici : laissée telle quelle")
        return outcome
    if erasure.noted(session, number, Entry.EXPERIENCE_ERASED.value):
        outcome.left.append("son auteur est effacé d’ici : laissée telle quelle")
        return outcome
    columns = official_columns(session, number) | one.columns
    origin.repaired = sorted({*map(str, origin.repaired), *one.repaired})
    kept = held(record_of(columns), where)
    outcome.topics.add(record.experience_topic(number))
    _text(session, row, kept, outcome)
    _facts(session, row, kept)
    _replies(session, row, kept, outcome)
    _links(session, row, kept, outcome)
    origin.rest = rest_of(columns, kept.record)
    session.flush()
    experience_index.refresh(session, row)
    return outcome


def _text(session: Session, row: ExperienceRow, kept: Held, outcome: Outcome) -> None:
    told = kept.record
    words = texts.Words(told.title, told.narrative, told.pseudonym)
    if words == texts.words_of(row):
        return
    if imports.moderated(session, row.id):
        outcome.left.append("la modération a retouché ce texte ici : il reste tel quel")
        return
    texts.change(session, row, words).note = _NOTE


def _facts(session: Session, row: ExperienceRow, kept: Held) -> None:
    values = values_of(kept.record)
    values["similar"] += votes.similar_votes(session, row.id)
    del values["slug"]
    if row.published_at != values["published_at"] and row.position is not None:
        search.remove(session, [row.position])
        row.position = None
    for name, value in values.items():
        setattr(row, name, value)
    row.updated_at = clock.now()


def _replies(session: Session, row: ExperienceRow, kept: Held, outcome: Outcome) -> None:
    """Write the replies of the source; those that agents wrote here are left.

    One that moderation hid or removed here does not come back.
    """
    there = {one.uuid: one for one in imports.replies(session, row.id)}
    for slot in (1, 2, 3):
        uuid = reply_uuid(row.uuid, slot)
        told = kept.record.structures.get(slot)
        reply = there.get(uuid)
        if told is None or told.reply is None:
            if reply is not None:
                reply.status = ReplyStatus.UNPUBLISHED.value
                closed = CaseStatus.CLOSED.value
                reports.settle(session, Kind.REPLY, reply.id, closed, clock.now())
            continue
        if reply is not None and _taken_off(session, reply):
            outcome.left.append("la modération a retiré une réponse ici : elle ne revient pas")
            continue
        values = reply_of(told.reply, row.uuid, slot)
        values["structure_id"] = kept.places[slot].id
        values["published_at"] = kept.record.published_at
        if reply is None:
            session.add(ReplyRow(experience_id=row.id, **values))
            continue
        useful, not_useful = votes.reply_votes(session, reply.id)
        values["useful"] += useful
        values["not_useful"] += not_useful
        for name, value in values.items():
            setattr(reply, name, value)
    session.flush()


def _taken_off(session: Session, reply: ReplyRow) -> bool:
    """Whether moderation hid or removed a reply here."""
    if reply.status == ReplyStatus.HIDDEN:
        return True
    case = reports.case(session, Kind.REPLY, reply.id)
    removed = case is not None and case.status == CaseStatus.REMOVED
    return removed and reply.status == ReplyStatus.UNPUBLISHED


def _links(session: Session, row: ExperienceRow, kept: Held, outcome: Outcome) -> None:
    """Write the structures met again, with the first published reply of each, and the counts."""
    moves: dict[int, tuple[int, int]] = {}
    for old in imports.links(session, row.id).values():
        _move(moves, old.structure_id, -1, old.replied_at is not None)
        outcome.topics.update(record.inbox_topics(f"/{old.structure_id}/"))
    imports.unlink(session, row.id)
    published = [one for one in imports.replies(session, row.id) if _is_published(one)]
    for slot, place in kept.places.items():
        link = ExperienceStructureRow(**link_of(row.id, slot, kept))
        answers = [one.published_at for one in published if one.structure_id == place.id]
        link.replied_at = min(answers, default=None)
        session.add(link)
        _move(moves, place.id, 1, link.replied_at is not None)
        outcome.topics.update(record.inbox_topics(place.path))
    row.replies = len(published)
    session.flush()
    bulk.count_many(session, moves)


def _is_published(reply: ReplyRow) -> bool:
    return reply.status == ReplyStatus.PUBLISHED


def _move(moves: dict[int, tuple[int, int]], key: int, sign: int, replied: bool) -> None:
    before = moves.get(key, (0, 0))
    moves[key] = (before[0] + sign, before[1] + sign * int(replied))
