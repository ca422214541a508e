"""Replies: whose inbox shows what, late or not, a reply once; kept counts always true."""

from __future__ import annotations

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from spplus_app.domain.errors import Conflict, DomainError, Invalid, NotFound, Refused, SignedOut
from spplus_app.domain.replies import POLITENESS, REPLY_MAX, SIGNATURE_MAX
from spplus_app.domain.reports import Decision, Kind
from spplus_app.domain.roles import NOBODY, RIGHTS, SCOPED_ROLES, Right, Role, Viewer
from spplus_app.persistence import experiences as rows
from spplus_app.persistence import unit_of_work
from spplus_app.persistence.tables import (
    AnswerRow,
    ContactRow,
    DraftRow,
    ExperienceRow,
    ExperienceStructureRow,
    JobRow,
    ReplyRow,
    StructureCountRow,
)
from spplus_app.services import (
    clock,
    experiences,
    follow_up,
    integrity,
    jobs,
    mail,
    moderation,
    record,
    replies,
    reports,
    structures,
)
from tests import factories as make
from tests.services.test_follow_up import AUTHOR, CORRECTED

PLACES = ("top", "branch", "office", "other_office", "stranger")
ABOVE = {"office": {"top", "branch", "office"}}


def shown(session: Session, viewer: Viewer, box: str = "todo") -> list[int]:
    """The experiences of a box, in order."""
    return [card.id for card in replies.inbox(session, viewer, box).cards]


Gesture = Callable[[Session, Viewer, ExperienceRow], object]
READS: dict[str, Gesture] = {"opened": lambda s, v, row: replies.opened(s, v, row.id)}
WRITES: dict[str, Gesture] = {
    "save_draft": lambda s, v, row: replies.save_draft(s, v, row.id, str(uuid4()), make.REPLY),
    "send": lambda s, v, row: replies.send(s, v, row.id, str(uuid4()), make.REPLY),
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("role", Role)
def test_who_reads_and_who_replies_is_the_table(session: Session, role: Role, place: str) -> None:
    where = make.tree(session)
    row = make.published(session, AUTHOR, where.office)
    viewer = make.person(session, make.granted(role, getattr(where, place)))
    reaches = role not in SCOPED_ROLES or place in ABOVE["office"]
    for right, gestures in ((Right.READ_INBOX, READS), (Right.REPLY, WRITES)):
        for name, gesture in gestures.items():
            if role not in RIGHTS[right]:
                with pytest.raises(Refused):
                    gesture(session, viewer, row)
            elif not reaches:
                with pytest.raises(NotFound):
                    gesture(session, viewer, row)
            else:
                gesture(session, viewer, row)
            for signed_out in (NOBODY, AUTHOR):
                with pytest.raises(SignedOut):
                    gesture(session, signed_out, row)
            assert name


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("role", Role)
def test_an_inbox_is_one_s_structures_and_all_below(
    session: Session, role: Role, place: str
) -> None:
    where = make.tree(session)
    office = make.published(session, AUTHOR, where.office)
    branch = make.published(session, AUTHOR, where.branch)
    viewer = make.person(session, make.granted(role, getattr(where, place)))
    if role not in RIGHTS[Right.READ_INBOX]:
        with pytest.raises(Refused):
            replies.inbox(session, viewer)
        return
    expected = {"top": {office.id, branch.id}, "branch": {office.id, branch.id}}
    expected |= {"office": {office.id}}
    everywhere = role not in SCOPED_ROLES
    assert set(shown(session, viewer)) == (
        {office.id, branch.id} if everywhere else expected.get(place, set())
    )
    if role in RIGHTS[Right.REPLY]:
        assert replies.draft(session, viewer, office.id) == {}
    else:
        with pytest.raises(Refused):
            replies.draft(session, viewer, office.id)
    for read in (replies.inbox, replies.announced):
        with pytest.raises(SignedOut):
            read(session, NOBODY)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("role", Role)
def test_who_announces_a_delay_is_the_table(session: Session, role: Role, place: str) -> None:
    where = make.tree(session)
    viewer = make.person(session, make.granted(role, getattr(where, place)))
    if role in RIGHTS[Right.ANNOUNCE_DELAY] and place in ABOVE["office"]:
        structures.announce_delay(session, viewer, "OFFICE", 10)
        assert where.office.announced_delay_days == 10
    else:
        with pytest.raises(Refused):
            structures.announce_delay(session, viewer, "OFFICE", 10)
        assert where.office.announced_delay_days is None


def test_two_grants_add_up_and_a_path_is_not_a_prefix_of_digits(session: Session) -> None:
    where = make.tree(session)
    # Ids that begin with the same digits: /1/ must not hold /12/.
    many = [make.structure(session, f"N{number}") for number in range(12)]
    pair = next(
        (a, b) for a in many for b in many if a is not b and str(b.id).startswith(str(a.id)[:1])
    )
    two = [make.published(session, AUTHOR, one) for one in pair]
    viewer = make.person(session, (Role.AGENT, pair[0]), (Role.AGENT, where.office))
    assert shown(session, viewer) == [two[0].id]


def test_late_is_past_the_inherited_delay(session: Session) -> None:
    where = make.tree(session)
    where.branch.announced_delay_days = 5
    with make.at(0):
        row = make.published(session, AUTHOR, where.office, where.stranger)
    worker, stranger = make.agent(session, where.office), make.agent(session, where.stranger)
    for days, late, beside in ((0, False, False), (5, False, False), (5.01, True, False)):
        with make.at(days):
            assert shown(session, worker, "late") == ([row.id] if late else [])
            assert replies.inbox(session, worker).cards[0].late is late
            inbox = replies.inbox(session, worker)
            assert (inbox.todo, inbox.late) == (1, int(late))
            assert shown(session, stranger, "late") == ([row.id] if beside else [])
    with make.at(30.01):
        assert shown(session, stranger, "late") == [row.id]
        assert "en retard" in experiences.public(session, row.id).services[1].state
    assert replies.announced(session, worker) == [("Service OFFICE", "5\u00a0jours")]
    assert replies.announced(session, stranger) == [
        ("Service STRANGER", "30\u00a0jours (réglage de départ)")
    ]
    manager = make.person(session, (Role.MANAGER, where.branch))
    structures.announce_delay(session, manager, "OFFICE", 60)
    with make.at(31):
        assert shown(session, worker, "late") == []


def test_an_inbox_pages_without_loss_or_repeat(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replies, "PAGE", 2)
    where = make.tree(session)
    viewer = make.agent(session, where.branch)
    expected = []
    for day in range(4):
        with make.at(day // 2):
            # One experience in two structures of the same inbox: two things to handle.
            row = make.published(session, AUTHOR, where.office, where.other_office, where.branch)
            expected += [(row.id, name) for name in ("OFFICE", "OTHER", "BRANCH")]

    def pages(box: str) -> list[tuple[int, str]]:
        seen: list[tuple[int, str]] = []
        key = None
        while True:
            inbox = replies.inbox(session, viewer, box, key)
            seen += [(card.id, card.services.removeprefix("Service ")) for card in inbox.cards]
            key = inbox.next_key
            if key is None:
                return seen

    with make.at(90):
        assert pages("todo") == pages("late") == expected
        for number, code in expected:
            where_to = next(one for one in where.all if one.code == code)
            row = session.get(ExperienceRow, number)
            assert row is not None
            make.replied(session, row, where_to)
        assert pages("replied") == expected[::-1]
        assert pages("todo") == []
        inbox = replies.inbox(session, viewer, "replied")
        assert (inbox.todo, inbox.late) == (0, 0)
    with pytest.raises(Invalid):
        replies.inbox(session, viewer, "other")
    assert replies.inbox(session, viewer, "todo", (make.START, 10**15 - 1)).next_key is None


def test_a_reply_is_published_once_at_once(session: Session) -> None:
    where = make.tree(session)
    with make.at(0):
        row = make.published(session, AUTHOR, where.office, email="c@exemple.fr")
    viewer, uuid = make.agent(session, where.branch), str(uuid4())
    replies.save_draft(session, viewer, row.id, uuid, make.REPLY)
    with make.at(3):
        first = replies.send(session, viewer, row.id, uuid, make.REPLY)
        assert replies.send(session, viewer, row.id, uuid.upper(), make.REPLY) == first
    assert session.scalar(select(func.count()).select_from(ReplyRow)) == row.replies == 1
    assert replies.draft(session, viewer, row.id) == {}
    seen = experiences.public(session, row.id)
    assert seen.replies[0].paragraphs == [make.REPLY["text"]]
    assert (seen.replies[0].structure, seen.replies[0].took) == (
        "Service OFFICE",
        "en 3\u00a0jours",
    )
    with pytest.raises(Conflict, match="déjà publiée"):
        replies.save_draft(session, viewer, row.id, uuid, make.REPLY)
    # The same UUID from somebody else, or about something else, is another reply.
    other = make.agent(session, where.office)
    elsewhere = make.published(session, AUTHOR, where.office)
    for agent, where_to in ((other, row), (viewer, elsewhere)):
        replies.save_draft(session, agent, where_to.id, uuid, make.REPLY)
        numbers = {replies.send(session, agent, where_to.id, uuid, make.REPLY) for _ in range(2)}
        assert len(numbers) == 1 and first not in numbers
        assert replies.draft(session, agent, where_to.id) == {}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("text", ""),
        ("text", "court"),
        ("text", "a" * (REPLY_MAX + 1)),
        ("text", "un texte avec un \x00 dedans"),
        ("text", "\u200b" * 40),
        ("politeness", ""),
        ("politeness", "Bisous,"),
        ("politeness", POLITENESS[0] + " "),
        ("signature", ""),
        ("signature", "a" * (SIGNATURE_MAX + 1)),
        ("structure", "STRANGER"),
        ("structure", "BRANCH"),
        ("structure", "NOWHERE"),
        ("structure", "' OR 1=1 --"),
    ],
)
def test_a_reply_has_its_bounds(session: Session, field: str, value: str) -> None:
    where = make.tree(session)
    row = make.published(session, AUTHOR, where.office, where.stranger)
    viewer = make.agent(session, where.office)
    typed = make.REPLY | {field: value}
    replies.save_draft(session, viewer, row.id, str(uuid4()), typed)
    with pytest.raises(Invalid) as refused:
        replies.send(session, viewer, row.id, str(uuid4()), typed)
    assert set(refused.value.errors) == {field}
    # What was typed is still there.
    kept = replies.draft(session, viewer, row.id)
    assert kept[field] == value.replace("\x00", "")
    assert row.replies == 0


def test_who_replies_for_several_says_for_which(session: Session) -> None:
    where = make.tree(session)
    row = make.published(session, AUTHOR, where.office, where.other_office)
    viewer = make.agent(session, where.branch)
    assert [one.code for one in replies.opened(session, viewer, row.id).targets] == [
        "OFFICE",
        "OTHER",
    ]
    with pytest.raises(Invalid) as refused:
        replies.send(session, viewer, row.id, str(uuid4()), make.REPLY)
    assert set(refused.value.errors) == {"structure"}
    make.replied(session, row, where.office)
    assert [card.services for card in replies.inbox(session, viewer).cards] == ["Service OTHER"]
    make.replied(session, row, where.other_office)
    assert shown(session, viewer) == []
    assert [one.structure for one in experiences.public(session, row.id).replies] == [
        "Service OFFICE",
        "Service OTHER",
    ]
    assert row.replies == 2


def test_the_programme_reads_and_does_not_speak(session: Session) -> None:
    where = make.tree(session)
    row = make.published(session, AUTHOR, where.office)
    viewer = make.person(session, (Role.PROGRAMME, None))
    opened = replies.opened(session, viewer, row.id)
    assert (opened.targets, opened.may_reply) == ([], False)
    assert replies.topics(viewer) == [record.EXPERIENCES]
    worker = make.agent(session, where.office)
    assert replies.topics(worker) == [f"inbox:{where.office.id}"]


@pytest.mark.parametrize("status", ["pending", "refused", "withdrawn"])
def test_only_what_is_published_is_replied_to(session: Session, status: str) -> None:
    where = make.structure(session, "A")
    row = make.published(session, AUTHOR, where)
    row.status = status
    session.flush()
    viewer = make.agent(session, where)
    for gesture in (*READS.values(), *WRITES.values()):
        with pytest.raises(NotFound):
            gesture(session, viewer, row)


@pytest.mark.parametrize("number", [0, -1, 2**31, 2**63, 10**20])
def test_unknown_numbers_are_not_found(session: Session, number: int) -> None:
    viewer = make.agent(session, make.structure(session, "A"))
    for gesture in (*READS.values(), *WRITES.values()):
        with pytest.raises(NotFound):
            gesture(session, viewer, ExperienceRow(id=number))
    assert replies.draft(session, viewer, number) == {}


def test_drafts_are_each_agent_s_own(session: Session) -> None:
    where = make.structure(session, "A")
    row = make.published(session, AUTHOR, where)
    one, other = make.agent(session, where), make.agent(session, where)
    replies.save_draft(session, one, row.id, str(uuid4()), make.REPLY | {"text": "à moi"})
    assert replies.draft(session, one, row.id)["text"] == "à moi"
    assert replies.draft(session, other, row.id) == {}
    replies.send(session, other, row.id, str(uuid4()), make.REPLY)
    assert replies.draft(session, one, row.id)["text"] == "à moi"


def test_replied_at_the_same_instant_it_counts_once(engine: Engine) -> None:
    """One agent presses twice, and a colleague replies too, all at the same instant."""
    with unit_of_work(engine) as session:
        where = make.structure(session, "A")
        row = make.published(session, AUTHOR, where, email="c@exemple.fr")
        one, other = make.agent(session, where), make.agent(session, where)
    uuid, second = str(uuid4()), str(uuid4())
    tries = [(one, uuid)] * 3 + [(other, second)] * 3
    barrier = Barrier(len(tries))

    def reply(attempt: tuple[Viewer, str]) -> int:
        barrier.wait()
        with unit_of_work(engine) as session:
            return replies.send(session, attempt[0], row.id, attempt[1], make.REPLY)

    with ThreadPoolExecutor(len(tries)) as pool:
        numbers = list(pool.map(reply, tries))
    assert len(set(numbers)) == 2
    with unit_of_work(engine) as session:
        assert session.get(ExperienceRow, row.id).replies == 2  # type: ignore[union-attr]
        counts = session.scalars(select(StructureCountRow)).one()
        assert (counts.published, counts.replied) == (1, 1)


def test_counts_of_a_new_structure_are_kept_by_two_at_once(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        where = make.structure(session, "A")
        waiting = [make.sent(session, make.visitor(str(n)), where) for n in range(6)]
        viewer = make.moderator(session)
    barrier = Barrier(len(waiting))

    def publish(row: ExperienceRow) -> None:
        barrier.wait()
        with unit_of_work(engine) as session:
            moderation.publish(session, viewer, row.id, 1)

    with ThreadPoolExecutor(len(waiting)) as pool:
        list(pool.map(publish, waiting))
    with unit_of_work(engine) as session:
        assert session.scalars(select(StructureCountRow.published)).all() == [len(waiting)]


def recounted(session: Session) -> dict[int, tuple[int, int]]:
    """What the kept counts of each structure must be, counted in another way."""
    counts: dict[int, tuple[int, int]] = {}
    for link in session.scalars(select(ExperienceStructureRow)):
        row = session.get(ExperienceRow, link.experience_id)
        assert row is not None
        if row.status != "published":
            assert link.published_at is link.due_at is None
            continue
        published, replied = counts.get(link.structure_id, (0, 0))
        said = select(func.count()).where(
            ReplyRow.experience_id == row.id, ReplyRow.structure_id == link.structure_id
        )
        has_replied = bool(session.scalar(said))
        assert has_replied == (link.replied_at is not None)
        counts[link.structure_id] = (published + 1, replied + has_replied)
    return counts


def check_counts(session: Session) -> None:
    """Compare every kept number with the rows it is kept from."""
    session.flush()
    session.expire_all()
    kept = {
        row.structure_id: (row.published, row.replied)
        for row in session.scalars(select(StructureCountRow))
        if (row.published, row.replied) != (0, 0)
    }
    assert kept == recounted(session)
    for row in session.scalars(select(ExperienceRow)):
        said = select(func.count()).where(ReplyRow.experience_id == row.id)
        assert row.replies == session.scalar(said)
    assert [one.title for one in integrity.check(session) if one.wrong] == []


@pytest.mark.parametrize("seed", range(4))
def test_kept_counts_are_true_after_any_gestures(session: Session, seed: int) -> None:
    rng = random.Random(seed)
    where = make.tree(session)
    viewer, manager = make.moderator(session), make.person(session, (Role.MANAGER, where.top))
    workers = [make.agent(session, one) for one in where.all]
    numbers: list[int] = []

    def any_row() -> ExperienceRow:
        row = session.get(ExperienceRow, rng.choice(numbers))
        assert row is not None
        return row

    def send() -> None:
        chosen = rng.sample(where.all[1:4], rng.randint(1, 3))
        numbers.append(make.sent(session, AUTHOR, *chosen).id)

    def reply() -> None:
        row = any_row()
        code = rng.choice(
            [*(met.structure.code for met in rows.met(session, [row.id])[row.id]), ""]
        )
        uuid = rng.choice(["11111111-1111-4111-8111-111111111111", str(uuid4())])
        typed = make.REPLY | {"structure": code}
        replies.send(session, rng.choice(workers[:2]), row.id, uuid, typed)

    def edit(row: ExperienceRow) -> None:
        typed = CORRECTED | {"title": f"Titre {rng.random()}", "note": "Nom retiré."}
        moderation.edit(session, viewer, row.id, row.version, typed)

    gestures: list[Callable[[], object]] = [
        send,
        reply,
        reply,
        lambda: moderation.publish(session, viewer, (row := any_row()).id, row.version),
        lambda: moderation.refuse(session, viewer, (r := any_row()).id, r.version, "insult", ""),
        lambda: edit(any_row()),
        lambda: follow_up.resend(session, AUTHOR, any_row().id, CORRECTED),
        lambda: follow_up.withdraw(session, AUTHOR, any_row().id),
        lambda: structures.announce_delay(
            session, manager, rng.choice(where.all).code, rng.choice([None, 3, 40])
        ),
    ]
    weights = [4, 5, 5, 6, 2, 1, 2, 0.4, 1]
    send()
    done = 0
    for step in range(150):
        try:
            # Undone when refused, as a transaction is.
            with session.begin_nested():
                rng.choices(gestures, weights)[0]()
            done += 1
        except DomainError:
            pass
        if step % 30 == 29:
            check_counts(session)
    check_counts(session)
    assert done > 40
    assert session.scalar(select(func.count()).select_from(ReplyRow))


def test_the_mail_of_a_reply_goes_to_a_confirmed_address_only(session: Session) -> None:
    from spplus_app.persistence import links
    from spplus_app.services import clock

    where = make.structure(session, "A")
    row = make.published(session, AUTHOR, where, email="c@exemple.fr")

    def templates() -> list[str]:
        return [job.payload["template"] for job in session.scalars(select(JobRow))]

    make.replied(session, row, where)
    assert templates() == ["follow_up"]
    contact = links.contact(session, row.id)
    assert contact is not None
    contact.confirmed_at = clock.now()
    session.flush()
    make.replied(session, row, where)
    assert templates() == ["follow_up", "reply"]
    assert session.scalar(select(func.count()).select_from(DraftRow)) == 0
    assert session.scalar(select(func.count()).select_from(AnswerRow)) == 0


def test_a_reply_that_is_hidden_is_announced_to_nobody(session: Session) -> None:
    author, where = make.visitor("author"), make.structure(session, "A")
    row = make.published(session, author, where, email="c@exemple.fr")
    session.get_one(ContactRow, row.id).confirmed_at = clock.now()
    number = make.replied(session, row, where)
    job = session.scalars(select(JobRow).order_by(JobRow.id.desc()).limit(1)).one()
    queued = jobs.Job(job.id, job.kind, job.payload)
    assert "second guichet" in str(mail.compose(session, queued).letter.blocks)
    reports.report(session, make.visitor("r"), Kind.REPLY, number, "personal_data", "")
    with pytest.raises(mail.NotToSend, match="outdated"):
        mail.compose(session, queued)
    judge = make.moderator(session)
    reports.decide(session, judge, Kind.REPLY, number, 1, Decision.KEEP)
    assert mail.compose(session, queued)
    assert _replies_told(session) == [job.key]


def _replies_told(session: Session) -> list[str | None]:
    query = select(JobRow.key).where(JobRow.key.startswith("reply:")).order_by(JobRow.id)
    return list(session.scalars(query))


@pytest.mark.parametrize("left", [False, True])
def test_a_reply_that_is_back_is_announced_when_its_mail_had_not_left(
    session: Session, left: bool
) -> None:
    author, where = make.visitor("author"), make.structure(session, "A")
    row = make.published(session, author, where, email="c@exemple.fr")
    session.get_one(ContactRow, row.id).confirmed_at = clock.now()
    number, judge = make.replied(session, row, where), make.moderator(session)
    first = session.scalars(select(JobRow).order_by(JobRow.id.desc()).limit(1)).one()
    reports.report(session, make.visitor("r"), Kind.REPLY, number, "personal_data", "")
    note = "sent" if left else mail.NotToSend("outdated").note
    jobs.done(session, jobs.Job(first.id, first.kind, first.payload), note)
    reports.decide(session, judge, Kind.REPLY, number, 1, Decision.KEEP)
    assert _replies_told(session) == [first.key, *([] if left else [f"{first.key}:1"])]
