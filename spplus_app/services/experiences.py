"""An experience: sent once, read by everyone once published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from ..domain.abuse import NOTHING, Gesture, Given
from ..domain.drafts import DraftKind
from ..domain.errors import Gone, Invalid, NotFound, Refused
from ..domain.experiences import Status
from ..domain.journal import Entry
from ..domain.privacy.choices import Choices
from ..domain.retention import RECEIPT_SHOWN_FOR
from ..domain.roles import NOBODY, Right, Viewer
from ..domain.text import slug
from ..persistence import drafts as draft_rows
from ..persistence import experiences, links
from ..persistence.tables import ContactRow, ExperienceRow, ExperienceStructureRow
from . import (
    clock,
    drafts,
    limits,
    mail,
    masking,
    once,
    originals,
    reading,
    record,
    second_looks,
    texts,
    tokens,
    votes,
)
from .draft_rules import Checked
from .texts import Words
from .views import ExperienceView

FOLLOW_UP = "follow-up"
CONFIRMATIONS_A_DAY = 5
"""Confirmations one address receives in a day without confirming any."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the author gets at once: ``token`` opens the private page and is stored nowhere."""

    experience_id: int
    title: str
    sent_at: datetime
    token: str
    by_mail: bool


def send(session: Session, viewer: Viewer, uuid: str, given: Given = NOTHING) -> int:
    """Send the visitor's draft; return the experience's id.

    The second call with the same ``uuid`` returns the first result: a double click, a reload or
    a second tab sends once. Raises `Invalid` with all that is wrong in the draft, or when another
    draft was begun since: nobody must take the first receipt for that of the second text.
    Raises `TooQuick`, `TooMany` or `ProofAsked`: the draft is then kept as it is.
    """
    uuid = drafts.parsed_uuid(uuid)
    # Held first: two sends at once read, one after the other, what the one before left.
    draft_uuid = drafts.hold(session, viewer)
    own, known = drafts.sent(session, viewer, uuid)
    if known is not None and (not draft_uuid or draft_uuid == uuid):
        return known.id
    if not draft_uuid:
        raise Invalid(
            {"uuid": "Votre brouillon est vide ou déjà envoyé. Reprenez depuis le début."}
        )
    if uuid != draft_uuid:
        raise Invalid(
            {"uuid": "Ce brouillon a changé dans un autre onglet. Relisez-le, puis envoyez."}
        )
    content = drafts.checked(session, viewer)
    _not_ones_own(viewer, content)
    data, begun_at = drafts.begun(session, viewer)
    limits.not_begun_just_now(begun_at)
    about = [f"structure:{structure.id}" for structure, _ in content.services]
    limits.allow(session, Gesture.DEPOSIT, viewer, about, given)
    row = _store(session, viewer, own, content, masking.choices_of(data))
    links.bind(session, viewer.visitor, row.id, by_mail=False, now=row.created_at)
    second_looks.received(session, row, automatic=given.automatic or bool(data.get(drafts.TRAPPED)))
    _link(session, row.id, by_mail=False)
    if content.author.email:
        write_to(session, row, content.author.email, "first")
    draft_rows.remove(session, viewer.visitor, DraftKind.EXPERIENCE)
    record.journal_entry(
        session, viewer, Entry.EXPERIENCE_SENT, ("experience", row.id), after={"status": row.status}
    )
    record.changed(session, record.MODERATION)
    return row.id


def _not_ones_own(viewer: Viewer, content: Checked) -> None:
    for structure, _ in content.services:
        if viewer.grants and viewer.may(Right.REPLY, structure.path):
            raise Refused(
                "Vous êtes connecté comme agent de ce service : vous ne pouvez pas y déposer "
                "une expérience. Déconnectez-vous pour écrire en votre nom."
            )


def _store(
    session: Session, viewer: Viewer, uuid: str, content: Checked, choices: Choices
) -> ExperienceRow:
    now, story, author = clock.now(), content.story, content.author
    typed = Words(story.title, story.narrative, author.pseudonym)
    words = masking.safe(typed, choices, story.ressenti.value)
    row = ExperienceRow(
        uuid=uuid,
        status=Status.PENDING.value,
        title=words.title,
        narrative=words.narrative,
        slug=slug(words.title),
        ressenti=story.ressenti.value,
        posted_as=story.posted_as.value,
        tags={tag.value: felt.value for tag, felt in story.tags.items()},
        outside_structure=content.outside,
        department=author.department,
        country=author.country,
        pseudonym=words.pseudonym,
        created_at=now,
        sent_at=now,
        updated_at=now,
    )
    once.add(session, row, viewer.visitor)
    _store_services(session, row, content)
    texts.keep(session, row)
    if words != typed:
        originals.keep(session, row, typed)
    return row


def _store_services(session: Session, row: ExperienceRow, content: Checked) -> None:
    for position, (structure, use) in enumerate(content.services):
        session.add(
            ExperienceStructureRow(
                experience_id=row.id,
                position=position,
                structure_id=structure.id,
                channels=[[channel.value, felt.value] for channel, felt in use.channels],
            )
        )


def _link(session: Session, experience_id: int, *, by_mail: bool) -> str:
    nonce = tokens.new_token()
    token = tokens.derive(FOLLOW_UP, nonce)
    links.add_link(
        session,
        experience_id=experience_id,
        token_hash=tokens.hash_token(token),
        nonce=nonce,
        by_mail=by_mail,
        now=clock.now(),
    )
    return nonce


def write_to(session: Session, row: ExperienceRow, email: str, key: str) -> None:
    """Keep an author's address and queue, once for ``key``, the mail by which it is confirmed."""
    # Anyone can type a stranger's address: it is not written to again and again.
    now = clock.now()
    with session.no_autoflush:  # what was added leaves with what follows, in one flush
        unanswered = links.unconfirmed(session, email, now - timedelta(days=1))
    contact = ContactRow(experience_id=row.id, email=email, created_at=now)
    session.add(contact)
    nonce = _link(session, row.id, by_mail=True)
    session.flush()
    if unanswered >= CONFIRMATIONS_A_DAY:
        return
    mail.queue_mail(
        session,
        "follow_up",
        email,
        {"experience_id": row.id, "nonce": nonce},
        key=key,
    )


def receipt(session: Session, viewer: Viewer, experience_id: int) -> Receipt:
    """Return the receipt, to the browser that sent it and for a day; `NotFound` otherwise."""
    row = experiences.get(session, experience_id)
    binding = links.binding(session, viewer.visitor, experience_id)
    # Whoever opened the private link is bound later than the gesture that made it.
    if row is None or binding is None or binding.created_at > row.created_at:
        raise NotFound
    link = links.of_experience(session, row.id, by_mail=False)
    if link is None or not link.nonce:
        raise NotFound("Ce reçu n’est plus affiché. Utilisez le lien que vous avez gardé.")
    if clock.now() - row.created_at > RECEIPT_SHOWN_FOR:
        raise NotFound("Ce reçu n’est plus affiché. Utilisez le lien que vous avez gardé.")
    return Receipt(
        experience_id=row.id,
        title=row.title,
        sent_at=row.created_at,
        token=tokens.derive(FOLLOW_UP, link.nonce),
        by_mail=links.contact(session, row.id) is not None,
    )


def just_sent(session: Session, viewer: Viewer) -> bool:
    """Whether this browser has begun nothing since it sent, and its receipt is still shown."""
    newest = links.sent_by(session, viewer.visitor)
    if newest is None or drafts.data_of(session, viewer)[0]:
        return False
    return clock.now() - newest.created_at <= RECEIPT_SHOWN_FOR


def open_link(session: Session, viewer: Viewer, token: str) -> int:
    """Bind the experience of a private link to this visitor's browser; return its id.

    Opening again changes nothing: mail scanners open links. Raises `NotFound` for a wrong link.
    """
    if not viewer.visitor:
        raise Refused("Votre navigateur refuse les cookies nécessaires au suivi.")
    link = links.by_hash(session, tokens.hash_token(token))
    if link is None:
        raise NotFound("Ce lien n’ouvre aucune expérience. Vérifiez qu’il est complet.")
    number = link.experience_id
    if links.bind(session, viewer.visitor, number, by_mail=link.by_mail, now=clock.now()):
        record.journal_entry(session, viewer, Entry.LINK_OPENED, ("experience", number))
    return number


def public(session: Session, experience_id: int, viewer: Viewer = NOBODY) -> ExperienceView:
    """Return a published experience as everyone reads it, with what this viewer said of it.

    `NotFound` for any other experience.
    """
    row = experiences.get(session, experience_id)
    if row is not None and row.status == Status.ERASED and row.published_at is not None:
        raise Gone("Cette expérience a été effacée.")
    if row is None or row.status != Status.PUBLISHED:
        raise NotFound("Cette expérience n’existe pas, ou n’est plus publiée.")
    return votes.seen_by(session, viewer, reading.experience_view(session, row, clock.now()))
