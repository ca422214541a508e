"""The worker: does each job once, survives what happens around it, and being killed."""

from __future__ import annotations

import logging
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import Engine, create_engine, event, select, text
from sqlalchemy.exc import OperationalError

from spplus_app.adapters.mail import EmlFolder, MailRefused, MailUnavailable, Smtp
from spplus_app.domain.jobs import SCHEDULED, JobKind
from spplus_app.persistence import heartbeats, reading, unit_of_work
from spplus_app.persistence import jobs as rows
from spplus_app.persistence.tables import ContactRow, JobRow
from spplus_app.services import clock, health, jobs
from spplus_app.services.jobs import Job
from spplus_app.worker import HANDLERS, Tools, Worker
from tests.worker_tools import Received, confirmations, counts, free_port, recipients, until

ROOT = Path(__file__).parent.parent


class Outbox:
    """A mailer that keeps what it is given, or does as told."""

    def __init__(self) -> None:
        self.sent: list[str] = []
        self.act: Callable[[], None] = lambda: None

    def send(self, message: EmailMessage, name: str) -> None:
        self.act()
        self.sent.append(name)


def worker_of(engine: Engine, **more: Any) -> Worker:
    return Worker(Tools(engine, more.pop("mailer", Outbox())), **more)


def add(engine: Engine, count: int = 1, **more: Any) -> None:
    """Write jobs of a kind that a test handles itself."""
    with unit_of_work(engine) as session:
        for _ in range(count):
            jobs.later(session, JobKind.MAIL, {}, **more)


def only(engine: Engine) -> JobRow:
    with reading(engine) as session:
        row = session.scalars(select(JobRow)).one()
        session.expunge(row)
        return row


@contextmanager
def running(worker: Worker) -> Iterator[None]:
    """Run a worker in a thread, and stop it."""
    thread = threading.Thread(target=worker.run)
    thread.start()
    try:
        yield
    finally:
        worker.stop()
        thread.join(30)
        assert not thread.is_alive()


def test_every_kind_of_job_has_its_handler() -> None:
    assert set(HANDLERS) == set(JobKind)


def test_a_queued_mail_becomes_a_file(engine: Engine, tmp_path: Path) -> None:
    addresses = confirmations(engine, 3)
    worker = worker_of(engine, mailer=EmlFolder(tmp_path / "mail"))
    assert worker.run_due() == 3
    assert worker.run_due() == 0
    assert recipients(tmp_path / "mail") == Counter(addresses)
    assert counts(engine) == {"open": 0, "done": 3, "failed": 0}


def test_a_mail_that_lost_its_object_is_done_without_leaving(
    engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    confirmations(engine, 1)
    with unit_of_work(engine) as session:
        session.delete(session.scalars(select(ContactRow)).one())
    outbox = Outbox()
    assert worker_of(engine, mailer=outbox).run_due() == 1
    assert outbox.sent == []
    assert only(engine).done_at is not None
    assert only(engine).last_error == "not sent gone"


def test_a_server_down_is_tried_later_with_the_same_mail(engine: Engine) -> None:
    confirmations(engine, 1)
    outbox, names = Outbox(), []

    def down() -> None:
        raise MailUnavailable("ConnectionRefusedError")

    outbox.act = down
    worker = worker_of(engine, mailer=outbox)
    assert worker.run_due() == 1
    assert worker.run_due() == 0
    row = only(engine)
    assert (row.attempts, row.done_at, row.failed_at) == (1, None, None)
    assert row.last_error == "MailUnavailable ConnectionRefusedError"
    assert timedelta(seconds=10) < row.run_at - datetime.now(UTC) < timedelta(seconds=16)
    outbox.act = lambda: None
    with clock.at(row.run_at):
        assert worker.run_due() == 1
    names = outbox.sent
    assert names == [f"{row.id}-{row.payload['mark']}"]
    assert only(engine).done_at is not None


def test_an_address_refused_for_good_is_given_up_in_sight(engine: Engine) -> None:
    confirmations(engine, 1)
    outbox = Outbox()

    def refuse() -> None:
        raise MailRefused("550")

    outbox.act = refuse
    worker_of(engine, mailer=outbox).run_due()
    assert only(engine).failed_at is not None
    assert only(engine).last_error == "MailRefused 550"


def test_a_handler_that_raises_says_where_and_tells_nobody_s_address(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(engine, 2)
    seen: list[int] = []

    def handle(_tools: Tools, job: Job) -> str:
        seen.append(job.id)
        if len(seen) == 1:
            raise KeyError("jeanne@exemple.fr")
        return ""

    # A handler of its own: what another test made of the root logger does not count.
    said: list[str] = []
    listener = logging.Handler()
    listener.emit = lambda record: said.append(str(record.__dict__))  # type: ignore[method-assign]
    logger = logging.getLogger("spplus.worker")
    monkeypatch.setattr(logger, "level", logging.INFO)
    monkeypatch.setattr(logger, "handlers", [listener])
    monkeypatch.setattr(logger, "disabled", False)
    logger.manager._clear_cache()
    assert worker_of(engine, handlers={"mail": handle}).run_due() == 2
    assert counts(engine) == {"open": 1, "done": 1, "failed": 0}
    assert "'error': 'KeyError', 'where': 'spplus_app/worker.py:" in " ".join(said)
    assert "jeanne" not in " ".join(said)
    with reading(engine) as session:
        assert "jeanne" not in "".join(session.scalars(select(JobRow.last_error)))


def test_a_kind_of_job_from_a_newer_version_waits_for_it(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        rows.add(session, kind="future", payload={}, key=None, run_at=clock.now())
    assert worker_of(engine).run_due() == 1
    assert only(engine).failed_at is None
    assert only(engine).last_error == "UnknownKind"


def test_scheduled_jobs_are_written_and_done(engine: Engine) -> None:
    worker = worker_of(engine, poll=0.02)
    with running(worker):
        until(lambda: counts(engine)["done"] == len(SCHEDULED))
    with reading(engine) as session:
        notes = set(session.scalars(select(JobRow.last_error).where(JobRow.done_at.is_not(None))))
    assert notes == {
        "deleted drafts 0",
        "deleted sessions 0 throttles 0 resets 0 limits 0 proofs 0 claims 0 jobs 0",
        "deleted receipts 0",
        "deleted addresses 0",
        "deleted originals 0",
        "deleted refused 0",
        "deleted followed 0 votes 0",
        "deleted fingerprints 0",
        "deleted reports 0",
        "deleted connections 0",
        "deleted documents 0 uploads 0 holders 0 marks 0 removed_marks 0 readers 0",
        "figures counted",
        "corrected experiences 0 replies 0",
    }
    assert counts(engine)["open"] == len(SCHEDULED)


def test_stopping_ends_the_job_in_hand_and_takes_no_other(engine: Engine) -> None:
    add(engine, 2)
    begun, finish = threading.Event(), threading.Event()

    def handle(_tools: Tools, _job: Job) -> str:
        begun.set()
        assert finish.wait(30)
        return ""

    worker = worker_of(engine, handlers={"mail": handle})
    thread = threading.Thread(target=worker.run_due)
    thread.start()
    assert begun.wait(30)
    worker.stop()
    finish.set()
    thread.join(30)
    assert counts(engine) == {"open": 1, "done": 1, "failed": 0}


def test_the_end_of_a_job_is_written_even_if_the_database_stumbles(engine: Engine) -> None:
    add(engine)
    done: list[int] = []
    stumbles = 2

    def handle(_tools: Tools, job: Job) -> str:
        done.append(job.id)
        return ""

    def stumble(*_: object) -> None:
        nonlocal stumbles
        if done and stumbles:
            stumbles -= 1
            raise OperationalError("", {}, Exception("locked"))

    event.listen(engine, "before_cursor_execute", stumble)
    worker = worker_of(engine, handlers={"mail": handle}, poll=0.01)
    assert worker.run_due() == 1
    assert worker.run_due() == 0
    assert len(done) == 1
    assert counts(engine)["done"] == 1


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_locked_database_is_waited_for(engine: Engine, database_url: str) -> None:
    impatient = create_engine(database_url, connect_args={"timeout": 0.01})
    with running(worker_of(impatient, poll=0.01)):
        with unit_of_work(engine) as session:
            # Nobody else writes while this lasts; a scheduled job needs to be written.
            jobs.later(session, JobKind.MAIL, {"template": "unknown"})
            failures = threading.Event()
            event.listen(impatient, "handle_error", lambda _context: failures.set())
            assert failures.wait(30)
        until(lambda: counts(engine)["done"] >= 2)
    impatient.dispose()


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
def test_postgresql_wakes_the_worker_and_may_cut_the_line(engine: Engine) -> None:
    other = create_engine(engine.url)
    cut = text(
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    handled: list[int] = []

    def handle(_tools: Tools, job: Job) -> str:
        handled.append(job.id)
        return ""

    def listening() -> bool:
        with other.connect() as connection:
            found = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'LISTEN \"spplus_job%'"
            return bool(connection.scalar(text(found)))

    # A worker that only polled would look again after ten minutes.
    slow = worker_of(engine, handlers={"mail": handle}, poll=600.0)
    with running(slow):
        until(listening)
        add(other)
        until(lambda: len(handled) == 1)
        add(other)
        until(lambda: len(handled) == 2)
        slow.stop()
        add(other)
    quick = worker_of(engine, handlers={"mail": handle}, poll=0.05)
    with running(quick):
        until(listening)
        with other.connect() as connection:
            connection.scalar(cut)
        add(other)
        until(lambda: len(handled) == 4)
    other.dispose()


def test_a_server_that_comes_back_receives_what_waited(engine: Engine) -> None:
    confirmations(engine, 1)
    port, received = free_port(), Received()
    worker = worker_of(engine, mailer=Smtp(f"smtp://127.0.0.1:{port}"))
    assert worker.run_due() == 1
    assert received.ids == []
    controller = Controller(received, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        with clock.at(only(engine).run_at):
            assert worker.run_due() == 1
    finally:
        controller.stop()
    row = only(engine)
    assert received.ids == [f"<{row.id}-{row.payload['mark']}@localhost>"]


def test_a_worker_gives_signs_of_life_and_not_at_each_turn(engine: Engine) -> None:
    def seen() -> datetime | None:
        with reading(engine) as session:
            return heartbeats.last(session, health.WORKER)

    assert seen() is None
    worker = worker_of(engine)
    worker.run_due()
    first = seen()
    assert first is not None
    worker.run_due()
    assert seen() == first
    worker._beat_at -= health.BEAT_EVERY.total_seconds()
    worker.run_due()
    assert seen() != first
