"""Loading the demonstration: the same gestures as everyone's, on a clock set back.

Each experience and each document is one transaction, known by its UUID: a second load, or one that
goes on after a cut, adds only what is missing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from ..domain.experiences import Act
from ..domain.roles import NOBODY, SCOPED_ROLES, Grant, Role, Viewer
from ..domain.structures import Origin
from ..persistence import experiences as experience_rows
from ..persistence import people, unit_of_work
from ..persistence import structures as structure_rows
from ..services import (
    answers_back,
    clock,
    drafts,
    experiences,
    figures,
    follow_up,
    identity,
    ledger,
    limits,
    moderation,
    replies,
    structure_import,
    structures,
)
from . import documents, texts
from .texts import Calendar, Story

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a load added."""

    structures: int = 0
    accounts: int = 0
    experiences: int = 0
    replies: int = 0
    documents: int = 0

    @property
    def words(self) -> str:
        """The report in one line."""
        if self == LoadReport():
            return "Démonstration déjà chargée : rien n’a changé."
        return (
            f"Démonstration chargée : {self.structures} structures, {self.accounts} comptes, "
            f"{self.experiences} expériences, {self.replies} réponses et {self.documents} "
            "documents ajoutés."
        )


@dataclass(frozen=True, slots=True)
class _Cast:
    """Who acts in the stories."""

    moderator: Viewer
    agent_id: int
    manager_id: int

    def agent_of(self, structure_id: int, path: str) -> Viewer:
        """Return who replies for a structure: few of them have an account of their own."""
        return Viewer(person_id=self.agent_id, grants=(Grant(Role.AGENT, structure_id, path),))


def load(engine: Engine | None = None, progress: Progress | None = None) -> LoadReport:
    """Load what is missing of the demonstration; dates are relative to the first load of each.

    ``progress`` is told each step: its name, how far it is, how far it goes.
    """
    with limits.lifted():
        return _load(engine, progress or _silent)


def _load(engine: Engine | None, told: Progress) -> LoadReport:
    with unit_of_work(engine) as session:
        known = structure_rows.by_codes(session, [one.code for one in texts.structures()])
        added = structure_import.run(session, NOBODY, texts.reading(), Origin.DEMO).created
        told("Structures", 1, 1)
        accounts = _accounts(session)
        told("Comptes", 1, 1)
        who = _cast(session)
        _delays(session, who, set(known))
    now = clock.now()
    stories = texts.stories()
    sent = replied = 0
    for done, story in enumerate(stories, start=1):
        with unit_of_work(engine) as session:
            if experience_rows.by_uuid(session, story.uuid) is None:
                replied += _play(session, story, who, now)
                sent += 1
        told("Expériences", done, len(stories))
    shown = documents.load(engine, who.moderator, who.agent_id, now, told)
    with unit_of_work(engine) as session:
        if sent or not figures.counted(session):
            figures.keep(session, figures.measure(session))
            ledger.keep(session, ledger.measure(session))
    return LoadReport(added, accounts, sent, replied, shown)


def _silent(_step: str, _done: int, _total: int) -> None:
    """Tell nobody."""


def _delays(session: Session, who: _Cast, known: set[str]) -> None:
    """Announce the delays of the structures just added; others may have been changed since."""
    for record in texts.structures():
        if record.code not in known and record.announced_delay_days is not None:
            row = structures.find(session, record.code)
            manager = Viewer(
                person_id=who.manager_id, grants=(Grant(Role.MANAGER, row.id, row.path),)
            )
            structures.announce_delay(session, manager, row.code, record.announced_delay_days)


def _accounts(session: Session) -> int:
    password, accounts = texts.accounts()
    added = 0
    for account in accounts:
        if people.by_email(session, account.email) is not None:
            continue
        grant = Grant(account.role)
        if account.role in SCOPED_ROLES:
            row = structures.find(session, account.structure)
            grant = Grant(account.role, row.id, row.path)
        identity.add_person(
            session, None, account.email, account.name, password, [grant], demo=True
        )
        added += 1
    return added


def _cast(session: Session) -> _Cast:
    ids: dict[Role, int] = {}
    for account in texts.accounts()[1]:
        row = people.by_email(session, account.email)
        assert row is not None, account.email
        ids.setdefault(account.role, row.id)
    moderator = Viewer(person_id=ids[Role.MODERATOR], grants=(Grant(Role.MODERATOR),))
    return _Cast(moderator, ids[Role.AGENT], ids[Role.MANAGER])


def _play(session: Session, story: Story, who: _Cast, now: datetime) -> int:
    """Tell one story from its sending on; return how many replies it had."""
    row, author = story.row, Viewer(visitor=story.visitor)
    calendar = Calendar(now, row["days_ago"], story.seed)
    with clock.at(calendar.at(0, 7, 22)):
        drafts.store(session, author, story.uuid, story.draft())
        number = experiences.send(session, author, story.uuid)
    if row["status"] == "pending":
        return 0
    if row["status"] == "withdrawn":
        with clock.at(calendar.at(1, 8, 20)):
            follow_up.withdraw(session, author, number)
        return 0
    with clock.at(calendar.at(1, 9, 12)):
        if row["status"] == "refused":
            reason, message = row["reason"], row["message"]
            moderation.refuse(session, who.moderator, number, 1, reason, message)
            return 0
        moderation.publish(session, who.moderator, number, 1)
    stored = experience_rows.get(session, number)
    assert stored is not None
    stored.similar = stored.similar_base = row["similar_count"]
    for reply in sorted(row["replies"], key=lambda one: int(one["days_after"])):
        _reply(session, story, who, number, reply, calendar)
    return len(row["replies"])


def _reply(
    session: Session,
    story: Story,
    who: _Cast,
    number: int,
    reply: dict[str, Any],
    calendar: Calendar,
) -> None:
    author = Viewer(visitor=story.visitor)
    target = structures.find(session, reply["structure"])
    typed = {name: reply[name] for name in ("structure", "text", "politeness", "signature")}
    day = 1 + reply["days_after"]
    with clock.at(calendar.at(day, 14, 17)):
        agent = who.agent_of(target.id, target.path)
        reply_id = replies.send(session, agent, number, _uuid(story, target.code), typed)
    if reply["rating"]:
        with clock.at(calendar.at(day, 18, 22)):
            answers_back.rate(session, author, reply_id, reply["rating"])
    answer = reply.get("answer_back")
    if not answer:
        return
    uuid = _uuid(story, target.code, "answer")
    with clock.at(calendar.at(1 + answer["days_after"], 18, 22)):
        answers_back.answer_back(session, author, reply_id, uuid, answer["text"])
    if answer["status"] == "published":
        stored = experience_rows.answer_by_uuid(session, uuid)
        assert stored is not None
        with clock.at(calendar.at(2 + answer["days_after"], 9, 12)):
            answers_back.decide_answer(session, who.moderator, stored.id, Act.PUBLISH.value)


def _uuid(story: Story, *parts: str) -> str:
    return str(uuid5(NAMESPACE_URL, ":".join(("spplus-demo", story.key, *parts))))
