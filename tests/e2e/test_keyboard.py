"""The whole story by keyboard alone: Tab, Shift-Tab, Enter, Space, arrows, Escape.

At each stop the focus must be seen and in the window; nothing is reached by more stops than the
page has, so nothing traps.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e import steps
from tests.e2e.conftest import Person

STOPS_MAX = 90
TITLE = "Une matinée perdue, sans la souris"
_STOP = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) { return {where: 'body', seen: true, inside: true}; }
  // The ring stands on the element, or on the card, the row or the group around it.
  const rings = [];
  for (let n = e; n && rings.length < 5; n = n.parentElement) { rings.push(getComputedStyle(n)); }
  const box = e.getBoundingClientRect();
  return {
    where: `${e.localName}#${e.id}.${e.className}: ${(e.innerText || e.value || '').slice(0, 60)}`,
    seen: rings.some(s => s.outlineStyle === 'solid' && parseFloat(s.outlineWidth) >= 2
        && s.outlineColor !== s.backgroundColor),
    inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
  };
}"""


class Keys:
    """A person who has a keyboard and nothing else."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def write(self, text: str) -> None:
        """Type in the field that has the focus, a line at a time."""
        for number, line in enumerate(text.split("\n")):
            if number:
                self.press("Enter")
            self.page.keyboard.type(line)

    def reach(self, target: Locator, key: str = "Tab") -> None:
        """Go from stop to stop until ``target`` has the focus, which is seen at each stop."""
        expect(target).to_be_visible()
        passed = []
        for _ in range(STOPS_MAX):
            self.press(key)
            stop = self.page.evaluate(_STOP)
            assert stop["seen"], f"no visible focus on {stop['where']}"
            assert stop["inside"], f"the focus is out of the window on {stop['where']}"
            if target.evaluate("e => e === document.activeElement"):
                return
            passed.append(stop["where"])
        raise AssertionError(f"never reached {target}; passed {passed}")

    def use(self, role: str, name: str | re.Pattern[str], key: str = "Enter") -> None:
        """Reach a button, a link or a box, and press it."""
        exact = isinstance(name, str)
        self.reach(self.page.get_by_role(role, name=name, exact=exact).first)  # type: ignore[arg-type]
        self.press(key)

    def fill(self, label: str, text: str) -> None:
        """Reach a field and write in it."""
        self.reach(self.page.get_by_label(label).first)
        self.press("ControlOrMeta+a")
        self.write(text)

    def choose(self, first: Locator, downs: int) -> None:
        """Reach the first answer of a question, and go down to another."""
        self.reach(first)
        self.press("Space", *["ArrowDown"] * downs)

    def arrived(self, heading: str) -> None:
        """After a navigation, the focus is on the heading of the page."""
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(heading)
        expect(self.page.get_by_role("heading", level=1)).to_be_focused()


def _sign_in(keys: Keys, name: str) -> None:
    who = steps.account(name)
    keys.page.goto("/connexion")
    expect(keys.page.get_by_role("heading", name="Comptes de la démonstration")).to_be_visible()
    keys.fill("Votre adresse e-mail professionnelle", who.email)
    keys.fill("Votre mot de passe", who.password)
    keys.press("Enter")
    expect(keys.page).to_have_url(re.compile(r"/espace/"))


def _service(keys: Keys) -> None:
    page = keys.page
    box = page.get_by_role("combobox")
    keys.reach(box)
    keys.write("clairbrume")
    expect(page.get_by_role("option").nth(1)).to_be_visible()
    keys.press("ArrowDown", "ArrowDown")
    expect(page.get_by_role("option").nth(1)).to_have_attribute("aria-selected", "true")
    keys.press("Escape")
    expect(page.get_by_role("option")).to_have_count(0)
    expect(box).to_have_value("clairbrume")
    keys.press("ControlOrMeta+a")
    keys.write("mairie clairbrume etat civil")
    expect(page.get_by_role("option", name="État civil")).to_be_visible()
    keys.press("ArrowDown", "Enter")
    chosen = page.get_by_role("group", name="État civil").first
    expect(chosen).to_be_visible()
    expect(box).to_be_focused()
    # An error takes the focus, and leads to its field.
    keys.use("button", "Continuer")
    expect(page.locator(".error-summary")).to_be_focused()
    keys.press("Tab", "Enter")
    expect(page.locator("[id^=channels-]")).to_be_focused()
    keys.use("checkbox", "Accueil", "Space")
    felt = page.locator(".channel").filter(has=page.get_by_role("checkbox", name="Accueil"))
    keys.choose(felt.get_by_role("radio").first, 2)
    expect(felt.get_by_role("radio", name="Négatif")).to_be_checked()
    keys.use("button", "Continuer")


def _story(keys: Keys, title: str) -> None:
    page = keys.page
    keys.arrived("Que s’est-il passé")
    whole = page.get_by_role("radiogroup", name="Dans l’ensemble")
    keys.choose(whole.get_by_role("radio").first, 2)
    keys.choose(page.get_by_role("radiogroup", name="Qui êtes-vous").get_by_role("radio").first, 1)
    keys.fill("Résumez en une phrase", title)
    keys.fill("Racontez ce qui s’est passé", steps.NARRATIVE)
    keys.reach(page.locator("summary", has_text="cinq points"))
    keys.press("Enter")
    points = page.get_by_role("radiogroup", name="Réactivité")
    keys.choose(points.get_by_role("radio").first, 1)
    expect(points.get_by_role("radio", name="Neutre")).to_be_checked()
    keys.use("button", "Continuer")


def _deposit(keys: Keys, title: str) -> None:
    page = keys.page
    page.goto("/")
    keys.reach(page.get_by_role("link", name="Contenu"))
    keys.press("Enter")
    expect(page.locator("main")).to_be_focused()
    keys.use("link", "Je partage mon expérience")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Quel service")
    _service(keys)
    _story(keys, title)
    keys.arrived("Vous")
    keys.reach(page.get_by_label("Votre département"))
    keys.press("ArrowDown")
    keys.fill("Un prénom ou un pseudonyme", "Camille")
    # And back: one changes a word two steps before, the rest is still there.
    keys.use("link", "Revenir")
    keys.arrived("Que s’est-il passé")
    expect(page.get_by_label("Résumez en une phrase")).to_have_value(title)
    keys.use("button", "Continuer")
    keys.arrived("Vous")
    expect(page.get_by_label("Un prénom ou un pseudonyme")).to_have_value("Camille")
    keys.use("button", "Relire avant d’envoyer")
    keys.arrived("Vérifiez")
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    keys.use("button", "Envoyer mon expérience")
    keys.arrived("Merci")


def _withdraw(keys: Keys) -> None:
    page = keys.page
    opener = page.get_by_role("button", name="Retirer mon expérience")
    keys.reach(opener)
    keys.press("Enter")
    dialog = page.get_by_role("dialog", name="Retirer votre expérience")
    expect(dialog).to_be_visible()
    keys.reach(dialog.get_by_role("button", name="Non, la garder"))
    keys.reach(dialog.get_by_role("button", name="Fermer"), "Shift+Tab")
    keys.press("Escape")
    expect(dialog).to_be_hidden()
    expect(opener).to_be_focused()
    keys.press("Enter")
    keys.use("button", "Oui, la retirer")
    # The button that had the focus is gone: what was done says so, and takes it.
    expect(page.get_by_text("Votre expérience est retirée")).to_be_visible()
    expect(page.locator("spplus-errors > div")).to_be_focused()


def _refuse_and_correct(moderator: Keys, citizen: Keys, title: str) -> None:
    moderator.reach(moderator.page.get_by_role("link", name=title))
    moderator.press("Enter")
    moderator.arrived(title)
    moderator.reach(moderator.page.locator("aside summary", has_text="Refuser"))
    moderator.press("Enter")
    moderator.use("button", "Ne pas publier et écrire à l’auteur")
    expect(moderator.page.locator(".error-summary")).to_be_focused()
    moderator.press("Tab", "Enter")
    expect(moderator.page.get_by_label("Motif")).to_be_focused()
    moderator.press("ArrowDown")
    moderator.fill("Un mot pour l’auteur", "Sans le nom du village, s’il vous plaît.")
    moderator.use("button", "Ne pas publier et écrire à l’auteur")
    moderator.arrived("À relire")
    expect(citizen.page.get_by_role("heading", name="Corriger et renvoyer")).to_be_visible()
    citizen.fill("Racontez ce qui s’est passé", "Le guichet était fermé. Rien ne le disait.")
    citizen.use("button", "Renvoyer mon texte corrigé")
    expect(citizen.page.get_by_text("Votre texte corrigé est envoyé")).to_be_visible()


def _reply(agent: Keys, title: str) -> None:
    agent.reach(agent.page.get_by_role("link", name=title))
    agent.press("Enter")
    agent.arrived(title)
    agent.fill("Votre réponse", "Nous avons affiché la fermeture.")
    agent.reach(agent.page.get_by_label("Formule de politesse"))
    agent.press("ArrowDown")
    agent.fill("Signature", "Le service état civil")
    agent.use("button", "Publier la réponse")
    expect(agent.page.get_by_text("Votre réponse est publiée")).to_be_visible()
    expect(agent.page.locator("spplus-errors > div")).to_be_focused()


def test_the_story_by_keyboard_alone(person: Person) -> None:
    citizen, moderator, agent = (Keys(person()) for _ in range(3))
    _deposit(citizen, TITLE)
    citizen.use("link", "Ouvrir mon suivi")
    expect(citizen.page.get_by_role("heading", level=1)).to_have_text(TITLE)

    _sign_in(moderator, "moderation")
    expect(moderator.page.get_by_role("link", name=TITLE)).to_be_visible()
    _refuse_and_correct(moderator, citizen, TITLE)
    moderator.reach(moderator.page.get_by_role("link", name=TITLE))
    moderator.press("Enter")
    moderator.arrived(TITLE)
    moderator.use("button", "Publier")
    moderator.arrived("À relire")

    _sign_in(agent, "etat-civil")
    _reply(agent, TITLE)

    expect(citizen.page.get_by_text("Nous avons affiché la fermeture.")).to_be_visible()
    citizen.use("button", "Utile")
    useful = citizen.page.get_by_role("button", name="Utile", exact=True)
    expect(useful).to_have_attribute("aria-pressed", "true")
    citizen.reach(citizen.page.locator("summary", has_text="Répondre à un service"))
    citizen.press("Enter")
    citizen.fill("Votre réponse", "Merci, c’est clair.")
    citizen.use("button", "Envoyer ma réponse")
    expect(citizen.page.get_by_text("Votre réponse est envoyée")).to_be_visible()
    _withdraw(citizen)


@pytest.mark.parametrize("width", [1280, 375])
def test_no_stop_is_hidden_and_none_holds(person: Person, width: int) -> None:
    """From the first stop of a page to the last, then back: each seen, none holds."""
    page = person(width, 740)
    keys = Keys(page)
    for path in ("/", "/partager/recit", "/connexion"):
        page.goto(path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        last = page.locator("footer a").last
        keys.reach(last)
        keys.reach(page.get_by_role("link", name="Contenu", exact=True), "Shift+Tab")


def test_menu_and_appearance_of_a_phone(person: Person) -> None:
    page = person(375, 740)
    keys = Keys(page)
    page.goto("/experiences")
    expect(page.get_by_role("article").first).to_be_visible()
    menu = page.get_by_role("button", name="Menu", exact=True)
    keys.reach(menu)
    keys.press("Enter")
    keys.reach(page.locator(".appearance summary"))
    keys.press("Enter", "Tab", "ArrowDown", "ArrowDown")
    expect(page.locator("html")).to_have_attribute("data-fr-theme", "dark")
    keys.press("Escape")
    expect(page.locator(".appearance summary")).to_be_focused()
    keys.press("Escape")
    expect(menu).to_be_focused()
    expect(menu).to_have_attribute("aria-expanded", "false")
    keys.press("Enter")
    keys.use("link", "Accueil")
    keys.arrived("Dites ce qui s’est passé")
