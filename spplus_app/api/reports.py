"""Reporting a published text: a plain HTTP form, with or without a script."""

from __future__ import annotations

import re

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from ..domain.abuse import PROOF, STAMP, TRAP, given
from ..domain.errors import DomainError, Invalid, ProofAsked, TooMany
from ..domain.reports import PAGE
from ..persistence import unit_of_work
from ..services import reported_texts, reports
from ..services.drafts import REFUSAL, TICKET
from ..states.base import number
from .answers import PAGES, fields_of, refused, see_other, viewer_of
from .first_paint.fields import Form
from .first_paint.paint import TRIED

PATH = "/api/signalements"
_NAMES = re.compile(f"texte|numero|raison|mots|{TRAP}|{STAMP}|{PROOF}")


async def _report(request: Request) -> Response:
    """Keep the report that a script sends."""
    fields: dict[str, str] = {}
    try:
        fields = await fields_of(request, names=_NAMES)
        word, ident = fields.get("texte", ""), number(fields.get("numero"))
        await run_in_threadpool(_keep, request, word, ident, fields)
    except DomainError as error:
        return refused(request, error)
    return JSONResponse({"ok": True, "next": f"{PAGE}/{word}-{ident}?envoye=oui"})


def _keep(request: Request, word: str, ident: int, fields: dict[str, str]) -> None:
    kind = reported_texts.kind_of(word)
    reason, said = fields.get("raison", ""), fields.get("mots", "")
    with unit_of_work() as session:
        viewer = viewer_of(request, session)
        reports.report(session, viewer, kind, ident, reason, said, given(fields))


class _Page:
    """The page of the form, which also receives it without a script.

    What is reported is what the address names. Refused, or asked to wait, the form comes back at
    the same address with what was typed: it never travels in an address, which is logged and kept
    by browsers.
    """

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Show the form, or keep the report and say so."""
        page: ASGIApp = scope[PAGES]
        if scope["method"] != "POST":
            await page(scope, receive, send)
            return
        request = Request(scope, receive)
        word, _, ident = request.path_params["text"].partition("-")
        fields: dict[str, str] = {}
        asked = {**scope, "method": "GET", "query_string": b""}
        try:
            fields = await fields_of(request, names=_NAMES)
            await run_in_threadpool(_keep, request, word, number(ident), fields)
        except Invalid as error:
            await page(asked | {TRIED: Form(fields, error.errors)}, receive, send)
        except TooMany as error:
            ticket = error.ticket if isinstance(error, ProofAsked) else ""
            waits = Form({**fields, REFUSAL: error.message, TICKET: ticket})
            await page(asked | {TRIED: waits}, receive, send)
        except DomainError as error:
            await refused(request, error)(scope, receive, send)
        else:
            await see_other(f"{scope['path']}?envoye=oui")(scope, receive, send)


routes = [
    Route(PATH, _report, methods=["POST"]),
    Route(f"{PAGE}/{{text}}", _Page(), methods=["GET", "POST"]),
]
