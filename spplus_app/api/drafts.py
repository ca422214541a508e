"""What is typed, brought back to the browser that typed it: JSON, never through a State."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from ..domain.roles import Viewer
from ..services import follow_up, moderation, replies, visitor_copy
from .answers import answer


def _draft(request: Request) -> JSONResponse:
    """The visitor's draft; ``sent`` tells the browser to drop its own copy."""
    uuid = request.query_params.get("uuid", "")[:64]
    return answer(request, lambda s, v: visitor_copy.draft(s, v, uuid))


def _preview(request: Request) -> JSONResponse:
    """The draft as everyone will see it."""
    return answer(request, visitor_copy.preview)


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


def _reply_draft(request: Request) -> JSONResponse:
    """The agent's draft of a reply."""

    def work(session: Session, viewer: Viewer) -> dict[str, Any]:
        return _fields(replies.draft(session, viewer, _number(request)))

    return answer(request, work)


routes = [
    Route("/api/brouillon", _draft),
    Route("/api/brouillon/apercu", _preview),
    Route("/api/brouillon/reponse/{number:int}", _reply_draft),
    Route("/api/recu", _receipt),
    Route("/api/suivi/{number:int}/texte", _own_text),
    Route("/api/moderation/{number:int}/texte", _moderated_text),
]
