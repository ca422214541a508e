"""The parts of this service: the web server and the job worker."""

from __future__ import annotations

import socket
import sys
from pathlib import Path

from spplus_app.supervisor.engine import Child


def web(host: str, port: int, root: Path) -> Child:
    """The web server: granian on the Reflex application, one process while there is no Redis.

    The three REFLEX variables are internal to Reflex 0.10.1, which is pinned: production, no
    compilation at the start, the built pages served by the same process. The last one bounds
    a message on the socket, in bytes.
    """
    command = [sys.executable, "-m", "spplus_app.supervisor.serve"]
    command += ["--interface", "asgi", "--factory"]
    command += ["--host", host, "--port", str(port), "--workers", "1", "--no-access-log"]
    command += ["--respawn-failed-workers", "--workers-kill-timeout", "2"]
    command += ["--log-level", "error", "spplus_app.spplus_app:app"]
    environment = {
        "REFLEX_ENV_MODE": "prod",
        "__REFLEX_SKIP_COMPILE": "true",
        "__REFLEX_MOUNT_FRONTEND_COMPILED_APP": "true",
        "REFLEX_SOCKET_MAX_HTTP_BUFFER_SIZE": "65536",
        "REFLEX_CHECK_LATEST_VERSION": "false",
    }
    return Child("Le serveur web", command, environment, lambda: answers(host, port), root)


def worker(root: Path) -> Child:
    """The job worker: mail and everything that happens after a gesture."""
    return Child("Le service des tâches", [sys.executable, "-m", "spplus_app.worker"], cwd=root)


def answers(host: str, port: int) -> bool:
    """Whether an HTTP server answers anything at all on `host`:`port` within 0.3 s."""
    near = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared only
    request = b"GET /ping HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    try:
        with socket.create_connection((near, port), timeout=0.3) as connection:
            connection.sendall(request)
            return connection.recv(1) != b""
    except OSError:
        return False


def is_free(host: str, port: int) -> bool:
    """Whether nobody listens there: granian itself would share the port without a word."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True
