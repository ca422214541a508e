"""What the small script does, by keyboard and by mouse, on a page that React has adopted."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from .conftest import OpenPage

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("gallery")]

SENT = """() => {
  window.sent = [];
  document.addEventListener('submit', (event) => {
    window.sent.push(Object.fromEntries(new FormData(event.target)));
  }, true);
}"""


def focused(page: Page) -> str:
    """What has the focus: its identifier, or its text."""
    return page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()")


def test_counter(open_page: OpenPage) -> None:
    page = open_page()
    counter = page.locator("#recit-count")
    expect(counter).to_have_text("8\u00a0000 caractères au plus")
    page.fill("#recit", "Bonjour 😀")
    expect(counter).to_have_text("Il vous reste 7\u00a0991 caractères")
    expect(page.locator("#live-polite")).to_be_empty()
    page.fill("#recit", "a" * 7999)
    expect(counter).to_have_text("Il vous reste 1 caractère")
    expect(page.locator("#live-polite")).to_have_text("Il vous reste 1 caractère")
    page.fill("#recit", "a" * 8002)
    expect(counter).to_have_text("2 caractères de trop")


def test_combobox_by_keyboard(open_page: OpenPage) -> None:
    page = open_page()
    page.evaluate(SENT)
    box = page.locator("#structure")
    box.press_sequentially("gard")
    options = page.locator("#structure-list [role=option]")
    expect(options).to_have_count(2)
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.locator("spplus-combobox [role=status]").first).to_have_text(
        "2 résultats. Choisissez dans la liste."
    )
    for key, chosen in (
        ("ArrowDown", 0),
        ("ArrowDown", 1),
        ("Home", 0),
        ("End", 1),
        ("ArrowUp", 0),
    ):
        box.press(key)
        expect(box).to_have_attribute("aria-activedescendant", f"structure-option-{chosen}")
        expect(options.nth(chosen)).to_have_attribute("aria-selected", "true")
    box.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("gard")
    box.press("ArrowDown")
    box.press("Enter")
    assert page.evaluate("sent") == [{"structure": "PREF-30"}]
    expect(box).to_have_value("")
    expect(box).to_be_focused()


def test_combobox_by_touch(open_page: OpenPage) -> None:
    page = open_page(width=375, has_touch=True)
    page.evaluate(SENT)
    page.locator("#structure").tap()
    page.locator("#structure").press_sequentially("alès")
    page.get_by_role("option", name="France services Alès").tap()
    assert page.evaluate("sent") == [{"structure": "FS-ALES"}]


def test_combobox_enter_never_sends_nothing(open_page: OpenPage) -> None:
    page = open_page()
    page.evaluate(SENT)
    page.locator("#structure").press_sequentially("zz")
    expect(page.locator("spplus-combobox [role=status]").first).to_contain_text("Aucun résultat")
    page.keyboard.press("Enter")
    assert page.evaluate("sent") == []


def test_combobox_when_the_network_fails(open_page: OpenPage) -> None:
    page = open_page()
    page.locator("#structure").press_sequentially("panne")
    expect(page.locator("spplus-combobox [role=status]").first).to_contain_text(
        "La recherche ne répond pas. Ce que vous avez écrit est gardé"
    )
    expect(page.locator("#structure")).to_have_value("panne")


def test_dialog_gives_the_focus_back(open_page: OpenPage) -> None:
    page = open_page()
    opener = page.locator("[data-opens=retirer]")
    opener.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Retirer votre expérience\u00a0?")
    expect(dialog).to_be_visible()
    assert page.evaluate("document.activeElement.closest('dialog')?.id") == "retirer"
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(opener).to_be_focused()
    opener.click()
    dialog.get_by_role("button", name="Non, la garder").click()
    expect(dialog).to_be_hidden()
    expect(opener).to_be_focused()


def test_error_summary_takes_the_focus_and_leads_to_the_field(open_page: OpenPage) -> None:
    page = open_page()
    expect(page.locator(".error-summary")).to_be_focused()
    page.get_by_role("link", name="Écrivez les cinq chiffres").click()
    assert focused(page) == "cp-erreur"
    page.get_by_role("link", name="Choisissez l’un des trois ressentis.").click()
    assert focused(page) == "ressenti-erreur"


def test_an_error_is_tied_to_its_field(open_page: OpenPage) -> None:
    page = open_page()
    field = page.locator("#cp-erreur")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(
        "Erreur\u00a0: Écrivez les cinq chiffres du code postal, par exemple 30000."
    )
    group = page.get_by_role("radiogroup", name="Votre ressenti", exact=True)
    expect(group).to_have_attribute("aria-invalid", "true")


def test_theme_is_kept_and_known_before_the_paint(open_page: OpenPage) -> None:
    page = open_page()
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    light = page.evaluate(ground)
    page.locator(".fr-header .appearance summary").click()
    page.locator(".fr-header").get_by_label("Sombre").check()
    dark = page.evaluate(ground)
    assert dark != light
    assert page.evaluate("localStorage.theme") == "dark"
    page.keyboard.press("Escape")
    expect(page.locator(".fr-header .appearance__panel")).to_be_hidden()
    page.reload()
    assert page.evaluate(ground) == dark
    page.locator(".fr-header .appearance summary").click()
    expect(page.locator(".fr-header").get_by_label("Sombre")).to_be_checked()
    page.locator(".fr-header").get_by_label("Comme mon appareil").check()
    assert page.evaluate(ground) == light


def test_the_theme_follows_the_device_until_one_chooses(open_page: OpenPage) -> None:
    page = open_page(theme="dark")
    html = page.locator("html")
    expect(html).to_have_attribute("data-fr-scheme", "system")
    expect(html).to_have_attribute("data-fr-theme", "dark")
    page.emulate_media(color_scheme="light")
    expect(html).to_have_attribute("data-fr-theme", "light")
    page.locator(".fr-header .appearance summary").click()
    page.locator(".fr-header").get_by_label("Sombre").check()
    page.emulate_media(color_scheme="dark")
    page.emulate_media(color_scheme="light")
    expect(html).to_have_attribute("data-fr-theme", "dark")


def test_menu_of_a_phone_by_keyboard(open_page: OpenPage) -> None:
    page = open_page("/cadre", width=375)
    menu = page.get_by_role("button", name="Menu", exact=True)
    link = page.get_by_role("link", name="Expériences")
    expect(link).to_be_hidden()
    menu.focus()
    page.keyboard.press("Enter")
    expect(link).to_be_visible()
    expect(menu).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(link).to_be_hidden()
    expect(menu).to_be_focused()


def test_skip_link_is_first_and_leads_to_the_content(open_page: OpenPage) -> None:
    page = open_page("/cadre")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Contenu")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert focused(page) == "contenu"
    assert page.url.endswith("/cadre")


def test_after_a_navigation_the_heading_has_the_focus(open_page: OpenPage) -> None:
    page = open_page("/cadre", height=300)
    assert focused(page) != "Le cadre d’une page"
    page.evaluate("window.same = true; scrollTo(0, 200)")
    page.locator(".fr-breadcrumb").get_by_role("link", name="Accueil").click()
    heading = page.get_by_role("heading", level=1, name="La galerie")
    expect(heading).to_be_visible()
    expect(page.locator("#live-polite")).to_have_text("La galerie – Services Publics +")
    assert page.evaluate("window.same"), "the page was loaded again"


def test_copy_says_so(open_page: OpenPage) -> None:
    page = open_page()
    page.get_by_role("button", name="Copier le lien").click()
    expect(page.locator("#live-polite")).to_have_text("Copié")
    assert page.evaluate("navigator.clipboard.readText()") == "https://exemple.fr/s/h7Jq2v"


def test_an_inactive_button_does_nothing(open_page: OpenPage) -> None:
    page = open_page()
    page.evaluate("window.clicks = 0; document.addEventListener('click', () => window.clicks++)")
    page.locator("button[aria-disabled=true]").last.click(force=True)
    assert page.evaluate("clicks") == 0


@pytest.mark.parametrize("css", [".fr-btn", ".fr-input", ".fr-tag[href]", "#partage"])
def test_the_focus_is_seen(open_page: OpenPage, css: str) -> None:
    page = open_page()
    target = page.locator(f"main {css}").first
    target.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    expect(target).to_be_focused()
    expect(target).to_have_css("outline-style", "solid")
    expect(target).to_have_css("outline-width", "3px")
