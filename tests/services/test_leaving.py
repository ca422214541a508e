"""Before an answer, a reply or an edit leaves: what was found is shown, and nothing else leaves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from spplus_app.domain.errors import Conflict, DomainError, Invalid, NotFound
from spplus_app.domain.roles import NOBODY, Viewer
from spplus_app.persistence.tables import (
    AnswerOriginalRow,
    AnswerRow,
    JournalRow,
    ReplyRow,
    ReportCaseRow,
    VersionRow,
)
from spplus_app.services import (
    answers_back,
    moderation,
    moderation_queue,
    originals,
    replies,
    report_queue,
    rights,
)
from spplus_app.services.masking import Leaving
from tests import factories as make

AUTHOR = make.visitor("author")
PHONE, NAME = "06 12 34 56 78", "Odette Meunier"
TEXT = f"Je suis {NAME}, rappelez-moi au {PHONE} quand le guichet rouvrira."
MASKED = "Je suis [nom], rappelez-moi au [téléphone] quand le guichet rouvrira."
PHONE_KEPT = f"Je suis [nom], rappelez-moi au {PHONE} quand le guichet rouvrira."
NOTE = {"title": "Un titre tout à fait simple", "pseudonym": "", "note": "Plus clair."}


@dataclass
class Writing:
    """One of the three places where a text leaves: who writes, who looks, what stays."""

    look: Callable[[Viewer, dict[str, str]], Leaving]
    send: Callable[[Viewer, dict[str, str]], object]
    writer: Viewer
    stored: Callable[[], list[str]]
    before: list[str]


@pytest.fixture(params=["answer", "reply", "edit"])
def writing(request: pytest.FixtureRequest, session: Session) -> Writing:
    """Each of the three."""
    where = make.structure(session, "A")
    row = make.published(session, AUTHOR, where)
    uuid = str(uuid4())
    if request.param == "answer":
        reply = make.replied(session, row, where)
        return Writing(
            lambda v, t: answers_back.look_over(session, v, reply, {"answer": TEXT, **t}),
            lambda v, t: answers_back.answer_back(session, v, reply, uuid, TEXT, t),
            AUTHOR,
            lambda: list(session.scalars(select(AnswerRow.text))),
            [],
        )
    if request.param == "reply":
        typed = make.REPLY | {"text": TEXT}
        return Writing(
            lambda v, t: replies.look_over(session, v, row.id, typed | t),
            lambda v, t: replies.send(session, v, row.id, uuid, typed | t),
            make.agent(session, where),
            lambda: list(session.scalars(select(ReplyRow.text))),
            [],
        )
    typed = NOTE | {"narrative": TEXT}
    return Writing(
        lambda v, t: moderation.look_over(session, v, row.id, typed | t),
        lambda v, t: moderation.edit(session, v, row.id, 1, typed | t),
        make.moderator(session),
        lambda: list(session.scalars(select(VersionRow.narrative).where(VersionRow.number > 1))),
        [],
    )


def test_nothing_leaves_before_its_writer_has_seen_what_was_found(writing: Writing) -> None:
    for said in ({}, {"seen": "a" * 64}, {"kept": PHONE}):
        with pytest.raises(Conflict, match="trouvé des mots"):
            writing.send(writing.writer, said)
    assert writing.stored() == []
    seen = writing.look(writing.writer, {})
    assert [(one.text, one.word, one.kept) for one in seen.pieces] == [
        (NAME, "[nom]", False),
        (PHONE, "[téléphone]", False),
    ]
    assert all(one.reason for one in seen.pieces)
    assert MASKED in seen.texts.values()
    writing.send(writing.writer, {"seen": seen.seal})
    assert writing.stored() == [MASKED]


def test_what_is_not_personal_stays(writing: Writing, session: Session) -> None:
    said = {"kept": f"autre chose\n{PHONE}"}
    first, seen = writing.look(writing.writer, {}), writing.look(writing.writer, said)
    assert [one.kept for one in seen.pieces] == [False, True]
    # What was seen before the choice is not what leaves after it.
    with pytest.raises(Conflict):
        writing.send(writing.writer, {**said, "seen": first.seal})
    writing.send(writing.writer, {**said, "seen": seen.seal})
    assert writing.stored() == [PHONE_KEPT]
    line = session.scalars(select(JournalRow).order_by(JournalRow.id.desc())).first()
    assert line is not None
    assert (line.after["masked"], line.after["kept"]) == (1, 1)
    assert PHONE not in str(line.after)


def test_only_who_may_send_is_told(writing: Writing, session: Session) -> None:
    stranger = make.agent(session, make.structure(session, "ELSEWHERE"))
    for viewer in (NOBODY, make.visitor("stranger"), stranger):
        with pytest.raises(DomainError) as refused:
            writing.look(viewer, {})
        assert not isinstance(refused.value, Invalid)
        with pytest.raises(DomainError):
            writing.send(viewer, {"seen": writing.look(writing.writer, {}).seal})
    assert writing.stored() == []


def test_sent_twice_it_leaves_once(writing: Writing) -> None:
    said = {"seen": writing.look(writing.writer, {}).seal}
    writing.send(writing.writer, said)
    try:
        writing.send(writing.writer, said)
    except DomainError as error:  # an edit says that the text has changed
        assert isinstance(error, Conflict)
    assert writing.stored() == [MASKED]


def test_an_answer_as_it_was_typed_is_sealed_for_its_author(session: Session) -> None:
    where = make.structure(session, "A")
    row = make.published(session, AUTHOR, where)
    reply = make.replied(session, row, where)
    seal = answers_back.look_over(session, AUTHOR, reply, {"answer": TEXT}).seal
    answers_back.answer_back(session, AUTHOR, reply, str(uuid4()), TEXT, {"seen": seal})
    answers_back.answer_back(session, AUTHOR, reply, str(uuid4()), "Merci à vous.")
    (kept,) = session.scalars(select(AnswerOriginalRow))
    assert originals.text_of(kept.sealed) == TEXT and PHONE.encode() not in kept.sealed
    held = rights.see(session, AUTHOR, row.id)
    assert [one["text"] for one in held["answer_originals"]] == [TEXT]


def test_moderation_sees_what_an_author_keeps(session: Session) -> None:
    where = make.structure(session, "A")
    reply = make.replied(session, make.published(session, AUTHOR, where), where)
    said = {"kept": PHONE}
    seal = answers_back.look_over(session, AUTHOR, reply, {"answer": TEXT, **said}).seal
    answers_back.answer_back(session, AUTHOR, reply, str(uuid4()), TEXT, {**said, "seen": seal})
    (card,) = moderation_queue.queue(session, make.moderator(session)).answers
    assert [look.passages for look in card.looks] == [[PHONE]]


def test_moderation_reads_a_reply_whose_writer_keeps_words(session: Session) -> None:
    where = make.structure(session, "A")
    row, viewer = make.published(session, AUTHOR, where), make.agent(session, where)
    make.replied(session, row, where)
    moderator = make.moderator(session)
    assert report_queue.cases(session, moderator).waiting == ()
    typed = make.REPLY | {"text": TEXT, "kept": PHONE}
    seal = replies.look_over(session, viewer, row.id, typed).seal
    number = replies.send(session, viewer, row.id, str(uuid4()), typed | {"seen": seal})
    (case,) = report_queue.cases(session, moderator).waiting
    assert (case.id, case.hidden, case.reasons) == (number, False, [])
    assert "Aucun signalement" in case.told and any(PHONE in line for line in case.words)
    # Nobody reported it: its service is told nothing, and everyone reads it meanwhile.
    opened = replies.opened(session, viewer, row.id)
    assert opened.notices == [] and len(opened.experience.replies) == 2
    assert session.scalars(select(ReportCaseRow.reports)).one() == 0


def test_what_an_edited_text_already_showed_is_not_asked_again(session: Session) -> None:
    story = "Mme Lefebvre a refusé mon dossier au guichet, sans dire un mot de plus."
    row = make.published(session, AUTHOR, narrative=story)
    viewer = make.moderator(session)
    kept = row.narrative.replace("[nom]", "Lefebvre")
    row.narrative = kept
    typed = NOTE | {"narrative": kept + " Merci."}
    assert moderation.look_over(session, viewer, row.id, typed).pieces == []
    moderation.edit(session, viewer, row.id, 1, typed)
    assert "Lefebvre" in row.narrative
    with pytest.raises(NotFound):
        moderation.look_over(session, viewer, 10**6, typed)
