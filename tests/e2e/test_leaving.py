"""What leaves and what was published, in browsers: seen masked first, masked more afterwards."""

from __future__ import annotations

import re
from uuid import uuid4

import httpx
import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from spplus_app.domain.replies import POLITENESS
from spplus_app.domain.roles import Grant, Role, Viewer
from spplus_app.persistence.tables import AnswerRow, ExperienceRow, PersonRow, ReplyRow
from spplus_app.services import moderation, replies
from tests.e2e import axe, steps
from tests.e2e.conftest import Person
from tests.e2e.drafting import moderated, sent
from tests.e2e.first_answers import seeing
from tests.e2e.site import Site

TEXT = "Je suis Odette Meunier. Rappelez-moi au 06 12 34 56 78, le matin."
MASKED = "Je suis [nom]. Rappelez-moi au 06 12 34 56 78, le matin."
PIECES = ["[nom]", "[téléphone]"]


@pytest.fixture
def title() -> str:
    """A title of one's own."""
    return f"Zébulonne{uuid4().hex[:12]} et le guichet"


def _name(title: str) -> str:
    return title.split()[0]


def _trace(title: str) -> str:
    """What is left of the name in an address: other tests tell of other names beside."""
    return _name(title)[len("Zébulonne") :]


def _published(site: Site, page: Page, title: str) -> ExperienceRow:
    page.goto(steps.deposit(page, title))
    moderated(site, lambda s, who, row: moderation.publish(s, who, row.id, row.version), title)
    return sent(site, title)[0]


def _replied(session: Session, row: ExperienceRow) -> None:
    agent = select(PersonRow.id).where(PersonRow.email.startswith("etat-civil@"))
    viewer = Viewer(
        person_id=session.scalars(agent).one(), session_id=1, grants=(Grant(Role.AGENT, 1, "/"),)
    )
    typed = {"text": f"{_name(row.title)} vous rappellera.", "politeness": POLITENESS[0]}
    replies.send(session, viewer, row.id, str(uuid4()), {**typed, "signature": "L’état civil"})


def _checked(page: Page, field: Locator, button: str) -> None:
    """Send, read what was found, go back to one's words, keep one piece, send as it reads."""
    field.fill(TEXT)
    page.get_by_role("button", name=button).click()
    section = page.locator("[data-check] .masking")
    expect(section.get_by_role("heading", name="Avant l’envoi, relisez")).to_be_focused()
    marks = section.locator(".preview mark")
    expect(marks).to_have_text(PIECES)
    expect(section.locator(".preview")).not_to_contain_text("Odette")
    assert axe.violations(page) == [] and axe.overflow(page) == 0
    section.get_by_role("button", name="Revenir à mes mots").click()
    expect(field).to_be_focused()
    expect(field).to_have_value(TEXT)
    piece = section.get_by_role("listitem").filter(has_text="06 12 34 56 78")
    piece.get_by_role("button", name="Ce n’est pas personnel").click()
    expect(piece).to_contain_text("Vous gardez ces mots")
    expect(marks).to_have_text(["[nom]"])
    page.get_by_role("button", name=button).click()


def test_an_answer_is_seen_masked_before_it_leaves(site: Site, person: Person, title: str) -> None:
    page = person(375, 740)
    row = _published(site, page, title)
    site.act(lambda s: _replied(s, row))
    page.get_by_text("Répondre à un service").click()
    _checked(page, page.locator("textarea[name=answer]"), "Envoyer ma réponse")
    expect(page.get_by_text("Votre réponse est envoyée")).to_be_visible()
    expect(page.locator(".answer")).to_contain_text(MASKED)
    found = select(AnswerRow.text).where(AnswerRow.experience_id == row.id)
    assert site.act(lambda s: s.scalars(found).all()) == [MASKED]
    moderator = person()
    steps.sign_in(moderator, "moderation")
    moderator.goto("/espace/moderation")
    card = moderator.get_by_role("article").filter(has_text=MASKED)
    expect(card.get_by_text("Donnée personnelle", exact=True)).to_be_visible()
    expect(card.locator("q")).to_have_text("06 12 34 56 78")


def test_a_reply_is_seen_masked_before_it_is_published(
    site: Site, person: Person, title: str
) -> None:
    row = _published(site, person(), title)
    page = person()
    steps.sign_in(page, "etat-civil")
    page.goto(f"/espace/reponses/{row.id}")
    page.get_by_label("Formule de politesse").select_option(POLITENESS[0])
    page.get_by_label("Signature").fill("L’état civil")
    _checked(page, page.get_by_label("Votre réponse"), "Publier la réponse")
    expect(page.get_by_text("Votre réponse est publiée")).to_be_visible()
    found = select(ReplyRow.text).where(ReplyRow.experience_id == row.id)
    assert site.act(lambda s: s.scalars(found).all()) == [MASKED]


def test_an_edit_is_seen_masked_before_it_is_kept(site: Site, person: Person, title: str) -> None:
    row = _published(site, person(), title)
    page = person()
    steps.sign_in(page, "moderation")
    page.goto(f"/espace/moderation/{row.id}")
    page.get_by_text("Retoucher le texte").click()
    expect(page.get_by_label("Récit")).to_have_value(re.compile("guichet"))
    page.get_by_label("Pourquoi cette retouche").fill("Plus court.")
    _checked(page, page.get_by_label("Récit"), "Enregistrer la retouche")
    expect(page.get_by_text("Texte retouché.")).to_be_visible()
    narrative = select(ExperienceRow.narrative).where(ExperienceRow.id == row.id)
    assert site.act(lambda s: s.scalar(narrative)) == MASKED


def _public(site: Site, row: ExperienceRow) -> str:
    with httpx.Client(base_url=site.url, trust_env=False, follow_redirects=True) as client:
        answer = client.get(f"/experiences/{row.id}")
        return f"{answer.url} {answer.text}"


def test_an_author_masks_more_once_their_text_is_public(
    site: Site, person: Person, title: str
) -> None:
    page = person(375, 740)
    row = _published(site, page, title)
    site.act(lambda s: _replied(s, row))
    reader = person()
    reader.goto(f"/experiences/{row.id}")
    expect(reader.get_by_role("heading", level=1)).to_have_text(title)
    assert _trace(title) in _public(site, row)
    page.get_by_text("Masquer d’autres mots de mon texte").click()
    page.get_by_label("Mots à masquer").fill(_name(title))
    page.get_by_label("Remplacés par").first.select_option("[nom]")
    page.get_by_role("button", name="Masquer ces mots").click()
    expect(page.get_by_text("ne se lisent plus sur le site")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text(title.replace(_name(title), "[nom]"))
    for seen in (page, reader):
        expect(seen.get_by_role("main")).to_contain_text("[nom] vous rappellera.")
        expect(seen.get_by_role("main")).not_to_contain_text(_trace(title))
    assert _trace(title) not in _public(site, row)
    assert axe.violations(page) == [] and axe.overflow(page) == 0


def test_without_a_script_an_author_reads_masks_and_takes_back(
    site: Site, browser: Browser, title: str
) -> None:
    with seeing(browser, site.url, width=375) as living:
        link = steps.deposit(living.page, title)
    moderated(site, lambda s, who, row: moderation.publish(s, who, row.id, row.version), title)
    row = sent(site, title)[0]
    with seeing(browser, site.url, width=375, java_script_enabled=False) as seen:
        page = seen.page
        page.goto(link)
        assert page.url == f"{site.url}/suivi/{row.id}"
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
        expect(page.get_by_text("Votre expérience est publiée")).to_be_visible()
        assert axe.overflow(page) == 0
        page.get_by_text("Masquer d’autres mots de mon texte").click()
        page.get_by_label("Mots à masquer").fill(_name(title))
        page.get_by_label("Remplacés par").select_option("[nom]")
        page.get_by_role("button", name="Masquer ces mots").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("[nom] et le guichet")
        assert _trace(title) not in _public(site, row)
        page.get_by_role("link", name="Voir, emporter ou effacer").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Mes données")
        page.goto(f"/suivi/{row.id}")
        page.get_by_role("link", name="Retirer mon expérience").click()
        page.get_by_role("button", name="Oui, la retirer").click()
        expect(page.get_by_text("Votre expérience est retirée")).to_be_visible()
        assert seen.complaints == []
