"""Mail: queued with the gesture, written by the worker from what is true when it leaves.

A job holds the template, ids and nonces; addresses and links are found again at sending time.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from ..domain.dates import french_moment
from ..domain.experiences import Status
from ..domain.jobs import JobKind
from ..domain.letters import Letter
from ..domain.mail import RESET_VALID_FOR, TEMPLATES, Template, letter
from ..domain.roles import RIGHTS, Right
from ..persistence import experiences, links, people
from ..persistence import mail as recipients
from ..persistence.tables import ExperienceRow, PersonRow
from ..settings import settings
from . import clock, jobs, reasons, tokens

FOLLOW_UP = "follow-up"
PASSWORD_RESET = "password-reset"  # noqa: S105 -- the name of a purpose


class NotToSend(Exception):
    """The mail has lost its object or its right to leave; ``word`` is safe to keep and log.

    ``note`` is what its job keeps.
    """

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word
        self.note = f"{recipients.NOT_SENT} {word}"


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A mail ready to leave; ``name`` is the same each time the job is tried."""

    to: str
    name: str
    domain: str
    sender: str
    queued_at: datetime
    letter: Letter


def queue_mail(
    session: Session,
    template: str,
    to: str,
    context: dict[str, str | int],
    key: str | None = None,
) -> bool:
    """Write the job that sends this mail; say whether one was written.

    ``template`` is one of `domain.mail.Template`. Mails about an experience need
    ``experience_id`` and the ``nonce`` of its private link, and ``to`` must be its contact; a
    ``reply`` also takes its ``reply_id``, and leaves while that one is published; a
    ``reset`` needs the ``nonce`` of the request. Other values of ``context`` are kept when the
    template asks for them (`domain.mail.TEMPLATES`), ignored otherwise; they are erased once
    the mail has left. Nothing is written for an address not confirmed (but ``follow_up``), an
    unknown account, or a ``key`` already used (of a mail about an experience: for this mail about
    it). Raises `ValueError` for a context that lacks something: a fault of the caller.
    """
    kind = Template(template)
    spec = TEMPLATES[kind]
    missing = sorted({*spec.words, "nonce"} - context.keys())
    if missing:
        raise ValueError(f"mail {template} lacks {', '.join(missing)}")
    subject = _subject(session, kind, to, context)
    if subject is None:
        return False
    mark = secrets.token_hex(8)
    payload: dict[str, Any] = {
        "template": kind.value,
        "mark": mark,
        "queued_at": clock.now().isoformat(),
        "nonce": str(context["nonce"]),
        **subject,
        jobs.WORDS: {name: str(context[name]) for name in spec.words},
    }
    if spec.to_author:
        key = _key(kind, subject["experience_id"], key or mark)
    return jobs.later(session, JobKind.MAIL, payload, key=key) is not None


def _key(kind: Template, experience_id: int, rest: str) -> str:
    """Return the key by which a mail about an experience is found (`persistence.mail.about`)."""
    return f"{recipients.subject_key(kind, experience_id)}:{rest}"


def queue_alert(session: Session, row: ExperienceRow, person: PersonRow) -> bool:
    """Write the job that calls a moderator to this version of a text; say whether one was written.

    Its words are in no mail and in no job.
    """
    payload: dict[str, Any] = {
        "template": Template.ALERT.value,
        "mark": secrets.token_hex(8),
        "queued_at": clock.now().isoformat(),
        "person_id": person.id,
        "experience_id": row.id,
    }
    key = _key(Template.ALERT, row.id, f"{row.version}:{person.id}")
    return jobs.later(session, JobKind.MAIL, payload, key=key) is not None


def _subject(
    session: Session, kind: Template, to: str, context: dict[str, str | int]
) -> dict[str, int] | None:
    if not TEMPLATES[kind].to_author:
        person = recipients.person_by_email(session, to)
        return {"person_id": person.id} if person is not None else None
    experience_id = int(context["experience_id"])
    contact = links.contact(session, experience_id)
    if contact is None or contact.email != to:
        raise ValueError("a mail about an experience goes to its contact only")
    if contact.confirmed_at is None and not TEMPLATES[kind].to_unconfirmed:
        return None
    subject = {"experience_id": experience_id}
    if kind is Template.REPLY and "reply_id" in context:
        subject["reply_id"] = int(context["reply_id"])
    return subject


def compose(session: Session, job: jobs.Job) -> Outgoing:
    """Return the mail of a job, from what is true now; raise `NotToSend` when it must not leave.

    The right to write to the address is checked again here: it may have changed since.
    """
    payload = job.payload
    kind = Template(payload["template"])
    words = {name: str(value) for name, value in payload.get(jobs.WORDS, {}).items()}
    if TEMPLATES[kind].to_author:
        to, values = _to_author(session, kind, payload)
    elif TEMPLATES[kind].private:
        to, values = _to_person(session, payload)
    else:
        to, values = _to_moderator(session, payload)
    if "reason" in words:
        words.update(_given(session, kind, payload, words["reason"]))
    site = settings().public_url
    host = urlsplit(site).hostname or "localhost"
    return Outgoing(
        to=to,
        name=f"{job.id}-{payload['mark']}",
        domain=host,
        sender=settings().mail_from,
        queued_at=datetime.fromisoformat(payload["queued_at"]),
        letter=letter(kind, {**words, **values, "site": site}),
    )


def _given(session: Session, kind: Template, payload: dict[str, Any], code: str) -> dict[str, str]:
    """Return what a refusal told and asked, in the words of the day it was decided."""
    number, of_answer = int(payload["experience_id"]), kind is Template.ANSWER_REFUSED
    for decision in reversed(experiences.decisions(session, number)):
        if decision.reason == code and (decision.answer_id is not None) is of_answer:
            return {
                "reason": reasons.told(session, decision),
                "kind": reasons.kind_of(session, decision),
            }
    known = reasons.known(session, code)
    return {"reason": known.author_text, "kind": known.kind.value} if known else {"reason": ""}


_STILL_TRUE = {Template.PUBLISHED: Status.PUBLISHED, Template.REFUSED: Status.REFUSED}
"""Mails that tell a state: nobody is told of one that has passed."""


def _to_author(
    session: Session, kind: Template, payload: dict[str, Any]
) -> tuple[str, dict[str, str]]:
    row = experiences.get(session, int(payload["experience_id"]))
    contact = links.contact(session, int(payload["experience_id"]))
    if row is None or contact is None:
        raise NotToSend("gone")
    if contact.confirmed_at is None and not TEMPLATES[kind].to_unconfirmed:
        raise NotToSend("unconfirmed")
    if kind in _STILL_TRUE and row.status != _STILL_TRUE[kind]:
        raise NotToSend("outdated")
    if kind is Template.REPLY and not _still_read(session, row, payload):
        raise NotToSend("outdated")
    token = tokens.derive(FOLLOW_UP, payload["nonce"])
    link = links.by_hash(session, tokens.hash_token(token))
    if link is None or link.experience_id != row.id:
        raise NotToSend("revoked")
    return contact.email, _about(row, token)


def _still_read(session: Session, row: ExperienceRow, payload: dict[str, Any]) -> bool:
    """Whether the reply that a mail quotes is still published, and its experience not taken back.

    The mails of before tell no reply.
    """
    if row.status == Status.WITHDRAWN:
        return False
    number = int(payload.get("reply_id", 0))
    return not number or experiences.reply(session, number) is not None


def _about(row: ExperienceRow, token: str) -> dict[str, str]:
    site = settings().public_url
    return {
        "title": row.title,
        "sent_at": french_moment(row.created_at),
        "link": f"{site}/suivi/{token}",
        "public_link": f"{site}/experiences/{row.id}-{row.slug}",
        "outside": "1" if row.outside_structure else "",
    }


def _to_person(session: Session, payload: dict[str, Any]) -> tuple[str, dict[str, str]]:
    person = session.get(PersonRow, int(payload["person_id"]))
    if person is None or not person.active:
        raise NotToSend("gone")
    token = tokens.derive(PASSWORD_RESET, payload["nonce"])
    asked = recipients.open_reset(session, tokens.hash_token(token))
    if asked is None or asked.person_id != person.id:
        raise NotToSend("used")
    if clock.now() - asked.created_at >= RESET_VALID_FOR:
        raise NotToSend("expired")
    return person.email, {"link": f"{settings().public_url}/mot-de-passe/{token}"}


def _to_moderator(session: Session, payload: dict[str, Any]) -> tuple[str, dict[str, str]]:
    row = experiences.get(session, int(payload["experience_id"]))
    if row is None or row.status != Status.PENDING:
        raise NotToSend("outdated")
    holding = {one.id: one for one in people.holding(session, RIGHTS[Right.MODERATE])}
    person = holding.get(int(payload["person_id"]))
    if person is None:
        raise NotToSend("gone")
    return person.email, {"link": f"{settings().public_url}/espace/moderation/{row.id}"}
