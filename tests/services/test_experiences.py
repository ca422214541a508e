"""Sending once, the receipt, the private link; nothing secret stays in the database."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from spplus_app.domain.drafts import Step
from spplus_app.domain.errors import Conflict, DomainError, Invalid, NotFound, Refused
from spplus_app.domain.retention import RECEIPT_SHOWN_FOR
from spplus_app.domain.roles import NOBODY, Role, Viewer
from spplus_app.persistence import links, revisions, unit_of_work
from spplus_app.persistence.tables import (
    Base,
    ContactRow,
    DraftRow,
    ExperienceRow,
    JobRow,
    JournalRow,
    PrivateLinkRow,
    VersionRow,
)
from spplus_app.services import clock, drafts, experiences, record, tokens, visitor_copy
from tests import factories as make

RECEIPT = RECEIPT_SHOWN_FOR


def count(session: Session, table: type[Base]) -> int:
    """How many rows a table holds."""
    return session.scalar(select(func.count()).select_from(table)) or 0


def everything(session: Session) -> str:
    """Every value of every column of every table, as text."""
    session.flush()
    cells = []
    for table in Base.metadata.sorted_tables:
        cells += [repr(value) for row in session.execute(select(table)) for value in row]
    return "\n".join(cells)


def test_a_sent_experience_is_all_there(session: Session) -> None:
    viewer, where = make.visitor(), make.tree(session)
    with make.at(0):
        row = make.sent(session, viewer, where.office, where.other_office, email="c@exemple.fr")
    assert (row.status, row.version, row.replies) == ("pending", 1, 0)
    assert (row.title, row.narrative) == (make.STORY["title"], make.NARRATIVE)
    assert row.tags == {"Relation": "Positif"}
    assert (row.department, row.pseudonym, row.outside_structure) == ("30", "Camille", False)
    assert row.created_at == row.sent_at == make.START
    assert row.published_at is None
    version = session.scalars(select(VersionRow)).one()
    assert (version.number, version.narrative) == (1, row.narrative)
    contact = session.scalars(select(ContactRow)).one()
    assert (contact.email, contact.confirmed_at) == ("c@exemple.fr", None)
    assert count(session, DraftRow) == 0
    assert revisions.numbers(session, [record.MODERATION]) == {record.MODERATION: 1}


def test_sending_twice_sends_once(session: Session) -> None:
    viewer, where = make.visitor(), make.structure(session, "A")
    uuid = make.draft(session, viewer, where, email="c@exemple.fr")
    first = experiences.send(session, viewer, uuid)
    assert experiences.send(session, viewer, uuid) == first
    assert experiences.send(session, viewer, uuid.upper()) == first
    assert (
        count(session, ExperienceRow) == count(session, JobRow) == count(session, JournalRow) == 1
    )
    assert count(session, PrivateLinkRow) == 2


def test_another_browser_gets_nothing_of_a_uuid(session: Session) -> None:
    viewer, stranger = make.visitor("a"), make.visitor("b")
    row = make.sent(session, viewer)
    with pytest.raises(Invalid, match="vide ou déjà envoyé"):
        experiences.send(session, stranger, row.uuid)
    assert not visitor_copy.draft(session, stranger, row.uuid)["sent"]
    make.draft(session, stranger)
    with pytest.raises(Invalid, match="autre onglet"):
        experiences.send(session, stranger, row.uuid)
    assert count(session, ExperienceRow) == 1


@pytest.mark.parametrize("begun", ["before", "after"])
def test_a_uuid_that_another_browser_sent_first_sends_all_the_same(
    session: Session, begun: str
) -> None:
    viewer, second = make.visitor("a"), make.visitor("b")
    uuid = make.draft(session, viewer)
    if begun == "before":
        make.draft(session, second, uuid=uuid, title="Le titre du second")
    first = experiences.send(session, viewer, uuid)
    if begun == "after":
        make.draft(session, second, uuid=uuid, title="Le titre du second")
    number = experiences.send(session, second, uuid)
    row = session.get(ExperienceRow, number)
    assert row is not None and number != first
    assert (row.title, count(session, DraftRow)) == ("Le titre du second", 0)
    # For each, its own is the one that is already sent.
    for sender, sent in ((viewer, first), (second, number)):
        assert experiences.send(session, sender, uuid) == sent
        assert visitor_copy.draft(session, sender, uuid)["sent"]
        with pytest.raises(Conflict, match="déjà envoyée"):
            drafts.save_fields(session, sender, uuid, Step.STORY, make.STORY)
    assert count(session, ExperienceRow) == 2


def test_what_cannot_be_sent_is_told(session: Session) -> None:
    viewer = make.visitor()
    with pytest.raises(Invalid, match="vide ou déjà envoyé"):
        experiences.send(session, viewer, str(uuid4()))
    for uuid in ("", "\x00", "x" * 500, None, 3):
        with pytest.raises(Invalid) as refused:
            experiences.send(session, viewer, uuid)  # type: ignore[arg-type]
        assert set(refused.value.errors) == {"uuid"}
    uuid = drafts.store(session, viewer, str(uuid4()), {"title": "seul"})
    with pytest.raises(Invalid) as refused:
        experiences.send(session, viewer, uuid)
    assert {"service", "narrative", "ressenti", "posted_as"} <= set(refused.value.errors)
    assert count(session, ExperienceRow) == 0
    assert drafts.data_of(session, viewer)[0] == uuid


@pytest.mark.parametrize("seed", range(6))
def test_replayed_in_any_order_each_text_is_sent_once(session: Session, seed: int) -> None:
    rng = random.Random(seed)
    visitors = [make.visitor(name) for name in "ab"]
    mine: dict[str, set[str]] = {viewer.visitor: set() for viewer in visitors}
    for _ in range(60):
        viewer = rng.choice(visitors)
        new = str(UUID(int=rng.getrandbits(128), version=4))
        uuid = rng.choice([*sorted({*mine[visitors[0].visitor], *mine[visitors[1].visitor]}), new])
        try:
            if rng.random() < 0.4:
                mine[viewer.visitor].add(make.draft(session, viewer, uuid=uuid))
            else:
                number = experiences.send(session, viewer, uuid)
                row = session.get(ExperienceRow, number)
                assert row is not None
                assert links.binding(session, viewer.visitor, number) is not None
                assert uuid in mine[viewer.visitor]
        except DomainError:
            pass
    rows = list(session.scalars(select(ExperienceRow)))
    assert len({row.uuid for row in rows}) == len(rows) >= 2
    assert count(session, JournalRow) == len(rows)


def committed_draft(engine: Engine, viewer: Viewer, email: str = "") -> str:
    """A draft that other connections can see."""
    with unit_of_work(engine) as session:
        return make.draft(session, viewer, email=email)


def at_once(engine: Engine, *gestures):  # type: ignore[no-untyped-def]
    """Run gestures each in its own transaction, begun at the same instant; return the results."""
    barrier = Barrier(len(gestures))

    def run(gesture):  # type: ignore[no-untyped-def]
        barrier.wait()
        try:
            with unit_of_work(engine) as session:
                return gesture(session)
        except DomainError as error:
            return error

    with ThreadPoolExecutor(len(gestures)) as pool:
        return list(pool.map(run, gestures))


def test_sent_at_the_same_instant_it_is_sent_once(engine: Engine) -> None:
    viewer = make.visitor()
    for _ in range(5):
        uuid = committed_draft(engine, viewer, "c@exemple.fr")
        numbers = at_once(engine, *[lambda s, u=uuid: experiences.send(s, viewer, u)] * 6)
        assert len(set(numbers)) == 1
        assert isinstance(numbers[0], int)
    with unit_of_work(engine) as session:
        assert count(session, ExperienceRow) == count(session, JobRow) == 5
        assert count(session, DraftRow) == 0


def test_two_tabs_at_the_same_instant_share_one_draft(engine: Engine) -> None:
    viewer = make.visitor()
    for round_number in range(5):
        fields = [{f"field{n}": str(round_number)} for n in range(6)]
        uuids = at_once(
            engine,
            *[lambda s, f=f: drafts.store(s, viewer, str(uuid4()), f) for f in fields],
        )
        assert len(set(uuids)) == 1
        with unit_of_work(engine) as session:
            data = drafts.data_of(session, viewer)[1]
            assert set(data.values()) == {str(round_number)}
            assert len(data) == 6


def test_no_secret_and_no_link_rests_in_the_database(session: Session) -> None:
    viewer, where = make.visitor(), make.structure(session, "A")
    row = make.sent(session, viewer, where, email="camille@exemple.fr")
    receipt = experiences.receipt(session, viewer, row.id)
    made = list(session.scalars(select(PrivateLinkRow).order_by(PrivateLinkRow.id)))
    assert [link.by_mail for link in made] == [False, True]
    secrets = [tokens.derive(experiences.FOLLOW_UP, link.nonce) for link in made]
    assert receipt.token == secrets[0]
    assert [link.token_hash for link in made] == [tokens.hash_token(one) for one in secrets]
    experiences.open_link(session, make.visitor("phone"), secrets[1])
    dump = everything(session)
    assert len(dump) > 2000
    assert make.NARRATIVE in dump
    for secret in secrets:
        assert len(secret) >= 43
        assert secret not in dump
        # Nor in a form that hides it: 256 bits leave no long part anywhere.
        assert all(secret[i : i + 16] not in dump for i in range(len(secret) - 15))


def test_jobs_and_journal_hold_no_typed_text(session: Session) -> None:
    viewer, where = make.visitor(), make.structure(session, "A")
    row = make.sent(session, viewer, where, email="camille@exemple.fr")
    job = session.scalars(select(JobRow)).one()
    line = session.scalars(select(JournalRow)).one()
    assert (line.entry, line.actor, line.subject_id) == ("experience.sent", "visitor", str(row.id))
    for text in (repr(job.payload), repr((line.before, line.after, line.actor, line.subject_id))):
        for typed in (row.title, row.narrative, "Camille", "camille@exemple.fr", "http", "suivi/"):
            assert typed not in text
        assert viewer.visitor not in text


@pytest.mark.parametrize("role", Role)
def test_an_agent_does_not_deposit_on_their_own_structure(session: Session, role: Role) -> None:
    where = make.tree(session)
    person = make.person(session, make.granted(role, where.branch))
    viewer = Viewer(
        visitor=make.visitor(role).visitor, person_id=person.person_id, grants=person.grants
    )
    for target in where.all:
        replies_there = role in (Role.AGENT, Role.MANAGER) and target in (
            where.branch,
            where.office,
            where.other_office,
        )
        uuid = make.draft(session, viewer, target)
        if replies_there:
            with pytest.raises(Refused, match="agent de ce service"):
                experiences.send(session, viewer, uuid)
        else:
            experiences.send(session, viewer, uuid)
        drafts.erase(session, viewer)


def test_one_has_just_sent_until_one_begins_again_or_a_day_has_passed(session: Session) -> None:
    viewer = make.visitor()
    assert not experiences.just_sent(session, viewer)
    with make.at(0):
        make.sent(session, viewer)
        assert experiences.just_sent(session, viewer)
        assert not experiences.just_sent(session, make.visitor("other"))
        assert not experiences.just_sent(session, NOBODY)
    with make.at(1, seconds=1):
        assert not experiences.just_sent(session, viewer)
    with make.at(0):
        make.draft(session, viewer)
        assert not experiences.just_sent(session, viewer)


def test_the_receipt_is_for_the_sender_and_for_a_day(session: Session) -> None:
    viewer, stranger = make.visitor("a"), make.visitor("b")
    with make.at(0):
        row = make.sent(session, viewer, email="c@exemple.fr")
        receipt = experiences.receipt(session, viewer, row.id)
    assert receipt.by_mail
    with clock.at(make.START + RECEIPT):
        assert experiences.receipt(session, viewer, row.id) == receipt
        for other in (stranger, NOBODY):
            with pytest.raises(NotFound):
                experiences.receipt(session, other, row.id)
        # Whoever holds the link follows; the receipt stays with who sent.
        experiences.open_link(session, stranger, receipt.token)
        with pytest.raises(NotFound):
            experiences.receipt(session, stranger, row.id)
        with pytest.raises(NotFound):
            visitor_copy.receipt(session, stranger)
        assert visitor_copy.receipt(session, viewer)["path"] == f"/suivi/{receipt.token}"
    with clock.at(make.START + RECEIPT + timedelta(seconds=1)), pytest.raises(NotFound):
        experiences.receipt(session, viewer, row.id)


def test_the_receipt_shown_is_of_what_was_sent_not_of_what_was_opened(session: Session) -> None:
    viewer = make.visitor("a")
    with make.at(0):
        own = make.sent(session, viewer, title="La mienne")
        other = make.sent(session, make.visitor("b"), title="Celle d’un proche")
        token = experiences.receipt(session, make.visitor("b"), other.id).token
    with make.at(0, hours=1):
        experiences.open_link(session, viewer, token)
        assert visitor_copy.receipt(session, viewer)["title"] == own.title


def test_a_private_link_opens_as_often_as_one_likes(session: Session) -> None:
    row = make.sent(session, make.visitor("a"), email="c@exemple.fr")
    token = experiences.receipt(session, make.visitor("a"), row.id).token
    phone = make.visitor("phone")
    for _ in range(3):
        assert experiences.open_link(session, phone, token) == row.id
    opened = select(JournalRow).where(JournalRow.entry == "link.opened")
    assert [line.subject_id for line in session.scalars(opened)] == [str(row.id)]
    with pytest.raises(Refused, match="cookies"):
        experiences.open_link(session, NOBODY, token)


def test_a_wrong_or_revoked_link_opens_nothing(session: Session) -> None:
    viewer, phone = make.visitor("a"), make.visitor("phone")
    row = make.sent(session, viewer)
    token = experiences.receipt(session, viewer, row.id).token
    link = session.scalars(select(PrivateLinkRow)).one()
    odd = [
        "",
        "x",
        token[:-1],
        token + "a",
        token.swapcase(),
        "é" * 43,
        "\x00",
        "\ud800",
        "a" * 9999,
    ]
    for wrong in [*odd, link.nonce, link.token_hash, str(row.id), row.uuid]:
        with pytest.raises(NotFound):
            experiences.open_link(session, phone, wrong)
    link.revoked_at = clock.now()
    session.flush()
    with pytest.raises(NotFound):
        experiences.open_link(session, phone, token)
    with pytest.raises(NotFound):
        experiences.receipt(session, viewer, row.id)


ODD_NUMBERS = [0, -1, 10**6, 2**31 - 1, 2**31, 2**63, 10**30]


@pytest.mark.parametrize("number", ODD_NUMBERS)
def test_unknown_numbers_are_not_found(session: Session, number: int) -> None:
    viewer = make.visitor()
    for look in (
        lambda: experiences.public(session, number),
        lambda: experiences.receipt(session, viewer, number),
    ):
        with pytest.raises(NotFound):
            look()


def test_only_what_is_published_is_public(session: Session) -> None:
    viewer, where = make.visitor(), make.structure(session, "A")
    row = make.sent(session, viewer, where)
    for status in ("pending", "refused", "withdrawn"):
        row.status = status
        session.flush()
        with pytest.raises(NotFound):
            experiences.public(session, row.id)
        assert make.listed(session) == []


def test_the_preview_is_what_everyone_will_see(session: Session) -> None:
    viewer, where = make.visitor(), make.structure(session, "A")
    uuid = make.draft(session, viewer, where)
    preview = visitor_copy.preview(session, viewer)
    number = experiences.send(session, viewer, uuid)
    row = session.get(ExperienceRow, number)
    assert row is not None
    row.status, row.published_at = "published", clock.now()
    session.flush()
    seen = experiences.public(session, number)
    for name in ("title", "paragraphs", "ressenti", "posted_as", "signature", "place"):
        assert preview[name] == getattr(seen, name), name
    assert preview["tags"] == [{"name": tag.name, "ressenti": tag.ressenti} for tag in seen.tags]
    assert preview["services"][0]["name"] == seen.services[0].name
    assert preview["services"][0]["channels"] == [
        {"name": channel.name, "ressenti": channel.ressenti}
        for channel in seen.services[0].channels
    ]
    with pytest.raises(NotFound):
        visitor_copy.preview(session, viewer)


def test_a_browser_learns_that_its_draft_was_sent(session: Session) -> None:
    viewer, uuid = make.visitor(), ""
    uuid = make.draft(session, viewer)
    assert visitor_copy.draft(session, viewer, uuid) | {"fields": {}} == {
        "uuid": uuid,
        "fields": {},
        "sent": False,
    }
    experiences.send(session, viewer, uuid)
    assert visitor_copy.draft(session, viewer, uuid) == {"uuid": "", "fields": {}, "sent": True}
    assert not visitor_copy.draft(session, make.visitor("b"), uuid)["sent"]
    assert not visitor_copy.draft(session, viewer, "pas un uuid")["sent"]


def test_a_new_draft_is_never_taken_for_the_one_before(session: Session) -> None:
    """After a second draft is begun, the first UUID must not answer in its place."""
    viewer = make.visitor()
    first = make.sent(session, viewer)
    second = make.draft(session, viewer, title="Une autre histoire, un autre jour")
    with pytest.raises(Invalid, match="autre onglet"):
        experiences.send(session, viewer, first.uuid)
    assert experiences.send(session, viewer, second) != first.id
    assert experiences.send(session, viewer, first.uuid) == first.id
    assert drafts.reached(session, viewer) is Step.SERVICE
