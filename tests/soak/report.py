"""One page of figures, a section a test: what was done, where, when, and what was seen."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "soak.md"
HEAD = (
    "# Heavy tests, at full count\n\n"
    "Written by `make soak`: each section by its test, when it passes. `make test` runs the same\n"
    "tests with smaller counts.\n"
)


def full() -> bool:
    """Whether the full counts are asked for."""
    return os.environ.get("SPPLUS_FULL") == "1"


def machine() -> str:
    """The machine in a few words, without its name."""
    words = re.search(r"model name\s*: (.+)", _read("/proc/cpuinfo"))
    memory = re.search(r"MemTotal:\s*(\d+)", _read("/proc/meminfo"))
    size = f", {int(memory[1]) / 2**20:.0f} GB" if memory else ""
    cpu = words[1].strip() if words else platform.machine()
    return (
        f"{os.cpu_count()} cores ({cpu}){size}, {platform.system()}, "
        f"Python {platform.python_version()}"
    )


def _read(path: str) -> str:
    try:
        return Path(path).read_text()
    except OSError:
        return ""


def quantiles(values: Sequence[float]) -> str:
    """Median, 95th percentile and maximum of durations in seconds."""
    ordered = sorted(values)
    if not ordered:
        return "none"
    high = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
    return f"median {ordered[len(ordered) // 2]:.2f} s, p95 {high:.2f} s, max {ordered[-1]:.2f} s"


def record(title: str, facts: Mapping[str, object]) -> None:
    """Write the section ``title`` of the page in place of the one before."""
    lines = ["| What | Seen |", "|---|---|"]
    write(
        PAGE, title, [told(), "", *lines, *(f"| {name} | {seen} |" for name, seen in facts.items())]
    )


def told() -> str:
    """When and where this was seen, in one sentence."""
    load = f"load average {os.getloadavg()[2]:.1f} over the last 15 minutes"
    return f"{datetime.now(UTC):%Y-%m-%d}, {machine()}, {load}."


def write(page: Path, title: str, lines: Sequence[str], head: str = HEAD) -> None:
    """Write a section of ``page`` where the one of this title stood, or at the end."""
    section = "\n".join([f"## {title}", "", *lines]) + "\n"
    before = page.read_text("utf-8") if page.exists() else head
    parts = [part.rstrip() + "\n" for part in re.split(r"(?m)^(?=## )", before)]
    places = [at for at, part in enumerate(parts) if part.startswith(f"## {title}\n")]
    if places:
        parts[places[0]] = section
    else:
        parts.append(section)
    page.write_text("\n".join(parts), "utf-8")
