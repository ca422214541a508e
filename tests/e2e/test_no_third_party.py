"""No page asks anything of anyone else: every page of the table, by those who may open it."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Request

from spplus_app.routes import ROUTES
from tests.e2e import looked_at
from tests.e2e.cast import SESSION, VISITOR
from tests.e2e.looked_at import AGENT, AUTHOR, MODERATOR, NOBODY
from tests.e2e.site import ROOT, Site

_LOADS = (
    re.compile(r"@import|url\(\s*['\"]?(?:https?:)?//"),
    re.compile(r"(?:fetch|import|importScripts|EventSource|WebSocket|Worker)\(\s*['\"`]https?:"),
    re.compile(r"\bsendBeacon\(|\.src\s*=\s*['\"`]https?:"),
)
"""How a stylesheet or a script loads something from elsewhere."""


@pytest.fixture(scope="module")
def secrets(site: Site) -> dict[str, str]:
    """The people who open the pages, and the scene they open."""
    scene = site.act(looked_at.write)
    found = {AUTHOR: scene.secrets[AUTHOR]}
    for name in (MODERATOR, AGENT):
        found[name] = site.act(lambda session, name=name: looked_at.session_of(session, name))
    found |= {path: scene.path(path) for path in scene.real}
    return found


def _who(path: str) -> str:
    if path.startswith("/espace/moderation"):
        return MODERATOR
    if path.startswith("/espace"):
        return AGENT
    return AUTHOR if path.startswith(("/suivi", "/partager", "/documents")) else NOBODY


@pytest.mark.parametrize("path", [route.path for route in ROUTES])
def test_a_page_asks_only_this_site(
    site: Site, browser: Browser, secrets: dict[str, str], path: str
) -> None:
    context = browser.new_context(base_url=site.url, locale="fr-FR")
    who = _who(path)
    if who != NOBODY:
        name = VISITOR if who == AUTHOR else SESSION
        cookie = {"name": name, "value": secrets[who], "url": site.url}
        context.add_cookies([cookie])  # type: ignore[list-item]
    asked: list[str] = []

    def noted(request: Request) -> None:
        asked.append(request.url)

    context.on("request", noted)
    page = context.new_page()
    page.on("websocket", lambda socket: asked.append(socket.url))
    page.goto(secrets.get(path, path))
    page.wait_for_load_state("networkidle")
    context.close()
    own = urlsplit(site.url).netloc
    hosts = {urlsplit(url).netloc for url in asked if not url.startswith(("data:", "blob:"))}
    assert hosts == {own}
    assert len(asked) > 3


def test_no_stylesheet_or_script_of_ours_loads_from_elsewhere() -> None:
    files = [*(ROOT / "assets").glob("*.css"), *(ROOT / "assets").glob("*.js")]
    files += list((ROOT / "spplus_app").rglob("*.jsx"))
    assert len(files) >= 4
    for path in files:
        text = path.read_text("utf-8")
        assert not [found[0] for shape in _LOADS for found in shape.finditer(text)], path.name
