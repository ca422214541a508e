"""Drafts: what somebody is writing is on the server from the first step.

Storing and judging are apart: a step with mistakes is kept as typed, and its mistakes told.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from email_validator import EmailNotValidError, validate_email
from sqlalchemy.orm import Session

from ..domain import geography
from ..domain.drafts import DRAFT_BYTES_MAX, DraftKind, Step
from ..domain.errors import Invalid, Refused
from ..domain.experiences import (
    EMAIL_MAX,
    PSEUDONYM_MAX,
    STRUCTURES_MAX,
    Author,
    ServiceUse,
    Story,
    bounded_line,
    title_and_narrative,
)
from ..domain.roles import Viewer
from ..domain.values import CHANNEL_FIELDS, TAG_FIELDS, Channel, GeneralTag, PostedAs, Ressenti
from ..persistence import drafts, structures
from ..persistence.tables import StructureRow
from . import clock

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,63}")
_FIELDS: dict[Step, frozenset[str]] = {
    Step.STORY: frozenset({"ressenti", "posted_as", "title", "narrative", *TAG_FIELDS.values()}),
    Step.AUTHOR: frozenset({"department", "country", "pseudonym", "email"}),
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """A structure chosen in the first step."""

    code: str
    label: str
    detail: str


@dataclass(frozen=True, slots=True)
class Checked:
    """A draft whose every step was accepted."""

    services: tuple[tuple[StructureRow, ServiceUse], ...]
    outside: bool
    story: Story
    author: Author


def _owner(viewer: Viewer) -> str:
    if not viewer.visitor:
        raise Refused("Votre navigateur refuse les cookies nécessaires. Acceptez-les pour écrire.")
    return viewer.visitor


def _uuid(value: str) -> str:
    try:
        return str(UUID(value))
    except ValueError:
        raise Invalid(
            {"uuid": "Cette page est incomplète. Rechargez-la : votre texte est gardé."}
        ) from None


def data_of(session: Session, viewer: Viewer) -> tuple[str, dict[str, Any]]:
    """Return the UUID and the content of the visitor's draft; ``("", {})`` when there is none."""
    row = drafts.find(session, viewer.visitor, DraftKind.EXPERIENCE) if viewer.visitor else None
    return (row.uuid, dict(row.data)) if row else ("", {})


def store(session: Session, viewer: Viewer, uuid: str, changes: dict[str, Any]) -> str:
    """Merge ``changes`` in the visitor's draft as typed; return the draft's UUID.

    The first UUID is kept: two tabs write, and will send, one draft. Raises `Invalid` when the
    whole would be too large to be a testimony.
    """
    owner = _owner(viewer)
    _, data = data_of(session, viewer)
    data.update(changes)
    if len(json.dumps(data, ensure_ascii=False).encode()) > DRAFT_BYTES_MAX:
        raise Invalid(
            {"narrative": "Ce texte est beaucoup trop long pour être gardé. Raccourcissez-le."}
        )
    row = drafts.store(
        session,
        owner=owner,
        kind=DraftKind.EXPERIENCE,
        subject="",
        uuid=_uuid(uuid),
        data=data,
        now=clock.now(),
    )
    return row.uuid


def storable(value: object, longest: int = 20_000) -> str:
    """Return what was typed without what no database can hold, bounded; other types as nothing."""
    if not isinstance(value, str):
        return ""
    kept = value[:longest].replace("\x00", "")
    return kept.encode("utf-8", "ignore").decode("utf-8")


def save_fields(
    session: Session, viewer: Viewer, uuid: str, step: Step, typed: dict[str, str]
) -> dict[str, str]:
    """Keep the fields of ``step`` as typed; return the sentence to show beside each wrong one."""
    kept = {name: storable(typed.get(name, "")) for name in _FIELDS[step]}
    store(session, viewer, uuid, kept)
    errors: dict[str, str] = {}
    _, data = data_of(session, viewer)
    if step is Step.STORY:
        _story(errors, data)
    else:
        _author(errors, data)
    # Judged as typed, not as stored: a NUL taken out on the way is still told.
    for name in _FIELDS[step]:
        if "\x00" in str(typed.get(name, "")) and name not in errors:
            bounded_line(errors, name, "\x00", 1)
    return errors


def chosen(session: Session, viewer: Viewer) -> tuple[Chosen, ...]:
    """Return the structures chosen so far, with the names people know."""
    _, data = data_of(session, viewer)
    codes = [str(code) for code in data.get("services", [])]
    rows = structures.by_codes(session, codes)
    return tuple(
        Chosen(code, rows[code].label, structures.place(rows[code]))
        for code in codes
        if code in rows
    )


def choose(session: Session, viewer: Viewer, uuid: str, code: str) -> None:
    """Add a structure to the draft; raise `Invalid` for a fourth, or one that does not exist."""
    _, data = data_of(session, viewer)
    codes = [str(known) for known in data.get("services", [])]
    row = structures.by_codes(session, [code]).get(code) if _CODE.fullmatch(code) else None
    if row is None or not row.active:
        raise Invalid({"service": "Choisissez un service dans la liste proposée."})
    if code in codes:
        return
    if len(codes) >= STRUCTURES_MAX:
        raise Invalid({"service": f"Vous pouvez citer {STRUCTURES_MAX} services au plus."})
    store(session, viewer, uuid, {"services": [*codes, code], "outside": ""})


def unchoose(session: Session, viewer: Viewer, code: str) -> None:
    """Take a structure out of the draft; one that was not there changes nothing."""
    uuid, data = data_of(session, viewer)
    if uuid:
        codes = [str(known) for known in data.get("services", []) if known != code]
        store(session, viewer, uuid, {"services": codes})


def save_services(
    session: Session, viewer: Viewer, uuid: str, typed: dict[str, str]
) -> dict[str, str]:
    """Keep the channels and ressentis of each chosen structure; return what is wrong."""
    _, data = data_of(session, viewer)
    codes = [str(code) for code in data.get("services", [])]
    uses: dict[str, str] = {}
    for code in codes:
        for suffix in CHANNEL_FIELDS.values():
            for name in (f"use-{code}-{suffix}", f"felt-{code}-{suffix}"):
                if typed.get(name):
                    uses[name] = storable(typed[name], 40)
    outside = "oui" if typed.get("outside") else ""
    store(session, viewer, uuid, {"uses": uses, "outside": outside})
    errors: dict[str, str] = {}
    _, data = data_of(session, viewer)
    _services(session, errors, data)
    return errors


def erase(session: Session, viewer: Viewer) -> None:
    """Delete the visitor's draft; there may be none."""
    if viewer.visitor:
        drafts.remove(session, viewer.visitor, DraftKind.EXPERIENCE)


def reached(session: Session, viewer: Viewer) -> Step:
    """Return the first step that is not yet right: where somebody who comes back should be."""
    _, data = data_of(session, viewer)
    for step, errors in _judged(session, data)[0].items():
        if errors:
            return step
    return Step.CHECK


def checked(session: Session, viewer: Viewer) -> Checked:
    """Return the draft with every step accepted; raise `Invalid` with all that is wrong."""
    _, data = data_of(session, viewer)
    judged, result = _judged(session, data)
    errors = {name: text for step in judged.values() for name, text in step.items()}
    if errors or result is None:
        raise Invalid(errors)
    return result


def _judged(
    session: Session, data: dict[str, Any]
) -> tuple[dict[Step, dict[str, str]], Checked | None]:
    service_errors: dict[str, str] = {}
    story_errors: dict[str, str] = {}
    author_errors: dict[str, str] = {}
    services = _services(session, service_errors, data)
    story = _story(story_errors, data)
    author = _author(author_errors, data)
    errors = {Step.SERVICE: service_errors, Step.STORY: story_errors, Step.AUTHOR: author_errors}
    if story is None or any(errors.values()):
        return errors, None
    return errors, Checked(services, bool(data.get("outside")), story, author)


def _services(
    session: Session, errors: dict[str, str], data: dict[str, Any]
) -> tuple[tuple[StructureRow, ServiceUse], ...]:
    codes = [str(code) for code in data.get("services", [])]
    if not codes and not data.get("outside"):
        errors["service"] = (
            "Choisissez au moins un service, ou cochez « Je ne trouve pas mon service »."
        )
        return ()
    rows = structures.by_codes(session, codes)
    uses = {str(name): str(value) for name, value in dict(data.get("uses", {})).items()}
    found: list[tuple[StructureRow, ServiceUse]] = []
    for code in codes:
        channels = _channels(errors, code, uses)
        if code in rows:
            found.append((rows[code], ServiceUse(code, channels)))
    return tuple(found)


def _channels(
    errors: dict[str, str], code: str, uses: dict[str, str]
) -> tuple[tuple[Channel, Ressenti], ...]:
    channels: list[tuple[Channel, Ressenti]] = []
    for channel, suffix in CHANNEL_FIELDS.items():
        if not uses.get(f"use-{code}-{suffix}"):
            continue
        felt = uses.get(f"felt-{code}-{suffix}", "")
        if felt in set(Ressenti):
            channels.append((channel, Ressenti(felt)))
        else:
            errors[f"felt-{code}-{suffix}"] = f"Dites votre ressenti pour « {channel.value} »."
    if not channels and not any(name.startswith(f"felt-{code}-") for name in errors):
        errors[f"channels-{code}"] = "Cochez au moins une façon dont vous avez joint ce service."
    return tuple(channels)


def _story(errors: dict[str, str], data: dict[str, Any]) -> Story | None:
    title, narrative = title_and_narrative(
        errors, str(data.get("title", "")), str(data.get("narrative", ""))
    )
    ressenti, posted_as = str(data.get("ressenti", "")), str(data.get("posted_as", ""))
    if ressenti not in set(Ressenti):
        errors["ressenti"] = "Dites comment vous l’avez vécu."
    if posted_as not in set(PostedAs):
        errors["posted_as"] = "Dites à quel titre vous écrivez."
    tags: dict[GeneralTag, Ressenti] = {}
    for tag, name in TAG_FIELDS.items():
        value = str(data.get(name, ""))
        if value in set(Ressenti):
            tags[tag] = Ressenti(value)
        elif value:
            errors[name] = "Choisissez une des réponses proposées, ou aucune."
    if errors:
        return None
    return Story(title, narrative, Ressenti(ressenti), PostedAs(posted_as), tags)


def _author(errors: dict[str, str], data: dict[str, Any]) -> Author:
    pseudonym = bounded_line(errors, "pseudonym", str(data.get("pseudonym", "")), PSEUDONYM_MAX)
    email = bounded_line(errors, "email", str(data.get("email", "")), EMAIL_MAX)
    if email and "email" not in errors:
        email = _email(errors, email)
    department, country = str(data.get("department", "")), str(data.get("country", ""))
    if department and geography.department(department) is None:
        errors["department"] = "Choisissez un département de la liste, ou aucun."
    if country and geography.country(country) is None:
        errors["country"] = "Choisissez un pays de la liste, ou aucun."
    return Author(department, country, pseudonym, email)


def _email(errors: dict[str, str], email: str) -> str:
    try:
        # The reserved domains of the demonstration and the tests never deliver anything.
        return validate_email(email, check_deliverability=False, test_environment=True).normalized
    except EmailNotValidError:
        errors["email"] = "Vérifiez cette adresse : il en faut une comme nom@exemple.fr."
        return email
