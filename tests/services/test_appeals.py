"""Appeals: once a decision, by its author, decided by somebody else before a stated day."""

from __future__ import annotations

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from spplus_app.domain.appeals import APPEAL_DAYS, APPEAL_MAX
from spplus_app.domain.errors import Conflict, Invalid, NotFound, Refused, SignedOut
from spplus_app.domain.reports import Kind
from spplus_app.domain.roles import NOBODY, RIGHTS, Right, Role, Viewer
from spplus_app.persistence import links
from spplus_app.persistence.tables import (
    AppealRow,
    ContactRow,
    ExperienceRow,
    GrantRow,
    JobRow,
    JournalRow,
    StructureCountRow,
)
from spplus_app.services import (
    appeals,
    clock,
    erasure,
    experiences,
    follow_up,
    jobs,
    mail,
    moderation,
    moderation_masking,
    reports,
)
from spplus_app.services.erasure import Choice
from tests import factories as make
from tests.services.test_follow_up import AUTHOR, CORRECTED

EDITED = {"title": "Titre", "narrative": make.NARRATIVE, "pseudonym": "", "note": "Plus court."}


def judge(session: Session) -> Viewer:
    """A moderator, whose grant stands in the database too."""
    viewer = make.moderator(session)
    grant = GrantRow(person_id=viewer.person_id, role="moderator", created_at=clock.now())
    session.add(grant)
    session.flush()
    return viewer


def refused(session: Session, reason: str = "off_topic") -> tuple[ExperienceRow, Viewer, int]:
    """A refused experience of a confirmed author, who refused it, and the decision."""
    row = make.sent(session, AUTHOR, make.structure(session, "A"), email="c@exemple.fr")
    contact = links.contact(session, row.id)
    assert contact is not None
    contact.confirmed_at = clock.now()
    first = judge(session)
    moderation.refuse(session, first, row.id, 1, reason, "Non.")
    return row, first, follow_up.follow(session, AUTHOR, row.id).appeal.decision


def asked(session: Session, text: str = "Relisez.") -> tuple[ExperienceRow, Viewer, AppealRow]:
    """An appeal that waits."""
    row, first, decision = refused(session)
    appeals.ask(session, AUTHOR, row.id, decision, text)
    return row, first, session.scalars(select(AppealRow)).one()


def told(session: Session) -> str:
    """The last mail."""
    job = session.scalars(select(JobRow).order_by(JobRow.id.desc()).limit(1)).one()
    letter = mail.compose(session, jobs.Job(job.id, job.kind, job.payload)).letter
    return f"{letter.subject} {letter.blocks}"


def test_it_is_asked_once_with_a_day_that_is_told(session: Session) -> None:
    with make.at(0):
        row, _, decision = refused(session)
        page = follow_up.follow(session, AUTHOR, row.id)
        assert page.appeal.promised == "9\u00a0mars\u00a02026"
        for _ in range(2):
            appeals.ask(session, AUTHOR, row.id, decision, "Relisez\r\nbien.")
    appeal = session.scalars(select(AppealRow)).one()
    assert (appeal.text, appeal.due_at) == ("Relisez\nbien.", make.later(APPEAL_DAYS))
    lines = session.scalars(select(JournalRow).where(JournalRow.entry == "appeal.made")).all()
    assert len(lines) == 1 and "Relisez" not in str(lines[0].after)
    with make.at(1):
        page = follow_up.follow(session, AUTHOR, row.id)
        assert (page.appeal.decision, page.appeal.due) == (0, "9\u00a0mars\u00a02026")
        assert not page.appeal.late
    with make.at(APPEAL_DAYS + 1):
        assert follow_up.follow(session, AUTHOR, row.id).appeal.late


def test_only_the_author_asks_and_only_what_they_read(session: Session) -> None:
    row, first, decision = refused(session)
    for stranger in (NOBODY, make.visitor("other"), first):
        with pytest.raises(NotFound):
            appeals.ask(session, stranger, row.id, decision, "")
    for number in (0, 2**31, 2**70):
        with pytest.raises(NotFound):
            appeals.ask(session, AUTHOR, number, decision, "")
    for other in (0, decision + 1, 2**70):
        with pytest.raises(Conflict):
            appeals.ask(session, AUTHOR, row.id, other, "")
    for text in ("a" * (APPEAL_MAX + 1), "nul \x00"):
        with pytest.raises(Invalid) as wrong:
            appeals.ask(session, AUTHOR, row.id, decision, text)
        assert set(wrong.value.errors) == {"texte"}
    follow_up.resend(session, AUTHOR, row.id, CORRECTED)
    with pytest.raises(Conflict):
        appeals.ask(session, AUTHOR, row.id, decision, "")
    assert not session.scalars(select(AppealRow)).all()


@pytest.mark.parametrize("role", Role)
def test_only_moderation_decides(session: Session, role: Role) -> None:
    row, _, appeal = asked(session)
    viewer = make.person(session, make.granted(role, make.structure(session, "B")))
    gestures = (
        lambda v: appeals.waiting(session, v),
        lambda v: appeals.of_experience(session, v, row.id),
        lambda v: appeals.uphold(session, v, appeal.id),
        lambda v: appeals.reject(session, v, appeal.id, "Non."),
    )
    for nobody in (NOBODY, AUTHOR):
        for gesture in gestures:
            with pytest.raises(SignedOut):
                gesture(nobody)
    if role not in RIGHTS[Right.MODERATE]:
        for gesture in gestures:
            with pytest.raises(Refused):
                gesture(viewer)
        assert (row.status, appeal.status) == ("refused", "waiting")


def test_who_decided_may_not_decide_again(session: Session) -> None:
    row, first, appeal = asked(session)
    for gesture in (appeals.uphold, appeals.reject):
        with pytest.raises(Refused, match="une autre personne"):
            gesture(session, first, appeal.id, "Un mot.")
    assert (row.status, appeal.status) == ("refused", "waiting")
    alone = appeals.waiting(session, first)[0]
    assert (alone.mine, alone.alone) == (True, True)
    second = judge(session)
    mine, theirs = (appeals.waiting(session, who)[0] for who in (first, second))
    assert (mine.mine, mine.alone, theirs.mine) == (True, False, False)


def test_upheld_the_text_is_published(session: Session) -> None:
    row, _, appeal = asked(session)
    second = judge(session)
    for _ in range(2):
        appeals.uphold(session, second, appeal.id, "Vous avez raison.")
    assert row.status == "published"
    assert make.listed(session) == [row.id]
    assert [one.published for one in session.scalars(select(StructureCountRow))] == [1]
    assert "Elle vous donne raison" in told(session).replace("\n", " ")
    assert "Vous avez raison." in told(session)
    titles = [step.title for step in follow_up.follow(session, AUTHOR, row.id).steps]
    assert titles[-2:] == ["Vous avez demandé un second avis", "Le second avis vous donne raison"]
    entries = list(session.scalars(select(JournalRow.entry).order_by(JournalRow.id)))
    assert entries[-2:] == ["experience.published", "appeal.upheld"]
    with pytest.raises(Conflict):
        appeals.reject(session, judge(session), appeal.id, "Non.")
    # Refused once more in the same version: another decision, another mail, another appeal.
    moderation.refuse(session, second, row.id, 1, "off_topic", "Encore.")
    assert "Encore." in told(session)
    again = follow_up.follow(session, AUTHOR, row.id).appeal.decision
    assert again and again != appeal.moderation_id


def test_rejected_the_author_reads_why_and_may_not_ask_again(session: Session) -> None:
    row, _, appeal = asked(session)
    second = judge(session)
    for wrong in ("", " ", "a" * 2000):
        with pytest.raises(Invalid) as refusal:
            appeals.reject(session, second, appeal.id, wrong)
        assert set(refusal.value.errors) == {"message"}
    for _ in range(2):
        appeals.reject(session, second, appeal.id, "Ce n’est pas un service public.")
    page = follow_up.follow(session, AUTHOR, row.id)
    assert (page.status, page.appeal.decision) == ("refused", 0)
    assert page.appeal.message == "Ce n’est pas un service public."
    assert "maintenue" in told(session) and "pas un service public" in told(session)
    appeals.ask(session, AUTHOR, row.id, appeal.moderation_id, "Encore !")
    assert len(session.scalars(select(AppealRow)).all()) == 1
    assert appeals.waiting(session, second) == []


@pytest.mark.parametrize("gesture", ["resend", "withdraw"])
def test_an_appeal_ends_when_its_author_moves_on(session: Session, gesture: str) -> None:
    row, _, appeal = asked(session)
    if gesture == "resend":
        follow_up.resend(session, AUTHOR, row.id, CORRECTED)
    else:
        follow_up.withdraw(session, AUTHOR, row.id)
    session.refresh(appeal)
    assert appeal.status == "closed"
    second = judge(session)
    assert appeals.waiting(session, second) == []
    with pytest.raises(Conflict):
        appeals.uphold(session, second, appeal.id)


def test_the_first_due_comes_first_and_late_ones_say_so(session: Session) -> None:
    numbers = []
    for day in (0, 2):
        with make.at(day):
            row = make.sent(session, make.visitor(str(day)))
            moderation.refuse(session, judge(session), row.id, 1, "off_topic", "")
            who = make.visitor(str(day))
            decision = follow_up.follow(session, who, row.id).appeal.decision
            appeals.ask(session, who, row.id, decision, "")
            numbers.append(f"/espace/moderation/{row.id}")
    with make.at(APPEAL_DAYS + 1):
        found = appeals.waiting(session, judge(session))
    assert [(one.href, one.late) for one in found] == [(numbers[0], True), (numbers[1], False)]


def test_words_edited_in_public_may_be_given_back(session: Session) -> None:
    row = make.published(session, AUTHOR)
    first, second = judge(session), judge(session)
    assert follow_up.follow(session, AUTHOR, row.id).appeal.decision == 0
    moderation.edit(session, first, row.id, 1, EDITED)
    decision = follow_up.follow(session, AUTHOR, row.id).appeal.decision
    appeals.ask(session, AUTHOR, row.id, decision, "")
    appeal = session.scalars(select(AppealRow)).one()
    with pytest.raises(Refused):
        appeals.uphold(session, first, appeal.id)
    appeals.uphold(session, second, appeal.id)
    assert (row.status, row.title, row.version) == ("published", make.STORY["title"], 3)
    assert experiences.public(session, row.id).title == make.STORY["title"]
    assert follow_up.follow(session, AUTHOR, row.id).appeal.decision == 0


def test_words_masked_in_public_are_never_given_back(session: Session) -> None:
    row = make.published(session, AUTHOR)
    first, second = judge(session), judge(session)
    asked_for = {"piece_1": "guichet", "kind_1": "chosen"}
    moderation_masking.mask(session, first, row.id, 1, asked_for)
    decision = follow_up.follow(session, AUTHOR, row.id).appeal.decision
    appeals.ask(session, AUTHOR, row.id, decision, "")
    appeals.uphold(session, second, session.scalars(select(AppealRow.id)).one())
    assert "guichet" not in row.narrative and row.version == 2


@pytest.mark.parametrize("choice", Choice)
def test_an_appeal_is_closed_when_its_author_is_erased(session: Session, choice: Choice) -> None:
    row = make.published(session, AUTHOR)
    moderation.edit(session, judge(session), row.id, 1, EDITED)
    decision = follow_up.follow(session, AUTHOR, row.id).appeal.decision
    appeals.ask(session, AUTHOR, row.id, decision, "Relisez.")
    erasure.erase(session, AUTHOR, row, choice)
    appeal = session.scalars(select(AppealRow)).one()
    session.refresh(appeal)
    assert (appeal.status, appeal.decided_at is None, appeal.text) == ("closed", False, "")
    second = judge(session)
    assert appeals.waiting(session, second) == []
    with pytest.raises(Conflict):
        appeals.uphold(session, second, appeal.id)


def test_an_appeal_is_closed_when_its_text_is_refused_by_other_means(session: Session) -> None:
    row = make.published(session, AUTHOR)
    moderation.edit(session, judge(session), row.id, 1, EDITED)
    decision = follow_up.follow(session, AUTHOR, row.id).appeal.decision
    appeals.ask(session, AUTHOR, row.id, decision, "Relisez.")
    moderation.refuse(session, judge(session), row.id, 2, "insult", "")
    appeal = session.scalars(select(AppealRow)).one()
    session.refresh(appeal)
    assert (appeal.status, appeals.waiting(session, judge(session))) == ("closed", [])
    page = follow_up.follow(session, AUTHOR, row.id)
    assert any("est close" in step.title for step in page.steps)
    assert page.appeal.decision not in {0, decision}  # the refusal is another decision


def test_words_edited_are_given_back_though_others_were_masked_since(session: Session) -> None:
    row = make.published(session, AUTHOR)
    first, second = judge(session), judge(session)
    longer = EDITED | {"narrative": f"{make.NARRATIVE} Un mot de trop."}
    moderation.edit(session, first, row.id, 1, longer)
    decision = follow_up.follow(session, AUTHOR, row.id).appeal.decision
    appeals.ask(session, AUTHOR, row.id, decision, "")
    asked_for = {"piece_1": "guichet", "kind_1": "chosen"}
    moderation_masking.mask(session, second, row.id, 2, asked_for)
    appeals.uphold(session, second, session.scalars(select(AppealRow.id)).one())
    assert row.title == make.STORY["title"]
    assert "Un mot de trop" not in row.narrative and "guichet" not in row.narrative


def test_only_the_contested_edit_is_undone(session: Session) -> None:
    row = make.published(session, AUTHOR)
    first, second = judge(session), judge(session)
    moderation.edit(session, first, row.id, 1, EDITED)
    again = EDITED | {"title": "Encore un titre", "note": "Plus clair."}
    moderation.edit(session, second, row.id, 2, again)
    decision = follow_up.follow(session, AUTHOR, row.id).appeal.decision
    appeals.ask(session, AUTHOR, row.id, decision, "")
    third = EDITED | {"title": "Et un autre", "note": "Plus net."}
    moderation.edit(session, first, row.id, 3, third)
    appeals.uphold(session, judge(session), session.scalars(select(AppealRow.id)).one())
    assert row.title == EDITED["title"]


def test_an_author_heard_about_a_mask_is_told_that_it_stays(session: Session) -> None:
    row = make.published(session, AUTHOR, email="c@exemple.fr")
    session.get_one(ContactRow, row.id).confirmed_at = clock.now()
    asked_for = {"piece_1": "guichet", "kind_1": "chosen"}
    moderation_masking.mask(session, judge(session), row.id, 1, asked_for)
    decision = follow_up.follow(session, AUTHOR, row.id).appeal.decision
    appeals.ask(session, AUTHOR, row.id, decision, "")
    second = judge(session)
    (view,) = appeals.waiting(session, second)
    assert (view.decision, view.of_mask) == ("Mots masqués dans un texte publié", True)
    appeals.uphold(session, second, view.id, "Pardon.")
    letter = told(session)
    assert "n’y reviennent pas" in letter and "Pardon." in letter
    page = follow_up.follow(session, AUTHOR, row.id)
    assert page.appeal.decision == 0
    assert page.steps[-1].title == "Le second avis vous donne raison"
    assert page.steps[-1].detail == appeals.MASK_STAYS


def test_words_changed_while_hidden_may_be_appealed(session: Session) -> None:
    row = make.published(session, AUTHOR)
    reports.report(session, make.visitor("r"), Kind.EXPERIENCE, row.id, "personal_data", "")
    moderation.edit(session, judge(session), row.id, 1, EDITED)
    decision = follow_up.follow(session, AUTHOR, row.id).appeal.decision
    appeals.ask(session, AUTHOR, row.id, decision, "")
    second = judge(session)
    (view,) = appeals.waiting(session, second)
    appeals.uphold(session, second, view.id)
    assert (row.status, row.title) == ("hidden", make.STORY["title"])


def test_a_list_of_appeals_asks_once_who_else_moderates(session: Session) -> None:
    first = judge(session)
    for number in range(3):
        who = make.visitor(str(number))
        row = make.sent(session, who)
        moderation.refuse(session, first, row.id, 1, "off_topic", "")
        decision = follow_up.follow(session, who, row.id).appeal.decision
        appeals.ask(session, who, row.id, decision, "")
    session.flush()
    asked_for: list[str] = []
    bind = session.connection()
    event.listen(bind, "before_cursor_execute", lambda *a: asked_for.append(a[2]))
    assert all(one.alone for one in appeals.waiting(session, first))
    assert len([one for one in asked_for if "FROM person" in one]) == 1
