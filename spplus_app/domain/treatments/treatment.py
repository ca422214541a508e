"""What a line of the register says of a treatment, and the words that lines share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from ..jobs import JobKind

PUBLIC_TASK = "Mission d’intérêt public (RGPD, article 6.1.e ; arrêté du 18 juin 2021)"
SECURITY = "Mission d’intérêt public : sécurité du service (RGPD, articles 6.1.e et 32)"
LEGAL_DUTY = "Obligation légale de l’organisme (RGPD, article 6.1.c)"
AUTHORS, AGENTS = "Auteurs d’expériences", "Agents, responsables, modération"
VISITORS = "Visiteurs du site"
MODERATION = "La modération du site"
NOBODY = "Personne d’autre que l’organisme qui tient le site"
EVERYONE = "Tout le monde, une fois publié"


@dataclass(frozen=True, slots=True)
class Kept:
    """How long something is kept: ``length`` then ``words``; ``words`` alone where no time ends it.

    ``job`` deletes it and writes what it did under ``deletion``.
    """

    words: str
    length: timedelta | None = None
    job: JobKind | None = None
    deletion: str = ""


@dataclass(frozen=True, slots=True)
class Treatment:
    """One line of the register; ``tables`` are those of the database that hold it."""

    code: str
    name: str
    purpose: str
    data: str
    people: str
    basis: str
    recipients: str
    kept: tuple[Kept, ...]
    tables: tuple[str, ...] = ()
