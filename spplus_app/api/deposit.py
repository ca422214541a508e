"""Telling an experience by a plain form: kept as typed first, judged on the page that follows."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ..domain.abuse import PROOF, TRAP, Given, given
from ..domain.drafts import Step
from ..domain.errors import Conflict, DomainError, Invalid, ProofAsked, Refused, TooMany
from ..domain.roles import Viewer
from ..domain.structures import CODE_PATTERN
from ..domain.values import CHANNEL_FIELDS, TAG_FIELDS
from ..persistence import unit_of_work
from ..services import drafts, experiences
from .answers import BadBody, fields_of, is_fetch, json_error, private_header, see_other, viewer_of
from .first_paint.plain_form import CHECK, LATER, PAGE, RECEIPT, SEARCH_MAX, WRONG

Work = Callable[[Session, Viewer], Any]

BODY_MAX = 256 * 1024
"""8 000 characters may take 12 bytes each once written for a form."""

_FIELDS = (
    *("uuid", "geste", "q", "choix", "outside", "ressenti", "posted_as", "title", "narrative"),
    *(*TAG_FIELDS.values(), "department", "country", "pseudonym", "email", TRAP, PROOF),
)
_NAMES = re.compile(
    f"{'|'.join(_FIELDS)}|(?:use|felt)-{CODE_PATTERN}-(?:{'|'.join(CHANNEL_FIELDS.values())})"
)


async def _told(request: Request) -> Response:
    """Keep what was typed, do what the button says, lead to the page that shows it."""
    try:
        fields = await fields_of(request, BODY_MAX, _NAMES)
    except BadBody as error:
        if is_fetch(request):
            return json_error(error)
        return see_other(f"{PAGE}?refus={'long' if error.status == 413 else 'formulaire'}")
    where = await run_in_threadpool(_act, request, fields)
    return JSONResponse({"ok": True, "next": where}) if is_fetch(request) else see_other(where)


def _act(request: Request, fields: dict[str, str]) -> str:
    """Run the gestures of one sending; return the address of the page that follows."""
    gesture, uuid = fields.get("geste", ""), fields.get("uuid", "")
    if gesture == "envoyer":
        return _send(request, uuid, given(fields)) or RECEIPT
    if gesture == "effacer":
        return _try(request, drafts.erase) or PAGE
    refused = _keep(request, uuid, fields)
    code = gesture.removeprefix("retirer-")
    if not refused and code != gesture:
        refused = _try(request, lambda s, v: drafts.unchoose(s, v, code))
    elif not refused and (picked := fields.get("choix", "")):
        refused = _try(request, lambda s, v: drafts.choose(s, v, uuid, picked))
    if refused:
        return refused
    if gesture == "chercher":
        return f"{PAGE}?q={quote(fields.get('q', '')[:SEARCH_MAX])}#services"
    # The last look leads back to the form with what is wrong, when something is.
    return CHECK if gesture == "verifier" else f"{PAGE}#services"


def _keep(request: Request, uuid: str, fields: dict[str, str]) -> str:
    """Keep each part as typed, in a transaction of its own: one too long loses no other."""
    parts: list[Work] = [
        lambda s, v: drafts.save_services(s, v, uuid, fields),
        lambda s, v: drafts.save_fields(s, v, uuid, Step.AUTHOR, fields),
        lambda s, v: drafts.save_fields(s, v, uuid, Step.STORY, fields),
    ]
    if given(fields).automatic:
        parts.insert(0, lambda s, v: drafts.note_trap(s, v, uuid))
    refusals = [_try(request, part) for part in parts]
    return next((refusal for refusal in refusals if refusal), "")


def _send(request: Request, uuid: str, besides: Given) -> str:
    """Send the draft; one that must be sent once more stays, and its page says why and when."""

    def send(session: Session, viewer: Viewer) -> None:
        experiences.send(session, viewer, uuid, besides)

    try:
        return _try(request, send)
    except TooMany as error:
        message, ticket = error.message, error.ticket if isinstance(error, ProofAsked) else ""
    noted = _try(request, lambda s, v: drafts.note_refusal(s, v, uuid, message, ticket))
    return noted or f"{CHECK}&refus={LATER}"


def _try(request: Request, work: Work) -> str:
    """Run one gesture; return the address that tells its refusal, empty when it was done.

    Raises `TooMany`: what was refused for a time only is told by its own words.
    """
    try:
        with unit_of_work() as session:
            work(session, viewer_of(request, session))
    except TooMany:
        raise
    except DomainError as error:
        code = _code(error, cookie=bool(private_header(request).visitor))
        return f"{PAGE}?refus={code}" if code else WRONG
    return ""


def _code(error: DomainError, *, cookie: bool) -> str:
    """The code of a refusal (`plain_form.REFUSALS`); empty for fields that the form shows."""
    if isinstance(error, Conflict):
        return "envoyee"
    if isinstance(error, Refused):
        return "agent" if cookie else "cookies"
    if isinstance(error, Invalid) and len(error.errors) == 1:
        known = {"uuid": "brouillon", "service": "service", "narrative": "long"}
        return known.get(next(iter(error.errors)), "")
    return "" if isinstance(error, Invalid) else "formulaire"


routes = [Route("/api/partager", _told, methods=["POST"])]
