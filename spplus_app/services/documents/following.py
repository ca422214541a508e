"""What becomes of a document, for the browser that sent it or opened its private link."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import segno
from sqlalchemy.orm import Session

from ...domain.dates import french_moment
from ...domain.documents.stages import STAGE_NAMES, TRANSITIONS, Stage, Step
from ...domain.errors import NotFound
from ...domain.roles import Viewer
from ...persistence import documents
from ...persistence.tables import DocumentRow
from ...settings import settings
from .. import report_notices
from ..views import NoticeView
from . import deposit, rights
from .listing import public_href

FORM = "/documents/signaler"
FOLLOW = "/documents/suivi"
VERIFY = "/documents/verifier"


@dataclass(frozen=True, slots=True)
class SentView:
    """Where a document stands: ``told`` is why, in words, ``href`` where it goes on.

    ``proof`` is what erasing it asks for; none where nothing of it is left.
    """

    id: int = 0
    stage: str = ""
    stage_name: str = ""
    told: str = ""
    href: str = ""
    receipt: bool = False
    withdrawable: bool = False
    proof: str = ""
    notices: list[NoticeView] = field(default_factory=list)


def follow(session: Session, viewer: Viewer, document_id: int) -> SentView:
    """Return where a document stands; raise `NotFound` to a browser that does not hold it."""
    row = documents.get(session, document_id)
    if row is None or not documents.holds(session, viewer.visitor, document_id):
        raise NotFound("Cette page ne s’ouvre que dans le navigateur qui a envoyé le document.")
    stage = Stage(row.stage)
    return SentView(
        row.id,
        stage.value,
        STAGE_NAMES[stage],
        row.told,
        _goes_on(row),
        _shown(session, viewer, row),
        (stage, Step.WITHDRAW) in TRANSITIONS,
        rights.proof(viewer, row.id) if stage is not Stage.ERASED else "",
        report_notices.of_document(session, row),
    )


def _shown(session: Session, viewer: Viewer, row: DocumentRow) -> bool:
    if row.stage == Stage.UNREADABLE:
        return False  # its link would lead to nothing
    try:
        deposit.receipt(session, viewer, row.id)
    except NotFound:
        return False
    return True


def _goes_on(row: DocumentRow) -> str:
    """The page where one goes on; none where there is nothing more to see or to do."""
    if row.stage in {Stage.MASKING, Stage.HANDED}:
        return f"{VERIFY}/{row.id}"
    if row.stage == Stage.UNREADABLE:
        return f"{FORM}?reprendre={row.id}"
    if row.stage == Stage.PUBLISHED:
        return public_href(row)
    return ""


def open_link(session: Session, viewer: Viewer, token: str) -> str:
    """Bind a private link to this browser; return the address it leads to, without the secret.

    Raises as `deposit.open_link` does.
    """
    number = deposit.open_link(session, viewer, token)
    row = documents.get(session, number)
    # All else is told, and done, on the page that says where it stands.
    to_check = row is not None and row.stage in {Stage.MASKING, Stage.HANDED}
    return f"{VERIFY if to_check else FOLLOW}/{number}"


def receipt(session: Session, viewer: Viewer, document_id: int) -> dict[str, Any]:
    """Return the private link of a document and its QR code (data URI), for a day."""
    found = deposit.receipt(session, viewer, document_id)
    path = f"{FOLLOW}/{found.token}"
    link = settings().public_url + path
    return {
        "link": link,
        "path": path,
        "qr": segno.make(link, error="m").svg_data_uri(scale=4, border=2),
        "date": french_moment(found.sent_at),
        "by_mail": False,
        "help": [],
    }
