"""Sending a hard document: its files part by part, then its form; all of it in one form too.

Nothing here goes by the framework's upload: bytes are counted, sealed as they come, and no name of
a file is kept. The page of the form receives it too, with or without a script.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from ..domain.documents.deposits import PART_BYTES_MAX
from ..domain.errors import DomainError, Invalid
from ..domain.roles import Viewer
from ..persistence import unit_of_work
from ..services.documents import following, sending, uploads
from ..states.base import number
from .answers import (
    PAGES,
    BadBody,
    answer,
    bounded,
    fields_of,
    is_fetch,
    json_error,
    see_other,
    status_of,
    viewer_of,
)
from .document_form import PAGE, Came, arrived
from .first_paint.fields import Form
from .first_paint.paint import TRIED

T = TypeVar("T")
FILES = "/api/documents/fichiers"
_BEGUN = re.compile("depot|fichier|nom|taille")
_KEPT = re.compile("|".join(("uuid", *sending.FIELDS)))
_NO_FIELD = re.compile("(?!)")
_PRIVATE = {"cache-control": "no-store", "referrer-policy": "no-referrer"}


def transact(request: Request, work: Callable[[Session, Viewer], T]) -> T:
    """Run one gesture of a sending in one transaction."""
    with unit_of_work() as session:
        return work(session, viewer_of(request, session))


def _file(view: uploads.UploadView) -> dict[str, Any]:
    return {
        "fichier": view.uuid,
        "suffixe": view.suffix,
        "taille": view.size,
        "recu": view.received,
    }


def _refused(error: DomainError) -> JSONResponse:
    """A refusal; a part that comes in the wrong place is told where the file stands."""
    told = json_error(error)
    if not isinstance(error, uploads.Elsewhere):
        return told
    return JSONResponse({"message": error.message, "recu": error.received}, told.status_code)


async def _answered(request: Request, work: Callable[[Session, Viewer], Any]) -> JSONResponse:
    try:
        return JSONResponse(await run_in_threadpool(transact, request, work))
    except DomainError as error:
        return _refused(error)


async def _begin(request: Request) -> Response:
    """Announce a file; the form it is for is that of the browser's first tab."""
    try:
        fields = await fields_of(request, names=_BEGUN)
    except DomainError as error:
        return json_error(error)

    def work(session: Session, viewer: Viewer) -> dict[str, Any]:
        form = sending.begun(session, viewer, fields.get("depot", ""))
        one, name = fields.get("fichier", ""), fields.get("nom", "")
        begun = uploads.begin(session, viewer, form, one, name, number(fields.get("taille")))
        return {"depot": form, **_file(begun)}

    return await _answered(request, work)


async def _part(request: Request) -> Response:
    """Take a part of a file, the body as it is, which begins at ``at``."""
    if request.headers.get("content-type", "") != "application/octet-stream":
        return json_error(BadBody(415))
    try:
        part = await bounded(request, PART_BYTES_MAX)
    except DomainError as error:
        return json_error(error)
    one, at = str(request.path_params["one"]), number(request.query_params.get("at"))
    return await _answered(request, lambda s, v: _file(uploads.receive(s, v, one, at, part)))


async def _drop(request: Request) -> Response:
    """Take a file out of its form."""
    try:
        await fields_of(request, names=_NO_FIELD)
    except DomainError as error:
        return json_error(error)
    one = str(request.path_params["one"])

    def work(session: Session, viewer: Viewer) -> dict[str, Any]:
        uploads.drop(session, viewer, one)
        return {"ok": True}

    return await _answered(request, work)


def _stand(request: Request) -> Response:
    """Say how much has come of each file of a form."""
    form = request.query_params.get("depot", "")[:64]
    return answer(
        request, lambda s, v: {"fichiers": [_file(one) for one in uploads.of_form(s, v, form)]}
    )


def _draft(request: Request) -> Response:
    """What this browser typed; ``sent`` tells it to drop its own copy."""
    uuid = request.query_params.get("uuid", "")[:64]

    def work(session: Session, viewer: Viewer) -> dict[str, Any]:
        kept = sending.typed(session, viewer)
        done = sending.is_sent(session, viewer, uuid)
        return {"uuid": kept.uuid, "fields": dict(kept.fields), "sent": done}

    return answer(request, work)


async def _keep(request: Request) -> Response:
    """Keep what is typed, as it is."""
    try:
        fields = await fields_of(request, names=_KEPT)
    except DomainError as error:
        return json_error(error)
    uuid = fields.get("uuid", "")
    return await _answered(request, lambda s, v: {"uuid": sending.keep(s, v, uuid, fields)})


def _receipt(request: Request) -> Response:
    """The private link of a document, to the browser that sent it."""
    ident = int(request.path_params["number"])
    return answer(request, lambda s, v: following.receipt(s, v, ident))


async def _open(request: Request) -> Response:
    """Bind the document to this visitor and lead to an address without the secret."""
    token = str(request.path_params["token"])
    try:
        where = await run_in_threadpool(
            transact, request, lambda s, v: following.open_link(s, v, token)
        )
    except DomainError:
        where = f"{following.FOLLOW}/0"
    return RedirectResponse(where, status_code=303, headers=_PRIVATE)


def _done(request: Request, came: Came) -> str:
    """Do what the button says; return the address of the page that follows."""
    gesture, fields = came.fields.get("geste", ""), dict(came.fields)
    if gesture == "effacer":
        transact(request, sending.erase)
        return PAGE
    fields.update(_administration(gesture, fields))
    uuid = transact(request, lambda s, v: _kept(s, v, fields))
    if came.errors:
        raise Invalid(came.errors)
    if gesture == "envoyer":
        sent = transact(request, lambda s, v: sending.send(s, v, uuid, fields))
        return f"{following.FOLLOW}/{sent}"
    if gesture == "chercher":  # the same page, with what is found
        return ""
    text = fields.get("texte", "")
    if text.strip():
        transact(request, lambda s, v: sending.paste(s, v, uuid, text))
    verb, _, one = gesture.partition("-")
    _arrange(request, verb, one)
    return f"{PAGE}#{'administration' if verb == 'choisir' or one == 'service' else 'fichiers'}"


def _kept(session: Session, viewer: Viewer, fields: dict[str, str]) -> str:
    """Keep what is typed; sent already, it is sent again under the same UUID, and once."""
    uuid = fields.get("uuid", "")
    if sending.is_sent(session, viewer, uuid):
        return uuid
    return sending.keep(session, viewer, uuid, fields)


def _administration(gesture: str, fields: dict[str, str]) -> dict[str, str]:
    if gesture == "retirer-service":
        return {"structure": ""}
    picked = fields.get("choix") or fields.get("liste")
    return {"structure": picked} if gesture == "choisir" and picked else {}


def _arrange(request: Request, gesture: str, one: str) -> None:
    if gesture == "retirer" and one != "service":
        transact(request, lambda s, v: uploads.drop(s, v, one))
    elif gesture in {"avant", "apres"}:
        transact(request, lambda s, v: uploads.move(s, v, one, later=gesture == "apres"))


class _Page:
    """The page of the form, which also receives it. Refused, it comes back with what was typed."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Show the form, or do what one of its buttons says."""
        page: ASGIApp = scope[PAGES]
        if scope["method"] != "POST":
            await page(scope, receive, send)
            return
        request = Request(scope, receive)
        came = Came()
        try:
            await arrived(request, came, transact)
            where = await run_in_threadpool(_done, request, came)
            tried = Form(came.fields)
        except DomainError as error:
            if is_fetch(request):
                await json_error(error)(scope, receive, send)
                return
            where, tried = "", _tried(came, error)
        if where:
            await see_other(where)(scope, receive, send)
            return
        asked = {**scope, "method": "GET", "query_string": b"", TRIED: tried}
        await page(asked, receive, send)


def _tried(came: Came, error: DomainError) -> Form:
    errors = error.errors if isinstance(error, Invalid) else {}
    said = "" if errors else error.message
    return Form(came.fields, errors, said, status_of(error))


routes = [
    Route(FILES, _stand, methods=["GET"]),
    Route(FILES, _begin, methods=["POST"]),
    Route(f"{FILES}/{{one:uuid}}", _part, methods=["POST"]),
    Route(f"{FILES}/{{one:uuid}}/retirer", _drop, methods=["POST"]),
    Route("/api/documents/brouillon", _draft, methods=["GET"]),
    Route("/api/documents/brouillon", _keep, methods=["POST"]),
    Route("/api/documents/{number:int}/recu", _receipt, methods=["GET"]),
    Route(PAGE, _Page(), methods=["GET", "POST"]),
    Route(f"{following.FOLLOW}/{{token:follow_token}}", _open, methods=["GET", "HEAD"]),
]
