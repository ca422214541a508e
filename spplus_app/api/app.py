"""Our own HTTP routes, one list a module, tried before Reflex's."""

from __future__ import annotations

from starlette.routing import Route, Router
from starlette.types import ASGIApp, Receive, Scope, Send

from . import (
    auth,
    deposit,
    document_checks,
    document_files,
    document_work,
    documents,
    drafts,
    follow_up,
    health,
    leaving,
    marks,
    proofs,
    reports,
    rights,
    sitemap,
    structures,
    votes,
)
from .answers import PAGES

ROUTES: tuple[list[Route], ...] = (
    auth.routes,
    deposit.routes,
    document_files.routes,
    document_checks.routes,
    documents.routes,
    document_work.routes,
    drafts.routes,
    follow_up.routes,
    health.routes,
    leaving.routes,
    marks.routes,
    proofs.routes,
    reports.routes,
    rights.routes,
    sitemap.routes,
    structures.routes,
    votes.routes,
)
"""Every list of routes; a new module is added here, and tested by being here."""


def routed(inner: ASGIApp) -> ASGIApp:
    """Return ``inner`` with our routes before it."""
    routes = [route for group in ROUTES for route in group]
    router = Router(routes=routes, default=inner, redirect_slashes=False)

    async def knowing_pages(scope: Scope, receive: Receive, send: Send) -> None:
        scope[PAGES] = inner
        await router(scope, receive, send)

    return knowing_pages
