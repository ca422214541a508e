"""Serves the built site and runs the job worker, and keeps both up (`spplus run`)."""

from __future__ import annotations

import logging
import os
from pathlib import Path

from spplus_app.adapters.logs import configure_logging
from spplus_app.adapters.places import hold_running
from spplus_app.settings import settings
from spplus_app.supervisor.engine import Child, Supervisor, tell
from spplus_app.supervisor.parts import is_free, web, worker

__all__ = ["Child", "Supervisor", "run"]
_log = logging.getLogger("spplus.supervisor")


def run(
    *,
    host: str = "127.0.0.1",
    port: int = 3000,
    url: str | None = None,
    root: Path | None = None,
) -> int:
    """Serve the built site on `host`:`port` and run the job worker until asked to stop.

    `url` is the address people use, told once the site answers. `root` is the folder of
    `rxconfig.py` (the project). What happens to the parts goes to the log. Returns the exit
    code: 0 after a stop that was asked for, 1 when the site is not built or the port is taken
    (one line says which).
    """
    root = root or Path(__file__).resolve().parents[2]
    if not (root / ".web" / "build" / "client" / "index.html").is_file():
        tell("Le site n’est pas construit : lancez « make build », puis recommencez.")
        return 1
    if not is_free(host, port):
        tell(f"Le port {port} est déjà pris : arrêtez ce qui l’occupe, ou choisissez-en un autre.")
        return 1
    address = url or f"http://localhost:{port}"
    chosen = settings()
    held = hold_running(chosen.var_dir)
    configure_logging(chosen.log_format)
    opened = f"Services Publics + est ouvert : {address} (Ctrl-C pour arrêter)"
    parts = [web(host, port, root), worker(root)]
    with os.fdopen(held):
        return Supervisor(
            parts, say=_log.warning, on_ready=lambda: _log.info(opened), inherited=(held,)
        ).run()
