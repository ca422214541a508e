"""The private follow-up link: opened by GET, bound to the browser, and gone from the address."""

from __future__ import annotations

import re

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from ..domain.errors import DomainError
from ..persistence import unit_of_work
from ..services import appeals, experiences
from .answers import fields_of, is_fetch, json_error, see_other, status_of, viewer_of

_PRIVATE = {"cache-control": "no-store", "referrer-policy": "no-referrer"}


async def _open(request: Request) -> Response:
    """Bind the experience to this visitor and lead to an address without the secret.

    Opening twice gives the same answer: mail scanners open links before people do.
    """
    token = str(request.path_params["token"])

    def gesture() -> str:
        with unit_of_work() as session:
            number = experiences.open_link(session, viewer_of(request, session), token)
        return f"/suivi/{number}"

    try:
        where = await run_in_threadpool(gesture)
    except DomainError:
        where = "/suivi?lien=inconnu"
    return RedirectResponse(where, status_code=303, headers=_PRIVATE)


_APPEAL_FIELDS = re.compile("decision|texte")


async def _appeal(request: Request) -> Response:
    """Ask a second moderator about the decision that the page showed; with or without a script."""
    number = int(request.path_params["number"])

    def gesture(fields: dict[str, str]) -> None:
        decision = fields.get("decision", "")
        known = int(decision) if re.fullmatch(r"[0-9]{1,15}", decision) else 0
        with unit_of_work() as session:
            viewer = viewer_of(request, session)
            appeals.ask(session, viewer, number, known, fields.get("texte", ""))

    try:
        fields = await fields_of(request, names=_APPEAL_FIELDS)
        await run_in_threadpool(gesture, fields)
    except DomainError as error:
        if is_fetch(request):
            return json_error(error)
        return PlainTextResponse(error.message, status_of(error))
    where = f"/suivi/{number}"
    return JSONResponse({"ok": True, "next": where}) if is_fetch(request) else see_other(where)


# 43 characters: 256 bits in base64. Anything shorter is the number of an experience: a page.
routes = [
    Route("/suivi/{token:follow_token}", _open, methods=["GET", "HEAD"]),
    Route("/api/suivi/{number:int}/second-avis", _appeal, methods=["POST"]),
]
