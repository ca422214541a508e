"""A document moved by those who work on it; taken away, erased or taken home by its depositor."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping

from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from ..domain.errors import DomainError
from ..domain.roles import Viewer
from ..persistence import unit_of_work
from ..services.documents import rights, statuses
from .answers import fields_of, is_fetch, json_error, see_other, status_of, viewer_of

_MOVE_FIELDS = re.compile("act|structure")
_ERASE_FIELDS = re.compile("mot|preuve")
_NO_FIELDS = re.compile("geste")
_ONE = "/api/documents/{number:int}"
WORK = "/espace/documents"
Work = Callable[[Session, Viewer, int, Mapping[str, str]], None]


async def _done(request: Request, names: re.Pattern[str], where: str, work: Work) -> Response:
    """Do one gesture, then go on."""
    number = int(request.path_params["number"])

    def gesture(fields: Mapping[str, str]) -> None:
        with unit_of_work() as session:
            work(session, viewer_of(request, session), number, fields)

    try:
        await run_in_threadpool(gesture, await fields_of(request, names=names))
    except DomainError as error:
        if is_fetch(request):
            return json_error(error)
        return PlainTextResponse(error.message, status_of(error))
    return JSONResponse({"ok": True, "next": where}) if is_fetch(request) else see_other(where)


async def _move(request: Request) -> Response:
    """Send it to its administration, rewrite it, test it, replace it."""

    def work(s: Session, v: Viewer, number: int, fields: Mapping[str, str]) -> None:
        statuses.move(s, v, number, fields.get("act", ""), fields.get("structure", ""))

    return await _done(request, _MOVE_FIELDS, WORK, work)


async def _withdraw(request: Request) -> Response:
    """Nobody reads it any more, but its depositor."""
    where = f"/documents/suivi/{request.path_params['number']}"
    return await _done(request, _NO_FIELDS, where, lambda s, v, n, _: rights.withdraw(s, v, n))


async def _erase(request: Request) -> Response:
    """Nothing of it is left."""
    return await _done(request, _ERASE_FIELDS, "/documents", rights.erase)


def _export(request: Request) -> Response:
    """All that is kept of it and of its depositor, for a program or to be read."""
    number = int(request.path_params["number"])
    try:
        with unit_of_work() as session:
            found = rights.export(session, viewer_of(request, session), number)
    except DomainError as error:
        return PlainTextResponse(error.message, status_of(error))
    headers = {
        "content-disposition": f'attachment; filename="mon-document-{number}.json"',
        "cache-control": "no-store",
    }
    text = json.dumps(found, ensure_ascii=False, indent=2)
    return Response(text, media_type="application/json", headers=headers)


routes = [
    Route(f"{_ONE}/etat", _move, methods=["POST"]),
    Route(f"{_ONE}/retirer", _withdraw, methods=["POST"]),
    Route(f"{_ONE}/effacer", _erase, methods=["POST"]),
    Route(f"{_ONE}/donnees.json", _export, methods=["GET"]),
]
