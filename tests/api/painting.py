"""A small built site and a browser on the outer layer, in this process."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from spplus_app.api.outer import outer_layer
from spplus_app.components.ui.slot import BEGIN, END
from spplus_app.domain.roles import Role
from spplus_app.persistence import unit_of_work
from spplus_app.persistence.tables import GrantRow, SessionRow
from spplus_app.services import clock, tokens
from tests import factories

PUBLIC = ("/", "/experiences", "/experiences/[ident]", "/documents/[ident]", "/mentions-legales")
DOCUMENTS = ("/documents/signaler", "/documents/suivi", "/documents/verifier")
PRIVATE = ("/suivi", "/connexion", "/partager/formulaire", "/espace/moderation", *DOCUMENTS)
HEAD = (
    '<!DOCTYPE html><html lang="fr"><head><meta charSet="utf-8"/><title>Titre – Services Publics +'
    '</title><meta content="Une phrase." name="description"/>'
    '<meta content="favicon.ico" property="og:image"/></head>'
)
SLOT = f'<div data-first-paint="">{BEGIN}<p class="progress">Un instant</p>{END}</div>'
MENU = (
    '<a aria-current="page" class="fr-nav__link" href="/experiences">Expériences</a>'
    '<a class="fr-nav__link" href="/documents">Documents difficiles</a>'
)
"""As the build writes it: the frame of every page without a file is that of one which has one."""
FRAME = (
    '<body><div class="site"><a href="/experiences/#contenu">Contenu</a>'
    f"<header>Haut{MENU}</header>"
    '<div class="fr-container"><nav aria-label="vous êtes ici\u00a0:"><ol><li>Ici</li></ol></nav>'
    f'</div><main class="page" id="contenu">{SLOT}</main><footer>Bas</footer>'
    "<div>regions</div></div><script>x()</script></body></html>"
)
FALLBACK = (
    '<!DOCTYPE html><html lang="fr"><head><meta charSet="utf-8"/></head>'
    "<body><script>y()</script></body></html>"
)


def build(folder: Path) -> Path:
    """Write the pages that a build makes, small."""
    folder.mkdir(exist_ok=True)
    for name in ("index", "experiences", "connexion", "mot-de-passe-oublie", "partager/formulaire"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / f"{name}.html").write_text(HEAD + FRAME)
    (folder / "mentions-legales.html").write_text(
        HEAD + "<body><main><h1>Mentions</h1></main></body></html>"
    )
    (folder / "__spa-fallback.html").write_text(FALLBACK)
    return folder


async def inside(scope: Scope, receive: Receive, send: Send) -> None:
    """What lies inside: no page of its own, one file."""
    if scope["path"] == "/data.json":
        await PlainTextResponse("rien", 404)(scope, receive, send)
    else:
        known = scope["path"] in {"/suivi", "/suivi/"}
        await HTMLResponse(FALLBACK, 200 if known else 404)(scope, receive, send)


def layer(folder: Path) -> ASGIApp:
    """The outer layer around these pages."""
    return outer_layer(
        acting_paths=("/partager", "/documents/"),
        private_paths=PRIVATE,
        public_paths=PUBLIC,
        html_dir=folder,
    )(inside)


@asynccontextmanager
async def reader(folder: Path, **more: Any) -> AsyncIterator[httpx.AsyncClient]:
    """A browser on the painted site."""
    transport = httpx.ASGITransport(layer(folder), client=("203.0.113.9", 5000))
    async with httpx.AsyncClient(
        transport=transport, base_url="http://localhost:3000", trust_env=False, **more
    ) as client:
        yield client


def moderates(browser: httpx.AsyncClient) -> None:
    """Sign a moderator in, in a browser without any document."""
    with unit_of_work() as session:
        person, now, token = factories.moderator(session).person_id, clock.now(), tokens.new_token()
        row = SessionRow(
            person_id=person, token_hash=tokens.hash_token(token), created_at=now, seen_at=now
        )
        grant = GrantRow(person_id=person, role=Role.MODERATOR.value, created_at=now)
        session.add_all([row, grant])
    browser.cookies.clear()
    browser.cookies.set("spplus-session", token, domain="localhost.local")
