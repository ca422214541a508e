"""Public pages as a robot reads them, as a person without JavaScript does, and as React takes over.

The pages come from `routes.public_paths()`: a new one is tested by being there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import httpx
import pytest
from playwright.sync_api import Browser, expect

from spplus_app.routes import public_paths
from tests.e2e import looked_at
from tests.e2e.first_answers import Held, seeing
from tests.e2e.looked_at import Scene
from tests.e2e.site import Site

READ = [path for path in public_paths() if not path.startswith("/partager/")]
"""The pages one reads; the steps of the form are the author's own."""
MISSING = ("/experiences/999999", "/rien-ici")
SENT = "/mot-de-passe-oublie?envoye=oui"


@pytest.fixture(scope="module")
def scene(site: Site) -> Scene:
    """Experiences with and without replies."""
    return site.act(looked_at.write)


@pytest.fixture(scope="module")
def robot(site: Site) -> Iterator[httpx.Client]:
    """A client that runs no script."""
    with httpx.Client(base_url=site.url, trust_env=False, timeout=20) as client:
        yield client


@pytest.fixture(scope="module")
def where(scene: Scene, robot: httpx.Client) -> Callable[[str], str]:
    """The address of a page of the table, the one it moves to where it moves."""

    def found(path: str) -> str:
        answer = robot.get(scene.path(path))
        return str(answer.headers["location"]) if answer.is_redirect else scene.path(path)

    return found


@pytest.mark.parametrize("path", public_paths())
def test_a_robot_reads_every_public_page(
    robot: httpx.Client, where: Callable[[str], str], path: str
) -> None:
    address = where(path)
    answer = robot.get(address)
    assert answer.status_code == 200
    head, body = answer.text.split("</head>")
    assert head.count("<title>") == head.count('name="description"') == 1
    assert f'rel="canonical" href="{robot.base_url.copy_with(path=address)}"' in head
    for name in ("title", "description", "url", "image", "type", "site_name", "locale"):
        assert head.count(f'property="og:{name}"') == 1
    assert "ld+json" not in answer.text, "nothing is told to engines by a demonstration"
    assert body.count("<h1") == 1 and body.count("<main") == 1
    links = set(re.findall(r'<a [^>]*href="(/[^"#?]*)', body))
    assert {"/", "/experiences", "/mentions-legales"} <= links
    again = robot.get(address, headers={"if-none-match": answer.headers["etag"]})
    assert again.status_code == 304 and not again.content


def test_links_of_the_first_answers_lead_somewhere(
    robot: httpx.Client, where: Callable[[str], str]
) -> None:
    found = {
        link
        for path in READ
        for link in re.findall(r'href="(/[^"#]*)"', robot.get(where(path)).text)
    }
    assert len(found) > 20
    for link in sorted(found):
        answer = robot.get(link.replace("&amp;", "&"), follow_redirects=True)
        assert answer.status_code == 200, link


@pytest.mark.parametrize("path", MISSING)
def test_what_does_not_exist_says_so_to_robots(robot: httpx.Client, path: str) -> None:
    answer = robot.get(path)
    assert answer.status_code == 404 and answer.text.count("<h1") == 1


def test_an_old_slug_moves_to_the_address(robot: httpx.Client, where: Callable[[str], str]) -> None:
    address = where("/experiences/[ident]")
    number = address.rsplit("/", 1)[1].split("-")[0]
    answer = robot.get(f"/experiences/{number}-un-ancien-titre")
    assert (answer.status_code, answer.headers["location"]) == (301, address)


@pytest.mark.parametrize("path", [*READ, *MISSING, SENT])
@pytest.mark.parametrize("width", [375, 1280])
def test_react_takes_over_without_anyone_seeing(
    site: Site, browser: Browser, where: Callable[[str], str], path: str, width: int
) -> None:
    address = where(path) if path in READ else path
    with seeing(browser, site.url, width=width, java_script_enabled=False) as plain:
        plain.page.goto(address)
        painted, title, current = plain.outline(), plain.page.title(), plain.current()
        expect(plain.page.locator("h1")).to_have_count(1)
        expect(plain.page.locator("h1")).to_be_visible()
        expect(plain.page.locator("main .progress")).to_have_count(0)
    with seeing(browser, site.url, width=width, slow=True) as living:
        living.page.goto(address)
        living.taken_over()
        assert living.outline() == painted
        assert (living.page.title(), living.current()) == (title, current)
        assert living.number("window.shifts.reduce((a, b) => a + b, 0)") < 0.02
        assert living.number("window.bare") == 0, "a frame showed less than the first paint"
        assert living.number("window.both") == 0, "a frame showed the content twice"
        expected = 1 if path in MISSING else 0  # the browser's own word on the status
        assert len(living.complaints) == expected, living.complaints


def test_the_head_does_not_tell_of_the_page_that_was_left(
    site: Site, browser: Browser, where: Callable[[str], str]
) -> None:
    with seeing(browser, site.url) as seen:
        seen.page.goto(where("/experiences/[ident]"))
        seen.taken_over()
        expect(seen.page.locator("link[rel=canonical]")).to_have_count(1)
        menu = seen.page.get_by_role("navigation", name="Menu principal")
        menu.get_by_role("link", name="Expériences").click()
        expect(seen.page.get_by_role("heading", level=1)).to_have_text("Expériences")
        expect(seen.page.locator("link[rel=canonical]")).to_have_count(0)


@pytest.mark.parametrize("path", ["/experiences", "/experiences/[ident]"])
def test_a_link_that_has_the_focus_keeps_it(
    site: Site, browser: Browser, where: Callable[[str], str], path: str
) -> None:
    with seeing(browser, site.url, slow=True) as seen:
        scripts = Held(seen.page)
        seen.page.goto(where(path), wait_until="commit")
        expect(seen.page.locator("main a").first).to_be_visible()
        seen.page.locator("main a").first.focus()
        words = seen.page.evaluate("document.activeElement.textContent")
        scripts.let_go()
        seen.taken_over()
        assert seen.page.evaluate("document.activeElement.textContent") == words
        assert seen.page.evaluate("document.activeElement.closest('body > .site') !== null")


def test_the_content_stays_where_the_server_does_not_answer(
    site: Site, browser: Browser, where: Callable[[str], str]
) -> None:
    with seeing(browser, site.url) as seen:
        seen.page.route_web_socket("**/_event/**", lambda socket: socket.close())
        for path in ("/experiences", "/experiences/[ident]"):
            seen.page.goto(where(path))
            painted = seen.outline()
            seen.page.wait_for_timeout(1500)  # nothing to wait for: nothing must happen
            assert seen.outline() == painted
            expect(seen.page.locator("main").first).to_be_visible()


def test_a_network_cut_before_the_scripts_came_is_told_and_nothing_is_broken(
    site: Site, browser: Browser
) -> None:
    with seeing(browser, site.url) as seen:
        scripts = Held(seen.page)
        seen.page.goto("/experiences", wait_until="commit")
        told = seen.page.locator("spplus-offline")
        told.evaluate("(node) => { node.innerHTML = '<p>Connexion coupée</p>'; }")
        scripts.let_go()
        seen.taken_over()
        # Only once React is there does the element follow the network again.
        seen.page.evaluate("dispatchEvent(new Event('online'))")
        expect(told).to_be_empty()
        assert seen.complaints == []
