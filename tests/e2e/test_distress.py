"""Somebody in distress tells it: whom to call at once, and a human who reads it first."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e import axe, steps
from tests.e2e.drafting import sent
from tests.e2e.first_answers import seeing
from tests.e2e.site import Site, until

Person = Callable[..., Page]
NARRATIVE = (
    "Mon allocation est coupée depuis deux mois et personne ne répond, ni au guichet ni au "
    "téléphone.\n\nJe n’en peux plus, j’ai envie de mourir. Qui va enfin lire mon dossier ?"
)
NUMBERS = ["tel:3114", "tel:17", "tel:112"]


@pytest.fixture
def title() -> str:
    """A title of one's own."""
    return f"Deux mois sans réponse, x{uuid4().hex[:8]}a"


def _helped(page: Page) -> Locator:
    """The numbers to call, each a link that calls."""
    place = page.get_by_role("region", name="Vous pouvez en parler maintenant")
    expect(place).to_contain_text("Si vous n’êtes pas concerné, continuez simplement")
    links = place.get_by_role("link").all()
    assert [link.get_attribute("href") for link in links] == NUMBERS
    assert axe.overflow(page) == 0
    return place


def _to_the_last_look(page: Page, title: str, narrative: str) -> None:
    page.goto("/partager/service")
    steps.choose_service(page, "mairie clairbrume etat civil", "état civil")
    steps.use_channel(page, "Accueil", "Négatif")
    steps.go_on(page)
    steps.tell_story(page, title, narrative)
    steps.go_on(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Vous")
    steps.go_on(page, "Relire avant d’envoyer")
    expect(page.get_by_role("heading", level=3, name=title)).to_be_visible()


def _called(site: Site, number: int) -> str:
    def found() -> str:
        link = f"/espace/moderation/{number}"
        return next((one for one in site.mails() if link in one), "")

    return until(found, 20, "the mail that calls moderation")


@pytest.mark.parametrize("width", [375, 1280])
def test_the_author_sees_whom_to_call_and_moderation_reads_it_first(
    site: Site, person: Person, title: str, width: int
) -> None:
    moderator = person(width)
    steps.sign_in(moderator, "moderation")
    moderator.goto("/espace/moderation")
    expect(moderator.get_by_role("heading", level=1)).to_contain_text("À relire")
    page = person(width)
    _to_the_last_look(page, title, NARRATIVE)
    _helped(page)
    assert axe.violations(page) == []
    steps.go_on(page, "Envoyer mon expérience")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Merci")
    _helped(page)
    assert axe.violations(page) == []
    (row,) = sent(site, title)
    urgent = moderator.locator("section").filter(
        has=moderator.get_by_role("heading", name="À lire maintenant")
    )
    card = urgent.get_by_role("article").filter(has_text=title)
    expect(card).to_contain_text("Détresse ou danger")
    headings = moderator.get_by_role("main").get_by_role("heading", level=2).all_text_contents()
    assert headings[0] == "À lire maintenant"
    assert axe.violations(moderator) == [] and axe.overflow(moderator) == 0
    letter = _called(site, row.id)
    assert "mourir" not in letter and title not in letter
    card.get_by_role("link").click()
    reasons = moderator.locator("section").filter(
        has=moderator.get_by_role("heading", name="Pourquoi relire de près")
    )
    expect(reasons).to_contain_text("Des mots laissent penser que quelqu’un est en détresse")
    expect(reasons.locator("q")).to_have_text(["envie de mourir"])
    assert axe.violations(moderator) == [] and axe.overflow(moderator) == 0


def test_nobody_is_shown_numbers_for_an_ordinary_story(person: Person, title: str) -> None:
    page = person()
    _to_the_last_look(page, title, steps.NARRATIVE)
    expect(page.locator("spplus-help")).to_be_hidden()
    steps.go_on(page, "Envoyer mon expérience")
    expect(page.get_by_label("Votre lien de suivi")).to_be_visible()
    expect(page.locator("spplus-help")).to_be_hidden()


def test_without_a_script_the_numbers_are_there_too(
    site: Site, browser: Browser, title: str
) -> None:
    with seeing(browser, site.url, width=375, java_script_enabled=False) as seen:
        page = seen.page
        page.goto("/partager/formulaire")
        page.get_by_label("Je ne trouve pas mon service").check()
        steps.pick(page, "Dans l’ensemble", "Négatif")
        steps.pick(page, "Qui êtes-vous", "La personne concernée")
        page.get_by_label("Résumez en une phrase").fill(title)
        page.get_by_label("Racontez ce qui s’est passé").fill(NARRATIVE)
        page.get_by_role("button", name="Relire avant d’envoyer").click()
        _helped(page)
        page.get_by_role("button", name="Envoyer mon expérience").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Merci")
        _helped(page)
        assert len(sent(site, title)) == 1
        assert seen.complaints == []
