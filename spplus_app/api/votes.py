"""What a visitor says of an experience or a reply: plain HTTP forms, with or without a script."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ..domain.abuse import PROOF, Given, given
from ..domain.errors import DomainError
from ..domain.roles import Viewer
from ..persistence import unit_of_work
from ..services import votes
from .answers import BadBody, fields_of, is_fetch, refused, see_other, viewer_of

Work = Callable[[Session, Viewer, str, Given], int]


async def _said(request: Request, work: Work) -> Response:
    """Keep what was said; a script gets JSON, a plain form goes back to the experience.

    ``work`` takes the word of the form, what it says besides, and returns the experience's id.
    """

    def gesture(word: str, besides: Given) -> int:
        with unit_of_work() as session:
            return work(session, viewer_of(request, session), word, besides)

    try:
        fields = await fields_of(request)
        if fields.keys() - {PROOF} != {"mot"}:
            raise BadBody(422)
        number = await run_in_threadpool(gesture, fields["mot"], given(fields))
    except DomainError as error:
        return refused(request, error)
    where = f"/experiences/{number}"
    return JSONResponse({"ok": True, "next": where}) if is_fetch(request) else see_other(where)


async def _similar(request: Request) -> Response:
    """« J’ai vécu une expérience similaire », or take it back."""
    number = int(request.path_params["number"])

    def work(session: Session, viewer: Viewer, word: str, besides: Given) -> int:
        votes.similar(session, viewer, number, lived=word != "retirer", given=besides)
        return number

    return await _said(request, work)


async def _rate(request: Request) -> Response:
    """A reply is useful, or not."""
    number = int(request.path_params["number"])
    return await _said(
        request, lambda s, v, word, besides: votes.rate_reply(s, v, number, word, besides)
    )


PATHS = ("/api/experiences", "/api/reponses")
"""The beginnings of the addresses where a visitor says a word."""

routes = [
    Route("/api/experiences/{number:int}/similaire", _similar, methods=["POST"]),
    Route("/api/reponses/{number:int}/avis", _rate, methods=["POST"]),
]
