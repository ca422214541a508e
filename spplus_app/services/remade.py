"""What is made of a database's rows for everyone to read, and made again when they change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from ..persistence import revisions

T = TypeVar("T")


@dataclass(slots=True)
class _Made(Generic[T]):
    """What was made of one database, when the topic stood at ``revision``."""

    revision: int = -1
    value: T | None = None
    making: Lock = field(default_factory=Lock)


class Remade(Generic[T]):
    """A value per process and database, made anew when ``topic`` has moved.

    Args:
        topic: what is told when the rows change.
        make: makes the value from what is committed.
    """

    def __init__(self, topic: str, make: Callable[[Session], T]) -> None:
        self._topic, self._make = topic, make
        self._made: WeakKeyDictionary[Engine, _Made[T]] = WeakKeyDictionary()
        self._guard = Lock()

    def of(self, session: Session) -> T:
        """Return the value for this session's database, as of the last committed change.

        One thread makes it anew; meanwhile the others use the one before, when there is one. To
        be called in `reading()`: it must only hold what is committed.
        """
        with self._guard:
            made = self._made.setdefault(session.get_bind().engine, _Made())
        revision = revisions.numbers(session, [self._topic]).get(self._topic, 0)
        before = made.value
        if before is None:
            made.making.acquire()
        elif made.revision == revision or not made.making.acquire(blocking=False):
            return before
        try:
            if made.value is None or made.revision != revision:
                made.value = self._make(session)
                made.revision = revision
            return made.value
        finally:
            made.making.release()
