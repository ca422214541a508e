"""One's own data in a browser: seen, taken away, erased; with and without a script."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy.orm import Session

from spplus_app.domain.roles import Viewer
from spplus_app.persistence.tables import ExperienceRow
from spplus_app.services import integrity, tokens
from spplus_app.settings import settings
from tests import factories
from tests.e2e import axe
from tests.e2e.cast import VISITOR
from tests.e2e.first_answers import Seen, seeing
from tests.e2e.site import Site, until

EMAIL = "lea.partie@exemple.fr"
TITLE = "Un guichet <b>fermé</b>, sans un mot"
_LIVE = "Object.keys(document.querySelector('main')).some((key) => key.startsWith('__react'))"
PHONE = "06 98 76 54 32"


class Sent:
    """An experience of an author of one's own, and the secret of their browser."""

    def __init__(self, site: Site) -> None:
        self.secret = tokens.new_token()
        self.site = site
        self.number = site.act(self._write)

    def _write(self, session: Session) -> int:
        author = Viewer(visitor=tokens.hash_token(self.secret))
        where = factories.structure(session, f"R-{uuid4().hex[:8]}")
        told = f"Appelez-moi au {PHONE} : le guichet était fermé, et rien ne le disait."
        row = factories.published(
            session, author, where, email=EMAIL, title=TITLE, narrative=told, pseudonym="Léa"
        )
        factories.replied(session, row, where)
        return row.id

    def row(self) -> ExperienceRow:
        def read(session: Session) -> ExperienceRow:
            row = session.get_one(ExperienceRow, self.number)
            session.expunge(row)
            return row

        return self.site.act(read)

    def public(self) -> httpx.Response:
        where = f"{self.site.url}/experiences/{self.number}"
        return httpx.get(where, follow_redirects=True, trust_env=False)

    def open(self, seen: Seen) -> Page:
        cookie = {"name": VISITOR, "value": self.secret, "url": self.site.url}
        seen.page.context.add_cookies([cookie])  # type: ignore[list-item]
        return seen.page


@pytest.fixture(autouse=True)
def _whole(site: Site) -> None:
    """What other tests wrote by hand on the same site is not what these ones look for."""
    site.act(partial(integrity.check, repair=True))


@pytest.fixture
def sent(site: Site, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sent]:
    """Sealed with the key of the site, which must unseal it."""
    monkeypatch.setenv("SPPLUS_VAR", str(site.folder))
    settings.cache_clear()
    yield Sent(site)
    settings.cache_clear()


def _taken(page: Page, label: str) -> str:
    with page.expect_download() as download:
        page.get_by_role("link", name=label).click()
    assert download.value.suggested_filename.startswith("mes-donnees-")
    return Path(download.value.path()).read_text("utf-8")


@pytest.mark.parametrize("scripts", [True, False])
def test_what_is_held_is_seen_and_taken_away(
    site: Site, browser: Browser, sent: Sent, scripts: bool
) -> None:
    with seeing(browser, site.url, width=375, java_script_enabled=scripts) as seen:
        page = sent.open(seen)
        if scripts:
            page.goto(f"/suivi/{sent.number}")
            page.get_by_role("link", name="Voir, emporter ou effacer").click()
        else:
            page.goto("/suivi/donnees")
            page.get_by_role("link", name=TITLE).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Mes données")
        page.get_by_text("Les mots masqués, tels que vous").click()
        expect(page.get_by_text(PHONE)).to_be_visible()
        assert axe.overflow(page) == 0
        held = json.loads(_taken(page, "JSON"))
        assert held["experience"]["title"] == TITLE and held["email"]["address"] == EMAIL
        assert PHONE in held["originals"][0]["narrative"]
        assert PHONE not in held["experience"]["narrative"]
        html = _taken(page, "HTML")
        assert "Un guichet &lt;b&gt;fermé" in html and EMAIL in html and PHONE in html
        assert "<script" not in html and "http-equiv" in html
        assert seen.complaints == []


@pytest.mark.parametrize("choice", ["retirer", "garder"])
@pytest.mark.parametrize("scripts", [True, False])
def test_everything_is_erased_once_confirmed(
    site: Site, browser: Browser, sent: Sent, scripts: bool, choice: str
) -> None:
    keeps = choice == "garder"
    with seeing(browser, site.url, java_script_enabled=scripts) as seen:
        page = sent.open(seen)
        page.goto(f"/suivi/donnees?experience={sent.number}")
        page.get_by_role("button", name="Continuer").click()
        expect(page.locator(".error-summary")).to_contain_text("Choisissez ce que devient")
        label = "garder le texte sans rien de moi" if keeps else "retirer aussi le texte"
        page.get_by_role("radio", name=label).check()
        page.get_by_role("button", name="Continuer").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Effacer mes données")
        page.get_by_role("button", name="Effacer définitivement").click()
        expect(page.locator(".error-summary")).to_contain_text("Écrivez EFFACER")
        assert sent.public().status_code == 200
        page.get_by_label("Écrivez EFFACER").fill("effacer")
        page.get_by_role("button", name="Effacer définitivement").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Vos données sont effacées")
        expect(page.get_by_role("heading", name="Ce qui reste, et pourquoi")).to_be_visible()
        page.goto(f"/suivi/donnees?experience={sent.number}")
        expect(page.get_by_role("heading", level=1)).to_have_text("Ouvrez votre lien de suivi")
    answer, row = sent.public(), sent.row()
    assert (row.pseudonym, row.department) == ("", "")
    if keeps:
        assert answer.status_code == 200 and "Un guichet &lt;b&gt;fermé" in answer.text
        assert "Léa" not in answer.text
    else:
        assert answer.status_code == 410 and "a été effacée" in answer.text
        assert (row.title, row.narrative, row.slug, row.status) == ("", "", "", "erased")
    assert "rien à signaler" in site.command("check")


def test_a_page_that_is_gone_says_so_with_scripts_too(
    site: Site, browser: Browser, sent: Sent
) -> None:
    with seeing(browser, site.url) as seen:
        page = sent.open(seen)
        page.goto(f"/experiences/{sent.number}")
        expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
        with httpx.Client(base_url=site.url, trust_env=False) as client:
            client.cookies.set(VISITOR, sent.secret)
            client.headers["origin"] = site.url
            form = {"choix": "retirer", "mot": "EFFACER", "preuve": ""}
            answer = client.post(f"/api/suivi/{sent.number}/effacer", data=form)
            assert answer.headers["location"] == "/suivi/donnees?fait=retirer"
        expect(page.get_by_role("heading", level=1)).to_have_text("Cette expérience a été effacée")


def test_the_address_changes_and_goes(site: Site, browser: Browser, sent: Sent) -> None:
    with seeing(browser, site.url, java_script_enabled=False) as seen:
        page = sent.open(seen)
        page.goto(f"/suivi/donnees?experience={sent.number}")
        page.get_by_label("Une autre adresse e-mail").fill("pas une adresse")
        page.get_by_role("button", name="Écrire à cette adresse").click()
        expect(page.locator(".error-summary")).to_contain_text("Vérifiez cette adresse")
        page.get_by_label("Une autre adresse e-mail").fill("autre@exemple.fr")
        page.get_by_role("button", name="Écrire à cette adresse").click()
        expect(page.get_by_text("Un message vient de partir")).to_be_visible()
        expect(page.get_by_text("autre@exemple.fr").first).to_be_attached()
        page.get_by_role("button", name="Supprimer mon adresse").click()
        expect(page.get_by_text("Votre adresse est supprimée")).to_be_visible()
        expect(page.get_by_label("Une adresse e-mail")).to_be_visible()


def test_another_browser_is_told_nothing(site: Site, sent: Sent) -> None:
    secret = tokens.new_token()
    with httpx.Client(base_url=site.url, trust_env=False) as client:
        for cookies in ({}, {VISITOR: secret}):
            client.cookies.clear()
            for name, value in cookies.items():
                client.cookies.set(name, value)
            for path in (
                f"/api/suivi/{sent.number}/donnees.json",
                f"/api/suivi/{sent.number}/donnees.html",
                f"/suivi/donnees?experience={sent.number}",
            ):
                answer = client.get(path)
                assert answer.status_code == 404 and PHONE not in answer.text
                assert answer.headers["cache-control"] == "no-store"
            form = {"choix": "retirer", "mot": "EFFACER", "preuve": ""}
            client.headers["origin"] = site.url
            answer = client.post(f"/api/suivi/{sent.number}/effacer", data=form)
            assert "refus=" in answer.headers["location"]
    assert sent.row().title == TITLE


def test_who_goes_back_to_their_data_sees_it_again(
    site: Site, browser: Browser, sent: Sent
) -> None:
    with seeing(browser, site.url) as seen:
        page = sent.open(seen)
        page.goto(f"/suivi/donnees?experience={sent.number}")
        until(lambda: page.evaluate(_LIVE), what="the page to come to life")
        page.get_by_role("link", name="Aide").first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Aide")
        page.go_back()
        expect(page.get_by_role("heading", name="Tout effacer")).to_be_visible()
