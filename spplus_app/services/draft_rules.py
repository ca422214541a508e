"""What a draft must be before it is sent: each step judged, each mistake told beside its field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from email_validator import EmailNotValidError, validate_email
from sqlalchemy.orm import Session

from ..domain import geography
from ..domain.drafts import Step
from ..domain.experiences import (
    EMAIL_MAX,
    PSEUDONYM_MAX,
    Author,
    ServiceUse,
    Story,
    bounded_line,
    title_and_narrative,
)
from ..domain.values import CHANNEL_FIELDS, TAG_FIELDS, Channel, GeneralTag, PostedAs, Ressenti
from ..persistence import structures
from ..persistence.tables import StructureRow


@dataclass(frozen=True, slots=True)
class Checked:
    """A draft whose every step was accepted."""

    services: tuple[tuple[StructureRow, ServiceUse], ...]
    outside: bool
    story: Story
    author: Author


def judged(
    session: Session, data: dict[str, Any]
) -> tuple[dict[Step, dict[str, str]], Checked | None]:
    """Return what is wrong in each step of a draft, and the whole when nothing is."""
    service_errors: dict[str, str] = {}
    story_errors: dict[str, str] = {}
    author_errors: dict[str, str] = {}
    met = services(session, service_errors, data)
    told = story(story_errors, data)
    by = author(author_errors, data)
    errors = {Step.SERVICE: service_errors, Step.STORY: story_errors, Step.AUTHOR: author_errors}
    if told is None or any(errors.values()):
        return errors, None
    return errors, Checked(met, bool(data.get("outside")), told, by)


def services(
    session: Session, errors: dict[str, str], data: dict[str, Any]
) -> tuple[tuple[StructureRow, ServiceUse], ...]:
    """Return the structures met with their channels; note in ``errors`` what is wrong."""
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
        row = rows.get(code)
        if row is not None and row.reachable:
            found.append((row, ServiceUse(code, channels)))
        else:
            # Closed by an import since it was chosen: nobody would read the experience there.
            name = f"« {row.label} »" if row else "Un service choisi"
            errors["service"] = f"{name} n’est plus ouvert. Retirez-le, puis cherchez à nouveau."
    return tuple(found)


def _channels(
    errors: dict[str, str], code: str, uses: dict[str, str]
) -> tuple[tuple[Channel, Ressenti], ...]:
    channels: list[tuple[Channel, Ressenti]] = []
    wrong = False
    for channel, suffix in CHANNEL_FIELDS.items():
        if not uses.get(f"use-{code}-{suffix}"):
            continue
        felt = uses.get(f"felt-{code}-{suffix}", "")
        if felt in set(Ressenti):
            channels.append((channel, Ressenti(felt)))
        else:
            wrong = True
            errors[f"felt-{code}-{suffix}"] = f"Dites votre ressenti pour « {channel.value} »."
    if not channels and not wrong:
        errors[f"channels-{code}"] = "Cochez au moins une façon dont vous avez joint ce service."
    return tuple(channels)


def story(errors: dict[str, str], data: dict[str, Any]) -> Story | None:
    """Return what happened as accepted, or ``None``; note in ``errors`` what is wrong."""
    # In the order of the page: the list of errors is read from top to bottom.
    ressenti, posted_as = str(data.get("ressenti", "")), str(data.get("posted_as", ""))
    if ressenti not in set(Ressenti):
        errors["ressenti"] = "Dites comment vous l’avez vécu."
    if posted_as not in set(PostedAs):
        errors["posted_as"] = "Dites à quel titre vous écrivez."
    title, narrative = title_and_narrative(
        errors, str(data.get("title", "")), str(data.get("narrative", ""))
    )
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


def author(errors: dict[str, str], data: dict[str, Any]) -> Author:
    """Return what the author says of themselves; note in ``errors`` what is wrong."""
    pseudonym = bounded_line(errors, "pseudonym", str(data.get("pseudonym", "")), PSEUDONYM_MAX)
    email = bounded_line(errors, "email", str(data.get("email", "")), EMAIL_MAX)
    if email and "email" not in errors:
        email = email_of(errors, email)
    department, country = str(data.get("department", "")), str(data.get("country", ""))
    if department and geography.department(department) is None:
        errors["department"] = "Choisissez un département de la liste, ou aucun."
    if country and geography.country(country) is None:
        errors["country"] = "Choisissez un pays de la liste, ou aucun."
    return Author(department, country, pseudonym, email)


def email_of(errors: dict[str, str], email: str) -> str:
    """Return an address in its one form; note in ``errors`` one that nobody can write to."""
    try:
        # The reserved domains of the demonstration and the tests never deliver anything.
        return validate_email(
            email, check_deliverability=False, test_environment=True, allow_smtputf8=False
        ).normalized
    except EmailNotValidError:
        errors["email"] = "Vérifiez cette adresse : il en faut une comme nom@exemple.fr."
        return email
