"""Hard documents in a browser: found with and without a script, sent, rewritten, taken away."""

from __future__ import annotations

import re
from collections.abc import Callable

import httpx
import pytest
from playwright.sync_api import Page, expect

from spplus_app.domain.documents.search import PROBLEM_CODES
from spplus_app.domain.roles import Viewer
from spplus_app.persistence import documents as rows
from spplus_app.services import clock, tokens
from tests import documents
from tests.e2e import axe, steps
from tests.e2e.site import Site

Person = Callable[..., Page]


def test_words_filters_and_the_way_back(person: Person) -> None:
    page = person()
    page.goto("/documents")
    expect(page.locator(".fr-card")).to_have_count(20)
    page.get_by_role("searchbox").fill("contrainte")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=contrainte**")
    expect(page.locator(".found")).to_have_text("2 documents")
    # The words stand out where they were found.
    for card in page.locator(".fr-card").all():
        expect(card.locator("mark").first).to_have_text(re.compile("contrainte", re.I))
    page.get_by_text("Filtrer les documents").click()
    # Each choice says what it would leave, and leaves that.
    chosen = page.get_by_label("Ce qui est difficile").locator("option[value=anxiogene]")
    expect(chosen).to_have_text(re.compile(r"\s\(1\)$"))
    page.get_by_label("Ce qui est difficile").select_option("anxiogene")
    page.get_by_role("button", name="Voir les résultats").click()
    page.wait_for_url("**probleme=anxiogene**")
    expect(page.locator(".found")).to_have_text("1 document")
    expect(page.locator(".fr-card")).to_contain_text("5 personnes l’ont marqué")
    page.get_by_role("link", name=re.compile("Retirer le filtre")).click()
    expect(page.locator(".found")).to_have_text("2 documents")
    page.go_back()
    expect(page.locator(".found")).to_have_text("1 document")


def test_an_address_restores_everything(person: Person) -> None:
    page = person()
    page.goto("/documents?probleme=sigles&statut=remplace&sorte=courrier")
    expect(page.locator(".fr-card")).to_have_count(1)
    page.get_by_text("Filtrer les documents").click()
    expect(page.get_by_label("Ce qui est difficile")).to_have_value("sigles")
    expect(page.get_by_label("Où en est le document")).to_have_value("remplace")
    expect(page.get_by_label(re.compile(r"^Courrier(\s\(\d+\))?$"))).to_be_checked()
    assert axe.faults(page) == []
    page.goto("/documents?q=introuvable")
    expect(page.get_by_text("Aucun document ne correspond.")).to_be_visible()
    assert axe.faults(page) == []


@pytest.mark.parametrize("code", PROBLEM_CODES)
def test_without_a_script_the_same_is_read(person: Person, code: str) -> None:
    page = person(java_script_enabled=False)
    page.goto("/documents")
    expect(page.locator(".fr-card")).to_have_count(20)
    page.get_by_text("Filtrer les documents").click()
    page.get_by_label("Ce qui est difficile").select_option(code)
    page.get_by_role("button", name="Voir les résultats").click()
    page.wait_for_url(f"**probleme={code}**")
    told = page.locator(".found").inner_text()
    assert 0 < page.locator(".fr-card").count() < 20
    assert told.startswith(str(page.locator(".fr-card").count()))
    expect(page.get_by_role("link", name="Je signale un document difficile")).to_be_visible()


def test_moderation_sends_and_the_administration_rewrites(person: Person) -> None:
    judge, agent = person(), person()
    steps.sign_in(judge, "moderation")
    judge.goto("/espace/documents")
    letter = judge.locator("section.panel", has_text="Cessation de la mesure d’accompagnement")
    letter.get_by_role("button", name="Transmettre à l’administration").click()
    expect(letter).to_contain_text("Choisissez l’administration qui a envoyé ce document.")
    assert axe.faults(judge) == []
    steps.sign_in(agent, "caf")
    agent.goto("/espace/reponses")
    agent.get_by_role("link", name="Documents difficiles de vos services").click()
    expect(agent.get_by_role("heading", level=1)).to_have_text("Documents à suivre")
    here = agent.locator("section.panel", has_text="Cessation de la mesure d’accompagnement")
    expect(agent.locator("section.panel")).to_have_count(3)
    expect(agent.locator("section.panel").last).to_contain_text("8 marques, de 5 personnes")
    expect(agent.locator("section.panel").last.locator("ol li")).to_have_count(3)
    assert axe.faults(agent) == []
    letter.get_by_role("combobox", name="L’administration").fill("caf du val")
    letter.get_by_role("option").first.click()
    letter.get_by_role("button", name="Transmettre à l’administration").click()
    expect(letter).to_have_count(0)
    # It comes to the inbox by itself.
    expect(here).to_contain_text("Transmis")
    here.get_by_role("button", name="Réécrire ce document").click()
    expect(here).to_contain_text("En réécriture")
    public = person(java_script_enabled=False)
    public.goto("/documents?service=caf-99x&statut=en-reecriture")
    expect(public.locator("main")).to_contain_text("Cessation de la mesure d’accompagnement")


def test_who_has_no_account_is_led_to_sign_in(person: Person) -> None:
    page = person()
    page.goto("/espace/documents")
    page.wait_for_url("**/connexion?suite=/espace/documents")


def test_a_depositor_takes_it_home_takes_it_away_and_erases_it(site: Site) -> None:
    secret = tokens.new_token()
    me = Viewer(visitor=tokens.hash_token(secret))

    def write(session):  # type: ignore[no-untyped-def]
        row = documents.published(session, title="À moi seule")
        rows.hold(session, me.visitor, row.id, clock.now())
        return row.id

    number = site.act(write)
    base = f"/api/documents/{number}"
    other = {"spplus-visitor": tokens.new_token()}
    headers = {"Origin": site.url}

    def client(cookies: dict[str, str]) -> httpx.Client:
        return httpx.Client(
            base_url=site.url, cookies=cookies, headers=headers, trust_env=False, timeout=20
        )

    with client(other) as stranger, client({"spplus-visitor": secret}) as mine:
        assert stranger.get(f"{base}/donnees.json").status_code == 404
        assert stranger.post(f"{base}/effacer", data={"mot": "EFFACER"}).status_code == 404
        told = mine.get(f"{base}/donnees.json")
        assert told.json()["document"] == number
        assert "no-store" in told.headers["cache-control"]
        assert "À moi seule" in mine.get("/documents").text
        moved = mine.post(f"{base}/retirer", data={"geste": "retirer"})
        assert (moved.status_code, moved.headers["location"]) == (303, f"/documents/suivi/{number}")
        assert "À moi seule" not in mine.get("/documents").text
        assert mine.post(f"{base}/effacer", data={"mot": "non"}).status_code == 422
        assert mine.post(f"{base}/effacer", data={"mot": "effacer"}).status_code == 303
        assert mine.get(f"{base}/donnees.json").status_code == 404
        assert mine.post(f"{base}/etat", data={"act": "send"}).status_code == 401
