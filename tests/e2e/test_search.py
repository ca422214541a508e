"""Searching, voting and sharing in a browser: with and without a script, offline in the middle."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import looked_at
from tests.e2e.first_answers import Held, Seen
from tests.e2e.looked_at import Scene
from tests.e2e.site import Site, until

Person = Callable[..., Page]


@pytest.fixture(scope="module")
def scene(site: Site) -> Scene:
    """Experiences with and without replies."""
    return site.act(looked_at.write)


def query(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def told(page: Page) -> int:
    """How many experiences the page says it found, once it has counted."""
    words = until(lambda: page.locator(".found").inner_text(), 15, "a number of experiences")
    return int(re.sub(r"\D", "", words) or 0)


def test_words_filters_and_the_way_back(person: Person) -> None:
    page = person()
    page.goto("/experiences")
    every = told(page)
    page.get_by_role("searchbox").fill("dossiers")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=dossiers**")
    expect(page.locator("mark").first).to_be_visible()
    some = told(page)
    assert 0 < some < every
    page.get_by_text("Filtrer les expériences").click()
    page.get_by_label(re.compile("^Négatif")).check()
    page.get_by_role("button", name="Voir les résultats").click()
    page.wait_for_url("**ressenti=negatif**")
    expect(page.get_by_role("link", name=re.compile("Retirer le filtre.*Négatif"))).to_be_visible()
    fewer = told(page)
    assert 0 < fewer <= some
    assert page.locator(".fr-card").count() == min(fewer, 20)
    page.get_by_role("link", name="Les plus proches de vos mots").click()
    page.wait_for_url("**tri=pertinence**")
    assert query(page) == {"q": ["dossiers"], "ressenti": ["negatif"], "tri": ["pertinence"]}
    page.go_back()
    page.go_back()
    expect(page.get_by_role("searchbox")).to_have_value("dossiers")
    expect(page.get_by_role("link", name=re.compile("Retirer le filtre"))).to_have_count(0)
    assert told(page) == some
    page.go_back()
    expect(page.get_by_role("searchbox")).to_have_value("")
    assert told(page) == every


def test_what_is_typed_before_the_scripts_came_stays(person: Person) -> None:
    page = person()
    scripts = Held(page)
    page.goto("/experiences?ressenti=negatif", wait_until="commit")
    page.get_by_role("searchbox").fill("dossier")
    scripts.let_go()
    expect(page.locator("#filtre-reseau option").nth(1)).to_be_attached()
    expect(page.locator("#filtre-ressenti-3")).to_be_checked()
    expect(page.get_by_role("searchbox")).to_have_value("dossier")


def test_an_address_restores_everything(person: Person) -> None:
    page = person()
    page.goto("/experiences?q=dossier&ressenti=negatif&departement=99X&reponse=sans")
    expect(page.get_by_role("searchbox")).to_have_value("dossier")
    page.get_by_text("Filtrer les expériences").click()
    expect(page.get_by_label(re.compile("^Négatif"))).to_be_checked()
    expect(page.get_by_label(re.compile("^Sans réponse"))).to_be_checked()
    page.get_by_role("link", name="Retirer tous les filtres").click()
    expect(page.get_by_role("searchbox")).to_have_value("")


def test_a_service_and_what_depends_on_it(person: Person) -> None:
    page = person()
    page.goto("/experiences")
    page.get_by_text("Filtrer les expériences").click()
    page.get_by_role("combobox", name="Un service précis").fill("prefecture val de brume")
    page.get_by_role("listbox").get_by_role("option").first.click()
    page.wait_for_url("**service=**")
    expect(page.get_by_role("link", name=re.compile("Retirer le filtre"))).to_be_visible()
    assert told(page) > 0
    # The next search stays within that service.
    page.get_by_role("searchbox").fill("permis")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=permis**")
    assert "service" in query(page)


def test_by_keyboard_alone(person: Person) -> None:
    page = person()
    page.goto("/experiences")
    every = told(page)

    def tab_to(css: str) -> None:
        for _ in range(60):
            page.keyboard.press("Tab")
            if page.evaluate("(css) => document.activeElement.matches(css)", css):
                return
        raise AssertionError(f"never reached: {css}")

    tab_to("[name=q]")
    page.keyboard.type("dossier")
    tab_to(".fr-accordion summary")
    page.keyboard.press("Enter")
    tab_to("[name=ressenti]")
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    tab_to(".fr-accordion button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url("**ressenti=negatif**")
    assert query(page)["q"] == ["dossier"]
    expect(page.locator("mark").first).to_be_visible()
    assert 0 < told(page) < every
    # What was found is said to those who do not see it.
    expect(page.locator(".found[role=status]")).to_be_visible()


def test_nothing_found_says_what_to_do(person: Person) -> None:
    page = person(375, 800)
    page.goto("/experiences?q=ornithorynque")
    expect(page.get_by_text("Aucune expérience ne correspond.")).to_be_visible()
    page.get_by_role("link", name="Voir toutes les expériences").click()
    expect(page.locator(".fr-card").first).to_be_visible()


def test_without_a_script_the_same_search(person: Person) -> None:
    page = person(java_script_enabled=False)
    page.goto("/experiences")
    page.get_by_role("searchbox").fill("dossier")
    page.get_by_role("button", name="Rechercher").click()
    expect(page.locator("mark").first).to_be_visible()
    expect(page.get_by_role("searchbox")).to_have_value("dossier")
    page.get_by_text("Filtrer les expériences").click()
    page.get_by_label(re.compile("^Négatif")).check()
    page.get_by_role("button", name="Voir les résultats").click()
    assert query(page)["ressenti"] == ["negatif"] and query(page)["q"] == ["dossier"]
    expect(page.locator("#filtre-ressenti-3")).to_be_checked()
    assert told(page) > 0
    page.locator(".fr-card a").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("heading", name="Réponses")).to_be_visible()


def test_cut_off_in_the_middle_nothing_typed_is_lost(person: Person) -> None:
    page = person()
    page.goto("/experiences")
    told(page)
    page.context.set_offline(True)
    page.get_by_role("searchbox").fill("dossier")
    page.keyboard.press("Enter")
    expect(page.get_by_role("searchbox")).to_have_value("dossier")
    expect(page.locator(".fr-card").first).to_be_visible()
    page.context.set_offline(False)
    expect(page.locator(".connection")).to_be_empty(timeout=20_000)
    if "q=dossier" not in page.url:  # the search waited for the connection, or is sent again
        page.get_by_role("button", name="Rechercher").click()
    page.wait_for_url("**q=dossier**")
    expect(page.locator("mark").first).to_be_visible()


def test_me_too_is_counted_once_and_others_see_it(person: Person, scene: Scene, site: Site) -> None:
    address = scene.path("/experiences/[ident]", "published")
    reader, other = person(), person(375, 800)
    for page in (reader, other):
        page.goto(address)
        expect(page.get_by_role("heading", name="Vous aussi ?")).to_be_visible()
    reader.get_by_role("button", name="J’ai vécu une expérience similaire").click()
    expect(reader.get_by_role("button", name="Retirer ce que j’ai dit")).to_be_visible()
    expect(other.locator("#similaire")).to_contain_text("1 personne dit")
    other.get_by_role("button", name="J’ai vécu une expérience similaire").click()
    expect(reader.locator("#similaire")).to_contain_text("2 personnes disent")
    reader.reload()
    reader.get_by_role("button", name="Retirer ce que j’ai dit").click()
    expect(other.locator("#similaire")).to_contain_text("1 personne dit")


def test_who_came_by_a_click_says_me_too_once_even_twice_pressed(
    person: Person, scene: Scene
) -> None:
    address, page = scene.path("/experiences/[ident]", "published"), person()
    page.goto("/experiences")
    told(page)
    page.context.clear_cookies()
    page.locator(f".fr-card a[href^='{address}-']").first.click()
    page.wait_for_url(f"**{address}-*")
    before = page.locator("#similaire").inner_text()
    page.get_by_role("button", name="J’ai vécu une expérience similaire").dblclick()
    expect(page.get_by_role("button", name="Retirer ce que j’ai dit")).to_be_visible()
    assert before != page.locator("#similaire").inner_text()
    page.get_by_role("button", name="Retirer ce que j’ai dit").click()
    expect(page.get_by_role("button", name="J’ai vécu une expérience similaire")).to_be_visible()
    assert page.locator("#similaire").inner_text() == before


def test_a_vote_cut_off_says_so_and_is_sent_later(person: Person, scene: Scene) -> None:
    page = person()
    page.goto(scene.path("/experiences/[ident]", "published"))
    # Cut off before its own scripts have come, a page is loaded again by the browser.
    Seen(page).taken_over()
    button = page.get_by_role("button", name="J’ai vécu une expérience similaire")
    expect(button).to_be_visible()
    page.context.set_offline(True)
    button.click()
    expect(page.get_by_text("La connexion est coupée")).to_be_visible()
    page.context.set_offline(False)
    button.click()
    expect(page.get_by_role("button", name="Retirer ce que j’ai dit")).to_be_visible()


def test_a_reply_is_judged_once_with_or_without_a_script(person: Person, scene: Scene) -> None:
    address = scene.path("/experiences/[ident]")
    page = person()
    page.goto(address)
    page.get_by_role("button", name="Utile", exact=True).first.click()
    expect(page.get_by_role("button", name="Utile", exact=True).first).to_have_attribute(
        "aria-pressed", "true"
    )
    expect(page.locator(".reply__vote").first).to_contain_text("1 visiteur a donné son avis")
    plain = person(java_script_enabled=False)
    plain.goto(address)
    plain.get_by_role("button", name="Pas utile").first.click()
    expect(plain.locator(".reply__vote").first).to_contain_text("2 visiteurs ont donné leur avis")
    plain.get_by_role("button", name="Utile", exact=True).first.click()
    expect(plain.locator(".reply__vote").first).to_contain_text("utile pour 2")


def test_the_page_is_shared_by_its_own_address(person: Person, scene: Scene, site: Site) -> None:
    page = person()
    page.goto(scene.path("/experiences/[ident]"))
    page.wait_for_url("**/experiences/*-*")
    expect(page.locator("#adresse")).to_have_text(page.url)
    mail = page.get_by_role("link", name="Envoyer par e-mail").get_attribute("href") or ""
    assert mail.startswith("mailto:?subject=") and "experiences" in mail
