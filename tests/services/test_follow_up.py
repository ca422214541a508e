"""The author's private page: who reaches it, and every gesture from each state."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from spplus_app.domain.errors import Conflict, DomainError, Invalid, NotFound
from spplus_app.domain.experiences import NARRATIVE_MAX, TITLE_MAX, TRANSITIONS, Act, Status
from spplus_app.domain.replies import ANSWER_MAX
from spplus_app.domain.reports import Kind
from spplus_app.domain.roles import NOBODY, Role, Viewer
from spplus_app.persistence.tables import (
    AnswerRow,
    ExperienceRow,
    JournalRow,
    ModerationRow,
    PrivateLinkRow,
    ReplyRow,
    VersionRow,
)
from spplus_app.services import (
    answers_back,
    erasure,
    experiences,
    follow_up,
    moderation,
    replies,
    reports,
    tokens,
)
from tests import factories as make

AUTHOR = make.visitor("author")
FOLLOWED = frozenset(Status) - {Status.ERASED}
"""States in which a browser may still follow: erasing takes that right away with the rest."""
CORRECTED = {
    "title": "Un titre corrigé",
    "narrative": "Un texte corrigé, sans aucun nom de personne.",
    "pseudonym": "C.",
}


def in_status(session: Session, status: Status) -> tuple[ExperienceRow, int]:
    """An experience brought to a state by real gestures, with a reply; return both."""
    where = make.structure(session, f"S-{uuid4().hex[:8]}")
    row = make.published(session, AUTHOR, where, email="c@exemple.fr")
    reply = make.replied(session, row, where)
    if status is Status.WITHDRAWN:
        follow_up.withdraw(session, AUTHOR, row.id)
    if status in (Status.REFUSED, Status.PENDING):
        moderation.refuse(session, make.moderator(session), row.id, row.version, "insult", "Non.")
    if status is Status.PENDING:
        follow_up.resend(session, AUTHOR, row.id, CORRECTED)
    if status is Status.HIDDEN:
        reporter = make.visitor("reporter")
        reports.report(session, reporter, Kind.EXPERIENCE, row.id, "personal_data", "")
    if status is Status.ERASED:
        erasure.erase(session, AUTHOR, row, erasure.Choice.REMOVE)
    assert row.status == status
    return row, reply


def gestures(row: ExperienceRow, reply: int) -> dict[str, Callable[[Session, Viewer], object]]:
    """Everything that may be done or read with a private link."""
    return {
        "follow": lambda s, v: follow_up.follow(s, v, row.id),
        "original": lambda s, v: follow_up.original(s, v, row.id),
        "resend": lambda s, v: follow_up.resend(s, v, row.id, CORRECTED),
        "withdraw": lambda s, v: follow_up.withdraw(s, v, row.id),
        "confirm_email": lambda s, v: follow_up.confirm_email(s, v, row.id),
        "rate": lambda s, v: answers_back.rate(s, v, reply, "utile"),
        "answer_back": lambda s, v: answers_back.answer_back(s, v, reply, str(uuid4()), "Merci !"),
    }


@pytest.mark.parametrize("status", Status)
def test_nobody_else_reaches_anything(session: Session, status: Status) -> None:
    row, reply = in_status(session, status)
    others = [NOBODY, make.visitor("stranger"), make.moderator(session)]
    others += [make.person(session, (Role.PROGRAMME, None))]
    before = session.scalar(select(func.count()).select_from(JournalRow))
    for name, gesture in gestures(row, reply).items():
        for viewer in others:
            with pytest.raises(NotFound):
                gesture(session, viewer)
            assert row.status == status, name
    assert follow_up.mine(session, make.visitor("stranger")) == ()
    assert follow_up.mine(session, NOBODY) == ()
    assert follow_up.forget(session, NOBODY) == 0
    assert session.scalar(select(func.count()).select_from(JournalRow)) == before


@pytest.mark.parametrize("number", [0, -5, 2**31, 2**63, 10**20])
def test_unknown_numbers_are_not_found(session: Session, number: int) -> None:
    ghost = ExperienceRow(id=number)
    for gesture in gestures(ghost, number).values():
        with pytest.raises(NotFound):
            gesture(session, AUTHOR)


@pytest.mark.parametrize("act", [Act.RESEND, Act.WITHDRAW])
@pytest.mark.parametrize("status", sorted(FOLLOWED))
def test_the_author_acts_where_the_table_says(session: Session, status: Status, act: Act) -> None:
    row, reply = in_status(session, status)
    page = follow_up.follow(session, AUTHOR, row.id)
    allowed = (status, act) in TRANSITIONS
    shown = page.may_correct if act is Act.RESEND else page.may_withdraw
    assert shown is allowed
    gesture = gestures(row, reply)[act.value]
    if allowed:
        gesture(session, AUTHOR)
        assert row.status == TRANSITIONS[status, act]
    elif (status, act) in ((Status.PENDING, Act.RESEND), (Status.WITHDRAWN, Act.WITHDRAW)):
        version = row.version
        gesture(session, AUTHOR)  # pressed twice: done already, and nothing is wrong
        assert (row.status, row.version) == (status, version)
    else:
        with pytest.raises(Conflict):
            gesture(session, AUTHOR)
        assert row.status == status


def test_another_text_sent_while_the_first_is_read_is_told(session: Session) -> None:
    row, _ = in_status(session, Status.PENDING)
    with pytest.raises(Conflict, match="changé entre-temps"):
        follow_up.resend(session, AUTHOR, row.id, CORRECTED | {"title": "Encore un autre titre"})
    assert row.title == CORRECTED["title"]


def test_a_link_gives_everything_and_forgetting_takes_it_back(session: Session) -> None:
    row, _ = in_status(session, Status.PUBLISHED)
    phone = make.visitor("phone")
    token = experiences.receipt(session, AUTHOR, row.id).token
    experiences.open_link(session, phone, token)
    assert follow_up.follow(session, phone, row.id).experience.id == row.id
    assert [card.id for card in follow_up.mine(session, phone)] == [row.id]
    assert follow_up.forget(session, phone) == 1
    with pytest.raises(NotFound):
        follow_up.follow(session, phone, row.id)
    assert experiences.open_link(session, phone, token) == row.id
    assert follow_up.mine(session, phone)[0].href == f"/suivi/{row.id}"


def test_the_page_tells_every_step_in_order(session: Session) -> None:
    where = make.structure(session, "A")
    with make.at(0):
        row = make.sent(session, AUTHOR, where)
    editor = make.moderator(session)
    with make.at(1):
        moderation.refuse(session, editor, row.id, 1, "personal_data", "Le nom de la ligne 2.")
    page = follow_up.follow(session, AUTHOR, row.id)
    assert "reconnaître quelqu’un" in page.refusal
    assert page.refusal.endswith("Le nom de la ligne 2.")
    with make.at(2):
        follow_up.resend(session, AUTHOR, row.id, CORRECTED)
    with make.at(3):
        moderation.publish(session, editor, row.id, 2)
    with make.at(4):
        reply = make.replied(session, row, where)
    with make.at(5):
        answers_back.rate(session, AUTHOR, reply, "utile")
        answers_back.answer_back(session, AUTHOR, reply, str(uuid4()), "Merci à vous.")
    page = follow_up.follow(session, AUTHOR, row.id)
    assert [step.title for step in page.steps] == [
        "Vous avez envoyé votre expérience",
        "Nous vous demandons de corriger votre texte",
        "Vous avez corrigé et renvoyé votre texte",
        "Votre expérience est publiée et transmise au service",
        "Service A vous a répondu",
        "Vous avez jugé la réponse\u00a0: utile",
        "Vous avez répondu au service",
    ]
    assert [step.iso[:10] for step in page.steps[:5]] == [f"2026-03-0{day}" for day in range(2, 7)]
    assert page.refusal == ""
    assert page.experience.title == CORRECTED["title"]


def test_a_corrected_text_keeps_the_original(session: Session) -> None:
    row, _ = in_status(session, Status.PENDING)
    versions = list(session.scalars(select(VersionRow).order_by(VersionRow.number)))
    assert [one.number for one in versions] == [1, 2]
    assert [one.title for one in versions] == [make.STORY["title"], CORRECTED["title"]]
    assert not any(one.by_moderation for one in versions)
    assert follow_up.original(session, AUTHOR, row.id) == CORRECTED
    assert row.slug == "un-titre-corrige"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "a" * (TITLE_MAX + 1)),
        ("narrative", "trop court"),
        ("narrative", "a" * (NARRATIVE_MAX + 1)),
        ("pseudonym", "a" * 41),
        ("narrative", "un texte avec un \x00 dedans, et la suite"),
    ],
)
def test_a_correction_is_judged_like_the_first_text(
    session: Session, field: str, value: str
) -> None:
    row, _ = in_status(session, Status.REFUSED)
    with pytest.raises(Invalid) as refused:
        follow_up.resend(session, AUTHOR, row.id, CORRECTED | {field: value})
    assert set(refused.value.errors) == {field}
    assert (row.status, row.version, row.title) == ("refused", 1, make.STORY["title"])


def test_a_withdrawn_experience_leaves_everything(session: Session) -> None:
    where = make.structure(session, "A")
    row = make.published(session, AUTHOR, where)
    worker = make.agent(session, where)
    follow_up.withdraw(session, AUTHOR, row.id)
    assert make.listed(session) == []
    assert replies.inbox(session, worker).cards == ()
    with pytest.raises(NotFound):
        experiences.public(session, row.id)
    with pytest.raises(NotFound):
        replies.opened(session, worker, row.id)
    decisions = list(session.scalars(select(ModerationRow.act).order_by(ModerationRow.id)))
    assert decisions == ["publish", "withdraw"]


def test_only_the_mail_s_own_link_confirms_the_address(session: Session) -> None:
    row = make.sent(session, AUTHOR, email="camille@exemple.fr")
    page = follow_up.follow(session, AUTHOR, row.id)
    assert (page.email_hint, page.email_confirmed, page.may_confirm) == (
        "c•••@exemple.fr",
        False,
        False,
    )
    with pytest.raises(NotFound, match="e-mail"):
        follow_up.confirm_email(session, AUTHOR, row.id)
    links = session.scalars(select(PrivateLinkRow).order_by(PrivateLinkRow.id)).all()
    paper, mail = [tokens.derive(experiences.FOLLOW_UP, link.nonce) for link in links]
    phone = make.visitor("phone")
    experiences.open_link(session, phone, paper)
    with pytest.raises(NotFound):
        follow_up.confirm_email(session, phone, row.id)
    # Opening is not confirming: scanners open links before people do.
    experiences.open_link(session, phone, mail)
    page = follow_up.follow(session, phone, row.id)
    assert (page.email_confirmed, page.may_confirm) == (False, True)
    follow_up.confirm_email(session, phone, row.id)
    follow_up.confirm_email(session, phone, row.id)
    page = follow_up.follow(session, AUTHOR, row.id)
    assert (page.email_confirmed, page.may_confirm) == (True, False)
    lines = session.scalars(select(JournalRow.entry).where(JournalRow.entry == "email.confirmed"))
    assert len(lines.all()) == 1


def test_without_an_address_there_is_nothing_to_confirm(session: Session) -> None:
    row = make.sent(session, AUTHOR)
    with pytest.raises(NotFound):
        follow_up.confirm_email(session, AUTHOR, row.id)
    assert follow_up.follow(session, AUTHOR, row.id).email_hint == ""


def test_a_rating_is_one_of_two_and_may_change(session: Session) -> None:
    row, reply = in_status(session, Status.PUBLISHED)
    for wrong in ("", "Utile", "utile ", "super", "pas  utile"):
        with pytest.raises(Invalid) as refused:
            answers_back.rate(session, AUTHOR, reply, wrong)
        assert set(refused.value.errors) == {"rating"}
    for rating in ("utile", "utile", "pas utile"):
        answers_back.rate(session, AUTHOR, reply, rating)
    assert experiences.public(session, row.id).replies[0].rating == "pas utile"
    lines = select(JournalRow).where(JournalRow.entry == "reply.rated").order_by(JournalRow.id)
    assert [(line.before, line.after) for line in session.scalars(lines)] == [
        ({"rating": ""}, {"rating": "utile"}),
        ({"rating": "utile"}, {"rating": "pas utile"}),
    ]


def test_an_answer_leaves_once_and_waits_for_moderation(session: Session) -> None:
    row, reply = in_status(session, Status.PUBLISHED)
    uuid = str(uuid4())
    for _ in range(3):
        answers_back.answer_back(session, AUTHOR, reply, uuid, "Merci, c’est réglé.")
    assert session.scalar(select(func.count()).select_from(AnswerRow)) == 1
    assert experiences.public(session, row.id).replies[0].answers == []
    own = follow_up.follow(session, AUTHOR, row.id).experience.replies[0].answers
    assert [(one.text, one.status) for one in own] == [("Merci, c’est réglé.", "pending")]
    other = make.replied(session, row, _structure_of(session, reply))
    # The page's UUID has served for one reply: an answer to another one is another answer.
    for _ in range(2):
        answers_back.answer_back(session, AUTHOR, other, uuid, "Une autre réponse.")
    texts = session.scalars(select(AnswerRow.text).order_by(AnswerRow.id)).all()
    assert texts == ["Merci, c’est réglé.", "Une autre réponse."]


def _structure_of(session: Session, reply: int):  # type: ignore[no-untyped-def]
    row = session.get(ReplyRow, reply)
    assert row is not None
    return next(
        item.structure
        for item in experiences.experiences.met(session, [row.experience_id])[row.experience_id]
    )


@pytest.mark.parametrize("text", ["", "  ", "ok", "a" * (ANSWER_MAX + 1), "non\x00", "\u200b" * 9])
def test_an_answer_has_its_bounds(session: Session, text: str) -> None:
    _, reply = in_status(session, Status.PUBLISHED)
    with pytest.raises(Invalid) as refused:
        answers_back.answer_back(session, AUTHOR, reply, str(uuid4()), text)
    assert set(refused.value.errors) == {"answer"}
    with pytest.raises(Invalid):
        answers_back.answer_back(session, AUTHOR, reply, text, "Un texte tout à fait correct.")


@pytest.mark.parametrize("status", sorted(FOLLOWED - {Status.PUBLISHED}))
def test_one_only_answers_what_is_published(session: Session, status: Status) -> None:
    row, reply = in_status(session, status)
    with pytest.raises(Conflict):
        gestures(row, reply)["answer_back"](session, AUTHOR)


def test_every_refusal_has_words(session: Session) -> None:
    row, reply = in_status(session, Status.WITHDRAWN)
    for gesture in gestures(row, reply).values():
        for viewer in (AUTHOR, NOBODY):
            try:
                gesture(session, viewer)
            except DomainError as error:
                assert error.message.endswith(".")
