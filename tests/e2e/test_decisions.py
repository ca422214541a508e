"""What a moderator decides, in browsers: masking, a correction, elsewhere, a second opinion."""

from __future__ import annotations

import re
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import delete, select

from spplus_app.domain.roles import Role
from spplus_app.persistence import people
from spplus_app.persistence.tables import (
    AppealRow,
    ClaimRow,
    ExperienceRow,
    GrantRow,
    PersonRow,
    VersionRow,
)
from spplus_app.services import clock, tokens
from tests.e2e import steps
from tests.e2e.conftest import Person
from tests.e2e.site import Site


def signed_in(site: Site, page: Page, name: str, role: Role) -> None:
    """Sign this browser in as somebody new who holds this role."""
    secret = tokens.new_token()

    def make(session) -> None:  # type: ignore[no-untyped-def]
        email = f"{name.lower()}-{secret[:8]}@demo.example"
        row = PersonRow(email=email, name=f"{name} Benali", created_at=clock.now())
        session.add(row)
        session.flush()
        session.add(GrantRow(person_id=row.id, role=role.value, created_at=clock.now()))
        hashed = tokens.hash_token(secret)
        people.open_session(session, person_id=row.id, token_hash=hashed, now=clock.now())

    site.act(make)
    page.context.add_cookies([{"name": "spplus-session", "value": secret, "url": site.url}])


def refuse(page: Page, title: str, reason: str, message: str = "") -> None:
    """Open a text from the queue and do not publish it, for this reason."""
    page.goto("/espace/moderation")
    page.get_by_role("link", name=title).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    page.get_by_text("Demander une correction, refuser ou orienter").click()
    page.get_by_label("Motif").select_option(label=reason)
    page.get_by_label("Un mot pour l’auteur").fill(message)
    page.get_by_role("button", name="Ne pas publier et écrire").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("À relire")


@pytest.fixture
def moderator(site: Site, person: Person) -> Page:
    """A moderator of one's own."""
    page = person()
    signed_in(site, page, "Karim", Role.MODERATOR)
    return page


@pytest.fixture
def citizen(person: Person) -> Iterator[Page]:
    """An author on a phone."""
    yield person(375, 740)


def test_words_are_masked_rather_than_the_text_refused(
    site: Site, citizen: Page, moderator: Page
) -> None:
    title = "Le guichet de Zébulonne est fermé"
    citizen.goto(steps.deposit(citizen, title))
    moderator.goto("/espace/moderation")
    moderator.get_by_role("link", name=title).click()
    moderator.get_by_text("Masquer des mots, puis publier").click()
    moderator.get_by_label("Mots à masquer").fill("Zebulon")
    moderator.get_by_label("Remplacés par").first.select_option("[nom]")
    moderator.get_by_role("button", name="Masquer ces mots").click()
    expect(moderator.locator(".fr-error-text")).to_contain_text("ne sont pas dans le texte")
    moderator.get_by_label("Mots à masquer").fill("Zébulonne")
    moderator.get_by_role("button", name="Masquer ces mots").click()
    masked = "Le guichet de [nom] est fermé"
    expect(moderator.get_by_role("heading", level=1)).to_have_text(masked)
    expect(moderator.get_by_text("Les mots sont masqués.")).to_be_visible()
    expect(moderator.get_by_text("Zébulonne")).to_have_count(0)
    moderator.get_by_role("button", name="Publier", exact=True).click()
    expect(moderator.get_by_role("heading", level=1)).to_have_text("À relire")
    expect(citizen.get_by_role("heading", level=1)).to_have_text(masked)
    expect(citizen.get_by_text("Mots masqués")).to_be_visible()
    expect(citizen.get_by_text("Zébulonne")).to_have_count(0)
    public = citizen.get_by_role("link", name="Voir la page publique").get_attribute("href")
    assert public and "zebulonne" not in public
    assert "bulonne" not in httpx.get(site.url + public, trust_env=False).text
    kept = site.act(lambda s: s.scalars(select(VersionRow.title)).all())
    assert masked in kept and title not in kept


def test_a_correction_is_asked_made_and_published(citizen: Page, moderator: Page) -> None:
    title = "Un accueil à corriger"
    citizen.goto(steps.deposit(citizen, title))
    refuse(moderator, title, "Propos injurieux ou discriminatoires", "Sans le dernier mot.")
    expect(citizen.get_by_text("À corriger", exact=True)).to_be_visible()
    expect(citizen.get_by_text("Corrigez votre texte, puis renvoyez-le")).to_be_visible()
    expect(citizen.get_by_text("Sans le dernier mot.")).to_be_visible()
    citizen.get_by_label("Racontez ce qui s’est passé").fill("Le guichet était fermé, sans rien.")
    citizen.get_by_role("button", name="Renvoyer mon texte corrigé").click()
    expect(citizen.get_by_text("Votre texte corrigé est envoyé")).to_be_visible()
    moderator.get_by_role("link", name=title).click()
    expect(moderator.get_by_text("sans rien.").first).to_be_visible()
    moderator.get_by_role("button", name="Publier", exact=True).click()
    expect(citizen.get_by_text("Publiée", exact=True)).to_be_visible()


def test_a_complaint_is_sent_where_it_is_dealt_with(citizen: Page, moderator: Page) -> None:
    title = "Une réclamation contre le guichet"
    citizen.goto(steps.deposit(citizen, title))
    refuse(moderator, title, "Réclamation ou recours")
    expect(citizen.get_by_text("À adresser ailleurs", exact=True)).to_be_visible()
    expect(citizen.get_by_role("heading", name="Qui peut vous répondre")).to_be_visible()
    expect(citizen.get_by_text("Son médiateur", exact=True)).to_be_visible()
    link = citizen.get_by_role("link", name="Le Défenseur des droits")
    expect(link).to_have_attribute("href", "https://www.defenseurdesdroits.fr")
    expect(citizen.get_by_label("Racontez ce qui s’est passé")).to_be_hidden()


def test_an_appeal_is_decided_by_somebody_else(
    site: Site, citizen: Page, moderator: Page, person: Person
) -> None:
    title = "Un refus que je conteste"
    citizen.goto(steps.deposit(citizen, title))
    refuse(moderator, title, "Hors du champ des services publics")
    expect(citizen.get_by_text("Refusée", exact=True)).to_be_visible()
    citizen.get_by_label("Pourquoi vous n’êtes pas d’accord").fill("C’est bien une mairie.")
    citizen.get_by_role("button", name="Demander un second avis").click()
    expect(citizen.get_by_text("Vous avez demandé un second avis le")).to_be_visible()
    expect(citizen.locator(":focus")).to_contain_text("Vous avez demandé un second avis le")
    expect(citizen.locator("#live-polite")).to_have_text(
        "Votre demande de second avis est envoyée."
    )
    expect(citizen.get_by_role("button", name="Demander un second avis")).to_have_count(0)

    section = moderator.locator("section", has_text="Seconds avis demandés")
    mine = section.locator("article", has_text=title)
    expect(mine).to_contain_text("une autre personne doit la relire")
    mine.get_by_role("link", name=title).click()
    expect(moderator.get_by_text("C’est bien une mairie.")).to_be_visible()
    expect(moderator.get_by_role("button", name="Donner raison")).to_have_count(0)

    other = person()
    signed_in(site, other, "Léa", Role.MODERATOR)
    other.goto("/espace/moderation")
    section = other.locator("section", has_text="Seconds avis demandés")
    section.get_by_role("link", name=title).click()
    other.get_by_text("Maintenir la décision").click()
    other.get_by_role("button", name="Maintenir et écrire").click()
    expect(other.locator(".fr-error-text")).to_contain_text("Dites à l’auteur pourquoi")
    other.get_by_role("button", name="Donner raison à l’auteur et publier").click()
    expect(other.get_by_role("heading", level=1)).to_have_text("À relire")
    expect(citizen.get_by_text("Publiée", exact=True)).to_be_visible()
    expect(citizen.get_by_text("Le second avis vous donne raison")).to_be_visible()


def test_an_appeal_needs_no_script(site: Site, citizen: Page, moderator: Page) -> None:
    title = "Un refus contesté sans script"
    citizen.goto(steps.deposit(citizen, title))
    refuse(moderator, title, "Faits trop anciens")
    field = citizen.locator("input[name=decision]")
    expect(field).to_have_count(1)
    number = re.search(r"/suivi/(\d+)$", citizen.url)
    assert number
    cookies = {one["name"]: one["value"] for one in citizen.context.cookies()}
    with httpx.Client(base_url=site.url, cookies=cookies, trust_env=False) as client:
        for _ in range(2):
            answer = client.post(
                f"/api/suivi/{number[1]}/second-avis",
                data={"decision": field.input_value(), "texte": "Relisez."},
                headers={"Origin": site.url},
            )
            assert (answer.status_code, answer.headers["location"]) == (
                303,
                citizen.url.removeprefix(site.url),
            )
    kept = site.act(
        lambda s: s.scalars(
            select(AppealRow.text).where(AppealRow.experience_id == int(number[1]))
        ).all()
    )
    assert kept == ["Relisez."]


def test_two_moderators_are_not_given_the_same(
    site: Site, citizen: Page, moderator: Page, person: Person
) -> None:
    steps.deposit(citizen, "Premier arrivé au guichet")
    other = person()
    signed_in(site, other, "Léa", Role.MODERATOR)
    opened = []
    for page in (moderator, other):
        page.goto("/espace/moderation")
        page.get_by_role("button", name="Prendre le suivant").click()
        expect(page).to_have_url(re.compile(r"/espace/moderation/\d+$"))
        expect(page.get_by_role("button", name="Publier", exact=True)).to_be_visible()
        opened.append(page.url)
    assert opened[0] != opened[1]
    other.goto("/espace/moderation")
    expect(other.get_by_text("Lu par Karim").first).to_be_visible()
    other.goto(opened[0])
    expect(other.get_by_text("Karim lit ce texte en ce moment")).to_be_visible()
    other.get_by_role("button", name="Publier", exact=True).click()
    expect(other.get_by_text("laissez-lui la décision")).to_be_visible()
    moderator.get_by_role("button", name="Laisser ce texte à un autre").click()
    expect(moderator.get_by_role("heading", level=1)).to_have_text("À relire")
    waiting = site.act(lambda s: s.get(ExperienceRow, int(opened[0].rsplit("/", 1)[1])).status)
    assert waiting == "pending"


def test_the_programme_team_revises_the_reasons(site: Site, person: Person) -> None:
    page = person()
    signed_in(site, page, "Paula", Role.PROGRAMME)
    page.goto("/espace/reponses")
    page.get_by_role("link", name="Motifs de modération").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Motifs de modération")
    page.get_by_role("button", name="Ajouter ce motif").click()
    page.get_by_role("link", name="Nommez ce motif").click()
    added = page.locator("section", has_text="Ajouter un motif")
    expect(added.get_by_label("Nom du motif")).to_be_focused()
    added.get_by_label("Nom du motif").fill("Écrit par une machine")
    added.get_by_label("Ce que la modération fait").select_option("Refuser")
    added.get_by_label("Ce que l’auteur lira").fill("Racontez avec vos mots.")
    page.get_by_role("button", name="Ajouter ce motif").click()
    expect(page.get_by_text("Le motif est ajouté.")).to_be_visible()
    one = page.locator("article", has=page.get_by_role("heading", name="Écrit par une machine"))
    expect(one.get_by_text("Refuser", exact=True).first).to_be_visible()
    one.locator("summary").click()
    one.get_by_label("Ce que l’auteur lira").fill("")
    one.get_by_role("button", name="Enregistrer").click()
    expect(one.locator(".fr-error-text")).to_contain_text("Écrivez ce que l’auteur lira")
    one.get_by_label("Ce que l’auteur lira").fill("Racontez avec vos mots à vous.")
    one.get_by_role("button", name="Enregistrer").click()
    expect(one.get_by_text("Racontez avec vos mots à vous.").first).to_be_visible()
    one.get_by_role("button", name="Ne plus proposer").click()
    expect(one.get_by_text("N’est plus proposé")).to_be_visible()


def test_pressed_twice_it_takes_one(site: Site, citizen: Page, moderator: Page) -> None:
    for title in ("Un guichet pour deux", "Deux guichets pour un"):
        steps.deposit(citizen, title)
    site.act(lambda session: session.execute(delete(ClaimRow)))
    moderator.goto("/espace/moderation")
    moderator.get_by_role("button", name="Prendre le suivant").dblclick()
    expect(moderator).to_have_url(re.compile(r"/espace/moderation/\d+"))
    expect(moderator.get_by_role("button", name="Laisser ce texte à un autre")).to_be_visible()
    assert len(site.act(lambda session: session.scalars(select(ClaimRow.subject_id)).all())) == 1
