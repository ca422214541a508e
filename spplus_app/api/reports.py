"""Reporting a published text: a plain HTTP form, with or without a script."""

from __future__ import annotations

import re

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from ..components.words import REPORT_PROBLEMS
from ..domain.abuse import PROOF, STAMP, TRAP, given
from ..domain.errors import DomainError, Invalid, ProofAsked, TooMany
from ..domain.reports import PAGE
from ..persistence import unit_of_work
from ..services import report_drafts, reported_texts, reports
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
LATER = "attente"
"""What the address says of a report that must be sent once more, its words kept."""
_NAMES = re.compile(f"texte|numero|raison|mots|{TRAP}|{STAMP}|{PROOF}")


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
            viewer = viewer_of(request, session)
            reports.report(session, viewer, kind, ident, reason, said, given(fields))

    try:
        await run_in_threadpool(gesture)
    except Invalid as error:
        wrong = next((name for name in REPORT_PROBLEMS if name in error.errors), "")
        if is_fetch(request) or not re.fullmatch("[a-z]+", word) or not wrong:
            return _refused(request, error)
        await run_in_threadpool(_kept, request, fields, "", "")
        return see_other(f"{PAGE}/{word}-{ident}?erreur={wrong}")
    except TooMany as error:
        ticket = error.ticket if isinstance(error, ProofAsked) else ""
        if is_fetch(request) or not await run_in_threadpool(
            _kept, request, fields, error.message, ticket
        ):
            return _refused(request, error)
        return see_other(f"{PAGE}/{word}-{ident}?erreur={LATER}")
    except DomainError as error:
        return _refused(request, error)
    where = f"{PAGE}/{word}-{ident}?envoye=oui"
    return JSONResponse({"ok": True, "next": where}) if is_fetch(request) else see_other(where)


def _kept(request: Request, fields: dict[str, str], message: str, ticket: str) -> bool:
    """Keep for the page that follows what a plain form sent, and why it did not leave."""
    kind = reported_texts.kind_of(fields.get("texte", ""))
    ident = number(fields.get("numero"))
    with unit_of_work() as session:
        viewer = viewer_of(request, session)
        return report_drafts.keep(session, viewer, kind, ident, fields, message, ticket)


def _refused(request: Request, error: DomainError) -> Response:
    if not is_fetch(request):
        return PlainTextResponse(error.message, status_of(error))
    answer = json_error(error)
    if not private_header(request).visitor:
        # The outer layer gives the cookie with this refusal: the script then sends once more.
        answer.headers["x-again"] = "1"
    return answer


routes = [Route(PATH, _report, methods=["POST"])]
