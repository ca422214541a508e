"""What our HTTP routes share: who asks, a bounded body, one place for refusals."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl

from sqlalchemy.orm import Session
from starlette.convertors import Convertor, register_url_convertor
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response

from ..domain.errors import (
    Conflict,
    DomainError,
    Gone,
    Invalid,
    NotFound,
    ProofAsked,
    Refused,
    SignedOut,
    TooMany,
    TooQuick,
)
from ..domain.roles import Viewer
from ..persistence import reading, unit_of_work
from ..services import limits
from ..states.identity import HEADER, PrivateHeader, parse_private_header, resolve

BODY_MAX = 64 * 1024
HEARD_MAX = 1024 * 1024
"""Bytes read of a body that is too long, so that its sender hears why it is refused."""
FIELDS_MAX = 120
PAGES = "spplus.pages"
"""Where the scope of a request keeps what answers with pages."""
INCOMPLETE = "Ce formulaire est incomplet. Rechargez la page, puis recommencez."

_NAME = re.compile(r"\w{1,60}", re.ASCII)
_HALF = re.compile("[\ud800-\udfff]")
"""Half a surrogate pair: JSON can hold one, no text can."""

_STATUSES: tuple[tuple[type[DomainError], int], ...] = (
    (Invalid, 422),
    (SignedOut, 401),
    (Refused, 403),
    (Gone, 410),
    (NotFound, 404),
    (Conflict, 409),
    (TooMany, 429),
)

Work = Callable[[Session, Viewer], dict[str, Any]]


class _FollowToken(Convertor[str]):
    """A secret in a path: 256 bits in base64, 43 characters."""

    regex = "[A-Za-z0-9_-]{43}"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("follow_token", _FollowToken())


class BadBody(DomainError):
    """The body of a request is not one that a form of this site sends."""

    def __init__(self, status: int) -> None:
        super().__init__(INCOMPLETE)
        self.status = status


def private_header(request: Request) -> PrivateHeader:
    """What the outer layer knows of this browser."""
    return parse_private_header(request.headers.get(HEADER, ""))


def viewer_of(request: Request, session: Session | None = None) -> Viewer:
    """Who asks, on the database; in ``session`` where one is open, else in a read of its own."""
    header = private_header(request)
    if session is not None:
        return resolve(session, header)
    with reading() as own:
        return resolve(own, header)


def status_of(error: DomainError) -> int:
    """The HTTP status of a refusal."""
    if isinstance(error, BadBody):
        return error.status
    return next((status for kind, status in _STATUSES if isinstance(error, kind)), 400)


def json_error(error: DomainError) -> JSONResponse:
    """A refusal as JSON: the sentence, that of each field, what the form must bring next time."""
    told: dict[str, Any] = {"message": error.message, "errors": {}}
    if isinstance(error, Invalid):
        told["errors"] = error.errors
    elif isinstance(error, ProofAsked):
        told["proof"] = error.gesture
    elif isinstance(error, TooQuick):
        told["stamp"] = limits.stamp()
    return JSONResponse(told, status_of(error))


def refused(request: Request, error: DomainError, sentence: str = "") -> Response:
    """Tell a refusal: JSON to a script, a ``sentence`` (by default that of the error) otherwise.

    A script whose browser has no cookie yet is asked to send once more: the outer layer gives the
    cookie with this refusal.
    """
    if not is_fetch(request):
        return PlainTextResponse(sentence or error.message, status_of(error))
    told = json_error(error)
    if not private_header(request).visitor:
        told.headers["x-again"] = "1"
    return told


def is_fetch(request: Request) -> bool:
    """Whether a script asks, and wants JSON rather than a page."""
    return "application/json" in request.headers.get("accept", "")


def answer(request: Request, work: Work) -> JSONResponse:
    """Run one read as the viewer of this request; JSON of what it returns, or of its refusal."""
    try:
        with reading() as session:
            return JSONResponse(work(session, viewer_of(request, session)))
    except DomainError as error:
        return json_error(error)


def gesture(request: Request, work: Work) -> JSONResponse:
    """Run one gesture in one transaction; JSON of what it returns, or of its refusal."""
    try:
        with unit_of_work() as session:
            return JSONResponse(work(session, viewer_of(request, session)))
    except DomainError as error:
        return json_error(error)


def see_other(where: str) -> Response:
    """Lead a plain form to the page that follows; ``where`` is one of ours, never a query's."""
    return RedirectResponse(where, status_code=303)


async def fields_of(
    request: Request, longest: int = BODY_MAX, names: re.Pattern[str] = _NAME
) -> dict[str, str]:
    """Return the texts of a form (or of a JSON object), hostile until parsed.

    Raises `BadBody`: 413 past ``longest`` bytes (counted, whatever is announced), 415 for another
    kind of body, 422 for what is no list of ``names`` and texts.
    """
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind not in {"application/x-www-form-urlencoded", "application/json"}:
        raise BadBody(415)
    raw = await bounded(request, longest)
    try:
        text = raw.decode("utf-8")
        found = json.loads(text) if kind == "application/json" else _pairs(text)
    except (ValueError, RecursionError):
        raise BadBody(422) from None
    if not isinstance(found, Mapping) or len(found) > FIELDS_MAX:
        raise BadBody(422)
    if not all(isinstance(value, str) and names.fullmatch(name) for name, value in found.items()):
        raise BadBody(422)
    return dict(found)


def _pairs(text: str) -> dict[str, str]:
    pairs = parse_qsl(
        text, keep_blank_values=True, strict_parsing=bool(text), max_num_fields=FIELDS_MAX
    )
    if len({name for name, _ in pairs}) != len(pairs):
        raise ValueError("a name came twice")
    return dict(pairs)


async def bounded(request: Request, longest: int) -> bytes:
    """Return the body; one that is too long is heard to its end, or hung up on past `HEARD_MAX`.

    A client that is still writing when the answer leaves sees a broken connection, not a sentence.
    """
    body, size = bytearray(), 0
    try:
        async for part in request.stream():
            size += len(part)
            if size <= longest:
                body += part
            elif size > HEARD_MAX:
                break
    except ClientDisconnect:  # nobody is left to hear of it, and nothing is wrong here
        raise BadBody(400) from None
    if size > longest:
        raise BadBody(413)
    return bytes(body)
