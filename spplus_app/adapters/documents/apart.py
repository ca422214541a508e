"""A process apart for one file: little memory, little time, no network, nothing to write on.

With `bubblewrap`, the process sees the interpreter, the libraries, the project's code and nothing
else, read only, without network and without other processes. Where it is not installed, or where
a container refuses it, the bounds that the system keeps for every process remain (memory,
processor, no file written, no process started), and an empty environment.
"""

from __future__ import annotations

import compileall
import os
import selectors
import signal
import subprocess
import sys
import sysconfig
import time
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from shutil import which
from typing import IO

ROOT = Path(__file__).resolve().parents[3]
"""Where the project's package stands."""
CHILD = Path(__file__).with_name("child.py")
OUTPUT_MAX = 12 * 1024 * 1024
"""Most bytes of a text that a reader may send: three times what the longest one needs."""
IMAGE_MAX = 40 * 1024 * 1024
"""Most bytes of an image that a reader may send."""

_CHUNK = 256 * 1024
_PATH = "/usr/local/bin:/usr/bin:/bin"
_ENVIRONMENT = {"PATH": _PATH, "LC_ALL": "C.UTF-8", "OMP_THREAD_LIMIT": "1"}
_SYSTEM = ("/usr", "/bin", "/lib", "/lib32", "/lib64", "/etc/ld.so.cache", "/etc/ld.so.conf")


class Isolation(StrEnum):
    """What holds a reader."""

    BUBBLEWRAP = "bubblewrap"
    LIMITS = "limits"


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a reader may take: seconds on the wall and of processor, bytes said, processes."""

    wall: float = 30.0
    processor: int = 20
    output: int = OUTPUT_MAX
    starts: bool = False
    """Whether it starts another program (Tesseract) or threads of its own."""


@cache
def isolation() -> Isolation:
    """Return what holds readers on this machine; looked at once."""
    program = which("bwrap", path=_PATH)
    if program is None:
        return Isolation.LIMITS
    try:
        tried = subprocess.run(  # noqa: S603 - our own command
            [*_walls(program), sys.executable, "-I", "-S", "-c", "print(7)"],
            capture_output=True,
            timeout=20,
            env=_ENVIRONMENT,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return Isolation.LIMITS
    return Isolation.BUBBLEWRAP if tried.stdout == b"7\n" else Isolation.LIMITS


def said(reader: str, path: Path, arguments: tuple[str, ...], bounds: Bounds) -> bytes | None:
    """Return what the reader of this name says of the file at ``path``.

    ``None`` for a reader that says too much or nothing, or takes too long: it is killed with all
    that it started. One that dies half-way has said half a sentence. Nothing of what is said is
    looked at here.
    """
    seconds = f"{bounds.processor}{'+' if bounds.starts else ''}"
    command = [sys.executable, "-I", "-S", "-B", str(CHILD), seconds, os.pathsep.join(_paths())]
    if isolation() is Isolation.BUBBLEWRAP:
        command = [*_walls(str(which("bwrap", path=_PATH))), *command]
    with path.open("rb") as source:
        try:
            process = subprocess.Popen(  # noqa: S603 - our own command
                [*command, reader, *arguments],
                stdin=source,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_ENVIRONMENT,
                cwd="/",
                start_new_session=True,
            )
        except OSError:
            return None  # A machine short of memory or of processes: said as any other failure.
    deadline = time.monotonic() + bounds.wall
    try:
        assert process.stdout is not None
        return _drained(process.stdout, deadline, bounds.output) or None
    finally:
        _killed(process)


def _drained(pipe: IO[bytes], deadline: float, most: int) -> bytes | None:
    """Return all that comes through a pipe, ``None`` past the bytes or the time allowed."""
    parts: list[bytes] = []
    size = 0
    with selectors.DefaultSelector() as ready:
        ready.register(pipe, selectors.EVENT_READ)
        while True:
            left = deadline - time.monotonic()
            if left <= 0 or not ready.select(left):
                return None
            block = os.read(pipe.fileno(), _CHUNK)
            if not block:
                return b"".join(parts)
            size += len(block)
            if size > most:
                return None
            parts.append(block)


def _killed(process: subprocess.Popen[bytes]) -> None:
    # Before it is waited for: its number is still its own. What it started dies with it.
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    if process.stdout is not None:
        process.stdout.close()


@cache
def _paths() -> tuple[str, ...]:
    """Where a reader finds modules: the project, then the libraries; compiled, it writes none."""
    for folder in (CHILD.parent, ROOT / "spplus_app" / "domain"):
        compileall.compile_dir(folder, maxlevels=2, quiet=2)
    found = [str(ROOT), *(sysconfig.get_path(name) for name in ("purelib", "platlib"))]
    return tuple(dict.fromkeys(found))


def _walls(program: str) -> list[str]:
    """Return the start of a command that runs in a place where there is nothing else."""
    command = [program, "--unshare-all", "--die-with-parent", "--cap-drop", "ALL"]
    command += ["--dev", "/dev"]
    for path in _SYSTEM:
        if Path(path).is_symlink():
            command += ["--symlink", str(Path(path).readlink()), path]
        else:
            command += ["--ro-bind-try", path, path]
    needed = {sys.prefix, sys.base_prefix, *_paths()}
    code = {str(ROOT / "spplus_app"), str(CHILD.parent)}
    for path in sorted((needed - {str(ROOT)}) | code | {str(Path(sys.executable).parent)}):
        if not path.startswith("/usr/"):
            command += ["--ro-bind", path, path]
    return [*command, "--chdir", "/", "--"]
