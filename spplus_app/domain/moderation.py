"""Moderation before publication: reasons, and what the author reads for each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from .experiences import Status

MESSAGE_MAX = 1000


class ReasonKind(StrEnum):
    """What a reason asks of the author; masking a few words is done rather than any of these."""

    CORRECT = "correct"
    REFUSE = "refuse"
    REDIRECT = "redirect"


KIND_NAMES: dict[ReasonKind, str] = {
    ReasonKind.CORRECT: "Demander une correction",
    ReasonKind.REFUSE: "Refuser",
    ReasonKind.REDIRECT: "Orienter ailleurs",
}
"""What a moderator does with a reason of each kind."""

MASKABLE = frozenset({Status.PENDING, Status.PUBLISHED, Status.HIDDEN})
"""States of a text whose author may mask more words; a refused one is corrected instead."""
MASKED_AT_ONCE = 4
"""Words that one form masks at once."""
LABEL_MAX = 120
AUTHOR_TEXT_MAX = 600


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a text is not published as it is; ``author_text`` is what its author receives."""

    code: str
    label: str
    author_text: str
    kind: ReasonKind = ReasonKind.CORRECT
    source: str = "réglage de départ"


REASONS: tuple[Reason, ...] = (
    Reason(
        "personal_data",
        "Donnée personnelle ou personne reconnaissable",
        "Votre texte permet de reconnaître quelqu’un : un nom, un numéro, une adresse. "
        "Retirez ces mots, puis renvoyez-le.",
    ),
    Reason(
        "insult",
        "Propos injurieux ou discriminatoires",
        "Votre texte contient des mots blessants. Dites ce qui s’est passé sans insulter "
        "personne, puis renvoyez-le.",
    ),
    Reason(
        "not_specific",
        "Pas une expérience précise",
        "Nous avons besoin d’un fait vécu. Ajoutez ce qui s’est passé, quand et avec quel "
        "service, puis renvoyez votre texte.",
    ),
    Reason(
        "off_topic",
        "Hors du champ des services publics",
        "Votre texte ne concerne pas un service public administratif. Nous ne pouvons pas le "
        "transmettre.",
        ReasonKind.REFUSE,
    ),
    Reason(
        "complaint",
        "Réclamation ou recours",
        "Votre texte est une réclamation. Elle ne peut pas être traitée ici : adressez-la au "
        "service concerné, puis, sans réponse, à son médiateur ou au Défenseur des droits.",
        ReasonKind.REDIRECT,
    ),
    Reason(
        "serious_accusation",
        "Accusation grave",
        "Votre texte accuse quelqu’un d’un fait grave. Ici, ni vous ni cette personne ne seriez "
        "protégés. Adressez-vous au Défenseur des droits ou à la police.",
        ReasonKind.REDIRECT,
    ),
    Reason(
        "advertising",
        "Publicité ou contenu commercial",
        "Votre texte fait de la publicité. Retirez-la, puis renvoyez-le si vous avez vécu une "
        "expérience avec un service public.",
    ),
    Reason(
        "too_old",
        "Faits trop anciens",
        "Les faits que vous racontez ont plus de trois ans. Le service ne peut plus y répondre "
        "utilement.",
        ReasonKind.REFUSE,
    ),
    Reason(
        "duplicate",
        "Déjà raconté",
        "Vous avez déjà raconté cet épisode : nous gardons votre premier texte.",
        ReasonKind.REFUSE,
    ),
)
"""Reasons to start from. The programme's full list is unknown: these are a starting setting."""

_BY_CODE = {reason.code: reason for reason in REASONS}


def reason(code: str) -> Reason | None:
    """Return the reason to start from with this code; those in use are in `services.reasons`."""
    return _BY_CODE.get(code)
