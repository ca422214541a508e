"""Mail: who may be written to, what a job holds, what is true when the mail leaves."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from spplus_app.domain.experiences import Status
from spplus_app.domain.jobs import JobKind
from spplus_app.domain.letters import as_html, as_text
from spplus_app.domain.mail import TEMPLATES, Template
from spplus_app.domain.moderation import REASONS
from spplus_app.persistence import erasure, links
from spplus_app.persistence import mail as recipients
from spplus_app.persistence.tables import (
    ContactRow,
    ExperienceRow,
    JobRow,
    PasswordResetRow,
    PersonRow,
)
from spplus_app.services import clock, jobs, mail, tokens
from spplus_app.settings import settings

NOW = datetime(2026, 11, 24, 8, 5, tzinfo=UTC)
AUTHOR = "jeanne@exemple.fr"
WORDS: dict[str, str | int] = {
    "reason": REASONS[0].code,
    "message": "Merci de retirer le nom.",
    "structure": "CAF du Val",
    "text": "Nous avons rappelé.",
    "politeness": "Cordialement,",
    "signature": "Le service accueil",
}
TO_AUTHOR = [template for template, spec in TEMPLATES.items() if spec.to_author]


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def experience(session: Session) -> ExperienceRow:
    """An experience whose author confirmed their address."""
    row = ExperienceRow(
        uuid="u1",
        status=Status.PENDING.value,
        title="Mon <titre> secret",
        narrative="Texte",
        slug="mon-titre-secret",
        ressenti="Positif",
        posted_as="La personne concernée",
        tags={},
        created_at=NOW,
        sent_at=NOW,
        updated_at=NOW,
    )
    session.add(row)
    session.flush()
    session.add(ContactRow(experience_id=row.id, email=AUTHOR, confirmed_at=NOW, created_at=NOW))
    links.add_link(
        session,
        experience_id=row.id,
        token_hash=tokens.hash_token(tokens.derive("follow-up", "nonce-1")),
        nonce="nonce-1",
        by_mail=True,
        now=NOW,
    )
    return row


def _context(row: ExperienceRow) -> dict[str, str | int]:
    return {"experience_id": row.id, "nonce": "nonce-1", "title": row.title, **WORDS}


def _queue(session: Session, row: ExperienceRow, template: Template) -> bool:
    return mail.queue_mail(session, template.value, AUTHOR, _context(row))


def _compose(session: Session) -> mail.Outgoing:
    row = session.scalars(select(JobRow).order_by(JobRow.id.desc()).limit(1)).one()
    return mail.compose(session, jobs.Job(row.id, row.kind, row.payload))


def _allow(row: ExperienceRow, template: Template) -> None:
    states = {Template.PUBLISHED: Status.PUBLISHED, Template.REFUSED: Status.REFUSED}
    row.status = states.get(template, Status.PUBLISHED).value


def _contact(session: Session, row: ExperienceRow) -> ContactRow:
    contact = links.contact(session, row.id)
    assert contact is not None
    return contact


@pytest.mark.parametrize("template", TO_AUTHOR)
def test_a_mail_to_an_author_is_complete(
    session: Session, experience: ExperienceRow, template: Template
) -> None:
    _allow(experience, template)
    assert _queue(session, experience, template)
    made = _compose(session)
    link = f"{settings().public_url}/suivi/{tokens.derive('follow-up', 'nonce-1')}"
    assert made.to == AUTHOR
    assert link in as_text(made.letter)
    assert f'href="{link}"' in as_html(made.letter)
    assert made.queued_at == NOW
    with clock.at(NOW + timedelta(hours=5)):
        assert _compose(session) == made


def test_what_each_mail_tells(session: Session, experience: ExperienceRow) -> None:
    told = {}
    for template in TO_AUTHOR:
        _allow(experience, template)
        _queue(session, experience, template)
        told[template] = as_text(_compose(session).letter)
    assert "24\u00a0novembre\u00a02026 à 9\u00a0h\u00a005" in told[Template.FOLLOW_UP]
    assert "secret" not in told[Template.FOLLOW_UP]
    assert f"/experiences/{experience.id}-mon-titre-secret" in told[Template.PUBLISHED]
    assert REASONS[0].author_text in told[Template.REFUSED]
    assert "> Merci de retirer le nom." in told[Template.REFUSED]
    assert "CAF du Val a répondu" in told[Template.REPLY]
    assert "> Nous avons rappelé." in told[Template.REPLY]
    assert REASONS[0].author_text in told[Template.ANSWER_REFUSED]


@pytest.mark.parametrize("template", TO_AUTHOR)
def test_an_unconfirmed_address_receives_nothing_but_its_confirmation(
    session: Session, experience: ExperienceRow, template: Template
) -> None:
    _allow(experience, template)
    contact = _contact(session, experience)
    contact.confirmed_at = None
    allowed = template is Template.FOLLOW_UP
    assert _queue(session, experience, template) is allowed
    # Queued while it was confirmed, sent when it no longer is: the same.
    contact.confirmed_at = NOW
    assert _queue(session, experience, template)
    contact.confirmed_at = None
    if allowed:
        assert _compose(session).to == AUTHOR
        return
    with pytest.raises(mail.NotToSend, match="unconfirmed"):
        _compose(session)


@pytest.mark.parametrize("template", TO_AUTHOR)
def test_a_job_holds_no_address_no_link_no_citizen_s_text(
    session: Session, experience: ExperienceRow, template: Template
) -> None:
    _queue(session, experience, template)
    stored = json.dumps(session.scalars(select(JobRow.payload)).one(), ensure_ascii=False)
    token = tokens.derive("follow-up", "nonce-1")
    for secret in (AUTHOR, token, tokens.hash_token(token), experience.title, "/suivi/"):
        assert secret not in stored


def test_one_key_is_one_mail(session: Session, experience: ExperienceRow) -> None:
    context = _context(experience)
    assert mail.queue_mail(session, "follow_up", AUTHOR, context, key="k")
    assert not mail.queue_mail(session, "follow_up", AUTHOR, context, key="k")


def test_two_jobs_never_share_a_name(session: Session, experience: ExperienceRow) -> None:
    _queue(session, experience, Template.FOLLOW_UP)
    first = _compose(session)
    # The database may give the number of a deleted job again.
    row = session.scalars(select(JobRow)).one()
    payload = row.payload | {"mark": "other"}
    second = mail.compose(session, jobs.Job(row.id, row.kind, payload))
    assert first.name != second.name
    assert first == replace(second, name=first.name)


def test_a_caller_that_forgets_something_is_told(
    session: Session, experience: ExperienceRow
) -> None:
    context = _context(experience)
    with pytest.raises(ValueError, match="lacks signature"):
        del context["signature"]
        mail.queue_mail(session, "reply", AUTHOR, context)
    with pytest.raises(ValueError, match="lacks nonce"):
        mail.queue_mail(session, "reset", AUTHOR, {})
    with pytest.raises(ValueError, match="contact only"):
        mail.queue_mail(session, "follow_up", "autre@exemple.fr", _context(experience))
    with pytest.raises(ValueError, match="unknown"):
        mail.queue_mail(session, "unknown", AUTHOR, context)


@pytest.mark.parametrize(
    ("template", "status"),
    [
        (Template.PUBLISHED, Status.WITHDRAWN),
        (Template.PUBLISHED, Status.REFUSED),
        (Template.REFUSED, Status.PENDING),
        (Template.REPLY, Status.WITHDRAWN),
    ],
)
def test_news_that_has_passed_does_not_leave(
    session: Session, experience: ExperienceRow, template: Template, status: Status
) -> None:
    _queue(session, experience, template)
    experience.status = status.value
    with pytest.raises(mail.NotToSend, match="outdated"):
        _compose(session)


def test_a_revoked_link_or_an_erased_address_stops_the_mail(
    session: Session, experience: ExperienceRow
) -> None:
    _queue(session, experience, Template.FOLLOW_UP)
    link = links.of_experience(session, experience.id, by_mail=True)
    assert link is not None
    link.revoked_at = NOW
    session.flush()
    with pytest.raises(mail.NotToSend, match="revoked"):
        _compose(session)
    session.delete(_contact(session, experience))
    session.flush()
    with pytest.raises(mail.NotToSend, match="gone"):
        _compose(session)


@pytest.fixture
def person(session: Session) -> PersonRow:
    """A person who asked for another password."""
    row = PersonRow(email="agent@exemple.fr", name="Agent", created_at=NOW)
    session.add(row)
    session.flush()
    session.add(
        PasswordResetRow(
            person_id=row.id,
            token_hash=tokens.hash_token(tokens.derive("password-reset", "n")),
            nonce="n",
            created_at=NOW,
        )
    )
    session.flush()
    return row


def test_a_reset_goes_to_the_account_s_address(session: Session, person: PersonRow) -> None:
    assert mail.queue_mail(session, "reset", "Agent@Exemple.fr", {"nonce": "n"})
    made = _compose(session)
    assert made.to == "agent@exemple.fr"
    assert f"/mot-de-passe/{tokens.derive('password-reset', 'n')}" in as_text(made.letter)
    stored = json.dumps(session.scalars(select(JobRow.payload)).one())
    assert "exemple" not in stored


def test_a_reset_for_nobody_is_not_written(session: Session, person: PersonRow) -> None:
    assert not mail.queue_mail(session, "reset", "personne@exemple.fr", {"nonce": "n"})
    person.active = False
    session.flush()
    assert not mail.queue_mail(session, "reset", person.email, {"nonce": "n"})


def test_a_reset_used_expired_or_of_a_closed_account_does_not_leave(
    session: Session, person: PersonRow
) -> None:
    mail.queue_mail(session, "reset", person.email, {"nonce": "n"})
    with clock.at(NOW + timedelta(minutes=30)), pytest.raises(mail.NotToSend, match="expired"):
        _compose(session)
    person.active = False
    with pytest.raises(mail.NotToSend, match="gone"):
        _compose(session)
    person.active = True
    asked = session.scalars(select(PasswordResetRow)).one()
    asked.used_at = NOW
    session.flush()
    with pytest.raises(mail.NotToSend, match="used"):
        _compose(session)


def test_the_mails_about_an_experience_are_found_by_their_key(
    session: Session, experience: ExperienceRow
) -> None:
    """An index holds the keys: the payloads of all the mails are not read."""
    for template in (Template.FOLLOW_UP, Template.REPLY):
        for key in ("first", None):
            assert mail.queue_mail(session, template.value, AUTHOR, _context(experience), key=key)
    other = experience.id * 10
    for key in (f"reply:{other}:1", f"reply:{experience.id + 1}:1", f"replys:{experience.id}:1"):
        payload = {"experience_id": other}
        assert jobs.later(session, JobKind.MAIL, payload, key=key) is not None
    wanted = select(JobRow).where(recipients.about(session, experience.id))
    found = list(session.scalars(wanted))
    assert [one.payload["experience_id"] for one in found] == [experience.id] * 4
    erasure.mails(session, experience.id)
    assert len(session.scalars(select(JobRow)).all()) == 3
    if session.get_bind().dialect.name == "sqlite":
        asked = wanted.compile(session.connection(), compile_kwargs={"literal_binds": True})
        plan = session.execute(text(f"EXPLAIN QUERY PLAN {asked}")).all()
        assert not [one for one in plan if str(one[3]).startswith("SCAN")], plan
