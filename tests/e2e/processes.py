"""The processes of a running site, as the system sees them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tests.e2e.site import Site


@dataclass(frozen=True)
class Family:
    """The ids of the web server, of its worker process and of the job worker."""

    main: int
    web: int
    worker: int


def of_site(site: Site) -> dict[int, str]:
    """Every living process that works in the site's folder: its id and its command."""
    marker = f"SPPLUS_VAR={site.folder}\0".encode()
    found: dict[int, str] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if marker in (folder / "environ").read_bytes() and _alive(folder):
                command = (folder / "cmdline").read_bytes().replace(b"\0", b" ")
                found[int(folder.name)] = command.decode(errors="replace")
        except OSError:
            continue
    return found


def family(site: Site) -> Family | None:
    """The three processes that may be killed; ``None`` while one of them is missing."""
    found = of_site(site)
    server = {
        pid: _parent(pid)
        for pid, command in found.items()
        if "-m spplus_app.supervisor.serve " in command
    }
    main = [pid for pid, parent in server.items() if parent not in server]
    web = [pid for pid, parent in server.items() if parent in main]
    worker = [pid for pid, command in found.items() if "-m spplus_app.worker" in command]
    if (len(main), len(web), len(worker)) != (1, 1, 1):
        return None
    return Family(main[0], web[0], worker[0])


def _alive(folder: Path) -> bool:
    return (folder / "stat").read_text().rpartition(")")[2].split()[0] not in "ZX"


def _parent(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0
