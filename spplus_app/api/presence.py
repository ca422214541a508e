"""A session in use stays open: its last sign of life, written at most once a minute."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable

from sqlalchemy.exc import SQLAlchemyError

from ..persistence import reading, unit_of_work
from ..services import identity
from ..states.reports import report

_EVERY = 60.0
_KNOWN_MAX = 10_000


class Presence:
    """Remembers which sessions were just seen, so that the database is asked once a minute."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._seen: dict[str, float] = {}

    async def seen(self, session_hash: str) -> None:
        """Note that a person just did something with this session."""
        now = self._clock()
        if now - self._seen.get(session_hash, float("-inf")) < _EVERY:
            return
        if len(self._seen) >= _KNOWN_MAX:
            self._seen.clear()
        self._seen[session_hash] = now
        try:
            await asyncio.to_thread(_touch, session_hash)
        except SQLAlchemyError as error:
            # The gesture itself will say what is wrong; being seen must not add a failure.
            self._seen.pop(session_hash, None)
            report(logging.WARNING, "presence not kept", error=error)


def _touch(session_hash: str) -> None:
    with reading() as session:
        viewer = identity.viewer_for(session, session_hash, "")
    if viewer.session_id is None:
        return
    with unit_of_work() as session:
        identity.touch(session, viewer.session_id)
