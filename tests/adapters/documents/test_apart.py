"""A reader that has been taken over: it says what it wants, and is not believed, nor let out."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from spplus_app.adapters.documents import apart, reading
from spplus_app.adapters.documents.apart import Bounds, Isolation, said
from spplus_app.domain.documents.not_taken import Refusal
from spplus_app.domain.documents.refusals import SENTENCES
from spplus_app.domain.errors import Invalid

HELD = [Isolation.LIMITS, *{apart.isolation()} - {Isolation.LIMITS}]
"""Each way of holding readers that this machine has."""

Taken = Callable[[str], Path]


@pytest.fixture(params=HELD)
def held(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Isolation:
    """Each way of holding readers in turn."""
    kind = Isolation(request.param)
    monkeypatch.setattr(apart, "isolation", lambda: kind)
    return kind


@pytest.fixture
def taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Taken:
    """Make every reader run this code instead; return a file to be read."""

    def over(code: str) -> Path:
        folder = tmp_path / "code"
        folder.mkdir()
        (folder / "child.py").write_text(f"import os, sys, time, json, socket\n{code}\n")
        monkeypatch.setattr(apart, "CHILD", folder / "child.py")
        path = tmp_path / "a.txt"
        path.write_text("bonjour")
        return path

    return over


def running(mark: str) -> list[int]:
    """The processes of which a word of the command is ``mark``."""
    found = []
    for command in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = command.read_bytes().split(b"\0")
        except OSError:
            continue
        if mark.encode() in words:
            found.append(int(command.parent.name))
    return found


def gone(mark: str) -> bool:
    """Whether no such process runs, once the system has had time to end those that were killed."""
    for _ in range(1000):
        if not running(mark):
            return True
        time.sleep(0.01)
    return False


@pytest.mark.parametrize(
    "code",
    [
        "os.kill(os.getpid(), 9)",
        "os.abort()",
        "raise SystemExit(3)",
        "",
        "os.write(1, b'\\xff\\xfe{')",
        "os.write(1, b'{\"blocks\":[[')",
        "os.write(1, b'[' * 100_000)",
        'os.write(1, b\'{"refused":"nothing known"}\')',
        "os.write(1, b'{\"refused\":{}}')",
        'os.write(1, b\'{"scans":[99999999999999999999],"pages":[],"lines":[]}\')',
        'os.write(1, b\'{"scans":[0],"pages":[],"lines":[]}\')',
    ],
)
def test_whatever_it_says_is_the_same_sentence(taken: Taken, held: Isolation, code: str) -> None:
    path = taken(code)
    with pytest.raises(Invalid) as refused:
        reading.read(path, "a.txt")
    assert refused.value.errors == {"document": SENTENCES[Refusal.UNREADABLE]}


def test_scans_that_are_not_there_are_not_looked_for(taken: Taken, held: Isolation) -> None:
    path = taken('os.write(1, b\'{"scans":[7],"pages":[[1,1]],"lines":[]}\')')
    path.write_bytes(b"%PDF-")
    with pytest.raises(Invalid) as refused:
        reading.read(path, "a.pdf")
    assert refused.value.message == SENTENCES[Refusal.UNREADABLE]


def test_it_cannot_say_too_much(taken: Taken, held: Isolation) -> None:
    path = taken("while True: os.write(1, b'a' * 65536)")
    assert said("text", path, (), Bounds(output=1_000_000)) is None


def test_it_dies_with_all_that_it_started_when_time_is_up(
    taken: Taken, held: Isolation, tmp_path: Path
) -> None:
    path = taken("os.write(1, b'a'); os.fork(); time.sleep(1000)")
    assert said("text", path, (str(tmp_path),), Bounds(wall=1.5)) is None
    assert gone(str(tmp_path))


def test_what_it_started_dies_when_it_has_ended(
    taken: Taken, held: Isolation, tmp_path: Path
) -> None:
    code = "if not os.fork(): os.close(1); time.sleep(1000)\nos.write(1, b'a')"
    path = taken(code)
    assert said("text", path, (str(tmp_path),), Bounds()) == b"a"
    assert gone(str(tmp_path))


def test_it_is_told_nothing_of_the_site(
    taken: Taken, held: Isolation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_KEY", "a-secret")
    path = taken("os.write(1, json.dumps([dict(os.environ), os.listdir('/proc/self/fd') "
                 "if os.path.exists('/proc/self/fd') else []]).encode())")  # fmt: skip
    payload = said("text", path, (), Bounds())
    assert payload is not None
    environment, files = json.loads(payload)
    assert set(environment) <= {"PATH", "LC_ALL", "OMP_THREAD_LIMIT", "PWD"}
    # Its three, and the one that lists them.
    assert len(files) <= 4


def test_behind_walls_there_is_nothing_to_see_nor_to_reach(
    taken: Taken, held: Isolation, tmp_path: Path
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        secret = tmp_path / "secret"
        secret.write_text("a")
        port = server.getsockname()[1]
        path = taken(
            "def works(act):\n"
            "    try: act()\n"
            "    except OSError: return False\n"
            "    return True\n"
            "os.write(1, json.dumps({"
            f"'reads': works(lambda: open({str(secret)!r}).read()),"
            "'passwords': works(lambda: open('/etc/passwd').read()),"
            "'writes': works(lambda: open(sys.argv[0] + '.x', 'w')),"
            f"'reaches': works(lambda: socket.create_connection(('127.0.0.1', {port}), 2)),"
            "'code': works(lambda: open(sys.argv[0]).read())}).encode())"
        )
        payload = said("text", path, (), Bounds())
    assert payload is not None
    told = json.loads(payload)
    assert told.pop("code")
    # Where the machine has no walls to give, what remains is what the system bounds.
    assert any(told.values()) is (held is Isolation.LIMITS)


def test_the_bounds_of_a_reader_are_kept_by_the_system(taken: Taken, held: Isolation) -> None:
    child = Path(apart.__file__).with_name("child.py")
    path = taken(
        "import resource, importlib.util\n"
        f"spec = importlib.util.spec_from_file_location('child', {str(child)!r})\n"
        "child = importlib.util.module_from_spec(spec); spec.loader.exec_module(child)\n"
        "child._bound(7, True)\n"
        "kinds = ('AS', 'CPU', 'FSIZE', 'CORE', 'NPROC')\n"
        "told = [resource.getrlimit(getattr(resource, f'RLIMIT_{one}')) for one in kinds]\n"
        "os.write(1, json.dumps(told).encode())"
    )
    payload = said("text", path, (), Bounds())
    assert payload is not None
    assert json.loads(payload) == [[2**29, 2**29], [7, 7], [0, 0], [0, 0], [0, 0]]


def test_a_machine_without_walls_is_seen_to_have_none(monkeypatch: pytest.MonkeyPatch) -> None:
    for program in (None, "/bin/false", "/nowhere/bwrap"):
        apart.isolation.cache_clear()
        with monkeypatch.context() as patch:
            patch.setattr(apart, "which", lambda *_, found=program, **__: found)
            assert apart.isolation() is Isolation.LIMITS
    apart.isolation.cache_clear()
