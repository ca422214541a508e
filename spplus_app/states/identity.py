"""Who is behind a socket: the private header, then the database. Never the state.

The outer layer takes the cookies away and puts this in their place: hashes only, in a header
that Reflex keeps from the browser (`authorization` is on its private list).
"""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, replace

import reflex as rx
from sqlalchemy.orm import Session

from ..domain.roles import Viewer
from ..persistence import reading
from ..services import identity

HEADER = "authorization"
_HASH = "((?:[0-9a-f]{64})?)"
_SHAPE = re.compile(f"spplus session={_HASH};visitor={_HASH};address={_HASH};block={_HASH}")


@dataclass(frozen=True, slots=True)
class PrivateHeader:
    """What the outer layer knows of a browser: hashes in hexadecimal, or nothing.

    ``session`` and ``visitor`` are the SHA-256 of the cookies, ``address`` the day's keyed hash
    of the network address, ``block`` that of the wider block it belongs to.
    """

    session: str = ""
    visitor: str = ""
    address: str = ""
    block: str = ""

    def format(self) -> str:
        """The value of the header."""
        told = f"spplus session={self.session};visitor={self.visitor}"
        return f"{told};address={self.address};block={self.block}"


NOTHING = PrivateHeader()


def parse_private_header(value: str) -> PrivateHeader:
    """Read the header back; anything of another shape is a browser without cookies."""
    found = _SHAPE.fullmatch(value)
    return PrivateHeader(*found.groups()) if found else NOTHING


def private_header(state: rx.State) -> PrivateHeader:
    """The private header of the socket that this event came by."""
    return parse_private_header(str(state.router.headers.raw_headers.get(HEADER, "")))


def resolve(session: Session, header: PrivateHeader) -> Viewer:
    """The viewer behind this header, as the database knows them now."""
    return replace(identity.viewer_for(session, header.session, header.visitor), block=header.block)


async def viewer_behind(header: PrivateHeader) -> Viewer:
    """The viewer behind this header, read in a transaction of its own, off the event loop."""
    if not header.session:
        return Viewer(visitor=header.visitor, block=header.block)

    def read() -> Viewer:
        with reading() as session:
            return resolve(session, header)

    return await asyncio.to_thread(read)


async def viewer_of(state: rx.State) -> Viewer:
    """The viewer of this socket, read again on the database."""
    return await viewer_behind(private_header(state))
