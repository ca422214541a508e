"""What is typed survives: reload, closed tab, cut socket, restarted server, lapsed session."""

from __future__ import annotations

import json
import re
from uuid import uuid4

import pytest
from playwright.sync_api import expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from spplus_app.components.ui.alerts import OFFLINE
from spplus_app.persistence.tables import (
    DraftRow,
)
from tests.e2e import steps
from tests.e2e.conftest import Person
from tests.e2e.drafting import (
    KEPT,
    LOCAL,
    LOST,
    connected,
    cut,
    narrative,
    sent,
    to_check,
    to_story,
    watched,
)
from tests.e2e.site import Site, until


@pytest.fixture
def title() -> str:
    """A title of one's own."""
    return f"Le guichet était fermé {uuid4().hex[:12]}"


def test_a_draft_survives_a_reload_a_closed_tab_and_a_cut_socket(
    person: Person, title: str
) -> None:
    page = watched(person())
    to_story(page)
    steps.tell_story(page, title, "Un début.")
    expect(page.get_by_text(KEPT)).to_be_visible()
    page.reload()
    expect(narrative(page)).to_have_value("Un début.")
    expect(page.get_by_label("Résumez en une phrase")).to_have_value(title)
    narrative(page).press_sequentially(" Une suite.")
    # Closed at once, before any pause of the keys.
    context = page.context
    page.close(run_before_unload=True)
    page = context.new_page()
    page.goto("/partager/recit")
    expect(narrative(page)).to_have_value(re.compile("Un début. Une suite.|Une suite.Un début."))
    connected(page)
    before = page.evaluate("window.sockets.length")
    narrative(page).fill("Un début. Une suite. Et pendant la coupure,")
    cut(page)
    narrative(page).press_sequentially(" encore.")
    until(lambda: page.evaluate("window.sockets.length") > before, 20, "another socket")
    connected(page)
    expect(narrative(page)).to_have_value("Un début. Une suite. Et pendant la coupure, encore.")
    steps.go_on(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Vous")


def test_a_draft_survives_a_restart_while_one_types(site: Site, person: Person, title: str) -> None:
    page = watched(person())
    to_story(page)
    steps.tell_story(page, title, "Avant le redémarrage,")
    site.stop()
    narrative(page).press_sequentially(" pendant,")
    expect(page.get_by_text(LOST)).to_be_visible()
    site.start()
    narrative(page).press_sequentially(" après.")
    connected(page)
    expect(page.get_by_text(LOST)).to_have_count(0)
    whole = "Avant le redémarrage, pendant, après."
    expect(narrative(page)).to_have_value(whole)
    steps.go_on(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Vous")
    steps.go_on(page, "Relire avant d’envoyer")
    expect(page.get_by_text(whole)).to_be_visible()
    steps.go_on(page, "Envoyer mon expérience")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Merci")
    assert [row.narrative for row in sent(site, title)] == [whole]


def test_offline_is_said_and_what_was_pressed_goes_when_one_is_back(
    site: Site, person: Person, title: str
) -> None:
    page = watched(person(375, 740))
    to_story(page)
    steps.tell_story(page, title, "Sans réseau, dans le train.")
    page.context.set_offline(True)
    expect(page.get_by_text(OFFLINE)).to_be_visible()
    cut(page)
    expect(page.get_by_text(OFFLINE)).to_be_hidden()  # one sentence is enough
    expect(page.get_by_text(LOST)).to_be_visible()
    steps.go_on(page)
    expect(narrative(page)).to_have_value("Sans réseau, dans le train.")
    page.context.set_offline(False)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Vous")
    expect(page.get_by_text(LOST)).to_have_count(0)
    expect(page.get_by_text(OFFLINE)).to_have_count(0)


def test_a_double_click_sends_once(site: Site, person: Person, title: str) -> None:
    page = person()
    to_check(page, title)
    page.get_by_role("button", name="Envoyer mon expérience", exact=True).dblclick()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Merci")
    expect(page.get_by_label("Votre lien de suivi")).to_be_visible()
    assert len(sent(site, title)) == 1
    assert page.evaluate(LOCAL) == []


def test_two_tabs_send_once(site: Site, person: Person, title: str) -> None:
    first = person()
    to_check(first, title)
    second = first.context.new_page()
    second.goto("/partager/verification")
    expect(second.get_by_role("heading", level=3, name=title)).to_be_visible()
    for page in (first, second):
        button = page.get_by_role("button", name="Envoyer mon expérience", exact=True)
        button.click(no_wait_after=True)
    for page in (first, second):
        expect(page.get_by_role("heading", level=1)).to_contain_text("Merci")
    links = {page.get_by_label("Votre lien de suivi").input_value() for page in (first, second)}
    assert len(links) == 1
    assert len(sent(site, title)) == 1


def test_a_sent_draft_comes_back_in_no_tab(site: Site, person: Person, title: str) -> None:
    page = person()
    to_check(page, title)
    late = page.context.new_page()
    late.goto("/partager/recit")
    expect(narrative(late)).to_have_value(steps.NARRATIVE)
    steps.go_on(page, "Envoyer mon expérience")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Merci")
    # The tab left open says so, and keeps what it shows until it is loaded again.
    narrative(late).press_sequentially(" Trop tard.")
    steps.go_on(late)
    expect(late.get_by_text("Cette expérience est déjà envoyée")).to_be_visible()
    expect(narrative(late)).to_have_value(re.compile("Trop tard"))
    late.reload()
    expect(late.locator("spplus-draft[data-ready=true]").first).to_be_attached()
    expect(narrative(late)).to_have_value("")
    assert late.evaluate(LOCAL) == []
    assert [row.narrative for row in sent(site, title)] == [steps.NARRATIVE]


def test_erased_is_erased_here_and_there(site: Site, person: Person, title: str) -> None:
    page = person()
    to_story(page)
    steps.tell_story(page, title)
    expect(page.get_by_text(KEPT)).to_be_visible()
    steps.go_on(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Vous")
    assert page.evaluate(LOCAL) != []

    def drafts(session: Session) -> int:
        return sum(title in str(row.data) for row in session.scalars(select(DraftRow)))

    assert site.act(drafts) == 1
    page.get_by_role("button", name="Effacer mon brouillon").click()
    expect(page).to_have_url(re.compile("/partager/service"))
    until(lambda: site.act(drafts) == 0, 10, "an erased draft")
    assert page.evaluate(LOCAL) == []
    page.goto("/partager/recit")
    expect(page.locator("spplus-draft[data-ready=true]").first).to_be_attached()
    expect(narrative(page)).to_have_value("")


def test_a_shared_computer_keeps_nothing(person: Person, title: str) -> None:
    page = person()
    to_story(page)
    steps.tell_story(page, title, "Écrit avant la case.")
    expect(page.get_by_text(KEPT)).to_be_visible()
    page.get_by_text("Je suis sur un ordinateur partagé").click()
    expect(page.get_by_text("Rien n’est gardé sur cet appareil.")).to_be_visible()
    assert page.evaluate(LOCAL) == []
    narrative(page).fill("Écrit après la case.")
    steps.go_on(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Vous")
    page.get_by_label("Un prénom ou un pseudonyme").fill("Camille")
    page.reload()
    assert page.evaluate(LOCAL) == []
    assert title not in json.dumps(page.evaluate("({...localStorage, ...sessionStorage})"))


def test_a_local_draft_older_than_a_week_is_gone(person: Person) -> None:
    page = person()
    page.goto("/accessibilite")
    for name, days in (("experience", 8), ("autre", 8), ("recent", 6)):
        kept = {"uuid": str(uuid4()), "fields": {"narrative": f"Vieux de {days} jours."}}
        page.evaluate(
            "([name, kept, days]) => localStorage.setItem('spplus-draft:' + name,"
            " JSON.stringify({...kept, t: Date.now() - days * 24 * 3600 * 1000}))",
            [name, kept, days],
        )
    page.goto("/partager/recit")
    expect(page.locator("spplus-draft[data-ready=true]").first).to_be_attached()
    expect(narrative(page)).to_have_value("")
    assert page.evaluate(LOCAL) == ["spplus-draft:recent"]
