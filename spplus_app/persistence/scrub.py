"""Words taken out of the tables, taken out of the files of the database too.

On SQLite ``secure_delete`` (`engine`) writes zeros over what is deleted, but two places still hold
the words: the segments of the search indexes, until they are merged, and the frames of the journal
that were copied already, until others are written over them. PostgreSQL forgets with VACUUM.
"""

from __future__ import annotations

from sqlalchemy import Engine, Integer, func, select
from sqlalchemy.orm import Session

from . import search_sqlite
from .engine import reading, unit_of_work

PAGES = 500
"""Pages of the index written by one step of a merge: others write between two steps."""
_CHANGES = select(func.total_changes(type_=Integer))


def needed(session: Session) -> bool:
    """Whether the files of this database keep words that its tables no longer hold."""
    return session.get_bind().dialect.name == "sqlite"


def merge(engine: Engine) -> int:
    """Merge each search index into one segment, step by step; return how many steps."""
    with reading(engine) as session:
        names = search_sqlite.names(session.connection())
    return sum(_merge(engine, name) for name in names)


def _merge(engine: Engine, name: str) -> int:
    """Merge one index.

    A negative count begins a merge of everything, as ``optimize`` does; a step that changes less
    than two rows has nothing left to do (SQLite, FTS5, §6.7).
    """
    steps, pages = 0, -PAGES
    while True:
        with unit_of_work(engine) as session:
            before = session.scalars(_CHANGES).one()
            session.execute(search_sqlite.order(name, "merge", pages))
            moved = session.scalars(_CHANGES).one() - before
        if moved < 2:
            return steps
        steps, pages = steps + 1, PAGES


def empty_journal(engine: Engine) -> bool:
    """Write what the journal holds in the file, and empty it; ``False`` while somebody reads it."""
    with engine.connect() as connection:
        # Outside of any transaction, which the driver itself never opens here.
        cursor = connection.connection.cursor()
        try:
            busy, _, _ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            cursor.close()
    return not busy
