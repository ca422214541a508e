"""Documents over HTTP: the page that paints one, marks in JSON-LD, plain forms, public files."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest

from spplus_app.adapters import file_store
from spplus_app.domain.documents.json_ld import ANNOTATION_BYTES_MAX, MEDIA_TYPE
from spplus_app.domain.documents.stages import Stage
from spplus_app.persistence import documents as rows
from spplus_app.persistence import unit_of_work
from spplus_app.persistence.tables import DocumentPageRow, DocumentRow
from spplus_app.services.documents import places
from tests import documents
from tests.api import painting

FORM = {"content-type": "application/x-www-form-urlencoded"}
SAME = {"origin": "http://localhost:3000", "accept": "application/json"}
PLAIN = {"origin": "http://localhost:3000"}
PNG = b"\x89PNG\r\n\x1a\nrest"


@pytest.fixture
async def browser(house: pytest.MonkeyPatch, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    async with painting.reader(painting.build(tmp_path / "html")) as client:
        yield client


@pytest.fixture
def row(browser: httpx.AsyncClient) -> DocumentRow:
    return _written()


def _written(*paragraphs: str, stage: Stage = Stage.PUBLISHED) -> DocumentRow:
    with unit_of_work() as session:
        made = documents.published(session, None, *paragraphs)
        made.stage = stage.value
        session.flush()
        session.expunge(made)
        return made


def _body(words: str = "indu", tone: str = "unclear", **more: str) -> dict[str, Any]:
    text = documents.text(*documents.LETTER).text
    start = text.index(words)
    told = [("assessing", tone), *more.items()]
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "type": "Annotation",
        "body": [{"type": "TextualBody", "purpose": a, "value": b} for a, b in told],
        "target": {
            "selector": [
                {"type": "TextQuoteSelector", "exact": words},
                {"type": "TextPositionSelector", "start": start, "end": start + len(words)},
            ]
        },
    }


async def _put(
    browser: httpx.AsyncClient, row: DocumentRow, body: dict[str, Any], uuid: str = ""
) -> httpx.Response:
    return await browser.post(
        f"/api/marques/{row.id}/{uuid or uuid4()}",
        content=json.dumps(body),
        headers={**SAME, "content-type": "application/ld+json"},
    )


async def _open(browser: httpx.AsyncClient, row: DocumentRow) -> httpx.Response:
    """Open the page, which gives the cookie that marks are kept by."""
    answer = await browser.get(f"/documents/{row.id}-indu")
    assert answer.status_code == 200
    return answer


# The page


async def test_a_document_is_read_in_the_first_answer(
    browser: httpx.AsyncClient, row: DocumentRow
) -> None:
    answer = await _open(browser, row)
    painted = answer.text.split('<div id="first-paint">')[1]
    for sentence in ("Madame, Monsieur,", "Sauf contestation de votre part", "agréer nos salut"):
        assert sentence in painted
    assert re.findall(r'<span class="s" id="p(\d)"', painted) == ["1", "2", "3", "4"]
    assert "Phrase\u00a01 sur\u00a04" in painted and "restent cachées" in painted
    assert "spplus-visitor" in answer.headers["set-cookie"]
    again = await browser.get(
        f"/documents/{row.id}-indu", headers={"if-none-match": answer.headers["etag"]}
    )
    assert again.status_code == 304


async def test_an_address_that_leads_nowhere_says_why(
    browser: httpx.AsyncClient, row: DocumentRow
) -> None:
    moved = await browser.get(f"/documents/{row.id}-un-ancien-titre")
    assert (moved.status_code, moved.headers["location"]) == (301, f"/documents/{row.id}-indu")
    kept = await browser.get(f"/documents/{row.id}?phrase=2")
    assert kept.headers["location"] == f"/documents/{row.id}-indu?phrase=2"
    hidden, erased = _written(stage=Stage.HIDDEN), _written(stage=Stage.ERASED)
    for number, status in ((999, 404), (hidden.id, 404), (erased.id, 410)):
        answer = await browser.get(f"/documents/{number}-indu")
        assert answer.status_code == status and "salutations" not in answer.text


async def test_a_long_text_comes_part_by_part_and_every_sentence_is_reached(
    browser: httpx.AsyncClient,
) -> None:
    row = _written(*[f"Voici la phrase numéro {at} de ce long courrier." for at in range(4000)])
    first = await browser.get(f"/documents/{row.id}-indu")
    assert len(first.content) < 200_000 and "partie\u00a01 sur" in first.text
    assert 'href="?partie=2"' in first.text and 'id="p4000"' not in first.text
    last = await browser.get(f"/documents/{row.id}-indu?phrase=4000")
    assert 'id="p4000"' in last.text and "Phrase\u00a04000 sur\u00a04000" in last.text
    second = await browser.get(f"/documents/{row.id}-indu?partie=2")
    assert second.status_code == 200 and 'id="p1"' not in second.text
    for odd in ("partie=0", "partie=99999", "partie=x", "phrase=-1", "phrase=99999", "phrase=٣"):
        assert (await browser.get(f"/documents/{row.id}-indu?{odd}")).status_code == 200


async def test_a_text_that_looks_like_html_is_only_text(browser: httpx.AsyncClient) -> None:
    row = _written('<script>x()</script> & <img src=x onerror="y()"> Fin.')
    painted = (await browser.get(f"/documents/{row.id}-indu")).text
    assert "<script>x()" not in painted and "<img src=x" not in painted
    assert "&lt;script&gt;x()&lt;/script&gt;" in painted


# Marks, by a script


async def test_a_mark_is_kept_once_then_sent_and_read_by_another(
    browser: httpx.AsyncClient, row: DocumentRow, tmp_path: Path
) -> None:
    await _open(browser, row)
    uuid = str(uuid4())
    made = await _put(browser, row, _body(commenting="On me réclame."), uuid)
    assert made.status_code == 200 and made.json()["uuid"] == uuid
    again = await _put(browser, row, _body(tone="worrying"), uuid)
    assert again.json()["tone"] == "worrying"
    mine = (await browser.get(f"/api/marques/{row.id}")).json()
    assert [one["uuid"] for one in mine["marks"]] == [uuid]
    assert (mine["open"], mine["heat"]) == (False, [])
    closed = await browser.get(f"/api/marques/{row.id}/phrases/2")
    assert closed.status_code == 403
    sent = await browser.post(f"/api/marques/{row.id}/envoi", headers=SAME | FORM)
    assert sent.json() == {"sent": 1}
    async with painting.reader(tmp_path / "html") as other:
        await _open(other, row)
        assert (await other.get(f"/api/marques/{row.id}")).json()["marks"] == []
        await other.post(f"/api/marques/{row.id}/regard", headers=SAME | FORM)
        seen = (await other.get(f"/api/marques/{row.id}")).json()
        assert seen["heat"] == [
            {"sentence": 2, "readers": 1, "tones": {"worrying": 1}, "reasons": {}}
        ]
        told = (await other.get(f"/api/marques/{row.id}/phrases/2")).json()
        assert [(one["tone"], one["mine"]) for one in told["marks"]] == [("worrying", False)]
        # What is somebody else's is not taken back by its number.
        await other.post(f"/api/marques/{row.id}/{uuid}/retrait", headers=SAME | FORM)
    assert len((await browser.get(f"/api/marques/{row.id}")).json()["marks"]) == 1
    for _ in range(2):
        gone = await browser.post(f"/api/marques/{row.id}/{uuid}/retrait", headers=SAME | FORM)
        assert gone.status_code == 200
    assert (await browser.get(f"/api/marques/{row.id}")).json()["marks"] == []


async def test_a_mark_without_cookie_is_asked_once_more_with_the_one_it_lends(
    browser: httpx.AsyncClient, row: DocumentRow
) -> None:
    first = await _put(browser, row, _body())
    assert first.status_code == 403 and first.headers["x-again"] == "1"
    assert "spplus-visitor" in first.headers["set-cookie"]
    assert (await _put(browser, row, _body())).status_code == 200


async def test_what_is_no_mark_is_refused_in_words(
    browser: httpx.AsyncClient, row: DocumentRow
) -> None:
    await _open(browser, row)
    where = f"/api/marques/{row.id}/{uuid4()}"
    kind = {**SAME, "content-type": "application/ld+json"}
    wrong = _body() | {"more": "x"}
    nowhere = json.loads(json.dumps(_body()).replace('"exact": "indu"', '"exact": "autr"'))
    for status, content, headers in (
        (422, b"{", kind),
        (422, json.dumps(wrong).encode(), kind),
        (422, json.dumps(nowhere).encode(), kind),
        (413, b" " * (ANNOTATION_BYTES_MAX + 1), kind),
        (415, json.dumps(_body()).encode(), {**SAME, "content-type": "text/plain"}),
    ):
        answer = await browser.post(where, content=content, headers=headers)
        assert (answer.status_code, bool(answer.json()["message"])) == (status, True)
    assert (await browser.get(f"/api/marques/{row.id}")).json()["marks"] == []
    other_site = await browser.post(where, content="{}", headers={"origin": "http://exemple.fr"})
    assert other_site.status_code == 403
    assert (await browser.get("/api/marques/999999")).status_code == 404


# Marks, by a plain form


async def test_a_form_marks_then_sends_and_shows_what_others_found(
    browser: httpx.AsyncClient, row: DocumentRow
) -> None:
    await _open(browser, row)
    where = f"/api/marques/{row.id}/phrases/2"
    fields = {"geste": "garder", "ton": "unclear", "motif-vocabulary": "oui", "compris": "Rien."}
    kept = await browser.post(where, data=fields, headers=PLAIN)
    assert (kept.status_code, kept.headers["location"]) == (
        303,
        f"/documents/{row.id}?phrase=3#marquer",
    )
    page = await browser.get(f"/documents/{row.id}-indu?phrase=2")
    assert re.search(r'value="unclear"[^>]*checked', page.text)
    assert re.search(r'name="motif-vocabulary"[^>]*checked', page.text) and "Rien." in page.text
    assert "1 marque, que vous seul voyez" in page.text
    assert "etag" not in page.headers, "what one reader typed is compared with nothing"
    plain = await browser.get(f"/documents/{row.id}-indu")
    assert "Rien." not in plain.text, "the page itself is the same for everyone"
    sent = await browser.post(f"/api/marques/{row.id}/envoi", headers=PLAIN | FORM)
    assert sent.status_code == 303
    shown = await browser.get(f"/documents/{row.id}-indu?phrase=2")
    assert "1 lecteur" in shown.text and "vocabulaire (1)" in shown.text
    wrong = await browser.post(where, data={"geste": "garder"}, headers=PLAIN)
    assert wrong.status_code == 422 and "Dites si ce passage est clair" in wrong.text


# What everyone may take


async def test_public_marks_are_open_to_other_sites_and_private_ones_to_nobody(
    browser: httpx.AsyncClient, row: DocumentRow
) -> None:
    await _open(browser, row)
    await _put(browser, row, _body(commenting="On me réclame."))
    where = f"/documents/{row.id}/annotations.jsonld"
    assert (await browser.get(where)).json()["total"] == 0
    await browser.post(f"/api/marques/{row.id}/envoi", headers=SAME | FORM)
    answer = await browser.get(where, headers={"origin": "http://exemple.fr"})
    assert answer.headers["content-type"] == MEDIA_TYPE
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in answer.headers
    told = answer.json()
    assert told["total"] == 1 and "visitor" not in answer.text
    again = await browser.get(where, headers={"if-none-match": answer.headers["etag"]})
    assert again.status_code == 304 and not again.content
    page = await browser.get(told["first"]["id"])
    assert page.json()["partOf"]["id"] == told["id"]
    one = await browser.get(told["first"]["items"][0]["id"])
    assert one.json()["body"][1]["value"] == "On me réclame."
    for missing in (f"{where}?page=7", f"/documents/{row.id}/annotations/999", where[:-7]):
        assert (await browser.get(missing)).status_code == 404


async def test_the_masked_image_of_a_page_is_public_and_no_other(
    browser: httpx.AsyncClient, row: DocumentRow
) -> None:
    with unit_of_work() as session:
        shown, sealed = file_store.put(places.store(), PNG), places.put(b"the original")
        for number, names in enumerate(((sealed, shown), (sealed, ""))):
            page = DocumentPageRow(document_id=row.id, number=number, width=5, height=8)
            page.stored, page.shown = names
            session.add(page)
    where = re.search(r'src="(/documents/[^"]+)"', (await _open(browser, row)).text)
    assert where is not None
    answer = await browser.get(where[1])
    assert (answer.status_code, answer.content) == (200, PNG)
    assert answer.headers["content-type"] == "image/png"
    assert answer.headers["cache-control"] == "public, max-age=86400"
    known = {"if-none-match": answer.headers["etag"]}
    assert (await browser.get(where[1], headers=known)).status_code == 304
    for page in (0, 2, 3):
        missing = await browser.get(f"/documents/{row.id}/pages/{page}")
        assert missing.status_code == 404 and b"original" not in missing.content
    with unit_of_work() as session:
        hidden = rows.get(session, row.id)
        assert hidden is not None
        hidden.stage = Stage.HIDDEN.value
    assert (await browser.get(where[1])).status_code == 404


async def test_others_words_are_reported_from_the_page_and_held_ones_are_told_to_their_reader(
    browser: httpx.AsyncClient, row: DocumentRow, tmp_path: Path
) -> None:
    await _open(browser, row)
    typed = {"geste": "garder", "ton": "unclear", "compris": "Je dois tout payer"}
    await browser.post(f"/api/marques/{row.id}/phrases/2", headers=SAME | FORM, data=typed)
    await browser.post(f"/api/marques/{row.id}/envoi", headers=SAME | FORM)
    (made,) = (await browser.get(f"/api/marques/{row.id}")).json()["marks"]
    here = f"/documents/{row.id}-indu?phrase=2"
    link = f'href="/signaler/marque-{made["id"]}"'
    async with painting.reader(tmp_path / "html") as other:
        await _open(other, row)
        await other.post(f"/api/marques/{row.id}/regard", headers=SAME | FORM)
        assert link in (await other.get(here)).text
        assert link not in (await browser.get(here)).text  # one's own is taken back
        said = {"raison": "personal_data", "mots": ""}
        answer = await other.post(f"/signaler/marque-{made['id']}", headers=SAME | FORM, data=said)
        assert answer.status_code == 303
        assert "tout payer" not in (await other.get(here)).text
        told = (await other.get(f"/api/marques/{row.id}/phrases/2")).json()
        assert told["marks"] == []
    (mine,) = (await browser.get(f"/api/marques/{row.id}")).json()["marks"]
    assert "masquée" in mine["told"] and not mine["sent"]
    painted = (await browser.get(here)).text
    assert "vous seul la voyez" in painted and "tout payer" in painted
    assert "1\u00a0marque ne l’est plus" in painted


async def test_what_a_report_hides_is_read_by_moderation_alone_and_kept_by_no_cache(
    browser: httpx.AsyncClient, row: DocumentRow, tmp_path: Path
) -> None:
    with unit_of_work() as session:
        page = DocumentPageRow(document_id=row.id, number=0, width=5, height=8, stored="")
        page.shown = file_store.put(places.store(), PNG)
        session.add(page)
    await _open(browser, row)
    said = {"raison": "personal_data", "mots": ""}
    await browser.post(f"/signaler/document-{row.id}", headers=SAME | FORM, data=said)
    here, image = f"/documents/{row.id}-indu", f"/documents/{row.id}/pages/1"
    for address in (here, image, f"/documents/{row.id}/annotations.jsonld"):
        assert (await browser.get(address)).status_code == 404
    async with painting.reader(tmp_path / "html") as judge:
        painting.moderates(judge)
        read = await judge.get(here + "?phrase=2")
        assert read.status_code == 200 and "indu de prestations" in read.text
        assert "private" in read.headers["cache-control"]
        assert "Vous le lisez parce que vous modérez" in read.text
        for marking in ("Envoyer mes marques", "spplus-marking", f"/signaler/document-{row.id}"):
            assert marking not in read.text
        seen = await judge.get(image)
        assert (seen.content, seen.headers["cache-control"]) == (PNG, "no-store")
