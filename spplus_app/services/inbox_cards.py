"""The cards of an inbox, as rows turned into what a screen shows; no right is decided here."""

from __future__ import annotations

from ..domain.dates import french_date, iso_date
from ..domain.text import excerpt
from ..persistence.experiences import Key
from ..persistence.inboxes import InboxRow
from . import clock
from .views import CardView


def key(row: InboxRow, box: str) -> Key | None:
    """Return where the page that ends with this row ends."""
    moment = row.link.replied_at if box == "replied" else row.link.published_at
    return (moment, row.number) if moment else None


def card(row: InboxRow) -> CardView:
    """Return an experience of an inbox, with when it is due or was replied to."""
    experience, link, structure = row
    now = clock.now()
    late = link.replied_at is None and link.due_at is not None and now > link.due_at
    if link.replied_at is not None:
        known = link.replied_at != link.published_at
        state = f"Répondu le {french_date(link.replied_at)}" if known else "Répondu"
    elif link.due_at is not None:
        word = "En retard depuis le" if late else "À traiter avant le"
        state = f"{word} {french_date(link.due_at)}"
    else:
        state = ""
    moment = link.published_at or experience.created_at
    return CardView(
        id=experience.id,
        href=f"/espace/reponses/{experience.id}",
        title=experience.title,
        excerpt=excerpt(experience.narrative),
        ressenti=experience.ressenti,
        services=structure.label,
        date=french_date(moment),
        iso=iso_date(moment),
        state=state,
        late=late,
    )
