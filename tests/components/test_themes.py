"""The same pages in the two themes: ours, and the official one with the operator's own folder.

A small folder of ours stands for the official package, which may not enter the project; where
`SPPLUS_DSFR` gives the real one, it is tried too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from scripts import dsfr
from tests import dsfr_package

from . import gallery_site

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("gallery")]

PACKAGES = ["a folder of ours", *(["the operator's folder"] if dsfr_package.OFFICIAL else [])]
MAIN = re.compile(r"<main.*?</main>", re.S)
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module", params=PACKAGES)
def official_site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("official")
    package = (
        dsfr_package.make(folder / "package")
        if request.param == PACKAGES[0]
        else Path(dsfr_package.OFFICIAL)
    )
    (folder / "site").mkdir()
    client = gallery_site.build(folder / "site", THEME="dsfr", DSFR_DIR=str(package))
    dsfr.apply(package, gallery_site.ROOT / "assets", client)
    return client


@pytest.fixture
def official_page(chromium: Browser, official_site: Path) -> Iterator[Page]:
    faults: list[str] = []
    with gallery_site.serve(official_site) as url:
        page = chromium.new_page(viewport={"width": 1280, "height": 800})
        page.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
        page.on("response", lambda r: faults.append(r.url) if r.status >= 400 else None)
        page.goto(url)
        yield page
        page.close()
    assert faults == []


def test_the_official_stylesheet_is_the_one_that_is_worn(official_page: Page) -> None:
    sheets = official_page.locator("link[rel=stylesheet]").evaluate_all(
        "links => links.map(link => new URL(link.href).pathname)"
    )
    assert [sheet for sheet in sheets if not sheet.startswith("/assets/")] == [
        *("/dsfr/dsfr.min.css", "/dsfr/utility/utility.min.css", "/dsfr/complements.css")
    ]
    ground = "getComputedStyle(document.documentElement).getPropertyValue('--surface')"
    official = (
        "getComputedStyle(document.documentElement).getPropertyValue('--background-default-grey')"
    )
    assert official_page.evaluate(ground) == official_page.evaluate(official) != ""
    expect(official_page.locator(".cluster").first).to_have_css("display", "flex")


def test_the_brand_block_is_shown_then_only(
    official_page: Page, official_site: Path, gallery_url: str, chromium: Browser
) -> None:
    expect(official_page.locator(".fr-header__brand .fr-logo")).to_be_visible()
    page = chromium.new_page()
    page.goto(gallery_url)
    expect(page.locator(".fr-header__service")).to_be_visible()
    assert page.locator(".fr-header__brand, .fr-logo").count() == 0
    assert "République" not in page.locator("header").inner_text()
    page.close()


def test_the_content_is_the_same_to_the_letter(
    official_site: Path, gallery_site_folder: Path
) -> None:
    for name in ("index.html", "cadre.html"):
        ours, theirs = (
            MAIN.findall((site / name).read_text("utf-8"))
            for site in (gallery_site_folder, official_site)
        )
        assert len(ours) == 1 and ours == theirs


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_scrolls_sideways(official_page: Page, width: int) -> None:
    official_page.set_viewport_size({"width": width, "height": 800})
    assert official_page.evaluate(OVERFLOW) <= 0


def test_what_unfolds_still_does(official_page: Page) -> None:
    tab = official_page.get_by_role("tab", name="Version d’origine")
    tab.click()
    expect(official_page.get_by_text("Il est procédé à la récupération")).to_be_visible()
    official_page.get_by_role("button", name="délai annoncé").focus()
    expect(official_page.locator("#delai-annonce")).to_be_visible()
    official_page.get_by_role("button", name="Retirer mon expérience").last.click()
    expect(official_page.get_by_role("dialog")).to_be_visible()
