"""Reporting a mark and a document: what leaves open pages, what their makers read, what is back."""

from __future__ import annotations

import re

import httpx
import pytest
from playwright.sync_api import Page, expect

from spplus_app.domain.documents.annotations import Tone
from spplus_app.persistence import documents as rows
from spplus_app.services import clock, tokens
from tests.e2e import axe, letters, steps
from tests.e2e.conftest import Person
from tests.e2e.letters import Letter
from tests.e2e.site import Site
from tests.e2e.test_marking import opened
from tests.e2e.test_reports import SENT, case

NAMED = "La dame du guichet trois le sait bien"
GONE = "Ce document n’est pas publié"
BACK = "Garder et remettre en ligne"


@pytest.fixture
def letter(site: Site) -> Letter:
    """A letter of which two readers marked the second sentence, one with a name."""
    made = letters.written(site)
    letters.marked(site, made, "quiet", "Madame, Monsieur", Tone.CLEAR, understood="Une politesse")
    return made


def _looked(page: Page, letter: Letter) -> Page:
    """Open a letter, choose to look, unfold what is said of its second sentence."""
    opened(page, letter)
    page.get_by_role("button", name="Voir sans marquer").click()
    page.locator("button.heat").first.click()
    expect(page.locator("#autres-2")).to_contain_text("Une politesse")
    return page


def _send(page: Page) -> None:
    page.locator("label", has_text="Donnée personnelle").click()
    page.get_by_role("button", name="Envoyer le signalement").click()
    expect(page.get_by_text(SENT)).to_be_visible(timeout=15_000)


def test_a_mark_reported_on_a_phone_leaves_other_pages_then_comes_back(
    site: Site, person: Person, letter: Letter
) -> None:
    maker = opened(person(), letter)
    maker.locator("#p2").click()
    maker.get_by_role("radio", name="Pas clair", exact=True).check()
    maker.get_by_text("Ajouter un mot").click()
    maker.get_by_label("Ce que j’ai compris").fill("Une formule, rien de plus")
    maker.get_by_label("Ce que j’écrirais à la place").fill(NAMED)
    maker.get_by_role("button", name="Envoyer mes marques").click()
    expect(maker.locator(".dock__count")).to_contain_text("Vos marques sont publiques")
    expect(maker.locator("#autres")).to_contain_text("ont envoyé leurs marques")
    expect(maker.locator("#autres")).not_to_contain_text("sans marquer")  # nobody did

    reader = _looked(person(), letter)
    told = reader.locator("#autres-2")
    expect(told).to_contain_text(NAMED)
    phone = _looked(person(375, 740), letter)
    axe.look(phone, 320, "light")
    links = phone.locator("#autres-2").get_by_role(
        "link", name=re.compile("^Signaler cette marque")
    )
    expect(links).to_have_count(2)
    link = phone.locator("#autres-2").get_by_role("link", name=re.compile("Une formule"))
    link.focus()
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Signaler un texte")
    expect(phone.locator(".panel")).to_contain_text(NAMED)
    axe.look(phone, 320, "dark")
    _send(phone)
    phone.get_by_role("link", name="Revenir au document").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text(letters.TITLE)

    # Nobody reloads anything.
    expect(told).not_to_contain_text(NAMED)
    expect(told).to_contain_text("Une politesse")
    expect(reader.locator("button.heat").first).to_contain_text("1\u00a0lecteur sur la phrase 2")
    expect(maker.locator(".dock__told")).to_contain_text("masquée")
    expect(maker.get_by_label("Ce que j’écrirais à la place")).to_have_value(NAMED)
    expect(maker.locator(".dock__count")).to_contain_text("1\u00a0marque ne l’est plus")
    linked = httpx.get(f"{site.url}/documents/{letter.id}/annotations.jsonld", trust_env=False)
    assert NAMED not in linked.text and "Une politesse" in linked.text

    moderator = person()
    steps.sign_in(moderator, "moderation")
    moderator.goto("/espace/moderation")
    held = case(moderator, "Une marque sur")
    expect(held).to_contain_text(NAMED)
    axe.look(moderator, 1280, "light")
    held.get_by_role("button", name=BACK).click()
    expect(moderator.get_by_text("Le texte est gardé.")).to_be_visible()
    expect(told).to_contain_text(NAMED)
    expect(maker.locator(".dock__told")).to_be_hidden()
    expect(maker.locator(".dock__count")).not_to_contain_text("ne l’est plus")


def test_a_mark_is_reported_without_a_script_and_removed(
    site: Site, person: Person, letter: Letter
) -> None:
    plain = person(375, 740, java_script_enabled=False)
    plain.goto(f"{letter.href}?phrase=2")
    plain.get_by_role("button", name="Voir sans marquer").click()
    plain.goto(f"{letter.href}?phrase=2")
    link = plain.locator("#autres").get_by_role("link")
    expect(link).to_have_accessible_name(
        re.compile("^Signaler cette marque\\s*: «\\s*Une politesse\\s*»$")
    )
    link.click()
    expect(plain).to_have_url(re.compile(r"/signaler/marque-\d+$"))
    _send(plain)
    plain.goto(f"{letter.href}?phrase=2")
    expect(plain.locator("#autres")).to_contain_text("Personne n’a marqué cette phrase")

    moderator = person()
    steps.sign_in(moderator, "moderation")
    moderator.goto("/espace/moderation")
    held = case(moderator, "Une marque sur")
    held.get_by_text("Retirer avec un motif").click()
    held.get_by_label("Motif").select_option("personal_data")
    held.get_by_role("button", name="Retirer le texte").click()
    expect(moderator.get_by_text("Le texte est retiré.")).to_be_visible()
    expect(held).to_have_count(0)


def test_a_document_is_hidden_from_all_but_its_depositor_and_moderation(
    site: Site, person: Person, letter: Letter
) -> None:
    secret = tokens.new_token()
    site.act(lambda s: rows.hold(s, tokens.hash_token(secret), letter.id, clock.now()))
    owner, reader, reporter, moderator = person(), person(), person(375, 740), person()
    owner.context.add_cookies([{"name": "spplus-visitor", "value": secret, "url": site.url}])
    owner.goto(f"/documents/suivi/{letter.id}")
    expect(owner.get_by_text("Tout le monde peut le lire")).to_be_visible()
    opened(reader, letter)
    reporter.goto(letter.href)
    reporter.get_by_role("link", name=re.compile("^Signaler ce document")).click()
    _send(reporter)
    expect(reader.get_by_role("heading", level=1)).to_have_text(GONE)
    expect(owner.get_by_text("Signalé, masqué le temps d’une vérification")).to_be_visible()
    axe.look(owner, 320, "light")
    plain = httpx.get(site.url + letter.href, trust_env=False)
    assert plain.status_code == 404 and GONE in plain.text

    steps.sign_in(moderator, "moderation")
    moderator.goto("/espace/moderation")
    held = case(moderator, letters.TITLE)
    held.get_by_role("link", name=letters.TITLE).click()
    expect(moderator.get_by_text("Vous le lisez parce que vous modérez")).to_be_visible()
    expect(moderator.locator("img[src*='/pages/1']").first).to_be_visible()
    moderator.goto("/espace/moderation")
    case(moderator, letters.TITLE).get_by_role("button", name=BACK).click()
    expect(moderator.get_by_text("Le texte est gardé.")).to_be_visible()
    expect(reader.get_by_role("heading", level=1)).to_have_text(letters.TITLE)
    expect(owner.get_by_text("La modération l’a relu, et l’a gardé")).to_be_visible()
