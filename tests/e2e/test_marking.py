"""Reading and marking a document: two readers, keyboard alone, a phone, no script, no network."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, Request, expect
from sqlalchemy import select

from spplus_app.domain.documents.annotations import Tone, Why
from spplus_app.domain.documents.parts import parts
from spplus_app.domain.documents.reading import Block, BlockKind, around
from spplus_app.domain.documents.sizes import CHARACTERS_MAX
from spplus_app.persistence.tables import AnnotationRow
from tests.e2e import axe, letters
from tests.e2e.conftest import Person
from tests.e2e.letters import Letter
from tests.e2e.site import Site, until
from tests.e2e.test_keyboard import Keys
from tests.e2e.test_weight import FOREVER, SCRIPTS, loaded

DEBT = "Vous avez perçu un indu de prestations au titre de la période de référence susvisée."
SELECT = """([words, within]) => {
  const walker = document.createTreeWalker(document.querySelector(within), NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = node.data.indexOf(words);
    if (at >= 0) { getSelection().setBaseAndExtent(node, at, node, at + words.length); return; }
  }
  throw new Error(words);
}"""


@pytest.fixture
def letter(site: Site) -> Letter:
    """A letter that nobody marked."""
    return letters.written(site)


def opened(page: Page, letter: Letter, query: str = "") -> Page:
    """Open a letter and wait until it can be marked."""
    page.goto(letter.href + query)
    expect(page.locator("body > .site .s--here")).to_have_count(1)
    expect(page.locator("#first-paint")).to_have_count(0)
    return page


def tone(page: Page, name: str) -> Locator:
    """One of the three answers."""
    return page.get_by_role("radio", name=name, exact=True)


def kept(site: Site, letter: Letter, count: int = 1) -> list[AnnotationRow]:
    """The marks of a letter, once there are so many, in the order of the text."""

    def found() -> list[AnnotationRow]:
        def work(session: object) -> list[AnnotationRow]:
            query = select(AnnotationRow).where(AnnotationRow.document_id == letter.id)
            rows = list(session.scalars(query.order_by(AnnotationRow.start)))  # type: ignore[attr-defined]
            for row in rows:
                session.expunge(row)  # type: ignore[attr-defined]
            return rows

        return site.act(work)

    until(lambda: len(found()) == count, what=f"{count} marks")
    return found()


def test_two_readers_live(site: Site, person: Person, letter: Letter) -> None:
    one, two = opened(person(), letter), opened(person(), letter)
    expect(two.locator("button.heat")).to_have_count(0)
    two.get_by_role("button", name="Voir sans marquer").click()
    expect(two.locator("#autres")).to_contain_text("Personne n’a encore marqué")
    one.locator("#p3").click()
    expect(one.locator(".dock__where")).to_have_text("Phrase\u00a03 sur\u00a014")
    tone(one, "Pas clair").check()
    expect(one.locator(".dock__status")).to_have_text("Marque gardée\u00a0: pas clair.")
    one.get_by_label("vocabulaire").check()
    one.get_by_text("Ajouter un mot").click()
    one.get_by_label("Ce que j’ai compris").fill("On me réclame de l’argent. 06 12 34 56 78")
    one.get_by_label("Ce que j’écrirais à la place").fill("Vous nous devez 412,17 €.")
    # Nobody sees it before it is sent.
    until(lambda: kept(site, letter)[0].rewrite != "", what="the words to be kept")
    expect(two.locator("button.heat")).to_have_count(0)
    one.get_by_role("button", name="Envoyer mes marques").click()
    heat = two.locator("button.heat")
    expect(heat).to_have_text(
        "pas clair\u00a0: 1, 1\u00a0lecteur sur la phrase 3, lire leurs marques"
    )
    heat.click()
    told = two.get_by_role("region", name="Ce que d’autres disent de la phrase 3")
    expect(told).to_contain_text("On me réclame de l’argent. [téléphone]")
    expect(told).to_contain_text("1\u00a0lecteur\u00a0: vocabulaire (1)")
    expect(two.locator("#autres")).to_contain_text("1\u00a0autre a regardé sans marquer")
    # A change of what is sent is seen too, and what it takes back goes.
    tone(one, "M’inquiète").check()
    expect(heat).to_contain_text("m’inquiète\u00a0: 1")
    one.get_by_role("button", name="Effacer cette marque").click()
    expect(heat).to_have_count(0)
    one.get_by_role("button", name="Annuler").click()
    expect(heat).to_contain_text("m’inquiète\u00a0: 1")
    assert kept(site, letter)[0].status == "sent"


def asked_for(page: Page, part: str) -> list[str]:
    """The addresses with this part that the page asks for from now on, as they go."""
    found: list[str] = []

    def note(request: Request) -> None:
        if request.method == "GET" and part in request.url:
            found.append(request.url)

    page.on("request", note)
    return found


def test_what_one_sends_is_asked_for_once(site: Site, person: Person, letter: Letter) -> None:
    one, two = opened(person(), letter), opened(person(), letter)
    two.get_by_role("button", name="Voir sans marquer").click()
    expect(two.locator("#autres")).to_contain_text("Personne n’a encore marqué")
    tone(one, "Pas clair").check()
    kept(site, letter)
    mine, theirs = asked_for(one, "?partie="), asked_for(two, "?partie=")
    one.get_by_role("button", name="Envoyer mes marques").click()
    expect(one.locator("button.heat")).to_have_count(1)
    expect(two.locator("button.heat")).to_have_count(1)
    # The word that the document changed has come to both: one of them knew already.
    told = one.locator("body > .site spplus-marking")
    expect(told).to_have_attribute("data-moved", moved(two))
    one.wait_for_timeout(500)  # nothing to wait for: nothing must be asked
    assert (len(mine), len(theirs)) == (1, 1)
    # What another does is still asked for.
    two.locator("#p3").click()
    tone(two, "M’inquiète").check()
    two.get_by_role("button", name="Envoyer mes marques").click()
    expect(one.locator("button.heat")).to_have_count(2)


def moved(page: Page) -> str:
    """The number at which the document of this page stands."""
    return page.locator("body > .site spplus-marking").get_attribute("data-moved") or ""


HURT = "Je n’en peux plus, j’ai envie de mourir."
NUMBERS = ["tel:3114", "tel:17", "tel:112"]


def called(page: Page) -> list[str | None]:
    """The numbers that one is told to call."""
    place = page.get_by_role("region", name="Vous pouvez en parler maintenant")
    expect(place).to_contain_text("Ce site ne peut pas envoyer de secours")
    return [one.get_attribute("href") for one in place.get_by_role("link").all()]


@pytest.mark.parametrize("width", [375, 1280])
def test_words_of_distress_are_answered_at_once(person: Person, letter: Letter, width: int) -> None:
    page = opened(person(width=width, height=667), letter)
    expect(page.locator("body > .site spplus-help")).to_be_hidden()
    tone(page, "M’inquiète").check()
    page.get_by_text("Ajouter un mot").click()
    page.get_by_label("Ce que j’ai compris").fill(HURT)
    page.get_by_label("Ce que j’ai compris").blur()
    assert called(page) == NUMBERS
    expect(page.locator(".help__number").first).to_be_in_viewport()
    expect(page.get_by_label("Ce que j’ai compris")).to_have_value(HURT)
    assert axe.violations(page) == [] and axe.overflow(page) == 0
    assert called(opened(page, letter)) == NUMBERS


def test_words_of_distress_are_answered_without_a_script(person: Person, letter: Letter) -> None:
    page = person(java_script_enabled=False)
    page.goto(letter.href + "?phrase=3")
    tone(page, "M’inquiète").check()
    page.get_by_text("Ajouter un mot").click()
    page.get_by_label("Ce que j’écrirais à la place").fill(HURT)
    page.get_by_role("button", name="Garder cette marque").click()
    assert called(page) == NUMBERS
    other = person(java_script_enabled=False)
    other.goto(letter.href + "?phrase=3")
    expect(other.locator(".help")).to_have_count(0)


def test_by_keyboard_alone(site: Site, person: Person, letter: Letter) -> None:
    page = opened(person(), letter)
    keys, words = Keys(page), page.locator(".dock__words")
    keys.reach(words)
    keys.press("ArrowRight", "ArrowDown")
    expect(words).to_have_text(DEBT)
    expect(page.locator("#live-polite")).to_have_text(f"Phrase 3 sur 14\u00a0: {DEBT}")
    keys.press("3")
    expect(tone(page, "M’inquiète")).to_be_checked()
    expect(page.locator("#p3")).to_contain_text("début de votre marque\u00a0: m’inquiète")
    expect(page.locator("#p3")).to_contain_text("fin de votre marque")
    keys.reach(page.get_by_label("ton", exact=True))
    keys.press("Space")
    keys.reach(page.locator(".dock__undo"))
    keys.press("Enter")
    expect(page.get_by_label("ton", exact=True)).not_to_be_checked()
    expect(words).to_be_focused()
    keys.press("ArrowRight", "ArrowLeft", "ArrowLeft")
    expect(words).to_have_text("Madame, Monsieur,")
    # Inside the answers, arrows choose as anywhere.
    keys.reach(tone(page, "Clair"))
    keys.press("Space", "ArrowRight")
    expect(tone(page, "Pas clair")).to_be_checked()
    wanted = [("unclear", "Madame, Monsieur,", []), ("worrying", DEBT, [])]
    until(
        lambda: [(one.tone, one.exact, one.reasons) for one in kept(site, letter, 2)] == wanted,
        what="the last word on each mark",
    )
    keys.reach(page.get_by_role("button", name="Envoyer mes marques"))
    keys.press("Enter")
    expect(page.locator("#autres")).to_be_focused()
    keys.reach(page.locator("button.heat").first, "Shift+Tab")
    keys.press("Enter")
    expect(page.get_by_role("region", name="phrase 2")).to_be_visible()


def test_single_keys_can_be_switched_off_and_stay_off(
    site: Site, person: Person, letter: Letter
) -> None:
    page = opened(person(), letter)
    page.get_by_role("checkbox", name="Raccourcis du clavier").uncheck()
    page.locator(".dock__words").press("2")
    expect(page.get_by_role("radio", checked=True)).to_have_count(0)
    opened(page, letter)
    expect(page.get_by_role("checkbox", name="Raccourcis du clavier")).not_to_be_checked()
    page.locator(".dock__words").press("2")
    expect(page.get_by_role("radio", checked=True)).to_have_count(0)
    page.get_by_role("checkbox", name="Raccourcis du clavier").check()
    page.locator(".dock__words").press("2")
    expect(tone(page, "Pas clair")).to_be_checked()


def test_a_passage_is_marked_with_the_mouse_where_it_stands(
    site: Site, person: Person, letter: Letter
) -> None:
    page = opened(person(), letter)
    # After a character of two units, and inside a sentence that is already marked.
    page.locator("#p8").click()
    tone(page, "Clair").check()
    kept(site, letter)
    page.evaluate(SELECT, ["salaire", "#p8"])
    expect(page.locator(".dock__words")).to_have_text("salaire")
    tone(page, "Pas clair").check()
    whole, passage = kept(site, letter, 2)
    assert whole.tone == "clear" and passage.exact == "salaire"
    assert letter.text.text[passage.start : passage.end] == "salaire"
    # From one block into the next, with the mouse itself.
    start, end = page.locator("#p2").bounding_box(), page.locator("#p4").bounding_box()
    assert start and end
    page.mouse.move(start["x"] + 2, start["y"] + start["height"] / 2)
    page.mouse.down()
    page.mouse.move(end["x"] + 60, end["y"] + 6, steps=10)
    page.mouse.up()
    expect(page.locator(".dock__words")).to_contain_text("Madame, Monsieur, Vous avez perçu")
    tone(page, "M’inquiète").check()
    longest = kept(site, letter, 3)[0]
    assert longest.exact == letter.text.text[longest.start : longest.end]
    assert longest.exact.startswith("Madame, Monsieur,\n\nVous avez perçu")
    expect(page.locator("mark.mine--worrying").first).to_contain_text("Madame")
    page.locator("mark.mine--unclear").click()
    expect(page.locator(".dock__words")).to_have_text("salaire")
    expect(tone(page, "Pas clair")).to_be_checked()


def test_on_a_phone_with_a_finger(site: Site, person: Person, letter: Letter) -> None:
    page = opened(person(width=375, height=667, has_touch=True, is_mobile=True), letter)
    page.locator("#p3").tap()
    expect(page.locator(".dock__words")).to_have_text(DEBT)
    page.locator("label[for=ton-worrying]").tap()
    page.get_by_text("je ne sais pas quoi faire").tap()
    until(lambda: kept(site, letter)[0].reasons == ["lost"], what="the reason to be kept")
    page.evaluate(SELECT, ["la CRA", "#p5"])
    expect(page.locator(".dock__words")).to_have_text("la CRA")
    page.locator("label[for=ton-unclear]").tap()
    assert kept(site, letter, 2)[1].exact == "la CRA"
    page.get_by_role("link", name="Phrase suivante").tap()
    expect(page.locator(".dock__where")).to_have_text("Phrase\u00a06 sur\u00a014")
    page.get_by_role("button", name="Envoyer mes marques").tap()
    page.locator("button.heat").first.tap()
    expect(page.get_by_role("region", name="phrase 3")).to_be_visible()
    assert axe.overflow(page) == 0
    picture = page.get_by_alt_text("Page\u00a01 du document, masquée\u00a0; son texte est à côté")
    picture.scroll_into_view_if_needed()
    until(lambda: picture.evaluate("node => node.naturalWidth") == 620, what="the page image")


def outlined(page: Page) -> list[list[int]]:
    """Where the outline stands on the image of each page, in pixels of an image of that width."""
    return list(
        page.evaluate(
            """() => [...document.querySelectorAll("body > .site .sheet__here")].map((svg) => {
              const path = svg.lastElementChild;
              if (!path.getAttribute("d")) { return []; }
              const box = path.getBBox(), of = svg.viewBox.baseVal, scale = 620 / of.width;
              return [box.x, box.y, box.x + box.width, box.y + box.height]
                .map((side) => Math.round(side * scale));
            })"""
        )
    )


def drawn(letter: Letter, words: str) -> list[int]:
    """Where words are drawn on the first image, all around."""
    start = letter.text.text.index(words)
    box = around([one.box for one in letter.text.regions(start, start + len(words))])
    return [round(side / letters.POINT) for side in (box.left, box.top, box.right, box.bottom)]


def near(found: list[int], wanted: list[int]) -> bool:
    """Whether two rectangles are the same, to the pixel and a half."""
    return len(found) == 4 and all(abs(a - b) <= 2 for a, b in zip(found, wanted, strict=True))


def test_the_sentence_one_is_at_is_shown_on_the_image_of_its_page(
    person: Person, letter: Letter
) -> None:
    page = opened(person(), letter)
    page.locator("#p3").click()
    assert near(outlined(page)[0], drawn(letter, DEBT)), outlined(page)
    page.get_by_role("link", name="Phrase précédente").click()
    assert near(outlined(page)[0], drawn(letter, "Madame, Monsieur,")), outlined(page)
    # A passage: the sentences it touches.
    page.evaluate(SELECT, ["salaire", "#p8"])
    expect(page.locator(".dock__words")).to_have_text("salaire")
    whole = "vos trois derniers bulletins 😀 de salaire"
    assert near(outlined(page)[0], drawn(letter, whole)), outlined(page)
    see = page.get_by_role("link", name="Voir sur l’image de la page")
    see.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#page-1")).to_be_focused()
    expect(page.locator(".sheet__here > path").last).to_be_in_viewport()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".dock__words")).to_be_focused()
    expect(page.locator(".dock__words")).to_be_in_viewport()
    expect(page.locator("#p8")).to_be_in_viewport()


def test_on_a_phone_one_sees_the_image_then_the_text_again(person: Person, letter: Letter) -> None:
    page = opened(person(width=375, height=667, has_touch=True, is_mobile=True), letter)
    page.locator("#p5").tap()
    expect(page.locator("#page-1")).not_to_be_in_viewport()
    page.get_by_role("link", name="Voir sur l’image de la page").tap()
    expect(page.locator(".sheet__here > path").last).to_be_in_viewport(ratio=1)
    page.get_by_role("link", name="Revenir à la phrase").tap()
    expect(page.locator("#p5")).to_be_in_viewport(ratio=1)
    expect(page.locator(".dock__words")).to_have_text("Vous pouvez saisir la CRA.")


def test_what_is_on_no_image_offers_to_show_none(site: Site, person: Person) -> None:
    page = opened(person(), site.act(letters.publish))
    expect(page.locator(".dock__seen")).to_be_hidden()
    expect(page.locator(".sheet__here")).to_have_count(0)


def test_without_javascript(site: Site, person: Person, letter: Letter) -> None:
    letters.marked(site, letter, "one", "la CRA", Tone.UNCLEAR, Why.ACRONYM, understood="Qui ?")
    page = person(java_script_enabled=False)
    page.goto(letter.href)
    expect(page.locator("#p14")).to_be_visible()
    for _ in range(2):
        page.get_by_role("link", name="Phrase suivante").click()
    expect(page.locator(".dock__words")).to_have_text(DEBT)
    page.get_by_role("link", name="Voir sur l’image de la page").click()
    expect(page.locator(".sheet__here > path").last).to_be_in_viewport()
    page.get_by_role("link", name="Revenir à la phrase").click()
    expect(page.locator("#p3")).to_be_in_viewport()
    tone(page, "Pas clair").check()
    page.get_by_label("phrase trop longue").check()
    page.get_by_role("button", name="Garder cette marque").click()
    expect(page.locator(".dock__where")).to_have_text("Phrase\u00a04 sur\u00a014")
    expect(page.get_by_text("1 marque, que vous seul voyez.")).to_be_visible()
    page.get_by_role("button", name="Envoyer mes marques").click()
    page.goto(letter.href + "?phrase=5")
    expect(page.locator("#autres")).to_contain_text("A compris\u00a0: Qui ?")
    expect(page.locator("#autres")).to_contain_text("sigle (1)")
    page.goto(letter.href + "?phrase=3")
    expect(tone(page, "Pas clair")).to_be_checked()
    page.get_by_role("button", name="Effacer cette marque").click()
    expect(page.locator(".dock__where")).to_have_text("Phrase\u00a03 sur\u00a014")
    assert len(kept(site, letter)) == 1


def test_what_is_marked_without_network_leaves_when_it_comes_back_and_once(
    site: Site, person: Person, letter: Letter
) -> None:
    page = opened(person(), letter)
    page.context.set_offline(True)
    page.locator("#p3").click()
    tone(page, "Pas clair").check()
    expect(page.locator(".dock__status")).to_contain_text("Connexion coupée")
    tone(page, "M’inquiète").check()
    page.locator("#p2").click()
    tone(page, "Clair").check()
    expect(page.locator(".dock__count")).to_contain_text("2\u00a0marques attendent la connexion")
    kept(site, letter, 0)
    page.context.set_offline(False)
    marks = kept(site, letter, 2)
    assert [one.tone for one in marks] == ["clear", "worrying"], "each its last word, once"
    expect(page.locator(".dock__count")).to_have_text("2\u00a0marques, que vous seul voyez.")


def test_what_waits_outlives_the_page(site: Site, person: Person, letter: Letter) -> None:
    page = opened(person(), letter)
    page.context.set_offline(True)
    page.locator("#p3").click()
    tone(page, "Pas clair").check()
    expect(page.locator(".dock__count")).to_contain_text("attend la connexion")
    context = page.context
    page.close()
    context.set_offline(False)
    again = opened(context.new_page(), letter)
    expect(again.locator("#p3 mark")).to_have_count(1)
    assert kept(site, letter)[0].tone == "unclear"


def test_what_was_typed_stays_when_a_mark_is_refused(
    site: Site, person: Person, letter: Letter
) -> None:
    page = opened(person(), letter)
    why = '{"message": "Refusé.", "errors": {"understood": "Ce texte est trop long."}}'
    page.route("**/api/marques/*/*-*", lambda route: route.fulfill(status=422, body=why))
    tone(page, "Pas clair").check()
    page.get_by_text("Ajouter un mot").click()
    field = page.get_by_label("Ce que j’ai compris")
    field.fill("Des mots que je tiens à garder.")
    field.blur()
    expect(page.locator(".dock__status")).to_have_text("Ce texte est trop long.")
    expect(field).to_have_value("Des mots que je tiens à garder.")
    expect(page.locator("mark.mine")).to_have_count(0)
    page.unroute("**/api/marques/*/*-*")
    field.fill("Des mots.")
    field.blur()
    assert kept(site, letter)[0].understood == "Des mots."


@pytest.fixture(scope="module")
def warm(site: Site) -> Letter:
    """A letter that readers marked with every tone."""
    made = letters.written(site)
    letters.marked(site, made, "one", DEBT, Tone.UNCLEAR, Why.VOCABULARY, understood="Rien.")
    letters.marked(site, made, "two", "retenue sur vos prestations", Tone.WORRYING, rewrite="On.")
    letters.marked(site, made, "three", "Madame, Monsieur,", Tone.CLEAR)
    return made


@pytest.fixture
def marked(person: Person, warm: Letter) -> Iterator[Page]:
    """A page with one's own marks, others' heat, and others' words unfolded."""
    page = opened(person(), warm)
    page.locator("#p5").click()
    tone(page, "Pas clair").check()
    page.get_by_text("Ajouter un mot").click()
    page.get_by_role("button", name="Envoyer mes marques").click()
    page.locator("button.heat").nth(1).click()
    expect(page.locator(".others__mark")).not_to_have_count(0)
    yield page


def test_nothing_is_wrong_for_axe_with_marks_and_heat(marked: Page) -> None:
    assert axe.faults(marked) == []


def test_a_tone_is_a_shape_and_a_word_without_any_colour(marked: Page, browser: Browser) -> None:
    marked.emulate_media(forced_colors="active")
    lines = marked.evaluate(
        "() => ['clear', 'unclear', 'worrying'].map(tone => getComputedStyle("
        "document.querySelector(`.hot--${tone}`)).textDecorationStyle)"
    )
    assert lines == ["solid", "dashed", "double"]
    for chip in marked.locator("button.heat").all():
        expect(chip.locator("svg")).to_have_count(1)
        expect(chip).to_contain_text("\u00a0: ")
    assert axe.violations(marked) == []


def test_a_first_visit_to_a_document_is_light(site: Site, browser: Browser, letter: Letter) -> None:
    context = browser.new_context(base_url=site.url)
    try:
        files = loaded(context, letter.href)
    finally:
        context.close()
    scripts = [one for one in files if one.kind == "Script"]
    assert [one.cache for one in scripts if one.path == "/marking.js"] == [FOREVER]
    assert sum(one.size for one in scripts) <= SCRIPTS


def test_the_longest_text_is_read_part_by_part_and_marked_to_its_end(
    site: Site, person: Person
) -> None:
    line = "Vous avez perçu un indu que nous récupérerons sans délai de votre part. "
    block = Block(BlockKind.PARAGRAPH, (line * 10).strip())
    long = letters.written(site, *[block] * (CHARACTERS_MAX // len(block.text)))
    last, of = len(long.text.sentences), len(parts(long.text))
    assert of > 5
    page = opened(person(), long)
    page.get_by_role("link", name="Partie suivante").click()
    expect(page.locator("#texte-titre")).to_contain_text(f"partie\u00a02 sur\u00a0{of}")
    opened(page, long, f"?phrase={last}")
    expect(page.locator(".dock__where")).to_have_text(f"Phrase\u00a0{last} sur\u00a0{last}")
    tone(page, "M’inquiète").check()
    (made,) = kept(site, long)
    assert (made.start, made.exact) == (long.text.sentences[-1].start, line.strip())
