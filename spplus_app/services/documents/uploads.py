"""Files on their way: received part by part, so that a cut connection loses one part at most.

Each part is sealed as it comes: nothing of a file ever stands on the disk as it is, and no file is
anywhere a browser reaches. Nobody reads it before a form takes it (`deposit`).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

from sqlalchemy.orm import Session

from ...adapters import file_store
from ...adapters.documents.kinds import taken
from ...domain.abuse import Gesture
from ...domain.documents.deposits import PART_BYTES_MAX, TOO_LARGE, UPLOADS_MAX
from ...domain.documents.not_taken import Refusal
from ...domain.documents.refusals import refused
from ...domain.documents.sizes import BYTES_MAX
from ...domain.errors import Conflict, Invalid, NotFound, Refused
from ...domain.roles import Viewer
from ...persistence import documents
from ...persistence.tables import UploadRow
from .. import clock, limits, once
from . import places

_INCOMPLETE = "Cette page est incomplète. Rechargez-la : ce qui est envoyé est gardé."


@dataclass(frozen=True, slots=True)
class UploadView:
    """A file on its way: ``received`` of ``size`` bytes have come."""

    uuid: str
    suffix: str
    size: int
    received: int

    @property
    def whole(self) -> bool:
        """Whether all of it has come."""
        return self.received == self.size


class Elsewhere(Conflict):
    """A part that does not begin where the file stands; ``received`` says where it does."""

    def __init__(self, received: int) -> None:
        super().__init__("L’envoi reprend là où il s’était arrêté.")
        self.received = received


def begin(
    session: Session, viewer: Viewer, deposit: str, uuid: str, name: str, size: int
) -> UploadView:
    """Announce a file; announced again, it says how much of it has come.

    Only the end of ``name`` is kept. Raises `Invalid` (« document ») for a file that will not be
    taken, whatever it holds; `Refused` without a cookie.
    """
    _with_cookie(viewer)
    deposit = once.parsed_uuid(deposit, "document", _INCOMPLETE)
    uuid = once.parsed_uuid(uuid, "document", _INCOMPLETE)
    known = documents.upload_locked(session, uuid)
    if known is not None:
        if known.visitor != viewer.visitor or (known.deposit, known.size) != (deposit, size):
            raise Invalid({"document": _INCOMPLETE})
        return _view(known)
    _acceptable(name, size)
    limits.allow(session, Gesture.UPLOAD, viewer)
    others = documents.uploads(session, viewer.visitor, deposit)
    if len(others) >= UPLOADS_MAX:
        raise refused(Refusal.PHOTOS)
    now = clock.now()
    row = UploadRow(
        uuid=uuid,
        visitor=viewer.visitor,
        deposit=deposit,
        position=max((one.position for one in others), default=-1) + 1,
        suffix=PurePath(name).suffix.lower(),
        size=size,
        received=0,
        written=0,
        stored=file_store.new_name(),
        created_at=now,
        updated_at=now,
    )
    session.add(row)
    session.flush()
    return _view(row)


def _acceptable(name: str, size: int) -> None:
    if size <= 0:
        raise refused(Refusal.EMPTY)
    if size > BYTES_MAX:
        raise Invalid({"document": TOO_LARGE})
    taken(PurePath(name).suffix.lower())


def receive(session: Session, viewer: Viewer, uuid: str, at: int, part: bytes) -> UploadView:
    """Keep a part of a file, which begins at ``at``; return what has come once it is on the disk.

    Raises `Elsewhere` where the file does not stand at ``at`` (a part sent twice, or lost).
    """
    row = _own(session, viewer, uuid)
    if at != row.received:
        raise Elsewhere(row.received)
    if not 0 < len(part) <= PART_BYTES_MAX or at + len(part) > row.size:
        raise Invalid({"document": "Ce fichier a changé pendant l’envoi. Choisissez-le à nouveau."})
    row.written = places.append(row.stored, row.written, part)
    row.received = at + len(part)
    row.updated_at = clock.now()
    session.flush()
    return _view(row)


def ended(session: Session, viewer: Viewer, uuid: str) -> UploadView:
    """Say that a file has no more than what has come: its size was not known as it began.

    Raises `Invalid` for one that holds nothing.
    """
    row = _own(session, viewer, uuid)
    if not row.received:
        raise refused(Refusal.EMPTY)
    row.size = row.received
    session.flush()
    return _view(row)


def move(session: Session, viewer: Viewer, uuid: str, *, later: bool) -> None:
    """Exchange a file with the one after it in its form, or before; at the end nothing changes."""
    row = _own(session, viewer, uuid)
    files = documents.uploads(session, viewer.visitor, row.deposit)
    place = files.index(row)
    other = place + (1 if later else -1)
    if 0 <= other < len(files):
        files[place], files[other] = files[other], files[place]
        for position, one in enumerate(files):
            one.position = position
        session.flush()


def drop(session: Session, viewer: Viewer, uuid: str) -> None:
    """Take a file out of a form; twice changes nothing."""
    try:
        row = _own(session, viewer, uuid)
    except NotFound:
        return
    places.remove_after(session, [row.stored])
    session.delete(row)
    session.flush()


def of_form(session: Session, viewer: Viewer, deposit: str) -> list[UploadView]:
    """Return the files on their way for a form of this browser, in their order."""
    if not viewer.visitor:
        return []
    return [_view(row) for row in documents.uploads(session, viewer.visitor, deposit)]


def _own(session: Session, viewer: Viewer, uuid: str) -> UploadRow:
    _with_cookie(viewer)
    row = documents.upload_locked(session, once.parsed_uuid(uuid, "document", _INCOMPLETE))
    if row is None or row.visitor != viewer.visitor:
        raise NotFound("Ce fichier n’est plus en attente. Choisissez-le à nouveau.")
    return row


def _with_cookie(viewer: Viewer) -> None:
    if not viewer.visitor:
        raise Refused("Votre navigateur refuse les cookies nécessaires. Acceptez-les pour envoyer.")


def _view(row: UploadRow) -> UploadView:
    return UploadView(row.uuid, row.suffix, row.size, row.received)
