"""Accounts in a browser: a wrong password, a forgotten one, the way out."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.e2e import steps
from tests.e2e.conftest import Person
from tests.e2e.site import Site, until

ANOTHER = "une-autre-petite-phrase"


def test_a_wrong_password_keeps_the_address_and_says_what_to_do(person: Person) -> None:
    page = person()
    page.goto("/connexion")
    page.get_by_label("Votre adresse e-mail professionnelle").fill("moderation@demo.example")
    page.get_by_label("Votre mot de passe").fill("ce n’est pas le bon")
    page.get_by_role("button", name="Me connecter").click()
    expect(page.get_by_text("ne correspond pas")).to_be_visible()
    expect(page.get_by_label("Votre adresse e-mail professionnelle")).to_have_value(
        "moderation@demo.example"
    )


def test_sign_in_leads_where_one_was_going_and_out_again(person: Person) -> None:
    page = person()
    page.goto("/espace/moderation")
    expect(page).to_have_url(re.compile("/connexion"))
    who = steps.account("moderation")
    page.get_by_label("Votre adresse e-mail professionnelle").fill(who.email)
    page.get_by_label("Votre mot de passe").fill(who.password)
    page.get_by_role("button", name="Me connecter").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("À relire")
    page.get_by_role("button", name="Se déconnecter").click()
    expect(page.get_by_role("link", name="Espace agent")).to_be_visible()
    page.goto("/espace/moderation")
    expect(page).to_have_url(re.compile("/connexion"))


def test_a_forgotten_password_is_chosen_again_by_mail(site: Site, person: Person) -> None:
    page, who = person(375, 740), steps.account("programme")
    page.goto("/mot-de-passe-oublie")
    page.get_by_label("Votre adresse e-mail professionnelle").fill(who.email)
    page.get_by_role("button", name="Recevoir un lien").click()
    expect(page.get_by_text("Si cette adresse a un compte")).to_be_visible()

    def link() -> str:
        for mail in reversed(site.mails()):
            flat = mail.replace("=\n", "").replace("=3D", "=")
            found = re.search(r"/mot-de-passe/[A-Za-z0-9_-]{43}", flat)
            if who.email in flat and found:
                return found[0]
        return ""

    address = until(link, 20, "the mail with the link")
    page.goto(address)
    assert address not in page.url, "the secret left the address"
    page.get_by_label("Nouveau mot de passe").fill("court")
    page.get_by_role("button", name="Enregistrer ce mot de passe").click()
    expect(page.get_by_text("12 caractères", exact=False).last).to_be_visible()
    page.get_by_label("Nouveau mot de passe").fill(ANOTHER)
    page.get_by_role("button", name="Enregistrer ce mot de passe").click()
    expect(page).to_have_url(re.compile("/connexion"))
    page.get_by_label("Votre adresse e-mail professionnelle").fill(who.email)
    page.get_by_label("Votre mot de passe").fill(ANOTHER)
    page.get_by_role("button", name="Me connecter").click()
    expect(page).to_have_url(re.compile("/espace/"))
    other = person()
    other.goto(address)
    expect(other.get_by_text("plus valable")).to_be_visible()
