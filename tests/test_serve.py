"""The web server's libraries, imported before it forks: no side effect, and none forgotten."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
PROGRAM = """
import importlib, os, sys, threading
from spplus_app.supervisor.serve import LIBRARIES
opened = set(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else set()
for name in LIBRARIES:
    importlib.import_module(name)
assert threading.active_count() == 1, threading.enumerate()
left = set(os.listdir("/proc/self/fd")) - opened if opened else set()
assert not left, left
before = {name.split(".")[0] for name in sys.modules}
assert not [name for name in sys.modules if name.startswith("spplus_app.states")]
import spplus_app.spplus_app
new = {name.split(".")[0] for name in sys.modules} - before - set(sys.stdlib_module_names)
print(sorted(new - {"rxconfig"}))
"""


def test_a_worker_forked_later_has_nothing_left_to_import_but_the_application() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[]"
