"""Marks on a document: one's own until sent, heat for whoever sent or looks."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy.orm import Session

from spplus_app.domain.documents.annotations import Tone, Why
from spplus_app.domain.documents.stages import Stage
from spplus_app.domain.errors import Gone, Invalid, NotFound, Refused
from spplus_app.domain.roles import NOBODY, Role
from spplus_app.persistence import marks as rows
from spplus_app.persistence.tables import DocumentRow
from spplus_app.services.documents import marks, others
from tests import documents, factories

ONE, TWO = factories.visitor("one"), factories.visitor("two")


@pytest.fixture
def row(session: Session) -> DocumentRow:
    return documents.published(session)


def _put(session: Session, row: DocumentRow, words: str, *more: Why, **told: str) -> marks.MarkView:
    given = documents.mark(words, Tone.UNCLEAR, *more, **told)
    return marks.put(session, ONE, row.id, str(uuid4()), given)


def test_a_mark_is_ones_own_until_it_is_sent(session: Session, row: DocumentRow) -> None:
    made = _put(session, row, "indu de prestations", Why.VOCABULARY, understood="On me réclame")
    assert (made.mine, made.sent, made.exact) == (True, False, "indu de prestations")
    assert [one.uuid for one in marks.own(session, ONE, row.id)] == [made.uuid]
    assert marks.own(session, TWO, row.id) == []
    others.look(session, TWO, row.id)
    assert others.on_sentence(session, TWO, row.id, 1).marks == []
    assert others.others(session, TWO, row.id).heat == []
    assert marks.send(session, ONE, row.id) == 1
    assert [one.understood for one in others.on_sentence(session, TWO, row.id, 1).marks] == [
        "On me réclame"
    ]


def test_heat_is_told_to_whoever_sent_or_looks_and_to_nobody_else(
    session: Session, row: DocumentRow
) -> None:
    _put(session, row, "indu", Why.VOCABULARY)
    before = others.others(session, ONE, row.id)
    assert (before.open, before.sent, before.heat) == (False, False, [])
    with pytest.raises(Refused):
        others.on_sentence(session, ONE, row.id, 1)
    marks.send(session, ONE, row.id)
    after = others.others(session, ONE, row.id)
    assert (after.open, after.sent, after.readers, after.marks) == (True, True, 1, 1)
    assert [(one.sentence, one.readers, one.tones, one.reasons) for one in after.heat] == [
        (1, 1, ((Tone.UNCLEAR, 1),), ((Why.VOCABULARY, 1),))
    ]
    assert not others.others(session, TWO, row.id).open
    assert not others.others(session, NOBODY, row.id).open


def test_looking_is_counted_once_and_apart_from_readers(session: Session, row: DocumentRow) -> None:
    others.look(session, TWO, row.id)
    others.look(session, TWO, row.id)
    seen = others.others(session, TWO, row.id)
    assert (seen.open, seen.sent, seen.lookers, seen.readers) == (True, False, 1, 0)
    _put(session, row, "indu")
    marks.send(session, ONE, row.id)
    others.look(session, ONE, row.id)
    assert others.others(session, TWO, row.id).lookers == 1


def test_sent_twice_is_sent_once_and_nothing_marked_is_nothing_sent(
    session: Session, row: DocumentRow
) -> None:
    with pytest.raises(Invalid):
        marks.send(session, ONE, row.id)
    _put(session, row, "indu")
    assert (marks.send(session, ONE, row.id), marks.send(session, ONE, row.id)) == (1, 0)
    assert others.others(session, ONE, row.id).readers == 1


def test_once_sent_each_change_is_public_and_counts_follow(
    session: Session, row: DocumentRow
) -> None:
    first = _put(session, row, "indu", Why.VOCABULARY)
    marks.send(session, ONE, row.id)
    given = documents.mark("indu", Tone.WORRYING, Why.TONE)
    changed = marks.put(session, ONE, row.id, first.uuid, given)
    assert (changed.uuid, changed.sent, changed.tone) == (first.uuid, True, "worrying")
    heat = others.others(session, ONE, row.id).heat
    assert [(one.tones, one.reasons) for one in heat] == [(((Tone.WORRYING, 1),), ((Why.TONE, 1),))]
    second = _put(session, row, "salutations")
    assert second.sent
    assert others.others(session, ONE, row.id).marks == 2 == rows.counted(session, row.id)
    marks.remove(session, ONE, row.id, first.uuid)
    marks.remove(session, ONE, row.id, first.uuid)
    after = others.others(session, ONE, row.id)
    assert (after.marks, [one.sentence for one in after.heat]) == (1, [3])


def test_the_same_passage_twice_is_one_mark(session: Session, row: DocumentRow) -> None:
    first = _put(session, row, "indu")
    again = marks.put(session, ONE, row.id, str(uuid4()), documents.mark("indu", Tone.CLEAR))
    assert (again.uuid, again.tone) == (first.uuid, "clear")
    assert len(marks.own(session, ONE, row.id)) == 1


def test_a_uuid_of_somebody_else_takes_nothing_from_them(
    session: Session, row: DocumentRow
) -> None:
    first = _put(session, row, "indu")
    theirs = marks.put(session, TWO, row.id, first.uuid, documents.mark("indu", Tone.CLEAR))
    assert theirs.uuid != first.uuid
    assert [one.tone for one in marks.own(session, ONE, row.id)] == ["unclear"]
    marks.remove(session, TWO, row.id, first.uuid)
    assert len(marks.own(session, ONE, row.id)) == 1


def test_what_is_personal_in_a_mark_is_masked(session: Session, row: DocumentRow) -> None:
    told = "Appelez le 06 12 34 56 78"
    made = _put(session, row, "indu", understood=told)
    assert made.understood == "Appelez le [téléphone]"


def test_words_that_are_not_in_the_text_are_not_marked(session: Session, row: DocumentRow) -> None:
    given = documents.mark("ce qui", within="Voici ce qui n’y est pas du tout.")
    with pytest.raises(Invalid) as refused:
        marks.put(session, ONE, row.id, str(uuid4()), given)
    assert list(refused.value.errors) == ["passage"]


@pytest.mark.parametrize("stage", [one for one in Stage if one is not Stage.PUBLISHED])
def test_only_what_is_published_is_marked_or_read(
    session: Session, row: DocumentRow, stage: Stage
) -> None:
    row.stage = stage.value
    session.flush()
    kind = Gone if stage is Stage.ERASED else NotFound
    for gesture in (marks.own, marks.send, others.look, others.others):
        with pytest.raises(kind):
            gesture(session, ONE, row.id)


def test_a_browser_without_cookie_and_an_agent_of_the_service_do_not_mark(
    session: Session,
) -> None:
    where = factories.structure(session, "HERE")
    row = documents.published(session, where)
    agent = replace(factories.person(session, (Role.AGENT, where)), visitor=ONE.visitor)
    for viewer in (NOBODY, agent):
        with pytest.raises(Refused):
            marks.put(session, viewer, row.id, str(uuid4()), documents.mark("indu"))
