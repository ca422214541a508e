"""The programme, the home page and the pages of information, in a browser."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from spplus_app.api import cookies
from spplus_app.pages.information.cookies import KEPT_IN_BROWSER
from spplus_app.persistence.figures import kept
from spplus_app.services import figures
from tests.e2e.conftest import Person
from tests.e2e.site import Site, until

KEPT = "[...Object.keys(localStorage), ...Object.keys(sessionStorage)]"


def test_the_programme_tells_commitments_and_figures(person: Person) -> None:
    page = person()
    page.goto("/programme")
    wordings = page.locator(".commitments > li")
    expect(wordings).to_have_count(7)
    expect(wordings.nth(3)).to_have_text("Votre demande est traitée dans les délais annoncés")
    assert [one.get_attribute("value") for one in wordings.all()] == list("1234567")
    expect(
        page.get_by_text("Le huitième engagement porte sur l’éco-responsabilité")
    ).to_be_visible()
    expect(page.locator(".figures dt")).to_have_count(4)
    expect(page.locator("main .fr-btn:not(.fr-btn--secondary, .fr-btn--tertiary)")).to_have_count(1)


def test_figures_counted_again_are_seen_without_reloading(person: Person, site: Site) -> None:
    page = person()
    page.goto("/programme")
    expect(page.locator(".figures dt")).to_have_count(4)
    before = site.act(kept)
    empty = [one for one in before.values() if not one.enough]
    assert empty == []
    site.act(lambda session: figures.keep(session, list(before.values())[:1]))
    expect(page.get_by_text("ne sont pas encore calculés")).to_be_visible()
    site.act(lambda session: figures.keep(session, list(before.values())))
    expect(page.locator(".figures dt")).to_have_count(4)


def test_the_home_page_says_what_one_can_do_and_searches(person: Person) -> None:
    page = person(375, 800)
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Dites ce qui s’est passé.")
    for door in ("Raconter", "Lire", "Suivre"):
        expect(page.get_by_role("link", name=door, exact=True)).to_be_visible()
    expect(page.locator(".figures dt")).to_have_count(4)
    page.get_by_label("Mots recherchés").fill("guichet")
    page.get_by_role("button", name="Chercher").click()
    expect(page).to_have_url(re.compile(r"/experiences/?\?q=guichet$"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Expériences")


def test_a_part_of_a_page_has_its_own_address(person: Person) -> None:
    page = person()
    page.goto("/")
    page.get_by_role("link", name="Où aller pour contester une décision").click()
    expect(page).to_have_url(re.compile("/programme/?#ailleurs$"))
    expect(page.locator("#ailleurs")).to_be_in_viewport()
    expect(page.locator("#ailleurs")).to_be_focused()
    page.get_by_role("navigation", name="Sur cette page").get_by_text("Qui participe").click()
    expect(page.locator("#participants")).to_be_in_viewport()


def test_every_page_of_the_map_opens_from_it(person: Person) -> None:
    page = person()
    page.goto("/plan-du-site")
    links = page.locator(".site-map a")
    for number in range(links.count()):
        href = links.nth(number).get_attribute("href")
        links.nth(number).click()
        expect(page).to_have_url(re.compile(f"{href}/?$"))
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        page.goto("/plan-du-site")


def test_what_is_said_of_cookies_and_storage_is_what_is_kept(person: Person) -> None:
    page = person()
    for path in ("/", "/experiences", "/programme", "/aide", "/cookies"):
        page.goto(path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.context.cookies() == []
    page.locator(".appearance summary").click()
    page.get_by_label("Sombre").check()
    page.goto("/partager/recit")
    page.locator("spplus-draft[data-ready]").wait_for()
    page.get_by_label("Résumez en une phrase").press_sequentially("Une attente")
    until(lambda: any("draft" in name for name in page.evaluate(KEPT)), what="a copy of the draft")
    told = {name.rstrip("…") for name, _, _ in KEPT_IN_BROWSER}
    found = {re.sub(r"(?<=draft:).*", "", name) for name in page.evaluate(KEPT)}
    assert found <= told and {"theme", "spplus-draft:"} <= found
    assert [one["name"] for one in page.context.cookies()] == [cookies.VISITOR]


def test_the_texts_are_there_without_javascript(person: Person) -> None:
    page = person(java_script_enabled=False)
    for path, text in (
        ("/programme", "les services de l’État"),
        ("/programme", "Dans le délai qu’annonce le service"),
        ("/aide", "Corrigez votre texte sur la même page"),
        ("/accessibilite", "Aucun audit de conformité"),
        ("/cookies", cookies.VISITOR),
        ("/contact", "Défenseur des droits"),
        ("/donnees-personnelles", "12 mois après le dernier échange"),
    ):
        page.goto(path)
        expect(page.locator("main")).to_contain_text(text)
