"""The first code of a reader's process: bounds itself, then reads the file on its input.

Run by its path, isolated (``-I -S``): ``child.py BOUNDS PATHS READER [ARGUMENTS]``. BOUNDS are the
seconds of processor and whether it may start a process; PATHS where modules are found. What is
found goes to the output as `telling` writes it, or as an image. Nothing else is promised: whoever
started it expects silence, garbage and death.
"""

from __future__ import annotations

import importlib
import os
import resource
import sys

MEMORY_MAX = 512 * 1024 * 1024
"""Bytes of address space of a reader, and of each process it starts."""
FILES_MAX = 64
NICE = 10
"""On a machine at work, a tenth of what a visitor has: enough for a photo in its minute."""


def _bound(seconds: int, alone: bool) -> None:
    bounds = {
        resource.RLIMIT_AS: MEMORY_MAX,
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_NOFILE: FILES_MAX,
        resource.RLIMIT_CORE: 0,
    }
    if alone:
        bounds[resource.RLIMIT_NPROC] = 0
    for what, most in bounds.items():
        _, hard = resource.getrlimit(what)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (most, most))
    os.nice(NICE)


def main() -> None:
    """Read the file on the standard input, and say what is in it."""
    seconds, paths, reader, *arguments = sys.argv[1:]
    _bound(int(seconds.rstrip("+")), alone=not seconds.endswith("+"))
    sys.path[:0] = paths.split(os.pathsep)
    from spplus_app.domain.documents.not_taken import NotTaken, refusal_to_wire

    module = importlib.import_module(f"spplus_app.adapters.documents.{reader}")
    with os.fdopen(0, "rb", closefd=False) as file:
        source = file.read()
    try:
        told = module.tell(source, arguments)
    except NotTaken as refusal:
        told = refusal_to_wire(refusal.refusal)
    with os.fdopen(1, "wb", closefd=False) as output:
        output.write(told)
    # Not by the usual way: a library in C may die of tidying up, once all is said.
    os._exit(0)


if __name__ == "__main__":
    main()
