"""The rights of an author over what is held about them: see, change the address, erase.

Everything is for a browser that opened the private link, like the rest of `follow_up`.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.orm import Session

from ..domain.abuse import Gesture
from ..domain.errors import Invalid, TooMany
from ..domain.experiences import EMAIL_MAX, STANDING, Status, bounded_line, raise_if
from ..domain.journal import Entry
from ..domain.roles import Viewer
from ..persistence import erasure as rows
from ..persistence import links
from ..persistence.tables import ExperienceRow
from . import authorship, clock, draft_rules, erasure, held, limits, record, tokens
from .erasure import Choice
from .experiences import CONFIRMATIONS_A_DAY, write_to
from .held import Held

WORD = "EFFACER"
"""What the author types before everything is erased."""
_ERASING = "erasing"


def see(session: Session, viewer: Viewer, experience_id: int) -> Held:
    """Return all that is held about an author on an experience; `NotFound` for anyone else."""
    row = authorship.seen(session, viewer, experience_id)
    return held.everything(session, viewer, row)


def export(session: Session, viewer: Viewer, experience_id: int) -> Held:
    """Return the same to be taken away; the journal says that it was."""
    found = see(session, viewer, experience_id)
    record.journal_entry(session, viewer, Entry.EXPERIENCE_EXPORTED, ("experience", experience_id))
    return found


def change_address(session: Session, viewer: Viewer, experience_id: int, email: str) -> None:
    """Write to another address from now on, once it is confirmed as the first was.

    The links sent to the former one open nothing any more. Raises `Invalid`, `NotFound`, and
    `TooMany` where one experience would have many people written to.
    """
    limits.allow(session, Gesture.MAIL, viewer)
    row = authorship.held(session, viewer, experience_id)
    errors: dict[str, str] = {}
    email = bounded_line(errors, "email", email, EMAIL_MAX)
    if not email and "email" not in errors:
        errors["email"] = "Écrivez une adresse comme nom@exemple.fr, ou supprimez la vôtre."
    raise_if(errors)
    email = draft_rules.email_of(errors, email)
    raise_if(errors)
    contact = links.contact(session, row.id)
    if contact is not None and contact.email == email:
        return  # pressed twice
    since = clock.now() - timedelta(days=1)
    made = [one for one in links.every(session, row.id) if one.by_mail and one.created_at > since]
    if len(made) > CONFIRMATIONS_A_DAY:
        raise TooMany("Vous avez déjà changé d’adresse plusieurs fois. Recommencez demain.")
    _forget_address(session, row)
    write_to(session, row, email, str(len(links.every(session, row.id))))


def delete_address(session: Session, viewer: Viewer, experience_id: int) -> None:
    """Delete the author's address, the links sent to it and the mails that wait for it."""
    _forget_address(session, authorship.held(session, viewer, experience_id))


def _forget_address(session: Session, row: ExperienceRow) -> None:
    contact = links.contact(session, row.id)
    if contact is not None:
        session.delete(contact)
        session.flush()
    links.revoke_mailed(session, row.id, clock.now())
    rows.mails(session, row.id)


def proof(viewer: Viewer, experience_id: int) -> str:
    """Return what shows later that this browser had the right to erase this experience.

    Erasing takes the right away with the rest: without it a double click would end on a refusal.
    """
    return tokens.keyed_hash(_ERASING, f"{viewer.visitor}:{experience_id}")


def erase(session: Session, viewer: Viewer, experience_id: int, typed: dict[str, str]) -> Choice:
    """Erase everything about the author of an experience, once they have typed `WORD`.

    ``typed`` holds ``choix`` (`Choice`), ``mot`` and ``preuve`` (`proof`). The same twice changes
    nothing. Raises `Invalid`, `NotFound`, `Conflict` for a text to keep that nobody reads.
    """
    if typed.get("choix", "") not in set(Choice):
        raise Invalid({"choix": "Choisissez ce que devient votre texte."})
    choice = Choice(typed["choix"])
    if typed.get("mot", "").strip().upper() != WORD:
        raise Invalid({"mot": f"Écrivez {WORD} pour confirmer."})
    known = tokens.same(typed.get("preuve", ""), proof(viewer, experience_id))
    if viewer.visitor and known and _done(session, viewer, experience_id):
        return choice  # pressed twice
    row = authorship.held(session, viewer, experience_id)
    erasure.erase(session, viewer, row, choice)
    return choice


def _done(session: Session, viewer: Viewer, experience_id: int) -> bool:
    bound = links.binding(session, viewer.visitor, experience_id) is not None
    return not bound and erasure.done(session, experience_id)


def may_keep(status: str) -> bool:
    """Whether a text in this state may stay without its author."""
    return Status(status) in STANDING
