"""The hard documents of the demonstration: sent, masked, published and marked as everyone's.

Each is one transaction, known by its UUID. Their texts are ours and bare: no reader is started.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from ..domain.documents.annotations import Annotation, mark
from ..domain.documents.plain import plain
from ..domain.documents.selectors import select
from ..domain.documents.values import ACT_RIGHTS, Act
from ..domain.privacy import Kind
from ..domain.roles import Grant, Right, Role, Viewer
from ..persistence import documents as rows
from ..persistence import structures, unit_of_work
from ..persistence.engine import engine as default_engine
from ..services import clock
from ..services.documents import (
    covering,
    deposit,
    marks,
    masking,
    moderation,
    reading,
    statuses,
    texts,
    uploads,
)
from .texts import Calendar, Letter, letters

_STEP = "Documents"


def load(
    engine: Engine | None,
    moderator: Viewer,
    agent_id: int,
    now: datetime,
    told: Callable[[str, int, int], None],
) -> int:
    """Load the documents that are missing; return how many."""
    added = 0
    for done, letter in enumerate(letters(), start=1):
        with unit_of_work(engine) as session:
            row = rows.by_uuid(session, letter.uuid)
            number = None if row is not None else _play(session, letter, moderator, agent_id, now)
        if number is not None:
            added += 1
            covering.run(engine or default_engine(), number)
        told(_STEP, done, len(letters()))
    return added


def _play(session: Session, letter: Letter, moderator: Viewer, agent_id: int, now: datetime) -> int:
    """Tell the story of one document from its sending on; return its id."""
    calendar = Calendar(now, letter.row["days_ago"], letter.seed)
    with clock.at(calendar.at(0, 7, 22)):
        number = _send(session, letter)
    with clock.at(calendar.at(0, 22, 23)):
        author = Viewer(visitor=letter.visitor)
        _mask(session, letter, author, number)
        masking.check_page(session, author, number, 0)
        masking.hand_over(session, author, number)
    with clock.at(calendar.at(1, 9, 12)):
        kept = rows.read(session, number)
        assert kept is not None, letter.key
        moderation.publish(session, moderator, number, kept.revision)
    _mark(session, letter, number, calendar)
    for step in letter.row["acts"]:
        with clock.at(calendar.at(1 + step["days_after"], 9, 17)):
            _move(session, letter, number, moderator, agent_id, Act(step["act"]))
    return number


def _send(session: Session, letter: Letter) -> int:
    author, content = Viewer(visitor=letter.visitor), letter.row["text"].encode()
    file = letter.named("file")
    uploads.begin(session, author, letter.uuid, file, "courrier.txt", len(content))
    uploads.receive(session, author, file, 0, content)
    number = deposit.send(session, author, letter.uuid, letter.typed())
    reading.tell(session, number, plain(letter.row["text"]))
    return number


def _mask(session: Session, letter: Letter, author: Viewer, number: int) -> None:
    """Mask what the machine did not find, as the depositor does by hand."""
    view = masking.opened(session, author, number)
    text = view.document.text
    for words in letter.row["hidden"]:
        start = text.find(words)
        while start >= 0:
            end = start + len(words)
            if not any(one.start <= start and end <= one.end for one in view.masks):
                masking.add_mask(session, author, number, start, end, Kind.CHOSEN.value)
            start = text.find(words, end)


def _mark(session: Session, letter: Letter, number: int, calendar: Calendar) -> None:
    row = texts.published(session, number)
    text = texts.text_of(session, row)[1].text
    for day, (visitor, made) in enumerate(letter.marks().items(), start=1):
        reader = Viewer(visitor=visitor)
        moment = calendar.at(1 + day // 2, 18, 21)
        for at, one in enumerate(made):
            start = text.index(one["words"])
            said = mark(one["tone"], one["reasons"], one["understood"], one["rewrite"])
            given = Annotation(select(text, start, start + len(one["words"])), said)
            uuid = letter.named(visitor, one["words"])
            with clock.at(min(moment + timedelta(minutes=2 * at), clock.now())):
                marks.put(session, reader, number, uuid, given)
        with clock.at(min(moment + timedelta(minutes=2 * len(made)), clock.now())):
            marks.send(session, reader, number)


def _move(
    session: Session, letter: Letter, number: int, moderator: Viewer, agent_id: int, act: Act
) -> None:
    if ACT_RIGHTS[act] is Right.MODERATE:
        statuses.move(session, moderator, number, act.value)
        return
    where = structures.by_code(session, letter.row["structure"])
    assert where is not None, letter.key
    agent = Viewer(person_id=agent_id, grants=(Grant(Role.AGENT, where.id, where.path),))
    statuses.move(session, agent, number, act.value)
