"""All that is held about an author on one experience, as plain data with names of its own.

It is what the exports give: a key never changes its meaning, `VERSION` moves when one goes.
`docs/exploitation.md` lists the keys.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from ..domain.errors import NotFound
from ..domain.experiences import STATUS_NAMES, Status
from ..domain.roles import Viewer
from ..persistence import experiences, links
from ..persistence import held as rows
from ..persistence.tables import (
    AnswerRow,
    AppealRow,
    ContactRow,
    ExperienceRow,
    JobRow,
    ModerationRow,
    PrivateLinkRow,
    ReplyRow,
    StructureRow,
    VersionRow,
    VisitorItemRow,
)
from . import clock, originals, reading, reasons

SCHEMA, VERSION = "services-publics-plus/mes-donnees", 1
Held = dict[str, Any]
"""The keys of an export: texts, numbers, truths, dates in ISO 8601, lists and objects of them."""


def everything(session: Session, viewer: Viewer, row: ExperienceRow) -> Held:
    """Return all that is held about the author; no right is decided here."""
    return {
        "schema": SCHEMA,
        "schema_version": VERSION,
        "exported_at": _iso(clock.now()),
        "experience": _experience(session, row),
        "versions": [_version(one) for one in experiences.versions(session, row.id)],
        "originals": _originals(session, row.id),
        "answer_originals": _answer_originals(session, row.id),
        "email": _email(links.contact(session, row.id)),
        "decisions": [_decision(session, one) for one in experiences.decisions(session, row.id)],
        "appeals": [_appeal(one) for one in rows.appeals(session, row.id)],
        "replies": [_reply(*one) for one in experiences.replies(session, row.id)],
        "answers": [_answer(one) for one in experiences.answers(session, row.id)],
        "mails": [_mail(one) for one in rows.mails(session, row.id)],
        "links": [_link(one) for one in links.every(session, row.id)],
        "this_browser": [_item(one) for one in links.items(session, viewer.visitor, limit=1000)],
        "read_with_care": rows.read_with_care(session, row.id),
        "fingerprint_kept": rows.fingerprint_kept(session, row.id),
    }


def _version(one: VersionRow) -> Held:
    return {
        "number": one.number,
        "title": one.title,
        "narrative": one.narrative,
        "pseudonym": one.pseudonym,
        "by_moderation": one.by_moderation,
        "note": one.note,
        "created_at": _iso(one.created_at),
    }


def _email(contact: ContactRow | None) -> Held | None:
    if contact is None:
        return None
    return {
        "address": contact.email,
        "given_at": _iso(contact.created_at),
        "confirmed_at": _iso(contact.confirmed_at),
    }


def _appeal(one: AppealRow) -> Held:
    return {
        "text": one.text,
        "status": one.status,
        "created_at": _iso(one.created_at),
        "decided_at": _iso(one.decided_at),
        "message": one.message,
    }


def _mail(one: JobRow) -> Held:
    return {
        "template": str(one.payload.get("template", "")),
        "queued_at": str(one.payload.get("queued_at", "")),
        "done_at": _iso(one.done_at),
    }


def _link(one: PrivateLinkRow) -> Held:
    return {
        "by_mail": one.by_mail,
        "created_at": _iso(one.created_at),
        "revoked_at": _iso(one.revoked_at),
    }


def _item(one: VisitorItemRow) -> Held:
    return {
        "experience": one.experience_id,
        "by_mail": one.by_mail,
        "since": _iso(one.created_at),
    }


def _experience(session: Session, row: ExperienceRow) -> Held:
    return {
        "id": row.id,
        "status": row.status,
        "status_name": STATUS_NAMES[Status(row.status)],
        "title": row.title,
        "narrative": row.narrative,
        "pseudonym": row.pseudonym,
        "department": row.department,
        "country": row.country,
        "place": reading.place(row),
        "ressenti": row.ressenti,
        "posted_as": row.posted_as,
        "tags": dict(row.tags),
        "no_service_found": row.outside_structure,
        "services": [
            {
                "code": item.structure.code,
                "name": item.structure.label,
                "channels": [
                    {"name": str(pair[0]), "ressenti": str(pair[1])} for pair in item.link.channels
                ],
            }
            for item in experiences.met(session, [row.id]).get(row.id, [])
        ],
        "created_at": _iso(row.created_at),
        "sent_at": _iso(row.sent_at),
        "published_at": _iso(row.published_at),
        "updated_at": _iso(row.updated_at),
    }


def _originals(session: Session, experience_id: int) -> list[Held]:
    try:
        found = originals.unsealed(session, experience_id)
    except NotFound:
        return []  # nothing was masked, its time is over, or the key of the site has changed
    return [
        {
            "number": row.number,
            "title": words.title,
            "narrative": words.narrative,
            "pseudonym": words.pseudonym,
            "created_at": _iso(row.created_at),
        }
        for row, words in found
    ]


def _answer_originals(session: Session, experience_id: int) -> list[Held]:
    return [
        {"answer": row.answer_id, "text": text, "created_at": _iso(row.created_at)}
        for row in rows.answer_originals(session, experience_id)
        if (text := originals.text_of(row.sealed))
    ]


def _decision(session: Session, row: ModerationRow) -> Held:
    return {
        "act": row.act,
        "reason": row.reason,
        "told": reasons.told(session, row),
        "message": row.message,
        "about_answer": row.answer_id,
        "created_at": _iso(row.created_at),
    }


def _reply(row: ReplyRow, structure: StructureRow) -> Held:
    return {
        "id": row.id,
        "service": structure.label,
        "text": row.text,
        "signature": row.signature,
        "published_at": _iso(row.published_at),
        "my_rating": row.rating,
        "rated_at": _iso(row.rated_at),
    }


def _answer(row: AnswerRow) -> Held:
    return {
        "id": row.id,
        "reply": row.reply_id,
        "text": row.text,
        "status": row.status,
        "created_at": _iso(row.created_at),
        "decided_at": _iso(row.decided_at),
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None
