"""The author’s private page without a script: read whole, acted on by plain forms, by no other."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from spplus_app.domain.roles import Viewer
from spplus_app.persistence import links, unit_of_work
from spplus_app.persistence.tables import ExperienceRow
from spplus_app.services import answers_back, moderation, tokens
from tests import factories
from tests.api import painting

SECRET = "author" * 7 + "a"
AUTHOR = Viewer(visitor=tokens.hash_token(SECRET))
TITLE = "Zébulonne m’a aidée au guichet"
COOKIE = {"cookie": f"spplus-visitor={SECRET}"}
ORIGIN = {"origin": "http://localhost:3000", **COOKIE}


@pytest.fixture
async def browser(house: pytest.MonkeyPatch, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    async with painting.reader(painting.build(tmp_path / "html")) as client:
        yield client


def _row(*, answered: bool = True, **more: str) -> ExperienceRow:
    with unit_of_work() as session:
        office = factories.tree(session).office
        row = factories.sent(session, AUTHOR, office, title=TITLE, **more)
        moderation.publish(session, factories.moderator(session), row.id, 1)
        if answered:
            reply = factories.replied(session, row, office)
            answers_back.answer_back(session, AUTHOR, reply, str(uuid4()), "Merci pour tout.")
        return row


def _now(row: ExperienceRow) -> ExperienceRow:
    with unit_of_work() as session:
        return session.get_one(ExperienceRow, row.id)


async def test_the_author_reads_everything_in_the_first_answer(
    house: pytest.MonkeyPatch, browser: httpx.AsyncClient
) -> None:
    row = _row()
    answer = await browser.get(f"/suivi/{row.id}", headers=COOKIE)
    assert answer.status_code == 200
    for part in (TITLE, factories.NARRATIVE, factories.REPLY["text"], "Merci pour tout.",
                 "En cours de relecture", "Votre expérience est publiée", "Publiée",
                 f"/suivi/donnees?experience={row.id}", "Retirer mon expérience"):  # fmt: skip
        assert part in answer.text
    assert answer.text.count("<h1") == 1
    # Nothing of it in the head, nowhere kept, and no address is told to another site.
    head = answer.text.split("<body>")[0]
    assert "Mon expérience" in head and TITLE not in head
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] in {"no-referrer", "same-origin"}
    assert "etag" not in answer.headers and "content-encoding" not in answer.headers
    assert "noindex" in answer.headers.get("x-robots-tag", "") + answer.text


async def test_nobody_else_reads_anything(
    house: pytest.MonkeyPatch, browser: httpx.AsyncClient
) -> None:
    row = _row()
    other = {"cookie": f"spplus-visitor={'b' * 43}"}
    for path in (f"/suivi/{row.id}", f"/suivi/{row.id}?etape=retirer", "/suivi/999", "/suivi/x"):
        for headers in ({}, other):
            answer = await browser.get(path, headers=headers)
            assert answer.status_code == 404 and "Ouvrez votre lien de suivi" in answer.text
            assert TITLE not in answer.text and "guichet" not in answer.text
            assert answer.headers["cache-control"] == "no-store"


async def test_the_author_takes_it_back_after_a_question(
    house: pytest.MonkeyPatch, browser: httpx.AsyncClient
) -> None:
    row = _row()
    asked = await browser.get(f"/suivi/{row.id}?etape=retirer", headers=COOKIE)
    (action,) = re.findall(r'<form action="([^"]+)"', asked.text)
    assert _now(row).status == "published"
    for _ in range(2):
        done = await browser.post(action, data={"geste": "retirer"}, headers=ORIGIN)
        assert done.status_code == 303 and _now(row).status == "withdrawn"
        assert "est retirée" in (await browser.get(done.headers["location"], headers=COOKIE)).text
    page = await browser.get(f"/suivi/{row.id}?etape=retirer", headers=COOKIE)
    assert "Oui, la retirer" not in page.text and "Masquer ces mots" not in page.text


async def test_the_author_masks_words(
    house: pytest.MonkeyPatch, browser: httpx.AsyncClient
) -> None:
    row = _row(answered=False)
    action = f"/api/suivi/{row.id}/geste"
    form = {"geste": "masquer", "version": "1", "piece_1": "Zébulonne", "kind_1": "person"}
    for wrong, said in (
        ({"piece_1": "Zébul"}, "ne sont pas dans le texte"),
        ({"piece_1": ""}, "ne sont pas dans le texte"),
        ({"kind_1": ""}, "Choisissez ce qui remplacera"),
        ({"geste": "autre"}, "incomplet"),
    ):
        refused = await browser.post(action, data=form | wrong, headers=ORIGIN)
        page = await browser.get(refused.headers["location"], headers=COOKIE)
        assert said in page.text and _now(row).version == 1
    for _ in range(2):
        done = await browser.post(action, data=form, headers=ORIGIN)
        page = await browser.get(done.headers["location"], headers=COOKIE)
        assert "ne se lisent plus" in page.text and "bulonne" not in page.text
    assert (_now(row).title, _now(row).version) == ("[nom] m’a aidée au guichet", 2)


async def test_an_address_is_confirmed_from_the_mail_s_link_only(
    house: pytest.MonkeyPatch, browser: httpx.AsyncClient
) -> None:
    row = _row(answered=False, email="c@exemple.fr")
    action = f"/api/suivi/{row.id}/geste"
    page = await browser.get(f"/suivi/{row.id}", headers=COOKIE)
    assert "Un e-mail est parti à" in page.text and "c@exemple.fr" not in page.text
    refused = await browser.post(action, data={"geste": "confirmer"}, headers=ORIGIN)
    assert refused.headers["location"].endswith("refus=change")
    with unit_of_work() as session:
        binding = links.binding(session, AUTHOR.visitor, row.id)
        assert binding is not None
        binding.by_mail = True
    assert "Oui, écrivez-moi" in (await browser.get(f"/suivi/{row.id}", headers=COOKIE)).text
    done = await browser.post(action, data={"geste": "confirmer"}, headers=ORIGIN)
    page = await browser.get(done.headers["location"], headers=COOKIE)
    assert "Votre adresse est confirmée" in page.text


async def test_nobody_else_acts(house: pytest.MonkeyPatch, browser: httpx.AsyncClient) -> None:
    row = _row(answered=False)
    form = {"version": "1", "piece_1": "Zébulonne", "kind_1": "person"}
    for gesture in ("retirer", "masquer", "confirmer"):
        data = form | {"geste": gesture}
        other = {**ORIGIN, "cookie": f"spplus-visitor={'b' * 43}"}
        for headers in (other, {"origin": ORIGIN["origin"]}):
            answer = await browser.post(f"/api/suivi/{row.id}/geste", data=data, headers=headers)
            assert answer.status_code == 303 and "dit=" not in answer.headers["location"]
    assert (_now(row).status, _now(row).version) == ("published", 1)


async def test_a_refused_text_says_why_and_offers_a_second_opinion(
    house: pytest.MonkeyPatch, browser: httpx.AsyncClient
) -> None:
    row = _row(answered=False)
    with unit_of_work() as session:
        editor = factories.moderator(session)
        moderation.refuse(session, editor, row.id, 1, "insult", "Le mot de la fin.")
    page = await browser.get(f"/suivi/{row.id}", headers=COOKIE)
    assert "Le mot de la fin." in page.text and "Demander un second avis" in page.text
    (decision,) = re.findall(r'name="decision" value="(\d+)"', page.text)
    data = {"decision": decision, "texte": "Ce mot est exact."}
    where = f"/api/suivi/{row.id}/second-avis"
    asked = await browser.post(where, data=data, headers=ORIGIN)
    assert asked.status_code == 303
    page = await browser.get(f"/suivi/{row.id}", headers=COOKIE)
    assert "Vous avez demandé un second avis" in page.text
