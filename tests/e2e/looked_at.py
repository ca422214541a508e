"""The people and the ids that open every page of the table, written through the services."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from sqlalchemy.orm import Session

from spplus_app.domain.documents.not_taken import Refusal
from spplus_app.domain.documents.refusals import SENTENCES
from spplus_app.domain.documents.stages import Stage
from spplus_app.domain.moderation import REASONS
from spplus_app.domain.reports import Kind, ReportReason
from spplus_app.domain.roles import Viewer
from spplus_app.persistence import people, structures
from spplus_app.persistence.tables import DocumentRow, ExperienceRow, StructureRow
from spplus_app.services import (
    answers_back,
    appeals,
    clock,
    follow_up,
    moderation,
    reports,
    tokens,
)
from spplus_app.services.documents import deposit
from tests import factories
from tests.e2e import letters, steps

NOBODY, AUTHOR, MODERATOR, AGENT, MANAGER, PROGRAMME = (
    *("nobody", "author", "moderation", "etat-civil", "mairie", "programme"),
)
ACCOUNTS = (MODERATOR, AGENT, MANAGER, PROGRAMME)
DISTRESS = "Le guichet ne répond plus. Je suis seule, je veux mourir, je ne sais plus à qui parler."
OFFICE, OTHER = "mairie-clairbrume-etat-civil", "caf-99x"


@dataclass
class Scene:
    """What stands on the site: the secrets of its people, and an id for each kind of page."""

    secrets: dict[str, str]
    real: dict[str, dict[str, Any]]
    """Path of the table → a name → an id; the first one opens the page."""

    def path(self, path: str, name: str = "") -> str:
        """The address of a page of the table; an address with an id takes the real one."""
        if "[" not in path:
            return path
        known = self.real.get(path)
        assert known, f"say in Scene.real which id opens {path}"
        return re.sub(r"\[.*\]", str(known[name] if name else next(iter(known.values()))), path)


def _sent(session: Session, author: Viewer, where: list[StructureRow], title: str) -> int:
    email, tag = "lea@exemple.fr", "Négatif"
    return factories.sent(session, author, *where, email=email, title=title, tag_reactivity=tag).id


def _to_read_now(session: Session, author: str, where: list[StructureRow]) -> None:
    """A text that speaks of distress, and a published one that several people reported."""
    somebody = factories.visitor(f"somebody else than {author[:6]}")
    factories.sent(session, somebody, where[0], title="Je n’en peux plus", narrative=DISTRESS)
    row = factories.published(session, somebody, where[0], title="Un récit signalé")
    for rank, reason in enumerate((ReportReason.ACCUSATION, ReportReason.OTHER)):
        reader = factories.visitor(f"reader {rank} after {author[:6]}")
        words = "Ce n’est pas ce qui s’est passé, j’y étais." if rank else ""
        reports.report(session, reader, Kind.EXPERIENCE, row.id, reason, words)


def _documents(session: Session, writer: Viewer) -> dict[str, int]:
    """A document to mask, and one that could not be read."""
    typed = {"kind": "form", "problem-jargon": "oui", "form": "Cerfa 10840"}
    ids = {
        name: deposit.send(session, writer, str(uuid4()), typed) for name in ("masking", "unread")
    }
    unread = session.get_one(DocumentRow, ids["unread"])
    unread.stage, unread.told = Stage.UNREADABLE.value, SENTENCES[Refusal.ENCRYPTED]
    return ids


def write(session: Session) -> Scene:
    """An author's experiences in every state, a draft, and a session for each account."""
    author = tokens.new_token()
    writer = Viewer(visitor=tokens.hash_token(author))
    judge = factories.moderator(session)
    found = structures.by_codes(session, [OFFICE, OTHER])
    where = [found[OFFICE], found[OTHER]]
    ids = {
        name: _sent(session, writer, where, f"Guichet fermé sans prévenir : {name}")
        for name in ("pending", "edited", "published", "replied", "refused")
    }
    moderation.refuse(session, judge, ids["refused"], 1, REASONS[0].code, "Retirez le nom.")
    decision = follow_up.follow(session, writer, ids["refused"]).appeal.decision
    appeals.ask(session, writer, ids["refused"], decision, "Je ne cite aucun nom.")
    retouched = {
        "title": "Guichet fermé",
        "narrative": "Le guichet était fermé. Personne ne l’avait écrit.",
        "pseudonym": "",
        "note": "Plus court.",
    }
    moderation.edit(session, judge, ids["edited"], 1, retouched)
    for name in ("published", "replied"):
        moderation.publish(session, judge, ids[name], 1)
    answered = session.get_one(ExperienceRow, ids["replied"])
    said = factories.replied(session, answered, where[0])
    answers_back.rate(session, writer, said, "utile")
    answers_back.answer_back(session, writer, said, str(uuid4()), "Merci, c’est plus clair.")
    _to_read_now(session, author, where)
    factories.draft(session, writer, *where, email="lea@exemple.fr")
    order = {
        "/experiences/[ident]": ("replied", "published"),
        "/suivi/[ident]": ("replied", "pending", "refused"),
        "/espace/moderation/[ident]": ("pending", "edited", "refused"),
        "/espace/reponses/[ident]": ("published", "replied"),
    }
    real: dict[str, dict[str, Any]] = {
        path: {name: ids[name] for name in names} for path, names in order.items()
    }
    real["/documents/[ident]"] = {"letter": letters.publish(session).href.rsplit("/", 1)[1]}
    real["/documents/suivi/[ident]"] = _documents(session, writer)
    real["/signaler/[ident]"] = {"replied": f"experience-{ids['replied']}"}
    return Scene({AUTHOR: author}, real)


def session_of(session: Session, name: str) -> str:
    """Open a session for an account of the demonstration, and return its secret."""
    person = people.by_email(session, steps.account(name).email)
    assert person is not None
    secret = tokens.new_token()
    people.open_session(
        session, person_id=person.id, token_hash=tokens.hash_token(secret), now=clock.now()
    )
    return secret
