"""Small builders: a tree of structures, who acts, and experiences made by the services."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from sqlalchemy.orm import Session

from spplus_app.domain.drafts import Step
from spplus_app.domain.replies import POLITENESS
from spplus_app.domain.roles import SCOPED_ROLES, Grant, Role, Viewer
from spplus_app.domain.search import Search
from spplus_app.persistence.tables import (
    ExperienceRow,
    NetworkRow,
    PersonRow,
    StructureRow,
    TypologyRow,
)
from spplus_app.services import clock, drafts, experiences, moderation, replies, search, tokens

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
NARRATIVE = "J’ai attendu deux heures au guichet, puis une agente m’a aidé à finir mon dossier."
STORY = {
    "title": "Deux heures d’attente, puis une aide précieuse",
    "narrative": NARRATIVE,
    "ressenti": "Positif",
    "posted_as": "La personne concernée",
    "tag_relation": "Positif",
}
AUTHOR = {"department": "30", "country": "", "pseudonym": "Camille", "email": ""}
REPLY = {
    "text": "Merci pour votre message : nous avons ouvert un second guichet.",
    "politeness": POLITENESS[0],
    "signature": "Le service de l’accueil",
    "structure": "",
}


@dataclass(frozen=True)
class Tree:
    """A ministry, its branch in a department, two offices below, and a stranger beside."""

    top: StructureRow
    branch: StructureRow
    office: StructureRow
    other_office: StructureRow
    stranger: StructureRow

    @property
    def all(self) -> tuple[StructureRow, ...]:
        """Every structure, the root first."""
        return (self.top, self.branch, self.office, self.other_office, self.stranger)


def structure(
    session: Session, code: str, parent: StructureRow | None = None, delay: int | None = None
) -> StructureRow:
    """Add a structure below ``parent``, in a network and a typology made for it."""
    network = NetworkRow(name=f"Réseau {code}")
    session.add(network)
    session.flush()
    typology = TypologyRow(code=f"T-{code}", network_id=network.id, name=f"Typologie {code}")
    session.add(typology)
    session.flush()
    row = StructureRow(
        code=code,
        parent_id=parent.id if parent else None,
        network_id=network.id,
        typology_id=typology.id,
        name=f"Service {code}",
        town="Nîmes",
        department="30",
        announced_delay_days=delay,
        updated_at=START,
    )
    session.add(row)
    session.flush()
    row.path = f"{parent.path if parent else '/'}{row.id}/"
    session.flush()
    return row


def tree(session: Session) -> Tree:
    """Make the tree every test of rights stands on."""
    top = structure(session, "TOP")
    branch = structure(session, "BRANCH", top)
    office = structure(session, "OFFICE", branch)
    other = structure(session, "OTHER", branch)
    # Its path begins with the same digits as the office's: a range must not mix them.
    return Tree(top, branch, office, other, structure(session, "STRANGER"))


def visitor(name: str = "visitor") -> Viewer:
    """A browser without account."""
    return Viewer(visitor=tokens.hash_token(name))


def person(session: Session, *roles: tuple[Role, StructureRow | None]) -> Viewer:
    """A signed-in person who holds these roles on these structures."""
    email = f"{uuid4().hex}@exemple.fr"
    row = PersonRow(email=email, name="Dominique Martin", created_at=START)
    session.add(row)
    session.flush()
    grants = tuple(
        Grant(role, where.id, where.path) if where is not None else Grant(role)
        for role, where in roles
    )
    return Viewer(person_id=row.id, person_name=row.name, session_id=1, grants=grants)


def granted(role: Role, where: StructureRow) -> tuple[Role, StructureRow | None]:
    """The grant of a role, on ``where`` when the role is given on a structure."""
    return (role, where if role in SCOPED_ROLES else None)


def moderator(session: Session) -> Viewer:
    """A person of moderation."""
    return person(session, (Role.MODERATOR, None))


def agent(session: Session, where: StructureRow) -> Viewer:
    """An agent of a structure."""
    return person(session, (Role.AGENT, where))


def draft(
    session: Session,
    viewer: Viewer,
    *where: StructureRow,
    email: str = "",
    uuid: str = "",
    **story: str,
) -> str:
    """Write a whole draft, step by step, and return its UUID; no structure: outside."""
    uuid = uuid or str(uuid4())
    for one in where:
        drafts.choose(session, viewer, uuid, one.code)
    typed = {"outside": "" if where else "oui"}
    for one in where:
        typed |= {f"use-{one.code}-desk": "oui", f"felt-{one.code}-desk": "Positif"}
    assert drafts.save_services(session, viewer, uuid, typed) == {}
    assert drafts.save_fields(session, viewer, uuid, Step.STORY, STORY | story) == {}
    author = AUTHOR | {"email": email} | {k: v for k, v in story.items() if k in AUTHOR}
    assert drafts.save_fields(session, viewer, uuid, Step.AUTHOR, author) == {}
    return uuid


def sent(
    session: Session, viewer: Viewer, *where: StructureRow, email: str = "", **story: str
) -> ExperienceRow:
    """Send a whole experience."""
    uuid = draft(session, viewer, *where, email=email, **story)
    row = session.get(ExperienceRow, experiences.send(session, viewer, uuid))
    assert row is not None
    return row


def published(
    session: Session, viewer: Viewer, *where: StructureRow, email: str = "", **story: str
) -> ExperienceRow:
    """Send an experience and have moderation publish it."""
    row = sent(session, viewer, *where, email=email, **story)
    moderation.publish(session, moderator(session), row.id, row.version)
    return row


def replied(session: Session, row: ExperienceRow, where: StructureRow, **typed: str) -> int:
    """Have an agent of ``where`` reply; return the reply's id."""
    fields = REPLY | {"structure": where.code} | typed
    return replies.send(session, agent(session, where), row.id, str(uuid4()), fields)


def listed(session: Session, asked: Search | None = None) -> list[int]:
    """Return the ids of the first page of the public list, in its order."""
    return [card.id for card in search.results(session, asked or Search()).cards]


def later(days: float = 0, **more: float) -> datetime:
    """A moment after `START`."""
    return START + timedelta(days=days, **more)


def at(days: float = 0, **more: float):  # type: ignore[no-untyped-def]
    """Set the clock of the services ``days`` after `START`, as a context."""
    return clock.at(later(days, **more))
