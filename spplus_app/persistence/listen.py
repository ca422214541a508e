"""PostgreSQL's calls: wait for a NOTIFY on a connection of one's own."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import Engine

_RETRY = 1.0
_TURN = 0.5
_log = logging.getLogger("spplus.listen")


class Listener:
    """Waits for calls on one channel; belongs to one thread."""

    def __init__(self, engine: Engine, channel: str) -> None:
        """``engine`` only says where the database is: the connection is not of its pool."""
        self._engine, self._channel = engine, channel
        self._connection: psycopg.Connection[Any] | None = None

    @staticmethod
    def possible(engine: Engine) -> bool:
        """Whether this database can call."""
        return engine.dialect.name == "postgresql"

    @property
    def listening(self) -> bool:
        """Whether a call made now would be heard."""
        return self._connection is not None

    def open(self) -> None:
        """Connect and listen; raise `psycopg.Error` when the database does not answer."""
        _, parameters = self._engine.dialect.create_connect_args(self._engine.url)
        connection = psycopg.connect(**parameters, autocommit=True, connect_timeout=5)
        try:
            connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(self._channel)))
        except BaseException:
            connection.close()
            raise
        self._connection = connection

    def wait(self, timeout: float) -> bool:
        """Wait at most ``timeout`` seconds; say whether a call came. Raises `psycopg.Error`."""
        if self._connection is None:
            self.open()
            return True  # what was said before this moment was not heard
        try:
            return bool(list(self._connection.notifies(timeout=timeout, stop_after=1)))
        except psycopg.Error:
            self.close()
            raise

    def close(self) -> None:
        """Hang up."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()


class Caller:
    """A thread that calls a function at each call of PostgreSQL; nothing on SQLite."""

    def __init__(self, engine: Engine, channel: str, call: Callable[[], object]) -> None:
        """``call`` runs in the thread, also when the line comes back after a cut."""
        self._call, self._stop = call, threading.Event()
        self._listener = Listener(engine, channel)
        self._thread = threading.Thread(target=self._run, name=f"listen {channel}", daemon=True)
        if Listener.possible(engine):
            self._thread.start()

    @property
    def listening(self) -> bool:
        """Whether a call made now would be heard."""
        return self._listener.listening

    def stop(self) -> None:
        """End the thread and wait for it, half a second at most."""
        self._stop.set()
        if self._thread.ident is not None:
            self._thread.join()

    def _run(self) -> None:
        try:
            while not self._stop.is_set():
                try:
                    if self._listener.wait(_TURN):
                        self._call()
                except psycopg.Error as error:
                    _log.warning("PostgreSQL does not call: %s", type(error).__name__)
                    self._stop.wait(_RETRY)
        finally:
            self._listener.close()
