"""Pages in other states than the one they open in: empty, filled, wrong, unfolded, asked again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from spplus_app.components.words import DATA_PAGE
from tests.e2e import axe
from tests.e2e.looked_at import AGENT, AUTHOR, MANAGER, MODERATOR, NOBODY, PROGRAMME

LONG = "Un long texte sans rien d’autre que des mots, pour voir. " * 160


@dataclass(frozen=True)
class State:
    """A page in another state: who opens it, and what they do there."""

    name: str
    path: str
    act: Callable[[Page], None]
    who: str = NOBODY
    real: str = ""
    query: str = ""
    allow: str = ""


def press(*buttons: str) -> Callable[[Page], None]:
    def act(page: Page) -> None:
        for name in buttons:
            page.get_by_role("button", name=name, exact=True).click()

    return act


def leads_to_its_fields(page: Page) -> None:
    """The list of errors is there; each of its links gives the focus to a field that is seen."""
    summary = page.locator(".error-summary")
    expect(summary).to_be_visible()
    for link in summary.get_by_role("link").all():
        link.click()
        field = page.locator(":focus")
        expect(field).to_have_id((link.get_attribute("href") or "").split("#")[-1])
        expect(field).to_be_visible()
        group = page.locator("[aria-invalid=true]").filter(has=field).or_(field)
        expect(group.first).to_have_attribute("aria-invalid", "true")


def wrong(button: str, *before: Callable[[Page], None]) -> Callable[[Page], None]:
    """Send what is wrong, and wait for the list of errors."""

    def act(page: Page) -> None:
        for one in before:
            one(page)
        press(button)(page)
        leads_to_its_fields(page)

    return act


def fill(**labels: str) -> Callable[[Page], None]:
    def act(page: Page) -> None:
        for ident, text in labels.items():
            page.locator(f"#{ident}").fill(text)

    return act


def unfold(*words: str) -> Callable[[Page], None]:
    def act(page: Page) -> None:
        for one in words:
            page.locator("main summary", has_text=one).first.click()

    return act


def see(text: str) -> Callable[[Page], None]:
    return lambda page: expect(page.get_by_text(text).first).to_be_visible()


def in_turn(*acts: Callable[[Page], None]) -> Callable[[Page], None]:
    def act(page: Page) -> None:
        for one in acts:
            one(page)

    return act


def _search(page: Page) -> None:
    page.get_by_role("combobox").fill("caf")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")


def _tick(page: Page) -> None:
    group = page.locator(".chosen-service").first
    group.get_by_role("checkbox", name="Courrier").check()


def _head(page: Page) -> None:
    """Open what the top of the page hides, on a phone."""
    axe.look(page, 320, "light")
    page.get_by_role("button", name="Menu", exact=True).click()
    page.locator(".fr-header .appearance summary").click()


def _labelled(page: Page) -> None:
    for name in ("Titre", "Récit"):
        expect(page.get_by_role("group", name=name)).to_be_visible()


def _reported(page: Page) -> None:
    """What is urgent comes before what is reported; everything is unfolded."""
    page.get_by_role("heading", name="Signalements").wait_for()
    headings = [one.inner_text() for one in page.locator("main h2").all()]
    assert headings.index("À lire maintenant") < headings.index("Signalements")
    unfold("Ce que disent les personnes", "Retirer avec un motif")(page)


def _remove_without_reason(page: Page) -> None:
    case = page.get_by_role("article").filter(has_text="Un récit signalé")
    case.locator("summary", has_text="Retirer avec un motif").click()
    case.get_by_role("button", name="Retirer le texte").click()
    leads_to_its_fields(page)


def _all_held(page: Page) -> None:
    page.locator("main a[href*='experience=']", has_text="replied").click()
    expect(page.get_by_role("heading", name="Tout effacer")).to_be_visible()
    for part in page.locator("main summary").all():
        part.click()


def _erase_how(page: Page) -> None:
    page.get_by_role("button", name="Continuer").click()
    leads_to_its_fields(page)


def _erase(page: Page) -> None:
    page.locator("main .fr-radio-group label").first.click()
    page.get_by_role("button", name="Continuer").click()
    page.get_by_role("button", name="Effacer définitivement").click()
    leads_to_its_fields(page)


def _without_reason(page: Page) -> None:
    press("Envoyer le signalement")(page)
    expect(page.get_by_text("Choisissez une raison.")).to_be_visible()
    expect(page.get_by_role("radiogroup")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_role("radio").first).to_be_focused()


def _without_word(page: Page) -> None:
    page.locator("label", has_text="Autre raison").click()
    press("Envoyer le signalement")(page)
    expect(page.get_by_label("Quelques mots")).to_be_focused()
    expect(page.get_by_text("Dites en quelques mots ce qui ne va pas.")).to_be_visible()


STEP, LIST = "/partager/", "/experiences"
SENDING = "/documents/signaler"
REASONS, REPORT = "/espace/moderation/motifs", "/signaler/[ident]"
FOLLOW, REVIEW, REPLY = "/suivi/[ident]", "/espace/moderation/[ident]", "/espace/reponses/[ident]"
STATES = (
    State("menu open", "/", _head),
    State("no service", f"{STEP}service", wrong("Continuer")),
    State("results", f"{STEP}service", _search),
    State("channel without ressenti", f"{STEP}service", wrong("Continuer", _tick), AUTHOR),
    State("empty", f"{STEP}recit", see("Résumez")),
    State("errors", f"{STEP}recit", wrong("Continuer", unfold("cinq points"))),
    State("too long", f"{STEP}recit", wrong("Continuer", fill(narrative=LONG)), AUTHOR),
    State("wrong address", f"{STEP}vous", wrong("Relire avant d’envoyer", fill(email="léa"))),
    State("no receipt", f"{STEP}merci", see("n’est plus affiché"), allow="404"),
    State("searched", LIST, see("Retirer le filtre"), query="?q=guichet&ressenti=positif"),
    State("filters unfolded", LIST, unfold("Filtrer les expériences"), query="?q=guichet"),
    State("nothing found", LIST, see("Aucune expérience ne correspond"), query="?q=zzyzx"),
    State(
        "lived the same",
        "/experiences/[ident]",
        in_turn(press("J’ai vécu une expérience similaire"), see("Retirer ce que j’ai dit")),
        real="published",
    ),
    State("absent", "/experiences/999999", see("n’est pas publiée"), allow="404"),
    State("without reply", "/experiences/[ident]", see("pas encore répondu"), real="published"),
    State("empty", "/suivi", see("Rien à suivre")),
    State("asked to withdraw", FOLLOW, press("Retirer mon expérience"), AUTHOR, "pending"),
    State(
        "refused, corrected badly",
        FOLLOW,
        wrong("Renvoyer mon texte corrigé", fill(title="")),
        AUTHOR,
        "refused",
    ),
    State(
        "answers back nothing",
        FOLLOW,
        wrong("Envoyer ma réponse", unfold("Répondre à un service")),
        AUTHOR,
        allow="422",
    ),
    State("not bound", FOLLOW, see("Ouvrez votre lien de suivi"), NOBODY, allow="404"),
    State(
        "refused at the door",
        "/connexion",
        in_turn(
            fill(email="x@exemple.fr", password="faux"), press("Me connecter"), see("Vérifiez")
        ),
        allow="403",
    ),
    State(
        "another account needed",
        "/connexion",
        see("n’ouvre pas cette page"),
        PROGRAMME,
        query="?suite=/espace/moderation",
    ),
    State(
        "sent",
        "/mot-de-passe-oublie",
        in_turn(fill(email="x@exemple.fr"), press("Recevoir un lien"), see("vient d’y partir")),
    ),
    State("link over", "/nouveau-mot-de-passe", see("plus valable"), query="?erreur=lien"),
    State("refusal folded out", "/espace/moderation", unfold("Refuser avec"), MODERATOR),
    State(
        "refused without reason",
        REVIEW,
        wrong("Ne pas publier et écrire à l’auteur", unfold("refuser ou orienter")),
        MODERATOR,
    ),
    State(
        "masks nothing",
        REVIEW,
        wrong("Masquer ces mots", unfold("Masquer des mots")),
        MODERATOR,
    ),
    State("appealed", REVIEW, unfold("Maintenir"), MODERATOR, "refused"),
    State("adds no reason", REASONS, wrong("Ajouter ce motif"), PROGRAMME),
    State("edited", REVIEW, in_turn(unfold("Ce qui a changé"), _labelled), MODERATOR, "edited"),
    State("reported", "/espace/moderation", _reported, MODERATOR),
    State(
        "removed without reason",
        "/espace/moderation",
        _remove_without_reason,
        MODERATOR,
    ),
    State(
        "answer refused without reason",
        "/espace/moderation",
        wrong("Refuser", unfold("Refuser avec")),
        MODERATOR,
    ),
    State(
        "upheld without a word",
        REVIEW,
        wrong("Maintenir et écrire à l’auteur", unfold("Maintenir la décision")),
        MODERATOR,
        "refused",
    ),
    State("not for who moderates", REASONS, see("n’avez pas accès"), MODERATOR),
    State("one's own, all of it", DATA_PAGE, _all_held, AUTHOR),
    State("one's own, erased how", DATA_PAGE, in_turn(_all_held, _erase_how), AUTHOR),
    State("one's own, last question", DATA_PAGE, in_turn(_all_held, _erase), AUTHOR),
    State("no reason", REPORT, _without_reason, NOBODY, allow="422"),
    State("no word", REPORT, _without_word, NOBODY, allow="422"),
    State("instead of a file", SENDING, unfold("Coller son texte", "Je n’ai pas le document")),
    State(
        "unread", "/documents/suivi/[ident]", see("protégé par un mot de passe"), AUTHOR, "unread"
    ),
    State("not bound", "/documents/suivi/[ident]", see("Ouvrez votre lien privé"), allow="404"),
    State("absent", "/espace/moderation/999999", see("n’est pas à relire"), MODERATOR),
    State("late", "/espace/reponses", see("En retard depuis"), MANAGER, query="?boite=en-retard"),
    State("replied", "/espace/reponses", see("Répondu"), AGENT, query="?boite=repondues"),
    State("nothing late", "/espace/reponses", see("Aucune"), AGENT, query="?boite=en-retard"),
    State("empty reply", REPLY, wrong("Publier la réponse"), AGENT, allow="422"),
    State("absent", "/espace/reponses/999999", see("pas dans votre boîte"), AGENT, allow="404"),
    State("missing page", "/rien-ici", see("n’existe pas"), allow="404"),
)
