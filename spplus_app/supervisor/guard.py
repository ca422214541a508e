"""Process groups, and the guard that ends them when the supervisor dies without a word.

The guard is this very file run as a program: it reads on its standard input which groups
live. When the supervisor is gone, even by kill -9, the kernel closes the pipe, and the guard
stops the groups left. It imports the standard library only, so that it is small and starts at
once.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path


def exists(group: int) -> bool:
    """Whether a process of `group` still runs."""
    try:
        os.killpg(group, 0)
    except (ProcessLookupError, PermissionError):  # macOS answers EPERM for a dying group
        return False
    return not _only_dead(group)


def _only_dead(group: int) -> bool:
    """Whether all that is left of `group` has died and waits to be buried by its new parent.

    That parent is process 1, which may take its time. Without /proc the answer is no.
    """
    states = ""
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, _parent, its_group = path.read_text().rpartition(")")[2].split()[:3]
            if int(its_group) == group:
                states += state
    return states != "" and set(states) <= {"Z", "X"}


def sweep(group: int) -> None:
    """Kill every process of `group`, and wait (half a second at most) until none is left."""
    deadline = time.monotonic() + 0.5
    while exists(group) and time.monotonic() < deadline:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(group, signal.SIGKILL)
        # In a container this may be process 1, which inherits orphans and must bury them.
        with contextlib.suppress(ChildProcessError):
            os.waitpid(-group, os.WNOHANG)
        time.sleep(0.005)


class Guard:
    """The process that ends the announced groups when this one is gone."""

    def __init__(self, grace: float) -> None:
        self._grace = grace
        self._groups: set[int] = set()
        self._process = self._launch()

    def _launch(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603 - this very file
            [sys.executable, "-I", "-S", str(Path(__file__).resolve()), str(self._grace)],
            stdin=subprocess.PIPE,
            start_new_session=True,
        )

    def _write(self, line: str) -> None:
        pipe = self._process.stdin
        if pipe is not None:
            # A dead guard is replaced, and told everything again, by `revive`.
            with contextlib.suppress(BrokenPipeError):
                pipe.write(line.encode())
                pipe.flush()

    def watch(self, group: int) -> None:
        """End `group` too if this process disappears."""
        self._groups.add(group)
        self._write(f"+{group}\n")

    def forget(self, group: int) -> None:
        """Leave `group` alone from now on: it has ended."""
        self._groups.discard(group)
        self._write(f"-{group}\n")

    def revive(self) -> None:
        """Start another guard where this one died."""
        if self._process.poll() is None:
            return
        if self._process.stdin:
            with contextlib.suppress(OSError):
                self._process.stdin.close()
        self._process = self._launch()
        for group in self._groups:
            self._write(f"+{group}\n")

    def close(self) -> None:
        """Let the guard go, and wait until it is gone."""
        with contextlib.suppress(BrokenPipeError):
            self._process.communicate()


def keep_guard(lines: Iterable[str], grace: float) -> None:
    """Follow the groups named in `lines` (+12 begins, -12 ends); at its end, stop those left."""
    groups: set[int] = set()
    for line in lines:
        (groups.add if line[0] == "+" else groups.discard)(int(line[1:]))
    for group in groups:
        # Only to the first process of a group: it stops its own in good order.
        with contextlib.suppress(ProcessLookupError):
            os.kill(group, signal.SIGTERM)
    deadline = time.monotonic() + grace
    while time.monotonic() < deadline and any(exists(group) for group in groups):
        time.sleep(0.02)
    for group in groups:
        sweep(group)


if __name__ == "__main__":
    keep_guard(sys.stdin, float(sys.argv[1]))
