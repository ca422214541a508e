"""What engines are told: everything public, nothing else, and nothing at all by a demonstration."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from sqlalchemy.orm import Session

from spplus_app.persistence import unit_of_work
from spplus_app.persistence.tables import ExperienceRow
from spplus_app.services import sitemap
from spplus_app.settings import settings
from tests import documents, factories
from tests.api import painting


@pytest.fixture
async def robot(house: pytest.MonkeyPatch, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    async with painting.reader(painting.build(tmp_path / "html")) as client:
        yield client


def _experiences() -> list[ExperienceRow]:
    """Two published, one waiting, one taken back."""
    with unit_of_work() as session:
        office = factories.tree(session).office
        rows = [factories.published(session, factories.visitor(), office) for _ in range(2)]
        factories.sent(session, factories.visitor(), office, title="En attente")
        back = factories.published(session, factories.visitor(), office, title="Retirée")
        back.status = "withdrawn"
        return rows


def _locations(answer: httpx.Response) -> list[str]:
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("application/xml")
    return re.findall(r"<loc>http://localhost:3000([^<]+)</loc>", answer.text)


async def test_every_public_page_is_told_and_nothing_else(robot: httpx.AsyncClient) -> None:
    rows = _experiences()
    index = _locations(await robot.get("/sitemap.xml"))
    assert index == ["/sitemap/pages.xml", "/sitemap/experiences-0.xml"]
    told = [path for name in index for path in _locations(await robot.get(name))]
    addresses = [f"/experiences/{row.id}-{row.slug}" for row in reversed(rows)]
    assert told == ["/", "/experiences", "/mentions-legales", *addresses]
    for path in addresses:
        assert (await robot.get(path)).status_code == 200
    assert re.search(r"<lastmod>\d{4}-\d\d-\d\d</lastmod>", (await robot.get(index[1])).text)


@pytest.mark.parametrize("number", ["7", "429496", "9" * 30])
async def test_a_file_that_does_not_exist_is_empty(robot: httpx.AsyncClient, number: str) -> None:
    _experiences()
    assert _locations(await robot.get(f"/sitemap/experiences-{number}.xml")) == []


async def test_a_demonstration_tells_nothing(
    house: pytest.MonkeyPatch, robot: httpx.AsyncClient
) -> None:
    _experiences()
    house.setenv("SPPLUS_DEMO", "1")
    settings.cache_clear()
    for name in ("/sitemap.xml", "/sitemap/pages.xml", "/sitemap/experiences-0.xml"):
        answer = await robot.get(name)
        assert _locations(answer) == [] and answer.headers["x-robots-tag"] == "noindex, nofollow"
    robots = (await robot.get("/robots.txt")).text
    # A robot that may not read a page would not read there that it must not be kept.
    assert "Sitemap" not in robots and "Disallow: /" not in robots


async def test_robots_are_told_where_to_look_and_where_not(robot: httpx.AsyncClient) -> None:
    text = (await robot.get("/robots.txt")).text
    assert "Sitemap: http://localhost:3000/sitemap.xml" in text
    closed = re.findall(r"Disallow: (\S+)", text)
    from spplus_app.routes import private_paths, public_paths

    assert not [path for path in public_paths() for one in closed if path.startswith(one)]
    told_elsewhere = {"/connexion", "/nouveau-mot-de-passe", "/partager/formulaire", "/galerie"}
    told_elsewhere |= {"/documents/signaler"}
    for path in set(private_paths()) - told_elsewhere:
        assert any(path.startswith(one) for one in closed), path


def test_files_follow_ids_the_newest_first(session: Session) -> None:
    office = factories.tree(session).office
    rows = [factories.published(session, factories.visitor(), office) for _ in range(7)]
    rows[3].status = "refused"
    session.flush()
    found = sitemap.files(session, "experiences", per_file=2)
    assert found == sorted(found, reverse=True)
    told = [
        one.path
        for number in found
        for one in sitemap.addresses(session, "experiences", number, per_file=2)
    ]
    public = [row for row in reversed(rows) if row.status == "published"]
    assert told == [f"/experiences/{row.id}-{row.slug}" for row in public]
    assert sitemap.files(session, "experiences", per_file=100_000) == [0]


@pytest.mark.parametrize("what", sitemap.TABLES)
def test_nothing_published_is_no_file(session: Session, what: str) -> None:
    assert sitemap.files(session, what) == [] == sitemap.addresses(session, what, 0)


def test_published_documents_are_told_and_no_other(session: Session) -> None:
    shown, hidden = documents.published(session), documents.published(session, title="Caché")
    hidden.stage, hidden.position = "hidden", None
    session.flush()
    found = sitemap.files(session, "documents")
    told = [one.path for number in found for one in sitemap.addresses(session, "documents", number)]
    assert told == [f"/documents/{shown.id}-{shown.slug}"]


async def test_only_what_is_listed_has_a_file(robot: httpx.AsyncClient) -> None:
    assert (await robot.get("/sitemap/persons-0.xml")).status_code == 404
