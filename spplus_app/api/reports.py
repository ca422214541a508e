"""Reporting a published text: a plain HTTP form, with or without a script."""

from __future__ import annotations

import re

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from ..components.words import REPORT_PROBLEMS
from ..domain.errors import DomainError, Invalid
from ..domain.reports import PAGE
from ..persistence import unit_of_work
from ..services import reported_texts, reports
from ..states.base import number
from .answers import (
    fields_of,
    is_fetch,
    json_error,
    private_header,
    see_other,
    status_of,
    viewer_of,
)

PATH = "/api/signalements"
_NAMES = re.compile("texte|numero|raison|mots")


async def _report(request: Request) -> Response:
    """Keep a report; a script gets JSON, a plain form goes back to its page, which says so."""
    try:
        fields = await fields_of(request, names=_NAMES)
    except DomainError as error:
        return _refused(request, error)
    word, ident = fields.get("texte", ""), number(fields.get("numero"))

    def gesture() -> None:
        kind = reported_texts.kind_of(word)
        reason, said = fields.get("raison", ""), fields.get("mots", "")
        with unit_of_work() as session:
            reports.report(session, viewer_of(request, session), kind, ident, reason, said)

    try:
        await run_in_threadpool(gesture)
    except Invalid as error:
        wrong = next((name for name in REPORT_PROBLEMS if name in error.errors), "")
        if is_fetch(request) or not re.fullmatch("[a-z]+", word) or not wrong:
            return _refused(request, error)
        return see_other(f"{PAGE}/{word}-{ident}?erreur={wrong}")
    except DomainError as error:
        return _refused(request, error)
    where = f"{PAGE}/{word}-{ident}?envoye=oui"
    return JSONResponse({"ok": True, "next": where}) if is_fetch(request) else see_other(where)


def _refused(request: Request, error: DomainError) -> Response:
    if not is_fetch(request):
        return PlainTextResponse(error.message, status_of(error))
    answer = json_error(error)
    if not private_header(request).visitor:
        # The outer layer gives the cookie with this refusal: the script then sends once more.
        answer.headers["x-again"] = "1"
    return answer


routes = [Route(PATH, _report, methods=["POST"])]
