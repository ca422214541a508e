"""A whole database at one instant: copied while others write, counted, proved, compared.

The two databases differ here only in how a copy is taken; counts and proofs are the same.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, func, inspect, select, table, text
from sqlalchemy.exc import DatabaseError

from . import schema, search_sqlite
from .tables import Base

PAGES = 4096
"""Pages copied in one step, 16 MB: between two steps a person sees how far it is."""
_OF_THE_HOUSE = frozenset({"heartbeat", "job", "revision", "throttle"})
"""Tables that a site without any content fills by itself."""

Progress = Callable[[int, int], None]
"""Told how much is done, of how much."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a database holds at an instant."""

    revision: str
    counts: Mapping[str, int]


def facts(connection: Connection) -> Facts:
    """Return the schema and the number of rows of each of our tables that is there."""
    there = set(inspect(connection).get_table_names())
    counts = {
        name: int(connection.scalar(select(func.count()).select_from(table(name))) or 0)
        for name in sorted(there & Base.metadata.tables.keys())
    }
    return Facts(schema.revision(connection), counts)


def is_empty(connection: Connection) -> bool:
    """Whether a database holds nothing that anybody would miss."""
    there = set(inspect(connection).get_table_names())
    names = sorted((there & Base.metadata.tables.keys()) - _OF_THE_HOUSE)
    return not any(
        connection.scalar(select(func.count()).select_from(table(name))) for name in names
    )


@contextmanager
def frozen(engine: Engine) -> Iterator[Connection]:
    """A connection that sees one instant of the database, whoever writes meanwhile."""
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        # SQLite freezes at the first read of a transaction, PostgreSQL at its first statement.
        connection.execute(text("SELECT 1 FROM alembic_version"))
        yield connection
        connection.rollback()


def exported(connection: Connection) -> str:
    """Return the name under which `pg_dump` sees the same instant (PostgreSQL)."""
    return str(connection.scalar(text("SELECT pg_export_snapshot()")))


def copy_sqlite(connection: Connection, target: Path, progress: Progress) -> None:
    """Copy the database of a `frozen` connection into ``target``, which must not exist.

    The copy is made in steps, on the instant that the connection has frozen: writers neither
    wait for it nor make it begin again.
    """
    source = connection.connection.driver_connection
    assert isinstance(source, sqlite3.Connection)
    with closing(sqlite3.connect(target, isolation_level=None)) as copy:
        # Nobody else reads it before it is whole and on the disk: no journal is needed.
        copy.execute("PRAGMA journal_mode=OFF")
        copy.execute("PRAGMA synchronous=OFF")
        source.backup(
            copy,
            pages=PAGES,
            progress=lambda _status, left, whole: progress(whole - left, whole),
        )


def prove(engine: Engine, expected: Facts) -> list[str]:
    """Return what is wrong in a restored database; nothing when it is whole."""
    with engine.connect() as connection:
        try:
            wrong = _file_faults(connection) if engine.dialect.name == "sqlite" else []
            found = facts(connection)
        except DatabaseError as error:
            return [f"la base est illisible ({type(error.orig).__name__})"]
        if found.revision != expected.revision:
            wrong.append(f"schéma {found.revision or 'absent'} au lieu de {expected.revision}")
        for name, count in expected.counts.items():
            if found.counts.get(name) != count:
                wrong.append(f"{name} : {found.counts.get(name, 0)} lignes au lieu de {count}")
        return wrong


def _file_faults(connection: Connection) -> list[str]:
    found = [str(row[0]) for row in connection.execute(text("PRAGMA integrity_check(5)"))]
    wrong = [] if found == ["ok"] else found
    if connection.execute(text("PRAGMA foreign_key_check")).first() is not None:
        wrong.append("des lignes en désignent d’autres qui n’existent pas")
    for name in search_sqlite.names(connection):
        try:
            # `integrity_check` looks at the file only: an index of words checks itself.
            connection.execute(search_sqlite.order(name, "integrity-check"))
        except DatabaseError:
            wrong.append(f"l’index {name} est abîmé")
    connection.rollback()
    return wrong
