"""Masking a document over HTTP: its private pages as images, and every gesture, saved at once.

The page that shows a document also receives its gestures, with or without a script: what is typed
never travels in an address.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from ..domain.errors import DomainError, Invalid, NotFound
from ..domain.roles import Viewer
from ..persistence import unit_of_work
from ..services.documents import claims, masking, texts
from ..states.base import number
from . import document_gestures as gestures
from .answers import PAGES, fields_of, is_fetch, json_error, see_other, status_of, viewer_of
from .first_paint.document_checks import PAGE, depositor, moderator
from .first_paint.fields import Form
from .first_paint.paint import TRIED, Ask, query_of

QUEUE = "/espace/moderation/documents"
_KINDS = ((b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"))
_PRIVATE = {"cache-control": "no-store"}


def _picture(request: Request) -> Response:
    """The image of a page as it was sent, for who masks it."""
    document_id = int(request.path_params["number"])
    try:
        with unit_of_work() as session:
            viewer = viewer_of(request, session)
            content = masking.page_picture(
                session, viewer, document_id, int(request.path_params["page"])
            )
            claims.note_again(session, viewer, document_id)
    except DomainError as error:
        return PlainTextResponse(error.message, status_of(error))
    kind = next((kind for first, kind in _KINDS if content.startswith(first)), "")
    if not kind:
        return PlainTextResponse("Cette page n’a pas d’image.", 404)
    return Response(content, media_type=kind, headers=_PRIVATE)


@dataclass(frozen=True, slots=True)
class _Page:
    """The page of a document to mask; ``moderates`` tells in whose name one acts."""

    moderates: bool

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Show the page, give a script what it holds, or do a gesture and show it again."""
        request = Request(scope, receive)
        page: ASGIApp = scope[PAGES]
        if scope["method"] != "POST":
            if is_fetch(request):
                await (await run_in_threadpool(self._content, request))(scope, receive, send)
            else:
                await page(scope, receive, send)
            return
        fields: dict[str, str] = {}
        try:
            fields = await fields_of(request)
            done = await run_in_threadpool(self._do, request, fields)
        except DomainError as error:
            if isinstance(error, Invalid) and not is_fetch(request):
                tried = Form(fields, error.errors)
                await page({**scope, "method": "GET", TRIED: tried}, receive, send)
                return
            refused = (
                json_error(error)
                if is_fetch(request)
                else PlainTextResponse(error.message, status_of(error))
            )
            await refused(scope, receive, send)
            return
        await self._done(request, done)(scope, receive, send)

    def _do(self, request: Request, fields: dict[str, str]) -> gestures.Done:
        document_id = number(request.path_params["ident"])
        with unit_of_work() as session:
            viewer = viewer_of(request, session)
            return gestures.do(session, viewer, document_id, fields, moderates=self.moderates)

    def _done(self, request: Request, done: gestures.Done) -> Response:
        leaves = f"{QUEUE}?fait={done.code}" if done.leaves else ""
        if is_fetch(request):
            return JSONResponse({"said": done.said, "next": leaves}, headers=_PRIVATE)
        query = query_of(request.scope["query_string"])
        page = number(query.get("page", ""))
        here = f"{request.scope['path']}?page={page}" if page else request.scope["path"]
        return see_other(leaves or here)

    def _content(self, request: Request) -> Response:
        try:
            with unit_of_work() as session:
                return self._shown(session, request, viewer_of(request, session))
        except DomainError as error:
            return json_error(error)

    def _shown(self, session: Session, request: Request, viewer: Viewer) -> Response:
        query = query_of(request.scope["query_string"])
        ask = Ask(request.scope["path"], query, viewer)
        document_id = number(ask.last)
        moved = texts.moved(session, document_id)
        if not self.moderates:
            told = {"html": str(depositor(session, ask)), "moved": moved}
            return JSONResponse(told, headers=_PRIVATE)
        again = query.get("encore") == "oui"
        if not document_id:
            raise NotFound("Ce document n’existe pas.")
        holder = claims.open_one(session, viewer, document_id, again=again)
        told = {"html": str(moderator(session, ask, holder)), "moved": moved}
        return JSONResponse(told, headers=_PRIVATE)


routes = [
    Route("/api/documents/{number:int}/pages/{page:int}", _picture, methods=["GET"]),
    Route(f"{PAGE}/{{ident}}", _Page(moderates=False), methods=["GET", "POST"]),
    Route(f"{QUEUE}/{{ident}}", _Page(moderates=True), methods=["GET", "POST"]),
]
