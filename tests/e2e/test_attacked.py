"""Hostile files sent and read on a real site, while somebody else reads its pages."""

from __future__ import annotations

import asyncio
import random
import re
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import httpx
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from spplus_app.domain.documents.refusals import SENTENCES
from spplus_app.domain.documents.stages import Stage
from spplus_app.persistence.tables import DocumentRow, JobRow
from tests.adapters.documents.bombs import BOMBS
from tests.adapters.documents.test_mutated import good, spoilt
from tests.benchmarks.timing import at, number
from tests.e2e import processes
from tests.e2e.site import Site, running
from tests.soak.report import full, record

pytestmark = pytest.mark.soak

SMALL_BOMBS = ("nested_flate.pdf", "many_paragraphs.docx", "nested_message.eml", "white_image.png")
SPOILT = 300 if full() else 6
CALM = 600 if full() else 12
"""Pages read before the attack, and after it."""
SENDERS = 3
PAUSE = 0.05
"""Seconds that the visitor takes between two pages: many visitors, or one in a hurry."""
LONGEST = 1800.0
FORM = "/documents/signaler"
TYPED = {"kind": "letter", "problem-jargon": "oui", "hard": "Je ne comprends rien."}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demonstration, without the limits that would keep most of the attack out."""
    with running(tmp_path_factory.mktemp("attacked"), LIMITS_FACTOR="100") as made:
        yield made


@dataclass
class Visits:
    """Milliseconds that each page took to come whole, by its path."""

    taken: dict[str, list[float]] = field(default_factory=dict)

    async def one(self, client: httpx.AsyncClient, path: str) -> None:
        """Open a page."""
        begun = time.perf_counter()
        page = await client.get(path)
        assert page.status_code == 200 and "</html>" in page.text
        self.taken.setdefault(path, []).append((time.perf_counter() - begun) * 1000)

    def told(self) -> str:
        """The median, the 95th percentile and the longest of all pages."""
        every = [one for times in self.taken.values() for one in times]
        if not every:
            return "over before a page was opened"
        shares = zip(("median", "p95", "max"), (0.5, 0.95, 1.0), strict=True)
        told = ", ".join(f"{name} {number(at(every, share))} ms" for name, share in shares)
        return f"{told} ({len(every)} pages)"


def hostile() -> list[tuple[str, bytes]]:
    """Bombs and spoilt files, by the name each is sent under, in an order of chance."""
    chance, files = random.Random(7), good()
    names = sorted(files)
    sent = [(name, BOMBS[name]()) for name in (BOMBS if full() else SMALL_BOMBS)]
    for turn in range(SPOILT):
        name = names[turn % len(names)]
        sent.append((name, spoilt(files[name], chance)))
    chance.shuffle(sent)
    return sent


async def send(browser: httpx.AsyncClient, name: str, content: bytes) -> bool:
    """Send a file by the form, as a browser without a script does; whether it was taken."""
    browser.cookies.clear()
    page = await browser.get(FORM)
    uuid = re.findall(r'name="uuid" value="([^"]+)"', page.text)[0]
    typed = {"uuid": uuid, "geste": "envoyer", "intent": "send", "liste": "", **TYPED}
    parts = [(key, (None, value.encode())) for key, value in typed.items()]
    sent = await browser.post(FORM, files=[*parts, ("document", (name, content))])
    assert sent.status_code in {303, 422}, sent.text
    return sent.status_code == 303


async def attack(site: Site, files: list[tuple[str, bytes]]) -> int:
    """Send every file, a few at a time, each as somebody else; return how many were taken."""
    left, taken = iter(files), 0

    async def sender() -> None:
        nonlocal taken
        # One for all its files: making one takes this process longer than a page takes the site.
        async with httpx.AsyncClient(
            base_url=site.url, trust_env=False, timeout=60, headers={"origin": site.url}
        ) as browser:
            for name, content in left:
                if await send(browser, name, content):
                    taken += 1

    await asyncio.gather(*(sender() for _ in range(SENDERS)))
    return taken


def unread(session: Session) -> bool:
    """Whether documents wait for their reader."""
    waiting = select(JobRow.id).where(
        JobRow.kind == "read_document", JobRow.done_at.is_(None), JobRow.failed_at.is_(None)
    )
    return session.scalar(waiting.limit(1)) is not None


async def calm(client: httpx.AsyncClient, paths: list[str], visits: Visits) -> None:
    """Read pages while nothing else happens."""
    for turn in range(CALM):
        await visits.one(client, paths[turn % len(paths)])
        await asyncio.sleep(PAUSE)


async def read_by_another(site: Site, files: list[tuple[str, bytes]]) -> tuple[list[Visits], int]:
    """Read pages before, while hostile files are sent, while they are only read, and after."""
    quiet, sent, read = Visits(), Visits(), Visits()
    async with httpx.AsyncClient(base_url=site.url, trust_env=False, timeout=60) as client:
        found = re.findall(r'href="(/documents/\d+[^"#?]*)"', (await client.get("/documents")).text)
        paths = ["/experiences", found[0], "/documents"]
        await calm(client, paths, quiet)
        begun, turn = time.monotonic(), 0
        sending = asyncio.create_task(attack(site, files))
        while not sending.done() or await asyncio.to_thread(lambda: site.act(unread)):
            await (read if sending.done() else sent).one(client, paths[turn % len(paths)])
            turn += 1
            await asyncio.sleep(PAUSE)
            assert time.monotonic() - begun < LONGEST, "the files are still not read"
        await calm(client, paths, quiet)
    return [quiet, sent, read], await sending


async def test_nobody_else_waits_for_hostile_files(site: Site) -> None:
    """What each page takes is written, not judged: a machine may be slow."""
    known = site.act(lambda session: set(session.scalars(select(DocumentRow.id))))
    before, files = processes.family(site), hostile()
    begun = time.monotonic()
    (quiet, sent, read), taken = await read_by_another(site, files)
    took = time.monotonic() - begun
    rows = site.act(
        lambda session: [
            (row.stage, row.told)
            for row in session.scalars(select(DocumentRow).where(DocumentRow.id.not_in(known)))
        ]
    )
    ends = Counter(stage for stage, _ in rows)
    assert taken == len(rows) == ends[Stage.UNREADABLE] + ends[Stage.MASKING], ends
    assert {told for stage, told in rows if stage == Stage.UNREADABLE} <= set(SENTENCES.values())
    assert processes.family(site) == before, "a process of the site died"
    facts = {
        "hostile files sent by the form (bombs, spoilt files)": len(files),
        "refused at once": len(files) - taken,
        "read by the worker: ended in text": ends[Stage.MASKING],
        "read by the worker: ended in a sentence": ends[Stage.UNREADABLE],
        "took, with what was read before and after": f"{took:.0f} s",
        "another visitor’s page, nothing else happening": quiet.told(),
        "while they are sent, three at a time (limits lifted), and read": sent.told(),
        "while they are read": read.told(),
    }
    print(facts)
    if full():
        record("Another visitor while hostile files are read", facts)
