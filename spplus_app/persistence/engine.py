"""The database: one engine a process, one transaction a gesture.

SQLite runs with WAL and ``synchronous=FULL``: what `unit_of_work` has committed survives
kill -9 and power loss. Writers take their lock at BEGIN, so no reader upgrades into a deadlock.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.orm import Session

from ..settings import settings
from . import switch

_WRITE = "spplus_write"


def make_engine(url: str) -> Engine:
    """Return an engine for ``url`` (``sqlite:///…`` or ``postgresql+psycopg://…``)."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return create_engine(url, pool_size=10, max_overflow=10, pool_pre_ping=True)
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"timeout": 5, "check_same_thread": False})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # The driver must not open transactions by itself: BEGIN is ours (see `_begin_sqlite`).
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
        "busy_timeout=5000",
        "cache_size=-32000",
        "mmap_size=268435456",
    ):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_sqlite(connection: Connection) -> None:
    write = connection.get_execution_options().get(_WRITE, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


@cache
def engine() -> Engine:
    """The engine of this process, made at first use from the settings."""
    made = make_engine(settings().effective_database_url)
    switch.finish(settings().var_dir, made)
    return made


@contextmanager
def unit_of_work(bind: Engine | None = None) -> Iterator[Session]:
    """One gesture, one transaction: committed at the end, rolled back on any error."""
    with (
        (bind or engine()).connect().execution_options(**{_WRITE: True}) as connection,
        Session(connection, expire_on_commit=False) as session,
        session.begin(),
    ):
        yield session


@contextmanager
def reading(bind: Engine | None = None) -> Iterator[Session]:
    """A read that never takes the writers' lock; nothing it changes is kept."""
    with (bind or engine()).connect() as connection, Session(connection) as session:
        try:
            yield session
        finally:
            session.rollback()
