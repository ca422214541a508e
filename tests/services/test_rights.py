"""The rights of an author: see and take away what is held, change the address, erase it all."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from spplus_app.domain.errors import Conflict, Gone, Invalid, NotFound, TooMany
from spplus_app.domain.experiences import Status
from spplus_app.domain.retention import REFUSED_KEPT_FOR
from spplus_app.domain.roles import NOBODY, Role, Viewer
from spplus_app.domain.search import Search
from spplus_app.persistence import links
from spplus_app.persistence.tables import (
    AnswerOriginalRow,
    AnswerRow,
    AppealRow,
    Base,
    ContactRow,
    ExperienceRow,
    FingerprintRow,
    JobRow,
    JournalRow,
    ModerationRow,
    OriginalRow,
    PrivateLinkRow,
    ReasonRow,
    ReplyRow,
    ReportCaseRow,
    ReportRow,
    SecondLookRow,
    VersionRow,
    VisitorItemRow,
)
from spplus_app.services import (
    answers_back,
    clock,
    experiences,
    follow_up,
    housekeeping,
    integrity,
    moderation,
    moderation_queue,
    reasons,
    rights,
    search,
    second_looks,
    tokens,
)
from spplus_app.services.erasure import Choice
from spplus_app.services.rights import WORD
from tests import factories as make

AUTHOR = make.visitor("author")
MARK = "Quatrebarbes"
EMAIL = "zephyrine.quatrebarbes@exemple.fr"
SAID = f"J’ai attendu deux heures au guichet, chez {MARK}. Écrivez à {EMAIL}, sans attendre."


def whole(session: Session) -> ExperienceRow:
    """An experience that has everything an author can leave behind, each with the mark."""
    where = make.structure(session, f"S-{uuid4().hex[:8]}")
    row = make.sent(session, AUTHOR, where, email=EMAIL, narrative=SAID, pseudonym="Zéphyrine")
    judge = make.moderator(session)
    moderation.refuse(session, judge, row.id, row.version, "insult", f"Retirez {MARK}.")
    told = {"title": "Un guichet muet", "narrative": f"{SAID} Bis.", "pseudonym": "Zéphyrine"}
    follow_up.resend(session, AUTHOR, row.id, told)
    moderation.publish(session, judge, row.id, row.version)
    reply = make.replied(session, row, where)
    contact = session.get_one(ContactRow, row.id)
    contact.confirmed_at = clock.now()
    for _ in range(2):
        answers_back.answer_back(session, AUTHOR, reply, str(uuid4()), f"Merci, signé {MARK}.")
    first = session.scalars(select(AnswerRow).where(AnswerRow.experience_id == row.id)).first()
    assert first is not None
    first.status = "published"
    _beside(session, row, first)
    return row


def _beside(session: Session, row: ExperienceRow, answer: AnswerRow) -> None:
    now = clock.now()
    decision = session.scalars(
        select(ModerationRow).where(ModerationRow.experience_id == row.id)
    ).first()
    assert decision is not None
    about = {"kind": "experience", "subject_id": row.id}
    session.add_all(
        [
            AnswerOriginalRow(answer_id=answer.id, sealed=b"x", created_at=now),
            AppealRow(
                experience_id=row.id,
                moderation_id=decision.id,
                text=f"Moi, {MARK}.",
                status="upheld",
                created_at=now,
                due_at=now,
                decided_at=now,
                message=MARK,
            ),
            ReportRow(**about, visitor="a" * 64, reason="other", text=MARK, created_at=now),
            ReportCaseRow(
                **about,
                experience_id=row.id,
                status="kept",
                opened_at=now,
                decided_at=now,
                message=MARK,
            ),
        ]
    )
    look = session.get(SecondLookRow, row.id)
    assert look is not None and session.get(FingerprintRow, row.id) is not None
    look.seen = [MARK]
    session.flush()


def typed(viewer: Viewer, row: ExperienceRow, choice: str, **more: str) -> dict[str, str]:
    """What the form of erasing sends."""
    return {"choix": choice, "mot": WORD, "preuve": rights.proof(viewer, row.id), **more}


def dump(session: Session, row: ExperienceRow) -> str:
    """Every row of every table, as text, without what the agents and the tree hold."""
    session.flush()
    session.expire_all()
    parts = []
    # A gesture that is refused takes its count back with its transaction.
    for table in (one for one in Base.metadata.sorted_tables if one.name != "limit_count"):
        parts += [f"{table.name}: {one!r}" for one in session.execute(select(table))]
    return "\n".join(parts)


def holding(session: Session, word: str) -> list[str]:
    """The names of the tables where a word stands."""
    lines = dump(session, ExperienceRow()).splitlines()
    return sorted({line.split(":")[0] for line in lines if word in line})


def sound(session: Session) -> None:
    """`spplus check` finds nothing."""
    session.flush()
    findings = integrity.check(session)
    assert not [one for one in findings if one.wrong], findings


def test_everything_held_is_seen_with_its_original(session: Session) -> None:
    row = whole(session)
    seen = rights.see(session, AUTHOR, row.id)
    assert json.loads(json.dumps(seen)) == seen
    assert (seen["schema_version"], seen["experience"]["id"]) == (1, row.id)
    assert [one["number"] for one in seen["versions"]] == [1, 2]
    assert EMAIL not in seen["experience"]["narrative"]
    assert EMAIL in seen["originals"][0]["narrative"], "the words that were masked, unsealed"
    assert seen["email"]["address"] == EMAIL and seen["email"]["confirmed_at"]
    assert [one["act"] for one in seen["decisions"]][:2] == ["refuse", "publish"]
    assert len(seen["answers"]) == 2 and seen["replies"] and seen["appeals"]
    assert {one["by_mail"] for one in seen["links"]} == {True, False}
    assert [one["experience"] for one in seen["this_browser"]] == [row.id]
    told = json.dumps(seen)
    held = session.scalars(select(PrivateLinkRow)).all()
    assert not [one for link in held for one in (link.token_hash, link.nonce) if one in told]
    assert AUTHOR.visitor not in told


def test_an_old_decision_reads_as_on_the_page_of_its_author(session: Session) -> None:
    row = make.sent(session, AUTHOR)
    moderation.refuse(session, make.moderator(session), row.id, 1, "insult", "")
    decision = session.scalars(select(ModerationRow)).one()
    decision.told = ""
    reason = session.get_one(ReasonRow, "insult")
    reason.author_text = "Changez ces mots, puis renvoyez."
    session.flush()
    (told,) = (one["told"] for one in rights.see(session, AUTHOR, row.id)["decisions"])
    assert told == reasons.told(session, decision) == reason.author_text


def test_taking_it_away_is_noted_without_a_word(session: Session) -> None:
    row = whole(session)
    rights.export(session, AUTHOR, row.id)
    last = session.scalars(select(JournalRow).order_by(JournalRow.id.desc())).first()
    assert last is not None
    assert (last.entry, last.before, last.after) == ("experience.exported", {}, {})


GESTURES: dict[str, Callable[[Session, Viewer, ExperienceRow], object]] = {
    "see": lambda s, v, row: rights.see(s, v, row.id),
    "export": lambda s, v, row: rights.export(s, v, row.id),
    "change": lambda s, v, row: rights.change_address(s, v, row.id, "autre@exemple.fr"),
    "delete": lambda s, v, row: rights.delete_address(s, v, row.id),
    "remove": lambda s, v, row: rights.erase(s, v, row.id, typed(v, row, "retirer", preuve="")),
    "keep": lambda s, v, row: rights.erase(s, v, row.id, typed(v, row, "garder", preuve="")),
}


@pytest.mark.parametrize("gesture", GESTURES)
def test_nobody_else_may(session: Session, gesture: str) -> None:
    row = whole(session)
    others = [NOBODY, make.visitor("stranger"), make.moderator(session)]
    others += [make.person(session, (Role.PROGRAMME, None))]
    before = dump(session, row)
    for viewer in others:
        with pytest.raises(NotFound):
            GESTURES[gesture](session, viewer, row)
    assert dump(session, row) == before
    rights.erase(session, AUTHOR, row.id, typed(AUTHOR, row, "retirer"))
    for viewer in others:
        with pytest.raises(NotFound):
            GESTURES[gesture](session, viewer, row)


def test_everything_goes_with_the_text(session: Session) -> None:
    row = whole(session)
    number, slug = row.id, row.slug
    assert {"contact", "original", "answer", "appeal", "report"} & set(holding(session, MARK))
    assert rights.erase(session, AUTHOR, number, typed(AUTHOR, row, "retirer")) is Choice.REMOVE
    for word in (MARK, "Zéphyrine", "deux heures", "Un guichet muet", slug, EMAIL, AUTHOR.visitor):
        assert holding(session, word) == [], word
    assert row.status == Status.ERASED and row.id == number
    gone = (ContactRow, PrivateLinkRow, VisitorItemRow, OriginalRow, AnswerOriginalRow)
    for table in (*gone, SecondLookRow, FingerprintRow, ReportRow):
        assert session.scalars(select(table)).all() == []
    assert not session.scalars(select(JobRow).where(JobRow.kind == "mail")).all()
    assert {one.status for one in session.scalars(select(AnswerRow))} == {"withdrawn"}
    assert {one.status for one in session.scalars(select(ReplyRow))} == {"unpublished"}
    with pytest.raises(Gone):
        experiences.public(session, number)
    assert search.results(session, Search()).cards == ()
    sound(session)
    last = session.scalars(select(JournalRow).order_by(JournalRow.id.desc())).first()
    assert last is not None and last.entry == "experience.erased"
    assert last.after == {"status": "erased", "choice": "retirer"}


def test_the_text_may_stay_without_its_author(session: Session) -> None:
    row = whole(session)
    title = row.title
    rights.erase(session, AUTHOR, row.id, typed(AUTHOR, row, "garder"))
    for word in (EMAIL, AUTHOR.visitor, "Zéphyrine"):
        assert holding(session, word) == [], word
    assert holding(session, MARK) == ["answer", "experience", "experience_version"], (
        "what was published stays as it was"
    )
    view = experiences.public(session, row.id)
    assert (view.title, view.signature, view.place) == (title, "", "")
    assert [len(reply.answers) for reply in view.replies] == [1]
    words = {one.number: one.narrative for one in session.scalars(select(VersionRow))}
    assert words[1] == "" and words[2] == row.narrative
    assert [card.id for card in search.results(session, Search()).cards] == [row.id]
    sound(session)
    with pytest.raises(NotFound):
        follow_up.follow(session, AUTHOR, row.id)


@pytest.mark.parametrize("choice", ["retirer", "garder"])
def test_twice_changes_nothing(session: Session, choice: str) -> None:
    row = whole(session)
    told = typed(AUTHOR, row, choice)
    rights.erase(session, AUTHOR, row.id, told)
    before = dump(session, row)
    assert rights.erase(session, AUTHOR, row.id, told) is Choice(choice)
    assert dump(session, row) == before
    sound(session)


def test_what_others_wrote_of_somebody_else_stays(session: Session) -> None:
    row = whole(session)
    other = make.published(
        session, make.visitor("other"), make.structure(session, "O"), email="o@exemple.fr"
    )
    rights.erase(session, AUTHOR, row.id, typed(AUTHOR, row, "retirer"))
    assert experiences.public(session, other.id).title == other.title
    assert links.contact(session, other.id) is not None
    mails = session.scalars(select(JobRow).where(JobRow.kind == "mail")).all()
    assert {one.payload["experience_id"] for one in mails} == {other.id}


def test_the_word_and_the_choice_are_asked(session: Session) -> None:
    row = whole(session)
    for told in (typed(AUTHOR, row, ""), typed(AUTHOR, row, "garder", mot="oui")):
        with pytest.raises(Invalid):
            rights.erase(session, AUTHOR, row.id, told)
    assert links.binding(session, AUTHOR.visitor, row.id) is not None
    rights.erase(session, AUTHOR, row.id, typed(AUTHOR, row, "garder", mot=" effacer "))


def test_a_text_that_nobody_reads_is_not_kept(session: Session) -> None:
    row = whole(session)
    follow_up.withdraw(session, AUTHOR, row.id)
    with pytest.raises(Conflict):
        rights.erase(session, AUTHOR, row.id, typed(AUTHOR, row, "garder"))
    rights.erase(session, AUTHOR, row.id, typed(AUTHOR, row, "retirer"))
    assert row.status == Status.ERASED
    sound(session)


def test_another_address_is_confirmed_as_the_first_was(session: Session) -> None:
    row = whole(session)
    binding = links.binding(session, AUTHOR.visitor, row.id)
    assert binding is not None
    binding.by_mail = True  # this browser came by the link sent to the first address
    rights.change_address(session, AUTHOR, row.id, "autre@exemple.fr")
    session.expire_all()
    contact = links.contact(session, row.id)
    assert contact is not None
    assert (contact.email, contact.confirmed_at) == ("autre@exemple.fr", None)
    with pytest.raises(NotFound, match="reçu par e-mail"):
        follow_up.confirm_email(session, AUTHOR, row.id)
    link = links.of_experience(session, row.id, by_mail=True)
    assert link is not None
    mails = session.scalars(select(JobRow).where(JobRow.kind == "mail")).all()
    assert [one.payload["nonce"] for one in mails] == [link.nonce], "the former mails are gone"
    phone = make.visitor("phone")
    experiences.open_link(session, phone, tokens.derive("follow-up", link.nonce))
    follow_up.confirm_email(session, phone, row.id)
    assert contact.confirmed_at is not None


def test_the_address_goes_with_its_links_and_mails(session: Session) -> None:
    row = whole(session)
    old = links.of_experience(session, row.id, by_mail=True)
    assert old is not None
    rights.delete_address(session, AUTHOR, row.id)
    rights.delete_address(session, AUTHOR, row.id)
    assert holding(session, EMAIL) == []
    with pytest.raises(NotFound):
        experiences.open_link(session, make.visitor("mail"), tokens.derive("follow-up", old.nonce))
    assert follow_up.follow(session, AUTHOR, row.id).email_hint == ""


def test_an_experience_does_not_write_to_a_crowd(session: Session) -> None:
    row = whole(session)
    for name in ("", "rien", "a@b"):
        with pytest.raises(Invalid):
            rights.change_address(session, AUTHOR, row.id, name)
    for number in range(5):
        rights.change_address(session, AUTHOR, row.id, f"p{number}@exemple.fr")
    with pytest.raises(TooMany):
        rights.change_address(session, AUTHOR, row.id, "encore@exemple.fr")
    rights.change_address(session, AUTHOR, row.id, "p4@exemple.fr")  # pressed twice
    with clock.at(clock.now() + timedelta(days=2)):
        rights.change_address(session, AUTHOR, row.id, "encore@exemple.fr")


@pytest.mark.parametrize("status", ["pending", "hidden"])
def test_a_kept_text_is_looked_at_without_what_was_of_its_author(
    session: Session, status: str
) -> None:
    said = f"Le bureau {MARK} était fermé. Écrivez-moi au 06 12 34 56 78, sans attendre."
    row = make.sent(session, AUTHOR, narrative=said, pseudonym="Léa Durand")
    row.pseudonym, row.status = "Léa Durand", status
    second_looks.look(session, row)
    assert {one.part.value for one in second_looks.of(session, row.id)} >= {"pseudonym"}
    rights.erase(session, AUTHOR, row.id, typed(AUTHOR, row, "garder"))
    assert "pseudonym" not in {one.part.value for one in second_looks.of(session, row.id)}
    assert holding(session, "Durand") == []


def test_read_with_care_is_said_only_of_what_was_seen(session: Session) -> None:
    calm = make.sent(session, AUTHOR)
    held = session.get_one(SecondLookRow, calm.id)
    assert held.seen == []
    assert rights.see(session, AUTHOR, calm.id)["read_with_care"] is False
    held.seen = [{"signal": "insult"}]
    session.flush()
    assert rights.see(session, AUTHOR, calm.id)["read_with_care"] is True


def test_a_text_erased_by_a_job_is_not_said_to_be_so_by_its_author(session: Session) -> None:
    row = make.sent(session, AUTHOR)
    judge = make.moderator(session)
    moderation.refuse(session, judge, row.id, 1, "insult", "")
    with clock.at(clock.now() + REFUSED_KEPT_FOR + timedelta(days=1)):
        assert housekeeping.forget_refused(session) == {"refused": 1}
    told = moderation_queue.item(session, judge, row.id).status_name
    assert told == "Effacée, avec tout ce qui concernait son auteur"
