"""Five hundred hostile strings in every field: painted, they are words and nothing else."""

from __future__ import annotations

from collections.abc import AsyncIterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import select

from spplus_app.api.first_paint import plain_form
from spplus_app.domain.roles import Viewer
from spplus_app.persistence import unit_of_work
from spplus_app.persistence.tables import AnswerRow, ExperienceRow, ReplyRow, StructureRow
from spplus_app.services import answers_back, tokens
from spplus_app.settings import settings
from tests import factories
from tests.api import painting
from tests.hostile import COUNT, HOSTILE, RUN

# What is painted does not depend on the kind of database.
pytestmark = pytest.mark.parametrize("kind", ["sqlite"])


class _Read(HTMLParser):
    """The elements of a page by name and attributes, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, tuple[str, ...]]] = []
        self.text = ""
        self.values: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, tuple(sorted(name for name, _ in attrs))))
        self.values += [value or "" for _, value in attrs]

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_corpus_is_what_it_says(kind: str) -> None:
    assert len(set(HOSTILE)) == COUNT
    assert sum(RUN in text for text in HOSTILE) > 400
    assert all(len(text) < 160 for text in HOSTILE)


@pytest.fixture
async def browser(house: pytest.MonkeyPatch, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    house.setenv("OFFICIAL", "1")
    settings.cache_clear()
    async with painting.reader(painting.build(tmp_path / "html"), follow_redirects=True) as client:
        yield client


def _everywhere() -> tuple[int, int, int]:
    """An experience with a reply and an answer, published; their ids."""
    with unit_of_work() as session:
        office = factories.tree(session).office
        author = factories.visitor()
        row = factories.published(session, author, office)
        said = factories.replied(session, row, office)
        answers_back.answer_back(session, author, said, str(uuid4()), "Merci à vous.")
        answer = session.scalars(select(AnswerRow)).one()
        answer.status = "published"
        return row.id, said, answer.id


def _write(ids: tuple[int, int, int], text: str) -> None:
    """Put a text in every field that everyone reads, past every check on the way in."""
    with unit_of_work() as session:
        row = session.get_one(ExperienceRow, ids[0])
        row.title = row.narrative = text
        row.pseudonym = text[:40]
        reply = session.get_one(ReplyRow, ids[1])
        reply.text = reply.signature = reply.politeness = text
        session.get_one(AnswerRow, ids[2]).text = text
        session.scalars(select(StructureRow).where(StructureRow.code == "OFFICE")).one().name = text


async def test_what_everyone_reads(browser: httpx.AsyncClient) -> None:
    ids = _everywhere()
    _write(ids, "Rien")
    pages = (f"/experiences/{ids[0]}", "/experiences", "/")
    plain = {path: _Read((await browser.get(path)).text).elements for path in pages}
    for text in HOSTILE:
        _write(ids, text)
        for path in pages:
            seen = _Read((await browser.get(path)).text)
            assert seen.elements == plain[path], (path, text)
            assert text.strip().replace("\n", " ") in seen.text.replace("\n", " "), (path, text)


async def test_what_one_writes(house: pytest.MonkeyPatch, browser: httpx.AsyncClient) -> None:
    """The plain form gives back what was typed, in its fields and in the last look."""
    with unit_of_work() as session:
        office = factories.tree(session).office
    secret = tokens.new_token()
    viewer = Viewer(visitor=tokens.hash_token(secret))
    browser.cookies.set("spplus-visitor", secret)
    pages = (plain_form.PAGE, plain_form.CHECK, f"{plain_form.PAGE}?q=")
    plain: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for text in ("Rien de plus que des mots, pour voir.", *HOSTILE):
        with unit_of_work() as session:
            told = {"title": text, "narrative": text + " " * 3 + "x" * 20, "pseudonym": text[:40]}
            factories.draft(session, viewer, office, **told)
        for path in pages:
            address = path + quote(text) if path.endswith("q=") else path
            seen = _Read((await browser.get(address)).text)
            assert seen.elements == plain.setdefault(path, seen.elements), (path, text)
            said = seen.text + "".join(seen.values)
            assert text.strip().replace("\n", " ") in said.replace("\n", " "), (path, text)
