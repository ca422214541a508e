"""Reporting a text: anybody does, it is hidden where it must be, moderation decides, once."""

from __future__ import annotations

import re
from functools import partial

import httpx
import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy.orm import Session

from spplus_app.persistence import structures
from spplus_app.persistence.tables import ReportRow
from spplus_app.services import integrity
from tests import factories
from tests.e2e import steps
from tests.e2e.conftest import Person
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
    moderator.get_by_role("link", name="Choisissez le motif").click()
    expect(held.get_by_label("Motif")).to_be_focused()
    held.get_by_label("Motif").select_option("insult")
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
    plain.locator(".error-summary").get_by_role("link").click()
    expect(plain.locator(":target")).to_have_attribute("type", "radio")
    plain.get_by_label("Quelques mots").fill("Un mot de trop. " * 32)
    send.click()
    expect(plain.locator(".error-summary").get_by_role("link")).to_have_count(2)
    expect(plain.get_by_label("Quelques mots")).to_have_value("Un mot de trop. " * 32)
    plain.locator("label", has_text="Autre raison").click()
    plain.get_by_label("Quelques mots").fill("")
    send.click()
    expect(plain.locator(".error-summary")).to_contain_text("Dites en quelques mots")
    expect(plain.get_by_role("radio", name="Autre raison")).to_be_checked()
    expect(plain).to_have_url(re.compile(r"/signaler/reponse-\d+(#raison)?$"))
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
