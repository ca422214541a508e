"""Every page of the table × its states × light, dark × 320, 1280 px: nothing wrong.

The pages come from `routes.ROUTES`: a new one is tested as it opens without being added here; a
new address with an id says in `looked_at.Scene.real` which id opens it. Other states are those of
`page_states`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

from spplus_app.api import cookies
from spplus_app.components.words import DATA_PAGE
from spplus_app.persistence import people
from spplus_app.routes import ROUTES
from spplus_app.services import identity
from tests.e2e import axe, documents, looked_at, steps
from tests.e2e.looked_at import AGENT, AUTHOR, MANAGER, MODERATOR, NOBODY, PROGRAMME, Scene
from tests.e2e.page_states import REASONS, REPLY, SENDING, STATES, State
from tests.e2e.site import Site, until

_STATUS = re.compile(r"status of (\d+)")
Opened = Callable[..., Page]


@pytest.fixture(scope="module")
def scene(site: Site) -> Scene:
    """The people, and what they wrote."""
    made = site.act(looked_at.write)
    made.real |= documents.opened_by(site, made.secrets[AUTHOR])
    for name in looked_at.ACCOUNTS:
        made.secrets[name] = site.act(partial(looked_at.session_of, name=name))
    return made


@pytest.fixture
def opened(site: Site, browser: Browser, scene: Scene) -> Iterator[Opened]:
    """Open a page of the table as somebody; its console holds no error but the statuses allowed."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def open_it(
        path: str,
        who: str = NOBODY,
        name: str = "",
        query: str = "",
        allow: str = "",
        **more: object,
    ) -> Page:
        context = browser.new_context(base_url=site.url, locale="fr-FR", **more)  # type: ignore[arg-type]
        context.set_default_timeout(15_000)
        contexts.append(context)
        if secret := scene.secrets.get(who):
            kind = cookies.VISITOR if who == AUTHOR else cookies.SESSION
            context.add_cookies([{"name": kind, "value": secret, "url": site.url}])

        def listen(message: ConsoleMessage) -> None:
            status = _STATUS.search(message.text)
            if message.type == "error" and not (status and status[1] in allow.split()):
                faults.append(message.text)

        page = context.new_page()
        page.on("console", listen)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(scene.path(path, name) + query)
        if more.get("java_script_enabled", True):
            _ready(page)
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert faults == []


_LIVE = "Object.keys(document.querySelector('header')).some(k => k.startsWith('__react'))"
_ADOPTED = """Object.keys(document.querySelector('h1') ?? {}).some(k => k.startsWith('__react'))
    && [...document.querySelectorAll('spplus-draft, spplus-preview, spplus-receipt')]
        .every(e => e.dataset.ready || e.matches(':not(spplus-draft):has(*)'))"""


def _ready(page: Page) -> None:
    """Wait until the page has its rows, and its forms what was kept."""
    if urlsplit(page.url).path in {
        DATA_PAGE,
        SENDING,
    }:  # the server's own page: nothing takes its place
        until(lambda: page.evaluate(_LIVE), what=f"{page.url} to come to life")
        return
    expect(page.locator("[data-first-paint], #first-paint")).to_have_count(0)
    expect(page.locator("h1")).to_be_visible()
    if page.locator("spplus-checking").count():  # what it holds is the server's own
        until(lambda: page.evaluate(_LIVE), what=f"{page.url} to come to life")
        return
    expect(page.locator("main .progress")).to_have_count(0)
    # The policy of the page forbids what Playwright's own waiting needs (eval).
    until(lambda: page.evaluate(_ADOPTED), what=f"{page.url} to come to life")


def who_opens(path: str) -> str:
    """Who sees something at this address."""
    if path == REASONS:
        return PROGRAMME
    if path.startswith("/espace/moderation"):
        return MODERATOR
    if path.startswith("/espace/"):
        return AGENT
    return AUTHOR


@pytest.mark.parametrize("path", [route.path for route in ROUTES])
def test_as_it_opens(opened: Opened, path: str) -> None:
    page = opened(path, who_opens(path))
    assert axe.faults(page) == []
    expect(page.locator(".connection")).to_be_empty()


@pytest.mark.parametrize("state", STATES, ids=lambda state: f"{state.path} {state.name}")
def test_in_another_state(opened: Opened, state: State) -> None:
    page = opened(state.path, state.who, state.real, state.query, state.allow)
    state.act(page)
    assert axe.faults(page) == []


def test_a_session_that_ends_is_asked_for_again(site: Site, opened: Opened) -> None:
    page = opened(REPLY, MANAGER, allow="401")
    person = steps.account(MANAGER).email

    def over(session):  # type: ignore[no-untyped-def]
        identity.sign_out_everywhere(session, people.by_email(session, person).id)

    site.act(over)
    page.get_by_label("Votre réponse").fill("Bonjour,")
    expect(page.get_by_role("dialog", name="Votre session a pris fin")).to_be_visible()
    assert axe.faults(page) == []


def test_titles_say_where_one_is(opened: Opened, scene: Scene) -> None:
    """No two pages of the table have the same title."""
    titles: dict[str, str] = {}
    for who in (AUTHOR, MODERATOR, PROGRAMME, AGENT):
        # These lead to another page, whose title they then have: without a whole draft the last
        # step, and with scripts the form for those who have none.
        elsewhere = {"/partager/verification", "/partager/formulaire"}
        paths = [
            route.path
            for route in ROUTES
            if who_opens(route.path) == who and route.path not in elsewhere
        ]
        page = opened(paths[0], who)
        for path in paths:
            page.goto(scene.path(path))
            _ready(page)
            other = titles.setdefault(page.title(), path)
            assert other == path, f"{path} and {other} have the same title"


@pytest.mark.parametrize("path", [route.path for route in ROUTES])
def test_enlarged(opened: Opened, path: str) -> None:
    """320 × 256 px, text at 200 %, WCAG text spacing: nothing cut, nothing to scroll sideways."""
    page = opened(path, who_opens(path))
    found = []
    for width, height, css in (
        (320, 256, ""),
        (320, 256, axe.TEXT_SPACING),
        (1280, 800, axe.TEXT_SPACING),
        (1280, 800, axe.TWICE),
        (640, 512, axe.TWICE),
    ):
        axe.look(page, width, "light", height)
        axe.styled(page, css)
        where = f"{width} × {height} {css[:30]}"
        found += [f"{where}: cut: {one}" for one in axe.cut(page)]
        if wider := axe.overflow(page):
            found.append(f"{where}: {wider} px too wide")
    assert found == []


@pytest.mark.parametrize("path", [route.path for route in ROUTES if "[" not in route.path])
def test_without_javascript(opened: Opened, path: str) -> None:
    """The page names itself, and says in French what needs JavaScript."""
    page = opened(path, java_script_enabled=False)
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    notice = page.locator("noscript .fr-notice")
    expect(notice).to_be_visible()
    expect(notice).to_contain_text("JavaScript est désactivé")
    tell = notice.get_by_role("link", name="raconter votre expérience")
    expect(tell).to_have_attribute("href", "/partager/formulaire")
    menu = page.get_by_role("navigation", name="Menu principal")
    expect(menu.get_by_role("link", name="Expériences")).to_be_visible()
    expect(page.get_by_role("button", name="Menu", exact=True)).to_be_hidden()


@pytest.mark.parametrize("path", ["/", "/partager/service", "/espace/reponses"])
def test_forced_colours_and_still_pictures(opened: Opened, path: str) -> None:
    page = opened(path, who_opens(path), forced_colors="active", reduced_motion="reduce")
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    shapes = page.locator("main :is(.fr-badge, .fr-btn, .fr-input, .fr-card)").filter(visible=True)
    for shape in shapes.all():
        expect(shape).to_have_css("border-top-style", "solid")
    page.locator("main :is(.fr-btn, .fr-tag)").filter(visible=True).first.hover()
    assert page.evaluate("document.getAnimations().length") == 0
    assert axe.overflow(page) == 0
