"""Marks on a document: kept as they are made, by a script (JSON-LD in) or by a plain form."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ..domain.documents.annotations import Why
from ..domain.documents.heat import Heat
from ..domain.documents.json_ld import ANNOTATION_BYTES_MAX, parsed
from ..domain.errors import DomainError, Invalid
from ..domain.roles import Viewer
from ..persistence import unit_of_work
from ..services.documents import distress, marks, others, sentence, texts, view
from ..services.documents.marks import MarkView
from .answers import (
    BadBody,
    answer,
    bounded,
    fields_of,
    is_fetch,
    json_error,
    refused,
    see_other,
    viewer_of,
)

PATH = "/api/marques"
_KINDS = {"application/ld+json", "application/json"}
_NAMES = re.compile("geste|ton|compris|ecrirais|" + "|".join(f"motif-{why.value}" for why in Why))
_NONE = re.compile("(?!)")
_KEY = re.compile(r"(\d{1,9})-(\d{1,15})")

Gesture = Callable[[Session, Viewer], dict[str, Any]]


def _document(request: Request) -> int:
    return int(request.path_params["number"])


def _mark(one: MarkView) -> dict[str, Any]:
    return {
        "id": one.id,
        "uuid": one.uuid,
        "start": one.start,
        "end": one.end,
        "exact": one.exact,
        "tone": one.tone,
        "reasons": one.reasons,
        "understood": one.understood,
        "rewrite": one.rewrite,
        "sent": one.sent,
        "told": one.told,
    }


def _heat(one: Heat) -> dict[str, Any]:
    return {
        "sentence": one.sentence + 1,
        "readers": one.readers,
        "tones": {tone.value: count for tone, count in one.tones},
        "reasons": {why.value: count for why, count in one.reasons},
    }


def _own(request: Request) -> JSONResponse:
    """One's own marks, and the heat of the sentences of a part for whoever may see it."""
    number, asked = _document(request), request.query_params.get("partie", "")
    part = int(asked) if re.fullmatch(r"\d{1,6}", asked) else 0

    def work(session: Session, viewer: Viewer) -> dict[str, Any]:
        moved, read = texts.moved(session, number), view.read(session, number, part)
        within = read.part.sentences if read else range(0)
        found = others.others(session, viewer, number, within)
        mine = marks.own(session, viewer, number)
        return {
            "marks": [_mark(one) for one in mine],
            "open": found.open,
            "sent": found.sent,
            "readers": found.readers,
            "lookers": found.lookers,
            "heat": [_heat(one) for one in found.heat],
            "moved": moved,
            "help": distress.marked(session, viewer, number),
        }

    return answer(request, work)


def _on_sentence(request: Request) -> JSONResponse:
    """Others' marks on a sentence, the next ones after a key."""
    number, at = _document(request), int(request.path_params["sentence"]) - 1
    key = _KEY.fullmatch(request.query_params.get("apres", ""))
    after = (int(key[1]), int(key[2])) if key else None

    def work(session: Session, viewer: Viewer) -> dict[str, Any]:
        page = others.on_sentence(session, viewer, number, at, after)
        shown = [_mark(one) | {"mine": one.mine} for one in page.marks]
        return {"marks": shown, "next": "{}-{}".format(*page.next_key) if page.next_key else ""}

    return answer(request, work)


async def _put(request: Request) -> Response:
    """Keep a mark, or what changed in it: its UUID is in the address, and sends once."""
    number, uuid = _document(request), str(request.path_params["uuid"])
    try:
        kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
        if kind not in _KINDS:
            raise BadBody(415)
        given = parsed(await bounded(request, ANNOTATION_BYTES_MAX))
    except DomainError as error:
        return json_error(error)

    def work(session: Session, viewer: Viewer) -> dict[str, Any]:
        kept = marks.put(session, viewer, number, uuid, given)
        return _mark(kept) | {"help": distress.marked(session, viewer, number)}

    return await _done(request, work)


async def _remove(request: Request) -> Response:
    """Take back a mark."""
    number, uuid = _document(request), str(request.path_params["uuid"])

    def work(session: Session, viewer: Viewer) -> dict[str, Any]:
        marks.remove(session, viewer, number, uuid)
        return {"ok": True}

    return await _empty(request, work)


async def _send(request: Request) -> Response:
    """Make one's marks public."""
    number = _document(request)
    return await _empty(request, lambda s, v: {"sent": marks.send(s, v, number)})


async def _look(request: Request) -> Response:
    """See others' marks without marking."""
    number = _document(request)

    def work(session: Session, viewer: Viewer) -> dict[str, Any]:
        others.look(session, viewer, number)
        return {"ok": True}

    return await _empty(request, work)


async def _plain(request: Request) -> Response:
    """The form of one sentence, without a script: kept, then on to the next sentence."""
    number, at = _document(request), int(request.path_params["sentence"])
    following = at

    def work(session: Session, viewer: Viewer) -> dict[str, Any]:
        nonlocal following
        following = sentence.said(session, viewer, number, at - 1, fields) + 1
        return {"ok": True}

    try:
        fields = await fields_of(request, names=_NAMES)
    except DomainError as error:
        return _refused(request, error)
    return await _done(request, work, lambda: f"/documents/{number}?phrase={following}#marquer")


async def _empty(request: Request, work: Gesture) -> Response:
    """Run a gesture that says nothing more than its address."""
    try:
        await fields_of(request, names=_NONE)
    except DomainError as error:
        return _refused(request, error)
    return await _done(request, work, lambda: f"/documents/{_document(request)}#marquer")


async def _done(
    request: Request, work: Gesture, next_page: Callable[[], str] = lambda: "/"
) -> Response:
    """Run one gesture; a script gets JSON, a plain form goes back to the document."""

    def gesture() -> dict[str, Any]:
        with unit_of_work() as session:
            return work(session, viewer_of(request, session))

    try:
        told = await run_in_threadpool(gesture)
    except DomainError as error:
        return _refused(request, error)
    return JSONResponse(told) if is_fetch(request) else see_other(next_page())


def _refused(request: Request, error: DomainError) -> Response:
    fields = error.errors.values() if isinstance(error, Invalid) else ()
    return refused(request, error, " ".join(fields))


_ONE = PATH + "/{number:int}"

routes = [
    Route(_ONE, _own),
    Route(_ONE + "/phrases/{sentence:int}", _on_sentence),
    Route(_ONE + "/phrases/{sentence:int}", _plain, methods=["POST"]),
    Route(_ONE + "/envoi", _send, methods=["POST"]),
    Route(_ONE + "/regard", _look, methods=["POST"]),
    Route(_ONE + "/{uuid:uuid}", _put, methods=["POST"]),
    Route(_ONE + "/{uuid:uuid}/retrait", _remove, methods=["POST"]),
]
