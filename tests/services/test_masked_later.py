"""Words that an author masks once their text is public: gone everywhere, sealed, read again."""

from __future__ import annotations

from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from spplus_app.domain.errors import Conflict, Invalid, NotFound
from spplus_app.domain.experiences import Status
from spplus_app.domain.moderation import MASKABLE
from spplus_app.domain.roles import NOBODY
from spplus_app.persistence import links, revisions
from spplus_app.persistence.tables import (
    AnswerOriginalRow,
    Base,
    ExperienceRow,
    JournalRow,
    ReplyRow,
    StructureRow,
)
from spplus_app.services import (
    answers_back,
    appeals,
    clock,
    experiences,
    follow_up,
    moderation,
    moderation_masking,
    originals,
    replies,
    report_queue,
    rights,
)
from tests import factories as make
from tests.services.test_follow_up import FOLLOWED, in_status

AUTHOR = make.visitor("author")
STORY = {
    "title": "Une réponse de Zébulonne au guichet",
    "narrative": "J’ai vu ZÉBULONNE mardi. Le bureau de Zébulonne\nau troisième étage était fermé.",
    "pseudonym": "Zébulonne",
}
ASKED = {"piece_1": "zébulonne", "kind_1": "person"}


@pytest.fixture
def where(session: Session) -> StructureRow:
    """A structure that was met."""
    return make.structure(session, "A")


@pytest.fixture
def row(session: Session, where: StructureRow) -> ExperienceRow:
    """A published text where a name stands everywhere, with what stands around it."""
    row = make.sent(session, AUTHOR, where, email="c@exemple.fr", **STORY)
    editor = make.moderator(session)
    moderation.refuse(session, editor, row.id, 1, "insult", "Le mot après Zébulonne.")
    decision = follow_up.follow(session, AUTHOR, row.id).appeal.decision
    appeals.ask(session, AUTHOR, row.id, decision, "Zébulonne n’est pas une insulte.")
    follow_up.resend(session, AUTHOR, row.id, STORY | {"title": "Zébulonne, encore"})
    moderation.publish(session, editor, row.id, 2)
    contact = links.contact(session, row.id)
    assert contact is not None
    contact.confirmed_at = clock.now()
    session.flush()
    said = make.replied(session, row, where, text="Zébulonne va vous rappeler demain.")
    answers_back.answer_back(session, AUTHOR, said, str(uuid4()), "Merci à Zébulonne !")
    return row


def _everything(session: Session) -> str:
    session.flush()
    rows = (
        str(dict(found))
        for table in Base.metadata.sorted_tables
        for found in session.execute(select(table)).mappings()
    )
    return "\n".join(rows).lower()


def test_the_words_are_gone_everywhere(
    session: Session, row: ExperienceRow, where: StructureRow
) -> None:
    assert make.listed(session, make.Search(q="zébulonne")) == [row.id]
    moderation_masking.mask_own(session, AUTHOR, row.id, 2, ASKED)
    assert "bulonne" not in _everything(session)
    seen = experiences.public(session, row.id)
    assert (seen.title, seen.signature) == ("[nom], encore", "")
    assert seen.href == f"/experiences/{row.id}-nom-encore"
    assert seen.replies[0].paragraphs == ["[nom] va vous rappeler demain."]
    assert make.listed(session, make.Search(q="zébulonne")) == []
    assert make.listed(session) == [row.id]
    page = follow_up.follow(session, AUTHOR, row.id)
    assert "bulonne" not in str(page).lower()
    assert ("Vous avez masqué des mots", "Mots masqués\u00a0: nom.") in [
        (step.title, step.detail) for step in page.steps
    ]
    worker = make.agent(session, where)
    assert "bulonne" not in str(replies.opened(session, worker, row.id)).lower()


def test_the_original_stays_sealed(session: Session, row: ExperienceRow) -> None:
    moderation_masking.mask_own(session, AUTHOR, row.id, 2, ASKED)
    kept = originals.unsealed(session, row.id)
    assert [words.title for _, words in kept] == [STORY["title"], "Zébulonne, encore"]
    (answer,) = session.scalars(select(AnswerOriginalRow))
    assert originals.text_of(answer.sealed) == "Merci à Zébulonne !"
    assert rights.see(session, AUTHOR, row.id)["originals"]


def test_the_public_page_and_every_list_are_told(
    session: Session, row: ExperienceRow, where: StructureRow
) -> None:
    expected = {"moderation", "experiences", f"experience:{row.id}", f"inbox:{where.id}"}

    def numbers() -> dict[str, int]:
        return revisions.numbers(session, expected)

    before = numbers()
    moderation_masking.mask_own(session, AUTHOR, row.id, 2, ASKED)
    moved = {topic for topic, number in numbers().items() if before.get(topic) != number}
    assert expected <= moved
    line = session.scalars(select(JournalRow).where(JournalRow.entry == "experience.masked")).one()
    assert line.after == {"version": 3, "masked": 1} and line.actor.startswith("visitor")


def test_moderation_reads_again_a_reply_that_an_author_changed(
    session: Session, row: ExperienceRow
) -> None:
    moderation_masking.mask_own(session, AUTHOR, row.id, 2, ASKED)
    (case,) = report_queue.cases(session, make.moderator(session)).waiting
    assert case.id == session.scalars(select(ReplyRow.id)).one() and not case.hidden


def test_pressed_twice_it_masks_once(session: Session, row: ExperienceRow) -> None:
    for _ in range(2):
        moderation_masking.mask_own(session, AUTHOR, row.id, 2, ASKED)
    assert row.version == 3
    with pytest.raises(Invalid):  # the page was read again: the words are not in it
        moderation_masking.mask_own(session, AUTHOR, row.id, 3, ASKED)
    with pytest.raises(Invalid):
        moderation_masking.mask_own(session, AUTHOR, row.id, 2, {})


def test_nobody_else_masks(session: Session, row: ExperienceRow, where: StructureRow) -> None:
    others = [NOBODY, make.visitor("stranger"), make.moderator(session), make.agent(session, where)]
    for viewer in others:
        with pytest.raises(NotFound):
            moderation_masking.mask_own(session, viewer, row.id, 2, ASKED)
    with pytest.raises(NotFound):
        moderation_masking.mask_own(session, AUTHOR, 10**6, 2, ASKED)
    assert row.version == 2


@pytest.mark.parametrize("status", sorted(FOLLOWED))
def test_what_somebody_reads_or_will_read_is_masked(session: Session, status: Status) -> None:
    row, _ = in_status(session, status)
    asked = {"piece_1": row.title.split()[-1], "kind_1": "chosen"}
    assert follow_up.follow(session, AUTHOR, row.id).may_mask is (status in MASKABLE)
    if status in MASKABLE:
        moderation_masking.mask_own(session, AUTHOR, row.id, row.version, asked)
        assert row.title.endswith("[masqué]") and row.status == status
    else:
        with pytest.raises(Conflict):
            moderation_masking.mask_own(session, AUTHOR, row.id, row.version, asked)


def test_an_edit_given_back_stays_masked(session: Session, row: ExperienceRow) -> None:
    typed = STORY | {"note": "Plus court."}
    moderation.edit(session, make.moderator(session), row.id, 2, typed)
    moderation_masking.mask_own(session, AUTHOR, row.id, 3, ASKED)
    decision = follow_up.follow(session, AUTHOR, row.id).appeal.decision
    assert decision
    appeals.ask(session, AUTHOR, row.id, decision, "")
    waiting = appeals.waiting(session, other := make.moderator(session))
    appeals.uphold(session, other, waiting[-1].id)
    assert "bulonne" not in _everything(session)
