"""What a decision not to publish says to the author: what happened, and what they can do now."""

from __future__ import annotations

from dataclasses import dataclass

from .experiences import STATUS_NAMES, Status
from .moderation import ReasonKind


@dataclass(frozen=True, slots=True)
class Outcome:
    """A kind of decision in words: its state, its step, the page's message, what to do now."""

    state: str
    step: str
    title: str
    now: str
    subject: str
    opening: str
    """``subject`` and ``opening`` are those of the mail; the opening follows the title."""
    link: str


OUTCOMES: dict[ReasonKind, Outcome] = {
    ReasonKind.CORRECT: Outcome(
        state="À corriger",
        step="Nous vous demandons de corriger votre texte",
        title="Corrigez votre texte, puis renvoyez-le",
        now="Corrigez votre texte plus bas sur cette page, puis renvoyez-le\u00a0: nous le "
        "relirons.",
        subject="Votre expérience est à corriger avant d’être publiée",
        opening="Nous ne pouvons pas la publier telle quelle.",
        link="Votre texte est gardé. Pour le corriger et le renvoyer, ou le retirer\u00a0:",
    ),
    ReasonKind.REFUSE: Outcome(
        state="Refusée",
        step="Votre texte n’est pas publié",
        title="Votre texte ne sera pas publié",
        now="Si vous n’êtes pas d’accord, demandez un second avis\u00a0: une autre personne "
        "relira votre texte.",
        subject="Votre expérience ne sera pas publiée",
        opening="Nous ne la publierons pas.",
        link="Pas d’accord\u00a0? Pour demander un second avis à une autre personne, ou retirer "
        "votre texte\u00a0:",
    ),
    ReasonKind.REDIRECT: Outcome(
        state="À adresser ailleurs",
        step="Votre texte est à adresser ailleurs",
        title="Votre texte est à adresser ailleurs",
        now="Adressez-vous à l’un d’eux. Votre texte reste sur cette page\u00a0: vous pouvez le "
        "recopier.",
        subject="Votre expérience est à adresser ailleurs",
        opening="Elle n’a pas sa place ici, mais d’autres peuvent la traiter.",
        link="Votre texte est gardé. Pour le recopier, demander un second avis ou le "
        "retirer\u00a0:",
    ),
}


@dataclass(frozen=True, slots=True)
class Place:
    """Who can deal with what this site cannot; ``url`` is empty where each service has its own."""

    name: str
    sentence: str
    url: str = ""


PLACES: tuple[Place, ...] = (
    Place(
        "Le service concerné",
        "Écrivez-lui d’abord\u00a0: sa lettre ou son site dit à qui, et dans quel délai.",
    ),
    Place(
        "Son médiateur",
        "Si le service ne répond pas, ou si sa réponse ne vous convient pas. Son adresse est sur "
        "le site du service. C’est gratuit.",
    ),
    Place(
        "Le Défenseur des droits",
        "Il défend vos droits face aux services publics, gratuitement.",
        "https://www.defenseurdesdroits.fr",
    ),
    Place(
        "La police ou la gendarmerie",
        "Si vous êtes victime d’une infraction. En cas d’urgence, appelez le 17.",
        "https://www.masecurite.interieur.gouv.fr",
    ),
)
"""To whom a complaint or a serious accusation goes (reference: Moderation)."""


def kind_of(value: str) -> ReasonKind:
    """Return the kind with this name; a correction where it is not known, as it was before."""
    return ReasonKind(value) if value in set(ReasonKind) else ReasonKind.CORRECT


def status_name(status: Status, kind: str) -> str:
    """Return where an experience stands, in words; a refusal is named by what it asks."""
    return OUTCOMES[kind_of(kind)].state if status is Status.REFUSED else STATUS_NAMES[status]
