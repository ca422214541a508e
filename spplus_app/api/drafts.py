"""What is typed, brought back to the browser that typed it: JSON, never through a State."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ..domain.errors import DomainError, Invalid
from ..domain.roles import Viewer
from ..persistence import unit_of_work
from ..services import follow_up, masking, moderation, moderation_queue, replies, visitor_copy
from ..services.reading import paragraphs
from .answers import answer, fields_of, gesture, is_fetch, json_error, see_other, viewer_of
from .first_paint.plain_form import CHECK


def _draft(request: Request) -> JSONResponse:
    """The visitor's draft; ``sent`` tells the browser to drop its own copy."""
    uuid = request.query_params.get("uuid", "")[:64]
    return answer(request, lambda s, v: visitor_copy.draft(s, v, uuid))


def _preview(request: Request) -> JSONResponse:
    """The draft as everyone will see it."""
    return answer(request, visitor_copy.preview)


_MASK_FIELDS = re.compile("uuid|geste|mot")
_NO_FIELD = re.compile("(?!)")


async def _mask(request: Request) -> Response:
    """What the author says of a piece that was found, or more words to mask."""
    try:
        fields = await fields_of(request, names=_MASK_FIELDS)
        await run_in_threadpool(_said, request, fields)
    except DomainError as error:
        if is_fetch(request):
            return json_error(error)
        return see_other(f"{CHECK}&refus={'mots' if isinstance(error, Invalid) else 'brouillon'}")
    return JSONResponse({"ok": True}) if is_fetch(request) else see_other(f"{CHECK}#masques")


def _said(request: Request, fields: dict[str, str]) -> None:
    uuid, piece = fields.get("uuid", ""), fields.get("mot", "")
    with unit_of_work() as session:
        viewer = viewer_of(request, session)
        masking.say(session, viewer, uuid, fields.get("geste", ""), piece)


def _receipt(request: Request) -> JSONResponse:
    """The newest receipt of this browser, with the private link."""
    return answer(request, visitor_copy.receipt)


def _number(request: Request) -> int:
    return int(request.path_params["number"])


def _fields(fields: dict[str, str]) -> dict[str, Any]:
    uuid = fields.pop("uuid", "")
    return {"uuid": uuid, "fields": fields}


def _own_text(request: Request) -> JSONResponse:
    """A refused text, for its author to correct."""

    def work(session: Session, viewer: Viewer) -> dict[str, Any]:
        return _fields(follow_up.original(session, viewer, _number(request)))

    return answer(request, work)


def _moderated_text(request: Request) -> JSONResponse:
    """A text as it reads now, for moderation to edit."""

    def work(session: Session, viewer: Viewer) -> dict[str, Any]:
        return _fields(moderation.text(session, viewer, _number(request)))

    return answer(request, work)


async def _original(request: Request) -> JSONResponse:
    """The words before they were masked, for moderation; asking for them is noted."""
    try:
        await fields_of(request, names=_NO_FIELD)
    except DomainError as error:
        return json_error(error)

    def work(session: Session, viewer: Viewer) -> dict[str, Any]:
        found = moderation_queue.originals_read(session, viewer, _number(request))
        return {
            "originals": [
                {
                    "date": one.date,
                    "title": one.words.title,
                    "paragraphs": paragraphs(one.words.narrative),
                    "pseudonym": one.words.pseudonym,
                }
                for one in found
            ]
        }

    return await run_in_threadpool(gesture, request, work)


def _reply_draft(request: Request) -> JSONResponse:
    """The agent's draft of a reply."""

    def work(session: Session, viewer: Viewer) -> dict[str, Any]:
        return _fields(replies.draft(session, viewer, _number(request)))

    return answer(request, work)


routes = [
    Route("/api/brouillon", _draft),
    Route("/api/brouillon/apercu", _preview),
    Route("/api/brouillon/masques", _mask, methods=["POST"]),
    Route("/api/brouillon/reponse/{number:int}", _reply_draft),
    Route("/api/recu", _receipt),
    Route("/api/suivi/{number:int}/texte", _own_text),
    Route("/api/moderation/{number:int}/texte", _moderated_text),
    Route("/api/moderation/{number:int}/original", _original, methods=["POST"]),
]
