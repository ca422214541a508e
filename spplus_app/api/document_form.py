"""The form of a hard document as it arrives whole: its fields, and its files through `uploads`."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from ..domain.documents.deposits import PART_BYTES_MAX, TOO_LARGE
from ..domain.documents.sizes import BYTES_MAX, PHOTOS_MAX
from ..domain.errors import DomainError, Invalid
from ..domain.roles import Viewer
from ..services.documents import sending, uploads
from .answers import BadBody
from .multipart import Piece, What, pieces_of

PAGE = "/documents/signaler"
FIELD_MAX = 1024 * 1024
"""Bytes of one field: 200 000 characters of pasted text, four bytes each."""
FORM_MAX = PHOTOS_MAX * BYTES_MAX + 4 * FIELD_MAX
"""Bytes of a form: as many files as a document has at most, and what is typed."""
_FILE = "document"
_NAMES = re.compile(
    "|".join(
        (
            "uuid",
            "geste",
            "intent",
            "shared",
            "q",
            "choix",
            "liste",
            "texte",
            _FILE,
            *sending.FIELDS,
        )
    )
)
Transact = Callable[[Request, Callable[[Session, Viewer], Any]], Any]


@dataclass(slots=True)
class Came:
    """What has come of a form, and what is wrong with its files."""

    fields: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


async def arrived(request: Request, came: Came, transact: Transact) -> None:
    """Read a form into ``came``, its files kept as they come.

    A file that is refused is told in ``came.errors`` and the rest is still read: what is typed
    comes back. Raises `BadBody`, and what no file may pass (no cookie).
    """
    receiver = _Receiver(request, came, transact)
    try:
        async for piece in pieces_of(request, _NAMES, longest=FORM_MAX, field_max=FIELD_MAX):
            await receiver.take(piece)
    except BadBody:
        await run_in_threadpool(receiver.give_up)
        raise
    if receiver.refusal is not None:
        raise receiver.refusal
    if "uuid" not in came.fields:
        raise BadBody(422)


@dataclass(slots=True)
class _Receiver:
    """Takes the pieces of a form; one file is on its way at a time."""

    request: Request
    came: Came
    transact: Transact
    refusal: DomainError | None = None
    uuid: str = ""
    at: int = 0
    held: bytearray = field(default_factory=bytearray)

    async def take(self, piece: Piece) -> None:
        """Take one piece; what is in hand of a file goes on as soon as it makes a part."""
        if piece.what is What.FIELD:
            self.came.fields[piece.name] = piece.text
            return
        if piece.what is What.FILE:
            if piece.name != _FILE:
                raise BadBody(422)
            await self._tried(lambda: self._begin(piece.text))
        elif self.uuid:
            self.held += piece.data
            last = piece.what is What.END
            if last or len(self.held) >= PART_BYTES_MAX:
                await self._tried(lambda: self._go_on(last=last))

    async def _tried(self, work: Callable[[], None]) -> None:
        try:
            await run_in_threadpool(work)
        except DomainError as error:
            if isinstance(error, Invalid):
                self.came.errors.update(error.errors)
            else:
                self.refusal = self.refusal or error
            await run_in_threadpool(self.give_up)

    def _begin(self, ending: str) -> None:
        """Announce a file whose size nobody knows yet; a field left empty announces none."""
        self.uuid = ""
        if not ending:
            return
        one = str(uuid4())

        def work(session: Session, viewer: Viewer) -> str:
            form = sending.begun(session, viewer, self.came.fields.get("uuid", ""))
            uploads.begin(session, viewer, form, one, f"document{ending}", BYTES_MAX)
            return form

        self.came.fields["uuid"] = self.transact(self.request, work)
        self.uuid, self.at = one, 0
        self.held.clear()

    def _go_on(self, *, last: bool) -> None:
        one = self.uuid
        while len(self.held) >= PART_BYTES_MAX or (last and self.held):
            self._receive(bytes(self.held[:PART_BYTES_MAX]))
            del self.held[:PART_BYTES_MAX]
        if last:
            self.transact(self.request, lambda s, v: uploads.ended(s, v, one))
            self.uuid = ""

    def _receive(self, part: bytes) -> None:
        if self.at + len(part) > BYTES_MAX:
            raise Invalid({_FILE: TOO_LARGE})
        one, at = self.uuid, self.at
        self.transact(self.request, lambda s, v: uploads.receive(s, v, one, at, part))
        self.at += len(part)

    def give_up(self) -> None:
        """Forget the file that is on its way; there may be none."""
        one, self.uuid = self.uuid, ""
        self.held.clear()
        if one:
            self.transact(self.request, lambda s, v: uploads.drop(s, v, one))
