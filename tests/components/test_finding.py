"""Search, filters, pages of a list: native controls, the same with and without the script."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlparse

import pytest
import reflex as rx
from playwright.sync_api import Page, expect

from spplus_app.components import ui

from .conftest import OpenPage

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("gallery")]


def answered(page: Page) -> None:
    """Answer the address of the list, which the gallery does not have."""
    page.route("**/experiences?*", lambda route: route.fulfill(body="La liste"))


def asked(page: Page) -> list[tuple[str, str]]:
    """What the address asks, once the list has answered."""
    expect(page.get_by_text("La liste")).to_be_visible()
    return parse_qsl(urlparse(page.url).query, keep_blank_values=True)


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_search_by_keyboard(open_page: OpenPage, script: bool) -> None:
    page = open_page(java_script_enabled=script)
    answered(page)
    field = page.get_by_role("searchbox", name="Mots recherchés").first
    field.fill("impôts & crèche")
    field.press("Enter")
    assert asked(page) == [("q", "impôts & crèche")]


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_filters_are_sent_in_the_address(open_page: OpenPage, script: bool) -> None:
    page = open_page(java_script_enabled=script)
    answered(page)
    form = page.get_by_role("search", name="Filtrer les expériences")
    expect(form.get_by_label("Négatif\u00a0(3\u00a0335)")).to_be_checked()
    expect(form.get_by_label("Accueil\u00a0(1\u00a0204)")).to_be_checked()
    form.get_by_label("Positif\u00a0(8\u00a0214)").check()
    form.get_by_label("Téléphone\u00a0(987)").check()
    form.get_by_role("button", name="Afficher les résultats").click()
    assert asked(page) == [
        ("q", "carte d’identité"),
        ("ressenti", "Positif"),
        ("canal", "accueil"),
        ("canal", "telephone"),
    ]


def test_a_filter_shows_what_the_address_holds(open_page: OpenPage) -> None:
    page = open_page()
    expect(page.locator("select[name=dep]")).to_have_value("30")
    chosen = page.locator("select[name=dep] option:checked")
    expect(chosen).to_have_text("30 – Gard (1\u00a0234)")
    expect(page.get_by_label("34 – Hérault")).to_be_checked()
    expect(page.locator("input[name=deps][value='30']")).not_to_be_checked()


def test_a_filter_is_taken_away_by_a_link_that_says_so(open_page: OpenPage) -> None:
    page = open_page()
    chosen = page.get_by_role("list", name="Filtres choisis")
    expect(chosen.get_by_role("listitem")).to_have_count(4)
    name = "Retirer le filtre\u00a0: Ressenti\u00a0: Négatif"
    expect(chosen.get_by_role("link", name=name)).to_be_visible()
    expect(chosen.get_by_role("link", name="Retirer tous les filtres")).to_be_visible()


def test_no_filter_shows_nothing() -> None:
    assert "Filtres choisis" not in str(ui.active_filters(()))


def test_found_words_are_marked_in_weight_too(open_page: OpenPage) -> None:
    page = open_page()
    mark = page.locator("mark").first
    expect(mark).to_have_text("rendez-vous")
    assert int(mark.evaluate("e => getComputedStyle(e).fontWeight")) >= 600
    around = page.locator(".marked").first
    expect(around).to_contain_text("J’ai demandé un rendez-vous pour ma carte d’identité.")


def test_marks_keep_their_ground_in_forced_colours(open_page: OpenPage) -> None:
    page = open_page(forced_colors="active")
    seen = page.locator("mark").first.evaluate(
        "e => [getComputedStyle(e).backgroundColor, getComputedStyle(e.parentElement)"
        ".backgroundColor]"
    )
    assert seen[0] != seen[1]


def test_pages_of_a_list(open_page: OpenPage) -> None:
    page = open_page()
    middle = page.get_by_role("navigation", name="Pages du milieu")
    names = middle.get_by_role("link").all_inner_texts()
    assert names == ["Au début", "Page précédente", "Page suivante"]
    first = page.get_by_role("navigation", name="Première page")
    assert first.get_by_role("link").all_inner_texts() == ["Page suivante"]
    numbered = page.get_by_role("navigation", name="Pages numérotées")
    expect(numbered.locator("[aria-current=page]")).to_have_text("Page 2")


def test_a_single_page_has_no_navigation() -> None:
    assert str(ui.pagination()) == str(rx.fragment())


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_accordion_by_keyboard(open_page: OpenPage, script: bool) -> None:
    page = open_page(java_script_enabled=script)
    answer = page.get_by_text("Chaque service annonce son délai.")
    expect(answer).to_be_hidden()
    page.locator("summary", has_text="Combien de temps").press("Enter")
    expect(answer).to_be_visible()
    expect(page.get_by_text("Une personne relit votre texte.")).to_be_visible()


def test_a_tile_is_one_link_and_can_be_clicked_anywhere(open_page: OpenPage) -> None:
    page = open_page()
    tile = page.locator(".fr-tile", has_text="Je suis mon expérience")
    expect(tile.get_by_role("link")).to_have_count(1)
    page.evaluate(
        """document.addEventListener('click', (event) => {
          window.hit = event.target.closest('a')?.textContent; event.preventDefault(); }, true)"""
    )
    tile.locator(".fr-tile__detail").click(force=True)
    assert page.evaluate("hit") == "Je suis mon expérience"
