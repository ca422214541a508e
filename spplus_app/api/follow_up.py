"""The private follow-up link: opened by GET, bound to the browser, and gone from the address."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from ..domain.errors import DomainError
from ..persistence import unit_of_work
from ..services import experiences
from .answers import viewer_of

_PRIVATE = {"cache-control": "no-store", "referrer-policy": "no-referrer"}


async def _open(request: Request) -> Response:
    """Bind the experience to this visitor and lead to an address without the secret.

    Opening twice gives the same answer: mail scanners open links before people do.
    """
    token = str(request.path_params["token"])

    def gesture() -> str:
        with unit_of_work() as session:
            number = experiences.open_link(session, viewer_of(request, session), token)
        return f"/suivi/{number}"

    try:
        where = await run_in_threadpool(gesture)
    except DomainError:
        where = "/suivi?lien=inconnu"
    return RedirectResponse(where, status_code=303, headers=_PRIVATE)


# 43 characters: 256 bits in base64. Anything shorter is the number of an experience: a page.
routes = [Route("/suivi/{token:follow_token}", _open, methods=["GET", "HEAD"])]
