"""Is the process there, can it serve: two addresses for machines, without identity or secret.

They are asked every few seconds: neither gives a cookie, opens a session or writes a line a call.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from pathlib import Path

from reflex.utils.prerequisites import get_web_dir
from reflex_base import constants
from sqlalchemy import make_url
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from ..services import health
from ..settings import settings
from ..states.reports import report

PATHS = ("/healthz", "/readyz")
KEPT_FOR = 1.0
"""Seconds during which an answer is given again: a crowd of questions is one look."""
PATIENCE = 3.0
"""Seconds given to the database; a check that hangs says nothing to who asked."""

Checks = dict[str, str]


def look() -> Checks:
    """Look at everything the site needs; one word each, ``ok`` when all is well."""
    chosen = settings()
    folders = [chosen.var_dir]
    url = make_url(chosen.effective_database_url)
    if url.get_backend_name() == "sqlite" and url.database:
        folders.append(Path(url.database).parent)
    index = get_web_dir() / constants.Dirs.STATIC / "index.html"
    return {
        **health.database(),
        "disk": health.disk(folders),
        "build": health.OK if index.is_file() else "absent",
    }


class Readiness:
    """The last look, kept for a moment; one look at a time, whoever asks."""

    def __init__(
        self, look: Callable[[], Checks] = look, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._look, self._clock = look, clock
        self._at = float("-inf")
        self._checks: Checks = {}
        self._task: asyncio.Task[Checks] | None = None

    async def checks(self) -> Checks:
        """What was found at most `KEPT_FOR` seconds ago, or now."""
        if self._clock() - self._at < KEPT_FOR:
            return self._checks
        # A look that hangs stays the only one: those who ask meanwhile wait for it too.
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(asyncio.to_thread(self._look))
        try:
            found = await asyncio.wait_for(asyncio.shield(self._task), PATIENCE)
        except TimeoutError:
            return {"database": "slow"}
        self._note(found)
        return found

    def _note(self, found: Checks) -> None:
        wrong, before = _wrong(found), _wrong(self._checks)
        if wrong != before:
            level = logging.WARNING if wrong else logging.INFO
            told = " ".join(f"{name} {word}" for name, word in wrong.items())
            report(level, "readiness changed", checks=told or health.OK)
        self._checks, self._at = found, self._clock()


def _wrong(checks: Checks) -> Checks:
    return {name: word for name, word in checks.items() if word != health.OK}


READINESS = Readiness()


async def _alive(_request: Request) -> JSONResponse:
    """The process answers; nothing else is looked at."""
    return JSONResponse({"status": "ok"})


async def _ready(_request: Request) -> JSONResponse:
    """200 when people can be served, 503 otherwise; one word a check."""
    checks = await READINESS.checks()
    wrong = bool(_wrong(checks))
    said = {"status": "unavailable" if wrong else "ok", "checks": checks}
    return JSONResponse(said, 503 if wrong else 200)


routes = [Route("/healthz", _alive), Route("/readyz", _ready)]
