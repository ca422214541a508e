"""The one clock of the services; the demonstration and the tests may set it back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_fixed: ContextVar[datetime | None] = ContextVar("spplus_clock", default=None)


def now() -> datetime:
    """The current moment in UTC, or the one set by `at`."""
    return _fixed.get() or datetime.now(UTC)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Make `now` answer ``moment`` (aware) in this context."""
    token = _fixed.set(moment)
    try:
        yield
    finally:
        _fixed.reset(token)
