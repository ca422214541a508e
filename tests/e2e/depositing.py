"""Citizens who deposit by a raw socket, and insist until they are told that it is done."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx
from aiohttp import ClientError
from reflex_base.utils.form import FORM_DATA_ENTRIES_KEY

import spplus_app.routes
from spplus_app.services import tokens
from tests import factories
from tests.api.wire import Refused, Wire, event_name
from tests.e2e.cast import VISITOR
from tests.e2e.site import Site

assert spplus_app.routes
DONE = "/partager/merci"
STEPS = ("choose", "save_service", "save_story", "save_author", "send")


class Cut(Exception):
    """The site went away before it said that the gesture was done."""


@dataclass
class Deposit:
    """An experience that somebody wants to send once; ``code`` is the structure's."""

    code: str
    email: str = ""
    uuid: str = field(default_factory=lambda: str(uuid4()))
    secret: str = field(default_factory=tokens.new_token)
    acknowledged: bool = False
    tries: int = 0

    @property
    def visitor(self) -> str:
        """The hash of the visitor's cookie."""
        return tokens.hash_token(self.secret)

    def fields(self) -> dict[str, Any]:
        """All the fields of the four steps, as a form."""
        typed = {
            "uuid": self.uuid,
            "service": self.code,
            f"use-{self.code}-desk": "oui",
            f"felt-{self.code}-desk": "Positif",
            **factories.STORY,
            **factories.AUTHOR,
            "email": self.email,
        }
        return {"form_data": {FORM_DATA_ENTRIES_KEY: [list(pair) for pair in typed.items()]}}

    def wire(self, site: Site) -> Wire:
        """A tab of this visitor."""
        return Wire(site.url, cookies={VISITOR: self.secret}, path="/partager/verification")

    async def step(self, wire: Wire, name: str) -> None:
        """Send one of the `STEPS`."""
        await wire.emit(
            event_name("spplus_app.states.deposit", "deposit_state", name), self.fields()
        )

    async def once(self, site: Site) -> None:
        """Do every step, and wait for the page of thanks; raise `Cut` when the site goes away."""
        self.tries += 1
        try:
            async with self.wire(site) as wire:
                for name in STEPS:
                    await self.step(wire, name)
                while DONE not in json.dumps((await wire.next_update()).get("events")):
                    pass
                self.acknowledged = True
        except (AssertionError, Refused, ClientError, OSError) as error:
            if not self.acknowledged:
                raise Cut from error

    async def insist(self, site: Site) -> None:
        """Try, as a person would, until it is done: always the same UUID."""
        while not self.acknowledged:
            try:
                await self.once(site)
            except Cut:
                await answering(site)


async def answering(site: Site, seconds: float = 30.0) -> None:
    """Wait until the site answers."""
    limit = asyncio.get_running_loop().time() + seconds
    async with httpx.AsyncClient(trust_env=False, timeout=1.0) as client:
        while True:
            try:
                if (await client.get(f"{site.url}/ping")).status_code == 200:
                    return
            except httpx.HTTPError:
                assert asyncio.get_running_loop().time() < limit, "the site did not come back"
            await asyncio.sleep(0.01)
