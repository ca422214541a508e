"""Reporting a text: anybody does, it is hidden where it must be, moderation decides, once."""

from __future__ import annotations

import re
from functools import partial

import httpx
import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect
from sqlalchemy.orm import Session

from spplus_app.persistence import structures
from spplus_app.persistence.tables import ReportRow
from spplus_app.services import integrity
from tests import factories
from tests.e2e import steps
from tests.e2e.conftest import Person
from tests.e2e.first_answers import seeing
from tests.e2e.looked_at import OFFICE
from tests.e2e.site import Site

SENT = "votre signalement est reçu"
GONE = "Cette expérience n’est pas publiée"


@pytest.fixture(autouse=True)
def _whole(site: Site) -> None:
    """What other tests wrote by hand on the same site is not what these ones look for."""
    site.act(partial(integrity.check, repair=True))


def written(site: Site, title: str, *, reply: bool = False) -> int:
    """Publish an experience, with a reply where asked; return its id."""

    def work(session: Session) -> int:
        where = structures.by_codes(session, [OFFICE])[OFFICE]
        row = factories.published(session, factories.visitor(title), where, title=title)
        if reply:
            factories.replied(session, row, where)
        return row.id

    return site.act(work)


def sound(site: Site) -> None:
    """What is kept agrees with what it is kept from."""
    assert not [one for one in site.act(integrity.check) if one.wrong]


def report(page: Page, address: str, reason: str, words: str = "", live: bool = True) -> None:
    """Report the first text of a page, as a person does; ``live`` where scripts run."""
    page.goto(address)
    page.get_by_role("link", name=re.compile("^Signaler ce texte")).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Signaler un texte")
    page.locator("label", has_text=reason).click()
    if words:
        page.get_by_label("Quelques mots").fill(words)
    page.get_by_role("button", name="Envoyer le signalement").click()
    expect(page.get_by_text(SENT)).to_be_visible(timeout=15_000)


def case(page: Page, title: str) -> Locator:
    """The case of a text in the queue."""
    return page.get_by_role("article").filter(has=page.get_by_role("heading", name=title))


def test_personal_data_hides_at_once_and_what_is_kept_stays(site: Site, person: Person) -> None:
    title = "Un nom dans mon récit"
    address = f"/experiences/{written(site, title)}"
    reader, reporter, moderator = person(), person(375, 740), person()
    reader.goto(address)
    expect(reader.get_by_role("heading", level=1)).to_have_text(title)
    steps.sign_in(moderator, "moderation")
    moderator.goto("/espace/moderation")
    expect(moderator.get_by_role("heading", level=1)).to_have_text("À relire")

    report(reporter, address, "Donnée personnelle", "<img src=x onerror=alert(1)> le nom")
    expect(reader.get_by_role("heading", level=1)).to_have_text(GONE)
    sound(site)

    held = case(moderator, title)
    expect(held.get_by_text("Masqué le temps d’une vérification")).to_be_visible()
    held.get_by_text("Ce que disent les personnes").click()
    expect(held.get_by_text("<img src=x onerror=alert(1)>")).to_be_visible()
    held.get_by_role("button", name="Garder et remettre en ligne").click()
    expect(moderator.get_by_text("Le texte est gardé.")).to_be_visible()
    expect(reader.get_by_role("heading", level=1)).to_have_text(title)
    sound(site)

    report(person(), address, "Donnée personnelle")
    expect(moderator.get_by_text("Déjà gardés, signalés à nouveau")).to_be_visible()
    expect(reader.get_by_role("heading", level=1)).to_have_text(title)
    reader.goto(address)
    expect(reader.get_by_role("heading", level=1)).to_have_text(title)


def test_an_insult_is_hidden_from_the_third_visitor_then_removed(
    site: Site, person: Person
) -> None:
    title = "Des mots trop durs"
    number = written(site, title)
    reader = person()
    reader.goto(f"/experiences/{number}")
    for turn in range(3):
        expect(reader.get_by_role("heading", level=1)).to_have_text(title)
        who = person()
        report(who, f"/experiences/{number}", "Insulte")
        if not turn:  # the same person again is one person
            report(who, f"/experiences/{number}", "Insulte")
    expect(reader.get_by_role("heading", level=1)).to_have_text(GONE)

    moderator = person()
    steps.sign_in(moderator, "moderation")
    moderator.goto("/espace/moderation")
    held = case(moderator, title)
    expect(held.get_by_text("3 signalements")).to_be_visible()
    held.get_by_text("Retirer avec un motif").click()
    held.get_by_role("button", name="Retirer le texte").click()
    expect(moderator.get_by_text("Choisissez le motif")).to_be_visible()
    held.get_by_label("Motif que l’auteur lira").select_option("insult")
    held.get_by_role("button", name="Retirer le texte").click()
    expect(moderator.get_by_text("Le texte est retiré.")).to_be_visible()
    expect(held).to_have_count(0)
    sound(site)


@pytest.mark.parametrize("width", [375, 1280])
def test_everything_works_without_a_script(site: Site, person: Person, width: int) -> None:
    title = f"Sans JavaScript, écran large de {width} points"
    number = written(site, title, reply=True)
    plain = person(width, 800, java_script_enabled=False)
    plain.goto(f"/experiences/{number}")
    link = plain.locator(".reply").get_by_role("link", name="Signaler ce texte")
    expect(link).to_have_accessible_name(
        re.compile("^Signaler ce texte\\s*: la réponse de .*Clairbrume")
    )
    link.click()
    send = plain.get_by_role("button", name="Envoyer le signalement")
    send.click()
    expect(plain.locator(".error-summary")).to_contain_text("Choisissez une raison.")
    plain.locator("label", has_text="Autre raison").click()
    send.click()
    expect(plain.locator(".error-summary")).to_contain_text("Dites en quelques mots")
    plain.locator("label", has_text="Donnée personnelle").click()
    plain.get_by_label("Quelques mots").fill("Écrivez à lea@exemple.fr")
    send.click()
    expect(plain.get_by_text(SENT)).to_be_visible()
    plain.goto(f"/experiences/{number}")
    expect(plain.locator(".reply")).to_have_count(0)
    expect(plain.get_by_text("Elle est masquée le temps d’une vérification")).to_be_visible()
    report(plain, f"/experiences/{number}", "Donnée personnelle", live=False)
    again = httpx.get(f"{site.url}/experiences/{number}", trust_env=False)
    assert again.status_code == 404 and GONE in again.text

    def kept(session: Session) -> list[str]:
        return [row.text for row in session.query(ReportRow).order_by(ReportRow.id)]

    assert "Écrivez à [adresse e-mail]" in site.act(kept)
    sound(site)


class Held:
    """The page's own scripts, kept back until they are let go."""

    def __init__(self, page: Page) -> None:
        self.waiting: list[Route] = []
        self.keeps = True
        page.route("**/assets/*.js", self._hold)

    def _hold(self, route: Route) -> None:
        if self.keeps:
            self.waiting.append(route)
        else:
            route.continue_()

    def let_go(self) -> None:
        self.keeps = False
        for route in self.waiting:
            route.continue_()


@pytest.mark.parametrize("when", ["pressed before", "pressed across", "pressed after"])
def test_what_is_chosen_while_the_page_comes_to_life_stays(
    site: Site, browser: Browser, when: str
) -> None:
    """On a low window, where one scrolls to the answer: nobody is thrown back to the top."""
    number = written(site, f"Signalé pendant que la page s’anime, {when}")
    with seeing(browser, site.url, slow=True) as seen:
        page = seen.page
        page.set_viewport_size({"width": 1280, "height": 420})
        scripts = Held(page)
        page.goto(f"/signaler/experience-{number}", wait_until="commit")
        page.get_by_label("Quelques mots").fill("Une offre.")
        label = page.locator("label", has_text="Publicité")
        label.scroll_into_view_if_needed()
        where = seen.number("scrollY")
        assert where > 0
        if when == "pressed before":
            label.click()
        elif when == "pressed across":
            label.hover()
            page.mouse.down()
        scripts.let_go()
        seen.taken_over()
        assert seen.number("scrollY") == where
        if when == "pressed across":
            page.mouse.up()
        elif when == "pressed after":
            label.click()
        expect(page.get_by_role("radio", name="Publicité")).to_be_checked()
        expect(page.get_by_label("Quelques mots")).to_have_value("Une offre.")
        page.get_by_role("button", name="Envoyer le signalement").click()
        expect(page.get_by_text(SENT)).to_be_visible()


def test_who_has_no_cookie_yet_is_given_one_and_heard(site: Site, person: Person) -> None:
    """A browser that came by a link of the site, and never fetched the page itself."""
    number = written(site, "Venu par un lien du site")
    page = person()
    page.goto("/experiences")
    page.get_by_role("link", name="Venu par un lien du site").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Venu par un lien du site")
    page.context.clear_cookies()
    page.goto(f"/signaler/experience-{number}")
    expect(page.get_by_role("radio").first).to_be_visible()
    page.context.clear_cookies()
    page.locator("label", has_text="Publicité").click()
    page.get_by_role("button", name="Envoyer le signalement").click()
    expect(page.get_by_text(SENT)).to_be_visible()


def test_there_is_nothing_to_report_elsewhere(site: Site) -> None:
    with httpx.Client(base_url=site.url, trust_env=False, timeout=20) as robot:
        for word in ("experience-999999", "reponse-0", "marque-1", "12", "retour-x"):
            answer = robot.get(f"/signaler/{word}")
            assert answer.status_code == 404
            assert "noindex" in answer.headers["x-robots-tag"]
            assert "Ce texte n’est plus publié</h1>" in answer.text
