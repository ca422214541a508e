"""The gallery in a real browser: accessible, on a phone as on a desk, light and dark."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from .conftest import OpenPage

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("gallery")]

SPACING = (
    "* { line-height: 1.5 !important; letter-spacing: .12em !important;"
    " word-spacing: .16em !important } p { margin-bottom: 2em !important }"
)
SMALL = """() => [...document.querySelectorAll(
    'button, .fr-btn, .fr-nav__link, .fr-footer__link, .fr-input, .fr-select, select, summary,'
    + ' .fr-radio-group > label, .fr-checkbox-group > label, a.fr-tag, .queue__item')]
  .filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 43.9)
  .map(e => e.outerHTML.slice(0, 120))"""


def violations(page: Page) -> list[str]:
    """The faults axe finds, one line each with the first node."""
    found = Axe().run(page).response["violations"]
    return [f"{v['id']}: {v['help']}: {v['nodes'][0]['html'][:200]}" for v in found]


def overflow(page: Page) -> int:
    """How many pixels the page is wider than the window."""
    return page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )


@pytest.mark.parametrize("path", ["/", "/cadre"])
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_accessible(open_page: OpenPage, path: str, width: int, theme: str) -> None:
    page = open_page(path, width=width, theme=theme)
    assert violations(page) == []
    assert overflow(page) == 0
    assert page.evaluate(SMALL) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_accessible_when_open(open_page: OpenPage, theme: str) -> None:
    page = open_page(theme=theme, width=375)
    page.get_by_role("button", name="Menu", exact=True).click()
    page.locator(".fr-header .appearance summary").click()
    assert violations(page) == []
    page.locator("#structure").fill("gard")
    expect(page.locator("#structure-list [role=option]")).to_have_count(2)
    page.keyboard.press("ArrowDown")
    assert violations(page) == []
    page.get_by_role("button", name="Retirer mon expérience").last.click()
    assert violations(page) == []


@pytest.mark.parametrize("path", ["/", "/cadre"])
def test_reflow(open_page: OpenPage, path: str) -> None:
    """At 320 × 256, with text at 200 %, with spaced text: nothing scrolls sideways."""
    page = open_page(path, width=320, height=256)
    page.add_style_tag(content=SPACING)
    assert overflow(page) == 0
    wide = open_page(path, width=1280)
    wide.add_style_tag(content="html { font-size: 200% !important }")
    assert overflow(wide) == 0


def test_without_script_the_page_is_whole(open_page: OpenPage) -> None:
    page = open_page("/cadre", width=375, java_script_enabled=False)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("link", name="Expériences")).to_be_visible()
    expect(page.get_by_role("button", name="Menu", exact=True)).to_be_hidden()


def test_forced_colours_keep_the_shapes(open_page: OpenPage) -> None:
    page = open_page(forced_colors="active")
    border = "getComputedStyle(document.querySelector('.fr-badge')).borderTopStyle"
    assert page.evaluate(border) == "solid"


def test_landmarks_in_their_order(open_page: OpenPage) -> None:
    page = open_page("/cadre")
    order = page.evaluate(
        """() => [...document.querySelectorAll('header, .fr-breadcrumb, main, footer')]
        .map(e => e.localName)"""
    )
    assert order == ["header", "nav", "main", "footer"]
    assert page.locator("main .fr-breadcrumb").count() == 0


@pytest.mark.parametrize("path", ["/", "/cadre"])
def test_no_identifier_twice(open_page: OpenPage, path: str) -> None:
    twice = open_page(path).evaluate(
        """() => [...document.querySelectorAll('[id]')].map(e => e.id)
        .filter((id, rank, all) => all.indexOf(id) !== rank)"""
    )
    assert twice == []
