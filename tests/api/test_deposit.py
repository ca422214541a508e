"""The form without a script, over HTTP: kept as typed, judged after, sent once."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from html import unescape
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select

from spplus_app.api.first_paint import plain_form
from spplus_app.domain.experiences import NARRATIVE_MAX
from spplus_app.persistence import reading, unit_of_work
from spplus_app.persistence.tables import ExperienceRow, ExperienceStructureRow
from tests import factories
from tests.api import painting

OWN = {"origin": "http://localhost:3000"}
STORY = {name: value for name, value in factories.STORY.items()}
USED = {"use-OFFICE-desk": "oui", "felt-OFFICE-desk": "Négatif"}


@pytest.fixture
async def browser(house: pytest.MonkeyPatch, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    with unit_of_work() as session:
        factories.tree(session)
    folder = painting.build(tmp_path / "html")
    async with painting.reader(folder, follow_redirects=True, headers=OWN) as client:
        yield client


def _uuid(answer: httpx.Response) -> str:
    return re.findall(r'name="uuid" value="([^"]+)"', answer.text)[0]


async def _press(
    browser: httpx.AsyncClient, geste: str, seen: httpx.Response, **fields: str
) -> httpx.Response:
    sent = {"uuid": _uuid(seen), "geste": geste, **fields}
    return await browser.post("/api/partager", data=sent)


def _sent() -> list[ExperienceRow]:
    with reading() as session:
        rows = list(session.scalars(select(ExperienceRow)))
        session.expunge_all()
        return rows


async def _begun(browser: httpx.AsyncClient, **fields: str) -> httpx.Response:
    """A form with a service chosen, and these fields kept."""
    page = await browser.get(plain_form.PAGE)
    return await _press(browser, "choisir", page, choix="OFFICE", **fields)


async def test_from_the_first_page_to_the_receipt(browser: httpx.AsyncClient) -> None:
    page = await browser.get(plain_form.PAGE)
    assert page.status_code == 200 and page.headers["cache-control"] == "no-store"
    found = await _press(browser, "chercher", page, q="service office", title="Un titre")
    assert "Service OFFICE" in found.text and 'value="Un titre"' in found.text
    chosen = await _press(browser, "choisir", found, choix="OFFICE", title="Un titre")
    assert "Retirer Service OFFICE" in chosen.text and 'value="Un titre"' in chosen.text
    check = await _press(browser, "verifier", chosen, **STORY, **USED, pseudonym="Camille")
    assert "Ce que tout le monde verra" in check.text and "Rien n’est encore" in check.text
    for part in (STORY["title"], STORY["narrative"], "Camille", "Service OFFICE", "Accueil"):
        assert part in check.text
    assert not _sent()
    done = await _press(browser, "envoyer", check)
    (link,) = re.findall(r'href="(/suivi/[\w-]{43})"', done.text)
    assert "Gardez ce lien" in done.text and "data:image/svg+xml" in done.text
    (row,) = _sent()
    assert (row.title, row.narrative, row.status) == (STORY["title"], STORY["narrative"], "pending")
    with reading() as session:
        met = session.scalars(select(ExperienceStructureRow)).one()
        assert met.channels == [["Accueil", "Négatif"]]
    followed = await browser.get(link, follow_redirects=False)
    assert followed.headers["location"].endswith(f"/suivi/{row.id}")


async def test_sending_twice_sends_once(browser: httpx.AsyncClient) -> None:
    check = await _press(browser, "verifier", await _begun(browser), **STORY, **USED)
    first = await _press(browser, "envoyer", check)
    again = await _press(browser, "envoyer", check)
    assert len(_sent()) == 1
    assert "Gardez ce lien" in first.text and first.text == again.text
    # The form of before, found again with the back button, begins nothing either.
    old = await _press(browser, "verifier", check, **STORY)
    assert "déjà envoyée" in old.text and len(_sent()) == 1


async def test_mistakes_are_told_beside_their_fields_and_nothing_is_lost(
    browser: httpx.AsyncClient,
) -> None:
    wrong = {
        "title": "",
        "narrative": "Trop court",
        "pseudonym": "x" * 50,
        "email": "pas une adresse",
        "use-OFFICE-phone": "oui",
    }
    page = await _press(browser, "verifier", await _begun(browser), **wrong)
    assert str(page.url).endswith(plain_form.WRONG)
    links = re.findall(r'<li><a href="#([\w-]+)">', page.text.split("error-summary")[1])
    assert set(links) == {
        *("felt-OFFICE-phone", "ressenti", "posted_as", "title", "narrative", "pseudonym", "email")
    }
    for name in links:
        assert page.text.count(f'id="{name}"') == 1, "the list leads to the field"
    assert page.text.count('class="fr-error-text"') == len(links)
    for value in ("Trop court", "x" * 50, "pas une adresse"):
        assert value in page.text
    assert re.search(r'id="use-OFFICE-phone"[^>]* checked', page.text)
    assert not _sent()


@pytest.mark.parametrize("geste", ["envoyer", "verifier"])
async def test_an_empty_form_sends_nothing(browser: httpx.AsyncClient, geste: str) -> None:
    page = await _press(browser, geste, await browser.get(plain_form.PAGE))
    assert not _sent() and "Merci" not in page.text
    assert "fr-alert--error" in page.text
    direct = await browser.get(plain_form.CHECK)
    assert "Vérifiez" not in direct.text
    assert "n’est plus affiché" in (await browser.get(plain_form.RECEIPT)).text


async def test_a_long_text_passes_and_one_too_long_is_told(browser: httpx.AsyncClient) -> None:
    long = "é€𝄞a" * (NARRATIVE_MAX // 4)
    typed = {**STORY, **USED, "narrative": long}
    page = await _press(browser, "verifier", await _begun(browser), **typed)
    assert "Ce que tout le monde verra" in page.text and long in page.text
    over = await _press(browser, "verifier", page, **typed | {"narrative": long + "a"})
    assert "trop long de 1" in over.text and long + "a" in over.text
    huge = await _press(browser, "verifier", over, **STORY | {"narrative": "a" * 300_000})
    assert "beaucoup trop long" in huge.text and long + "a" in huge.text


async def test_what_was_typed_comes_back_as_it_was(browser: httpx.AsyncClient) -> None:
    hostile = "\n\r\n </textarea><script>alert(1)</script>\"'&amp; é \n"
    page = await _begun(browser, narrative=hostile, title='"><b>', email="<i>")
    text = re.findall(r"<textarea[^>]*>\n(.*?)</textarea>", page.text, re.DOTALL)
    assert unescape(text[0]).replace("\r\n", "\n") == hostile.replace("\r\n", "\n")
    assert "<script>alert" not in page.text and "<b>" not in page.text and "<i>" not in page.text


async def test_a_service_is_taken_out_and_the_box_comes_back(browser: httpx.AsyncClient) -> None:
    page = await _begun(browser, **STORY)
    assert 'name="outside"' not in page.text
    gone = await _press(browser, "retirer-OFFICE", page, **STORY)
    assert 'name="outside"' in gone.text and "Retirer" not in gone.text
    check = await _press(browser, "verifier", gone, **STORY, outside="oui")
    await _press(browser, "envoyer", check)
    assert _sent()[0].outside_structure


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"choix": "RIEN"}, "Choisissez un service dans la liste"),
        ({"choix": "<script>"}, "Choisissez un service dans la liste"),
        ({"uuid": "x"}, "Ce brouillon a changé"),
    ],
)
async def test_a_refusal_is_said_above_the_form(
    browser: httpx.AsyncClient, fields: dict[str, str], words: str
) -> None:
    page = await browser.get(plain_form.PAGE)
    sent: dict[str, Any] = {"uuid": _uuid(page), "geste": "choisir", "title": "Gardé", **fields}
    answer = await browser.post("/api/partager", data=sent)
    assert words in answer.text and answer.status_code == 200


async def test_four_services_are_one_too_many(browser: httpx.AsyncClient) -> None:
    page = await browser.get(plain_form.PAGE)
    for code in ("TOP", "BRANCH", "OFFICE"):
        page = await _press(browser, "choisir", page, choix=code)
    page = await _press(browser, "choisir", page, choix="OTHER")
    assert "trois au plus" in page.text and page.text.count("chosen-service") == 3


async def test_a_browser_without_cookies_is_told(browser: httpx.AsyncClient) -> None:
    page = await browser.get(plain_form.PAGE)
    uuid = _uuid(page)
    browser.cookies.clear()
    answer = await browser.post(
        "/api/partager", data={"uuid": uuid, "geste": "verifier", "title": "x"}
    )
    assert "refuse les cookies" in answer.text


async def test_a_draft_is_one_s_own(browser: httpx.AsyncClient, tmp_path: Path) -> None:
    await _begun(browser, title="Mon titre à moi")
    async with painting.reader(tmp_path / "html") as other:
        assert "Mon titre à moi" not in (await other.get(plain_form.PAGE)).text
    assert "Mon titre à moi" in (await browser.get(plain_form.PAGE)).text
    erased = await _press(browser, "effacer", await browser.get(plain_form.PAGE))
    assert "Mon titre à moi" not in erased.text


async def test_what_one_person_typed_is_neither_kept_nor_compressed(
    browser: httpx.AsyncClient,
) -> None:
    answer = await browser.get(plain_form.PAGE, headers={"accept-encoding": "gzip"})
    assert "content-encoding" not in answer.headers and "etag" not in answer.headers
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-robots-tag"] == "noindex, nofollow"


@pytest.mark.parametrize("body", [b"is_admin=1", b"title=a&title=b", b"title", b"use-x-fax=oui"])
async def test_a_body_that_the_form_does_not_send_is_refused(
    browser: httpx.AsyncClient, body: bytes
) -> None:
    headers = {"content-type": "application/x-www-form-urlencoded"}
    answer = await browser.post("/api/partager", content=body, headers=headers)
    assert "arrivé incomplet" in answer.text
    told = await browser.post(
        "/api/partager", content=body, headers={**headers, "accept": "application/json"}
    )
    assert told.status_code == 422


async def test_a_script_is_told_the_way_on(browser: httpx.AsyncClient) -> None:
    page = await browser.get(plain_form.PAGE)
    answer = await browser.post(
        "/api/partager",
        data={"uuid": _uuid(page), "geste": "verifier"},
        headers={"accept": "application/json"},
    )
    assert answer.json() == {"ok": True, "next": plain_form.CHECK}


async def test_an_agent_does_not_write_to_their_own_service(browser: httpx.AsyncClient) -> None:
    from spplus_app.domain.roles import Grant, Role
    from spplus_app.persistence.tables import StructureRow
    from spplus_app.services import identity

    with unit_of_work() as session:
        office = session.scalars(select(StructureRow).where(StructureRow.code == "OFFICE")).one()
        held = [Grant(Role.AGENT, office.id)]
        identity.add_person(session, None, "agent@exemple.fr", "Agent", "un petit vélo bleu", held)
    await browser.post(
        "/auth/connexion", data={"email": "agent@exemple.fr", "password": "un petit vélo bleu"}
    )
    check = await _press(browser, "verifier", await _begun(browser), **STORY, **USED)
    answer = await _press(browser, "envoyer", check)
    assert "agent de ce service" in answer.text
    with reading() as session:
        assert session.scalar(select(func.count()).select_from(ExperienceRow)) == 0
