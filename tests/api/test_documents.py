"""Sending a hard document over HTTP: parts of files, the form with and without a script."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from html import unescape
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import func, select

from spplus_app.api import document_form
from spplus_app.domain.documents.deposits import PART_BYTES_MAX
from spplus_app.domain.documents.sizes import BYTES_MAX
from spplus_app.domain.documents.stages import Stage
from spplus_app.persistence import reading, unit_of_work
from spplus_app.persistence.tables import (
    DocumentFileRow,
    DocumentRow,
    DraftRow,
    StructureRow,
    UploadRow,
)
from spplus_app.services.documents import places
from tests import factories
from tests.adapters.documents.pdf_maker import letter
from tests.api import painting

OWN = {"origin": "http://localhost:3000"}
FOREIGN = {"origin": "http://ailleurs.example"}
PAGE, FILES = "/documents/signaler", "/api/documents/fichiers"
HARD = {"kind": "letter", "problem-jargon": "oui", "hard": "Je bute sur « indu »."}
FORM = {"content-type": "application/x-www-form-urlencoded"}
RAW = {"content-type": "application/octet-stream"}


@pytest.fixture
def folder(house: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The built pages of a small site with structures."""
    with unit_of_work() as session:
        factories.tree(session)
    made = painting.build(tmp_path / "html")
    (made / "documents").mkdir()
    (made / "documents/signaler.html").write_text(painting.HEAD + painting.FRAME)
    return made


@pytest.fixture
async def browser(folder: Path) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody who opened the page."""
    async with painting.reader(folder, follow_redirects=True, headers=OWN) as client:
        await client.get(PAGE)
        yield client


@pytest.fixture
async def other(folder: Path) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody else."""
    async with painting.reader(folder, follow_redirects=True, headers=OWN) as client:
        await client.get(PAGE)
        yield client


def count(table: Any) -> int:
    with reading() as session:
        return int(session.scalar(select(func.count()).select_from(table)) or 0)


def only(table: Any) -> Any:
    with reading() as session:
        row = session.scalars(select(table)).one()
        session.expunge_all()
        return row


def uuid_of(page: httpx.Response) -> str:
    return re.findall(r'name="uuid" value="([^"]+)"', page.text)[0]


async def announce(
    browser: httpx.AsyncClient, form: str, content: bytes, name: str = "lettre.pdf"
) -> str:
    """Announce a file; return its UUID."""
    one = str(uuid4())
    sent = {"depot": form, "fichier": one, "nom": name, "taille": str(len(content))}
    answer = await browser.post(FILES, data=sent)
    assert answer.status_code == 200, answer.text
    assert answer.json()["recu"] == 0
    return one


async def part(
    browser: httpx.AsyncClient, one: str, at: int, content: bytes, **headers: str
) -> httpx.Response:
    return await browser.post(f"{FILES}/{one}?at={at}", content=content, headers={**RAW, **headers})


async def press(
    browser: httpx.AsyncClient,
    page: httpx.Response,
    gesture: str,
    *files: tuple[str, bytes],
    **fields: str,
) -> httpx.Response:
    """Send the whole form as a browser does, without a script."""
    typed = {"uuid": uuid_of(page), "geste": gesture, "intent": "send", "liste": "", **fields}
    parts: list[tuple[str, Any]] = [(name, (None, value)) for name, value in typed.items()]
    parts += [("document", one) for one in files or [("", b"")]]
    return await browser.post(PAGE, files=parts)


# ---- Part by part -----------------------------------------------------------------------------


async def test_a_file_goes_part_by_part_and_its_form_after(browser: httpx.AsyncClient) -> None:
    form, content = str(uuid4()), letter()
    one = await announce(browser, form, content)
    assert (await part(browser, one, 0, content[:400])).json()["recu"] == 400
    stand = await browser.get(FILES, params={"depot": form})
    assert stand.json() == {
        "fichiers": [{"fichier": one, "suffixe": ".pdf", "taille": len(content), "recu": 400}]
    }
    assert (await part(browser, one, 400, content[400:])).json()["recu"] == len(content)
    page = await browser.get(PAGE)
    assert uuid_of(page) == form, "the page asked again goes on with what has come"
    sent = await press(browser, page, "envoyer", **HARD)
    row, file = only(DocumentRow), only(DocumentFileRow)
    assert str(sent.url).endswith(f"/documents/suivi/{row.id}")
    assert (row.stage, row.kind, row.problems) == (Stage.READING, "letter", ["jargon"])
    assert places.content(file.stored, file.size) == content
    assert (count(UploadRow), count(DraftRow)) == (0, 0)


async def test_a_part_sent_twice_or_out_of_place_is_told_where_the_file_stands(
    browser: httpx.AsyncClient,
) -> None:
    one = await announce(browser, str(uuid4()), b"abcdef", "a.txt")
    await part(browser, one, 0, b"abc")
    for at in (0, 1, 5):
        answer = await part(browser, one, at, b"abc")
        assert (answer.status_code, answer.json()["recu"]) == (409, 3)
    assert (await part(browser, one, 3, b"def")).json()["recu"] == 6
    assert (await part(browser, one, 6, b"g")).status_code == 422, "more than was announced"
    row = only(UploadRow)
    assert places.content(row.stored) == b"abcdef"


async def test_a_part_that_is_too_long_is_cut_off(browser: httpx.AsyncClient) -> None:
    one = await announce(browser, str(uuid4()), b"x" * (2 * PART_BYTES_MAX), "a.txt")
    answer = await part(browser, one, 0, b"x" * (PART_BYTES_MAX + 1))
    assert answer.status_code == 413 and only(UploadRow).received == 0
    assert (await part(browser, one, 0, b"x" * PART_BYTES_MAX)).status_code == 200


@pytest.mark.parametrize(("name", "size"), [("a.exe", 5), ("a", 5), ("a.pdf", 0), ("a.pdf", 10**9)])
async def test_a_file_that_is_not_taken_is_told_before_it_is_sent(
    browser: httpx.AsyncClient, name: str, size: int
) -> None:
    sent = {"depot": str(uuid4()), "fichier": str(uuid4()), "nom": name, "taille": str(size)}
    answer = await browser.post(FILES, data=sent)
    assert answer.status_code == 422 and list(answer.json()["errors"]) == ["document"]
    assert count(UploadRow) == 0


async def test_a_file_is_its_browser_s_only(
    browser: httpx.AsyncClient, other: httpx.AsyncClient
) -> None:
    form = str(uuid4())
    one = await announce(browser, form, b"abcdef", "a.txt")
    await part(browser, one, 0, b"abc")
    assert (await part(other, one, 3, b"def")).status_code == 404
    assert (
        await other.post(f"{FILES}/{one}/retirer", content=b"", headers=FORM)
    ).status_code == 200
    assert (await other.get(FILES, params={"depot": form})).json() == {"fichiers": []}
    again = {"depot": form, "fichier": one, "nom": "a.txt", "taille": "6"}
    assert (await other.post(FILES, data=again)).status_code == 422
    assert only(UploadRow).received == 3
    assert (
        await browser.post(f"{FILES}/{one}/retirer", content=b"", headers=FORM)
    ).status_code == 200
    assert count(UploadRow) == 0
    assert (
        await browser.post(f"{FILES}/{one}/retirer", content=b"", headers=FORM)
    ).status_code == 200


async def test_another_site_sends_nothing(browser: httpx.AsyncClient) -> None:
    one = await announce(browser, str(uuid4()), b"abcdef", "a.txt")
    page = await browser.get(PAGE)
    begun = {"depot": str(uuid4()), "fichier": str(uuid4()), "nom": "a.txt", "taille": "3"}
    for headers in (FOREIGN, {"origin": "null"}, {"origin": ""}):
        tries = [
            await browser.post(FILES, data=begun, headers=headers),
            await part(browser, one, 0, b"abc", **headers),
            await browser.post(f"{FILES}/{one}/retirer", content=b"", headers={**FORM, **headers}),
            await browser.post("/api/documents/brouillon", data=HARD, headers=headers),
            await browser.post(PAGE, files={"uuid": (None, uuid_of(page))}, headers=headers),
        ]
        assert [one.status_code for one in tries] == [403] * 5
    assert (count(UploadRow), only(UploadRow).received) == (1, 0)


async def test_without_a_cookie_nothing_is_taken(folder: Path) -> None:
    async with painting.reader(folder, headers=OWN) as nobody:
        begun = {"depot": str(uuid4()), "fichier": str(uuid4()), "nom": "a.txt", "taille": "3"}
        answer = await nobody.post(FILES, data=begun)
        assert answer.status_code == 403 and "cookies" in answer.json()["message"]
        assert (await part(nobody, str(uuid4()), 0, b"abc")).status_code == 403
        page = await nobody.get(PAGE)
        nobody.cookies.clear()
        told = await press(nobody, page, "envoyer", ("a.txt", b"abc"), **HARD)
        assert told.status_code == 403 and "refuse les cookies" in told.text
        assert "Je bute sur" in told.text, "what was typed is still there"
    assert (count(UploadRow), count(DocumentRow)) == (0, 0)


@pytest.mark.parametrize("kind", ["text/plain", "multipart/form-data; boundary=x", ""])
async def test_a_part_is_bytes_and_nothing_else(browser: httpx.AsyncClient, kind: str) -> None:
    one = await announce(browser, str(uuid4()), b"abcdef", "a.txt")
    answer = await part(browser, one, 0, b"abc", **{"content-type": kind})
    assert answer.status_code == 415


async def test_two_tabs_send_one_document(browser: httpx.AsyncClient) -> None:
    first, second = str(uuid4()), str(uuid4())
    await announce(browser, first, b"abc", "a.txt")
    sent = {"depot": second, "fichier": str(uuid4()), "nom": "b.jpg", "taille": "3"}
    assert (await browser.post(FILES, data=sent)).json()["depot"] == first


async def test_a_form_that_is_sent_takes_no_file_any_more(browser: httpx.AsyncClient) -> None:
    page = await browser.get(PAGE)
    await press(browser, page, "envoyer", **HARD, form="Cerfa 10840")
    sent = {"depot": uuid_of(page), "fichier": str(uuid4()), "nom": "a.txt", "taille": "3"}
    answer = await browser.post(FILES, data=sent)
    assert answer.status_code == 409 and "déjà envoyé" in answer.json()["message"]


# ---- The draft --------------------------------------------------------------------------------


async def test_what_is_typed_comes_back(
    browser: httpx.AsyncClient, other: httpx.AsyncClient
) -> None:
    typed = {**HARD, "structure": "OFFICE", "wished": '"><b>', "described": "\n\rUn pli."}
    uuid = str(uuid4())
    kept = await browser.post("/api/documents/brouillon", data={"uuid": uuid, **typed})
    assert kept.json() == {"uuid": uuid}
    found = (await browser.get("/api/documents/brouillon", params={"uuid": uuid})).json()
    assert (found["uuid"], found["sent"]) == (uuid, False)
    assert {name: found["fields"][name] for name in typed} == typed
    page = await browser.get(PAGE)
    assert page.headers["cache-control"] == "no-store" and "etag" not in page.headers
    assert "Service OFFICE" in page.text and "Je bute sur" in page.text and "<b>" not in page.text
    assert re.search(r'id="kind" checked', page.text) and "Changer d’administration" in page.text
    assert "Je bute sur" not in (await other.get(PAGE)).text
    erased = await press(browser, page, "effacer")
    assert "Je bute sur" not in erased.text and count(DraftRow) == 0


async def test_erasing_takes_the_files_too(browser: httpx.AsyncClient) -> None:
    page = await press(browser, await browser.get(PAGE), "joindre", ("a.txt", b"abc"))
    assert count(UploadRow) == 1
    await press(browser, page, "effacer")
    assert (count(UploadRow), count(DraftRow)) == (0, 0)


# ---- Without a script -------------------------------------------------------------------------


async def test_one_form_sends_it_all(browser: httpx.AsyncClient) -> None:
    content = letter() + b"%" * (PART_BYTES_MAX + 5)
    page = await browser.get(PAGE)
    found = await press(browser, page, "chercher", q="service office", **HARD)
    assert found.status_code == 200 and "Administrations trouvées" in found.text
    assert "Je bute sur" in found.text and 'value="service office"' in found.text
    chosen = await press(browser, found, "choisir", choix="OFFICE", **HARD)
    assert "Service OFFICE" in chosen.text and str(chosen.url).endswith(PAGE + "#administration")
    sent = await press(
        browser, chosen, "envoyer", ("Mon nom.PDF", content), structure="OFFICE", **HARD
    )
    row, file = only(DocumentRow), only(DocumentFileRow)
    assert (file.suffix, file.size) == (".pdf", len(content))
    assert places.content(file.stored, file.size) == content
    with reading() as session:
        office = session.scalars(select(StructureRow).where(StructureRow.code == "OFFICE")).one()
        assert row.structure_id == office.id
    (link,) = re.findall(r'href="(/documents/suivi/[\w-]{43})"', sent.text)
    assert "En cours de lecture" in sent.text and "data:image/svg+xml" in sent.text
    opened = await browser.get(link, follow_redirects=False)
    assert opened.headers["location"] == f"/documents/suivi/{row.id}"


async def test_mistakes_are_told_beside_their_fields_and_files_stay(
    browser: httpx.AsyncClient,
) -> None:
    page = await browser.get(PAGE)
    wrong = await press(
        browser,
        page,
        "envoyer",
        ("a.jpg", b"\xff\xd8\xff" + b"x" * 2_100_000),
        wished="y" * 2100,
        texte="",
    )
    assert wrong.status_code == 422 and count(DocumentRow) == 0
    links = re.findall(r'<li><a href="#([\w-]+)">', wrong.text.split("error-summary")[1])
    assert links == ["kind", "wished", "problems"]
    for name in links:
        assert wrong.text.count(f'id="{name}"') == 1, "the list leads to the field"
    assert "y" * 2100 in wrong.text and "Photo 1" in wrong.text
    assert "JPG, 2,1\u00a0Mo" in wrong.text and "a.jpg" not in wrong.text
    assert only(UploadRow).size == only(UploadRow).received == 2_100_003
    again = await press(browser, wrong, "envoyer", **HARD)
    assert "Merci" in again.text and count(DocumentFileRow) == 1


async def test_a_file_that_is_refused_is_told_and_the_others_stay(
    browser: httpx.AsyncClient,
) -> None:
    page = await browser.get(PAGE)
    told = await press(
        browser, page, "envoyer", ("a.exe", b"MZ"), ("b.txt", b"bonjour"), ("c.txt", b""), **HARD
    )
    assert told.status_code == 422 and "fichier est vide" in unescape(told.text)
    assert count(DocumentRow) == 0 and only(UploadRow).suffix == ".txt"
    assert "Je bute sur" in told.text
    named = await press(browser, told, "joindre", ("lettre", b"abc"), **HARD)
    assert "n’est pas accepté" in named.text and count(UploadRow) == 1


async def test_a_file_that_is_too_large_leaves_nothing(browser: httpx.AsyncClient) -> None:
    page = await browser.get(PAGE)
    told = await press(browser, page, "envoyer", ("a.txt", b"x" * (BYTES_MAX + 1)), **HARD)
    assert told.status_code == 422 and "dépasse 20\u00a0Mo" in told.text
    assert (count(UploadRow), count(DocumentRow)) == (0, 0)


async def test_pasted_text_is_a_file(browser: httpx.AsyncClient) -> None:
    text = "Madame,\r\n\r\nVous avez perçu un indu. é€𝄞\x00\r\n"
    sent = await press(browser, await browser.get(PAGE), "envoyer", texte=text, **HARD)
    assert "Merci" in sent.text
    file = only(DocumentFileRow)
    assert file.suffix == ".txt"
    assert places.content(file.stored, file.size).decode() == text.replace("\x00", "")


async def test_pasted_text_and_a_file_are_one_too_many_and_nothing_is_lost(
    browser: httpx.AsyncClient,
) -> None:
    page = await browser.get(PAGE)
    told = await press(browser, page, "envoyer", ("a.pdf", letter()), texte="Un pli.", **HARD)
    assert "Envoyez un seul fichier" in told.text and "Un pli." in told.text
    assert count(UploadRow) == 1, "the text is still text"
    long = await press(browser, told, "envoyer", texte="a" * 200_001, **HARD)
    assert "dépasse 200\u00a0000 caractères" in long.text


async def test_sending_twice_sends_once(browser: httpx.AsyncClient) -> None:
    page = await browser.get(PAGE)
    first = await press(browser, page, "envoyer", texte="Un pli.", **HARD)
    again = await press(browser, page, "envoyer", texte="Un pli.", **HARD)
    assert (count(DocumentRow), count(DocumentFileRow), count(UploadRow)) == (1, 1, 0)
    assert first.url == again.url


async def test_photos_are_put_in_their_order_and_taken_out(browser: httpx.AsyncClient) -> None:
    page = await browser.get(PAGE)
    photos = [(f"{n}.jpg", b"\xff\xd8\xff" + bytes([n])) for n in range(3)]
    page = await press(browser, page, "joindre", *photos)

    def order() -> list[int]:
        with reading() as session:
            rows = session.scalars(select(UploadRow).order_by(UploadRow.position))
            return [places.content(row.stored)[-1] for row in rows]

    assert order() == [0, 1, 2]
    ids = re.findall(r'data-fichier="([^"]+)"', page.text)
    page = await press(browser, page, f"apres-{ids[0]}")
    assert order() == [1, 0, 2]
    page = await press(browser, page, f"avant-{ids[2]}")
    assert order() == [1, 2, 0]
    page = await press(browser, page, f"apres-{ids[0]}")
    assert order() == [1, 2, 0], "the last one goes no further"
    page = await press(browser, page, f"retirer-{ids[2]}")
    assert order() == [1, 0] and "Photo 3" not in page.text


async def test_what_was_sent_is_taken_back_then_erased_without_a_script(
    browser: httpx.AsyncClient,
) -> None:
    await press(browser, await browser.get(PAGE), "envoyer", texte="Un pli.", **HARD)
    number = only(DocumentRow).id
    page = await browser.get(f"/documents/suivi/{number}")
    assert "Merci, votre document est envoyé" in page.text
    own = {"origin": "http://localhost:3000"}
    gone = await browser.post(
        f"/api/documents/{number}/retirer", data={"geste": "retirer"}, headers=own
    )
    assert str(gone.url).endswith(f"/documents/suivi/{number}")
    assert "Plus personne ne le voit." in gone.text and "/retirer" not in gone.text
    (proof,) = re.findall(r'name="preuve" value="([^"]+)"', gone.text)
    await browser.post(
        f"/api/documents/{number}/effacer", data={"preuve": proof, "mot": "effacer"}, headers=own
    )
    assert only(DocumentRow).stage == Stage.ERASED
    # Nothing ties this browser to it any more.
    assert (await browser.get(f"/documents/suivi/{number}")).status_code == 404


async def test_a_known_form_needs_no_file(browser: httpx.AsyncClient) -> None:
    sent = await press(browser, await browser.get(PAGE), "envoyer", **HARD, form="Cerfa 10840")
    row = only(DocumentRow)
    assert row.stage == Stage.MASKING
    assert f'href="/documents/verifier/{row.id}"' in sent.text


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 422),
        (b"--x--", 422),
        (b"not a form", 422),
        (b'--x\r\nContent-Disposition: form-data; name="is_admin"\r\n\r\n1\r\n--x--\r\n', 422),
        (b'--x\r\nContent-Disposition: form-data; name="hard"\r\n\r\ncut', 422),
        (b'--x\r\nContent-Disposition: form-data; name="hard"\r\n\r\n\xff\r\n--x--\r\n', 422),
        (
            b'--x\r\nContent-Disposition: form-data; name="kind"; filename="a.txt"\r\n\r\n1'
            b"\r\n--x--\r\n",
            422,
        ),
        (
            b'--x\r\nContent-Disposition: form-data; name="hard"\r\n\r\n1\r\n' * 2 + b"--x--\r\n",
            422,
        ),
        (b'--x\r\nContent-Disposition: form-data; name="q"\r\n\r\n\r\n' * 130 + b"--x--", 422),
        (
            b'--x\r\nContent-Disposition: form-data; name="hard"\r\n\r\n'
            + b"a" * (document_form.FIELD_MAX + 1)
            + b"\r\n--x--\r\n",
            413,
        ),
        (b"--x\r\n" + b"A" * 9000 + b": b\r\n\r\n1\r\n--x--\r\n", 422),
    ],
)
async def test_a_body_that_the_form_does_not_send_is_refused(
    browser: httpx.AsyncClient, body: bytes, status: int
) -> None:
    kind = {"content-type": "multipart/form-data; boundary=x"}
    answer = await browser.post(PAGE, content=body, headers=kind)
    assert answer.status_code == status
    assert "Rechargez la page" in answer.text
    told = await browser.post(PAGE, content=body, headers={**kind, "accept": "application/json"})
    assert told.status_code == status and "Rechargez la page" in told.json()["message"]
    assert (count(DocumentRow), count(UploadRow)) == (0, 0)


async def test_a_form_past_every_bound_is_cut_off(
    browser: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(document_form, "FORM_MAX", 3000)
    page = await browser.get(PAGE)
    answer = await press(browser, page, "envoyer", ("a.txt", b"x" * 5000), **HARD)
    assert answer.status_code == 413 and count(DocumentRow) == 0


async def test_a_form_whose_sender_leaves_half_way_leaves_no_file(
    browser: httpx.AsyncClient, folder: Path
) -> None:
    """The framework tells that nobody is there any more: what came of a file goes."""
    page, cookies = (
        await browser.get(PAGE),
        "; ".join(f"{k}={v}" for k, v in browser.cookies.items()),
    )
    head = (
        f'--x\r\nContent-Disposition: form-data; name="uuid"\r\n\r\n{uuid_of(page)}\r\n--x\r\n'
        'Content-Disposition: form-data; name="document"; filename="a.txt"\r\n\r\n'
    )
    came = [
        {"type": "http.request", "body": head.encode() + b"a" * 2**21, "more_body": True},
        {"type": "http.disconnect"},
    ]
    said: list[Any] = []
    headers = {**OWN, "cookie": cookies, "content-type": "multipart/form-data; boundary=x"}
    scope = {
        "type": "http",
        "method": "POST",
        "path": PAGE,
        "raw_path": PAGE.encode(),
        "query_string": b"",
        "client": ("203.0.113.9", 5000),
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
    }

    async def receive() -> Any:
        return came.pop(0)

    async def send(message: Any) -> None:
        said.append(message)

    await painting.layer(folder)(scope, receive, send)
    assert said[0]["status"] == 400 and count(UploadRow) == 0 and count(DraftRow) == 1


async def test_a_private_link_opens_in_another_browser(
    browser: httpx.AsyncClient, other: httpx.AsyncClient
) -> None:
    sent = await press(browser, await browser.get(PAGE), "envoyer", texte="Un pli.", **HARD)
    number = only(DocumentRow).id
    told = await browser.get(f"/api/documents/{number}/recu")
    path = told.json()["path"]
    assert f'href="{path}"' in sent.text
    for address in (f"/documents/suivi/{number}", f"/api/documents/{number}/recu"):
        assert (await other.get(address)).status_code == 404
    opened = await other.get(path, follow_redirects=False)
    assert (opened.status_code, opened.headers["location"]) == (303, f"/documents/suivi/{number}")
    assert opened.headers["referrer-policy"] == "no-referrer"
    assert opened.headers["cache-control"] == "no-store"
    assert (await other.get(f"/documents/suivi/{number}")).status_code == 200
    with unit_of_work() as session:
        row = session.scalars(select(DocumentRow)).one()
        row.stage, row.slug = Stage.PUBLISHED.value, "indu"
    opened = await other.get(path, follow_redirects=False)
    # There it says that it is published, leads to it, and lets its depositor take it back.
    assert opened.headers["location"] == f"/documents/suivi/{number}"
    page = (await other.get(f"/documents/suivi/{number}")).text
    assert f'href="/documents/{number}-indu"' in page
    assert f'action="/api/documents/{number}/retirer"' in page
    wrong = await other.get("/documents/suivi/" + "x" * 43, follow_redirects=False)
    assert (
        wrong.status_code == 303 and (await other.get(wrong.headers["location"])).status_code == 404
    )


async def test_what_could_not_be_read_is_told_to_who_sent_it(
    browser: httpx.AsyncClient, other: httpx.AsyncClient
) -> None:
    sent = await press(browser, await browser.get(PAGE), "envoyer", texte="Un pli.", **HARD)
    with unit_of_work() as session:
        row = session.scalars(select(DocumentRow)).one()
        row.stage, row.told = Stage.UNREADABLE.value, "Ce fichier est vide."
    page = await browser.get(str(sent.url))
    assert "Ce fichier est vide." in page.text and "Recommencer" in page.text
    (again,) = re.findall(r'href="(/documents/signaler\?reprendre=\d+)"', page.text)
    form = await browser.get(again)
    assert re.search(r'id="kind" checked', form.text), "what is known is not asked again"
    assert re.search(r'id="problem-jargon" checked', form.text)
    assert uuid_of(form) != row.uuid
    assert not re.search(" checked", (await other.get(again)).text)
