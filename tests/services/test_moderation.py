"""Moderation: the queue, each decision from each state, the trace, the author's words back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import uuid4

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import ORMExecuteState, Session

from spplus_app.domain.errors import Conflict, Invalid, NotFound, Refused, SignedOut
from spplus_app.domain.experiences import TRANSITIONS, Act, Status
from spplus_app.domain.moderation import MESSAGE_MAX, REASONS
from spplus_app.domain.replies import ANSWER_TRANSITIONS, AnswerStatus
from spplus_app.domain.roles import NOBODY, RIGHTS, Right, Role
from spplus_app.persistence import experiences as rows
from spplus_app.persistence.tables import (
    AnswerRow,
    AppealRow,
    ExperienceRow,
    JobRow,
    JournalRow,
    ModerationRow,
    PersonRow,
    StructureCountRow,
    VersionRow,
)
from spplus_app.services import (
    answers_back,
    appeals,
    clock,
    experiences,
    follow_up,
    moderation,
    moderation_queue,
    replies,
)
from tests import factories as make
from tests.services.test_follow_up import AUTHOR, CORRECTED, in_status

EDITED = {
    "title": make.STORY["title"],
    "narrative": make.NARRATIVE.replace("une agente", "une personne"),
    "pseudonym": "Camille",
    "note": "Fonction retirée.",
}
Gesture = Callable[..., object]
GESTURES: dict[str, Gesture] = {
    "queue": lambda s, v, _row: moderation_queue.queue(s, v),
    "item": lambda s, v, row: moderation_queue.item(s, v, row.id),
    "text": lambda s, v, row: moderation.text(s, v, row.id),
    "publish": lambda s, v, row: moderation.publish(s, v, row.id, row.version),
    "refuse": lambda s, v, row: moderation.refuse(s, v, row.id, row.version, "insult", ""),
    "edit": lambda s, v, row: moderation.edit(s, v, row.id, row.version, EDITED),
    "decide_answer": lambda s, v, row: answers_back.decide_answer(s, v, 1, "publish"),
}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("name", GESTURES)
def test_only_who_may_moderate_does(session: Session, name: str, role: Role) -> None:
    where = make.structure(session, "A")
    row = make.sent(session, AUTHOR, where)
    viewer = make.person(session, make.granted(role, where))
    if role in RIGHTS[Right.MODERATE]:
        with pytest.raises(NotFound) if name == "decide_answer" else _nothing():
            GESTURES[name](session, viewer, row)
    else:
        with pytest.raises(Refused):
            GESTURES[name](session, viewer, row)
        assert (row.status, row.version) == ("pending", 1)
    for signed_out in (NOBODY, AUTHOR):
        with pytest.raises(SignedOut):
            GESTURES[name](session, signed_out, row)


class _nothing:
    def __enter__(self) -> None: ...
    def __exit__(self, *_: object) -> None: ...


@pytest.mark.parametrize("act", [Act.PUBLISH, Act.REFUSE])
@pytest.mark.parametrize("status", Status)
def test_moderation_decides_where_the_table_says(
    session: Session, status: Status, act: Act
) -> None:
    row, _ = in_status(session, status)
    viewer = make.moderator(session)
    shown = moderation_queue.item(session, viewer, row.id)
    allowed = (status, act) in TRANSITIONS
    assert (shown.may_publish if act is Act.PUBLISH else shown.may_refuse) is allowed
    if allowed:
        GESTURES[act.value](session, viewer, row)
        assert row.status == TRANSITIONS[status, act]
        return
    with pytest.raises(Conflict):
        GESTURES[act.value](session, viewer, row)
    assert row.status == status


def test_the_queue_is_oldest_first_and_pages_without_loss(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(moderation_queue, "PAGE", 3)
    viewer, numbers = make.moderator(session), []
    for place in range(10):
        with make.at(days=-(place // 2)):
            numbers.append(make.sent(session, make.visitor(str(place))))
    expected = [row.id for row in sorted(numbers, key=lambda row: (row.sent_at, row.id))]
    seen: list[int] = []
    key = None
    while True:
        queue = moderation_queue.queue(session, viewer, key)
        assert queue.total == 10
        seen += [card.id for card in queue.cards]
        # Somebody else decides meanwhile: what was read is not read again, nothing is skipped.
        if key is None:
            key = queue.next_key
            moderation.publish(session, viewer, expected[1], 1)
            moderation.publish(session, viewer, expected[7], 1)
            expected = [number for number in expected if number != expected[7]]
            queue = moderation_queue.queue(session, viewer, key)
            assert queue.total == 8
            seen += [card.id for card in queue.cards]
            key = queue.next_key
            break
        key = queue.next_key
    while key is not None:
        queue = moderation_queue.queue(session, viewer, key)
        seen += [card.id for card in queue.cards]
        key = queue.next_key
    assert seen == expected


def test_a_corrected_text_goes_to_the_end_and_says_so(session: Session) -> None:
    viewer = make.moderator(session)
    with make.at(0):
        first = make.sent(session, AUTHOR)
    with make.at(1):
        second = make.sent(session, AUTHOR)
        moderation.refuse(session, viewer, first.id, 1, "insult", "")
    with make.at(2):
        follow_up.resend(session, AUTHOR, first.id, CORRECTED)
    cards = moderation_queue.queue(session, viewer).cards
    assert [(card.id, card.state) for card in cards] == [
        (second.id, "Nouvelle"),
        (first.id, "Corrigée par son auteur"),
    ]


def test_publishing_fills_the_inboxes_with_the_inherited_delay(session: Session) -> None:
    where = make.tree(session)
    where.branch.announced_delay_days = 12
    where.other_office.announced_delay_days = 5
    row = make.sent(session, AUTHOR, where.office, where.other_office, where.stranger)
    with make.at(3):
        moderation.publish(session, make.moderator(session), row.id, 1)
    met = rows.met(session, [row.id])[row.id]
    assert {one.link.published_at for one in met} == {make.later(3)} == {row.published_at}
    days = [(one.link.due_at - make.later(3)).days for one in met if one.link.due_at]
    # Its branch's, its own, and none announced anywhere: the one to start from.
    assert days == [12, 5, 30]
    for one in where.all:
        expected = [row.id] if one in (where.office, where.other_office, where.stranger) else []
        inbox = replies.inbox(session, make.agent(session, one))
        below = {where.top: 2, where.branch: 2}.get(one, len(expected))
        assert [card.id for card in inbox.cards] == [row.id] * below
    assert session.get(StructureCountRow, where.office.id).published == 1  # type: ignore[union-attr]


@pytest.mark.parametrize("act", ["publish", "refuse", "edit"])
def test_a_stale_version_decides_nothing(session: Session, act: str) -> None:
    row = make.sent(session, AUTHOR, make.structure(session, "A"))
    viewer = make.moderator(session)
    moderation.edit(session, viewer, row.id, 1, EDITED)
    stale = ExperienceRow(id=row.id, version=1)
    for version in (1, 0, 3, 10**14):
        stale.version = version
        with pytest.raises(Conflict, match="Relisez-le"):
            GESTURES[act](session, viewer, stale)
    assert (row.status, row.version) == ("pending", 2)


def test_publishing_twice_publishes_once(session: Session) -> None:
    row = make.sent(session, AUTHOR, make.structure(session, "A"), email="c@exemple.fr")
    viewer = make.moderator(session)
    moderation.publish(session, viewer, row.id, 1)
    with pytest.raises(Conflict):
        moderation.publish(session, make.moderator(session), row.id, 1)
    assert [one.published for one in session.scalars(select(StructureCountRow))] == [1]
    assert len(list(session.scalars(select(ModerationRow)))) == 1


def test_a_refusal_needs_a_reason(session: Session) -> None:
    row, viewer = make.sent(session, AUTHOR), make.moderator(session)
    cases = {"": "reason", "Insult": "reason", "x" * 500: "reason", "\x00": "reason"}
    for code, field in cases.items():
        with pytest.raises(Invalid) as refused:
            moderation.refuse(session, viewer, row.id, 1, code, "Un mot.")
        assert set(refused.value.errors) == {field}
    for message in ("a" * (MESSAGE_MAX + 1), "nul \x00"):
        with pytest.raises(Invalid) as refused:
            moderation.refuse(session, viewer, row.id, 1, "insult", message)
        assert set(refused.value.errors) == {"message"}
    assert row.status == "pending"


@pytest.mark.parametrize("reason", REASONS, ids=lambda one: one.code)
def test_the_author_reads_the_reason(session: Session, reason) -> None:  # type: ignore[no-untyped-def]
    row = make.sent(session, AUTHOR)
    moderation.refuse(session, make.moderator(session), row.id, 1, reason.code, "Ligne\r\ndeux")
    page = follow_up.follow(session, AUTHOR, row.id)
    assert page.refusal == f"{reason.author_text}\n\nLigne\ndeux"


def test_refusing_what_was_published_takes_it_back(session: Session) -> None:
    where = make.structure(session, "A")
    row = make.published(session, AUTHOR, where)
    make.replied(session, row, where)
    viewer, worker = make.moderator(session), make.agent(session, where)
    assert len(replies.inbox(session, worker, "replied").cards) == 1
    moderation.refuse(session, viewer, row.id, 1, "personal_data", "")
    assert make.listed(session) == []
    assert replies.inbox(session, worker, "replied").cards == ()
    counts = session.scalars(
        select(StructureCountRow).execution_options(populate_existing=True)
    ).one()
    assert (counts.published, counts.replied) == (0, 0)
    follow_up.resend(session, AUTHOR, row.id, CORRECTED)
    moderation.publish(session, viewer, row.id, 2)
    session.refresh(counts)
    assert (counts.published, counts.replied) == (1, 1)
    assert len(replies.inbox(session, worker, "replied").cards) == 1


def test_an_edit_keeps_the_original_and_shows_the_difference(session: Session) -> None:
    row, viewer = make.sent(session, AUTHOR), make.moderator(session)
    moderation.edit(session, viewer, row.id, 1, EDITED)
    versions = list(session.scalars(select(VersionRow).order_by(VersionRow.number)))
    assert [(one.number, one.by_moderation, one.person_id, one.note) for one in versions] == [
        (1, False, None, ""),
        (2, True, viewer.person_id, "Fonction retirée."),
    ]
    assert versions[0].narrative == make.NARRATIVE
    item = moderation_queue.item(session, viewer, row.id)
    assert item.changed
    assert (item.version, item.status) == (2, "pending")
    parts = item.narrative_diff
    assert "".join(one.text for one in parts if one.kind != "added") == make.NARRATIVE
    assert "".join(one.text for one in parts if one.kind != "removed") == EDITED["narrative"]
    assert [one.text.strip() for one in parts if one.kind != "same"] == ["agente", "personne"]
    assert [step.title for step in item.past] == ["Texte reçu", "Retouché par la modération"]
    assert follow_up.follow(session, AUTHOR, row.id).steps[-1].detail == "Fonction retirée."
    moderation.publish(session, viewer, row.id, 2)
    assert experiences.public(session, row.id).edited


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("note", ""),
        ("note", "a" * 301),
        ("title", " "),
        ("narrative", "court"),
        ("narrative", make.NARRATIVE),
        ("pseudonym", "a" * 41),
        ("title", "un \x00"),
    ],
)
def test_an_edit_has_its_bounds_and_its_reason(session: Session, field: str, value: str) -> None:
    row = make.sent(session, AUTHOR)
    with pytest.raises(Invalid) as refused:
        moderation.edit(session, make.moderator(session), row.id, 1, EDITED | {field: value})
    assert set(refused.value.errors) == {field}
    assert (row.version, row.narrative) == (1, make.NARRATIVE)


@pytest.mark.parametrize("status", Status)
def test_only_what_is_read_or_published_is_edited(session: Session, status: Status) -> None:
    row, _ = in_status(session, status)
    viewer = make.moderator(session)
    if status in (Status.PENDING, Status.PUBLISHED, Status.HIDDEN):
        moderation.edit(session, viewer, row.id, row.version, EDITED)
        assert row.status == status
    else:
        with pytest.raises(Conflict):
            moderation.edit(session, viewer, row.id, row.version, EDITED)


def answered(session: Session, text: str = "Merci pour votre réponse.") -> AnswerRow:
    """An author's word back that waits."""
    _, reply = in_status(session, Status.PUBLISHED)
    answers_back.answer_back(session, AUTHOR, reply, str(uuid4()), text)
    return session.scalars(select(AnswerRow).order_by(AnswerRow.id.desc()).limit(1)).one()


@pytest.mark.parametrize("act", ["publish", "refuse"])
@pytest.mark.parametrize("status", AnswerStatus)
def test_answers_are_decided_where_the_table_says(
    session: Session, status: AnswerStatus, act: str
) -> None:
    row, viewer = answered(session), make.moderator(session)
    row.status = status.value
    session.flush()
    expected = ANSWER_TRANSITIONS.get((status, act))
    if expected is None:
        with pytest.raises(Conflict):
            answers_back.decide_answer(session, viewer, row.id, act, "insult", reported=True)
        assert row.status == status
        return
    answers_back.decide_answer(session, viewer, row.id, act, "insult", reported=True)
    assert row.status == expected
    shown = experiences.public(session, row.experience_id).replies[0].answers
    assert bool(shown) is (expected is AnswerStatus.PUBLISHED)


@pytest.mark.parametrize("status", [one for one in AnswerStatus if one is not AnswerStatus.PENDING])
def test_an_answer_that_was_read_meanwhile_is_left(session: Session, status: AnswerStatus) -> None:
    row, viewer = answered(session), make.moderator(session)
    row.status = status.value
    session.flush()
    for act in ("publish", "refuse"):
        with pytest.raises(Conflict):
            answers_back.decide_answer(session, viewer, row.id, act, "insult")
    assert row.status == status


def test_moderation_may_not_withdraw_in_the_author_s_name(session: Session) -> None:
    row, viewer = answered(session), make.moderator(session)
    for act in ("withdraw", "resend", "", "x" * 300, "\x00"):
        with pytest.raises(Refused):
            answers_back.decide_answer(session, viewer, row.id, act, "insult")
    for code in ("", "nope", "x" * 300):
        with pytest.raises(Invalid):
            answers_back.decide_answer(session, viewer, row.id, "refuse", code)
    for number in (0, 2**31, 2**70):
        with pytest.raises(NotFound):
            answers_back.decide_answer(session, viewer, number, "publish")
    assert row.status == "pending"
    # Words sent along with « publish » go nowhere.
    answers_back.decide_answer(session, viewer, row.id, "publish", "un texte " * 50)
    last = session.scalars(select(JournalRow).order_by(JournalRow.id.desc()).limit(1)).one()
    assert last.after == {"status": "published", "reason": ""}


def test_the_queue_shows_the_answers_that_wait(session: Session) -> None:
    first, second = answered(session), answered(session, "Une seconde réponse.")
    viewer = make.moderator(session)
    queue = moderation_queue.queue(session, viewer)
    assert [(card.id, card.kind) for card in queue.answers] == [
        (first.id, "answer"),
        (second.id, "answer"),
    ]
    assert queue.answers[0].title == make.STORY["title"]
    answers_back.decide_answer(session, viewer, first.id, "refuse", "insult")
    assert [card.id for card in moderation_queue.queue(session, viewer).answers] == [second.id]
    past = moderation_queue.item(session, viewer, first.experience_id).past
    assert past[-1].title == "Réponse de l’auteur\u00a0: refusé"


def test_an_address_gets_nothing_until_it_is_confirmed(session: Session) -> None:
    row = make.sent(session, AUTHOR, make.structure(session, "A"), email="c@exemple.fr")
    viewer = make.moderator(session)
    moderation.publish(session, viewer, row.id, 1)

    def templates() -> list[str]:
        return [
            one.payload["template"] for one in session.scalars(select(JobRow).order_by(JobRow.id))
        ]

    assert templates() == ["follow_up"]
    contact = rows_contact(session, row)
    contact.confirmed_at = clock.now()
    session.flush()
    moderation.refuse(session, viewer, row.id, 1, "insult", "")
    follow_up.resend(session, AUTHOR, row.id, CORRECTED)
    moderation.publish(session, viewer, row.id, 2)
    assert templates() == ["follow_up", "refused", "published"]


def rows_contact(session: Session, row: ExperienceRow):  # type: ignore[no-untyped-def]
    """The author's address."""
    from spplus_app.persistence import links

    contact = links.contact(session, row.id)
    assert contact is not None
    return contact


def test_who_decided_is_kept(session: Session) -> None:
    row, viewer = make.sent(session, AUTHOR), make.moderator(session)
    moderation.refuse(session, viewer, row.id, 1, "insult", "")
    decision = session.scalars(select(ModerationRow)).one()
    assert decision.person_id == viewer.person_id
    assert session.get(PersonRow, viewer.person_id) is not None


def held_in(session: Session, gesture: Callable[[], object]) -> list[str]:
    """The tables whose rows a gesture holds until its end, in the order it takes them."""
    held: list[str] = []

    def keep(state: ORMExecuteState) -> None:
        if getattr(state.statement, "_for_update_arg", None) is not None:
            held.append(state.statement.get_final_froms()[0].name)  # type: ignore[attr-defined]

    event.listen(session, "do_orm_execute", keep)
    gesture()
    event.remove(session, "do_orm_execute", keep)
    return list(dict.fromkeys(held))


def test_the_experience_is_held_before_what_hangs_on_it(session: Session) -> None:
    row, viewer = answered(session), make.moderator(session)
    gesture = partial(answers_back.decide_answer, session, viewer, row.id, "publish")
    assert held_in(session, gesture) == ["experience", "answer"]
    other = make.sent(session, AUTHOR)
    moderation.refuse(session, viewer, other.id, 1, "insult", "")
    decision = follow_up.follow(session, AUTHOR, other.id).appeal.decision
    asking = partial(appeals.ask, session, AUTHOR, other.id, decision, "")
    assert held_in(session, asking) == ["limit_count", "experience"]
    appeal = session.scalars(select(AppealRow.id)).one()
    second = make.moderator(session)
    deciding = partial(appeals.uphold, session, second, appeal)
    assert held_in(session, deciding) == ["experience", "appeal"]
