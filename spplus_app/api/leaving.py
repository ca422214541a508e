"""A text before it leaves: shown to who wrote it as everyone will read it, and never kept."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from ..domain.errors import DomainError
from ..domain.roles import Viewer
from ..services import answers_back, moderation, replies
from ..services.masking import Leaving
from ..services.reading import paragraphs
from ..states.base import number
from .answers import answer, fields_of, json_error
from .deposit import BODY_MAX

Look = Callable[[Session, Viewer, int, dict[str, str]], Leaving]

_FIELDS = re.compile(
    "uuid|intent|version|reply|structure|politeness|kept|seen"
    "|answer|text|signature|title|narrative|pseudonym|note"
)


def _route(path: str, look: Look) -> Route:
    async def shown(request: Request) -> JSONResponse:
        """What was found, and the text with plain words in its place."""
        try:
            fields = await fields_of(request, BODY_MAX, _FIELDS)
        except DomainError as error:
            return json_error(error)
        ident = int(request.path_params["number"])
        return await run_in_threadpool(
            answer, request, lambda s, v: _told(look(s, v, ident, fields))
        )

    return Route(path, shown, methods=["POST"])


def _told(found: Leaving) -> dict[str, Any]:
    return {
        "found": [asdict(one) for one in found.pieces],
        "masks": sorted({one.word for one in found.pieces if not one.kept and one.word[0] == "["}),
        "paragraphs": [part for text in found.texts.values() for part in paragraphs(text)],
        "seal": found.seal,
    }


def _answer_back(s: Session, v: Viewer, _number: int, fields: dict[str, str]) -> Leaving:
    return answers_back.look_over(s, v, number(fields.get("reply")), fields)


routes = [
    _route("/api/suivi/{number:int}/relecture", _answer_back),
    _route("/api/reponses/{number:int}/relecture", replies.look_over),
    _route("/api/moderation/{number:int}/relecture", moderation.look_over),
]
