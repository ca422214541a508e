"""Words taken out of the tables, taken out of the files of the database too.

On SQLite ``secure_delete`` (`engine`) writes zeros over what is deleted, but two places still hold
the words: the segments of the search index, until they are merged, and the frames of the journal
that were copied already, until others are written over them. PostgreSQL forgets with VACUUM.
"""

from __future__ import annotations

import logging

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

_ASKED = "spplus_scrub"
_MERGE = "INSERT INTO experience_fts (experience_fts) VALUES ('optimize')"
_log = logging.getLogger("spplus.database")


def ask(session: Session, *, indexed: bool = False) -> None:
    """Have the files forget, once the gesture is committed; ``indexed`` when it was searchable."""
    session.info[_ASKED] = session.info.get(_ASKED, False) or indexed


def carry_out(session: Session, connection: Connection) -> None:
    """Do what was asked in ``session``, which is over; a failure is told, and undoes nothing."""
    if _ASKED not in session.info or connection.dialect.name != "sqlite":
        return
    try:
        if session.info[_ASKED]:
            with connection.begin():
                connection.exec_driver_sql(_MERGE)
        # Outside of any transaction, which the driver itself never opens here.
        connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
    except DBAPIError as error:
        _log.warning("words stay in the files until the next time: %s", type(error.orig).__name__)
