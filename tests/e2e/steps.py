"""Gestures of the story, as a person makes them, for the tests that need them."""

from __future__ import annotations

import json
import re
from importlib import resources
from typing import NamedTuple

from playwright.sync_api import Page, expect

from spplus_app.components import words

NARRATIVE = (
    "Je suis venue mardi pour un acte de naissance. Le guichet était fermé pour travaux.\n\n"
    "Personne ne l’avait écrit sur le site. J’ai perdu une matinée de travail."
)


class Account(NamedTuple):
    """An account of the demonstration."""

    email: str
    password: str


def account(name: str) -> Account:
    """The account whose address begins with ``name``."""
    path = resources.files("spplus_app.demo") / "content" / "accounts.json"
    content = json.loads(path.read_text("utf-8"))
    row = next(row for row in content["rows"] if row["email"].startswith(name))
    return Account(row["email"], content["password"])


def sign_in(page: Page, name: str) -> None:
    """Sign in as an account of the demonstration."""
    who = account(name)
    page.goto("/connexion")
    page.get_by_label("Votre adresse e-mail professionnelle").fill(who.email)
    page.get_by_label("Votre mot de passe").fill(who.password)
    page.get_by_role("button", name="Me connecter").click()
    expect(page).to_have_url(re.compile(r"/espace/"))


def choose_service(page: Page, query: str, label: str) -> None:
    """Search a structure and pick it in the list."""
    box = page.get_by_role("combobox", name="Cherchez le service")
    box.fill(query)
    page.get_by_role("option", name=label).first.click()
    expect(page.get_by_role("group", name=label).first).to_be_visible()


def pick(page: Page, question: str, answer: str) -> None:
    """Choose an answer as a finger does: on its label."""
    fieldset = page.locator("fieldset").filter(has=page.locator("legend", has_text=question))
    fieldset.last.locator("label", has_text=answer).first.click()


def use_channel(page: Page, channel: str, felt: str) -> None:
    """Tick a channel and say how it felt."""
    page.get_by_role("checkbox", name=channel).check()
    used = page.locator(".channel").filter(has=page.get_by_role("checkbox", name=channel))
    used.locator("fieldset label", has_text=felt).click()


def tell_story(page: Page, title: str, narrative: str = NARRATIVE) -> None:
    """Fill the second step."""
    expect(page.get_by_role("heading", level=1)).to_contain_text("Que s’est-il passé")
    pick(page, "Dans l’ensemble", "Négatif")
    pick(page, "Qui êtes-vous", "La personne concernée")
    page.get_by_label("Résumez en une phrase").fill(title)
    page.get_by_label("Racontez ce qui s’est passé").fill(narrative)


def go_on(page: Page, label: str = "Continuer") -> None:
    """Press the step's main button."""
    page.get_by_role("button", name=label, exact=True).click()


def deposit(page: Page, title: str, *, email: str = "", pseudonym: str = "") -> str:
    """Tell an experience to the invented town hall, and return the private link."""
    page.goto("/partager/service")
    choose_service(page, "mairie clairbrume etat civil", "état civil")
    use_channel(page, "Accueil", "Négatif")
    go_on(page)
    tell_story(page, title)
    go_on(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Vous")
    if pseudonym:
        page.get_by_label("Un prénom ou un pseudonyme").fill(pseudonym)
    if email:
        page.get_by_label("Votre adresse e-mail").fill(email)
    go_on(page, "Relire avant d’envoyer")
    expect(page.get_by_role("heading", level=3, name=title)).to_be_visible()
    go_on(page, "Envoyer mon expérience")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Merci")
    told = words.BY_MAIL_TOO if email else words.NOT_BY_MAIL
    expect(page.locator("spplus-receipt").get_by_text(told)).to_be_visible()
    return page.get_by_label("Votre lien de suivi").input_value()
