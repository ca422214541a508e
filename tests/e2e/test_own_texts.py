"""What an author writes on their private page: kept while they write, gone once sent, sent once."""

from __future__ import annotations

from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from spplus_app.domain.moderation import REASONS
from spplus_app.domain.replies import POLITENESS
from spplus_app.domain.roles import Grant, Role, Viewer
from spplus_app.persistence.tables import AnswerRow, ExperienceRow, PersonRow
from spplus_app.services import moderation, replies
from tests.e2e import steps
from tests.e2e.conftest import Person
from tests.e2e.drafting import LOCAL, moderated, narrative, sent, to_story
from tests.e2e.site import Site, until

CORRECTED = "Le guichet était fermé sans que personne ne l’ait écrit sur le site."


@pytest.fixture
def title() -> str:
    """A title of one's own."""
    return f"Le guichet était fermé {uuid4().hex[:12]}"


def kept(page: Page) -> None:
    """Wait for the copy kept in the browser."""
    until(lambda: page.evaluate(LOCAL) != [], 10, "a local copy")


def found_again(page: Page) -> None:
    """Load the page again, and wait until its form is filled."""
    page.reload()
    ready(page)


def ready(page: Page) -> None:
    """Wait until the form is filled with what was kept."""
    expect(page.locator("spplus-draft[data-ready=true]").first).to_be_attached()


def test_a_correction_survives_a_reload_and_leaves_nothing_once_sent(
    site: Site, person: Person, title: str
) -> None:
    page = person()
    page.goto(steps.deposit(page, title))
    moderated(
        site,
        lambda s, who, row: moderation.refuse(s, who, row.id, row.version, REASONS[0].code, ""),
        title,
    )
    ready(page)
    narrative(page).fill("")
    narrative(page).press_sequentially(CORRECTED)
    kept(page)
    found_again(page)
    expect(narrative(page)).to_have_value(CORRECTED)
    page.get_by_role("button", name="Renvoyer mon texte corrigé").dblclick()
    expect(page.get_by_text("Votre texte corrigé est envoyé")).to_be_visible()
    expect(narrative(page)).to_have_count(0)
    assert page.evaluate(LOCAL) == []
    assert [(row.narrative, row.version) for row in sent(site, title)] == [(CORRECTED, 2)]
    expect(page.get_by_text("entre-temps")).to_have_count(0)


def _reply(session: Session, row: ExperienceRow) -> None:
    agent = select(PersonRow.id).where(PersonRow.email.startswith("etat-civil@"))
    viewer = Viewer(
        person_id=session.scalars(agent).one(),
        session_id=1,
        grants=(Grant(Role.AGENT, 1, "/"),),
    )
    fields = {"text": "Nous avons affiché la fermeture.", "politeness": POLITENESS[0]}
    replies.send(session, viewer, row.id, str(uuid4()), {**fields, "signature": "L’état civil"})


def answer(page: Page) -> Locator:
    """The field of the author's word back."""
    return page.locator("textarea[name=answer]")


def test_each_answer_is_another_and_is_kept_until_it_is_sent(
    site: Site, person: Person, title: str
) -> None:
    page = person(375, 740)
    page.goto(steps.deposit(page, title))
    moderated(site, lambda s, who, row: moderation.publish(s, who, row.id, row.version), title)
    site.act(lambda s: _reply(s, sent(site, title)[0]))
    page.get_by_text("Répondre à un service").click()
    texts = ["Merci, je reviendrai lundi.", "Une seconde chose : merci aussi à l’accueil."]
    answer(page).press_sequentially(texts[0])
    kept(page)
    found_again(page)
    expect(answer(page)).to_be_visible()
    expect(answer(page)).to_have_value(texts[0])
    page.get_by_role("button", name="Envoyer ma réponse").dblclick()
    expect(page.get_by_text("Votre réponse est envoyée")).to_be_visible()
    expect(answer(page)).to_have_value("")
    assert page.evaluate(LOCAL) == []
    page.get_by_text("Répondre à un service").click()
    answer(page).fill(texts[1])
    page.get_by_role("button", name="Envoyer ma réponse").click()
    expect(page.get_by_text("L’auteur répond")).to_have_count(2)

    def said(session: Session) -> list[str]:
        mine = AnswerRow.experience_id == sent(site, title)[0].id
        return list(session.scalars(select(AnswerRow.text).where(mine).order_by(AnswerRow.id)))

    assert site.act(said) == texts


def test_going_back_after_sending_leads_to_the_receipt(
    site: Site, browser: Browser, title: str
) -> None:
    # Not `person`: the preview of a draft that has left is a 404, which the console notes.
    context = browser.new_context(base_url=site.url, locale="fr-FR")
    page = context.new_page()
    link = steps.deposit(page, title)
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Merci")
    expect(page.get_by_label("Votre lien de suivi")).to_have_value(link)
    assert len(sent(site, title)) == 1
    context.close()


def test_a_cut_connection_is_said_when_one_sends(person: Person, title: str) -> None:
    page = person(375, 740)
    to_story(page)
    steps.tell_story(page, title)
    page.context.set_offline(True)
    steps.go_on(page)
    expect(page.get_by_text("La connexion est coupée. Votre texte reste ici").first).to_be_visible()
    expect(narrative(page)).to_have_value(steps.NARRATIVE)
    page.context.set_offline(False)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Vous", timeout=30_000)


def test_the_moderator_reads_what_was_just_decided(site: Site, person: Person, title: str) -> None:
    steps.deposit(person(375, 740), title)
    page = person()
    steps.sign_in(page, "moderation")
    page.goto(f"/espace/moderation/{sent(site, title)[0].id}")
    page.get_by_role("button", name="Publier", exact=True).dblclick()
    expect(page.get_by_text("L’expérience est publiée.")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("À relire")
    assert [row.status for row in sent(site, title)] == ["published"]
