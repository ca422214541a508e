"""Figures printed, and written as a section of docs/performance.md."""

from __future__ import annotations

import sqlite3
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from shutil import which

from tests.soak.report import told, write

PAGE = Path(__file__).parents[2] / "docs" / "performance.md"
HEAD = "# Speed\n"


def engines() -> str:
    """The versions of both databases."""
    program = which("postgres") or next(
        (str(path) for path in Path("/usr/lib/postgresql").glob("*/bin/postgres")), ""
    )
    found = ""
    if program:
        found = subprocess.run([program, "--version"], capture_output=True, text=True).stdout
    words = found.split()
    postgresql = f", PostgreSQL {words[2]}" if len(words) > 2 else ""
    return f"SQLite {sqlite3.sqlite_version}{postgresql}"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Return the lines of a table."""
    every = [head, ["---"] * len(head), *rows]
    return ["| " + " | ".join(row) + " |" for row in every]


def publish(
    title: str, tables: Mapping[str, Sequence[str]], notes: Sequence[str] = (), page: Path = PAGE
) -> None:
    """Print the tables of a bench, each with a sentence above, and write them in its section."""
    lines = [f"{told()[:-1]}; {engines()}."]
    for above, found in tables.items():
        lines += ["", *([above, ""] if above else []), *found]
    for note in notes:
        lines += ["", note]
    print("\n".join(["", f"## {title}", "", *lines]))
    write(page, title, lines, HEAD)
