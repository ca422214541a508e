"""An experience between the official columns and what the house holds, both ways.

`record_of` makes a record of repaired columns; `columns_of` writes the columns again from a
record as it is stored. What the second does not give back is kept beside the experience
(`rest_of`): nothing of the source is lost, and nothing is kept twice.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from . import geography
from .experience_columns import SLOTS, TAGS
from .experiences import PSEUDONYM_MAX, TITLE_MAX
from .official_dates import moment_of, official_date
from .text import excerpt, fold
from .values import Channel, PostedAs, ReplyRating, Ressenti

PUBLISHED_REPLY, WAITING_REPLY = "Réponse apportée", "En attente de réponse"
"""The status of a reply that everyone reads, and of one that is awaited."""
REPLIED, WAITING = "Expérience avec réponse", "Expérience en attente de réponse"
HANDLED, TO_HANDLE = "Traitées", "A traiter"
YES, NO = "Oui", "Non"


@dataclass(frozen=True, slots=True)
class OfficialReply:
    """A published reply, with its author's rating and visitors' counters."""

    text: str
    rating: str = ""
    useful: int = 0
    not_useful: int = 0


@dataclass(frozen=True, slots=True)
class OfficialStructure:
    """A structure named in an experience; only its code is known of one that is stored."""

    code: str
    name: str = ""
    typology: str = ""
    postal_code: str = ""
    channels: tuple[str, ...] = ()
    reply: OfficialReply | None = None


@dataclass(frozen=True, slots=True)
class ExperienceRecord:
    """An experience ready to be stored, its structures by their number in the columns."""

    source_id: str
    title: str
    narrative: str
    ressenti: str
    posted_as: str
    pseudonym: str
    department: str
    country: str
    outside: bool
    tags: dict[str, str]
    tags_metier: tuple[str, ...]
    similar: int
    written_at: datetime
    published_at: datetime
    structures: dict[int, OfficialStructure]


def record_of(columns: Mapping[str, str]) -> ExperienceRecord:
    """Return what the house holds of repaired columns; unknown values are left out."""

    def among(column: str, values: frozenset[str]) -> str:
        value = columns.get(column, "")
        return value if value in values else ""

    written = columns["ecrit_le"]
    pseudonym = columns.get("pseudonyme_usager", "")
    department = geography.department(columns.get("code_insee_departement_usager", ""))
    department = department or department_named(columns.get("intitule_departement_usager", ""))
    country = "" if department else country_code(columns.get("pays", ""))
    return ExperienceRecord(
        source_id=columns["id_experience"],
        title=columns["titre"] or excerpt(columns["description"], TITLE_MAX // 2),
        narrative=columns["description"],
        ressenti=columns["ressenti_usager"],
        posted_as=among("poste_comme", frozenset(PostedAs)),
        pseudonym=pseudonym if len(pseudonym) <= PSEUDONYM_MAX else "",
        department=department.code if department else "",
        country="" if country == "FR" else country,
        outside=columns.get("hors_structure", "") == YES,
        tags={tag.value: felt for name, tag in TAGS.items() if (felt := among(name, _RESSENTIS))},
        tags_metier=values_in(columns.get("tags_metiers", "")),
        similar=count_in(columns.get("experiences_similaires", "")),
        written_at=moment_of(written),
        published_at=moment_of(columns.get("date_de_publication", "") or written),
        structures={
            slot: found for slot in SLOTS if (found := _structure(columns, slot)) is not None
        },
    )


_RESSENTIS = frozenset(Ressenti)


def _structure(columns: Mapping[str, str], slot: int) -> OfficialStructure | None:
    code = columns.get(f"id_structure_{slot}", "")
    name = columns.get(f"intitule_structure_{slot}", "")
    if not code and not name:
        return None
    text = columns.get(f"reponse_structure_{slot}", "")
    reply = None
    if text and columns.get(f"statut_reponse_structure_{slot}", PUBLISHED_REPLY) == PUBLISHED_REPLY:
        rating = columns.get(f"evaluation_reponse_structure_{slot}_par_auteur", "")
        useful, not_useful = (
            count_in(columns.get(f"evaluation_{kind}_reponse_structure_{slot}_par_visiteurs", ""))
            for kind in ("utile", "inutile")
        )
        reply = OfficialReply(
            text, rating if rating in set(ReplyRating) else "", useful, not_useful
        )
    known = frozenset(Channel)
    channels = values_in(columns.get(f"canaux_typologie_{slot}", ""))
    return OfficialStructure(
        code=code,
        name=name,
        typology=columns.get(f"intitule_typologie_{slot}", ""),
        postal_code=columns.get(f"code_postal_typologie_{slot}", ""),
        channels=tuple(dict.fromkeys(one for one in channels if one in known)),
        reply=reply,
    )


def columns_of(record: ExperienceRecord) -> dict[str, str]:
    """Return the official columns that a stored record tells; those it knows nothing of: none."""
    department = geography.department(record.department)
    country = geography.country(record.country)
    replied = any(one.reply is not None for one in record.structures.values())
    columns = {
        "id_experience": record.source_id,
        "titre": record.title,
        "description": record.narrative,
        "ressenti_usager": record.ressenti,
        "poste_comme": record.posted_as,
        "pseudonyme_usager": record.pseudonym,
        "hors_structure": YES if record.outside else NO,
        "tags_metiers": ",".join(record.tags_metier),
        "experiences_similaires": str(record.similar),
        "ecrit_le": official_date(record.written_at),
        "date_de_publication": official_date(record.published_at),
        "etat_experience": HANDLED if replied else TO_HANDLE,
        "statut_de_l_experience": REPLIED if replied else WAITING,
        "pays": country.name if country else "France",
        "code_insee_departement_usager": department.code if department else "",
        "intitule_departement_usager": department.name if department else "",
        "code_insee_region_usager": department.region.code if department else "",
        "intitule_region_usager": department.region.name if department else "",
    }
    columns |= {name: record.tags.get(tag.value, "") for name, tag in TAGS.items()}
    for slot, one in record.structures.items():
        columns |= _structure_columns(slot, one)
    return columns


def _structure_columns(slot: int, one: OfficialStructure) -> dict[str, str]:
    reply, answer = one.reply, f"reponse_structure_{slot}"
    return {
        f"id_structure_{slot}": one.code,
        f"canaux_typologie_{slot}": ",".join(one.channels),
        answer: reply.text if reply else "",
        f"statut_{answer}": PUBLISHED_REPLY if reply else WAITING_REPLY,
        f"evaluation_{answer}_par_auteur": reply.rating if reply else "",
        f"evaluation_utile_{answer}_par_visiteurs": _told(reply.useful if reply else 0),
        f"evaluation_inutile_{answer}_par_visiteurs": _told(reply.not_useful if reply else 0),
    }


def _told(count: int) -> str:
    return str(count) if count else ""


def rest_of(columns: Mapping[str, str], stored: ExperienceRecord) -> dict[str, str]:
    """Return the columns that the stored record does not give back: kept beside it."""
    told = columns_of(stored)
    return {name: value for name, value in columns.items() if told.get(name, "") != value}


def digest_of(columns: Mapping[str, str]) -> str:
    """Return the print of a row of the source: the same row again changes nothing."""
    said = json.dumps(sorted(columns.items()), ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()


def values_in(text: str) -> tuple[str, ...]:
    """Return the values of a list in one cell."""
    return tuple(part for part in text.split(",") if part)


def count_in(text: str) -> int:
    """Return the number in a cell, 0 when there is none that can be read."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 0


@cache
def _countries() -> dict[str, str]:
    return {fold(one.name): one.code for one in geography.countries()}


def country_code(name: str) -> str:
    """Return the code of a country by its French name, ``""`` when unknown."""
    return _countries().get(fold(name.strip()), "")


@cache
def _departments() -> dict[str, geography.Department]:
    return {fold(one.name): one for one in geography.departments()}


def department_named(name: str) -> geography.Department | None:
    """Return the department with this name, accents and case aside."""
    return _departments().get(fold(name.strip()))
