"""The main job, whole: three browsers side by side, from the citizen to the reply and back."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import steps
from tests.e2e.conftest import Person
from tests.e2e.site import Site, running, until


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site of one's own: an inbox shows its oldest first, and other tests fill theirs."""
    with running(tmp_path_factory.mktemp("story")) as made:
        yield made


def _link_of(site: Site, address: str, subject: str = "") -> str:
    def found() -> str:
        for mail in reversed(site.mails()):
            if address in mail and subject in mail:
                flat = mail.replace("=\n", "").replace("=3D", "=")
                link = re.search(r"/suivi/[A-Za-z0-9_-]{43}", flat)
                if link:
                    return link[0]
        return ""

    return until(found, 20, f"a mail to {address}")


@pytest.mark.parametrize(("width", "height"), [(1280, 900), (375, 740)])
def test_from_the_citizen_to_the_reply(site: Site, person: Person, width: int, height: int) -> None:
    title = f"Guichet fermé sans prévenir, écran de {width}"
    address = f"camille{width}@example.org"
    citizen, moderator, agent, reader = (person(width, height) for _ in range(4))
    steps.sign_in(moderator, "moderation")
    moderator.goto("/espace/moderation")
    steps.sign_in(agent, "etat-civil")
    agent.goto("/espace/reponses")
    expect(agent.get_by_role("heading", level=1)).to_contain_text("Expériences reçues")

    link = steps.deposit(citizen, title, email=address, pseudonym="Camille")

    # The moderator's queue shows it without reloading; the agent's inbox does not yet.
    waiting = moderator.get_by_role("link", name=title)
    expect(waiting).to_be_visible()
    expect(agent.get_by_role("link", name=title)).to_have_count(0)

    _follow(citizen, link, title)
    _confirm_by_mail(site, citizen, address)

    waiting.click()
    expect(moderator.get_by_role("heading", level=1)).to_have_text(title)
    moderator.get_by_role("button", name="Publier", exact=True).click()
    expect(moderator.get_by_role("heading", level=1)).to_have_text("À relire")

    received = agent.get_by_role("link", name=title)
    expect(received).to_be_visible()
    expect(citizen.get_by_text("Publiée", exact=True)).to_be_visible()

    reader.goto("/experiences")
    reader.get_by_role("link", name=title).click()
    expect(reader.get_by_role("heading", level=1)).to_have_text(title)
    expect(reader.get_by_text("Le service n’a pas encore répondu.")).to_be_visible()
    expect(reader.get_by_text(address)).to_have_count(0)

    received.click()
    _reply(agent, f"Nous avons affiché la fermeture sur le site. Désolés, {width}.")
    # On the open page, without reloading.
    expect(reader.get_by_text(f"Désolés, {width}.")).to_be_visible()

    reply_link = _link_of(site, address, "r=C3=A9pond") or link
    citizen.goto(reply_link)
    citizen.get_by_role("button", name="Utile", exact=True).click()
    useful = citizen.get_by_role("button", name="Utile", exact=True)
    expect(useful).to_have_attribute("aria-pressed", "true")
    expect(reader.get_by_text("L’auteur juge cette réponse utile")).to_be_visible()
    _answer_back(citizen, moderator, reader, f"Merci, c’est clair maintenant {width}.")


def _follow(citizen: Page, link: str, title: str) -> None:
    citizen.goto(link)
    assert re.search(r"/suivi/\d+$", citizen.url), "the secret left the address"
    expect(citizen.get_by_role("heading", level=1)).to_have_text(title)
    expect(citizen.get_by_text("Vous avez envoyé votre expérience")).to_be_visible()


def _confirm_by_mail(site: Site, citizen: Page, address: str) -> None:
    citizen.goto(_link_of(site, address))
    citizen.get_by_role("button", name="Oui, écrivez-moi").click()
    expect(citizen.get_by_text("Votre adresse est confirmée")).to_be_visible()


def _reply(agent: Page, text: str) -> None:
    agent.get_by_label("Votre réponse").fill(text)
    agent.get_by_label("Formule de politesse").select_option("Bien à vous,")
    agent.get_by_label("Signature").fill("Le service état civil")
    agent.get_by_role("button", name="Publier la réponse").click()
    expect(agent.get_by_text("Votre réponse est publiée")).to_be_visible()


def _answer_back(citizen: Page, moderator: Page, reader: Page, text: str) -> None:
    citizen.get_by_text("Répondre à un service").click()
    citizen.get_by_label("Votre réponse").fill(text)
    citizen.get_by_role("button", name="Envoyer ma réponse").click()
    expect(citizen.get_by_text("Votre réponse est envoyée")).to_be_visible()
    expect(reader.get_by_text(text)).to_have_count(0)
    card = moderator.get_by_role("article").filter(has_text=text)
    card.get_by_role("button", name="Publier la réponse").click()
    expect(reader.get_by_text(text)).to_be_visible()
