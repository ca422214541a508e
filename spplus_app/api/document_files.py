"""What a published document gives besides its page: the images of its pages, its public marks."""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from ..domain.documents.json_ld import MEDIA_TYPE
from ..domain.errors import DomainError
from ..persistence import reading
from ..services.documents import collection, view
from ..settings import settings
from .answers import status_of, viewer_of

PAGE = "/documents/{number:int}/pages/{page:int}"
MARKS = "/documents/{number:int}/annotations.jsonld"
MARK = "/documents/{number:int}/annotations/{annotation:int}"
_DAY, _NEVER = "public, max-age=86400", "no-store"
_OPEN = {"access-control-allow-origin": "*"}


async def _image(request: Request) -> Response:
    """The image of a page, what is personal painted over."""
    number, page = int(request.path_params["number"]), int(request.path_params["page"])

    def work() -> view.Image:
        with reading() as session:
            return view.image(session, number, page, viewer_of(request, session))

    try:
        found = await run_in_threadpool(work)
    except DomainError as error:
        return PlainTextResponse(error.message, status_of(error))
    # A day, not for ever: a page that moderation hides must go from caches too.
    kept = _DAY if found.public else _NEVER
    return _kept(request, found.content, found.media_type, {"cache-control": kept})


async def _marks(request: Request) -> Response:
    """The public marks as a collection, or one page of it."""
    number, asked = int(request.path_params["number"]), request.query_params.get("page")
    page = int(asked) if asked and re.fullmatch(r"\d{1,6}", asked) else None

    def work() -> dict[str, Any]:
        with reading() as session:
            return collection.collection(session, number, settings().public_url, page)

    return await _linked(request, work)


async def _mark(request: Request) -> Response:
    """One public mark."""
    number, one = int(request.path_params["number"]), int(request.path_params["annotation"])

    def work() -> dict[str, Any]:
        with reading() as session:
            return collection.annotation(session, number, one, settings().public_url)

    return await _linked(request, work)


async def _linked(request: Request, work: Any) -> Response:
    """Linked data that any page of any site may read, and no page may change."""

    def told() -> bytes:
        return json.dumps(work(), ensure_ascii=False).encode()

    try:
        content = await run_in_threadpool(told)
    except DomainError as error:
        return PlainTextResponse(error.message, status_of(error), _OPEN)
    return _kept(request, content, MEDIA_TYPE, {"cache-control": "no-cache", **_OPEN})


def _kept(request: Request, content: bytes, kind: str, headers: dict[str, str]) -> Response:
    """Answer with a validator, or that the browser has it already."""
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    headers = {"etag": etag, **headers}
    known = {
        one.strip().removeprefix("W/")
        for one in request.headers.get("if-none-match", "").split(",")
    }
    if etag in known:
        return Response(status_code=304, headers=headers)
    return Response(content, 200, {"content-type": kind, **headers})


routes = [Route(PAGE, _image), Route(MARKS, _marks), Route(MARK, _mark)]
"""Public, unlike what is under `/api`: kept by browsers, open to other sites."""
