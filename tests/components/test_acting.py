"""Tabs, explanations, switches, files, progress: by keyboard, by touch, without the script."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from .conftest import OpenPage

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("gallery")]

INSIDE = """e => { const box = e.getBoundingClientRect();
  return box.left >= 0 && box.right <= innerWidth && box.top >= 0 && box.bottom <= innerHeight }"""


def tab(page: Page, name: str) -> Locator:
    return page.get_by_role("tab", name=name, exact=True)


def test_tabs_by_keyboard(open_page: OpenPage) -> None:
    page = open_page()
    first, second, last = (
        tab(page, name) for name in ("Nouvelle version", "Version d’origine", "Ce qui a changé")
    )
    expect(first).to_have_attribute("aria-selected", "true")
    expect(page.get_by_role("tabpanel")).to_have_count(1)
    first.focus()
    for key, chosen in (
        ("ArrowRight", second),
        ("End", last),
        ("ArrowRight", first),
        ("ArrowLeft", last),
        ("Home", first),
    ):
        page.keyboard.press(key)
        expect(chosen).to_be_focused()
        expect(chosen).to_have_attribute("aria-selected", "true")
        expect(page.locator("[role=tab][tabindex='0']")).to_have_count(1)
        expect(page.get_by_role("tabpanel", name=chosen.inner_text())).to_be_visible()
        expect(page.get_by_role("tabpanel")).to_have_count(1)
    page.keyboard.press("Tab")
    expect(page.get_by_role("tabpanel")).to_be_focused()


def test_a_tab_clicked_shows_its_part_and_stays_on_the_page(open_page: OpenPage) -> None:
    page = open_page()
    address = page.url
    tab(page, "Version d’origine").click()
    expect(page.get_by_text("Il est procédé à la récupération")).to_be_visible()
    expect(page.get_by_text("Nous avons versé 212")).to_be_hidden()
    expect(tab(page, "Version d’origine")).to_be_focused()
    assert page.url == address


def test_an_address_leads_into_a_tab(open_page: OpenPage) -> None:
    page = open_page("/#versions-3")
    expect(tab(page, "Ce qui a changé")).to_have_attribute("aria-selected", "true")
    expect(page.get_by_role("link", name="les mots retirés")).to_be_visible()


def test_without_the_script_every_part_is_readable(open_page: OpenPage) -> None:
    page = open_page(java_script_enabled=False)
    expect(page.get_by_role("tab")).to_have_count(0)
    for words in ("Nous avons versé 212", "Il est procédé", "Une phrase coupée en deux"):
        expect(page.get_by_text(words)).to_be_visible()
    expect(page.get_by_role("heading", name="Version d’origine")).to_be_visible()
    expect(page.get_by_role("link", name="Version d’origine")).to_have_attribute(
        "href", "/#versions-2"
    )


def test_on_paper_every_part_is_there(open_page: OpenPage) -> None:
    page = open_page()
    expect(page.get_by_role("tabpanel")).to_have_count(1)
    page.emulate_media(media="print")
    expect(page.get_by_text("Il est procédé à la récupération")).to_be_visible()
    expect(page.get_by_role("heading", name="Version d’origine")).to_be_visible()


def test_an_explanation_by_keyboard(open_page: OpenPage) -> None:
    page = open_page()
    term = page.get_by_role("button", name="délai annoncé")
    said = page.locator("#delai-annonce")
    expect(said).to_be_hidden()
    expect(term).to_have_accessible_description(said.text_content() or "")
    term.focus()
    expect(said).to_be_visible()
    page.keyboard.press("Escape")
    expect(said).to_be_hidden()
    expect(term).to_be_focused()
    term.blur()
    term.focus()
    expect(said).to_be_visible()


def test_an_explanation_stays_under_the_pointer(open_page: OpenPage) -> None:
    """WCAG 1.4.13: one can go into it, it stays, Escape closes it without moving."""
    page = open_page()
    said = page.locator("#delai-annonce")
    page.get_by_role("button", name="délai annoncé").hover()
    expect(said).to_be_visible()
    box = said.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=12)
    expect(said).to_be_visible()
    page.keyboard.press("Escape")
    expect(said).to_be_hidden()
    page.mouse.move(5, 5)
    page.get_by_role("button", name="délai annoncé").hover()
    expect(said).to_be_visible()


@pytest.mark.parametrize("width", [320, 375, 1280])
def test_an_explanation_is_inside_the_window(open_page: OpenPage, width: int) -> None:
    page = open_page(width=width, has_touch=True)
    for name, ident in (("délai annoncé", "delai-annonce"), ("Indu", "indu")):
        page.get_by_role("button", name=name).tap()
        said = page.locator(f"#{ident}")
        expect(said).to_be_visible()
        assert said.evaluate(INSIDE)


def test_an_explanation_without_the_script(open_page: OpenPage) -> None:
    page = open_page(java_script_enabled=False)
    page.get_by_role("button", name="délai annoncé").focus()
    expect(page.locator("#delai-annonce")).to_be_visible()


def test_a_switch_says_its_state_in_words(open_page: OpenPage) -> None:
    page = open_page()
    switch = page.get_by_role("switch", name="Recevoir les réponses par courriel", exact=True)
    words = (
        "e => getComputedStyle(document.querySelector(`[for=${e.id}]`), '::after')"
        ".content.split(' / ')[0]"
    )
    expect(switch).not_to_be_checked()
    assert switch.evaluate(words) == '"Désactivé"'
    switch.press("Space")
    expect(switch).to_be_checked()
    assert switch.evaluate(words) == '"Activé"'


def test_files_chosen_are_listed_and_announced(open_page: OpenPage) -> None:
    page = open_page()
    listed = page.locator("#document-files li")
    files = [
        {"name": "courrier.pdf", "mimeType": "application/pdf", "buffer": b"0" * 240_000},
        {"name": "annexe.txt", "mimeType": "text/plain", "buffer": b"0" * 1_500},
    ]
    page.set_input_files("#document", files)
    assert listed.all_inner_texts() == ["courrier.pdf (0,2\u00a0Mo)", "annexe.txt (2\u00a0ko)"]
    expect(page.locator("#live-polite")).to_have_text(
        "2 fichiers choisis\u00a0: courrier.pdf (0,2\u00a0Mo), annexe.txt (2\u00a0ko)"
    )
    heavy = {"name": "scan.pdf", "mimeType": "application/pdf", "buffer": b"0" * 1_300_000}
    page.set_input_files("#document", heavy)
    told = "scan.pdf (1,3\u00a0Mo)\u00a0: trop lourd, 1\u00a0Mo au plus"
    expect(listed).to_have_text(told)
    expect(page.locator("#live-assertive")).to_have_text(f"1 fichier choisi\u00a0: {told}")
    page.set_input_files("#document", [])
    expect(listed).to_have_count(0)


def test_limits_of_a_file_are_told_with_its_field(open_page: OpenPage) -> None:
    field = open_page().locator("#document")
    expect(field).to_have_accessible_description(
        "Taille maximale\u00a0: 1\u00a0Mo. Formats acceptés\u00a0: PDF, Word, OpenDocument, texte,"
        " photo. Plusieurs fichiers possibles."
    )


def test_progress_is_named_and_told_in_words(open_page: OpenPage) -> None:
    page = open_page()
    bar = page.get_by_role("progressbar", name="Phrases lues")
    expect(bar).to_have_accessible_description("3\u00a0phrases sur\u00a09")
    assert bar.evaluate("e => e.position") == pytest.approx(1 / 3)
