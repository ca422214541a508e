"""The same hostile strings in a real browser: painted by the server, then shown by React."""

from __future__ import annotations

from uuid import uuid4

import pytest
from playwright.sync_api import Browser
from sqlalchemy.orm import Session

from spplus_app.persistence import structures
from spplus_app.persistence.tables import AnswerRow, ExperienceRow, ReplyRow
from spplus_app.services import answers_back
from tests import factories
from tests.e2e.first_answers import seeing
from tests.e2e.looked_at import OFFICE
from tests.e2e.site import Site
from tests.hostile import HOSTILE

FOREIGN = """main :is(script, style, iframe, object, embed, link, meta, base, img, video, audio,
  marquee, template, math, form, input, animate, source, [onload], [onerror], [onfocus],
  [href^='java']):not(.fr-search-bar, .fr-search-bar *, spplus-search *, spplus-form *)"""
"""What no text may become; the forms of the pages themselves apart."""
WHOLE = "\n\n".join(text.replace("\n", " ").strip() for text in HOSTILE)


def _write(session: Session) -> list[int]:
    """One experience that holds all of them everywhere, and a page of the list full of them."""
    office = structures.by_codes(session, [OFFICE])[OFFICE]
    author = factories.visitor("hostile")
    rows = [factories.published(session, author, office) for _ in range(20)]
    for row, text in zip(rows, HOSTILE[7::23], strict=False):
        row.title = row.narrative = text
        row.pseudonym = text[:40]
    said = factories.replied(session, rows[-1], office)
    answers_back.answer_back(session, author, said, str(uuid4()), "Merci à vous.")
    session.flush()
    rows[-1].narrative = WHOLE
    reply = session.get_one(ReplyRow, said)
    reply.text, reply.signature, reply.politeness = WHOLE, HOSTILE[1], HOSTILE[2]
    for answer in session.query(AnswerRow).filter_by(reply_id=said):
        answer.text, answer.status = WHOLE, "published"
    return [row.id for row in rows]


@pytest.fixture(scope="module")
def written(site: Site) -> list[str]:
    """The addresses of the pages that hold them."""
    ids = site.act(_write)

    def addresses(session: Session) -> list[str]:
        row = session.get_one(ExperienceRow, ids[-1])
        return ["/", "/experiences", f"/experiences/{row.id}-{row.slug}"]

    return site.act(addresses)


@pytest.mark.parametrize("which", [0, 1, 2])
def test_nothing_runs_and_nothing_is_made(
    site: Site, browser: Browser, written: list[str], which: int
) -> None:
    with seeing(browser, site.url, java_script_enabled=False) as plain:
        plain.page.goto(written[which])
        painted = plain.outline()
    with seeing(browser, site.url) as living:
        living.page.goto(written[which])
        assert living.page.locator(FOREIGN).count() == 0
        living.taken_over()
        assert living.page.locator(FOREIGN).count() == 0
        assert living.outline() == painted, "the same words, on both sides"
        assert living.page.evaluate("window.ran") is None
        assert living.complaints == []
    if which == 2:
        assert all(text in painted for text in WHOLE.split("\n\n"))
