"""What a browser is given back of its own: its draft, the preview of it, its receipt."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

import segno
from sqlalchemy.orm import Session

from ..domain import geography
from ..domain.dates import french_moment
from ..domain.errors import Invalid, NotFound
from ..domain.roles import Viewer
from ..domain.signals import Seen, signals_of
from ..domain.values import CHANNEL_FIELDS, TAG_FIELDS
from ..persistence import links
from ..settings import settings
from . import drafts, experiences, masking, second_looks
from .reading import paragraphs
from .views import TagView


def draft(session: Session, viewer: Viewer, uuid: str = "") -> dict[str, Any]:
    """Return ``{"uuid", "fields", "sent"}`` of the visitor's draft.

    ``sent`` says that the draft the browser still holds, ``uuid``, has already been sent by it.
    """
    own, data = drafts.data_of(session, viewer)
    fields = {
        name: value
        for name, value in data.items()
        if isinstance(value, str) and name != "services" and not name.startswith("_")
    }
    fields.update({str(name): str(value) for name, value in dict(data.get("uses", {})).items()})
    return {"uuid": own, "fields": fields, "sent": _sent(session, viewer, uuid)}


def _sent(session: Session, viewer: Viewer, uuid: str) -> bool:
    try:
        return drafts.sent(session, viewer, drafts.parsed_uuid(uuid))[1] is not None
    except Invalid:
        return False


def preview(session: Session, viewer: Viewer) -> dict[str, Any]:
    """Return the draft as everyone will see it once published; `NotFound` when there is none.

    ``found`` is for the author only: what was found in the text, and ``masks`` what replaces it.
    ``help`` is whom they may call now, when their text speaks of distress or danger.
    """
    uuid, data = drafts.data_of(session, viewer)
    if not uuid:
        raise NotFound("Votre brouillon est vide.")
    uses = {str(name): str(value) for name, value in dict(data.get("uses", {})).items()}
    services = [
        {
            "name": chosen.label,
            "place": chosen.detail,
            "channels": [
                asdict(TagView(channel.value, uses.get(f"felt-{chosen.code}-{suffix}", "")))
                for channel, suffix in CHANNEL_FIELDS.items()
                if uses.get(f"use-{chosen.code}-{suffix}")
            ],
        }
        for chosen in drafts.chosen(session, viewer)
    ]
    department = geography.department(str(data.get("department", "")))
    country = geography.country(str(data.get("country", "")))
    ressenti = str(data.get("ressenti", ""))
    typed, found = masking.words_of(data), masking.pieces(data)
    words = masking.safe(typed, masking.choices_of(data), ressenti)
    return {
        "uuid": uuid,
        "title": words.title,
        "paragraphs": paragraphs(words.narrative),
        "masks": sorted({one.word for one in found if not one.kept and one.word[0] == "["}),
        "found": [asdict(one) for one in found],
        "help": _help(signals_of(typed.title, typed.narrative)),
        "ressenti": ressenti,
        "posted_as": str(data.get("posted_as", "")),
        "tags": [
            asdict(TagView(tag.value, str(data[name])))
            for tag, name in TAG_FIELDS.items()
            if data.get(name)
        ],
        "services": services,
        "signature": words.pseudonym,
        "place": department.label if department else country.name if country else "",
    }


def receipt(session: Session, viewer: Viewer) -> dict[str, Any]:
    """Return the newest receipt of this browser: the private link and its QR code (data URI)."""
    newest = links.sent_by(session, viewer.visitor)
    if newest is None:
        raise NotFound("Ce reçu n’est plus affiché. Utilisez le lien que vous avez gardé.")
    found = experiences.receipt(session, viewer, newest.id)
    path = f"/suivi/{found.token}"
    link = settings().public_url + path
    return {
        "link": link,
        "path": path,
        "qr": segno.make(link, error="m").svg_data_uri(scale=4, border=2),
        "title": found.title,
        "date": french_moment(found.sent_at),
        "by_mail": found.by_mail,
        "help": _help(second_looks.of(session, newest.id)),
    }


def _help(seen: Iterable[Seen]) -> list[dict[str, Any]]:
    return [asdict(one) for one in second_looks.help_in(seen)]
