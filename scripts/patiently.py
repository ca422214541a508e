"""Run a long command, with a line now and then so that nobody thinks it has stopped.

python -m scripts.patiently COMMAND …
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

EVERY_SECONDS = 10


def run(
    command: Sequence[str],
    *,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    output: IO[str] | None = None,
) -> int:
    """Run `command`, its output and errors to `output` (here when None); return its exit code."""
    started = time.monotonic()
    errors = subprocess.STDOUT if output else None
    with subprocess.Popen(
        command, cwd=cwd, env=env, stdin=subprocess.DEVNULL, stdout=output, stderr=errors
    ) as process:
        while True:
            try:
                return process.wait(timeout=EVERY_SECONDS)
            except subprocess.TimeoutExpired:
                print(f"  … {time.monotonic() - started:.0f} s", flush=True)
            except KeyboardInterrupt:
                # The terminal has told the command too: let it end, then say so.
                process.wait()
                return 130


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
