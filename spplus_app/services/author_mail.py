"""What the author of an experience is written, at the address they confirmed."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from ..domain.mail import Template
from ..persistence import links, structures
from ..persistence import mail as recipients
from ..persistence.tables import ExperienceRow, ReplyRow
from . import mail


def tell(
    session: Session,
    row: ExperienceRow,
    template: str,
    context: Mapping[str, str | int],
    suffix: str = "",
) -> None:
    """Queue a mail to the author, when their address is confirmed; ``suffix`` makes it another."""
    contact = links.contact(session, row.id)
    if contact is None or contact.confirmed_at is None:
        return
    link = links.of_experience(session, row.id, by_mail=True)
    if link is None:
        return
    mail.queue_mail(
        session,
        template,
        contact.email,
        {"experience_id": row.id, "nonce": link.nonce, **context},
        key=f"{row.version}{suffix}",
    )


def tell_reply_back(session: Session, row: ExperienceRow, reply: ReplyRow) -> None:
    """Write of a reply that is back, when its mail had found it hidden and had not left."""
    times = recipients.dropped(session, Template.REPLY, row.id, str(reply.id))
    structure = structures.get(session, reply.structure_id)
    if times and structure is not None:
        tell_reply(session, row, reply, structure.label, f":{times}")


def tell_reply(
    session: Session, row: ExperienceRow, reply: ReplyRow, structure: str, suffix: str = ""
) -> None:
    """Write to the author that a structure replied, when their address is confirmed."""
    tell(
        session,
        row,
        "reply",
        {
            "structure": structure,
            "text": reply.text,
            "politeness": reply.politeness,
            "signature": reply.signature,
            "reply_id": reply.id,
        },
        f":{reply.id}{suffix}",
    )
