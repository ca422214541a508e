"""One's own data over HTTP: two files to take away, two plain forms to change and to erase."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from ..components.words import DATA_PAGE as PAGE
from ..domain.errors import Conflict, DomainError, Invalid, TooMany
from ..domain.roles import Viewer
from ..persistence import unit_of_work
from ..services import rights
from ..services.erasure import Choice
from ..services.held import Held
from .answers import fields_of, is_fetch, json_error, see_other, status_of, viewer_of
from .first_paint.rights import address
from .held import standalone

_ADDRESS_FIELDS = re.compile("email|geste")
_ERASE_FIELDS = re.compile("choix|mot|preuve")


def _number(request: Request) -> int:
    return int(request.path_params["number"])


def _file(request: Request, write: Callable[[Held], str], kind: str, ending: str) -> Response:
    number = _number(request)
    try:
        with unit_of_work() as session:
            held = rights.export(session, viewer_of(request, session), number)
    except DomainError as error:
        return PlainTextResponse(error.message, status_of(error))
    name = f"mes-donnees-{number}.{ending}"
    headers = {
        "content-disposition": f'attachment; filename="{name}"',
        "cache-control": "no-store",
    }
    return Response(write(held), media_type=kind, headers=headers)


def _json(request: Request) -> Response:
    """Everything held, for a program."""
    told = "application/json"
    return _file(request, lambda h: json.dumps(h, ensure_ascii=False, indent=2), told, "json")


def _html(request: Request) -> Response:
    """Everything held, to be read."""
    return _file(request, standalone, "text/html; charset=utf-8", "html")


def _gesture(request: Request, work: Callable[[Session, Viewer], str]) -> str:
    with unit_of_work() as session:
        return work(session, viewer_of(request, session))


async def _address(request: Request) -> Response:
    """Write to another address, or to none."""
    number = _number(request)
    try:
        fields = await fields_of(request, names=_ADDRESS_FIELDS)

        def work(session: Session, viewer: Viewer) -> str:
            if fields.get("geste") == "supprimer":
                rights.delete_address(session, viewer, number)
                return address(number, dit="supprimee")
            rights.change_address(session, viewer, number, fields.get("email", ""))
            return address(number, dit="adresse")

        where = await run_in_threadpool(_gesture, request, work)
    except DomainError as error:
        if is_fetch(request):
            return json_error(error)
        where = address(number, refus=_code(error))
    return see_other(where)


async def _erase(request: Request) -> Response:
    """Erase everything about the author, for good."""
    number = _number(request)
    choice = ""
    try:
        fields = await fields_of(request, names=_ERASE_FIELDS)
        choice = fields.get("choix", "")

        def work(session: Session, viewer: Viewer) -> str:
            return rights.erase(session, viewer, number, fields).value

        done = await run_in_threadpool(_gesture, request, work)
    except DomainError as error:
        if is_fetch(request):
            return json_error(error)
        again = {"etape": "effacer", "choix": choice} if choice in set(Choice) else {}
        return see_other(address(number, **again, refus=_code(error)))
    return see_other(f"{PAGE}?fait={done}")


def _code(error: DomainError) -> str:
    """The code of a refusal (`first_paint.rights.REFUSALS`)."""
    if isinstance(error, Invalid):
        known = {"email": "adresse", "choix": "choix", "mot": "mot"}
        return known.get(next(iter(error.errors)), "formulaire")
    if isinstance(error, TooMany):
        return "demain"
    return "garder" if isinstance(error, Conflict) else "formulaire"


routes = [
    Route("/api/suivi/{number:int}/donnees.json", _json, methods=["GET"]),
    Route("/api/suivi/{number:int}/donnees.html", _html, methods=["GET"]),
    Route("/api/suivi/{number:int}/adresse", _address, methods=["POST"]),
    Route("/api/suivi/{number:int}/effacer", _erase, methods=["POST"]),
]
