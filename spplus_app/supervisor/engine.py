"""Keeps the parts of the service up: the web server and the job worker.

Each part is a `Child` in a process group of its own. When its first process dies, whatever
is left of the group is killed before the part is started again, so that nothing orphaned keeps
the port. A part that was ready starts again at once; one that dies before it is ready waits
longer each time. `guard` ends every group when this process itself is killed.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from spplus_app.supervisor.guard import Guard, sweep

GRACE = 5.0
"""Seconds between the polite request to stop and the end by force."""
LONGEST_WAIT = 30.0
"""Seconds between two tries of a part that never becomes ready, at most."""
_FIRST_WAIT = 0.25
_READY_AFTER = 1.0
_PROBE_EVERY = 0.2


@dataclass(frozen=True)
class Child:
    """One part to keep up: its name, its command, what it adds to the environment.

    `ready` says whether the part does its work; without it, a part is ready once it has
    lived one second.
    """

    name: str
    argv: Sequence[str]
    env: Mapping[str, str] = field(default_factory=dict)
    ready: Callable[[], bool] | None = None
    cwd: Path | None = None


@dataclass
class _Part:
    """A `Child` and what is known of its present life; instants are of the monotonic clock."""

    child: Child
    process: subprocess.Popen[bytes] | None = None
    ready: bool = False
    failures: int = 0
    start_at: float = 0.0
    look_at: float = 0.0


def tell(line: str) -> None:
    """Write one line for the person who started the service."""
    with contextlib.suppress(OSError):
        sys.stderr.write(f"{line}\n")
        sys.stderr.flush()


class Supervisor:
    """Starts `children` and keeps them up until a signal asks to stop."""

    def __init__(
        self,
        children: Sequence[Child],
        *,
        grace: float = GRACE,
        say: Callable[[str], None] = tell,
        on_ready: Callable[[], None] = lambda: None,
        inherited: Sequence[int] = (),
    ) -> None:
        """``inherited`` are descriptors that every part keeps open as long as it lives."""
        self._parts = [_Part(child) for child in children]
        self._grace = grace
        self._say = say
        self._on_ready = on_ready
        self._inherited = tuple(inherited)
        self._announced = False
        self._stops = 0
        self._guard: Guard

    def run(self) -> int:
        """Supervise until SIGINT, SIGTERM or SIGHUP, then stop everything; 0 once it is.

        To be called from the main thread: it takes the signals over while it runs.
        """
        with _wakeups(self._on_signal) as alarm:
            self._guard = Guard(self._grace)
            try:
                while not self._stops:
                    now = time.monotonic()
                    self._guard.revive()
                    for part in self._parts:
                        self._look_after(part, now)
                    self._announce()
                    alarm(self._next_look() - time.monotonic())
            finally:
                self._stop(alarm)
                self._guard.close()
        return 0

    def _on_signal(self, number: int, _frame: FrameType | None) -> None:
        if number != signal.SIGCHLD:
            self._stops += 1

    def _look_after(self, part: _Part, now: float) -> None:
        if part.process is None:
            if now >= part.start_at:
                self._start(part, now)
        elif part.process.poll() is not None:
            self._bury(part, part.process)
        elif not part.ready and now >= part.look_at:
            probe = part.child.ready
            part.ready = probe is None or probe()
            part.look_at = time.monotonic() + _PROBE_EVERY

    def _start(self, part: _Part, now: float) -> None:
        child = part.child
        try:
            part.process = subprocess.Popen(  # noqa: S603 - the commands are our own
                list(child.argv),
                env={**os.environ, **child.env},
                cwd=child.cwd,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                pass_fds=self._inherited,
            )
        except OSError as error:
            self._wait_before_next(part, f"ne démarre pas ({error.strerror})")
            return
        self._guard.watch(part.process.pid)
        part.ready = False
        part.look_at = now + (_PROBE_EVERY if child.ready else _READY_AFTER)

    def _bury(self, part: _Part, process: subprocess.Popen[bytes]) -> None:
        """Clear what a dead part left behind and decide when it starts again."""
        sweep(process.pid)
        self._guard.forget(process.pid)
        part.process = None
        if part.ready:
            part.failures = 0
        self._wait_before_next(part, f"s’est arrêté ({_cause(process.returncode)})")

    def _wait_before_next(self, part: _Part, what: str) -> None:
        part.failures += 0 if part.ready else 1
        # One early death is bad luck, and costs no wait.
        exponent = part.failures - 2
        wait = min(LONGEST_WAIT, _FIRST_WAIT * 2.0**exponent) if exponent >= 0 else 0.0
        part.ready = False
        part.start_at = time.monotonic() + wait
        when = "il redémarre"
        if wait:
            when = f"{part.failures}e échec de suite, nouvel essai dans {wait:g} s".replace(
                ".", ","
            )
        self._say(f"{part.child.name} {what} : {when}.")

    def _announce(self) -> None:
        """Call `on_ready` the first time that every part is ready."""
        if not self._announced and all(part.ready for part in self._parts):
            self._announced = True
            self._on_ready()

    def _next_look(self) -> float:
        """The instant when something is due even if no signal comes."""
        dues = [time.monotonic() + 60.0]
        for part in self._parts:
            if part.process is None:
                dues.append(part.start_at)
            elif not part.ready:
                dues.append(part.look_at)
        return min(dues)

    def _stop(self, alarm: Callable[[float], None]) -> None:
        """Ask every part to stop; end by force what has not after the delay, or a second signal."""
        living = [part.process for part in self._parts if part.process is not None]
        for process in living:
            process.terminate()
        deadline = time.monotonic() + self._grace
        while any(process.poll() is None for process in living):
            left = deadline - time.monotonic()
            if left <= 0 or self._stops > 1:
                break
            alarm(left)
        for process in living:
            sweep(process.pid)
            process.wait()
            self._guard.forget(process.pid)


@contextlib.contextmanager
def _wakeups(
    on_signal: Callable[[int, FrameType | None], None],
) -> Iterator[Callable[[float], None]]:
    """Take the signals over; yield a function that waits so many seconds, or until a signal."""
    reader, writer = os.pipe()
    os.set_blocking(reader, False)
    os.set_blocking(writer, False)
    numbers = [signal.SIGCHLD, signal.SIGINT, signal.SIGTERM]
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # else it runs under nohup
        numbers.append(signal.SIGHUP)
    before = {number: signal.signal(number, on_signal) for number in numbers}
    wakeup = signal.set_wakeup_fd(writer, warn_on_full_buffer=False)

    def wait(seconds: float) -> None:
        select.select([reader], [], [], max(0.0, seconds))
        with contextlib.suppress(BlockingIOError):
            os.read(reader, 4096)

    try:
        yield wait
    finally:
        signal.set_wakeup_fd(wakeup)
        for number, handler in before.items():
            signal.signal(number, handler)
        os.close(reader)
        os.close(writer)


def _cause(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"code {code}"
