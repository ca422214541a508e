"""The private follow-up link: opened by GET, bound to the browser, and gone from the address."""

from __future__ import annotations

import re

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from ..domain.errors import DomainError, Invalid
from ..persistence import unit_of_work
from ..services import appeals, experiences, follow_up, moderation_masking
from .answers import BadBody, fields_of, is_fetch, json_error, see_other, status_of, viewer_of

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


_GESTURE_FIELDS = re.compile("geste|version|piece_1|kind_1")
_DONE = {"retirer": "retiree", "masquer": "masque", "confirmer": "confirmee"}
"""What a plain form asks → what the page then says (`followed.SAID`)."""


async def _gesture(request: Request) -> Response:
    """Take a text back, mask words of it, or confirm an address, by a plain form."""
    number = int(request.path_params["number"])
    try:
        fields = await fields_of(request, names=_GESTURE_FIELDS)
        await run_in_threadpool(_done, request, number, fields)
    except DomainError as error:
        if is_fetch(request):
            return json_error(error)
        return see_other(f"/suivi/{number}?refus={_code(error)}")
    return see_other(f"/suivi/{number}?dit={_DONE[fields['geste']]}")


def _done(request: Request, number: int, fields: dict[str, str]) -> None:
    asked = fields.get("geste", "")
    if asked not in _DONE:
        raise BadBody(422)
    with unit_of_work() as session:
        viewer = viewer_of(request, session)
        if asked == "retirer":
            follow_up.withdraw(session, viewer, number)
        elif asked == "confirmer":
            follow_up.confirm_email(session, viewer, number)
        else:
            version = fields.get("version", "")
            known = int(version) if re.fullmatch(r"[0-9]{1,15}", version) else 0
            moderation_masking.mask_own(session, viewer, number, known, fields)


def _code(error: DomainError) -> str:
    """The code of a refusal (`followed.REFUSALS`)."""
    if isinstance(error, Invalid):
        return "mot" if "kind_1" in error.errors else "mots"
    return "formulaire" if isinstance(error, BadBody) else "change"


# 43 characters: 256 bits in base64. Anything shorter is the number of an experience: a page.
routes = [
    Route("/suivi/{token:follow_token}", _open, methods=["GET", "HEAD"]),
    Route("/api/suivi/{number:int}/second-avis", _appeal, methods=["POST"]),
    Route("/api/suivi/{number:int}/geste", _gesture, methods=["POST"]),
]
