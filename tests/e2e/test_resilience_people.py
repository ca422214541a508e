"""A private link, a session that lapses, a text that comes and goes: nothing is lost or told."""

from __future__ import annotations

import json
from datetime import timedelta
from uuid import uuid4

import httpx
import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from spplus_app.domain.moderation import REASONS
from spplus_app.persistence.tables import (
    PersonRow,
    ReplyRow,
    SessionRow,
    VisitorItemRow,
)
from spplus_app.services import clock, identity, moderation
from tests.e2e import steps
from tests.e2e.conftest import Person
from tests.e2e.drafting import (
    moderated,
    narrative,
    sent,
)
from tests.e2e.site import Site


@pytest.fixture
def title() -> str:
    """A title of one's own."""
    return f"Le guichet était fermé {uuid4().hex[:12]}"


def test_a_private_link_leaves_no_secret_behind(site: Site, person: Person, title: str) -> None:
    page = person()
    link = steps.deposit(page, title)
    secret = link.rsplit("/", 1)[1]
    number = sent(site, title)[0].id

    def bound(session: Session) -> int:
        mine = select(func.count()).where(VisitorItemRow.experience_id == number)
        return int(session.scalar(mine) or 0)

    with httpx.Client(trust_env=False) as scanner:
        for _ in range(3):
            answer = scanner.get(link)
            assert (answer.status_code, answer.headers["location"]) == (303, f"/suivi/{number}")
            assert answer.headers["cache-control"] == "no-store"
            assert answer.headers["referrer-policy"] == "no-referrer"
            assert secret not in answer.text + str(answer.headers)
        assert site.act(bound) == 2, "the author, and the scanner once"
        wrong = scanner.get(f"{link[:-4]}AAAA")
        assert wrong.headers["location"] == "/suivi?lien=inconnu"
        assert wrong.headers["cache-control"] == "no-store"
    reader = person(375, 740)
    reader.goto(link)
    expect(reader.get_by_role("heading", level=1)).to_have_text(title)
    assert secret not in reader.url + reader.evaluate("document.referrer")
    assert secret not in json.dumps(reader.evaluate("({...localStorage, ...sessionStorage})"))
    assert secret not in site.log()


def _lapse(session: Session) -> None:
    """Make the sessions of the agent idle for too long."""
    agent = select(PersonRow.id).where(PersonRow.email.startswith("etat-civil@"))
    seen = clock.now() - identity.IDLE - timedelta(seconds=1)
    mine = SessionRow.person_id == session.scalars(agent).one()
    session.execute(update(SessionRow).where(mine).values(seen_at=seen))


def test_a_session_that_lapses_is_renewed_in_place_and_the_text_stays(
    site: Site, person: Person, title: str
) -> None:
    steps.deposit(person(375, 740), title)
    moderated(site, lambda s, who, row: moderation.publish(s, who, row.id, row.version), title)
    page = person()
    steps.sign_in(page, "etat-civil")
    page.goto(f"/espace/reponses/{sent(site, title)[0].id}")
    text = page.get_by_label("Votre réponse")
    text.fill("Nous avons affiché la fermeture,")
    expect(page.get_by_text("Brouillon enregistré.")).to_be_visible()
    site.act(_lapse)
    text.press_sequentially(" et nous nous en excusons.")
    dialog = page.get_by_role("dialog", name="Votre session a pris fin")
    expect(dialog).to_be_visible()
    whole = "Nous avons affiché la fermeture, et nous nous en excusons."
    expect(text).to_have_value(whole)
    who = steps.account("etat-civil")
    dialog.get_by_label("Votre adresse e-mail").fill(who.email)
    dialog.get_by_label("Votre mot de passe").fill(who.password)
    dialog.get_by_role("button", name="Me reconnecter").click()
    expect(dialog).to_be_hidden()
    expect(text).to_have_value(whole)
    page.get_by_label("Formule de politesse").select_option("Bien à vous,")
    page.get_by_label("Signature").fill("Le service état civil")
    page.get_by_role("button", name="Publier la réponse").click()
    expect(page.get_by_text("Votre réponse est publiée")).to_be_visible()
    query = select(ReplyRow.text).where(ReplyRow.experience_id == sent(site, title)[0].id)
    assert site.act(lambda session: list(session.scalars(query))) == [whole]


def test_refused_corrected_sent_again_published_then_taken_back(
    site: Site, person: Person, title: str
) -> None:
    page, reader = person(), person(375, 740)
    page.goto(steps.deposit(page, title))
    message = "Retirez le nom de l’agent, s’il vous plaît."
    moderated(
        site,
        lambda s, who, row: moderation.refuse(
            s, who, row.id, row.version, REASONS[0].code, message
        ),
        title,
    )
    expect(page.get_by_text(message)).to_be_visible()
    text = narrative(page)
    expect(text).to_have_value(steps.NARRATIVE)
    text.fill("Court")
    page.get_by_role("button", name="Renvoyer mon texte corrigé").click()
    expect(page.get_by_role("alert").filter(has_text="à corriger")).to_be_visible()
    expect(text).to_have_value("Court")
    text.fill("Le guichet était fermé sans que personne ne l’ait écrit sur le site.")
    page.get_by_role("button", name="Renvoyer mon texte corrigé").click()
    expect(page.get_by_text("Votre texte corrigé est envoyé")).to_be_visible()
    moderated(site, lambda s, who, row: moderation.publish(s, who, row.id, row.version), title)
    expect(page.get_by_text("Publiée", exact=True)).to_be_visible()
    reader.goto("/experiences")
    reader.get_by_role("link", name=title).click()
    expect(reader.get_by_text("sans que personne ne l’ait écrit")).to_be_visible()
    page.get_by_role("button", name="Retirer mon expérience").click()
    page.get_by_role("button", name="Oui, la retirer").click()
    expect(page.get_by_text("Votre expérience est retirée")).to_be_visible()
    expect(reader.get_by_text("sans que personne ne l’ait écrit")).to_have_count(0)
    assert [row.status for row in sent(site, title)] == ["withdrawn"]
