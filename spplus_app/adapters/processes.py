"""Processes that name themselves, so that others on the same machine know when they are dead."""

from __future__ import annotations

import os
import secrets
import socket
from pathlib import Path


def own_name() -> str:
    """Name this process so that another, on the same machine, can tell when it is dead."""
    return f"{_machine()}:{os.getpid()}:{_started(os.getpid())}:{secrets.token_hex(3)}"


def is_dead(name: str) -> bool:
    """Whether the worker of this name ran on this machine and is gone; false in doubt."""
    machine, *process = name.split(":")
    if machine != _machine() or len(process) != 3 or not all(map(str.isdigit, process[:2])):
        return False
    return _started(int(process[0])) != int(process[1])


def _machine() -> str:
    # Two containers may share a host name, never a namespace of processes.
    try:
        namespace = Path("/proc/self/ns/pid").stat().st_ino
    except OSError:
        namespace = 0
    return f"{socket.gethostname()[:32].replace(':', '-')}/{namespace}"


def _started(pid: int) -> int:
    """When a process began, in ticks since the boot; 0 when it is gone."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return 0
    state, *others = stat.rpartition(")")[2].split()
    return 0 if state in "ZX" else int(others[18])
