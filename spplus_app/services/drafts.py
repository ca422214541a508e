"""Drafts: what somebody is writing is on the server from the first step.

Storing and judging are apart: a step with mistakes is kept as typed, and its mistakes told.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from ..domain.drafts import DRAFT_BYTES_MAX, DraftKind, Step
from ..domain.errors import Conflict, Invalid, Refused
from ..domain.experiences import STRUCTURES_MAX, bounded_line
from ..domain.roles import Viewer
from ..domain.structures import CODE
from ..domain.values import CHANNEL_FIELDS, TAG_FIELDS
from ..persistence import drafts, experiences, links, structures
from ..persistence.tables import ExperienceRow
from . import clock, draft_rules, once
from .draft_rules import Checked

_FIELDS: dict[Step, frozenset[str]] = {
    Step.STORY: frozenset({"ressenti", "posted_as", "title", "narrative", *TAG_FIELDS.values()}),
    Step.AUTHOR: frozenset({"department", "country", "pseudonym", "email"}),
}


TRAPPED, REFUSAL, TICKET = "_trapped", "_refusal", "_ticket"
"""What a draft holds that nobody typed: never given back as fields."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A structure chosen in the first step."""

    code: str
    label: str
    detail: str


def _owner(viewer: Viewer) -> str:
    if not viewer.visitor:
        raise Refused("Votre navigateur refuse les cookies nécessaires. Acceptez-les pour écrire.")
    return viewer.visitor


def parsed_uuid(value: str) -> str:
    """Return a client-made UUID in its one form; raise `Invalid` for anything else."""
    words = "Cette page est incomplète. Rechargez-la : votre texte est gardé."
    return once.parsed_uuid(value, "uuid", words)


def sent(session: Session, viewer: Viewer, uuid: str) -> tuple[str, ExperienceRow | None]:
    """Return the UUID under which the visitor sends, and what they sent under it."""

    def mine(row: ExperienceRow) -> bool:
        return links.binding(session, viewer.visitor, row.id) is not None

    return once.find(lambda u: experiences.by_uuid(session, u), mine, uuid, viewer.visitor)


def data_of(session: Session, viewer: Viewer) -> tuple[str, dict[str, Any]]:
    """Return the UUID and the content of the visitor's draft; ``("", {})`` when there is none."""
    row = drafts.find(session, viewer.visitor, DraftKind.EXPERIENCE) if viewer.visitor else None
    return (row.uuid, dict(row.data)) if row else ("", {})


def begun(session: Session, viewer: Viewer) -> tuple[dict[str, Any], datetime]:
    """Return the content of the visitor's draft, which there is, and when it was begun."""
    row = drafts.find(session, viewer.visitor, DraftKind.EXPERIENCE)
    assert row is not None
    return dict(row.data), row.created_at


def note_trap(session: Session, viewer: Viewer, uuid: str) -> None:
    """Remember that the field nobody sees was filled; moderation is told once it is sent."""
    store(session, viewer, uuid, {TRAPPED: "oui"})


def note_refusal(
    session: Session, viewer: Viewer, uuid: str, message: str, ticket: str = ""
) -> None:
    """Remember why a draft did not leave, for the page that follows, and the wait it counts."""
    store(session, viewer, uuid, {REFUSAL: message, TICKET: ticket})


def refusal(session: Session, viewer: Viewer) -> tuple[str, str]:
    """Return why the draft did not leave at the last try, and the word of its wait."""
    _, data = data_of(session, viewer)
    return str(data.get(REFUSAL, "")), str(data.get(TICKET, ""))


def hold(session: Session, viewer: Viewer) -> str:
    """Keep the visitor's draft from other gestures until the end of this one; return its UUID."""
    row = drafts.locked(session, _owner(viewer), DraftKind.EXPERIENCE)
    return row.uuid if row else ""


def _begun(session: Session, viewer: Viewer, uuid: str) -> dict[str, Any]:
    """Hold the visitor's draft, begun if needed, and return its content."""
    owner, uuid = _owner(viewer), parsed_uuid(uuid)
    _not_sent(session, viewer, uuid)
    row = drafts.begun(
        session,
        owner=owner,
        kind=DraftKind.EXPERIENCE,
        subject="",
        uuid=uuid,
        now=clock.now(),
    )
    # Again now that the draft is held: what was waited for may have been its sending.
    _not_sent(session, viewer, uuid)
    return dict(row.data)


def _not_sent(session: Session, viewer: Viewer, uuid: str) -> None:
    # A tab left open must not begin a draft that could never be sent.
    if sent(session, viewer, uuid)[1] is not None:
        raise Conflict("Cette expérience est déjà envoyée. Rechargez la page.")


def store(session: Session, viewer: Viewer, uuid: str, changes: dict[str, Any]) -> str:
    """Merge ``changes`` in the visitor's draft as typed; return the draft's UUID.

    The first UUID is kept: two tabs write, and will send, one draft. Raises `Invalid` when the
    whole would be too large to be a testimony, `Conflict` for a UUID that was already sent.
    """
    data = {**_begun(session, viewer, uuid), **changes}
    if len(json.dumps(data, ensure_ascii=False).encode()) > DRAFT_BYTES_MAX:
        raise Invalid(
            {"narrative": "Ce texte est beaucoup trop long pour être gardé. Raccourcissez-le."}
        )
    row = drafts.store(
        session,
        owner=viewer.visitor,
        kind=DraftKind.EXPERIENCE,
        subject="",
        uuid=parsed_uuid(uuid),
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
        draft_rules.story(errors, data)
    else:
        draft_rules.author(errors, data)
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
    row = structures.by_code(session, str(code)) if CODE.fullmatch(str(code)) else None
    if row is None or not row.reachable:
        raise Invalid({"service": "Choisissez un service dans la liste proposée."})
    codes = [str(known) for known in _begun(session, viewer, uuid).get("services", [])]
    if code in codes:
        return
    if len(codes) >= STRUCTURES_MAX:
        raise Invalid({"service": f"Vous pouvez citer {STRUCTURES_MAX} services au plus."})
    store(session, viewer, uuid, {"services": [*codes, code], "outside": ""})


def unchoose(session: Session, viewer: Viewer, code: str) -> None:
    """Take a structure out of the draft; one that was not there changes nothing."""
    uuid = hold(session, viewer) if viewer.visitor else ""
    if uuid:
        _, data = data_of(session, viewer)
        codes = [str(known) for known in data.get("services", []) if known != code]
        store(session, viewer, uuid, {"services": codes})


def save_services(
    session: Session, viewer: Viewer, uuid: str, typed: dict[str, str]
) -> dict[str, str]:
    """Keep the channels and ressentis of each chosen structure; return what is wrong."""
    codes = [str(code) for code in _begun(session, viewer, uuid).get("services", [])]
    uses: dict[str, str] = {}
    for code in codes:
        for suffix in CHANNEL_FIELDS.values():
            for name in (f"use-{code}-{suffix}", f"felt-{code}-{suffix}"):
                if typed.get(name):
                    uses[name] = storable(typed[name], 40)
    # Either a service or none: the box is only offered while no service is chosen.
    outside = "oui" if typed.get("outside") and not codes else ""
    store(session, viewer, uuid, {"uses": uses, "outside": outside})
    errors: dict[str, str] = {}
    _, data = data_of(session, viewer)
    draft_rules.services(session, errors, data)
    return errors


def erase(session: Session, viewer: Viewer) -> None:
    """Delete the visitor's draft; there may be none."""
    if viewer.visitor:
        drafts.remove(session, viewer.visitor, DraftKind.EXPERIENCE)


def reached(session: Session, viewer: Viewer) -> Step:
    """Return the first step that is not yet right: where somebody who comes back should be."""
    _, data = data_of(session, viewer)
    for step, errors in draft_rules.judged(session, data)[0].items():
        if errors:
            return step
    return Step.CHECK


def wrong(session: Session, viewer: Viewer) -> dict[str, str]:
    """Return the sentence to show beside each wrong field of the whole draft, in their order."""
    return _flat(draft_rules.judged(session, data_of(session, viewer)[1])[0])


def _flat(judged: dict[Step, dict[str, str]]) -> dict[str, str]:
    return {name: text for step in judged.values() for name, text in step.items()}


def checked(session: Session, viewer: Viewer) -> Checked:
    """Return the draft with every step accepted; raise `Invalid` with all that is wrong."""
    _, data = data_of(session, viewer)
    judged, result = draft_rules.judged(session, data)
    errors = _flat(judged)
    if errors or result is None:
        raise Invalid(errors)
    return result
