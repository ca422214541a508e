"""Whole databases of a PostgreSQL server: made, dropped, renamed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import URL, Engine

PROOF = "spplus_proof_"
"""How the names of the databases begin in which a backup is put back to be proved."""
_MAINTENANCE = ("postgres", "template1")


def parameters(engine: Engine) -> dict[str, Any]:
    """Return where the database of an engine is, in the words of libpq."""
    _, found = engine.dialect.create_connect_args(engine.url)
    return {name: value for name, value in found.items() if name != "context"}


@contextmanager
def _beside(engine: Engine, *, autocommit: bool = True) -> Iterator[psycopg.Connection[Any]]:
    """A connection to the server that is not a connection to the database of the engine."""
    failure: Exception | None = None
    for name in _MAINTENANCE:
        try:
            connection = psycopg.connect(
                **{**parameters(engine), "dbname": name, "connect_timeout": 5},
                autocommit=autocommit,
            )
        except psycopg.OperationalError as error:
            failure = error
            continue
        with connection:
            yield connection
        return
    assert failure is not None
    raise failure


def may_create(engine: Engine) -> bool:
    """Whether this account may make a database."""
    query = "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
    try:
        with _beside(engine) as connection:
            row = connection.execute(query).fetchone()
    except psycopg.Error:
        return False
    return bool(row and row[0])


def create(engine: Engine, name: str) -> str:
    """Make an empty database beside that of ``engine``; return its address."""
    with _beside(engine) as connection:
        made = sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'")
        connection.execute(made.format(sql.Identifier(name)))
    return _named(engine.url, name)


def _named(url: URL, name: str) -> str:
    return url.set(database=name).render_as_string(hide_password=False)


def drop(engine: Engine, name: str) -> None:
    """Drop a database that we made ourselves, if it is there."""
    with suppress(psycopg.Error), _beside(engine) as connection:
        connection.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        )


def sweep(engine: Engine, before: str) -> None:
    """Drop the databases that a killed proof left before this moment (``YYYYMMDDHHMMSS``)."""
    query = "SELECT datname FROM pg_database WHERE datname ~ %s AND datname < %s"
    pattern = f"^{PROOF}[0-9]{{14}}_[0-9a-f]{{8}}$"
    with _beside(engine) as connection:
        for (name,) in connection.execute(query, (pattern, PROOF + before)).fetchall():
            with suppress(psycopg.Error):  # somebody is connected to it
                connection.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(name)))


def exists(engine: Engine, name: str) -> bool:
    """Whether the server has a database of this name."""
    with _beside(engine) as connection:
        query = "SELECT 1 FROM pg_database WHERE datname = %s"
        return connection.execute(query, (name,)).fetchone() is not None


def others(engine: Engine) -> int:
    """Return how many connections to the database of ``engine`` are not this process's."""
    engine.dispose()
    query = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND backend_type = "
        "'client backend' AND pid != pg_backend_pid()"
    )
    with _beside(engine) as connection:
        row = connection.execute(query, (engine.url.database,)).fetchone()
    return int(row[0]) if row else 0


def swap(engine: Engine, new: str, aside: str) -> None:
    """Rename the database of ``engine`` to ``aside``, and ``new`` to its name: both, or none."""
    engine.dispose()
    rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    place = str(engine.url.database)
    with _beside(engine, autocommit=False) as connection, connection.transaction():
        for before, after in ((place, aside), (new, place)):
            connection.execute(rename.format(sql.Identifier(before), sql.Identifier(after)))
