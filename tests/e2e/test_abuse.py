"""Abuse, as people meet it: most never do; whoever does is told, waits a little, loses nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from spplus_app.domain.abuse import LIMITS, Gesture, Scope
from spplus_app.domain.drafts import DraftKind
from spplus_app.domain.roles import Viewer
from spplus_app.domain.signals import Signal
from spplus_app.persistence import drafts as draft_rows
from spplus_app.persistence.tables import (
    ExperienceRow,
    LimitCountRow,
    ReportRow,
    SimilarVoteRow,
    SpentProofRow,
)
from spplus_app.services import clock, limits, second_looks, tokens
from tests.e2e import axe, steps
from tests.e2e.cast import VISITOR
from tests.e2e.first_answers import seeing
from tests.e2e.site import Site, running, until

CALCULATION = "Votre appareil fait un petit calcul"
SEND = "Envoyer mon expérience"


@pytest.fixture(scope="module")
def strict(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demonstration, with the limits that people meet."""
    folder = tmp_path_factory.mktemp("strict")
    with running(folder, LIMITS_FACTOR="1", FORM_SECONDS="1") as made:
        yield made


@pytest.fixture(autouse=True)
def calm(strict: Site) -> None:
    """Nobody has done anything yet."""

    def forget(session: Session) -> None:
        session.query(LimitCountRow).delete()

    strict.act(forget)


def viewer(page: Page) -> Viewer:
    secret = next(one for one in page.context.cookies() if one["name"] == VISITOR)
    return Viewer(visitor=tokens.hash_token(secret["value"]))


def busy(site: Site, page: Page, gesture: Gesture) -> None:
    """This browser has used all that is free of a gesture."""
    who, free = viewer(page), LIMITS[gesture][Scope.VISITOR].free
    assert free is not None

    def count(session: Session) -> None:
        for _ in range(free):
            limits.allow(session, gesture, who)

    site.act(count)


def spent(site: Site) -> int:
    return site.act(
        lambda session: int(session.scalar(select(func.count()).select_from(SpentProofRow)) or 0)
    )


def told(page: Page, title: str) -> None:
    """Tell everything, up to the last look."""
    page.goto("/partager/service")
    steps.choose_service(page, "mairie clairbrume etat civil", "état civil")
    steps.use_channel(page, "Accueil", "Négatif")
    steps.go_on(page)
    steps.tell_story(page, title)
    steps.go_on(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Vous")
    steps.go_on(page, "Relire avant d’envoyer")
    expect(page.get_by_role("heading", level=3, name=title)).to_be_visible()


def signals(site: Site, title: str) -> set[Signal]:
    def read(session: Session) -> set[Signal]:
        query = select(ExperienceRow.id).where(ExperienceRow.title == title)
        return {one.signal for one in second_looks.of(session, session.scalars(query).one())}

    return site.act(read)


def test_most_people_never_meet_a_proof(strict: Site, browser: Browser) -> None:
    with seeing(browser, strict.url) as seen:
        asked: list[str] = []
        seen.page.on("request", lambda request: asked.append(request.url))
        told(seen.page, "Une expérience comme les autres")
        expect(seen.page.get_by_label("Ne remplissez pas ce champ")).to_be_hidden()
        steps.go_on(seen.page, SEND)
        expect(seen.page.get_by_role("heading", level=1)).to_contain_text("Merci")
        assert not [url for url in asked if "preuve" in url or "worker" in url]
        assert seen.complaints == []
    assert Signal.AUTOMATIC not in signals(strict, "Une expérience comme les autres")


def test_when_the_rate_is_high_the_proof_is_made_told_and_the_deposit_leaves(
    strict: Site, browser: Browser
) -> None:
    with seeing(browser, strict.url) as seen:
        page, before = seen.page, spent(strict)
        told(page, "Une expérience parmi beaucoup")
        busy(strict, page, Gesture.DEPOSIT)
        heard = page.evaluate_handle(
            """() => { const heard = []; const say = window.spplus.announce;
            window.spplus.announce = (text, now) => { heard.push(text); say(text, now); };
            return heard; }"""
        )
        steps.go_on(page, SEND)
        expect(page.get_by_role("heading", level=1)).to_contain_text("Merci", timeout=30_000)
        words = heard.json_value()
        assert CALCULATION in words[0] and "Envoi en cours" in words[1]
        assert spent(strict) == before + 1
        assert seen.complaints == []


def test_where_no_proof_can_be_made_one_waits_and_the_words_stay(
    strict: Site, browser: Browser
) -> None:
    with seeing(browser, strict.url) as seen:
        page = seen.page
        told(page, "Un appareil sans calcul possible")
        page.evaluate("() => { window.Worker = function () { throw new Error('none'); }; }")
        busy(strict, page, Gesture.DEPOSIT)
        steps.go_on(page, SEND)
        waiting = page.get_by_text("Attendez 2 minutes", exact=False)
        expect(waiting).to_be_visible()
        assert axe.violations(page) == []
        expect(page.locator(".preview__title")).to_have_text("Un appareil sans calcul possible")
        _waited(strict, page)
        steps.go_on(page, SEND)
        expect(page.get_by_role("heading", level=1)).to_contain_text("Merci")


def _waited(site: Site, page: Page) -> None:
    """Two minutes go by: the word of the form is one whose wait is over."""
    with clock.at(clock.now() - timedelta(minutes=3)):
        ticket = limits.wait_ticket(viewer(page), Gesture.DEPOSIT)
    page.locator("input[name=preuve]").evaluate("(field, word) => { field.value = word; }", ticket)


def test_without_a_script_one_waits_then_sends(strict: Site, browser: Browser) -> None:
    title = "Sans script, un jour de foule"
    with seeing(browser, strict.url, java_script_enabled=False) as seen:
        page = seen.page
        page.goto("/partager/formulaire")
        expect(page.get_by_label("Ne remplissez pas ce champ")).to_be_hidden()
        page.get_by_label("Je ne trouve pas mon service").check()
        steps.pick(page, "Dans l’ensemble", "Neutre")
        steps.pick(page, "Qui êtes-vous", "La personne concernée")
        page.get_by_label("Résumez en une phrase").fill(title)
        page.get_by_label("Racontez ce qui s’est passé").fill(steps.NARRATIVE)
        page.get_by_role("button", name="Relire avant d’envoyer").click()
        busy(strict, page, Gesture.DEPOSIT)
        send = page.get_by_role("button", name=SEND)
        until(lambda: _pressed(page, SEND, "Attendez"))
        expect(page.locator(".fr-alert--error")).to_contain_text("Ce que vous avez écrit est gardé")
        expect(page.locator(".preview")).to_contain_text(title)
        with clock.at(clock.now() - timedelta(minutes=3)):
            ticket = limits.wait_ticket(viewer(page), Gesture.DEPOSIT)

        def wait(session: Session) -> None:
            who = viewer(page)
            row = draft_rows.find(session, who.visitor, DraftKind.EXPERIENCE)
            assert row is not None
            row.data = {**row.data, "_ticket": ticket}

        strict.act(wait)
        page.reload()
        send.click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Merci")


def _pressed(page: Page, name: str, words: str) -> bool:
    """Press a button; whether the page that follows says this."""
    page.get_by_role("button", name=name).click()
    page.wait_for_load_state("load")
    return words in page.locator("main").inner_text()


def test_a_program_that_fills_everything_is_told_to_moderation(
    strict: Site, browser: Browser
) -> None:
    title = "Rempli par un programme"
    with seeing(browser, strict.url) as seen:
        told(seen.page, title)
        trap = seen.page.locator("input[name=remarque]")
        trap.evaluate("(field) => { field.value = 'http://x'; }")
        steps.go_on(seen.page, SEND)
        expect(seen.page.get_by_role("heading", level=1)).to_contain_text("Merci")
    assert Signal.AUTOMATIC in signals(strict, title)
    with seeing(browser, strict.url) as seen:
        steps.sign_in(seen.page, "moderation")
        seen.page.goto("/espace/moderation")
        expect(seen.page.get_by_text(Signal.AUTOMATIC.label).first).to_be_visible()


def _public(site: Site) -> int:
    def newest(session: Session) -> int:
        query = select(ExperienceRow.id).where(ExperienceRow.status == "published")
        return session.scalars(query.order_by(ExperienceRow.id.desc())).first() or 0

    return site.act(newest)


def test_a_report_is_proved_in_place_and_heard(strict: Site, browser: Browser) -> None:
    number = _public(strict)
    with seeing(browser, strict.url) as seen:
        page, before = seen.page, spent(strict)
        page.goto("/partager/service")
        busy(strict, page, Gesture.REPORT)
        page.goto(f"/signaler/experience-{number}")
        page.wait_for_load_state("networkidle")
        expect(page.locator("#first-paint")).to_have_count(0)
        page.get_by_role("radio", name=re.compile("^Publicité")).check(force=True)
        page.get_by_label("Quelques mots").fill("Des mots qui restent.")
        expect(page.get_by_label("Ne remplissez pas ce champ")).to_be_hidden()
        send = page.get_by_role("button", name="Envoyer le signalement")
        thanks = page.get_by_text("Merci, votre signalement est reçu")
        said = page.locator("[data-http-error]")
        send.click()
        expect(thanks.or_(said).first).to_be_visible(timeout=30_000)
        if said.is_visible():  # sooner than one reads: the same is sent once more
            expect(said).to_contain_text("plus vite qu’une personne")
            expect(page.get_by_label("Quelques mots")).to_have_value("Des mots qui restent.")
            with clock.at(clock.now() - timedelta(seconds=10)):
                stamp = limits.stamp()
            page.locator("input[name=cachet]").evaluate("(f, word) => { f.value = word; }", stamp)
            send.click()
        expect(thanks).to_be_visible(timeout=30_000)
        assert spent(strict) == before + 1
        assert [text for text in seen.complaints if "429" not in text] == []
    kept = strict.act(lambda session: session.scalars(select(ReportRow.text)).all())
    assert "Des mots qui restent." in kept


def test_a_plain_report_keeps_its_words_until_it_leaves(strict: Site, browser: Browser) -> None:
    number = _public(strict)
    with seeing(browser, strict.url, java_script_enabled=False) as seen:
        page = seen.page
        page.goto("/partager/formulaire")
        busy(strict, page, Gesture.REPORT)
        page.goto(f"/signaler/experience-{number}")
        page.locator("label", has_text="Autre raison").click()
        page.get_by_label("Quelques mots").fill("Ces mots restent après un refus.")
        page.wait_for_timeout(1_200)  # as long as the site asks a person to take
        assert _pressed(page, "Envoyer le signalement", "Attendez")
        expect(page.get_by_label("Quelques mots")).to_have_value("Ces mots restent après un refus.")
        expect(page.get_by_role("radio", name=re.compile("^Autre raison"))).to_be_checked()
        expect(page.locator(".fr-alert--error")).to_contain_text("Attendez")


def test_a_vote_is_proved_in_place(strict: Site, browser: Browser) -> None:
    number = _public(strict)
    with seeing(browser, strict.url) as seen:
        page, before = seen.page, spent(strict)
        page.goto("/partager/service")
        busy(strict, page, Gesture.SIMILAR)
        page.goto(f"/experiences/{number}")
        page.wait_for_load_state("networkidle")
        page.get_by_role("button", name=re.compile("moi aussi|J’ai vécu", re.I)).first.click()
        until(lambda: spent(strict) == before + 1)
        votes = strict.act(
            lambda session: session.scalars(
                select(SimilarVoteRow.experience_id).where(
                    SimilarVoteRow.visitor == viewer(page).visitor
                )
            ).all()
        )
        assert votes == [number]
        expect(page.locator("#similaire").get_by_role("button")).to_have_text(
            re.compile("Retirer|Annuler|reprendre", re.I)
        )
