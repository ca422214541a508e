"""Experiences of the official export as they are held here: their place, their rows, their columns.

`held` says what the house keeps of a record, `new_rows` how it is stored, and
`official_columns` gives the whole official row back from the database.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy.orm import Session

from ..domain.experience_columns import COLUMNS
from ..domain.experiences import Status
from ..domain.official import (
    ExperienceRecord,
    OfficialReply,
    OfficialStructure,
    columns_of,
)
from ..domain.replies import ReplyStatus, delay_from
from ..domain.text import slug, words
from ..persistence import experiences, imports, integrity, structures, votes
from ..persistence.imports import PlaceRow
from ..persistence.tables import ExperienceRow, ReplyRow

OFFICIAL = "official"
"""The source of what the programme itself publishes."""


@dataclass(frozen=True, slots=True)
class Place:
    """A structure of the referential and the delay in which it says it replies."""

    id: int
    code: str
    path: str
    delay: timedelta


class Places:
    """The structures of the referential, found by what a file says of them."""

    def __init__(self, rows: Iterable[PlaceRow], delays: Mapping[int, int]) -> None:
        self._delays = delays
        self._codes: dict[str, PlaceRow] = {}
        self._whole: dict[tuple[str, str, str], list[PlaceRow]] = {}
        self._names: dict[str, list[PlaceRow]] = {}
        for row in rows:
            self._codes[row.code] = row
            for name in {_key(row.name), _key(row.usual_name)} - {""}:
                whole = (name, _key(row.typology), row.postal_code)
                self._whole.setdefault(whole, []).append(row)
                self._names.setdefault(name, []).append(row)

    def find(self, told: OfficialStructure) -> Place | None:
        """Return the structure with this code, else the only one with these words."""
        row = self._codes.get(told.code)
        if row is None:
            name = _key(told.name)
            whole = self._whole.get((name, _key(told.typology), told.postal_code), [])
            named = self._names.get(name, [])
            row = _only(whole) or _only(named)
        if row is None:
            return None
        chain = [self._delays.get(one) for one in reversed(structures.ids_of(row.path))]
        return Place(row.id, row.code, row.path, timedelta(days=delay_from(chain).days))


def _key(name: str) -> str:
    return " ".join(words(name))


def _only(rows: list[PlaceRow]) -> PlaceRow | None:
    # Two structures with one name: nothing tells which is meant.
    return rows[0] if len(rows) == 1 else None


def places(session: Session) -> Places:
    """Return the structures of the referential as files name them."""
    return Places(imports.places(session), integrity.announced(session))


@dataclass(frozen=True, slots=True)
class Held:
    """What is kept of a record: the record, and the place of each of its structures."""

    record: ExperienceRecord
    places: dict[int, Place]

    @property
    def replies(self) -> int:
        """How many published replies it has."""
        return sum(one.reply is not None for one in self.record.structures.values())


def held(record: ExperienceRecord, where: Places) -> Held:
    """Return what the house can hold of a record: structures it knows, each once."""
    kept: dict[int, OfficialStructure] = {}
    found: dict[int, Place] = {}
    for slot, told in record.structures.items():
        place = where.find(told)
        if place is not None and place.id not in {one.id for one in found.values()}:
            found[slot] = place
            kept[slot] = OfficialStructure(place.code, channels=told.channels, reply=told.reply)
    outside = record.outside or not kept
    return Held(replace(record, structures=kept, outside=outside), found)


@dataclass(slots=True)
class NewRows:
    """The rows of new experiences, table by table."""

    experiences: list[dict[str, Any]] = field(default_factory=list)
    versions: list[dict[str, Any]] = field(default_factory=list)
    structures: list[dict[str, Any]] = field(default_factory=list)
    replies: list[dict[str, Any]] = field(default_factory=list)

    def add(self, number: int, one: Held, uuid: str, position: int, now: datetime) -> None:
        """Add an experience published long ago, with its structures and replies."""
        record = one.record
        text = {
            "title": record.title,
            "narrative": record.narrative,
            "pseudonym": record.pseudonym,
            "created_at": record.written_at,
        }
        self.experiences.append(
            text
            | values_of(record)
            | {
                "id": number,
                "uuid": uuid,
                "status": Status.PUBLISHED.value,
                "version": 1,
                "replies": one.replies,
                "position": position,
                "updated_at": now,
            }
        )
        self.versions.append(text | {"experience_id": number, "number": 1})
        for slot, told in record.structures.items():
            self.structures.append(link_of(number, slot, one))
            if told.reply is not None:
                self.replies.append(
                    reply_of(told.reply, uuid, slot)
                    | {
                        "experience_id": number,
                        "structure_id": one.places[slot].id,
                        "published_at": record.published_at,
                    }
                )


def values_of(record: ExperienceRecord) -> dict[str, Any]:
    """Return the columns of an experience that its text and its life here do not change."""
    return {
        "slug": slug(record.title),
        "ressenti": record.ressenti,
        "posted_as": record.posted_as,
        "tags": record.tags,
        "tags_metier": list(record.tags_metier),
        "outside_structure": record.outside,
        "department": record.department,
        "country": record.country,
        "similar": record.similar,
        "similar_base": record.similar,
        "sent_at": record.written_at,
        "published_at": record.published_at,
    }


def link_of(number: int, slot: int, one: Held) -> dict[str, Any]:
    """Return the row of a structure met; nobody said how each channel was felt.

    The export does not date replies: that of the publication stands for it, to the microsecond,
    and is read as « unknown » (`domain.replies.days_to_reply`).
    """
    told, place = one.record.structures[slot], one.places[slot]
    published = one.record.published_at
    return {
        "experience_id": number,
        "position": slot - 1,
        "structure_id": place.id,
        "channels": [[channel, ""] for channel in told.channels],
        "published_at": published,
        "due_at": published + place.delay,
        "replied_at": published if told.reply is not None else None,
    }


def reply_of(reply: OfficialReply, uuid: str, slot: int) -> dict[str, Any]:
    """Return the columns of a reply; its politeness and signature stay within its text.

    In the real replies nothing tells safely where a text ends and its signature begins.
    """
    return {
        "uuid": reply_uuid(uuid, slot),
        "text": reply.text,
        "politeness": "",
        "signature": "",
        "status": ReplyStatus.PUBLISHED.value,
        "rating": reply.rating,
        "useful": reply.useful,
        "not_useful": reply.not_useful,
        "useful_base": reply.useful,
        "not_useful_base": reply.not_useful,
    }


def uuid_of(source: str, source_id: str) -> str:
    """Return the UUID of an experience of a source: the same at each import."""
    return str(uuid5(NAMESPACE_URL, f"spplus-{source}:{source_id}"))


def reply_uuid(uuid: str, slot: int) -> str:
    """Return the UUID of the reply of a structure to an experience of a source."""
    return str(uuid5(NAMESPACE_URL, f"{uuid}:reply:{slot}"))


def official_columns(session: Session, experience_id: int) -> dict[str, str]:
    """Return every official column of an imported experience, from what is stored."""
    row = experiences.get(session, experience_id)
    origin = imports.of_experience(session, experience_id)
    if row is None or origin is None:
        return {}
    told = columns_of(_stored(session, row, origin.source_id))
    rest = {str(name): str(value) for name, value in origin.rest.items()}
    return dict.fromkeys(sorted(COLUMNS), "") | told | rest


def _stored(session: Session, row: ExperienceRow, source_id: str) -> ExperienceRecord:
    replies = {
        one.uuid: one
        for one in imports.replies(session, row.id)
        if one.status == ReplyStatus.PUBLISHED
    }
    kept = {
        met.link.position + 1: OfficialStructure(
            met.structure.code,
            channels=tuple(str(channel) for channel, _ in met.link.channels),
            reply=_reply(session, replies.get(reply_uuid(row.uuid, met.link.position + 1))),
        )
        for met in experiences.met(session, [row.id]).get(row.id, [])
    }
    return ExperienceRecord(
        source_id=source_id,
        title=row.title,
        narrative=row.narrative,
        ressenti=row.ressenti,
        posted_as=row.posted_as,
        pseudonym=row.pseudonym,
        department=row.department,
        country=row.country,
        outside=row.outside_structure,
        tags={str(name): str(felt) for name, felt in row.tags.items()},
        tags_metier=tuple(str(tag) for tag in row.tags_metier),
        similar=max(0, row.similar - votes.similar_votes(session, row.id)),
        written_at=row.sent_at,
        published_at=row.published_at or row.sent_at,
        structures=kept,
    )


def _reply(session: Session, row: ReplyRow | None) -> OfficialReply | None:
    """Return a reply as its source counts it: what visitors said here is beside."""
    if row is None:
        return None
    useful, not_useful = votes.reply_votes(session, row.id)
    return OfficialReply(
        row.text, row.rating, max(0, row.useful - useful), max(0, row.not_useful - not_useful)
    )
