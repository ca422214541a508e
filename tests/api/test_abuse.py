"""Abuse over HTTP: the challenge, hostile proofs, and plain forms that lose nothing."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select

from spplus_app.api.first_paint import plain_form
from spplus_app.domain import abuse
from spplus_app.persistence import reading, unit_of_work
from spplus_app.persistence.tables import (
    Base,
    DraftRow,
    ExperienceRow,
    ReportRow,
    SimilarVoteRow,
    SpentProofRow,
)
from spplus_app.services import clock, limits, second_looks
from spplus_app.settings import settings
from tests import factories
from tests.api import painting

OWN = {"origin": "http://localhost:3000"}
JSON = {"accept": "application/json"}
USED = {"use-OFFICE-desk": "oui", "felt-OFFICE-desk": "Négatif"}


@pytest.fixture
async def browser(house: pytest.MonkeyPatch, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    house.setenv("LIMITS_FACTOR", "1")
    house.setenv("FORM_SECONDS", "3")
    settings.cache_clear()
    with unit_of_work() as session:
        factories.tree(session)
    folder = painting.build(tmp_path / "html")
    async with painting.reader(folder, follow_redirects=True, headers=OWN) as client:
        yield client


def later(**more: float) -> Any:
    return clock.at(clock.now() + timedelta(**more))


def count(table: type[Base]) -> int:
    with reading() as session:
        return int(session.scalar(select(func.count()).select_from(table)) or 0)


def hidden(answer: httpx.Response, name: str) -> str:
    found = re.findall(rf'name="{name}" value="([^"]*)"', answer.text)
    return unescape(found[0]) if found else ""


async def begun(browser: httpx.AsyncClient, title: str, **more: str) -> httpx.Response:
    """A draft whose last look is on the screen."""
    page = await browser.get(plain_form.PAGE)
    own = {"uuid": hidden(page, "uuid")}
    await browser.post("/api/partager", data={**own, "geste": "choisir", "choix": "OFFICE"})
    story = {**factories.STORY, "title": title, **USED, **more}
    return await browser.post("/api/partager", data={**own, "geste": "verifier", **story})


async def press(browser: httpx.AsyncClient, page: httpx.Response, **more: str) -> httpx.Response:
    own = {name: hidden(page, name) for name in ("uuid", "preuve") if hidden(page, name)}
    return await browser.post("/api/partager", data={**own, "geste": "envoyer", **more})


async def sent(browser: httpx.AsyncClient, many: int) -> None:
    for number in range(many):
        page = await begun(browser, f"Une histoire vraie, la {number}e")
        with later(seconds=5):
            assert "est envoyée" in (await press(browser, page)).text
    assert count(ExperienceRow) == many


def solve(told: dict[str, Any]) -> str:
    number = next(
        n
        for n in range(told["maxnumber"] + 1)
        if hashlib.sha256(f"{told['salt']}{n}".encode()).hexdigest() == told["challenge"]
    )
    kept = {name: told[name] for name in ("algorithm", "challenge", "salt", "signature")}
    return base64.b64encode(json.dumps({**kept, "number": number}).encode()).decode()


async def test_a_plain_form_sent_too_quickly_is_kept_and_sent_the_second_time(
    browser: httpx.AsyncClient,
) -> None:
    page = await begun(browser, "Un titre tapé bien trop vite")
    assert "Ne remplissez pas ce champ" in page.text
    again = await press(browser, page)
    assert "plus vite qu’une personne" in unescape(again.text)
    assert "Un titre tapé bien trop vite" in again.text
    assert count(ExperienceRow) == 0
    with later(seconds=4):
        await press(browser, again)
    assert (count(ExperienceRow), count(DraftRow)) == (1, 0)


async def test_when_the_rate_is_high_a_plain_form_waits_and_passes(
    browser: httpx.AsyncClient,
) -> None:
    await sent(browser, 3)
    page = await begun(browser, "La quatrième histoire de la journée")
    with later(seconds=10):
        asked = await press(browser, page)
        assert "Attendez 2\u00a0minutes" in unescape(asked.text) or "120" in asked.text
        assert "La quatrième histoire" in asked.text and hidden(asked, "preuve")
    with later(seconds=90):
        early = await press(browser, asked)
        assert hidden(early, "preuve") == hidden(asked, "preuve")
        assert "secondes" in early.text and count(ExperienceRow) == 3
    with later(seconds=140):
        await press(browser, early)
    assert (count(ExperienceRow), count(SpentProofRow)) == (4, 1)


async def test_past_everything_a_plain_form_is_told_when_to_come_back(
    browser: httpx.AsyncClient,
) -> None:
    await sent(browser, 3)
    page = await begun(browser, "Une histoire de trop pour cette heure")
    with unit_of_work() as session:
        for key, _ in limits._keys(abuse.Gesture.DEPOSIT, _viewer(browser), ()):
            limits.limits.held(session, key, clock.now()).current = 1_000
    with later(seconds=10):
        refused = await press(browser, page)
    assert re.search(r"Recommencez dans \d+\s(minute|heure)", unescape(refused.text))
    assert "Une histoire de trop" in refused.text and count(DraftRow) == 1


def _viewer(browser: httpx.AsyncClient) -> Any:
    from spplus_app.domain.roles import Viewer
    from spplus_app.services import tokens

    return Viewer(visitor=tokens.hash_token(browser.cookies["spplus-visitor"]))


@pytest.mark.parametrize("where", ["verifier", "envoyer"])
async def test_the_trap_loses_nothing(browser: httpx.AsyncClient, where: str) -> None:
    typed = {"remarque": "http://spam.example"}
    page = await begun(
        browser, "Un titre rempli par un programme", **typed if where == "verifier" else {}
    )
    with later(seconds=5):
        await press(browser, page, **typed if where == "envoyer" else {})
    with reading() as session:
        number = session.scalars(select(ExperienceRow.id)).one()
        assert "automatic" in {one.signal for one in second_looks.of(session, number)}
    assert "spam.example" not in str(_everything())


async def test_the_challenge_is_for_a_known_gesture_and_a_browser_with_a_cookie(
    browser: httpx.AsyncClient,
) -> None:
    assert (await browser.get("/api/preuve/depot", headers=JSON)).status_code == 403
    await browser.get(plain_form.PAGE)
    answer = await browser.get("/api/preuve/depot", headers=JSON)
    told = answer.json()
    assert answer.status_code == 200 and answer.headers["cache-control"] == "no-store"
    assert set(told) == {
        *("algorithm", "challenge", "salt", "signature", "maxnumber", "worker", "ticket")
    }
    assert told["algorithm"] == "SHA-256" and told["worker"].startswith("/proof-worker.js?v=")
    assert told["ticket"].startswith("attente.depot.")
    for unknown in ("courriel", "x", "DEPOT", "masquage"):
        assert (await browser.get(f"/api/preuve/{unknown}", headers=JSON)).status_code == 404
    assert count(SpentProofRow) == 0


def _published(many: int) -> list[int]:
    with limits.lifted(), unit_of_work() as session:
        return [
            factories.published(session, factories.visitor(f"{n}"), title=f"Un récit publié {n}").id
            for n in range(many)
        ]


async def test_a_vote_past_the_rate_is_proved_once(browser: httpx.AsyncClient) -> None:
    (number,) = _published(1)
    await browser.get(plain_form.PAGE)
    free = abuse.LIMITS[abuse.Gesture.SIMILAR][abuse.Scope.VISITOR].free
    assert free is not None
    where = f"/api/experiences/{number}/similaire"
    for turn in range(free):
        said = {"mot": "retirer" if turn % 2 else "oui"}
        assert (await browser.post(where, data=said, headers=JSON)).status_code == 200
    asked = await browser.post(where, data={"mot": "oui"}, headers=JSON)
    assert asked.status_code == 429 and asked.json()["proof"] == "similaire"
    told = (await browser.get("/api/preuve/similaire", headers=JSON)).json()
    other = (await browser.get("/api/preuve/avis", headers=JSON)).json()
    good = solve(told)
    for wrong in ("", "x", solve(other), good[:-6], told["ticket"], "[" * 3_000):
        said = {"mot": "oui", "preuve": wrong}
        assert (await browser.post(where, data=said, headers=JSON)).status_code == 429, wrong
    said = {"mot": "oui", "preuve": good}
    assert (await browser.post(where, data=said, headers=JSON)).status_code == 200
    assert (await browser.post(where, data=said, headers=JSON)).status_code == 429
    assert count(SimilarVoteRow) == 1
    plain = await browser.post(where, data={"mot": "retirer"})
    assert plain.status_code == 429 and "Attendez" in plain.text
    odd = await browser.post(where, data={"mot": "oui", "autre": "x"}, headers=JSON)
    assert odd.status_code == 422


def _report(number: int, **more: str) -> dict[str, str]:
    with later(seconds=-10):
        stamp = limits.stamp()
    return {
        "texte": "experience",
        "numero": str(number),
        "raison": "insult",
        "mots": "Des mots que j’ai tapés.",
        "cachet": stamp,
        **more,
    }


async def test_a_report_sent_too_quickly_keeps_its_words_and_gets_a_fresh_stamp(
    browser: httpx.AsyncClient,
) -> None:
    (number,) = _published(1)
    await browser.get(plain_form.PAGE)
    quick = _report(number, cachet=limits.stamp())
    answer = await browser.post("/api/signalements", data=quick, headers=JSON)
    assert answer.status_code == 429 and answer.json()["stamp"]
    assert count(ReportRow) == 0
    plain = await browser.post(f"/signaler/experience-{number}", data=quick)
    assert plain.status_code == 429
    assert "Des mots que j’ai tapés." in plain.text
    assert re.search(r'value="insult"[^>]* checked|checked[^>]* value="insult"', plain.text)
    with later(seconds=4):
        again = {**quick, "cachet": answer.json()["stamp"]}
        assert (await browser.post("/api/signalements", data=again, headers=JSON)).is_success
    assert count(ReportRow) == 1


async def test_reports_past_the_rate_are_proved(browser: httpx.AsyncClient) -> None:
    free = abuse.LIMITS[abuse.Gesture.REPORT][abuse.Scope.VISITOR].free
    assert free is not None
    numbers = _published(free + 1)
    await browser.get(plain_form.PAGE)
    for number in numbers[:-1]:
        answer = await browser.post("/api/signalements", data=_report(number), headers=JSON)
        assert answer.is_success
    asked = await browser.post("/api/signalements", data=_report(numbers[-1]), headers=JSON)
    assert asked.status_code == 429 and asked.json()["proof"] == "signalement"
    told = (await browser.get("/api/preuve/signalement", headers=JSON)).json()
    good = _report(numbers[-1], preuve=solve(told))
    assert (await browser.post("/api/signalements", data=good, headers=JSON)).is_success
    assert count(ReportRow) == free + 1


def _everything() -> list[Any]:
    with reading() as session:
        return [
            tuple(row)
            for table in Base.metadata.sorted_tables
            for row in session.execute(select(table))
        ]


async def test_no_address_is_in_the_tables_or_the_logs(
    browser: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    await sent(browser, 3)
    page = await begun(browser, "Une histoire que rien ne relie à une adresse")
    with later(seconds=10):
        await press(browser, page)
    whole = str(_everything()) + caplog.text
    assert "attente.depot" in whole  # the wait is kept with the draft: the canary can be seen
    assert "203.0.113" not in whole and "127.0.0.1" not in whole
