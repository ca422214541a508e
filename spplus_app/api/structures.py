"""Structures proposed as one types."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from ..domain.roles import Viewer
from ..services import structures
from .answers import answer

QUERY_MAX = 100


def _suggest(request: Request) -> JSONResponse:
    """Structures for ``q``: ``{"results": [{"value", "label", "detail"}], "more"}``."""
    query = request.query_params.get("q", "")[:QUERY_MAX]

    def work(session: Session, _viewer: Viewer) -> dict[str, Any]:
        found = structures.suggest(session, query, limit=9)
        return {
            "results": [
                {"value": one.code, "label": one.label, "detail": one.detail} for one in found[:8]
            ],
            "more": len(found) > 8,
        }

    return answer(request, work)


routes = [Route("/api/structures", _suggest)]
