"""Telling an experience without JavaScript, in a browser, from the first click to the receipt."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e import axe, steps
from tests.e2e.first_answers import seeing
from tests.e2e.site import Site

NARRATIVE = steps.NARRATIVE
TITLE = "Un guichet fermé, sans un mot"


def _go_to_the_form(page: Page) -> None:
    page.goto("/")
    page.get_by_role("navigation", name="Menu principal").get_by_role(
        "link", name="Je partage mon expérience"
    ).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Quel service")
    expect(page.get_by_role("button", name="Continuer")).to_be_hidden()
    page.get_by_role("link", name="Ouvrir le formulaire simple").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Je partage mon expérience")


def _choose(page: Page) -> None:
    page.get_by_label("Cherchez le service").fill("caf")
    page.get_by_role("button", name="Chercher ce service").click()
    page.get_by_role("radiogroup", name="Services trouvés").get_by_role("radio").first.check()
    page.get_by_role("button", name="Ajouter ce service").click()
    expect(page.locator(".chosen-service")).to_have_count(1)


@pytest.mark.parametrize("width", [375, 1280])
def test_from_the_first_click_to_the_receipt(site: Site, browser: Browser, width: int) -> None:
    with seeing(browser, site.url, width=width, java_script_enabled=False) as seen:
        page = seen.page
        _go_to_the_form(page)
        page.get_by_label("Résumez en une phrase").fill(TITLE)
        _choose(page)
        expect(page.get_by_label("Résumez en une phrase")).to_have_value(TITLE)
        # A first try, with almost everything missing.
        page.get_by_label("Courrier").check()
        page.get_by_role("button", name="Relire avant d’envoyer").click()
        summary = page.locator(".error-summary")
        expect(summary.get_by_role("link")).to_have_count(4)
        summary.get_by_role("link").first.click()
        expect(page.locator(":target")).to_be_visible()
        assert axe.overflow(page) == 0
        expect(page.get_by_label("Courrier")).to_be_checked()
        courier = page.locator(".channel", has_text="Courrier")
        courier.locator("fieldset label", has_text="Négatif").click()
        steps.pick(page, "Dans l’ensemble", "Neutre")
        steps.pick(page, "Qui êtes-vous", "La personne concernée")
        page.get_by_label("Racontez ce qui s’est passé").fill(NARRATIVE)
        page.get_by_label("Votre département").select_option("30")
        page.get_by_label("Un prénom").fill("Camille")
        page.get_by_role("button", name="Relire avant d’envoyer").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Vérifiez")
        for part in (TITLE, NARRATIVE.split("\n")[0], "Camille, Gard (30)"):
            expect(page.locator(".preview")).to_contain_text(part)
        page.get_by_role("link", name="Modifier").click()
        expect(page.get_by_label("Racontez ce qui s’est passé")).to_have_value(NARRATIVE)
        page.get_by_role("button", name="Relire avant d’envoyer").click()
        page.get_by_role("button", name="Envoyer mon expérience").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Merci")
        expect(page.get_by_text("Vous n’avez pas donné d’adresse e-mail")).to_be_visible()
        link = page.locator("main a[href^='/suivi/']")
        expect(link).to_have_text(re.compile(r"^http://localhost:\d+/suivi/[\w-]{43}$"))
        # Back leads to the same receipt: there is nothing left to send.
        address = link.get_attribute("href")
        page.go_back()
        expect(page.locator("main a[href^='/suivi/']")).to_have_attribute("href", str(address))
        assert seen.complaints == []


def test_somebody_who_has_scripts_is_led_to_the_steps(site: Site, browser: Browser) -> None:
    for query, where in (("", "service"), ("?etape=recu", "merci"), ("?etape=verifier", "")):
        with seeing(browser, site.url) as seen:
            seen.page.goto(f"/partager/formulaire{query}")
            expect(seen.page).to_have_url(re.compile(f"/partager/(?!formulaire){where}"))
            assert seen.complaints == [] or "404" in seen.complaints[0]


def test_the_form_works_where_the_socket_does_not(site: Site, browser: Browser) -> None:
    with seeing(browser, site.url) as seen:
        seen.page.route_web_socket("**/_event/**", lambda socket: socket.close())
        seen.page.goto("/partager/formulaire")
        _choose(seen.page)
        seen.page.get_by_role("button", name="Relire avant d’envoyer").click()
        expect(seen.page.locator(".error-summary")).to_be_visible()
        assert axe.faults(seen.page) == []


def test_a_forgotten_password_is_asked_for_without_scripts(site: Site, browser: Browser) -> None:
    with seeing(browser, site.url, java_script_enabled=False) as seen:
        seen.page.goto("/mot-de-passe-oublie")
        seen.page.get_by_label("Votre adresse e-mail").fill("personne@exemple.fr")
        seen.page.get_by_role("button", name="Recevoir un lien").click()
        expect(seen.page.get_by_text("vient d’y partir")).to_be_visible()
        seen.page.goto("/connexion")
        seen.page.get_by_label("Votre adresse e-mail").fill("personne@exemple.fr")
        seen.page.get_by_label("Votre mot de passe").fill("une petite phrase fausse")
        seen.page.get_by_role("button", name="Me connecter").click()
        expect(seen.page.get_by_text("Vérifiez les deux")).to_be_visible()
