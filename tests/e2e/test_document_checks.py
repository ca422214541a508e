"""A document masked in a browser: by mouse, by keyboard alone, by touch; then by moderation."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from sqlalchemy.orm import Session

from spplus_app.persistence.tables import DocumentReadingRow, DocumentRow
from spplus_app.services.documents import covering, texts
from tests.e2e import axe, documents, steps
from tests.e2e.conftest import Person
from tests.e2e.documents import Sent
from tests.e2e.first_answers import seeing
from tests.e2e.site import Site, until

HANDED = "Votre document est remis à la modération"
TITLE = "Vérifiez que rien ne dit qui vous êtes"


def opened(site: Site, page: Page, one: Sent) -> Locator:
    """Open one's document; return its text once it is alive."""
    one.held_by(page.context, site)
    page.goto(f"/documents/verifier/{one.id}")
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(page.locator("#first-paint")).to_have_count(0)
    expect(page.get_by_role("button", name="Choisir mot à mot")).to_be_visible()
    return page.locator(".paper")


def masked(site: Site, one: Sent) -> list[str]:
    """The words that are masked now."""

    def work(session: Session) -> list[str]:
        with documents.at_home(site):
            return documents.masked_words(session, one)

    return site.act(work)


def stage(site: Site, one: Sent) -> str:
    """Where a document stands."""
    return site.act(lambda session: session.get_one(DocumentRow, one.id).stage)


def areas(site: Site, one: Sent) -> list[list[object]]:
    """The areas that are covered now."""
    return site.act(lambda session: list(session.get_one(DocumentReadingRow, one.id).areas))


def test_what_one_changes_is_asked_for_once(site: Site, person: Person) -> None:
    one, page = documents.sent(site), person()
    opened(site, page, one)
    other = page.context.new_page()
    opened(site, other, one)
    asked: dict[Page, list[str]] = {page: [], other: []}
    for each, found in asked.items():
        each.on(
            "request",
            lambda request, found=found: (
                found.append(request.url)
                if request.resource_type == "fetch" and request.method == "GET"
                else None
            ),
        )
    page.locator(".masked", has_text="[nom]").get_by_role("button").first.click()
    for each in asked:
        expect(each.locator(".paper")).to_contain_text("Madame Zorah Belkacemi")
    number = other.locator("body > .site spplus-checking").get_attribute("data-moved") or ""
    expect(page.locator("body > .site spplus-checking")).to_have_attribute("data-moved", number)
    page.wait_for_timeout(500)  # nothing to wait for: nothing must be asked
    assert [len(found) for found in asked.values()] == [1, 1], asked


def test_by_mouse_and_another_tab_sees_it(site: Site, person: Person) -> None:
    one, page = documents.sent(site), person()
    paper = opened(site, page, one)
    other = page.context.new_page()
    opened(site, other, one)
    assert axe.violations(page) == [] and axe.overflow(page) == 0
    # One mask less, by its own button.
    name = paper.locator(".masked", has_text="[nom]")
    name.get_by_role("button", name=re.compile("ne plus masquer.*Belkacemi")).click()
    expect(paper).to_contain_text("Madame Zorah Belkacemi")
    expect(other.locator(".paper")).to_contain_text("Madame Zorah Belkacemi")
    # Selected by the mouse, half a word is taken whole.
    box = paper.locator(".run", has_text="Madame Zorah Belkacemi").bounding_box()
    assert box
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 1, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 12, middle, steps=6)
    page.mouse.up()
    panel = page.locator("#choix")
    expect(panel.locator("q")).to_have_text("Madame Zorah Belkacemi")
    panel.get_by_label("Remplacés par").select_option("[nom]")
    assert axe.violations(page) == []
    panel.get_by_role("button", name="Masquer ces mots").click()
    expect(paper.locator(".run", has_text="Zorah")).to_have_count(0)
    expect(panel).to_be_hidden()
    assert "Madame Zorah Belkacemi" in masked(site, one)
    # An area of the image, drawn, then taken out.
    page.get_by_role("button", name="Cacher une zone").click()
    sheet = page.locator(".sheet").bounding_box()
    assert sheet
    page.locator(".sheet").scroll_into_view_if_needed()
    sheet = page.locator(".sheet").bounding_box()
    assert sheet
    x, y = sheet["x"] + sheet["width"] / 2, sheet["y"] + sheet["height"] / 4
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 80, y + 60, steps=5)
    page.mouse.up()
    page.get_by_role("button", name="Cacher cette zone").click()
    expect(page.locator(".cover--area")).to_have_count(1)
    expect(other.locator(".cover--area")).to_have_count(1)
    assert len(areas(site, one)) == 1
    page.get_by_role("button", name=re.compile("^Retirer")).click()
    expect(page.locator(".cover--area")).to_have_count(0)
    # What one wrote, then page by page, then over to moderation.
    page.get_by_role("button", name="Ce n’est pas personnel").click()
    expect(page.locator("main")).to_contain_text("Appelez-moi au 06 99 88 77 66")
    page.get_by_role("button", name="Remettre à la modération").click()
    expect(page.get_by_role("alert").filter(has_text="Vérifiez d’abord la page 1")).to_be_visible()
    page.get_by_role("button", name="J’ai vérifié cette page").click()
    expect(paper).to_contain_text("412 euros")
    page.get_by_role("button", name="J’ai vérifié cette page").click()
    expect(page.get_by_text("Page 2 vérifiée")).to_be_visible()
    page.get_by_role("button", name="Remettre à la modération").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(HANDED)
    expect(other.get_by_role("heading", level=1)).to_have_text(HANDED)
    assert stage(site, one) == "handed"


def reached(page: Page, name: str) -> None:
    """Press Tab until the button of this name has the focus."""
    button = page.get_by_role("button", name=name, exact=True).first
    for _ in range(120):
        page.keyboard.press("Tab")
        if button.evaluate("node => node === document.activeElement"):
            return
    raise AssertionError(f"never reached: {name}")


def test_by_keyboard_alone(site: Site, person: Person) -> None:
    one, page = documents.sent(site), person()
    paper = opened(site, page, one)
    reached(page, "Cacher une zone de l’image")
    page.keyboard.press("Enter")
    zone = page.locator(".zone")
    expect(zone).to_be_focused()
    before = zone.get_attribute("aria-label")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+ArrowRight")
    assert zone.get_attribute("aria-label") != before
    expect(page.locator("#live-polite")).to_contain_text("Zone à")
    page.keyboard.press("Enter")
    expect(page.locator(".cover--area")).to_have_count(1)
    ((number, left, top, right, bottom, kind),) = areas(site, one)
    assert (number, kind) == (0, "chosen") and right - left > bottom - top  # type: ignore[operator]
    # To the second page, by its link.
    page.locator("#page-2").focus()
    page.keyboard.press("Enter")
    expect(paper).to_contain_text("412 euros")
    reached(page, "Choisir mot à mot")
    page.keyboard.press("Enter")
    expect(page.locator(".word").first).to_be_focused()
    for _ in range(6):
        page.keyboard.press("ArrowRight")
    expect(page.locator(".word:focus")).to_have_text("412")
    page.keyboard.press("Space")
    page.keyboard.press("Shift+ArrowRight")
    expect(page.locator("#choix q")).to_have_text("412 euros.")
    assert axe.violations(page) == []
    page.keyboard.press("Enter")
    expect(page.locator("#choix-masquer")).to_be_focused()
    page.keyboard.press("Enter")
    expect(paper.locator(".run", has_text="412")).to_have_count(0)
    expect(page.locator("#live-polite")).to_contain_text("Ces mots deviennent [masqué].")
    assert "412 euros." in masked(site, one)
    page.keyboard.press("Escape")
    for at in (2, 1):
        page.locator(f"#page-{at}").focus()
        page.keyboard.press("Enter")
        expect(page.locator(f"#page-{at}")).to_have_attribute("aria-current", "page")
        reached(page, "J’ai vérifié cette page")
        page.keyboard.press("Enter")
        expect(page.locator(f"#page-{at}")).to_contain_text("vérifiée")
    reached(page, "Remettre à la modération")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(HANDED)
    assert stage(site, one) == "handed"


def test_on_a_phone_words_are_touched(site: Site, person: Person) -> None:
    one, page = documents.sent(site), person(375, 740, has_touch=True, is_mobile=True)
    paper = opened(site, page, one)
    page.locator("#page-2").tap()
    expect(paper).to_contain_text("412 euros")
    page.get_by_role("button", name="Choisir mot à mot").tap()
    page.locator(".word", has_text="412").tap()
    page.locator(".word", has_text="euros").tap()
    expect(page.locator("#choix q")).to_have_text("412 euros.")
    assert axe.violations(page) == [] and axe.overflow(page) == 0
    page.get_by_role("button", name="Masquer ces mots").first.tap()
    expect(paper.locator(".run", has_text="412")).to_have_count(0)
    assert "412 euros." in masked(site, one)
    page.get_by_role("button", name="J’ai vérifié cette page").tap()
    page.locator("#page-1").tap()
    page.get_by_role("button", name="J’ai vérifié cette page").tap()
    expect(page.locator("#page-1")).to_contain_text("vérifiée")
    page.get_by_role("button", name="Remettre à la modération").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text(HANDED)


def test_cut_off_a_gesture_says_so_and_is_made_later(site: Site, person: Person) -> None:
    one, page = documents.sent(site), person()
    paper = opened(site, page, one)
    page.context.set_offline(True)
    button = paper.get_by_role("button", name=re.compile("ne plus masquer.*Belkacemi"))
    button.click()
    expect(page.get_by_role("alert").filter(has_text="pas enregistré")).to_be_visible()
    assert "Madame Zorah Belkacemi" in masked(site, one)
    page.context.set_offline(False)
    button.click()
    expect(paper).to_contain_text("Madame Zorah Belkacemi")


def test_a_document_that_is_read_meanwhile_comes_by_itself(site: Site, person: Person) -> None:
    one, page = documents.sent(site, read=False), person()
    one.held_by(page.context, site)
    page.goto(f"/documents/verifier/{one.id}")
    documents.read(site, one)
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE, timeout=30_000)


def test_without_a_script_it_is_checked_and_handed_over(site: Site, browser: Browser) -> None:
    one = documents.sent(site)
    with seeing(browser, site.url, width=375, java_script_enabled=False) as seen:
        page = seen.page
        one.held_by(page.context, site)
        page.goto(f"/documents/verifier/{one.id}")
        expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
        expect(page.get_by_role("button", name="Choisir mot à mot")).to_be_hidden()
        page.get_by_text("Écrire des mots à masquer").click()
        page.get_by_label("Mots à masquer").fill("412 euros")
        page.get_by_role("button", name="Masquer ces mots").click()
        for _ in range(2):
            page.get_by_role("button", name="J’ai vérifié cette page").click()
        page.get_by_role("button", name="Remettre à la modération").click()
        expect(page.get_by_role("heading", level=1)).to_have_text(HANDED)
        assert axe.overflow(page) == 0 and seen.complaints == []
    assert stage(site, one) == "handed"


@pytest.mark.parametrize("width", [375, 1280])
def test_moderation_looks_first_at_what_was_taken_out_then_publishes(
    site: Site, person: Person, width: int
) -> None:
    one = documents.handed(site, "person")
    author, page = person(), person(width)
    one.held_by(author.context, site)
    author.goto(f"/documents/verifier/{one.id}")
    expect(author.get_by_role("heading", level=1)).to_have_text(HANDED)
    steps.sign_in(page, "moderation")
    page.goto("/espace/moderation")
    page.get_by_role("link", name=re.compile(r"^Documents à relire \(\d+\)")).click()
    page.get_by_role("link", name=f"Courrier n° {one.id}").click()
    lifted = page.locator("section", has=page.locator("#leves"))
    expect(lifted).to_contain_text("Madame Zorah Belkacemi")
    assert axe.violations(page) == [] and axe.overflow(page) == 0
    for words in ("Madame Zorah Belkacemi", "Odile Fargeau"):
        lifted.get_by_role("button", name=re.compile(words)).click()
        expect(lifted.get_by_text(words)).to_have_count(0)
    page.get_by_role("button", name="Publier le document").click()
    expect(page.get_by_text("Le document est publié.")).to_be_visible()
    expect(author.get_by_role("heading", level=1)).to_have_text("Votre document est publié")
    with documents.at_home(site):
        covering.run(site.engine, one.id)
    until(lambda: not site.act(lambda s: s.get(DocumentReadingRow, one.id)), what="originals gone")

    def text(session: Session) -> str:
        return texts.text_of(session, texts.published(session, one.id))[1].text

    told = site.act(text)
    assert "Belkacemi" not in told and "Fargeau" not in told and "412 euros" in told
