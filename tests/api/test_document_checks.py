"""Masking a document over HTTP: what each sees, plain forms, gestures of a script; who may."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import func, select

from spplus_app.domain.roles import Viewer
from spplus_app.persistence import reading, unit_of_work
from spplus_app.persistence.engine import engine
from spplus_app.persistence.tables import (
    DocumentReadingRow,
    DocumentRow,
    JournalRow,
)
from spplus_app.services import clock, tokens
from spplus_app.services.documents import covering, deposit, masking, places
from spplus_app.services.documents import reading as reader
from tests.adapters.documents import pdf_maker
from tests.api import painting
from tests.services.test_documents import LETTER, TYPED, upload

OWN = {"origin": "http://localhost:3000"}
SCRIPT = OWN | {"accept": "application/json"}
PAGE, QUEUE = "/documents/verifier", "/espace/moderation/documents"


@pytest.fixture
async def browser(house: pytest.MonkeyPatch, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    folder = painting.build(tmp_path / "html")
    async with painting.reader(folder, follow_redirects=True, headers=OWN) as client:
        client.cookies.set("spplus-visitor", tokens.new_token(), domain="localhost.local")
        yield client


def _me(browser: httpx.AsyncClient) -> Viewer:
    return Viewer(visitor=tokens.hash_token(next(iter(browser.cookies.jar)).value or ""))


def _sent(browser: httpx.AsyncClient, name: str = "lettre.txt", content: bytes = b"") -> int:
    """Send a document of this browser and have it read; return its id."""
    form = str(uuid4())
    typed = {**TYPED, "wished": "Appelez-moi au 06 99 88 77 66, je vous prie."}
    with unit_of_work() as session:
        upload(session, form, name, content or LETTER.encode(), _me(browser))
        number = deposit.send(session, _me(browser), form, typed)
    reader.run(engine(), number)
    return number


def _masks(number: int) -> list[list[object]]:
    with reading() as session:
        return list(session.get_one(DocumentReadingRow, number).masks)


async def _html(browser: httpx.AsyncClient, path: str) -> str:
    answer = await browser.get(path, headers=SCRIPT)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["html"])


async def test_without_a_script_a_letter_is_checked_and_handed_over(
    browser: httpx.AsyncClient,
) -> None:
    number = _sent(browser)
    path = f"{PAGE}/{number}"
    page = await browser.get(path)
    assert page.status_code == 200 and page.headers["cache-control"] == "no-store"
    assert page.headers["x-robots-tag"] == "noindex, nofollow"
    assert "Vérifiez que rien ne dit qui vous êtes" in page.text
    assert '<mark class="mask">[téléphone]</mark>' in page.text
    start, end, _ = next(one for one in _masks(number) if one[2] == "phone")
    value = f"{start}-{end}"
    assert f'value="{value}"' in page.text
    after = await browser.post(path, data={"geste": "retirer", "page": "0", "masque": value})
    assert after.status_code == 200 and f'value="{value}"' not in after.text
    wrong = await browser.post(
        path, data={"geste": "mots", "page": "0", "mots": "des mots absents", "genre": "chosen"}
    )
    assert wrong.status_code == 422
    assert "Ces mots ne sont pas dans le document" in wrong.text
    assert 'value="des mots absents"' in wrong.text
    typed = {"geste": "mots", "page": "0", "mots": "412  EUROS", "genre": "chosen"}
    after = await browser.post(path, data=typed)
    assert '<mark class="mask">[masqué]</mark>' in after.text
    early = await browser.post(path, data={"geste": "remettre", "page": "0"})
    assert early.status_code == 422 and "Vérifiez d’abord la page 1" in early.text
    await browser.post(path, data={"geste": "page", "page": "0"})
    done = await browser.post(path, data={"geste": "remettre", "page": "0"})
    assert "Votre document est remis à la modération" in done.text
    assert "Belkacemi" not in done.text


async def test_words_one_typed_are_judged_in_place(browser: httpx.AsyncClient) -> None:
    number = _sent(browser)
    path = f"{PAGE}/{number}"
    assert "Appelez-moi au [téléphone]" in await _html(browser, path)
    said = await browser.post(
        path, data={"geste": "garder", "page": "0", "mots": "06 99 88 77 66"}, headers=SCRIPT
    )
    assert said.json() == {"said": "Ces mots seront lus par tout le monde.", "next": ""}
    assert "Appelez-moi au 06 99 88 77 66" in await _html(browser, path)


async def test_each_page_of_a_pdf_comes_with_its_image_and_its_words(
    browser: httpx.AsyncClient,
) -> None:
    pages = [
        pdf_maker.stream(pdf_maker.drawn(lines, size=20))
        for lines in (["Madame Zorah Belkacemi"], ["Vous avez un indu."])
    ]
    number = _sent(browser, "lettre.pdf", pdf_maker.pdf(pages))
    first, second = [await _html(browser, f"{PAGE}/{number}?page={at}") for at in (1, 2)]
    assert "Belkacemi" in first and "indu" not in first.split("mes-mots")[0]
    assert 'class="cover"' in first and 'class="cover"' not in second
    assert "Vous avez un indu." in second
    image = await browser.get(f"/api/documents/{number}/pages/1")
    assert (image.status_code, image.headers["content-type"]) == (200, "image/png")
    assert image.headers["cache-control"] == "no-store"
    box = {"geste": "zone", "page": "1", "boite": "10,20.5,110,60"}
    path = f"{PAGE}/{number}"
    assert (await browser.post(path, data=box, headers=SCRIPT)).status_code == 200
    second = await _html(browser, f"{path}?page=2")
    assert "cover--area" in second and 'value="10.0,20.5,110.0,60.0"' in second
    gone = {"geste": "decouvrir", "page": "1", "boite": "10.0,20.5,110.0,60.0"}
    await browser.post(path, data=gone, headers=SCRIPT)
    assert "cover--area" not in await _html(browser, f"{path}?page=2")
    for boite in ("", "1,2,3", "a,b,c,d", "nan,0,1,1", "inf,0,1,1", "1e999,0,1,1"):
        bad = await browser.post(path, data={**box, "boite": boite}, headers=SCRIPT)
        assert bad.status_code == 422, boite


async def test_nobody_else_sees_or_masks_it(browser: httpx.AsyncClient) -> None:
    content = pdf_maker.pdf([pdf_maker.stream(pdf_maker.drawn(["Madame Zorah Belkacemi"], 20))])
    number = _sent(browser, "lettre.pdf", content)
    before = _masks(number)
    gestures = [
        {"geste": "retirer", "masque": f"{before[0][0]}-{before[0][1]}"},
        {"geste": "masquer", "debut": "0", "fin": "3", "genre": "chosen"},
        {"geste": "mots", "mots": "Madame", "genre": "chosen"},
        {"geste": "zone", "page": "0", "boite": "1,1,9,9"},
        {"geste": "decouvrir", "page": "0", "boite": "1,1,9,9"},
        {"geste": "page", "page": "0"},
        {"geste": "garder", "mots": "Madame"},
        {"geste": "reprendre", "mots": "Madame"},
        {"geste": "remettre"},
        {"geste": "publier", "revision": "0"},
        {"geste": "rendre", "rendre": "Non."},
        {"geste": "refuser", "refuser": "Non."},
        {"geste": "laisser"},
        {"geste": "autre"},
    ]

    async def refused(paths: tuple[str, ...]) -> None:
        for path in paths:
            for fields in gestures:
                answer = await browser.post(path, data=fields, headers=SCRIPT)
                assert answer.status_code in {401, 403, 404, 409, 422}, (path, fields)
                assert "Belkacemi" not in answer.text
            for headers in (OWN, SCRIPT):
                answer = await browser.get(path, headers=headers)
                assert "Belkacemi" not in answer.text
        assert (await browser.get(f"/api/documents/{number}/pages/0")).status_code == 404

    mine = next(iter(browser.cookies.jar)).value
    # Its depositor decides nothing in the name of moderation.
    browser.cookies.clear()
    await refused((f"{PAGE}/{number}", f"{QUEUE}/{number}"))
    browser.cookies.set("spplus-visitor", tokens.new_token(), domain="localhost.local")
    await refused((f"{PAGE}/{number}", f"{QUEUE}/{number}"))
    # Moderation waits for what is handed over.
    painting.moderates(browser)
    await refused((f"{PAGE}/{number}", f"{QUEUE}/{number}"))
    assert _masks(number) == before
    browser.cookies.set("spplus-visitor", str(mine), domain="localhost.local")
    with reading() as session:
        assert session.get_one(DocumentRow, number).stage == "masking"


async def _handed(browser: httpx.AsyncClient) -> tuple[int, str]:
    """A document handed over, a mask of the machine taken out; the secret of its browser."""
    number = _sent(browser)
    phone = next(one for one in _masks(number) if one[2] == "phone")
    with unit_of_work() as session:
        me = _me(browser)
        masking.remove_mask(session, me, number, int(str(phone[0])), int(str(phone[1])))
        masking.check_page(session, me, number, 0)
        masking.hand_over(session, me, number)
    secret = next(iter(browser.cookies.jar)).value or ""
    painting.moderates(browser)
    return number, secret


async def test_moderation_looks_at_what_was_taken_out_masks_it_again_and_publishes(
    browser: httpx.AsyncClient,
) -> None:
    number, secret = await _handed(browser)
    path = f"{QUEUE}/{number}"
    shown = await _html(browser, path)
    lifted = shown.split('id="leves"')[1].split("</section>")[0]
    assert "06 12 34 56 78" in lifted
    start, end = (
        re.findall(rf'name="{name}" value="(\d+)"', lifted)[0] for name in ("debut", "fin")
    )
    again = {"geste": "masquer", "debut": start, "fin": end, "genre": "phone"}
    old = re.findall(r'name="revision" value="(\d+)"', shown)[0]
    assert (await browser.post(path, data=again, headers=SCRIPT)).status_code == 200
    stale = await browser.post(path, data={"geste": "publier", "revision": old}, headers=SCRIPT)
    assert stale.status_code == 409 and "a changé" in stale.json()["message"]
    shown = await _html(browser, f"{path}?encore=oui")
    assert 'id="leves"' not in shown
    revision = re.findall(r'name="revision" value="(\d+)"', shown)[0]
    done = await browser.post(path, data={"geste": "publier", "revision": revision}, headers=SCRIPT)
    assert done.json()["next"] == f"{QUEUE}?fait=publie"
    assert covering.run(engine(), number) == "covered 0 pages"
    browser.cookies.clear()
    browser.cookies.set("spplus-visitor", secret, domain="localhost.local")
    mine = await _html(browser, f"{PAGE}/{number}")
    assert "Votre document est publié" in mine and f'href="/documents/{number}-' in mine


async def test_each_opening_by_moderation_leaves_a_line(browser: httpx.AsyncClient) -> None:
    number, _ = await _handed(browser)

    def lines() -> int:
        with reading() as session:
            found = select(func.count()).where(JournalRow.entry == "original.read")
            return session.scalar(found) or 0

    await _html(browser, f"{QUEUE}/{number}")
    assert lines() == 1
    await _html(browser, f"{QUEUE}/{number}?encore=oui")
    assert lines() == 1
    await _html(browser, f"{QUEUE}/{number}")
    assert lines() == 2
    with clock.at(clock.now() + timedelta(minutes=16)):
        await _html(browser, f"{QUEUE}/{number}?encore=oui")
    assert lines() == 3


async def test_what_one_moderator_reads_another_does_not_decide(browser: httpx.AsyncClient) -> None:
    number, _ = await _handed(browser)
    path = f"{QUEUE}/{number}"
    assert "Publier le document" in await _html(browser, path)
    painting.moderates(browser)
    shown = await _html(browser, path)
    assert "lit ce document en ce moment" in shown
    assert "Publier le document" not in shown and "ne plus masquer" not in shown
    for fields in (
        {"geste": "publier", "revision": "1"},
        {"geste": "refuser", "refuser": "Non."},
        {"geste": "masquer", "debut": "0", "fin": "3", "genre": "chosen"},
    ):
        answer = await browser.post(path, data=fields, headers=SCRIPT)
        assert answer.status_code == 409 and "lit ce document" in answer.json()["message"]


async def test_given_back_or_refused_the_person_reads_why(browser: httpx.AsyncClient) -> None:
    number, secret = await _handed(browser)
    path = f"{QUEUE}/{number}"
    empty = await browser.post(path, data={"geste": "rendre", "rendre": " "}, headers=SCRIPT)
    assert empty.status_code == 422 and list(empty.json()["errors"]) == ["rendre"]
    told = {"geste": "rendre", "rendre": "Votre nom est resté en page 1."}
    await browser.post(path, data=told, headers=SCRIPT)
    with unit_of_work() as session:
        me = Viewer(visitor=tokens.hash_token(secret))
        assert masking.opened(session, me, number).told == "Votre nom est resté en page 1."
        masking.check_page(session, me, number, 0)
        masking.hand_over(session, me, number)
    assert [one for one in places.store().rglob("*") if one.is_file()]
    no = {"geste": "refuser", "refuser": "Ce n’est pas d’une administration."}
    assert (await browser.post(path, data=no, headers=SCRIPT)).status_code == 200
    assert [one for one in places.store().rglob("*") if one.is_file()] == []
    browser.cookies.clear()
    browser.cookies.set("spplus-visitor", secret, domain="localhost.local")
    mine = await _html(browser, f"{PAGE}/{number}")
    assert "Votre document n’est pas publié" in mine
    assert "Ce n’est pas d’une administration." in mine


async def test_a_file_that_could_not_be_read_says_what_to_do(browser: httpx.AsyncClient) -> None:
    number = _sent(browser, "lettre.pdf", b"%PDF-1.4\nnothing of a PDF after that\n")
    shown = await _html(browser, f"{PAGE}/{number}")
    assert "Votre document n’a pas pu être lu" in shown and "Signaler un document" in shown
