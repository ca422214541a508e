"""Every allowed cell does what it says: without this, refusals would prove nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from spplus_app.domain.documents.stages import Stage as DocumentStage
from spplus_app.domain.reports import Kind
from spplus_app.domain.roles import Grant, Role, Viewer
from spplus_app.persistence.tables import (
    AnswerRow,
    AppealRow,
    ClaimRow,
    ContactRow,
    DraftRow,
    ExperienceRow,
    ReasonRow,
    ReplyRow,
    VisitorItemRow,
)
from spplus_app.services import appeals, claims, drafts, follow_up, reports, tokens
from tests import documents, factories
from tests.e2e import scene as scenes
from tests.e2e.cast import VISITOR, Browser, Stage, set_stage
from tests.e2e.payloads import EVENTS, arguments, full, place, reads, short
from tests.e2e.scene import Target
from tests.e2e.site import running

Proof = Callable[[Session, Target, Browser], bool]


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A site of one's own, without the demonstration."""
    with running(tmp_path_factory.mktemp("allowed"), demo=False) as site:
        yield set_stage(site)


@dataclass(frozen=True)
class Gesture:
    """An event that changes something: who may, on what, and what must then be true."""

    event: str
    who: tuple[str, ...]
    on: str
    proof: Proof
    more: dict[str, str] = field(default_factory=dict)


def _is(status: str) -> Proof:
    return lambda s, target, _b: _row(s, target).status == status


def _row(session: Session, target: Target) -> ExperienceRow:
    row = session.get(ExperienceRow, target.id)
    assert row is not None
    return row


def _draft(name: str, value: object) -> Proof:
    def proof(session: Session, _target: Target, browser: Browser) -> bool:
        row = session.scalars(select(DraftRow).where(DraftRow.owner == browser.visitor)).one()
        return bool(row.data.get(name) == value)

    return proof


def _none_of(table: type[DraftRow] | type[VisitorItemRow]) -> Proof:
    column = DraftRow.owner if table is DraftRow else VisitorItemRow.visitor

    def proof(session: Session, _target: Target, browser: Browser) -> bool:
        count = select(func.count()).select_from(table).where(column == browser.visitor)
        return session.scalar(count) == 0

    return proof


def _sent(session: Session, _target: Target, browser: Browser) -> bool:
    mine = select(func.count()).where(VisitorItemRow.visitor == browser.visitor)
    return session.scalar(mine) == 1 and _none_of(DraftRow)(session, _target, browser)


def _confirmed(session: Session, target: Target, _browser: Browser) -> bool:
    contact = session.get(ContactRow, target.id)
    return contact is not None and contact.confirmed_at is not None


def _replied(session: Session, target: Target, _browser: Browser) -> bool:
    rows = session.scalars(select(ReplyRow).where(ReplyRow.experience_id == target.id)).all()
    return [row.signature for row in rows] == ["Personne"] and _row(session, target).replies == 1


def _kept(session: Session, target: Target, _browser: Browser) -> bool:
    mine = select(DraftRow).where(DraftRow.subject == str(target.id))
    return [row.data["signature"] for row in session.scalars(mine)] == ["Personne"]


def _rated(session: Session, target: Target, _browser: Browser) -> bool:
    found = select(ReplyRow.rating).where(ReplyRow.experience_id == target.id)
    return session.scalars(found).one() == "utile"


def _answer(status: str) -> Proof:
    def proof(session: Session, target: Target, _browser: Browser) -> bool:
        found = select(AnswerRow.status).where(AnswerRow.experience_id == target.id)
        return session.scalars(found).one() == status

    return proof


def _edited(session: Session, target: Target, _browser: Browser) -> bool:
    row = _row(session, target)
    return (row.version, row.title) == (2, factories.STORY["title"])


def _claimed(session: Session, target: Target, _browser: Browser) -> bool:
    return session.get(ClaimRow, ("experience", target.id)) is not None


def _taken(session: Session, _target: Target, _browser: Browser) -> bool:
    return session.scalar(select(func.count()).select_from(ClaimRow)) != 0


def _document_taken(session: Session, _target: Target, _browser: Browser) -> bool:
    held = select(func.count()).select_from(ClaimRow).where(ClaimRow.kind == "document")
    return session.scalar(held) != 0


def _left(session: Session, target: Target, browser: Browser) -> bool:
    return not _claimed(session, target, browser)


def _masked(session: Session, target: Target, _browser: Browser) -> bool:
    row = _row(session, target)
    return row.version == 2 and "guichet" not in row.narrative.lower()


def _appeal(status: str) -> Proof:
    def proof(session: Session, target: Target, _browser: Browser) -> bool:
        found = select(AppealRow.status).where(AppealRow.experience_id == target.id)
        return session.scalars(found).one() == status

    return proof


def _reason(label: str, *, active: bool = True) -> Proof:
    def proof(session: Session, _target: Target, _browser: Browser) -> bool:
        found = select(ReasonRow.active).where(ReasonRow.label == label)
        return session.scalars(found).one_or_none() is active

    return proof


CODE = "OFFICE"
WRITERS, REPLIERS = ("visitor", "programme"), ("agent", "manager above")
AUTHOR, MODERATOR, TEAM = ("author",), ("moderator",), ("programme",)
GESTURES = (
    Gesture("deposit_state.choose", WRITERS, "nothing", _draft("services", [CODE])),
    Gesture("deposit_state.unchoose", WRITERS, "draft", _draft("services", [])),
    Gesture("deposit_state.save_service", WRITERS, "draft", _draft("outside", "")),
    Gesture(
        "deposit_state.save_story", WRITERS, "draft", _draft("title", factories.STORY["title"])
    ),
    Gesture("deposit_state.save_author", WRITERS, "draft", _draft("pseudonym", "Camille")),
    Gesture("deposit_state.send", WRITERS, "draft", _sent),
    Gesture("deposit_state.erase", WRITERS, "draft", _none_of(DraftRow)),
    Gesture("follow_list_state.forget", AUTHOR, "pending", _none_of(VisitorItemRow)),
    Gesture("follow_state.resend", AUTHOR, "refused", _is("pending")),
    Gesture("follow_state.withdraw", AUTHOR, "published", _is("withdrawn")),
    Gesture("follow_state.mask", AUTHOR, "published", _masked),
    Gesture("follow_state.confirm_email", AUTHOR, "unconfirmed", _confirmed),
    Gesture("follow_state.rate", AUTHOR, "replied", _rated, {"rating": "utile"}),
    Gesture("follow_state.answer_back", AUTHOR, "replied", _answer("pending"), {"answer": "Merci"}),
    Gesture("queue_state.publish_answer", MODERATOR, "answered", _answer("published")),
    Gesture("queue_state.refuse_answer", MODERATOR, "answered", _answer("refused")),
    Gesture("review_state.publish", MODERATOR, "pending", _is("published")),
    Gesture("review_state.refuse", MODERATOR, "published", _is("refused")),
    Gesture("review_state.edit", MODERATOR, "pending", _edited),
    Gesture("reported_state.keep", MODERATOR, "hidden", _is("published")),
    Gesture("reported_state.remove", MODERATOR, "hidden", _is("refused")),
    Gesture("claim_state.hold", MODERATOR, "pending", _claimed),
    Gesture("claim_state.take_next", MODERATOR, "pending", _taken),
    Gesture("document_queue_state.take_next", MODERATOR, "handed", _document_taken),
    Gesture("claim_state.leave", MODERATOR, "held", _left),
    Gesture("mask_state.mask", MODERATOR, "pending", _masked),
    Gesture("appeal_state.uphold", MODERATOR, "appealed", _is("published")),
    Gesture("appeal_state.reject", MODERATOR, "appealed", _appeal("rejected")),
    Gesture("reasons_state.add", TEAM, "pending", _reason("Un motif pris de force")),
    Gesture("reasons_state.save", TEAM, "pending", _reason("Autre nom"), {"label": "Autre nom"}),
    Gesture(
        "reasons_state.withdraw",
        TEAM,
        "pending",
        _reason("Déjà raconté", active=False),
        {"code": "duplicate"},
    ),
    Gesture("reasons_state.offer", TEAM, "pending", _reason("Déjà raconté"), {"code": "duplicate"}),
    Gesture("reply_state.submit", REPLIERS, "published", _replied),
    Gesture("reply_state.submit", REPLIERS, "published", _kept, {"intent": "save"}),
)


def _asked(session: Session, author: Browser, target: Target) -> int:
    """Have the author of a refused text appeal; return the appeal's id."""
    viewer = Viewer(visitor=author.visitor)
    decision = follow_up.follow(session, viewer, target.id).appeal.decision
    appeals.ask(session, viewer, target.id, decision, "")
    made = select(AppealRow.id).where(AppealRow.experience_id == target.id)
    return session.scalars(made).one()


def _prepared(stage: Stage, gesture: Gesture, who: str) -> tuple[Browser, Target, dict[str, str]]:
    """Make what the gesture is about, and the browser of who may do it."""

    def make(session: Session) -> tuple[Browser, Target, dict[str, str]]:
        states = {"draft": "pending", "nothing": "pending", "unconfirmed": "pending"}
        states |= {"held": "pending", "appealed": "refused", "handed": "pending"}
        state = states.get(gesture.on, gesture.on)
        published = state in {"replied", "answered", "hidden"}
        target = scenes.fresh(session, stage.scene, "published" if published else state)
        author = Browser({VISITOR: target.author})
        browser = author if who == "author" else stage.kinds()[who].make(session)
        more = dict(gesture.more)
        if gesture.on == "unconfirmed":
            contact = session.get(ContactRow, target.id)
            assert contact is not None
            contact.confirmed_at = None
        if gesture.on == "held":
            grants = (Grant(Role.MODERATOR),)
            who_holds = Viewer(person_id=stage.scene.people["moderator"], grants=grants)
            claims.hold(session, who_holds, target.id)
        if gesture.on == "handed":
            documents.published(session).stage = DocumentStage.HANDED.value
        if gesture.on == "appealed":
            more["appeal"] = str(_asked(session, author, target))
        if gesture.on == "draft":
            viewer = factories.Viewer(visitor=browser.visitor)
            row = session.get(factories.StructureRow, stage.scene.places["office"][0])
            assert row is not None
            more["uuid"] = factories.draft(session, viewer, row)
            assert drafts.checked(session, viewer)
        if state == "hidden":
            visitor = factories.visitor("reporter")
            reports.report(session, visitor, Kind.EXPERIENCE, target.id, "personal_data", "")
            more |= {"kind": "experience", "id": str(target.id)}
        elif published:
            more["reply"] = str(scenes.reply(session, stage.scene, target))
        if state == "answered":
            reply = int(more["reply"])
            more["answer"] = str(scenes.answer(session, stage.scene, target, reply))
        return browser, target, more

    return stage.site.act(make)


@pytest.mark.parametrize("gesture", GESTURES, ids=lambda one: f"{one.event} {one.on}")
async def test_who_may_does(stage: Stage, gesture: Gesture) -> None:
    for who in gesture.who:
        browser, target, more = _prepared(stage, gesture, who)
        name = full(gesture.event)
        typed = {k: int(v) if v.isdigit() and k != "uuid" else v for k, v in more.items()}
        async with browser.wire(stage.site) as wire:
            payload = arguments(stage.scene, name, **typed)
            reply = await wire.send(name, payload, router_data=place(target.id))
        done = stage.site.act(lambda s, t=target, b=browser: gesture.proof(s, t, b))  # type: ignore[misc]
        assert done, (who, reply.updates)


def test_every_event_that_changes_something_is_shown_to_work() -> None:
    changing = {short(name) for name in EVENTS if not reads(name)}
    assert changing == {gesture.event for gesture in GESTURES}


@pytest.mark.parametrize(
    ("event", "who", "target"),
    [
        ("review_state.open", "moderator", "pending"),
        ("review_state.refresh", "moderator", "refused"),
        ("queue_state.open", "moderator", "pending"),
        ("queue_state.refresh", "moderator", "pending"),
        ("follow_state.open", "author of another", "refused"),
        ("follow_state.refresh", "author of another", "refused"),
        ("follow_list_state.open", "author of another", "refused"),
    ],
)
async def test_who_may_read_reads(stage: Stage, event: str, who: str, target: str) -> None:
    browser = stage.browsers(stage.kinds()[who], 1)[0]
    about = stage.scene.targets[target]
    async with browser.wire(stage.site) as wire:
        reply = await wire.send(full(event), router_data=place(about.id))
    told = json.dumps(reply.updates)
    assert about.words[0] in told and about.words[1] not in told


@pytest.mark.parametrize("who", ["agent", "manager above", "programme"])
async def test_who_may_read_an_inbox_reads_what_is_published(stage: Stage, who: str) -> None:
    browser = stage.browsers(stage.kinds()[who], 1)[0]
    about = stage.scene.targets["published"]
    async with browser.wire(stage.site) as wire:
        inbox = await wire.send(full("inbox_state.open"))
        opened = await wire.send(full("reply_state.open"), router_data=place(about.id))
    assert f"/espace/reponses/{about.id}" in json.dumps(inbox.updates)
    assert "Guichet ferm" in json.dumps(opened.updates)


async def test_the_same_uuid_by_somebody_else_sends_nothing_of_theirs(stage: Stage) -> None:
    about = stage.scene.targets["pending"]
    before = stage.site.act(lambda session: _row(session, about).narrative)
    browser = Browser({VISITOR: tokens.new_token()})
    send = full("deposit_state.send")
    async with browser.wire(stage.site) as wire:
        # With nothing of one's own to send, it is as if nobody had sent it.
        reply = await wire.send(send, arguments(stage.scene, send, uuid=about.uuid))
        assert not reply.events and "vide ou d" in json.dumps(reply.updates)
        assert about.words[0] not in json.dumps(reply.updates)
        for event in ("choose", "save_service", "save_story", "save_author", "send"):
            name = full(f"deposit_state.{event}")
            reply = await wire.send(name, arguments(stage.scene, name, uuid=about.uuid))
            assert about.words[0] not in json.dumps(reply.updates)
    assert "/partager/merci" in json.dumps(reply.events)
    assert stage.site.act(lambda session: _row(session, about).narrative) == before
    mine = VisitorItemRow.visitor == browser.visitor
    others = select(ExperienceRow).join(VisitorItemRow).where(mine)
    row = stage.site.act(lambda session: session.scalars(others).one())
    assert row.id != about.id and about.words[0] not in row.title + row.narrative
