"""Personal data in a browser: shown to its author, masked for all, its original for moderation."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e import axe, steps
from tests.e2e.drafting import sent
from tests.e2e.first_answers import seeing
from tests.e2e.site import Site

Person = Callable[..., Page]
NARRATIVE = (
    "Je suis Odette Meunier. Au guichet, Mme Lefebvre a refusé mon dossier.\n\n"
    "J’ai laissé mon numéro, 06 12 34 56 78, et personne ne m’a rappelée depuis trois semaines."
)
PRIVATE = ("Odette", "Meunier", "06 12 34 56 78")


@pytest.fixture
def title() -> str:
    """A title of one's own."""
    return f"Personne ne me rappelle, x{uuid4().hex[:8]}"


def _told(page: Page, title: str) -> None:
    """Write until the last look."""
    page.goto("/partager/service")
    steps.choose_service(page, "mairie clairbrume etat civil", "état civil")
    steps.use_channel(page, "Accueil", "Négatif")
    steps.go_on(page)
    steps.tell_story(page, title, NARRATIVE)
    steps.go_on(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Vous")
    steps.go_on(page, "Relire avant d’envoyer")
    expect(page.get_by_role("heading", name="Ce que nous avons masqué")).to_be_visible()


def _kept(page: Page, words: str) -> None:
    item = page.locator(".masking li", has_text=words)
    item.get_by_role("button", name="Ce n’est pas personnel").click()
    expect(item).to_contain_text("Vous gardez ces mots")


@pytest.mark.parametrize("width", [375, 1280])
def test_the_author_decides_and_moderation_alone_reads_the_original(
    site: Site, person: Person, title: str, width: int
) -> None:
    page = person(width)
    _told(page, title)
    preview = page.locator("spplus-preview .preview")
    for words in PRIVATE:
        expect(preview).not_to_contain_text(words)
    expect(preview.locator("mark")).to_have_text(["[nom]", "[agent]", "[téléphone]"])
    assert axe.violations(page) == [] and axe.overflow(page) == 0
    _kept(page, "Lefebvre")
    expect(preview).to_contain_text("Mme Lefebvre a refusé")
    expect(page.locator(".masking h3")).to_be_focused()
    more = page.get_by_label("Autre chose à masquer ?")
    more.fill("des mots absents")
    page.get_by_role("button", name="Masquer ces mots").click()
    expect(page.get_by_text("Ces mots ne sont pas dans votre texte")).to_be_visible()
    more.fill("trois semaines")
    page.keyboard.press("Enter")
    expect(preview).to_contain_text("depuis [masqué].")
    page.reload()
    expect(preview).to_contain_text("depuis [masqué].")
    expect(preview).to_contain_text("Mme Lefebvre")
    steps.go_on(page, "Envoyer mon expérience")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Merci")
    (row,) = sent(site, title)
    assert row.narrative == NARRATIVE.replace("Odette Meunier", "[nom]").replace(
        "06 12 34 56 78", "[téléphone]"
    ).replace("trois semaines", "[masqué]")
    moderator = person(width)
    steps.sign_in(moderator, "moderation")
    moderator.goto(f"/espace/moderation/{row.id}")
    reason = moderator.get_by_role("listitem").filter(has_text="Agent nommé")
    expect(reason.get_by_text("Lefebvre")).to_be_visible()
    expect(moderator.get_by_role("main")).not_to_contain_text("Odette")
    moderator.get_by_role("button", name="Lire le texte d’origine").click()
    expect(moderator.locator("spplus-original")).to_contain_text("Je suis Odette Meunier.")
    assert axe.violations(moderator) == [] and axe.overflow(moderator) == 0


def test_cut_off_a_choice_says_so_and_is_made_later(person: Person, title: str) -> None:
    page = person()
    _told(page, title)
    page.context.set_offline(True)
    page.locator(".masking li", has_text="Lefebvre").get_by_role("button").click()
    expect(page.get_by_text("Votre choix n’est pas encore noté")).to_be_visible()
    page.context.set_offline(False)
    _kept(page, "Lefebvre")


def test_without_a_script_the_same_is_said_by_plain_forms(
    site: Site, browser: Browser, title: str
) -> None:
    with seeing(browser, site.url, width=375, java_script_enabled=False) as seen:
        page = seen.page
        page.goto("/partager/formulaire")
        page.get_by_label("Je ne trouve pas mon service").check()
        steps.pick(page, "Dans l’ensemble", "Neutre")
        steps.pick(page, "Qui êtes-vous", "La personne concernée")
        page.get_by_label("Résumez en une phrase").fill(title)
        page.get_by_label("Racontez ce qui s’est passé").fill(NARRATIVE)
        page.get_by_role("button", name="Relire avant d’envoyer").click()
        preview = page.locator(".preview")
        expect(preview.locator("mark")).to_have_text(["[nom]", "[agent]", "[téléphone]"])
        _kept(page, "Lefebvre")
        expect(preview).to_contain_text("Mme Lefebvre a refusé")
        more = page.get_by_label("Autre chose à masquer ?")
        more.fill("des mots absents")
        page.get_by_role("button", name="Masquer ces mots").click()
        expect(page.get_by_text("Ces mots ne sont pas dans votre texte")).to_be_visible()
        page.get_by_label("Autre chose à masquer ?").fill("trois semaines")
        page.get_by_role("button", name="Masquer ces mots").click()
        expect(preview).to_contain_text("depuis [masqué].")
        assert axe.overflow(page) == 0
        page.get_by_role("button", name="Envoyer mon expérience").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Merci")
        (row,) = sent(site, title)
        assert all(words not in row.narrative for words in (*PRIVATE, "trois semaines"))
        assert seen.complaints == []
