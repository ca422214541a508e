"""What every gesture leaves: one line in the journal, in order, and the topics it moved."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from spplus_app.domain.errors import DomainError
from spplus_app.domain.roles import Role
from spplus_app.persistence import revisions
from spplus_app.persistence.tables import AnswerRow, JournalRow, RevisionRow
from spplus_app.services import (
    answers_back,
    drafts,
    experiences,
    follow_up,
    moderation,
    replies,
    structures,
)
from tests import factories as make

AUTHOR = make.visitor("author")
SECRETS = ("Zorglub", "zorglub@exemple.fr", "Bulgroz")
TEXT = "Zorglub m’a reçu, puis Bulgroz a repris mon dossier du début."
EDIT = {"title": "Un titre Bulgroz", "narrative": TEXT, "pseudonym": "Zorglub"}


def lines(session: Session) -> list[JournalRow]:
    """The journal, in order."""
    session.flush()
    return list(session.scalars(select(JournalRow).order_by(JournalRow.id)))


def numbers(session: Session) -> dict[str, int]:
    """The number of each topic."""
    revisions.numbers(session, ["moderation"])  # what the gestures moved is written
    session.expire_all()
    return {row.topic: row.number for row in session.scalars(select(RevisionRow))}


def test_each_gesture_leaves_its_line_and_moves_its_topics(session: Session) -> None:
    """The whole story, one gesture at a time."""
    where = make.tree(session)
    editor, worker = make.moderator(session), make.agent(session, where.branch)
    manager = make.person(session, (Role.MANAGER, where.top))
    story = {"title": "Zorglub et moi", "narrative": TEXT}
    uuid = make.draft(session, AUTHOR, where.office, email="zorglub@exemple.fr", **story)
    assert lines(session) == []
    one = "experience:{row}"
    inboxes = {f"inbox:{row.id}" for row in (where.top, where.branch, where.office)}
    known: dict[str, int] = {}

    def row() -> int:
        return known["row"]

    def answer() -> int:
        return session.scalars(select(AnswerRow.id).order_by(AnswerRow.id.desc()).limit(1)).one()

    def send() -> None:
        known["row"] = experiences.send(session, AUTHOR, uuid)

    def reply() -> None:
        typed = make.REPLY | {"text": TEXT, "signature": "Bulgroz"}
        known["reply"] = replies.send(session, worker, row(), str(uuid4()), typed)

    def answer_back() -> None:
        answers_back.answer_back(session, AUTHOR, known["reply"], str(uuid4()), TEXT)

    def published(version: int) -> Callable[[], object]:
        return lambda: moderation.publish(session, editor, row(), version)

    story_steps: list[tuple[Callable[[], object], str, str, set[str]]] = [
        (send, "experience.sent", "visitor", {"moderation"}),
        (
            lambda: moderation.refuse(session, editor, row(), 1, "insult", TEXT),
            "experience.refused",
            "person",
            {"moderation", one},
        ),
        (
            lambda: follow_up.resend(session, AUTHOR, row(), EDIT),
            "experience.resent",
            "visitor",
            {"moderation", one},
        ),
        (
            lambda: moderation.edit(
                session, editor, row(), 2, EDIT | {"title": "Autre", "note": "Bulgroz retiré"}
            ),
            "experience.edited",
            "person",
            {"moderation", one},
        ),
        (
            published(3),
            "experience.published",
            "person",
            {"moderation", "experiences", one} | inboxes,
        ),
        (reply, "reply.published", "person", {"experiences", one} | inboxes),
        (
            lambda: answers_back.rate(session, AUTHOR, known["reply"], "utile"),
            "reply.rated",
            "visitor",
            {one},
        ),
        (answer_back, "answer.sent", "visitor", {"moderation", one}),
        (
            lambda: answers_back.decide_answer(session, editor, answer(), "publish"),
            "answer.published",
            "person",
            {"moderation", one} | inboxes,
        ),
        (answer_back, "answer.sent", "visitor", {"moderation", one}),
        (
            lambda: answers_back.decide_answer(session, editor, answer(), "refuse", "insult"),
            "answer.refused",
            "person",
            {"moderation", one},
        ),
        (
            lambda: structures.announce_delay(session, manager, "OFFICE", 9),
            "delay.announced",
            "person",
            inboxes,
        ),
        (
            lambda: follow_up.withdraw(session, AUTHOR, row()),
            "experience.withdrawn",
            "visitor",
            {"moderation", "experiences", one} | inboxes,
        ),
    ]
    for gesture, entry, actor, topics in story_steps:
        before, count = numbers(session), len(lines(session))
        gesture()
        written = lines(session)[count:]
        assert [line.entry for line in written] == [entry]
        assert written[0].actor.split(":")[0] == actor
        after = numbers(session)
        moved = {topic for topic in after if after[topic] != before.get(topic, 0)}
        assert moved == {topic.format(row=row()) for topic in topics}, entry
    assert [line.id for line in lines(session)] == sorted(line.id for line in lines(session))
    for line in lines(session):
        told = repr(
            [line.actor, line.entry, line.subject_kind, line.subject_id, line.before, line.after]
        )
        assert not any(word.lower() in told.lower() for word in SECRETS), told
        assert AUTHOR.visitor not in told


def test_what_is_refused_leaves_nothing(session: Session) -> None:
    row = make.sent(session, AUTHOR, make.structure(session, "A"))
    editor = make.moderator(session)
    before, topics = len(lines(session)), numbers(session)
    for gesture in (
        lambda: moderation.publish(session, AUTHOR, row.id, 1),
        lambda: moderation.publish(session, editor, row.id, 7),
        lambda: moderation.refuse(session, editor, row.id, 1, "", ""),
        lambda: moderation.edit(session, editor, row.id, 1, {}),
        lambda: follow_up.resend(session, AUTHOR, row.id, EDIT),
        lambda: follow_up.withdraw(session, make.visitor("b"), row.id),
        lambda: experiences.send(session, make.visitor("b"), row.uuid),
        lambda: experiences.send(session, AUTHOR, row.uuid) and drafts.checked(session, AUTHOR),
    ):
        with pytest.raises(DomainError):
            gesture()
    assert len(lines(session)) == before
    assert numbers(session) == topics


@pytest.mark.parametrize(
    "statement",
    ["UPDATE journal SET actor = 'system'", "DELETE FROM journal", "UPDATE journal SET entry = ''"],
)
def test_the_database_itself_refuses_to_change_the_journal(
    session: Session, statement: str
) -> None:
    make.sent(session, AUTHOR)
    session.flush()
    with pytest.raises(DatabaseError), session.begin_nested():
        session.execute(text(statement))
    assert [line.entry for line in lines(session)] == ["experience.sent"]
