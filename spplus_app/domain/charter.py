"""The public charter of moderation, as data: what is asked of a text, and how it is decided.

Each rule gives the reasons of `moderation.REASONS` that apply it, so that nothing is refused for a
reason the charter does not announce; the tests hold both lists together.
"""

from __future__ import annotations

from dataclasses import dataclass

from .appeals import APPEAL_DAYS

PROGRAMME = "Programme Services Publics +"
STARTING = "réglage de départ"
"""The programme's full list is unknown: what comparable services ask, until it is given."""


@dataclass(frozen=True, slots=True)
class CharterRule:
    """A rule in plain French: what it asks, why, and what to write instead."""

    code: str
    title: str
    text: str
    instead: str
    source: str
    reasons: tuple[str, ...] = ()


RULES: tuple[CharterRule, ...] = (
    CharterRule(
        "lived",
        "Racontez une expérience que vous avez vécue",
        "Un service peut répondre à un fait précis. Il ne peut pas répondre à une opinion "
        "générale.",
        "Dites ce qui s’est passé, quand, avec quel service, et comment cela s’est terminé.",
        PROGRAMME,
        ("not_specific",),
    ),
    CharterRule(
        "scope",
        "Parlez d’un service public administratif",
        "Ce site transmet vos expériences aux administrations. Il ne peut rien transmettre à une "
        "entreprise privée.",
        "Nommez le service public concerné\u00a0: une préfecture, une caisse, un hôpital, une "
        "mairie.",
        PROGRAMME,
        ("off_topic",),
    ),
    CharterRule(
        "people",
        "Ne donnez rien qui permette de reconnaître quelqu’un",
        "Ni vous, ni un agent, ni un proche ne doit pouvoir être reconnu. Un texte publié reste "
        "lisible par tous.",
        "Retirez les noms, numéros, adresses et dates de naissance. Écrivez «\u00a0la conseillère"
        "\u00a0» ou «\u00a0mon fils\u00a0». Un prénom d’agent peut rester dans un remerciement.",
        f"{PROGRAMME}\u00a0; règlement général sur la protection des données, article\u00a04",
        ("personal_data",),
    ),
    CharterRule(
        "respect",
        "Restez respectueux, même en colère",
        "Votre colère peut être juste. Les insultes, les menaces et les propos discriminatoires "
        "ne sont pas publiés.",
        "Dites ce qui vous a blessé ou fait perdre du temps. Les faits suffisent.",
        f"{PROGRAMME}\u00a0; loi du 29\u00a0juillet 1881, articles\u00a024, 29 et 33",
        ("insult",),
    ),
    CharterRule(
        "accusation",
        "N’accusez personne d’un fait grave",
        "Une accusation publique peut être fausse, ou vous être reprochée. Ici, ni vous ni la "
        "personne accusée ne seriez protégés.",
        "Adressez-vous au Défenseur des droits, à la police ou à la gendarmerie.",
        f"{STARTING}\u00a0; loi du 29\u00a0juillet 1881, article\u00a029",
        ("serious_accusation",),
    ),
    CharterRule(
        "complaint",
        "Pour une réclamation ou un recours, écrivez au service",
        "Raconter votre expérience ici n’ouvre pas de dossier et ne suspend aucun délai.",
        "Écrivez d’abord au service, puis à son médiateur ou au Défenseur des droits. Vous pouvez "
        "aussi raconter ici ce que vous avez vécu.",
        STARTING,
        ("complaint",),
    ),
    CharterRule(
        "advertising",
        "Ne faites pas de publicité",
        "Ce site n’est pas un lieu d’annonces\u00a0: une offre commerciale n’aide aucun service à "
        "répondre.",
        "Gardez seulement ce qui aide à comprendre votre expérience.",
        STARTING,
        ("advertising",),
    ),
    CharterRule(
        "recent",
        "Racontez des faits de moins de trois ans",
        "Au-delà, le service a souvent changé et ne peut plus vous répondre utilement.",
        "Si le problème dure encore, racontez ce qui s’est passé récemment.",
        STARTING,
        ("too_old",),
    ),
    CharterRule(
        "once",
        "Racontez un épisode une seule fois",
        "Plusieurs récits du même épisode faussent les chiffres.",
        "Nous gardons votre premier texte. Si autre chose est arrivé depuis, racontez-le à part.",
        STARTING,
        ("duplicate",),
    ),
)
"""What is asked of a text."""

PROMISES: tuple[tuple[str, str], ...] = (
    (
        "Une personne décide, jamais une machine",
        "Un outil signale des passages à relire. Il ne publie rien et ne refuse rien.",
    ),
    (
        "Un refus est toujours expliqué",
        "Vous recevez la raison et ce que vous pouvez changer. Vous pouvez corriger votre texte "
        "et le renvoyer.",
    ),
    (
        "Vous pouvez demander un second avis",
        f"Une autre personne relit la décision et vous répond sous {APPEAL_DAYS} jours. Une "
        "fois par décision.",
    ),
    (
        "Une modification se voit",
        "Si nous retirons un nom ou une insulte, votre texte d’origine est gardé et vous lisez "
        "ce qui a changé, et pourquoi.",
    ),
    (
        "Une critique n’est pas un motif de refus",
        "Un avis sévère est publié comme un remerciement, s’il respecte cette charte.",
    ),
    (
        "En cas de danger, des numéros d’aide",
        "Si votre texte parle de détresse ou de danger, nous vous montrons tout de suite des "
        "numéros gratuits, et une personne est prévenue.",
    ),
)
"""How it is decided: title and text."""

_BY_REASON = {reason: rule for rule in RULES for reason in rule.reasons}


def rule_of(reason: str) -> CharterRule | None:
    """Return the rule that a reason of refusal applies, if there is one."""
    return _BY_REASON.get(reason)
