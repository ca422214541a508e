"""The form that reports a text: as it comes to life, from one text to another, and refused."""

from __future__ import annotations

import httpx
import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy.orm import Session

from spplus_app.persistence.tables import ReportRow
from tests.e2e.conftest import Person
from tests.e2e.first_answers import Held, seeing
from tests.e2e.site import Site
from tests.e2e.test_reports import SENT, written

_GO = """(to) => {
  history.pushState({}, '', to);
  dispatchEvent(new PopStateEvent('popstate'));
}"""
"""Move as the router of the site does."""


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


def test_the_form_of_another_text_is_another_form(site: Site, person: Person) -> None:
    """Nothing chosen, typed, sent or named for one text stays for the next, without a new page."""
    titles = [f"L’un après l’autre, {rank}" for rank in ("un", "deux", "trois")]
    numbers = [written(site, title) for title in titles]
    page = person()
    page.goto(f"/signaler/experience-{numbers[0]}")
    for rank, (number, reason) in enumerate(
        zip(numbers, ("Publicité", "", "Insulte"), strict=True)
    ):
        if rank:
            page.evaluate(_GO, f"/signaler/experience-{number}")
        expect(page.locator(".panel")).to_contain_text(titles[rank])
        expect(page.locator("input[name=numero]")).to_have_value(str(number))
        expect(page.locator("input[name=raison]:checked")).to_have_count(0)
        expect(page.get_by_label("Quelques mots")).to_have_value("")
        page.get_by_label("Quelques mots").fill("Pour ce texte seulement.")
        if reason:
            page.locator("label", has_text=reason).click()
            page.get_by_role("button", name="Envoyer le signalement").click()
            expect(page.get_by_text(SENT)).to_be_visible()

    def reported(session: Session) -> set[int]:
        rows = session.query(ReportRow).filter(ReportRow.kind == "experience")
        return {row.subject_id for row in rows} & set(numbers)

    assert site.act(reported) == {numbers[0], numbers[2]}


def test_the_address_says_what_is_reported(site: Site, person: Person) -> None:
    """Not a field that a browser filled again from another page."""
    asked, other = written(site, "Celui de l’adresse"), written(site, "Celui du champ")
    page = person(java_script_enabled=False)
    page.goto(f"/signaler/experience-{asked}")
    answer = page.request.post(
        f"/signaler/experience-{asked}",
        form={"texte": "experience", "numero": str(other), "raison": "advertising", "mots": ""},
        headers={"origin": site.url},
    )
    assert answer.ok

    def reported(session: Session) -> set[int]:
        rows = session.query(ReportRow).filter(ReportRow.kind == "experience")
        return {row.subject_id for row in rows} & {asked, other}

    assert site.act(reported) == {asked}


def test_there_is_nothing_to_report_elsewhere(site: Site) -> None:
    with httpx.Client(base_url=site.url, trust_env=False, timeout=20) as robot:
        for word in (
            "experience-999999",
            "reponse-0",
            "marque-999999",
            "document-0",
            "12",
            "retour-x",
        ):
            answer = robot.get(f"/signaler/{word}")
            assert answer.status_code == 404
            assert "noindex" in answer.headers["x-robots-tag"]
            assert "Ce texte n’est plus publié</h1>" in answer.text
            other = "documents difficiles" if word[0] in "dm" else "expériences"
            assert f"Lire les {other}</span>" in answer.text
