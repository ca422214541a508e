"""A hard document sent in a browser: with a script and without, with the network cut half-way."""

from __future__ import annotations

import io
import os
import re
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, Request, expect
from sqlalchemy import func, select

from spplus_app.persistence.tables import DocumentFileRow, DocumentRow, UploadRow
from tests.adapters.documents.pdf_maker import letter
from tests.e2e import axe, steps
from tests.e2e.conftest import Person
from tests.e2e.first_answers import seeing
from tests.e2e.site import Site, until

FORM = "/documents/signaler"
HARD = "Je bute sur « avis d’impôt de l’an dernier »."
SHOTS = os.environ.get("SPPLUS_SHOTS", "")
"""Where to leave pictures of each state, to be looked at."""


def shot(page: Page, name: str) -> None:
    """Leave pictures of this state, where somebody wants to see them."""
    if not SHOTS:
        return
    size = page.viewport_size or {"width": 1280, "height": 800}
    for width, theme in ((375, "light"), (375, "dark"), (1280, "light"), (1280, "dark")):
        axe.look(page, width, theme)
        page.screenshot(path=Path(SHOTS) / f"{name}-{width}-{theme}.png", full_page=True)
    axe.look(page, size["width"], "light")


def faults(page: Page, name: str) -> list[str]:
    """What is wrong with what is shown now, in every look; the window is put back."""
    size = page.viewport_size or {"width": 1280, "height": 800}
    shot(page, name)
    found = axe.faults(page)
    axe.look(page, size["width"], "light", size["height"])
    return found


def given(name: str, content: bytes, kind: str = "application/pdf") -> Any:
    return {"name": name, "mimeType": kind, "buffer": content}


def photo(shade: int) -> bytes:
    made = io.BytesIO()
    Image.new("L", (300, 200), shade).save(made, "JPEG")
    return made.getvalue()


def heavy(megabytes: int) -> bytes:
    """A letter in PDF that weighs so much: what follows its end is not read."""
    return letter() + b"%" * (megabytes * 2**20)


def open_form(page: Page) -> None:
    page.goto(FORM)
    expect(page.get_by_role("heading", level=1)).to_have_text("Je signale un document difficile")
    until(lambda: page.locator("spplus-draft[data-ready]").count(), what="the form to live")


def tell(page: Page) -> None:
    steps.pick(page, "Qu’avez-vous reçu", "Courrier")
    steps.pick(page, "Qu’est-ce qui est difficile", "Jargon incompréhensible")
    page.get_by_label("Avec vos mots").fill(HARD)


def files(page: Page) -> Any:
    return page.locator("#fichiers li")


def put(page: Page, *some: Any) -> None:
    page.locator("#document").set_input_files(list(some))


def send(page: Page) -> None:
    page.get_by_role("button", name="Envoyer le document").click()


def leads_to_its_fields(page: Page, many: int) -> None:
    """The list of what is wrong takes the focus; its links lead to fields that say so."""
    summary = page.locator(".error-summary")
    expect(summary).to_be_focused()
    expect(summary.get_by_role("link")).to_have_count(many)
    for link in summary.get_by_role("link").all():
        link.click()
        name = (link.get_attribute("href") or "").split("#")[-1]
        expect(page.locator(f"#{name}")).to_be_focused()
        expect(page.locator(f"#{name}-messages .fr-error-text")).to_be_visible()
        wrong = page.locator("[aria-invalid=true]")
        expect(
            wrong.filter(has=page.locator(f"#{name}"))
            .or_(wrong.and_(page.locator(f"#{name}")))
            .first
        ).to_be_visible()


def number_of(page: Page) -> int:
    expect(page).to_have_url(re.compile(r"/documents/suivi/\d+$"))
    return int(page.url.rsplit("/", 1)[1])


def read_by_the_machine(page: Page, number: int) -> None:
    """The page turns by itself, without being asked again."""
    expect(page.get_by_text("À vérifier par vous")).to_be_visible(timeout=40_000)
    link = page.get_by_role("link", name="Vérifier ce qui est masqué")
    expect(link).to_have_attribute("href", f"/documents/verifier/{number}")


def test_a_letter_on_a_phone_to_its_receipt(site: Site, person: Person) -> None:
    page = person(width=375, height=700)
    open_form(page)
    assert faults(page, "empty") == []
    send(page)
    leads_to_its_fields(page, 3)
    assert faults(page, "errors") == []
    tell(page)
    put(page, given("Ma lettre à moi.pdf", letter()))
    expect(files(page)).to_have_count(1)
    expect(files(page)).to_contain_text(re.compile(r"Fichier 1, PDF, \d+\sko"))
    expect(page.locator("#live-polite")).to_have_text("Ma lettre à moi.pdf\u00a0: envoyé.")
    box = page.get_by_role("combobox", name="De quelle administration")
    box.fill("mairie clairbrume etat civil")
    page.get_by_role("option", name="état civil").first.click()
    expect(page.locator("#administration strong")).to_contain_text("tat civil")
    expect(page.get_by_label("Avec vos mots")).to_have_value(HARD)
    assert faults(page, "filled") == []
    send(page)
    number = number_of(page)
    link = page.get_by_label("Votre lien privé")
    expect(link).to_have_value(re.compile(r"^http://localhost:\d+/documents/suivi/[\w-]{43}$"))
    private = link.input_value()
    assert faults(page, "sent") == []
    read_by_the_machine(page, number)
    assert faults(page, "read") == []
    page.goto(FORM)
    expect(page.get_by_label("Avec vos mots")).to_have_value("")
    answer = person().request.get(private, max_redirects=0)
    assert answer.headers["location"].endswith(f"/documents/verifier/{number}")


SHORT = {"width": 375, "height": 400}
"""What a phone shows above its keyboard."""


def suggested(page: Page, typed: str) -> Locator:
    """What is proposed as one types, where one sees it: under the field, above the keyboard."""
    box = page.get_by_role("combobox", name="De quelle administration")
    box.press_sequentially(typed)
    options = page.get_by_role("option")
    expect(options.nth(1)).to_be_visible()
    expect(box).to_be_in_viewport(ratio=1)
    for rank in range(2):
        expect(options.nth(rank)).to_be_in_viewport(ratio=1)
    field, shown = box.bounding_box(), page.get_by_role("listbox").bounding_box()
    assert field and shown
    assert shown["y"] >= field["y"] + field["height"], "the list does not cover what is typed"
    assert shown["y"] + shown["height"] <= SHORT["height"], "the list is whole above the keyboard"
    return options


def test_on_a_phone_one_chooses_the_administration_by_touch(person: Person) -> None:
    page = person(**SHORT, has_touch=True, is_mobile=True)
    open_form(page)
    page.get_by_role("combobox", name="De quelle administration").tap()
    options = suggested(page, "mairie clairbrume")
    name = options.nth(1).evaluate("node => node.firstChild.data")
    shot(page, "combobox")
    options.nth(1).tap()
    expect(page.locator("#administration strong")).to_have_text(name)
    expect(page.locator("#structure")).to_be_in_viewport()
    page.get_by_role("button", name="Changer d’administration").tap()
    expect(page.get_by_role("combobox", name="De quelle administration")).to_have_value("")
    assert axe.overflow(page) == 0


def test_on_a_phone_one_chooses_the_administration_by_keyboard(person: Person) -> None:
    page = person(**SHORT)
    open_form(page)
    page.get_by_role("combobox", name="De quelle administration").focus()
    options = suggested(page, "mairie")
    many = options.count()
    # The last one too comes above the keyboard.
    page.keyboard.press("ArrowUp")
    expect(options.nth(many - 1)).to_have_attribute("aria-selected", "true")
    expect(options.nth(many - 1)).to_be_in_viewport(ratio=1)
    page.keyboard.press("Home")
    expect(options.first).to_be_in_viewport(ratio=1)
    name = options.first.evaluate("node => node.firstChild.data")
    page.keyboard.press("Enter")
    expect(page.locator("#administration strong")).to_have_text(name)


HURT = "Je n’en peux plus, j’ai envie de mourir."


def called(page: Page) -> None:
    """Whom to call stands on the page, with links that call."""
    place = page.get_by_role("region", name="Vous pouvez en parler maintenant")
    expect(place).to_contain_text("Une personne de notre équipe va lire votre texte")
    links = [one.get_attribute("href") for one in place.get_by_role("link").all()]
    assert links == ["tel:3114", "tel:17", "tel:112"]


@pytest.mark.parametrize("scripts", [True, False])
def test_words_of_distress_are_answered_at_once(person: Person, scripts: bool) -> None:
    page = person(width=375, java_script_enabled=scripts)
    if scripts:
        open_form(page)
    else:
        page.goto(FORM)
    tell(page)
    page.get_by_label("Avec vos mots").fill(HURT)
    page.get_by_text("Je n’ai pas le document").click()
    page.get_by_label("Le numéro ou le nom du formulaire").fill("Cerfa 10840")
    send(page)
    number_of(page)
    called(page)
    if scripts:  # what looks for faults is one
        assert faults(page, "distress") == []
    page.reload()
    called(page)


def test_nobody_is_shown_numbers_for_ordinary_words(person: Person) -> None:
    page = person()
    open_form(page)
    tell(page)
    page.get_by_text("Je n’ai pas le document").click()
    page.get_by_label("Le numéro ou le nom du formulaire").fill("Cerfa 10840")
    send(page)
    expect(page.get_by_label("Votre lien privé")).to_be_visible()
    link = page.get_by_role("link", name="Ouvrir mon document")
    expect(link).to_have_attribute("href", re.compile("^/documents/suivi/"))
    expect(page.locator(".help")).to_have_count(0)


def test_what_was_sent_survives_a_reload_and_keeps_its_order(person: Person) -> None:
    page = person(width=375)
    open_form(page)
    page.get_by_label("Avec vos mots").fill(HARD)
    shades = [given(f"{n}.jpg", photo(n), "image/jpeg") for n in (20, 120, 220)]
    put(page, *shades)
    expect(files(page)).to_have_count(3)
    first = str(files(page).nth(0).get_attribute("data-fichier"))
    files(page).nth(0).get_by_role("button", name="Reculer").click()
    expect(files(page).nth(1)).to_have_attribute("data-fichier", first)
    expect(page.locator(":focus")).to_have_attribute("value", f"apres-{first}")
    page.keyboard.press("Enter")
    expect(files(page).nth(2)).to_have_attribute("data-fichier", first)
    expect(page.locator("#live-polite")).to_have_text("L’ordre des photos a changé.")
    assert faults(page, "photos") == []
    page.reload()
    until(lambda: page.locator("spplus-draft[data-ready]").count(), what="the form to live")
    expect(files(page)).to_have_count(3)
    expect(page.get_by_label("Avec vos mots")).to_have_value(HARD)
    files(page).nth(2).get_by_role("button", name="Retirer").click()
    expect(files(page)).to_have_count(2)
    page.get_by_role("button", name="Effacer ce formulaire").click()
    expect(files(page)).to_have_count(0)
    expect(page.get_by_label("Avec vos mots")).to_have_value("")


def test_a_network_cut_half_way_costs_nothing(site: Site, person: Person) -> None:
    page = person(width=375)
    open_form(page)
    tell(page)
    sent: list[str] = []

    def watch(request: Request) -> None:
        if "/fichiers/" in request.url and "?at=" in request.url:
            sent.append(request.url)
            if len(sent) == 6:
                page.context.set_offline(True)

    page.on("request", watch)
    content = heavy(3)
    put(page, given("scan.pdf", content))
    row = page.locator("[data-coming] li")
    expect(row).to_contain_text("La connexion est coupée")
    expect(row.get_by_role("progressbar", name="scan.pdf")).to_be_visible()
    cut = len(sent)
    page.context.set_offline(False)
    expect(files(page)).to_contain_text("PDF, 3,1\u00a0Mo", timeout=30_000)
    expect(row).to_have_count(0)
    assert len(set(sent)) == len(range(0, len(content), 256 * 1024)), (
        "each part, once again at most"
    )
    assert cut <= 7 and len(sent) <= len(set(sent)) + 6
    send(page)
    number = number_of(page)
    held = site.act(
        lambda s: s.scalars(
            select(DocumentFileRow.size).where(DocumentFileRow.document_id == number)
        ).one()
    )
    assert held == len(content)
    read_by_the_machine(page, number)


def test_a_sending_cut_by_a_reload_goes_on_with_the_same_file(
    person: Person, tmp_path: Path
) -> None:
    page = person()
    open_form(page)
    content = tmp_path / "scan.pdf"
    content.write_bytes(heavy(3))
    parts = 0

    def hold(route: Any) -> None:
        nonlocal parts
        parts += 1
        if parts <= 5:
            route.continue_()

    page.route("**/fichiers/*?at=*", hold)
    put(page, content)
    expect(page.locator("[data-coming] progress")).to_have_js_property("value", 5 * 256 * 1024)
    assert faults(page, "coming") == []
    page.reload()
    until(lambda: page.locator("spplus-draft[data-ready]").count(), what="the form to live")
    expect(files(page)).to_contain_text("Une partie seulement est reçue")
    page.unroute("**/fichiers/*?at=*")
    sent: list[str] = []
    page.on("request", lambda one: sent.append(one.url) if "?at=" in one.url else None)
    put(page, content)
    expect(files(page)).not_to_contain_text("Une partie seulement", timeout=20_000)
    expect(files(page)).to_have_count(1)
    assert sent[0].endswith(f"?at={5 * 256 * 1024}")


def test_a_sending_is_cancelled_and_a_refused_file_is_told(site: Site, person: Person) -> None:
    page = person()
    open_form(page)
    page.route("**/fichiers/*?at=*", lambda route: None)
    put(page, given("scan.pdf", heavy(1)))
    page.get_by_role("button", name="Annuler l’envoi : scan.pdf").click()
    expect(page.locator("[data-coming] li")).to_have_count(0)
    expect(page.locator("#document")).to_be_focused()
    page.unroute("**/fichiers/*?at=*")
    uuid = page.locator("input[name=uuid]").input_value()
    left = select(func.count()).select_from(UploadRow).where(UploadRow.deposit == uuid)
    until(lambda: site.act(lambda s: s.scalar(left)) == 0, what="the file to be forgotten")
    put(page, given("programme.exe", b"MZ"))
    expect(page.locator("#document-messages")).to_contain_text("n’est pas accepté")
    expect(page.locator("#document")).to_have_attribute("aria-invalid", "true")
    assert faults(page, "refused") == []


def test_pasted_text_without_anything_else(site: Site, person: Person) -> None:
    page = person()
    open_form(page)
    tell(page)
    page.locator("summary", has_text="Coller son texte").click()
    page.get_by_label("Le texte du document").fill("Madame, vous avez perçu un indu.")
    send(page)
    number = number_of(page)
    read_by_the_machine(page, number)


def test_what_cannot_be_read_is_told_on_the_page(person: Person) -> None:
    page = person()
    open_form(page)
    tell(page)
    put(page, given("a.pdf", b"%PDF-1.7 et rien d'autre"))
    expect(files(page)).to_have_count(1)
    send(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Votre document n’a pas pu être lu", timeout=40_000
    )
    expect(page.get_by_role("link", name="Recommencer")).to_be_visible()
    assert faults(page, "unread") == []


@pytest.mark.parametrize("width", [375, 1280])
def test_without_a_script(site: Site, browser: Browser, width: int) -> None:
    with seeing(browser, site.url, width=width, java_script_enabled=False) as seen:
        page = seen.page
        page.goto(FORM)
        put(page, given("Ma lettre.pdf", letter()))
        page.get_by_role("searchbox", name="De quelle administration").fill(
            "mairie clairbrume etat civil"
        )
        page.get_by_role("button", name="Chercher cette administration").click()
        group = page.get_by_role("radiogroup", name="Administrations trouvées")
        group.get_by_role("radio").first.check()
        page.get_by_role("button", name="Choisir cette administration").click()
        expect(page.locator("#administration strong")).to_contain_text("tat civil")
        expect(files(page)).to_contain_text("Fichier 1, PDF")
        send(page)
        summary = page.locator(".error-summary")
        expect(summary.get_by_role("link")).to_have_count(2)
        assert axe.overflow(page) == 0
        tell(page)
        send(page)
        number = number_of(page)
        expect(page.get_by_text("En cours de lecture")).to_be_visible()
        link = page.locator("main a[href^='/documents/suivi/']")
        expect(link).to_have_text(re.compile(r"/documents/suivi/[\w-]{43}$"))
        row = site.act(lambda s: s.get_one(DocumentRow, number).problems)
        assert row == ["jargon"]
        assert len(seen.complaints) == 1 and "status of 422" in seen.complaints[0]
