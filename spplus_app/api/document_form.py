"""The form of a hard document as it arrives whole: its fields, and its files through `uploads`."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from ..domain.documents.deposits import PART_BYTES_MAX, TOO_LARGE
from ..domain.documents.values import BYTES_MAX, PHOTOS_MAX
from ..domain.errors import DomainError, Invalid
from ..services.documents import sending, uploads
from .answers import BadBody
from .multipart import What, pieces_of

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
Transact = Callable[[Request, Any], Any]


@dataclass(slots=True)
class Came:
    """What has come of a form, and what is wrong with its files."""

    fields: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class _File:
    """A file on its way: what is in hand of it goes on as soon as it makes a part."""

    uuid: str
    refused: bool = False
    at: int = 0
    held: bytearray = field(default_factory=bytearray)


async def arrived(request: Request, came: Came, transact: Transact) -> None:
    """Read a form into ``came``, its files kept as they come.

    A file that is refused is told in ``came.errors`` and the rest is still read: what is typed
    comes back. Raises `BadBody`, and what no file may pass (no cookie).
    """
    file = _File("", refused=True)
    refusal: DomainError | None = None
    async for piece in pieces_of(request, _NAMES, longest=FORM_MAX, field_max=FIELD_MAX):
        if piece.what is What.FIELD:
            came.fields[piece.name] = piece.text
            continue
        if piece.what is What.FILE and piece.name != _FILE:
            raise BadBody(422)
        try:
            if piece.what is What.FILE:
                file = await run_in_threadpool(_begun, request, came, transact, piece.text)
            elif not file.refused:
                file.held += piece.data
                await run_in_threadpool(
                    _gone_on, request, transact, file, last=piece.what is What.END
                )
        except Invalid as error:
            came.errors.update(error.errors)
            await run_in_threadpool(_given_up, request, transact, file)
        except DomainError as error:
            refusal = refusal or error
            file.refused = True
    if refusal is not None:
        raise refusal
    if "uuid" not in came.fields:
        raise BadBody(422)


def _begun(request: Request, came: Came, transact: Transact, ending: str) -> _File:
    """Announce a file whose size nobody knows yet; a field left empty announces none."""
    if not ending:
        return _File("", refused=True)
    file = _File(str(uuid4()))

    def work(session: Any, viewer: Any) -> str:
        form = sending.begun(session, viewer, came.fields.get("uuid", ""))
        uploads.begin(session, viewer, form, file.uuid, f"document{ending}", BYTES_MAX)
        return form

    try:
        came.fields["uuid"] = str(transact(request, work))
    except DomainError as error:
        if isinstance(error, Invalid):
            came.errors.update(error.errors)
            return _File("", refused=True)
        raise
    return file


def _gone_on(request: Request, transact: Transact, file: _File, *, last: bool) -> None:
    while len(file.held) >= PART_BYTES_MAX or (last and file.held):
        _received(request, transact, file, bytes(file.held[:PART_BYTES_MAX]))
        del file.held[:PART_BYTES_MAX]
    if last:
        transact(request, lambda s, v: uploads.ended(s, v, file.uuid))


def _received(request: Request, transact: Transact, file: _File, part: bytes) -> None:
    if file.at + len(part) > BYTES_MAX:
        raise Invalid({_FILE: TOO_LARGE})
    transact(request, lambda s, v: uploads.receive(s, v, file.uuid, file.at, part))
    file.at += len(part)


def _given_up(request: Request, transact: Transact, file: _File) -> None:
    file.refused = True
    file.held.clear()
    if file.uuid:
        transact(request, lambda s, v: uploads.drop(s, v, file.uuid))
