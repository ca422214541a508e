"""An experience: its states, what may be written in it, and the steps to tell it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from .errors import Invalid
from .text import ForbiddenCharacter, clean_line, clean_text, is_blank
from .transitions import moved
from .values import Channel, GeneralTag, PostedAs, Ressenti

TITLE_MAX = 180
"""Longest title, in characters; the longest seen in real data is 179."""
NARRATIVE_MAX = 8000
NARRATIVE_MIN = 20
PSEUDONYM_MAX = 40
EMAIL_MAX = 254
STRUCTURES_MAX = 3

COMPLAINT_NOTICE = (
    "Services Publics + n’est pas un service de réclamation : votre texte n’ouvre pas de dossier "
    "et ne suspend aucun délai."
)


class Status(StrEnum):
    """Where an experience stands."""

    PENDING = "pending"
    PUBLISHED = "published"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    HIDDEN = "hidden"
    ERASED = "erased"


STANDING = frozenset({Status.PENDING, Status.PUBLISHED, Status.HIDDEN})
"""States where a text stands: somebody reads it, or is about to. Nobody has put an end to it."""

STATUS_NAMES: dict[Status, str] = {
    Status.PENDING: "En cours de relecture",
    Status.PUBLISHED: "Publiée",
    Status.REFUSED: "Refusée",
    Status.WITHDRAWN: "Retirée par son auteur",
    Status.HIDDEN: "Signalée, masquée le temps d’une vérification",
    Status.ERASED: "Effacée, avec tout ce qui concernait son auteur",
}


class Act(StrEnum):
    """What can be done to an experience as a whole; an edit or a mask leaves it where it stands."""

    PUBLISH = "publish"
    REFUSE = "refuse"
    RESEND = "resend"
    WITHDRAW = "withdraw"
    HIDE = "hide"
    RESTORE = "restore"
    UPHOLD = "uphold"
    ERASE = "erase"
    EDIT = "edit"
    MASK = "mask"


TRANSITIONS: dict[tuple[Status, Act], Status] = {
    (Status.PENDING, Act.PUBLISH): Status.PUBLISHED,
    (Status.PENDING, Act.REFUSE): Status.REFUSED,
    (Status.PENDING, Act.WITHDRAW): Status.WITHDRAWN,
    (Status.REFUSED, Act.RESEND): Status.PENDING,
    (Status.REFUSED, Act.WITHDRAW): Status.WITHDRAWN,
    (Status.PUBLISHED, Act.REFUSE): Status.REFUSED,
    (Status.PUBLISHED, Act.WITHDRAW): Status.WITHDRAWN,
    (Status.PUBLISHED, Act.HIDE): Status.HIDDEN,
    (Status.HIDDEN, Act.RESTORE): Status.PUBLISHED,
    (Status.HIDDEN, Act.REFUSE): Status.REFUSED,
    (Status.HIDDEN, Act.RESEND): Status.PENDING,
    (Status.HIDDEN, Act.WITHDRAW): Status.WITHDRAWN,
    (Status.REFUSED, Act.UPHOLD): Status.PUBLISHED,
    **{(status, Act.ERASE): Status.ERASED for status in Status if status is not Status.ERASED},
}
"""The allowed transitions; anything else is a `Conflict`."""
_CHANGED = "Cette expérience a changé entre-temps. Relisez-la avant de continuer."


def after(status: Status, act: Act) -> Status:
    """Return the state after ``act``; raise `Conflict` where the table does not allow it."""
    return moved(TRANSITIONS, status, act, _CHANGED)


@dataclass(frozen=True, slots=True)
class ServiceUse:
    """One structure met, the channels used and the ressenti of each."""

    code: str
    channels: tuple[tuple[Channel, Ressenti], ...] = ()


@dataclass(frozen=True, slots=True)
class Story:
    """What happened, as the citizen tells it; every field already accepted."""

    title: str
    narrative: str
    ressenti: Ressenti
    posted_as: PostedAs
    tags: dict[GeneralTag, Ressenti] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Author:
    """What the citizen chose to say of themselves; all optional."""

    department: str = ""
    country: str = ""
    pseudonym: str = ""
    email: str = ""


def bounded_line(errors: dict[str, str], name: str, value: str, longest: int) -> str:
    """Return ``value`` cleaned to one line; note in ``errors`` what cannot be accepted."""
    return _bounded(errors, name, value, longest, several_lines=False)


def bounded_text(errors: dict[str, str], name: str, value: str, longest: int) -> str:
    """Return ``value`` cleaned, lines kept; note in ``errors`` what cannot be accepted."""
    return _bounded(errors, name, value, longest, several_lines=True)


def _bounded(
    errors: dict[str, str], name: str, value: str, longest: int, *, several_lines: bool
) -> str:
    try:
        cleaned = clean_text(value) if several_lines else clean_line(value)
    except ForbiddenCharacter:
        errors[name] = (
            "Ce texte contient des caractères invisibles qui ne peuvent pas être publiés. "
            "Tapez-le à nouveau, sans copier-coller."
        )
        return ""
    if is_blank(cleaned):
        return ""
    if len(cleaned) > longest:
        over = len(cleaned) - longest
        plural = "s" if over > 1 else ""
        errors[name] = (
            f"Ce texte est trop long de {over}\u00a0caractère{plural}. "
            f"Gardez {thousands(longest)}\u00a0caractères au plus."
        )
    return cleaned


def thousands(number: int) -> str:
    """Return a number with its thousands apart, by a narrow no-break space: « 8 000 »."""
    return f"{number:,}".replace(",", "\u202f")


def title_and_narrative(
    errors: dict[str, str], title: str, narrative: str, prefix: str = ""
) -> tuple[str, str]:
    """Return title and narrative accepted; note in ``errors`` what is missing or too long."""
    title = bounded_line(errors, f"{prefix}title", title, TITLE_MAX)
    narrative = bounded_text(errors, f"{prefix}narrative", narrative, NARRATIVE_MAX)
    if not title and f"{prefix}title" not in errors:
        errors[f"{prefix}title"] = (
            "Donnez un titre : une courte phrase qui résume ce qui s’est passé."
        )
    if len(narrative) < NARRATIVE_MIN and f"{prefix}narrative" not in errors:
        errors[f"{prefix}narrative"] = (
            "Racontez ce qui s’est passé, en une phrase au moins : quand, avec qui, et la suite."
        )
    return title, narrative


def raise_if(errors: dict[str, str]) -> None:
    """Raise `Invalid` when ``errors`` holds anything."""
    if errors:
        raise Invalid(errors)
