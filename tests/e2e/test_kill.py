"""kill -9 of the web server and of the job worker while citizens deposit.

What was acknowledged is there once and only once, its mail written once; what was not is sent
again with the same UUID, and ends as one.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from spplus_app.persistence.tables import (
    ContactRow,
    DraftRow,
    ExperienceRow,
    JobRow,
    PrivateLinkRow,
    VersionRow,
    VisitorItemRow,
)
from tests import factories
from tests.e2e import processes
from tests.e2e.depositing import STEPS, Cut, Deposit, answering
from tests.e2e.site import Site, running, until
from tests.soak.report import full, quantiles, record

pytestmark = pytest.mark.soak

KILLS = 200 if full() else 20
ORDERS = 1_000 if full() else 200
CITIZENS = 4
BACK_WITHIN = 60.0
"""Seconds before it is said lost, on a busy machine; the figure itself is in docs/soak.md."""
LONGEST_PEACE = 1.5
"""Seconds between the return of a process and the next death: time for a few deposits."""
VICTIMS = ("main", "web", "worker")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site of one's own, on SQLite, with one structure."""
    with running(tmp_path_factory.mktemp("kill"), demo=False) as made:
        made.act(factories.tree)
        yield made
    assert until(lambda: not processes.of_site(made), 20, "the end of every process")


@dataclass
class Story:
    """What happened: every deposit, and how long each kill was felt."""

    deposits: list[Deposit] = field(default_factory=list)
    felt: dict[str, list[float]] = field(default_factory=lambda: {name: [] for name in VICTIMS})
    over: bool = False

    @property
    def replayed(self) -> int:
        """The deposits that were cut and had to be sent again."""
        return sum(deposit.tries > 1 for deposit in self.deposits)


async def _citizen(site: Site, story: Story, number: int) -> None:
    """Deposit, again and again, one time in two with an address."""
    while not story.over:
        count = len(story.deposits)
        email = f"auteur{count}@exemple.fr" if count % 2 else ""
        deposit = Deposit("OFFICE", email)
        story.deposits.append(deposit)
        await deposit.insist(site)


async def _kill(site: Site, story: Story, victim: str) -> None:
    """Kill one process, wait until all are there again and the site answers."""
    family = await asyncio.to_thread(until, lambda: processes.family(site), BACK_WITHIN)
    assert family is not None
    killed = getattr(family, victim)
    began = time.monotonic()
    os.kill(killed, signal.SIGKILL)
    while (now := await asyncio.to_thread(processes.family, site)) is None or (
        getattr(now, victim) == killed
    ):
        assert time.monotonic() - began < BACK_WITHIN
        await asyncio.sleep(0.01)
    if victim != "worker":
        await answering(site)
    story.felt[victim].append(time.monotonic() - began)


def _sound(site: Site) -> bool:
    connection = sqlite3.connect(site.folder / "spplus.sqlite3")
    try:
        return connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    finally:
        connection.close()


async def _with_kills(site: Site, story: Story, chance: random.Random) -> None:
    citizens = [asyncio.create_task(_citizen(site, story, n)) for n in range(CITIZENS)]
    victims = [VICTIMS[n % len(VICTIMS)] for n in range(KILLS)]
    chance.shuffle(victims)
    for victim in victims:
        await asyncio.sleep(chance.uniform(0, LONGEST_PEACE))  # the instant is what is drawn
        await _kill(site, story, victim)
        assert await asyncio.to_thread(_sound, site)
    story.over = True
    await asyncio.wait_for(asyncio.gather(*citizens), 180)


async def test_what_is_acknowledged_is_there_once_whoever_dies(site: Site) -> None:
    story = Story()
    chance = random.Random(20_260_302)
    await _with_kills(site, story, chance)
    assert all(deposit.acknowledged for deposit in story.deposits)
    assert len(story.deposits) >= KILLS
    site.act(lambda session: _once_each(session, story))
    wanted = Counter(deposit.email for deposit in story.deposits if deposit.email)
    await asyncio.to_thread(until, lambda: _no_job_left(site), 180, "every mail")
    assert _written_to(site.folder / "mail") == wanted
    assert {path.suffix for path in (site.folder / "mail").iterdir()} == {".eml"}
    await asyncio.to_thread(site.command, "check")  # ends with 0 when all is sound
    _tell(story, len(wanted))


def _once_each(session: Session, story: Story) -> None:
    sent = session.scalars(select(ExperienceRow.uuid)).all()
    assert Counter(sent) == Counter(deposit.uuid for deposit in story.deposits)
    for table in (VersionRow, VisitorItemRow):
        assert session.scalar(select(func.count()).select_from(table)) == len(sent)
    mails = sum(bool(deposit.email) for deposit in story.deposits)
    assert session.scalar(select(func.count()).select_from(ContactRow)) == mails
    links = session.scalar(select(func.count()).select_from(PrivateLinkRow))
    assert links == len(sent) + mails
    assert session.scalar(select(func.count()).select_from(DraftRow)) == 0


def _no_job_left(site: Site) -> bool:
    def left(session: Session) -> int:
        waiting = JobRow.done_at.is_(None) & (JobRow.kind == "mail")
        return int(session.scalar(select(func.count()).where(waiting)) or 0)

    return site.act(left) == 0


def _written_to(folder: Path) -> Counter[str]:
    return Counter(
        str(message_from_bytes(path.read_bytes())["To"]) for path in folder.glob("*.eml")
    )


def _tell(story: Story, mails: int) -> None:
    if not full():
        return
    facts: dict[str, object] = {
        "kills -9 during deposits": KILLS,
        "deposits acknowledged, each there once": len(story.deposits),
        "of which cut, and sent again with the same UUID": story.replayed,
        "mails asked for, each written once": mails,
        "`PRAGMA integrity_check` after each kill": "ok",
        "processes left after the end": 0,
    }
    names = {"main": "the web server", "web": "its worker process", "worker": "the job worker"}
    for victim, felt in story.felt.items():
        facts[f"back after the death of {names[victim]} ({len(felt)})"] = quantiles(felt)
    record("Kill -9", facts)


async def _shuffled(site: Site, deposit: Deposit, order: list[str]) -> None:
    try:
        async with deposit.wire(site) as wire:
            for name in order:
                await deposit.step(wire, name)
            await wire.settle()
    except AssertionError as error:  # nothing is killed here: a closed socket is a fault
        raise Cut from error


async def test_any_order_of_the_same_gestures_from_two_tabs_sends_once(site: Site) -> None:
    chance = random.Random(7)
    began = time.monotonic()
    deposits = []
    for _ in range(ORDERS):
        deposit = Deposit("OFFICE")
        orders = [list(STEPS), [*STEPS, "send"]]
        for order in orders:
            chance.shuffle(order)
        await asyncio.gather(*(_shuffled(site, deposit, order) for order in orders))
        await deposit.once(site)
        deposits.append(deposit)

    def look(session: Session) -> None:
        uuids = [deposit.uuid for deposit in deposits]
        sent = session.scalars(select(ExperienceRow.uuid).where(ExperienceRow.uuid.in_(uuids)))
        assert Counter(sent) == Counter(uuids)
        for deposit in deposits:
            mine = select(func.count()).where(VisitorItemRow.visitor == deposit.visitor)
            assert session.scalar(mine) == 1
        assert session.scalar(select(func.count()).select_from(DraftRow)) == 0

    site.act(look)
    if full():
        facts = {"random orders, two tabs": ORDERS, "experiences each": 1}
        record("Replay", {**facts, "took": f"{time.monotonic() - began:.0f} s"})
