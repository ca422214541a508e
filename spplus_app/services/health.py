"""Is the site able to serve: each thing it needs, looked at, in one word."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from ..domain.jobs import CLAIM_FOR
from ..persistence import heartbeats, reading, schema
from . import clock

WORKER = "worker"
BEAT_EVERY = timedelta(seconds=20)
ALIVE_FOR = CLAIM_FOR + 3 * BEAT_EVERY
"""A worker says nothing while it does one job, which takes as long as a claim at most."""
FREE_MIN = 256 * 1024 * 1024
"""Bytes below which a disk is said low: room for the write-ahead log and a day of mail."""
OK = "ok"


def beat(session: Session) -> None:
    """Note that the job worker is alive."""
    heartbeats.beat(session, WORKER, clock.now())


def database() -> dict[str, str]:
    """Look at what only the database knows: whether it answers, its schema, the worker."""
    try:
        with reading() as session:
            found = schema.revision(session.connection())
            if found != schema.known()[-1]:
                return {"database": OK, "schema": "other", "worker": "unknown"}
            return {"database": OK, "schema": OK, "worker": _worker(session)}
    except SQLAlchemyError:
        return dict.fromkeys(("database", "schema", "worker"), "unknown") | {"database": "down"}


def _worker(session: Session) -> str:
    seen = heartbeats.last(session, WORKER)
    if seen is None:
        return "absent"
    # A clock set back leaves a sign of life in the future: it says nothing of now.
    return OK if abs(clock.now() - seen) <= ALIVE_FOR else "silent"


def disk(folders: Iterable[Path]) -> str:
    """Whether there is room left on the disk of each folder."""
    try:
        low = any(shutil.disk_usage(folder).free < FREE_MIN for folder in folders)
    except OSError:
        return "unknown"
    return "low" if low else OK
