"""Jobs: written once, taken once, tried again, given up in sight, scheduled."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from spplus_app.domain.drafts import DRAFT_KEPT_FOR
from spplus_app.domain.jobs import ATTEMPTS_MAX, CLAIM_FOR, SCHEDULED, JobKind, retry_after
from spplus_app.persistence import jobs as rows
from spplus_app.persistence import reading, unit_of_work
from spplus_app.persistence.tables import (
    DraftRow,
    JobRow,
    PasswordResetRow,
    PersonRow,
    SessionRow,
    ThrottleRow,
)
from spplus_app.services import clock, housekeeping, jobs

NOW = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with clock.at(NOW):
        yield


def _row(session: Session, job_id: int) -> JobRow:
    row = session.get(JobRow, job_id, populate_existing=True)
    assert row is not None
    return row


def _later(session: Session, **more: object) -> int:
    made = jobs.later(session, JobKind.MAIL, {"n": 1}, **more)  # type: ignore[arg-type]
    assert made is not None
    return made


def test_a_job_is_taken_once_and_done(session: Session) -> None:
    made = _later(session)
    assert jobs.any_due(session, NOW)
    job = jobs.claim(session, "w1", NOW)
    assert job == jobs.Job(made, "mail", {"n": 1}, 1, "w1")
    assert jobs.claim(session, "w2", NOW) is None
    assert not jobs.any_due(session, NOW)
    jobs.done(session, job)
    assert _row(session, made).done_at == NOW
    assert jobs.claim(session, "w2", NOW + CLAIM_FOR) is None
    assert rows.counts(session) == {"open": 0, "done": 1, "failed": 0}


def test_the_same_key_twice_is_one_job(session: Session) -> None:
    first = jobs.later(session, JobKind.MAIL, {"n": 1}, key="follow_up:1")
    assert first is not None
    assert jobs.later(session, JobKind.MAIL, {"n": 2}, key="follow_up:1") is None
    assert _later(session) != _later(session)
    assert _row(session, first).payload == {"n": 1}


def test_a_key_too_long_is_a_fault(session: Session) -> None:
    with pytest.raises(ValueError, match="120"):
        jobs.later(session, JobKind.MAIL, {}, key="x" * 121)


def test_a_gesture_undone_leaves_no_job(engine: Engine) -> None:
    with pytest.raises(RuntimeError), unit_of_work(engine) as session:
        _later(session)
        raise RuntimeError
    with reading(engine) as session:
        assert rows.counts(session)["open"] == 0


def test_a_job_waits_for_its_moment_and_the_oldest_goes_first(session: Session) -> None:
    late = _later(session, run_at=NOW + timedelta(minutes=1))
    second = _later(session, run_at=NOW - timedelta(minutes=1))
    first = _later(session, run_at=NOW - timedelta(minutes=2))
    taken = [jobs.claim(session, "w", NOW) for _ in range(3)]
    assert [job and job.id for job in taken] == [first, second, None]
    job = jobs.claim(session, "w", NOW + timedelta(minutes=1))
    assert job is not None
    assert job.id == late


def test_an_expired_claim_is_taken_again(session: Session) -> None:
    made = _later(session)
    first = jobs.claim(session, "killed", NOW)
    assert jobs.claim(session, "w2", NOW + CLAIM_FOR - timedelta(seconds=1)) is None
    second = jobs.claim(session, "w2", NOW + CLAIM_FOR)
    assert second is not None
    assert (second.id, second.attempts) == (made, 2)
    assert first is not None
    # The first one comes back to say it failed: the job is no longer its own.
    jobs.failed(session, first, "Late")
    assert _row(session, made).claimed_by == "w2"
    assert _row(session, made).last_error == ""
    # …or that it is done: it is, whoever did it.
    jobs.done(session, first)
    jobs.done(session, second, "again")
    assert _row(session, made).last_error == ""


def test_claims_of_dead_workers_are_freed(session: Session) -> None:
    _later(session)
    _later(session)
    jobs.claim(session, "dead", NOW)
    jobs.claim(session, "alive", NOW)
    assert jobs.release_dead(session, lambda name: name == "dead", NOW) == 1
    assert jobs.release_dead(session, lambda name: name == "dead", NOW) == 0
    again = jobs.claim(session, "w3", NOW)
    assert again is not None
    assert again.attempts == 2
    assert jobs.claim(session, "w3", NOW) is None


def test_failures_wait_longer_each_time_then_the_job_is_given_up_in_sight(session: Session) -> None:
    made = _later(session)
    moment, waits = NOW, []
    for attempt in range(1, ATTEMPTS_MAX + 1):
        with clock.at(moment):
            job = jobs.claim(session, "w", moment)
            assert job is not None
            assert job.attempts == attempt
            again = jobs.failed(session, job, "MailUnavailable", "421")
            assert jobs.claim(session, "w", moment) is None
        if again is not None:
            waits.append(again - moment)
            moment = again
    assert waits == [retry_after(n) for n in range(1, ATTEMPTS_MAX)]
    assert waits[0] == timedelta(seconds=15)
    assert waits == sorted(waits)
    row = _row(session, made)
    assert (row.failed_at, row.done_at) == (moment, None)
    assert row.last_error == "MailUnavailable 421"
    assert jobs.claim(session, "w", moment + timedelta(days=9)) is None
    assert rows.counts(session)["failed"] == 1


def test_a_final_failure_is_given_up_at_once(session: Session) -> None:
    made = _later(session)
    job = jobs.claim(session, "w", NOW)
    assert job is not None
    assert jobs.failed(session, job, "MailRefused", "550", final=True) is None
    assert _row(session, made).failed_at == NOW


def test_a_job_that_kills_its_worker_each_time_is_given_up(session: Session) -> None:
    made, moment = _later(session), NOW
    for _ in range(ATTEMPTS_MAX):
        assert jobs.claim(session, "w", moment) is not None
        moment += CLAIM_FOR
    other = _later(session, run_at=moment)
    job = jobs.claim(session, "w", moment)
    assert job is not None
    assert job.id == other
    assert _row(session, made).last_error == "ClaimExpired"
    assert _row(session, made).failed_at == moment


def test_an_error_keeps_no_personal_data(session: Session) -> None:
    made = _later(session)
    job = jobs.claim(session, "w", NOW)
    assert job is not None
    jobs.failed(session, job, "Boom", "jeanne@exemple.fr\nBcc: <x>")
    assert "@" not in _row(session, made).last_error
    assert "\n" not in _row(session, made).last_error


def test_words_are_erased_once_done(session: Session) -> None:
    made = jobs.later(session, JobKind.MAIL, {"id": 3, jobs.WORDS: {"text": "secret"}})
    job = jobs.claim(session, "w", NOW)
    assert job is not None
    assert made is not None
    jobs.done(session, job)
    assert _row(session, made).payload == {"id": 3}


def _scheduled(session: Session, kind: JobKind) -> list[JobRow]:
    query = select(JobRow).where(JobRow.kind == kind.value).order_by(JobRow.id)
    return list(session.scalars(query))


def test_scheduled_jobs_are_written_once_and_come_back(session: Session) -> None:
    assert jobs.ensure_scheduled(session, NOW) == list(SCHEDULED)
    assert jobs.ensure_scheduled(session, NOW) == []
    kind = JobKind.PURGE_DRAFTS
    job = jobs.claim(session, "w", NOW)
    assert job is not None
    assert job.kind == kind
    jobs.done(session, job)
    jobs.done(session, job)
    first, second = _scheduled(session, kind)
    assert first.done_at == NOW
    # A day is twenty-four hours, also when clocks change that night.
    assert (second.run_at, second.done_at) == (NOW + SCHEDULED[kind], None)
    assert jobs.ensure_scheduled(session, NOW) == []


def test_a_scheduled_job_given_up_comes_back_too(session: Session) -> None:
    jobs.ensure_scheduled(session, NOW)
    job = jobs.claim(session, "w", NOW)
    assert job is not None
    jobs.failed(session, job, "Boom", final=True)
    assert [row.failed_at for row in _scheduled(session, JobKind(job.kind))] == [NOW, None]


def test_two_workers_never_take_one_job(engine: Engine) -> None:
    total = 40
    with unit_of_work(engine) as session:
        for _ in range(total):
            _later(session)
    taken: list[int] = []
    errors: list[BaseException] = []
    start = threading.Barrier(4)

    def work(name: str) -> None:
        try:
            start.wait(10)
            while True:
                with unit_of_work(engine) as session:
                    job = jobs.claim(session, name, NOW)
                if job is not None:
                    taken.append(job.id)
                    with unit_of_work(engine) as session, clock.at(NOW):
                        jobs.done(session, job)
                    continue
                # A row that somebody else holds for an instant is passed over, not lost.
                with reading(engine) as session:
                    if rows.counts(session)["open"] == 0:
                        return
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=work, args=(f"w{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert errors == []
    assert len(taken) == total
    assert len(set(taken)) == total


def _old(session: Session) -> None:
    """One row that is over and one that is not, in each table."""
    session.add(PersonRow(id=1, email="a@b.fr", name="A", created_at=NOW))
    session.flush()
    for number, age in enumerate([timedelta(0), DRAFT_KEPT_FOR + timedelta(seconds=1)]):
        session.add(
            DraftRow(
                owner=f"o{number}",
                kind="experience",
                uuid=str(number),
                data={},
                created_at=NOW - age,
                updated_at=NOW - age,
            )
        )
    for number, age in enumerate([timedelta(0), timedelta(days=1, seconds=1)]):
        name, moment = f"{number}", NOW - age
        session.add(ThrottleRow(key=name, failures=2, last_at=moment))
        session.add(SessionRow(token_hash=name, person_id=1, created_at=moment, seen_at=moment))
        session.add(PasswordResetRow(token_hash=name, nonce=name, person_id=1, created_at=moment))
    session.flush()


def test_purges_delete_what_is_over_and_say_how_much(session: Session) -> None:
    _old(session)
    for age, final in ((31, False), (31, True), (91, True)):
        moment = NOW - timedelta(days=age)
        with clock.at(moment):
            _later(session)
            job = jobs.claim(session, "w", moment)
            assert job is not None
            if final:
                jobs.failed(session, job, "Boom", final=True)
            else:
                jobs.done(session, job)
    assert housekeeping.purge_drafts(session) == {"drafts": 1}
    assert housekeeping.purge_drafts(session) == {"drafts": 0}
    expected = {"sessions": 1, "throttles": 1, "resets": 1, "claims": 0, "jobs": 2}
    expected |= {"limits": 0, "proofs": 0}
    assert housekeeping.purge_sessions(session) == expected
    assert housekeeping.purge_sessions(session) == dict.fromkeys(expected, 0)
    assert session.scalars(select(SessionRow.token_hash)).all() == ["0"]
