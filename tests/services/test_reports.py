"""Reports: who may, once each; hidden and restored exactly; what moderation keeps is remembered."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Engine, inspect, select
from sqlalchemy.orm import Session

from spplus_app.domain.errors import Conflict, Invalid, NotFound, Refused, SignedOut
from spplus_app.domain.replies import ReplyStatus
from spplus_app.domain.reports import CaseStatus, Decision, Kind, ReportReason
from spplus_app.domain.roles import NOBODY, Role, Viewer
from spplus_app.domain.search import Search
from spplus_app.persistence import unit_of_work
from spplus_app.persistence.tables import (
    AnswerRow,
    ExperienceRow,
    ExperienceStructureRow,
    JournalRow,
    ModerationRow,
    ReplyRow,
    ReportCaseRow,
    ReportRow,
    StructureCountRow,
)
from spplus_app.services import (
    answers_back,
    erasure,
    experiences,
    follow_up,
    integrity,
    moderation,
    moderation_masking,
    moderation_queue,
    reasons,
    replies,
    report_queue,
    reports,
    sitemap,
    structures,
)
from tests import factories as make

AUTHOR = make.visitor("author")
READERS = [make.visitor(f"reader {number}") for number in range(5)]
DATA, INSULT = ReportReason.PERSONAL_DATA.value, ReportReason.INSULT.value


def report(session: Session, who: Viewer, number: int, reason: str = DATA, **more: Any) -> None:
    """Report an experience, or what ``more`` says."""
    kind = more.get("kind", Kind.EXPERIENCE)
    reports.report(session, who, kind, number, reason, more.get("words", ""))
    session.flush()


def case(session: Session, number: int, kind: Kind = Kind.EXPERIENCE) -> ReportCaseRow:
    """The case of a text."""
    found = session.get(ReportCaseRow, (kind.value, number))
    assert found is not None
    return found


def sound(session: Session) -> None:
    """What is kept agrees with what it is kept from."""
    session.flush()
    wrong = [one for one in integrity.check(session) if one.wrong]
    assert wrong == []


def picture(session: Session, number: int) -> dict[str, Any]:
    """All that hiding moves, and that restoring must bring back."""
    session.flush()
    session.expire_all()
    row = session.get_one(ExperienceRow, number)
    link = ExperienceStructureRow
    links = session.scalars(
        select(link).where(link.experience_id == number).order_by(link.position)
    )
    counts = session.scalars(select(StructureCountRow))

    def columns(one: Any) -> dict[str, Any]:
        return {column.key: getattr(one, column.key) for column in inspect(type(one)).columns}

    return {
        "row": columns(row),
        "links": [columns(one) for one in links],
        "counts": sorted((c.structure_id, c.published, c.replied) for c in counts),
        "listed": make.listed(session),
        "found": make.listed(session, Search(q="guichet")),
        "replied": make.listed(session, Search(reponse="avec")),
        "site map": [one.path for one in sitemap.addresses(session, "experiences", 0)],
    }


def test_personal_data_hides_at_once_and_restoring_puts_everything_back(session: Session) -> None:
    where = make.tree(session)
    with make.at():
        row = make.published(session, AUTHOR, where.office, where.other_office)
        make.published(session, AUTHOR, where.office)
    with make.at(3):
        make.replied(session, row, where.office)
        before = picture(session, row.id)
    with make.at(5):
        report(session, READERS[0], row.id)
        assert (case(session, row.id).status, case(session, row.id).hidden) == ("open", True)
        hidden = picture(session, row.id)
        assert row.id not in hidden["listed"] + hidden["found"] + hidden["replied"]
        assert not any(f"/{row.id}-" in path for path in hidden["site map"])
        assert replies.inbox(session, make.agent(session, where.other_office)).cards == ()
        with pytest.raises(NotFound):
            experiences.public(session, row.id)
        sound(session)
    with make.at(9):
        judge = make.moderator(session)
        reports.decide(session, judge, Kind.EXPERIENCE, row.id, row.version, Decision.KEEP)
        assert picture(session, row.id) == before
        assert experiences.public(session, row.id).title == row.title
        sound(session)


def test_other_reasons_hide_from_the_third_visitor(session: Session) -> None:
    row = make.published(session, AUTHOR, make.structure(session, "A"))
    for reader in (*READERS[:2], READERS[0], READERS[1]):
        report(session, reader, row.id, INSULT)
    assert case(session, row.id).reports == 2
    assert experiences.public(session, row.id)
    report(session, READERS[2], row.id, "advertising")
    with pytest.raises(NotFound):
        experiences.public(session, row.id)
    # Pressed twice, and late: it is done already.
    report(session, READERS[2], row.id, "advertising")
    assert case(session, row.id).reports == 3
    with pytest.raises(NotFound):
        report(session, READERS[3], row.id)


def test_what_was_kept_is_not_hidden_again_until_it_reads_otherwise(session: Session) -> None:
    row = make.published(session, AUTHOR, make.structure(session, "A"))
    judge = make.moderator(session)
    with make.at(1):
        report(session, READERS[0], row.id)
        reports.decide(session, judge, Kind.EXPERIENCE, row.id, 1, Decision.KEEP)
    with make.at(2):
        for reader in READERS[1:]:
            report(session, reader, row.id)
        kept = case(session, row.id)
        assert (kept.status, kept.reports, kept.hidden) == ("kept", 5, False)
        assert experiences.public(session, row.id)
        found = report_queue.cases(session, judge)
        assert (found.waiting, found.total) == ((), 0)
        assert found.kept[0].told == "5\u00a0signalements"
        assert found.kept[0].state == "Signalé, gardé"
    with make.at(60):
        assert report_queue.cases(session, judge).kept == ()
        typed = {"title": "Autre titre", "narrative": make.NARRATIVE, "note": "Plus clair."}
        moderation.edit(session, judge, row.id, 1, typed)
        report(session, READERS[0], row.id)
        assert case(session, row.id).status == "open"
        with pytest.raises(NotFound):
            experiences.public(session, row.id)


def test_the_past_of_a_text_says_that_it_was_hidden_then_shown(session: Session) -> None:
    row = make.published(session, AUTHOR)
    judge = make.moderator(session)
    report(session, READERS[0], row.id)
    reports.decide(session, judge, Kind.EXPERIENCE, row.id, 1, Decision.KEEP)
    past = [step.title for step in moderation_queue.item(session, judge, row.id).past]
    assert past[-2:] == ["Signalé, masqué le temps d’une vérification", "Signalé, gardé"]


def test_removing_an_experience_is_a_refusal_that_its_author_reads(session: Session) -> None:
    where = make.tree(session)
    row = make.published(session, AUTHOR, where.office)
    judge = make.moderator(session)
    report(session, READERS[0], row.id)
    follow = follow_up.follow(session, AUTHOR, row.id)
    assert "masqué le temps d’une vérification" in follow.notices[0].title
    assert follow.status_name == "Signalée, masquée le temps d’une vérification"
    assert not any("lecteur" in str(one) for one in follow.notices)
    gone = (session, judge, Kind.EXPERIENCE, row.id, 1, Decision.REMOVE)
    with pytest.raises(Invalid):
        reports.decide(*gone, "", "Retirez le nom.")
    reports.decide(*gone, "personal_data", "Retirez le nom.")
    assert (case(session, row.id).status, row.status) == ("removed", "refused")
    follow = follow_up.follow(session, AUTHOR, row.id)
    assert "Retirez le nom." in follow.refusal and follow.may_correct
    sound(session)
    with pytest.raises(Conflict):
        reports.decide(*gone, "personal_data")
    follow_up.resend(
        session, AUTHOR, row.id, {"title": "Attente", "narrative": make.NARRATIVE, "pseudonym": ""}
    )
    moderation.publish(session, judge, row.id, 2)
    report(session, READERS[0], row.id, INSULT)
    assert case(session, row.id).status == "open"
    sound(session)


def test_a_hidden_reply_leaves_the_page_the_filters_and_the_counts(session: Session) -> None:
    where = make.tree(session)
    with make.at():
        row = make.published(session, AUTHOR, where.office, where.other_office)
    with make.at(2):
        first = make.replied(session, row, where.office)
        make.replied(session, row, where.other_office)
    with make.at(3):
        second = make.replied(session, row, where.office)
        before = picture(session, row.id)
        report(session, READERS[0], first, kind=Kind.REPLY)
        view = experiences.public(session, row.id)
        assert len(view.replies) == 2 and "Service OFFICE" in view.hidden_replies[0]
        sound(session)
        report(session, READERS[0], second, kind=Kind.REPLY)
        view = experiences.public(session, row.id)
        assert [one.structure for one in view.replies] == ["Service OTHER"]
        assert view.services[0].state == "Réponse masquée le temps d’une vérification"
        agent = make.agent(session, where.office)
        assert [card.id for card in replies.inbox(session, agent).cards] == [row.id]
        notices = replies.opened(session, agent, row.id).notices
        assert len(notices) == 2 and "masquée" in notices[0].title and notices[0].paragraphs
        other = make.agent(session, where.other_office)
        assert replies.opened(session, other, row.id).notices == []
        sound(session)
    judge = make.moderator(session)
    for number in (first, second):
        reports.decide(session, judge, Kind.REPLY, number, 1, Decision.KEEP)
    assert picture(session, row.id) == before
    assert "gardée" in replies.opened(session, agent, row.id).notices[0].text
    sound(session)


def test_a_removed_reply_may_be_written_again(session: Session) -> None:
    where = make.structure(session, "A")
    row = make.published(session, AUTHOR, where)
    number = make.replied(session, row, where)
    judge, agent = make.moderator(session), make.agent(session, where)
    report(session, READERS[0], number, kind=Kind.REPLY)
    assert make.listed(session, Search(reponse="avec")) == []
    gone = (session, judge, Kind.REPLY, number, 1, Decision.REMOVE)
    team = make.person(session, (Role.PROGRAMME, None))
    reasons.offer(session, team, "too_old", active=False)
    for code in ("bof", "too_old"):  # unknown, and no longer offered
        with pytest.raises(Invalid):
            reports.decide(*gone, code)
    reports.decide(*gone, "personal_data", "Le nom de l’agent.")
    assert session.get_one(ReplyRow, number).status == ReplyStatus.UNPUBLISHED
    (notice,) = replies.opened(session, agent, row.id).notices
    assert notice.message == ["Donnée personnelle ou personne reconnaissable", "Le nom de l’agent."]
    assert replies.inbox(session, agent).todo == 1
    sound(session)
    make.replied(session, row, where)
    assert make.listed(session, Search(reponse="avec")) == [row.id]
    assert replies.inbox(session, agent).todo == 0
    sound(session)


def test_answers_are_hidden_kept_and_refused(session: Session) -> None:
    where = make.structure(session, "A")
    row = make.published(session, AUTHOR, where)
    reply = make.replied(session, row, where)
    judge = make.moderator(session)
    numbers = []
    for text in ("Merci à vous.", "Encore merci."):
        answers_back.answer_back(session, AUTHOR, reply, str(uuid4()), text)
        newest = select(AnswerRow.id).order_by(AnswerRow.id.desc()).limit(1)
        numbers.append(session.scalars(newest).one())
        answers_back.decide_answer(session, judge, numbers[-1], "publish")
    kept, gone = numbers

    def read() -> list[str]:
        return [a.text for r in experiences.public(session, row.id).replies for a in r.answers]

    report(session, READERS[0], kept, kind=Kind.ANSWER)
    report(session, READERS[0], gone, INSULT, kind=Kind.ANSWER)
    assert read() == ["Encore merci."]
    told = [one.title for one in follow_up.follow(session, AUTHOR, row.id).notices]
    assert "masquée" in told[0] and told[1].endswith("est signalée")
    assert [one.id for one in report_queue.cases(session, judge).waiting] == [kept, gone]
    reports.decide(session, judge, Kind.ANSWER, kept, 1, Decision.KEEP)
    reports.decide(session, judge, Kind.ANSWER, gone, 1, Decision.REMOVE, "insult", "Sans insulte.")
    assert read() == ["Merci à vous."]
    told = [one.text for one in follow_up.follow(session, AUTHOR, row.id).notices]
    assert "l’a gardée" in told[0] and "l’a retirée" in told[1]
    assert moderation_queue.item(session, judge, row.id).past
    sound(session)


def test_an_author_who_takes_back_what_is_reported_closes_its_case(session: Session) -> None:
    where = make.structure(session, "A")
    for reason in (DATA, INSULT):
        row = make.published(session, AUTHOR, where)
        report(session, READERS[0], row.id, reason)
        follow_up.withdraw(session, AUTHOR, row.id)
        assert case(session, row.id).status == CaseStatus.CLOSED
        sound(session)
    judge = make.moderator(session)
    assert report_queue.cases(session, judge).total == 0
    # A hidden text may also be refused by the ordinary way.
    row = make.published(session, AUTHOR, where)
    report(session, READERS[0], row.id)
    moderation.refuse(session, judge, row.id, 1, "insult", "")
    assert case(session, row.id).status == CaseStatus.REMOVED
    sound(session)


def test_hidden_texts_come_first_then_the_oldest(session: Session) -> None:
    where = make.structure(session, "A")
    rows = [make.published(session, AUTHOR, where) for _ in range(4)]
    for day, (row, reason) in enumerate(zip(rows, (INSULT, DATA, INSULT, DATA), strict=True)):
        with make.at(day):
            report(session, READERS[0], row.id, reason)
    found = report_queue.cases(session, make.moderator(session))
    assert [one.id for one in found.waiting] == [rows[n].id for n in (1, 3, 0, 2)]
    assert [one.hidden for one in found.waiting] == [True, True, False, False]


def test_words_are_masked_before_they_are_kept(session: Session) -> None:
    row = make.published(session, AUTHOR)
    words = "Il y a son adresse : lea.martin@exemple.fr, <script>alert(1)</script>"
    report(session, READERS[0], row.id, INSULT, words=words)
    kept = session.scalars(select(ReportRow.text)).one()
    assert "lea.martin" not in kept and "[adresse e-mail]" in kept
    (view,) = report_queue.cases(session, make.moderator(session)).waiting
    assert view.reasons == ["Insulte ou discrimination\u00a0: 1"]
    assert "<script>" in view.words[0]  # shown as text
    entries = session.scalars(select(JournalRow).where(JournalRow.entry == "report.made"))
    assert all("adresse" not in str(one.after) for one in entries)


def test_only_what_is_public_is_reported_and_only_with_a_cookie(session: Session) -> None:
    where = make.structure(session, "A")
    pending = make.sent(session, AUTHOR, where)
    row = make.published(session, AUTHOR, where)
    reply = make.replied(session, row, where)
    report(session, READERS[0], row.id)
    tries: tuple[Callable[[], object], ...] = (
        lambda: report(session, READERS[1], pending.id),
        lambda: report(session, READERS[1], row.id),
        lambda: report(session, READERS[1], reply, kind=Kind.REPLY),
        lambda: report(session, READERS[1], 10**15),
        lambda: report(session, READERS[1], 0),
        lambda: report(session, READERS[1], 9999, kind=Kind.ANSWER),
        lambda: report_queue.asked(session, "experience", row.id),
        lambda: report_queue.asked(session, "marque", row.id),
    )
    for one in tries:
        with pytest.raises(NotFound):
            one()
    with pytest.raises(Refused):
        report(session, NOBODY, row.id)


@pytest.mark.parametrize("role", [None, *Role])
def test_only_moderation_reads_and_decides(session: Session, role: Role | None) -> None:
    where = make.structure(session, "A")
    row = make.published(session, AUTHOR, where)
    report(session, READERS[0], row.id)
    who = READERS[1] if role is None else make.person(session, make.granted(role, where))
    if role is Role.MODERATOR:
        assert report_queue.cases(session, who).total == 1
        return
    for one in (
        lambda: report_queue.cases(session, who),
        lambda: reports.decide(session, who, Kind.EXPERIENCE, row.id, 1, Decision.KEEP),
    ):
        with pytest.raises(SignedOut if role is None else Refused):
            one()
    assert case(session, row.id).status == "open"


def test_a_text_that_moved_is_read_again_before_deciding(session: Session) -> None:
    row = make.published(session, AUTHOR)
    judge = make.moderator(session)
    report(session, READERS[0], row.id)
    typed = {"title": "Attente", "narrative": make.NARRATIVE, "note": "Le nom est retiré."}
    moderation.edit(session, judge, row.id, 1, typed)
    with pytest.raises(Conflict):
        reports.decide(session, judge, Kind.EXPERIENCE, row.id, 1, Decision.KEEP)
    reports.decide(session, judge, Kind.EXPERIENCE, row.id, 2, Decision.KEEP)
    assert experiences.public(session, row.id).title == "Attente"
    assert case(session, row.id).version == 2
    report(session, READERS[0], row.id)
    assert case(session, row.id).status == "kept"
    entries = list(session.scalars(select(JournalRow.entry).order_by(JournalRow.id)))
    assert entries[-6:] == [
        *("experience.hidden", "report.made", "experience.edited"),
        *("experience.restored", "report.kept", "report.made"),
    ]
    sound(session)


def test_many_at_once_are_all_counted_once_and_hide_once(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        number = make.published(session, AUTHOR, make.structure(session, "A")).id

    def say(index: int) -> None:
        with suppress(NotFound), unit_of_work(engine) as session:  # hidden meanwhile
            report(session, make.visitor(f"v{index % 6}"), number, INSULT)

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(say, range(24)))
    with unit_of_work(engine) as session:
        assert case(session, number).reports == 3
        assert len(list(session.scalars(select(ReportRow)))) == 3
        hidden = select(JournalRow).where(JournalRow.entry == "experience.hidden")
        assert len(list(session.scalars(hidden))) == 1
        sound(session)


def test_a_hidden_text_is_masked_corrected_and_read_again(session: Session) -> None:
    row = make.published(session, AUTHOR, make.structure(session, "A"))
    report(session, READERS[0], row.id)
    judge = make.moderator(session)
    moderation_masking.mask(session, judge, row.id, 1, {"piece_1": "guichet", "kind_1": "chosen"})
    assert (row.status, "guichet" in row.narrative) == ("hidden", False)
    page = follow_up.follow(session, AUTHOR, row.id)
    assert (page.may_correct, page.kind) == (True, "hidden") and page.appeal.decision
    typed = {"title": "Attente", "narrative": f"{make.NARRATIVE} Merci.", "pseudonym": ""}
    follow_up.resend(session, AUTHOR, row.id, typed)
    assert (row.status, case(session, row.id).status) == ("pending", "closed")
    sound(session)
    moderation.publish(session, judge, row.id, row.version)
    sound(session)
    report(session, READERS[0], row.id)
    assert case(session, row.id).status == "open"


def test_nobody_is_told_that_a_text_taken_back_was_kept(session: Session) -> None:
    row = make.published(session, AUTHOR)
    report(session, READERS[0], row.id)
    judge = make.moderator(session)
    reports.decide(session, judge, Kind.EXPERIENCE, row.id, 1, Decision.KEEP)
    assert "gardé" in follow_up.follow(session, AUTHOR, row.id).notices[0].text
    follow_up.withdraw(session, AUTHOR, row.id)
    assert follow_up.follow(session, AUTHOR, row.id).notices == []


def test_every_case_closes_with_its_experience_and_what_was_hidden_waits_again(
    session: Session,
) -> None:
    where = make.structure(session, "A")
    row = make.published(session, AUTHOR, where)
    hidden, shown = make.replied(session, row, where), make.replied(session, row, where)
    report(session, READERS[0], hidden, kind=Kind.REPLY)
    report(session, READERS[0], shown, INSULT, kind=Kind.REPLY)
    judge = make.moderator(session)
    moderation.refuse(session, judge, row.id, 1, "insult", "")
    session.flush()
    session.expire_all()
    assert [case(session, one, Kind.REPLY).status for one in (hidden, shown)] == ["closed"] * 2
    assert report_queue.cases(session, judge).total == 0
    typed = {"title": "Attente", "narrative": make.NARRATIVE, "pseudonym": ""}
    follow_up.resend(session, AUTHOR, row.id, typed)
    moderation.publish(session, judge, row.id, row.version)
    session.flush()
    session.expire_all()
    assert [one.id for one in report_queue.cases(session, judge).waiting] == [hidden]
    reports.decide(session, judge, Kind.REPLY, hidden, 1, Decision.KEEP)
    follow_up.withdraw(session, AUTHOR, row.id)
    session.flush()
    session.expire_all()
    assert report_queue.cases(session, judge).total == 0
    sound(session)


def test_an_answer_blanked_with_its_author_waits_for_nobody(session: Session) -> None:
    where = make.structure(session, "A")
    row = make.published(session, AUTHOR, where)
    reply = make.replied(session, row, where)
    answers_back.answer_back(session, AUTHOR, reply, str(uuid4()), "Merci à vous.")
    number = session.scalars(select(AnswerRow.id)).one()
    judge = make.moderator(session)
    answers_back.decide_answer(session, judge, number, "publish")
    report(session, READERS[0], number, kind=Kind.ANSWER)
    erasure.erase(session, AUTHOR, row, erasure.Choice.KEEP)
    assert report_queue.cases(session, judge).total == 0


def test_a_service_whose_reply_is_hidden_waits_by_the_delay_of_today(session: Session) -> None:
    where = make.structure(session, "A", delay=10)
    with make.at():
        row = make.published(session, AUTHOR, where)
    with make.at(2):
        number = make.replied(session, row, where)
        manager = make.person(session, (Role.MANAGER, where))
        structures.announce_delay(session, manager, where.code, 20)
    with make.at(3):
        report(session, READERS[0], number, kind=Kind.REPLY)
        sound(session)
        (view,) = replies.inbox(session, make.agent(session, where)).cards
        assert view.state == "À traiter avant le 22\u00a0mars\u00a02026"
    judge = make.moderator(session)
    with make.at(4):
        reports.decide(session, judge, Kind.REPLY, number, 1, Decision.KEEP)
        sound(session)
        assert replies.inbox(session, make.agent(session, where)).todo == 0


def test_removing_a_published_answer_is_one_decision(session: Session) -> None:
    where = make.structure(session, "A")
    row = make.published(session, AUTHOR, where)
    reply = make.replied(session, row, where)
    answers_back.answer_back(session, AUTHOR, reply, str(uuid4()), "Merci à vous.")
    number = session.scalars(select(AnswerRow.id)).one()
    judge = make.moderator(session)
    answers_back.decide_answer(session, judge, number, "publish")
    report(session, READERS[0], number, INSULT, kind=Kind.ANSWER)
    reports.decide(session, judge, Kind.ANSWER, number, 1, Decision.REMOVE, "insult", "")
    assert session.get_one(AnswerRow, number).status == "refused"
    acts = select(ModerationRow.act).where(ModerationRow.answer_id == number)
    assert list(session.scalars(acts.order_by(ModerationRow.id))) == ["publish", "refuse"]
