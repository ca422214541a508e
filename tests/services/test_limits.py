"""Limits counted in the database: who is slowed down, who never is, and what a proof opens."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import PurePosixPath
from typing import Any

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from spplus_app.api import addresses
from spplus_app.domain import proofs
from spplus_app.domain.abuse import LIMITS, STAMP, Answer, Gesture, Given, Scope, judged
from spplus_app.domain.backups import left_out
from spplus_app.domain.errors import DomainError, Invalid, ProofAsked, TooMany, TooQuick
from spplus_app.domain.reports import Kind, ReportReason
from spplus_app.domain.roles import Viewer
from spplus_app.domain.signals import Signal
from spplus_app.persistence import unit_of_work
from spplus_app.persistence.tables import (
    Base,
    ExperienceRow,
    LimitCountRow,
    ReportRow,
    SpentProofRow,
)
from spplus_app.services import (
    clock,
    drafts,
    experiences,
    follow_up,
    housekeeping,
    limits,
    password_reset,
    reports,
    second_looks,
    votes,
)
from spplus_app.settings import settings
from tests import factories as make

AT = make.START
DEPOSIT = LIMITS[Gesture.DEPOSIT]
DATA = ReportReason.PERSONAL_DATA.value


@pytest.fixture(autouse=True)
def real_limits(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The limits and the time that people meet, on a clock that stands still."""
    monkeypatch.setenv("LIMITS_FACTOR", "1")
    monkeypatch.setenv("FORM_SECONDS", "3")
    settings.cache_clear()
    with clock.at(AT):
        yield
    settings.cache_clear()


def someone(name: str, block: str = "block") -> Viewer:
    return replace(make.visitor(name), block=hashlib.sha256(block.encode()).hexdigest())


def tried(work: Callable[[], object]) -> str:
    """What is answered: nothing, or the name of the refusal."""
    try:
        work()
    except DomainError as error:
        return type(error).__name__
    return ""


def proof(viewer: Viewer, gesture: Gesture) -> str:
    """The answer of a browser that does the work."""
    told = limits.challenge(viewer, gesture)
    number = next(
        number
        for number in range(proofs.HARDNESS + 1)
        if hashlib.sha256(f"{told['salt']}{number}".encode()).hexdigest() == told["challenge"]
    )
    kept = {name: told[name] for name in ("algorithm", "challenge", "salt", "signature")}
    return base64.b64encode(json.dumps({**kept, "number": number}).encode()).decode()


def ask(session: Session, viewer: Viewer, gesture: Gesture = Gesture.DEPOSIT, **more: Any) -> str:
    """One gesture in a transaction of its own: a refusal takes back what it counted."""

    def work() -> None:
        with session.begin_nested():
            limits.allow(session, gesture, viewer, **more)

    return tried(work)


def test_a_visitor_is_asked_for_a_proof_then_refused(session: Session) -> None:
    limit, who = DEPOSIT[Scope.VISITOR], someone("a")
    assert limit.free is not None and limit.most is not None
    assert [ask(session, who) for _ in range(limit.free + 1)] == [""] * limit.free + ["ProofAsked"]
    for _ in range(limit.most - limit.free):
        given = Given(proof=proof(who, Gesture.DEPOSIT))
        assert ask(session, who, given=given) == ""
    given = Given(proof=proof(who, Gesture.DEPOSIT))
    with (
        pytest.raises(TooMany, match=r"Recommencez dans \d+\s(heure|minute)"),
        session.begin_nested(),
    ):
        limits.allow(session, Gesture.DEPOSIT, who, given=given)
    assert ask(session, someone("b", "elsewhere")) == "", "nobody else pays for it"
    with clock.at(AT + timedelta(hours=3)):
        assert ask(session, who) == ""


def test_a_block_is_asked_whatever_its_cookies_and_another_is_not(session: Session) -> None:
    free = DEPOSIT[Scope.BLOCK].free
    assert free is not None
    assert [ask(session, someone(f"{n}")) for n in range(free + 1)] == [""] * free + ["ProofAsked"]
    assert ask(session, someone("x", "another block")) == ""


def test_a_wave_about_one_structure_asks_and_refuses_nobody(session: Session) -> None:
    free = DEPOSIT[Scope.SUBJECT].free
    assert free is not None

    def one(number: int, about: str = "structure:1", given: Given | None = None) -> str:
        who = someone(f"{number}", f"block {number}")
        more = {"given": Given(proof=proof(who, Gesture.DEPOSIT))} if given else {}
        return ask(session, who, subjects=[about], **more)

    assert [one(number) for number in range(free)] == [""] * free
    assert one(free) == "ProofAsked"
    assert one(free, "structure:2") == ""
    assert {one(free + number, given=Given()) for number in range(1, 12)} == {""}


def test_agents_are_counted_by_account_and_never_by_their_shared_address(session: Session) -> None:
    office = make.structure(session, "A")
    most = LIMITS[Gesture.REPORT][Scope.ACCOUNT].most
    assert most is not None
    one, other = (replace(make.agent(session, office), block="shared") for _ in range(2))
    told = [ask(session, one, Gesture.REPORT, subjects=["reply:1"]) for _ in range(most + 1)]
    assert told == [""] * most + ["TooMany"]
    assert ask(session, other, Gesture.REPORT, subjects=["reply:1"]) == ""
    assert ask(session, Viewer(visitor="v", block="shared"), Gesture.REPORT) == ""


def test_a_proof_opens_once_for_its_gesture_and_its_owner(session: Session) -> None:
    who = someone("a")
    for _ in range(3):
        ask(session, who)
    good = proof(who, Gesture.DEPOSIT)
    for wrong in (
        *("", "x", good[:-8], proof(someone("b"), Gesture.DEPOSIT)),
        *(proof(who, Gesture.REPORT), limits.wait_ticket(who, Gesture.DEPOSIT)),
    ):
        assert ask(session, who, given=Given(proof=wrong)) == "ProofAsked"
    with clock.at(AT + proofs.VALID_FOR):
        assert ask(session, who, given=Given(proof=good)) == "ProofAsked"
    assert ask(session, who, given=Given(proof=good)) == ""
    assert ask(session, who, given=Given(proof=good)) == "ProofAsked", "spent"


def test_who_has_no_script_waits_instead(session: Session) -> None:
    who = someone("a")
    for _ in range(3):
        ask(session, who)
    with pytest.raises(ProofAsked) as asked, session.begin_nested():
        limits.allow(session, Gesture.DEPOSIT, who)
    ticket = asked.value.ticket
    assert "Attendez 2\u00a0minutes" in asked.value.message or "120" in asked.value.message
    with clock.at(AT + timedelta(seconds=70)):
        with pytest.raises(ProofAsked) as early, session.begin_nested():
            limits.allow(session, Gesture.DEPOSIT, who, given=Given(proof=ticket))
        assert early.value.ticket == ticket, "a press too early does not begin the wait again"
        assert "50\u00a0secondes" in early.value.message
    with clock.at(AT + proofs.WAIT):
        assert ask(session, who, given=Given(proof=ticket)) == ""
        assert ask(session, who, given=Given(proof=ticket)) == "ProofAsked"


def test_a_proof_is_spent_once_by_ten_at_the_same_instant(engine: Engine) -> None:
    who = someone("a")
    with unit_of_work(engine) as session:
        for _ in range(3):
            limits.allow(session, Gesture.DEPOSIT, who)
    given = Given(proof=proof(who, Gesture.DEPOSIT))

    def one(_: int) -> str:
        def work() -> None:
            with clock.at(AT), unit_of_work(engine) as session:
                limits.allow(session, Gesture.DEPOSIT, who, given=given)

        return tried(work)

    with ThreadPoolExecutor(10) as pool:
        told = sorted(pool.map(one, range(10)))
    assert told == ["", *["ProofAsked"] * 9]
    with unit_of_work(engine) as session:
        assert session.scalar(select(func.count()).select_from(SpentProofRow)) == 1


def test_ten_at_the_same_instant_are_counted_ten(engine: Engine) -> None:
    who = someone("a")

    def one(_: int) -> str:
        def work() -> None:
            with clock.at(AT), unit_of_work(engine) as session:
                limits.allow(session, Gesture.DEPOSIT, who, ["structure:1"])

        return tried(work)

    with ThreadPoolExecutor(10) as pool:
        told = sorted(pool.map(one, range(10)))
    assert told == [*[""] * 3, *["ProofAsked"] * 7]


def test_what_no_visitor_does_is_not_counted(session: Session) -> None:
    who = someone("a")
    with limits.lifted():
        assert {ask(session, who) for _ in range(40)} == {""}
        limits.not_too_quick("")
    assert session.scalar(select(func.count()).select_from(LimitCountRow)) == 0
    assert ask(session, who) == ""


def begun(session: Session, who: Viewer, *where: Any, **story: str) -> str:
    """A draft that took its author a minute."""
    with clock.at(clock.now() - timedelta(minutes=1)):
        return make.draft(session, who, *where, **story)


def test_a_deposit_sent_sooner_than_one_writes_is_kept_and_asked_for_again(
    session: Session,
) -> None:
    who = someone("a")
    uuid = make.draft(session, who)
    with pytest.raises(TooQuick, match="est gardé"):
        experiences.send(session, who, uuid)
    assert drafts.data_of(session, who)[1]["narrative"] == make.NARRATIVE
    with clock.at(AT + timedelta(seconds=3)):
        assert experiences.send(session, who, uuid)


def test_a_deposit_past_the_limit_keeps_its_draft(session: Session) -> None:
    who = someone("a")
    for number in range(3):
        experiences.send(session, who, begun(session, who, title=f"Une histoire vraie {number}"))
    uuid = begun(session, who)
    assert tried(lambda: experiences.send(session, who, uuid)) == "ProofAsked"
    assert drafts.data_of(session, who)[0] == uuid
    given = Given(proof=proof(who, Gesture.DEPOSIT))
    number = experiences.send(session, who, uuid, given)
    assert experiences.send(session, who, uuid) == number, "the second press costs nothing"


def test_a_filled_trap_loses_nothing_and_is_told_to_moderation(session: Session) -> None:
    who = someone("a")
    number = experiences.send(session, who, begun(session, who), Given(trap="http://x"))
    other = someone("b")
    uuid = begun(session, other, title="Une autre histoire, bien vraie")
    drafts.note_trap(session, other, uuid)
    from_draft = experiences.send(session, other, uuid)
    plain = someone("c")
    innocent = experiences.send(session, plain, begun(session, plain, title="Un troisième récit"))

    def told(experience: int) -> bool:
        return Signal.AUTOMATIC in {one.signal for one in second_looks.of(session, experience)}

    assert [told(one) for one in (number, from_draft, innocent)] == [True, True, False]
    row = session.get_one(ExperienceRow, number)
    row.narrative = "Un autre récit, plus long et tout aussi vrai, de la même visite au guichet."
    second_looks.look(session, row)
    second_looks.received(session, row)
    assert told(number), "it stays whatever the text becomes"
    assert not told(innocent)
    labels = [one.label for one in second_looks.of_row(session, row)]
    assert Signal.AUTOMATIC.label in labels


def stamped(seconds: int = 10) -> Given:
    with clock.at(clock.now() - timedelta(seconds=seconds)):
        return Given(stamp=limits.stamp())


def test_a_form_sent_sooner_than_one_reads_is_asked_for_again() -> None:
    limits.not_too_quick(stamped(3).stamp)
    limits.not_too_quick(stamped(86_400).stamp)
    good = stamped(10).stamp
    for wrong in (
        *(stamped(2).stamp, stamped(-5).stamp, stamped(86_401).stamp, "", "x", ".", good + "0"),
        *(good.replace(good[:4], "0000", 1), good.split(".")[0], f"{good}.{good}", "²" + good),
    ):
        with pytest.raises(TooQuick):
            limits.not_too_quick(wrong)
    assert STAMP == "cachet"


def report(session: Session, who: Viewer, number: int, **more: Any) -> None:
    given = more.pop("given", stamped())
    reports.report(session, who, Kind.EXPERIENCE, number, more.get("reason", DATA), "", given)
    session.flush()


def hidden(session: Session, number: int) -> bool:
    session.expire_all()
    return session.get_one(ExperienceRow, number).status == "hidden"


def published(session: Session, count: int) -> list[int]:
    with limits.lifted():
        return [
            make.published(session, make.visitor(f"author {n}"), title=f"Un récit publié {n}").id
            for n in range(count)
        ]


def test_fresh_cookies_of_one_block_do_not_hide_many_texts(session: Session) -> None:
    most = LIMITS[Gesture.HIDE][Scope.BLOCK].most
    assert most is not None
    texts = published(session, most + 3)
    for place, number in enumerate(texts):
        report(session, someone(f"fresh {place}"), number)
    assert [hidden(session, number) for number in texts] == [True] * most + [False] * 3
    last = texts[-1]
    assert session.scalars(select(ReportRow.reason).where(ReportRow.subject_id == last)).all()
    report(session, someone("elsewhere", "another block"), last)
    assert hidden(session, last), "somebody else is heard"


def test_one_block_counts_once_against_one_text(session: Session) -> None:
    (number,) = published(session, 1)
    insult = ReportReason.INSULT.value
    for place in range(4):
        report(session, someone(f"same {place}"), number, reason=insult)
    assert not hidden(session, number)
    for place in range(2):
        report(session, someone(f"o{place}", f"block {place}"), number, reason=insult)
    assert hidden(session, number)


def test_a_report_that_fell_in_the_trap_hides_nothing_and_is_read(session: Session) -> None:
    (number,) = published(session, 1)
    report(session, someone("bot"), number, given=replace(stamped(), trap="x"))
    assert not hidden(session, number)
    report(session, someone("person", "elsewhere"), number)
    assert hidden(session, number)


def test_a_report_sent_too_quickly_is_not_kept(session: Session) -> None:
    (number,) = published(session, 1)
    with pytest.raises(TooQuick):
        report(session, someone("a"), number, given=stamped(1))
    with pytest.raises(Invalid):  # what is wrong is told first
        report(session, someone("a"), number, given=stamped(1), reason="none")
    assert session.scalar(select(func.count()).select_from(ReportRow)) == 0


def test_votes_are_counted_by_visitor_and_ask_for_a_proof(session: Session) -> None:
    (number,) = published(session, 1)
    who = someone("a")
    free = LIMITS[Gesture.SIMILAR][Scope.VISITOR].free
    assert free is not None
    for turn in range(free):
        votes.similar(session, who, number, lived=turn % 2 == 0)
    assert tried(lambda: votes.similar(session, who, number)) == "ProofAsked"
    given = Given(proof=proof(who, Gesture.SIMILAR))
    assert votes.similar(session, who, number, given=given) == 1


def test_answers_and_mails_are_limited_by_visitor_and_block(session: Session) -> None:
    for gesture, scope in ((Gesture.ANSWER, Scope.VISITOR), (Gesture.MAIL, Scope.BLOCK)):
        most = LIMITS[gesture][scope].most
        assert most is not None
        told = [
            ask(session, someone("a" if scope is Scope.VISITOR else f"{n}"), gesture)
            for n in range(most + 1)
        ]
        assert told == [""] * most + ["TooMany"]
    asked = tried(lambda: password_reset.ask_reset(session, "a@exemple.fr", "", someone("late")))
    assert asked == "TooMany"
    number = experiences.send(session, someone("author"), begun(session, someone("author")))
    assert tried(lambda: follow_up.resend(session, someone("a"), number, {})) == "TooMany"


def test_no_address_and_no_visitor_is_in_any_counter(session: Session) -> None:
    address = "203.0.113.77"
    who = Viewer(visitor=make.visitor("a").visitor, block=addresses.daily_block_hash(address))
    (number,) = published(session, 1)
    votes.similar(session, who, number)
    report(session, who, number)
    for row in session.scalars(select(LimitCountRow)):
        assert row.key not in {who.visitor, who.block}
    for table in Base.metadata.sorted_tables:
        for line in session.execute(select(table)):
            assert address not in repr(line) and "203.0.113" not in repr(line)
            assert who.block not in repr(line), table.name


def test_counters_and_spent_proofs_go_with_the_nightly_job(session: Session) -> None:
    who = someone("a")
    for _ in range(3):
        ask(session, who)
    ask(session, who, given=Given(proof=proof(who, Gesture.DEPOSIT)))
    for hours, left in ((1, (2, 1)), (26, (2, 0)), (72, (0, 0))):
        with clock.at(AT + timedelta(hours=hours)):
            housekeeping.purge_sessions(session)
        counted = [
            session.scalar(select(func.count()).select_from(table))
            for table in (LimitCountRow, SpentProofRow)
        ]
        assert tuple(counted) == left, hours


def test_the_block_is_the_24_of_ipv4_and_the_56_of_ipv6() -> None:
    assert addresses.wide_block("203.0.113.9") == "203.0.113.0/24"
    assert addresses.wide_block("2001:470:1:2ff::5") == "2001:470:1:200::/56"
    assert addresses.wide_block("::ffff:203.0.113.9") == "203.0.113.0/24"
    assert addresses.wide_block("") == addresses.daily_block_hash("") == ""
    same = addresses.daily_block_hash("203.0.113.9")
    assert (
        same == addresses.daily_block_hash("203.0.113.200") != addresses.daily_hash("203.0.113.9")
    )
    assert judged(DEPOSIT[Scope.BLOCK], 1) is Answer.ALLOWED


def test_the_salt_of_a_day_is_shared_then_forgotten(tmp_path: Any) -> None:
    from spplus_app.adapters import daily_salt

    first = daily_salt.of_day(tmp_path, "2026-03-04")
    daily_salt.of_day.cache_clear()
    assert daily_salt.of_day(tmp_path, "2026-03-04") == first, "another process reads the same"
    (kept,) = tmp_path.iterdir()
    assert left_out(PurePosixPath(kept.name)), "no backup remembers it"
    assert kept.stat().st_mode & 0o777 == 0o600
    second = daily_salt.of_day(tmp_path, "2026-03-05")
    assert second != first and [one.name for one in tmp_path.iterdir()] == ["daily_salt-2026-03-05"]
    daily_salt.of_day.cache_clear()
    assert daily_salt.of_day(tmp_path, "2026-03-04") != first, "nobody makes yesterday's again"
