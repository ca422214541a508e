"""The supervisor with real processes: what dies is back, what is left over is gone."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from spplus_app import supervisor as service_supervisor
from spplus_app.supervisor.engine import Child, Supervisor
from spplus_app.supervisor.parts import answers, is_free

ROOT = Path(__file__).resolve().parents[1]
BOUND = 15.0

# A part that writes its number down, then waits for ever; "deaf" ones ignore SIGTERM.
PART = """
import os, signal, subprocess, sys, time
path, manner = sys.argv[1:3]
if manner == "deaf":
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
if manner == "parent":
    subprocess.Popen([sys.executable, __file__, path + ".grandchild", "deaf"])
with open(path, "a") as log:
    log.write(f"{os.getpid()}\\n")
if manner == "fails":
    sys.exit(3)
while True:
    time.sleep(60)
"""

# Supervises the parts that its first argument lists, as JSON: [[name, argv], …].
SERVICE = """
import json, sys
from spplus_app import supervisor as service_supervisor
from spplus_app.supervisor.engine import Child, Supervisor
parts = [Child(name, argv) for name, argv in json.loads(sys.argv[1])]
supervisor = Supervisor(parts, grace=float(sys.argv[2]))
print(supervisor.run(), flush=True)
"""


class Service:
    """A supervisor in a process of its own, and the files in which its parts sign."""

    def __init__(self, folder: Path, grace: float, **manners: str) -> None:
        self.folder = folder
        script = folder / "part.py"
        script.write_text(PART)
        parts = [
            [name, [sys.executable, str(script), str(folder / name), manner]]
            for name, manner in manners.items()
        ]
        self.process = subprocess.Popen(
            [sys.executable, "-c", SERVICE, json.dumps(parts), str(grace)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=(folder / "said").open("w"),
            text=True,
            start_new_session=True,
        )

    def lives(self, name: str) -> list[int]:
        """The process numbers that the part has signed with, oldest first."""
        path = self.folder / name
        return [int(line) for line in path.read_text().splitlines()] if path.exists() else []

    def said(self) -> str:
        """What the supervisor said, with ordinary spaces."""
        return (self.folder / "said").read_text().replace("\N{NO-BREAK SPACE}", " ")

    def guard(self) -> int:
        """The process number of the guard."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        for number in children.read_text().split():
            if "guard.py" in Path(f"/proc/{number}/cmdline").read_text():
                return int(number)
        return 0

    def end(self) -> None:
        """Leave no process behind, whatever the test did."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        assert self.process.stdout
        self.process.stdout.close()
        for path in self.folder.glob("*"):
            for number in self.lives(path.name) if path.name not in {"part.py", "said"} else []:
                wait_until(lambda number=number: not alive(number))


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Callable[..., Service]]:
    started: list[Service] = []

    def start(grace: float = 5.0, **manners: str) -> Service:
        started.append(Service(tmp_path, grace, **manners))
        for name in manners:
            wait_until(lambda: started[-1].lives(name))  # noqa: B023 - called at once
        return started[-1]

    yield start
    for one in started:
        one.end()


def wait_until(condition: Callable[[], object], bound: float = BOUND) -> float:
    """Wait until `condition` holds; the seconds it took. Fails past `bound`."""
    began = time.monotonic()
    while not condition():
        assert time.monotonic() - began < bound, "the condition did not come true in time"
        time.sleep(0.01)
    return time.monotonic() - began


def alive(number: int) -> bool:
    """Whether the process runs; one that is dead but not buried does not."""
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    if sys.platform != "linux":
        return True
    try:
        state = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state not in {"Z", "X"}


def test_a_killed_part_is_back_within_two_seconds(service: Callable[..., Service]) -> None:
    running = service(web="simple", jobs="simple")
    for name, other in (("web", "jobs"), ("jobs", "web")):
        before = running.lives(other)
        killed = running.lives(name)[-1]
        os.kill(killed, signal.SIGKILL)
        assert wait_until(lambda n=name, k=killed: running.lives(n)[-1] != k) < 2
        assert running.lives(other) == before, "the other part must not be disturbed"
    assert "web s’est arrêté (signal 9)" in running.said()


def test_nothing_orphaned_is_left_when_the_first_process_of_a_part_dies(
    service: Callable[..., Service],
) -> None:
    running = service(web="parent")
    wait_until(lambda: running.lives("web.grandchild"))
    grandchild = running.lives("web.grandchild")[0]
    os.kill(running.lives("web")[0], signal.SIGKILL)
    wait_until(lambda: len(running.lives("web")) == 2)
    assert not alive(grandchild)


def test_a_part_that_fails_at_once_is_tried_less_and_less(
    service: Callable[..., Service],
) -> None:
    running = service(broken="fails", jobs="simple")
    wait_until(lambda: "nouvel essai dans 1 s" in running.said())
    lines = [line for line in running.said().splitlines() if line.startswith("broken")]
    assert [line.rpartition(" : ")[2] for line in lines] == [
        "il redémarre.",
        "2e échec de suite, nouvel essai dans 0,25 s.",
        "3e échec de suite, nouvel essai dans 0,5 s.",
        "4e échec de suite, nouvel essai dans 1 s.",
    ]
    assert all("(code 3)" in line for line in lines)
    assert len(running.lives("jobs")) == 1


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_everything_and_the_exit_is_clean(
    service: Callable[..., Service], number: signal.Signals
) -> None:
    running = service(web="simple", jobs="simple")
    running.process.send_signal(number)
    output, _ = running.process.communicate(timeout=BOUND)
    assert (output, running.process.returncode) == ("0\n", 0)
    assert not any(alive(running.lives(name)[0]) for name in ("web", "jobs"))
    assert running.said() == ""


def test_a_part_that_will_not_stop_is_killed_after_the_delay(
    service: Callable[..., Service],
) -> None:
    running = service(grace=0.3, web="deaf", jobs="parent")
    wait_until(lambda: running.lives("jobs.grandchild"))
    running.process.terminate()
    output, _ = running.process.communicate(timeout=BOUND)
    assert output == "0\n"
    assert not any(alive(running.lives(name)[0]) for name in ("web", "jobs", "jobs.grandchild"))


def test_a_second_signal_does_not_wait(service: Callable[..., Service]) -> None:
    running = service(grace=3600.0, web="deaf", jobs="simple")
    running.process.send_signal(signal.SIGINT)
    wait_until(lambda: not alive(running.lives("jobs")[0]))
    running.process.send_signal(signal.SIGINT)
    running.process.communicate(timeout=BOUND)
    assert not alive(running.lives("web")[0])


def test_a_killed_supervisor_takes_its_parts_along(service: Callable[..., Service]) -> None:
    running = service(grace=0.3, web="parent", jobs="deaf")
    wait_until(lambda: running.lives("web.grandchild"))
    # The worst case: the part's first process dies at the same instant as the supervisor.
    os.kill(running.process.pid, signal.SIGKILL)
    os.kill(running.lives("web")[0], signal.SIGKILL)
    for name in ("web", "jobs", "web.grandchild"):
        wait_until(lambda name=name: not alive(running.lives(name)[0]))


@pytest.mark.skipif(sys.platform != "linux", reason="finds the guard through /proc")
def test_a_killed_guard_is_replaced_and_knows_the_groups(
    service: Callable[..., Service],
) -> None:
    running = service(grace=0.3, jobs="deaf")
    wait_until(running.guard)
    first = running.guard()
    os.kill(first, signal.SIGKILL)
    wait_until(lambda: running.guard() not in {0, first})
    os.kill(running.process.pid, signal.SIGKILL)
    wait_until(lambda: not alive(running.lives("jobs")[0]))


def test_a_command_that_does_not_exist_is_said_not_raised(tmp_path: Path) -> None:
    said: list[str] = []
    absent = Child("absent", [str(tmp_path / "nowhere")])

    def say(line: str) -> None:
        said.append(line)
        os.kill(os.getpid(), signal.SIGTERM)

    assert Supervisor([absent], say=say).run() == 0
    assert said[0].startswith("absent ne démarre pas")


def test_the_signals_are_given_back(tmp_path: Path) -> None:
    before = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
    ready = tmp_path / "ready"
    part = Child(
        "part",
        [sys.executable, "-c", f"open({str(ready)!r}, 'w'); import time; time.sleep(60)"],
        ready=ready.exists,
    )
    supervisor = Supervisor([part], on_ready=lambda: os.kill(os.getpid(), signal.SIGTERM))
    assert supervisor.run() == 0
    assert ready.exists()
    assert [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)] == before


def test_a_taken_port_is_seen_even_when_it_could_be_shared() -> None:
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert not is_free("127.0.0.1", port)
        assert not answers("127.0.0.1", port), "accepting a connection is not answering"
    assert is_free("127.0.0.1", port)


def test_a_site_that_is_not_built_or_a_taken_port_is_said_in_one_line(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert service_supervisor.run(root=tmp_path) == 1
    assert capfd.readouterr().err.startswith("Le site n’est pas construit")
    built = tmp_path / ".web" / "build" / "client" / "index.html"
    built.parent.mkdir(parents=True)
    built.touch()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert service_supervisor.run(root=tmp_path, port=port) == 1
    said = capfd.readouterr().err
    assert said.startswith(f"Le port {port} est déjà pris")
    assert said.count("\n") == 1
