"""Takes due jobs and calls services: ``python -m spplus_app.worker``.

Several workers may run, on one machine or more: a job is held by one at a time.
"""

from __future__ import annotations

import argparse
import logging
import signal
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import FrameType
from typing import TypeVar

import psycopg
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from .adapters import mail as mail_adapter
from .adapters.logs import configure_logging, write
from .adapters.places import hold_running
from .adapters.processes import is_dead, own_name
from .domain.backups import BackupRefused
from .domain.jobs import JobKind
from .domain.letters import as_html, as_text
from .persistence import engine as database
from .persistence import reading, unit_of_work
from .persistence.jobs import CHANNEL
from .persistence.listen import Listener
from .services import clock, figures, health, housekeeping, jobs, ledger, mail, recounts, scrubbing
from .services.documents import covering
from .services.documents import reading as document_reading
from .services.jobs import Job
from .settings import SettingsError, settings

POLL = 0.5
"""Seconds between two looks for due jobs."""
LONGEST_WAIT = 5.0
"""Seconds between two tries while the database does not answer, at most."""
STOP_AFTER = 5.0
"""Seconds given to a document in hand once asked to stop: its claim ends with this process."""
SETTLE_FOR = 60.0
"""Seconds during which the worker tries to write how a job ended: a mail and this fit a claim."""
_log = logging.getLogger("spplus.worker")
_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class Tools:
    """What a handler works with."""

    engine: Engine
    mailer: mail_adapter.Mailer


Handler = Callable[[Tools, Job], str]
"""Does a job and returns a safe word about it, or raises: the job is then tried again."""


def send_mail(tools: Tools, job: Job) -> str:
    """Write the mail from what is true now and give it away; nothing is held meanwhile."""
    with reading(tools.engine) as session:
        try:
            outgoing = mail.compose(session, job)
        except mail.NotToSend as reason:
            return reason.note
    letter = outgoing.letter
    envelope = mail_adapter.Envelope(
        sender=outgoing.sender,
        to=outgoing.to,
        subject=letter.subject,
        name=outgoing.name,
        domain=outgoing.domain,
        date=outgoing.queued_at,
    )
    message = mail_adapter.build(envelope, as_text(letter), as_html(letter))
    tools.mailer.send(message, outgoing.name)
    return ""


def deleting(kind: JobKind) -> Handler:
    """Return the handler that deletes what is over, writes down how much and says it."""

    def handle(tools: Tools, _job: Job) -> str:
        with unit_of_work(tools.engine) as session:
            deleted = housekeeping.apply(session, kind)
        return "deleted " + " ".join(f"{name} {count}" for name, count in deleted.items())

    return handle


def count_figures(tools: Tools, _job: Job) -> str:
    """Count the figures the site shows; the long part, reading, keeps nobody from writing."""
    with reading(tools.engine) as session:
        found, lines = figures.measure(session), ledger.measure(session)
    with unit_of_work(tools.engine) as session:
        figures.keep(session, found)
        ledger.keep(session, lines)
    return "figures counted"


def on_document(run: Callable[[Engine, int], str]) -> Handler:
    """Return the handler of a job that is about one document."""
    return lambda tools, job: run(tools.engine, int(job.payload["document_id"]))


def on_the_whole(run: Callable[[Engine], str]) -> Handler:
    """Return the handler of a job that is about the whole database."""
    return lambda tools, _job: run(tools.engine)


HANDLERS: dict[str, Handler] = {
    JobKind.MAIL: send_mail,
    **{kind: deleting(kind) for kind in housekeeping.PURGES},
    JobKind.COUNT_FIGURES: count_figures,
    JobKind.READ_DOCUMENT: on_document(document_reading.run),
    JobKind.COVER_DOCUMENT: on_document(covering.run),
    JobKind.RECOUNT_VOTES: on_the_whole(recounts.run),
    JobKind.SCRUB: on_the_whole(scrubbing.run),
}
"""Everything the worker knows how to do (a test checks that no kind is missing)."""


@dataclass
class Worker:
    """One worker: `run` until `stop`, or `run_due` once."""

    tools: Tools
    name: str = field(default_factory=own_name)
    handlers: Mapping[str, Handler] = field(default_factory=lambda: HANDLERS)
    poll: float = POLL
    long: bool | None = None
    """Which jobs it takes (`jobs.claim`): all, those that may take minutes, or the others."""

    def __post_init__(self) -> None:
        """Prepare the signal to stop and the line on which PostgreSQL calls."""
        self._stop = threading.Event()
        self._beat_at = float("-inf")
        engine = self.tools.engine
        self._listener = Listener(engine, CHANNEL) if Listener.possible(engine) else None

    def stop(self) -> None:
        """Stop once the job in hand is done; may be called from a signal or a thread."""
        self._stop.set()

    def prepare(self) -> None:
        """Free the jobs of dead workers of this machine, write the scheduled jobs."""
        with unit_of_work(self.tools.engine) as session:
            jobs.release_dead(session, is_dead, clock.now())
            jobs.ensure_scheduled(session, clock.now())

    def run_due(self) -> int:
        """Do every due job, one after the other; return how many were taken."""
        taken = 0
        while not self._stop.is_set() and self._one():
            taken += 1
        return taken

    def run(self) -> None:
        """Work until `stop`; no error of the database or of a job ends it."""
        prepared, failures = False, 0
        while not self._stop.is_set():
            try:
                if not prepared:
                    self.prepare()
                    prepared = True
                self.run_due()
                failures = 0
                self._wait(self.poll)
            except Exception as error:
                # A job that stays claimed is taken again when the claim ends.
                failures += 1
                write(_log, logging.WARNING, "the worker waits", error=error)
                self._stop.wait(min(LONGEST_WAIT, self.poll * 2 ** min(failures, 10)))
        if self._listener:
            self._listener.close()

    def _wait(self, seconds: float) -> None:
        try:
            if self._listener:
                self._listener.wait(seconds)
            else:
                self._stop.wait(seconds)
        except psycopg.Error:
            self._stop.wait(seconds)

    def _beat(self) -> None:
        """Say that this worker is alive, from time to time: `/readyz` looks at it."""
        now = time.monotonic()
        if now - self._beat_at >= health.BEAT_EVERY.total_seconds():
            with unit_of_work(self.tools.engine) as session:
                health.beat(session)
            self._beat_at = now

    def _one(self) -> bool:
        self._beat()
        engine, now = self.tools.engine, clock.now()
        with reading(engine) as session:
            if not jobs.any_due(session, now, self.long):
                return False
        with unit_of_work(engine) as session:
            job = jobs.claim(session, self.name, now, self.long)
        if job is None:
            return False
        try:
            note = self._handle(job)
        except Exception as error:
            self._failed(job, error)
            return True
        self._settle(lambda session: jobs.done(session, job, note))
        write(_log, logging.INFO, "job done", job=job.id, kind=job.kind, note=note)
        return True

    def _handle(self, job: Job) -> str:
        handler = self.handlers.get(job.kind)
        if handler is None:
            # Written by a newer version: a newer worker will know.
            raise UnknownKind
        return handler(self.tools, job)

    def _settle(self, write: Callable[[Session], _Result]) -> _Result:
        """Write how a job ended, insisting: unwritten, a mail that left would leave again."""
        give_up_at = time.monotonic() + SETTLE_FOR
        while True:
            try:
                with unit_of_work(self.tools.engine) as session:
                    return write(session)
            except DBAPIError:
                if self._stop.wait(self.poll) or time.monotonic() > give_up_at:
                    raise

    def _failed(self, job: Job, error: Exception) -> None:
        final = isinstance(error, mail_adapter.MailRefused)
        word = error.word if isinstance(error, mail_adapter.MailUnavailable) else ""
        again = self._settle(
            lambda session: jobs.failed(session, job, type(error).__name__, word, final=final)
        )
        then = again.isoformat(timespec="seconds") if again else "never"
        facts: dict[str, str | int] = {"job": job.id, "kind": job.kind, "word": word, "again": then}
        write(_log, logging.WARNING, "job failed", error=error, **facts)


class UnknownKind(Exception):
    """No handler for this kind of job."""


def main(arguments: list[str] | None = None) -> int:
    """Run the worker; return the exit code: 0 after a stop that was asked for, 2 for a setting."""
    parser = argparse.ArgumentParser(prog="python -m spplus_app.worker")
    parser.add_argument("--once", action="store_true", help="faire ce qui est dû, puis s’arrêter")
    once = bool(parser.parse_args(arguments).once)
    try:
        chosen = settings()
    except SettingsError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    configure_logging(chosen.log_format)
    try:
        hold_running(chosen.var_dir)
    except BackupRefused as error:
        sys.stderr.write(f"{error}\n")
        return 1
    mailer = mail_adapter.mailer(chosen.smtp_url, chosen.var_dir / "mail")
    tools = Tools(database.engine(), mailer)
    worker = Worker(tools, long=None if once else False)
    # Documents are read beside: a scan of sixty pages keeps no mail waiting.
    reader = Worker(tools, long=True)

    def stop(_number: int, _frame: FrameType | None) -> None:
        worker.stop()
        reader.stop()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    if not once:
        beside = threading.Thread(target=reader.run, name="documents", daemon=True)
        beside.start()
        worker.run()
        beside.join(STOP_AFTER)
        return 0
    try:
        worker.prepare()
        worker.run_due()
    except DBAPIError as error:
        sys.stderr.write(f"La base de données ne répond pas : {type(error).__name__}.\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
