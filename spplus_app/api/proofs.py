"""The challenge of a proof of work, for a browser whose gesture was answered « prove it »."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from ..domain.abuse import PROVABLE
from ..domain.errors import NotFound, Refused
from ..domain.roles import Viewer
from ..services import limits
from . import assets
from .answers import answer

_GESTURES = {one.value: one for one in PROVABLE}


def _challenge(request: Request) -> JSONResponse:
    """A challenge as ALTCHA writes it, who solves it, and the wait that stands for it."""
    gesture = _GESTURES.get(str(request.path_params["gesture"]))

    def work(_session: Session, viewer: Viewer) -> dict[str, Any]:
        if gesture is None:
            raise NotFound
        if not viewer.visitor:
            raise Refused("Votre navigateur refuse les cookies nécessaires.")
        return {
            **limits.challenge(viewer, gesture),
            "worker": assets.address("proof-worker.js"),
            "ticket": limits.wait_ticket(viewer, gesture),
        }

    return answer(request, work)


routes = [Route("/api/preuve/{gesture}", _challenge)]
